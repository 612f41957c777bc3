"""Attached words and lemmas: words of tests/sentences/clitics.toml, and what must hold for any word."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.clitics import lemma, split_clitics
from riwaya.arabic.fold import folded

CASES = tomllib.loads((Path(__file__).parents[1] / "sentences" / "clitics.toml").read_text(encoding="utf-8"))["cases"]
arabic_words = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئـًّ"), max_size=12)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["word"])
def test_a_word_and_its_lemma(case: dict[str, Any]) -> None:
    assert list(split_clitics(case["word"])) == [folded(part) for part in case["split"]], case["why"]
    assert lemma(case["word"]) == folded(case["lemma"]), case["why"]


def test_every_case_says_why_and_stands_once() -> None:
    assert all(case["why"] for case in CASES)
    assert len({case["word"] for case in CASES}) == len(CASES)


@given(arabic_words | st.text(max_size=60))
def test_the_parts_of_any_word_are_the_word(word: str) -> None:
    split = split_clitics(word)
    assert split.prefixes + split.stem + split.suffixes == folded(word)
    assert split.stem or not folded(word)


@given(arabic_words | st.text(max_size=60))
def test_a_lemma_is_folded_and_never_empty(word: str) -> None:
    found = lemma(word)
    assert found == folded(found)
    assert bool(found) == bool(folded(word))
