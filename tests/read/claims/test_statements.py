"""Reported speech: the sentences of tests/sentences/claims.toml, the chain of tellers, and what must hold on any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.arabic.words import tokens_in
from riwaya.read.claims import claims_in
from riwaya.records import Article, Claim, Span

CASES = tomllib.loads((Path(__file__).parents[2] / "sentences" / "claims.toml").read_text("utf-8"))["case"]
WORDS = """
قال وقالت وأضاف أكد نفى مؤكداً مشيراً نافية بحسب وفقاً لـ كما نقلت عن قوله بقوله يقول الوزير مصدر أمني الشرطة سامر العلي علي أم إن أن بأن إلى
على من في ب ل : ، . ؟ « » “ ” " ( ) - بيان للصحفيين الذي نفاه ما أما فأعلن هدد باسم هذا وهو
"""
PIECES = [*WORDS.split(), "\n", "", " ", "\N{ARABIC TATWEEL}", "\N{RIGHT-TO-LEFT MARK}", "\N{REPLACEMENT CHARACTER}"]


def article_with(text: str) -> Article:
    return Article(id="a", capture_id=None, address=None, outlet="الميزان", title="", byline="", dateline="", published=None, text=text)


def claims_of(text: str) -> tuple[Claim, ...]:
    return claims_in(article_with(text), tokens_in(text))


def spans_of(claim: Claim) -> list[Span]:
    spans = [claim.cue, claim.content, claim.channel]
    for teller in claim.tellers:
        spans += [teller.words, teller.name]
    return [span for span in spans if span is not None]


def words(text: str, span: Span | None) -> str:
    return text[span.start : span.end] if span else ""


def seen(text: str, claim: Claim, expected: dict[str, Any]) -> dict[str, Any]:
    """The claim in the terms of a case: only the fields that the case names; a content that begins and ends as told reads as told."""
    speaker = claim.tellers[0]
    content = words(text, claim.content)
    fields = {
        "cue": words(text, claim.cue),
        "act": claim.act,
        "speaker": words(text, speaker.words),
        "name": words(text, speaker.name),
        "kind": speaker.kind,
        "channel": words(text, claim.channel),
        "via": " ".join(words(text, teller.words) for teller in claim.tellers if teller.role == "relay"),
        "form": claim.form,
        "starts": expected["starts"] if content.startswith(expected["starts"]) else content,
        "ends": expected["ends"] if content.endswith(expected["ends"]) else content,
    }
    return {name: fields[name] for name in expected}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_sentence_is_read_as_told(case: dict[str, Any]) -> None:
    text, expected = case["text"], case["claims"]
    found = claims_of(text)
    assert len(found) == len(expected), [words(text, claim.cue) for claim in found]
    assert [seen(text, claim, told) for claim, told in zip(found, expected, strict=True)] == expected


def test_the_cases_are_many_and_some_hold_no_claim() -> None:
    assert len(CASES) >= 130
    assert sum(not case["claims"] for case in CASES) >= 10
    assert len({case["text"] for case in CASES}) == len(CASES)


def test_the_chain_runs_from_the_speaker_over_the_relay_to_the_outlet() -> None:
    text = "نقلت وكالة الأنباء عن مصدر أمني نفيه وقوع إصابات في المخيم."
    (claim,) = claims_of(text)
    assert [teller.role for teller in claim.tellers] == ["speaker", "relay", "outlet"]
    assert [words(text, teller.words) for teller in claim.tellers] == ["مصدر أمني", "وكالة الأنباء", ""]
    assert claim.tellers[-1].kind == "outlet"
    assert claim.tellers[-1].name is None


def test_the_name_may_stand_in_another_paragraph() -> None:
    text = "زار العقيد سامر العلي المخيم.\nوقال العلي إن الحراسة شددت.\nوأضاف أن الباب الشرقي أغلق."
    said, added = claims_of(text)
    assert words(text, said.tellers[0].words) == "العلي"
    assert added.tellers[0].words is None
    assert words(text, added.tellers[0].name) == "سامر العلي"


def test_an_id_follows_from_cue_and_content() -> None:
    text = "قال الوزير إن الطريق مغلق. وأضاف أن العمل جار."
    assert [claim.id for claim in claims_of(text)] == [claim.id for claim in claims_of(text)]
    assert len({claim.id for claim in claims_of(text)}) == 2


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", " "]))
def test_every_span_lies_in_the_text_whatever_the_words(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    for claim in claims_of(text):
        assert all(0 <= span.start < span.end <= len(text) for span in spans_of(claim))
        assert claim.tellers[0].role == "speaker"
        assert claim.tellers[-1].role == "outlet"
        assert 0 < claim.confidence <= 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_raising(text: str) -> None:
    for claim in claims_of(text):
        assert all(0 <= span.start < span.end <= len(text) for span in spans_of(claim))


@pytest.mark.parametrize(
    "text",
    [
        "ا" * 200_000,
        "." * 50_000,
        "«" * 20_000,
        '"' * 20_001,
        "، " * 20_000,
        "قال: «" * 3_000,
        "بحسب المصدر، " * 3_000,
        "قال الوزير إن الطريق مغلق\n" * 10_000,
        "قال الوزير " + "في البيت " * 20_000 + "إن الطريق مغلق",
    ],
    ids=["letters", "stops", "opened", "straight", "commas", "colons", "attributions", "paragraphs", "far"],
)
def test_long_texts_are_read_in_linear_time(text: str) -> None:
    """A quadratic loop would need minutes here; the whole list takes seconds."""
    claims = claims_of(text)
    assert all(span.end <= len(text) for claim in claims for span in spans_of(claim))
