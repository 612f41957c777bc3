"""When happenings were and whether they were: sentences of event_times.toml and event_status.toml, and what must hold for any time."""

import tomllib
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.calendars import span_of
from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.fold import folded
from riwaya.arabic.words import tokens_in
from riwaya.read.claims import claims_in
from riwaya.read.events import events_in
from riwaya.read.events.times import in_tense
from riwaya.read.interchange import article_of
from riwaya.records import Event, Span

SENTENCES = Path(__file__).parents[2] / "sentences"
TIMES = tomllib.loads((SENTENCES / "event_times.toml").read_text("utf-8"))["case"]
STATUSES = tomllib.loads((SENTENCES / "event_status.toml").read_text("utf-8"))["case"]


def read(case: dict[str, Any]) -> tuple[str, dict[str, Event]]:
    """The text of a case, and its events by the folded words of their triggers."""
    text = case["text"]
    article = article_of({"id": 1, "paragraphs": text.split("\n"), "published": case.get("published", "2017-02-21")})
    tokens = tokens_in(article.text)
    events, _ = events_in(article, tokens, claims_in(article, tokens))
    return text, {folded(text[slice(*event.trigger)]): event for event in events}


@pytest.mark.parametrize("case", TIMES, ids=lambda case: case["text"])
def test_when_it_happened(case: dict[str, Any]) -> None:
    text, events = read(case)

    def shown(word: str) -> list[str]:
        event = events[folded(word)]
        when: Span | None = event.when
        first, last = (day.isoformat() for day in event.days) if event.days else ("", "")
        return [word, text[slice(*when)] if when else "", first, last]

    assert [shown(word) for word, *_ in case["times"]] == case["times"], case["why"]


@pytest.mark.parametrize("case", STATUSES, ids=lambda case: case["text"])
def test_whether_it_happened(case: dict[str, Any]) -> None:
    _, events = read(case)
    assert [[word, events[folded(word)].status] for word, _ in case["status"]] == case["status"], case["why"]


@given(first=st.dates(date(1900, 1, 1), date(2100, 1, 1)), published=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_date_without_its_year_turns_to_the_side_that_is_told(first: date, published: date) -> None:
    near = first.replace(year=published.year, day=min(first.day, 28))
    time = TimeExpression(0, 1, span_of(near, near), "year")
    past, ahead = (in_tense(time, status, published) for status in ("actual", "planned"))
    assert past is not None
    assert ahead is not None
    assert past.days is not None
    assert ahead.days is not None
    assert past.days.first <= published <= ahead.days.last


def test_a_sentence_that_never_ends_is_read_in_time() -> None:
    article = article_of({"id": 1, "paragraphs": ["قصف الجيش أمس " * 1000], "published": "2017-02-21"})
    tokens = tokens_in(article.text)
    begun = process_time()
    events_in(article, tokens, ())
    assert process_time() - begun < 5, "3,000 words take 0.7 seconds; weighing each happening against each time took more than 10"


def test_every_case_says_why_and_stands_once() -> None:
    for cases in (TIMES, STATUSES):
        assert all(case["why"] for case in cases)
        assert len({case["text"] for case in cases}) == len(cases)
