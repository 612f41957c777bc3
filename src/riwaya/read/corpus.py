"""An article with what was read from it, as a line of the corpus that readers are trained and measured on (training/corpus/GUIDE.md).

The corpus gives words, not places: `from` and `to` are the first and last words of what was said, as many as it takes to find exactly that.
"""

from typing import Any

from riwaya.read.interchange import date_of
from riwaya.records import Article, Claim, Event, MentionKind, Reading, Span, Toll

_WORDS = 4  # of the beginning and end of what was said, if they are enough
_NAMES: tuple[MentionKind, ...] = ("PER", "ORG", "LOC")


def corpus_row(reading: Reading) -> dict[str, Any]:
    """The line of one article. `corrected` counts which statements and events people had before them; the others are as they were read."""
    article, text = reading.article, reading.article.text
    numbers = {claim.id: number for number, claim in enumerate(reading.claims)}
    changed = {finding.id for each in reading.corrected if (finding := each.claim or each.event)}
    named = {kind: [text[slice(*one.span)] for one in reading.mentions if one.kind == kind] for kind in _NAMES}
    return {
        "id": article.id,
        "outlet": article.outlet,
        "published": article.published.day.isoformat() if article.published else "",
        "title": article.title,
        "author": article.byline,
        "dateline": article.dateline,
        "paragraphs": text.split("\n"),
        "names": {kind: list(dict.fromkeys(names)) for kind, names in named.items()},
        "statements": [_statement(claim, article) for claim in reading.claims],
        "events": [_event(event, text, numbers) for event in reading.events],
        "corrected": {
            "statements": [number for number, claim in enumerate(reading.claims) if claim.id in changed],
            "events": [number for number, event in enumerate(reading.events) if event.id in changed],
        },
    }


def _statement(claim: Claim, article: Article) -> dict[str, Any]:
    """A statement. Where nobody is named the guide has the phrase itself stand for who speaks: that is the cue."""
    text = article.text
    cue = claim.cue or Span(claim.content.start, claim.content.start + 1)
    speaker, relay = claim.tellers[0], next((teller for teller in claim.tellers if teller.role == "relay"), None)
    at, first, last = (_paragraph(text, place) for place in (cue.start, claim.content.start, claim.content.end - 1))
    begins, ends = _ends_of(text, claim.content, _starts(text)[first])
    return {
        "p": at,
        "cue": text[slice(*cue)],
        "act": claim.act,
        "speaker": _words(text, speaker.words),
        "name": _words(text, speaker.name or speaker.words) or text[slice(*cue)],
        "kind": speaker.kind,
        "channel": _words(text, claim.channel),
        "via": _words(text, relay.words) if relay else None,
        "from": begins,
        "to": ends,
        **({"start_p": first} if first != at else {}),
        **({"end_p": last} if last != at else {}),
        "form": claim.form,
    }


def _event(event: Event, text: str, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "p": _paragraph(text, event.trigger.start),
        "type": event.kind,
        "trigger": text[slice(*event.trigger)],
        **{part: _words(text, getattr(event, part)) for part in ("actor", "target", "place", "within", "when")},
        "date": date_of(event.days),
        "status": event.status,
        "by": numbers.get(event.claim_id or ""),
        "casualties": [_casualty(toll, text) for toll in event.tolls],
    }


def _casualty(toll: Toll, text: str) -> dict[str, Any]:
    words = {"text": text[slice(*toll.words)], "whom": _words(text, toll.whom)}
    return {"kind": toll.kind, "text": words["text"], "low": toll.least, "high": toll.most, "whom": words["whom"]}


def _ends_of(text: str, content: Span, paragraph: int) -> tuple[str, str]:
    """The first and last words of a stretch of text that begins in the paragraph at `paragraph`, enough of them to tell it from others."""
    words = text[slice(*content)].split(" ")
    counts = range(_WORDS, len(words))
    begins = (" ".join(words[:count]) for count in counts)
    first = next((each for each in begins if text.find(each, paragraph) == content.start), text[slice(*content)])
    ends = (" ".join(words[-count:]) for count in counts)
    last = next((each for each in ends if text.find(each, content.start) + len(each) == content.end), text[slice(*content)])
    return first, last


def _starts(text: str) -> list[int]:
    """Where each paragraph begins."""
    starts = [0]
    for paragraph in text.split("\n"):
        starts.append(starts[-1] + len(paragraph) + 1)
    return starts


def _paragraph(text: str, at: int) -> int:
    return text.count("\n", 0, at)


def _words(text: str, span: Span | None) -> str | None:
    return text[slice(*span)] if span else None
