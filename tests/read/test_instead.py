"""What a person gives as text: found in the article, or refused with the reason."""

import pytest

from riwaya.errors import CorrectionError
from riwaya.knowledge.places import Gazetteer
from riwaya.read.instead import Given, Text, instead_of, place_key
from riwaya.records import CorrectedPart, Span

TEXT = "قال المصدر إن المصدر\nالثاني غادر المدينة، وأضاف المصدر أنه سيعود."


def test_words_are_found_where_they_were_taken_from_else_nearest() -> None:
    text = Text(TEXT, Span(40, 45))
    assert text.quoted(Given("المصدر")).span == Span(48, 54)
    assert text.quoted(Given("المصدر", Span(4, 10))).span == Span(4, 10)
    assert text.quoted(Given("المصدر", Span(0, 6))).span == Span(48, 54)  # other words stand there
    assert text.quoted(Given(" المصدر  الثاني ")).words == "المصدر\nالثاني"
    assert text.quoted(Given("المصدر", Span(900, 906))).span == Span(48, 54)


@pytest.mark.parametrize("words", ["", "  ", "غائب", "المصدر الثالث"])
def test_words_that_the_article_does_not_hold_are_refused(words: str) -> None:
    with pytest.raises(CorrectionError) as refused:
        Text(TEXT, Span(0, 1)).quoted(Given(words))
    assert refused.value.why == "words"


@pytest.mark.parametrize(("number", "least", "most"), [("8", 8, 8), ("5..7", 5, 7), ("100..", 100, None), ("0", 0, 0), ("٨", 8, 8)])
def test_numbers_are_written_as_in_questions(number: str, least: int, most: int | None) -> None:
    counted = Text(TEXT, Span(0, 1)).counted("killed", number, Given("الثاني"))
    assert (counted.least, counted.most, counted.whom) == (least, most, None)


@pytest.mark.parametrize(
    ("kind", "number", "why"),
    [("dead", "8", "toll"), ("killed", "eight", "toll"), ("killed", "", "toll"), ("killed", "7..5", "range"), ("killed", "9" * 20, "toll")],
)
def test_what_is_no_toll_is_refused(kind: str, number: str, why: str) -> None:
    with pytest.raises(CorrectionError) as refused:
        Text(TEXT, Span(0, 1)).counted(kind, number, Given("الثاني"))
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("of", "part", "text", "why"),
    [
        ("claim", "act", "shout", "value"),
        ("claim", "counts", "yes", "value"),
        ("claim", "status", "denied", "part"),  # of a claim
        ("claim", "content", "", "empty"),
        ("claim", "content", "غائب", "words"),
        ("event", "days", "tomorrow", "days"),
        ("event", "days", "2017-02-22/2017-02-20", "days"),
        ("event", "days", "2017-02-30", "days"),
        ("event", "tolls", "killed", "toll"),
        ("event", "kind", "war", "value"),
    ],
)
def test_what_cannot_stand_in_a_finding_is_refused(of: str, part: CorrectedPart, text: str, why: str) -> None:
    from .made import read

    reading = read()
    finding = reading.claims[0] if of == "claim" else reading.events[0]
    with pytest.raises(CorrectionError) as refused:
        instead_of(part, finding, Text(reading.article.text, Span(0, 1)), Given(text))
    assert refused.value.why == why


def test_a_place_is_given_by_its_key_or_by_a_name_that_it_alone_has() -> None:
    with Gazetteer.open() as gazetteer:
        assert place_key("sy-damascus", gazetteer) == "sy-damascus"
        with pytest.raises(CorrectionError, match=r"sy-damascus-governorate") as refused:
            place_key("دمشق", gazetteer)
        assert refused.value.why == "places"
        with pytest.raises(CorrectionError, match="No place is known"):
            place_key("لا مكان كهذا", gazetteer)
