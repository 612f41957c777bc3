"""Happenings by rules: the cases of sentences/events.toml, and properties that hold for any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.arabic.words import tokens_in
from riwaya.read.claims import claims_in
from riwaya.read.events.happenings import MOST_EVENTS, events_in
from riwaya.read.interchange import article_of
from riwaya.records import Article, Event, Span

CASES = tomllib.loads((Path(__file__).parents[2] / "sentences" / "events.toml").read_text("utf-8"))["case"]
PIECES = (
    "قصف",
    "شنت",
    "غارات",
    "على",
    "مدينة",
    "حلب",
    "قتل",
    "سبعة",
    "مدنيين",
    "أمس",
    "،",
    ".",
    "\n",
    "التي",
    "«",
    "»",
    "بين",
    "و",
    "\u202e",
    "للجيش",
    "12",
    "إصابة",
    "لن",
    "من قبل",
    "\N{ARABIC TATWEEL}",
)


def article(text: str, title: str = "", published: str = "2017-02-21") -> Article:
    return article_of({"id": 1, "paragraphs": text.split("\n"), "title": title, "published": published})


def read(text: str, title: str = "") -> tuple[tuple[Event, ...], dict[str, str]]:
    given_article = article(text, title)
    tokens = tokens_in(given_article.text)
    events, aside = events_in(given_article, tokens, claims_in(given_article, tokens))
    return events, {given_article.text[slice(*one.span)]: one.reason for one in aside}


def shown(event: Event, text: str) -> dict[str, Any]:
    def words(span: Span | None) -> str:
        return text[slice(*span)] if span else ""

    return {
        "kind": event.kind,
        "trigger": words(event.trigger),
        "actor": words(event.actor),
        "target": words(event.target),
        "place": words(event.place),
        "within": words(event.within),
        "when": words(event.when),
        "day": event.days.first.isoformat() if event.days and event.days.first == event.days.last else "",
        "status": event.status,
        "claimed": event.claim_id is not None,
        "tolls": [f"{toll.kind} {toll.least}" for toll in event.tolls],
    }


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_sentence_gives_its_events(case: dict[str, Any]) -> None:
    events, aside = read(case["text"], case.get("title", ""))
    found = [shown(event, case["text"]) for event in events]
    expected = case.get("events", [])
    assert [{key: got[key] for key in want} for got, want in zip(found, expected, strict=False)] == expected, found
    assert len(found) == len(expected), found
    for words, reason in case.get("aside", {}).items():
        assert aside.get(words) == reason, aside


def spans_of(event: Event) -> list[Span]:
    tolls = [span for toll in event.tolls for span in (toll.words, toll.whom)]
    spans = [event.trigger, event.actor, event.target, event.place, event.within, event.when, *tolls]
    return [span for span in spans if span is not None]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map(" ".join))
def test_every_span_lies_in_the_text_and_holds_words(text: str) -> None:
    given_article = article(text)
    tokens = tokens_in(given_article.text)
    events, aside = events_in(given_article, tokens, ())
    assert len(events) <= MOST_EVENTS
    for span in [span for event in events for span in spans_of(event)] + [one.span for one in aside]:
        assert 0 <= span.start < span.end <= len(given_article.text)
        assert given_article.text[slice(*span)].strip()


@pytest.mark.parametrize("text", ["قصف " * 50_000, "\n".join(["قتل سبعة في حلب"] * 10_000), "بين و" * 40_000, "«" * 100_000])
def test_no_text_takes_long_or_fails(text: str) -> None:
    events, _ = read(text)
    assert len(events) <= MOST_EVENTS


def test_the_same_article_gives_the_same_events() -> None:
    text = "شن الطيران الحربي غارتين على مدينة سراقب أمس، ما أدى إلى مقتل خمسة مدنيين."
    assert read(text) == read(text)
