"""Tolls by rules: the cases of sentences/tolls.toml, and properties that hold for any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.arabic.words import tokens_in
from riwaya.read.events.tolls import tolls_in

CASES = tomllib.loads((Path(__file__).parents[2] / "sentences" / "tolls.toml").read_text("utf-8"))["case"]
PIECES = (
    "مقتل",
    "قتل",
    "وإصابة",
    "جرحى",
    "قتلوا",
    "عدد",
    "من",
    "سبعة",
    "12",
    "آخرين",
    "القتلى",
    "إلى",
    "مصرعهم",
    "بينهم",
    "،",
    ".",
    "\n",
    "قتيلين",
    "العشرات",
)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_sentence_gives_its_tolls(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        {
            "kind": one.toll.kind,
            "least": one.toll.least,
            "most": one.toll.most or "open",
            "words": text[slice(*one.toll.words)],
            "whom": text[slice(*one.toll.whom)] if one.toll.whom else None,
        }
        for one in tolls_in(tokens_in(text))
    ]
    expected = case.get("tolls", [])
    assert [{key: got[key] for key in want} for got, want in zip(found, expected, strict=False)] == expected, found
    assert len(found) == len(expected), found


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map(" ".join))
def test_every_toll_is_a_range_of_people_in_the_text(text: str) -> None:
    for one in tolls_in(tokens_in(text)):
        assert one.toll.least >= 1
        assert one.toll.most is None or one.toll.most >= one.toll.least
        for span in (one.toll.words, one.toll.whom):
            assert span is None or (0 <= span.start < span.end <= len(text) and text[slice(*span)].strip())


@pytest.mark.parametrize("text", ["قتل سبعة و" * 20_000, "قتلى " * 50_000, "عدد القتلى إلى " * 20_000])
def test_no_text_takes_long(text: str) -> None:
    assert isinstance(tolls_in(tokens_in(text)), tuple)
