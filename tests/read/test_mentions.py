"""Names by rules: the cases of sentences/mentions.toml, and properties that hold for any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.arabic.words import tokens_in
from riwaya.read.interchange import article_of
from riwaya.read.mentions import mentions_in
from riwaya.records import Mention

CASES = tomllib.loads((Path(__file__).parent.parent / "sentences" / "mentions.toml").read_text("utf-8"))["case"]
PIECES = ("وزارة", "الصحة", "العقيد", "محمد", "أبو", "بمدينة", "حلب", "للجيش", "ريف", "،", "«", "»", "\n", "بن", "وفي", "علي", "حركة")


def names_in(text: str) -> tuple[Mention, ...]:
    article = article_of({"id": 1, "paragraphs": text.split("\n")})
    return mentions_in(article, tokens_in(article.text))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_sentence_gives_its_names(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [f"{one.kind} {text[slice(*one.span)]}" for one in names_in(text)] == case["names"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map(" ".join))
def test_names_lie_in_the_text_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for one in names_in(text):
        assert end <= one.span.start < one.span.end <= len(text)
        assert text[slice(*one.span)].strip()
        end = one.span.end
