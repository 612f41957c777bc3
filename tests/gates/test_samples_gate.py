"""From the bytes of the sample pages to their claims and events: the whole road, held to floors.

`samples/expected.toml` names the main claims and events of each page, not all: this measures what is missed, not what is too much.
"""

import pytest

from riwaya.read.page import articles_in
from riwaya.read.reading import reading_of
from riwaya.records import Failure, Reading, Span
from tests.samples.test_samples import ExpectedClaim, ExpectedEvent, expected_pages

# Measured on 2026-11-22; see docs/accuracy.md. Raised when the rules get better, never lowered silently.
FLOORS = {"claim": 0.94, "its speaker": 0.93, "its act": 0.96, "event": 0.70, "its day": 0.45, "toll": 0.65}
_MARKS = '«»"“”‘’ .،:'


@pytest.mark.gate
def test_the_main_claims_and_events_of_the_sample_pages_are_read() -> None:
    found: dict[str, list[bool]] = {facet: [] for facet in FLOORS}
    missed: list[str] = []
    for page in expected_pages():
        articles = articles_in(page.payload, address=page.address)
        assert not isinstance(articles, Failure)
        for article, expected in zip(articles, page.article, strict=True):
            reading = reading_of(article)
            for claim in expected.claims:
                found_claim = _claim(claim, reading, found)
                missed += [] if found_claim else [f"{page.file}: claim «{claim.cue}» {claim.first} ..."]
            for event in expected.events:
                found_event = _event(event, reading, found)
                missed += [] if found_event else [f"{page.file}: {event.kind} «{event.trigger}»"]
    shares = {facet: sum(hits) / len(hits) for facet, hits in found.items()}
    print("\nsample pages, main claims and events: " + ", ".join(f"{f} {sum(h)}/{len(h)} = {shares[f]:.2f}" for f, h in found.items()))
    print("\n".join(missed))
    assert {facet: share for facet, share in shares.items() if share < FLOORS[facet]} == {}


def _words(reading: Reading, span: Span | None) -> str:
    return reading.article.text[span.start : span.end] if span else ""


def _claim(expected: ExpectedClaim, reading: Reading, found: dict[str, list[bool]]) -> bool:
    """Whether a claim begins and ends with the expected words; notes the speaker and act of one that does."""
    for claim in reading.claims:
        said = _words(reading, claim.content).strip(_MARKS)
        if said.startswith(expected.first.strip(_MARKS)) and said.endswith(expected.last.strip(_MARKS)):
            speaker = claim.tellers[0]
            names = {_words(reading, speaker.name), _words(reading, speaker.words)}
            found["claim"].append(True)
            found["its speaker"].append(any(name and (name in expected.name or expected.name in name) for name in names))
            found["its act"].append(claim.act == expected.act)
            return True
    found["claim"].append(False)
    return False


def _event(expected: ExpectedEvent, reading: Reading, found: dict[str, list[bool]]) -> bool:
    """Whether an event of the kind and status is read with the trigger or a toll of the expected one; notes its day and tolls."""
    tolls = {(toll.kind, toll.least) for toll in expected.tolls}
    for event in reading.events:
        words = _words(reading, event.trigger)
        same = expected.trigger in words or words in expected.trigger or tolls & {(t.kind, t.least) for t in event.tolls}
        if event.kind == expected.kind and event.status == expected.status and same:
            found["event"].append(True)
            if expected.day:
                found["its day"].append(bool(event.days) and event.days is not None and event.days.first.isoformat() == expected.day)
            found["toll"] += [toll in {(t.kind, t.least) for t in event.tolls} for toll in tolls]
            return True
    found["event"].append(False)
    found["its day"] += [False] if expected.day else []
    found["toll"] += [False for _ in tolls]
    return False
