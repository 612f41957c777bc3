"""Rules and network together: exact spans, the same answer every time, and no text that stops them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riwaya.read.text import read_text
from riwaya.records import Reading, Span

TEXT = (
    "قال وزير الدفاع أحمد العلي إن الجيش قصف بلدة تل رفعت أمس، ما أدى إلى مقتل ثلاثة مدنيين.\n"
    "ونفى المتحدث باسم الفصائل سقوط قتلى، مضيفاً أن مقاتليه أسروا جنديين في الريف الشمالي."
)
PARTS = [
    "قال",
    "الوزير",
    "نفى",
    "أن",
    "إن",
    "القصف",
    "مقتل",
    "ثلاثة",
    "جنود",
    "في",
    "حلب",
    "أمس",
    "«",
    "»",
    ":",
    "،",
    ".",
    "\n",
    "\u202b",
    "x",
    "7",
]


def spans_of(reading: Reading) -> list[Span]:
    """All spans of a reading."""
    spans: list[Span | None] = [mention.span for mention in reading.mentions]
    for claim in reading.claims:
        spans += [span for teller in claim.tellers for span in (teller.words, teller.name)] + [claim.cue, claim.content, claim.channel]
    for event in reading.events:
        spans += [event.trigger, event.actor, event.target, event.place, event.within, event.when]
        spans += [span for toll in event.tolls for span in (toll.words, toll.whom)]
    return [span for span in spans if span]


def test_the_example_is_read() -> None:
    reading = read_text(TEXT, reader="model")

    def words(span: Span | None) -> str | None:
        return TEXT[slice(*span)] if span else None

    assert {words(claim.cue) for claim in reading.claims} >= {"قال", "ونفى"}
    assert words(reading.claims[0].tellers[0].words) == "وزير الدفاع أحمد العلي"
    assert any(words(mention.span) == "أحمد العلي" and mention.kind == "PER" for mention in reading.mentions)


def test_the_same_text_gives_the_same_reading() -> None:
    assert read_text(TEXT, reader="model") == read_text(TEXT, reader="model")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PARTS), max_size=60).map(" ".join))
def test_spans_lie_in_the_text_and_hold_words(text: str) -> None:
    for span in spans_of(read_text(text, reader="model")):
        assert 0 <= span.start < span.end <= len(text)
        assert text[slice(*span)].strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "ـ",
        "The minister said that the army left the city. " * 40,
        "部长说军队已经撤离。" * 40,
        "وقالبأن" * 400,
    ],
    ids=["nothing", "blank lines", "a dash", "English", "Chinese", "one endless word"],
)
def test_any_text_is_read(text: str) -> None:
    assert read_text(text, reader="model").reader == "rules 1 + model 3"


@pytest.mark.long
@pytest.mark.parametrize(
    "text", ["قال الوزير إن الجيش انسحب " * 8_000, "قال الوزير إن الجيش انسحب.\n" * 10_000], ids=["one paragraph", "10,000"]
)
def test_a_very_long_text_is_read(text: str) -> None:
    reading = read_text(text, reader="model")
    assert reading.claims
    assert all(span.end <= len(text) for span in spans_of(reading))


def test_every_finding_says_who_found_it() -> None:
    reading = read_text(TEXT, reader="model")
    for rule, confidence in [
        (each.rule, each.confidence) for group in (reading.claims, reading.events, reading.mentions) for each in group
    ]:
        assert rule
        assert 0 <= confidence <= 1
    assert {mention.rule for mention in reading.mentions} == {"model"}
