"""Copies and how they differ."""

import time
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.words import tokens_in
from riwaya.relate.copies import Text, alignment, copies_among
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE

DAY = date(2017, 3, 14)
MARKET_WORDS, ELSEWHERE_WORDS, HARBOUR_WORDS = (" ".join(text).split() for text in (MARKET, MARKET_ELSEWHERE, HARBOUR))


def pairs(*texts: Text) -> list[tuple[str, str]]:
    return [(copy.original, copy.copy) for copy in copies_among(texts)]


def test_the_first_published_is_the_original() -> None:
    assert pairs(Text("a", date(2017, 3, 15), MARKET_WORDS), Text("b", DAY, MARKET_WORDS)) == [("b", "a")]


def test_a_trimmed_text_is_a_copy_and_another_account_is_none() -> None:
    assert pairs(Text("a", DAY, MARKET_WORDS), Text("b", DAY, MARKET_WORDS[:20]), Text("c", DAY, ELSEWHERE_WORDS)) == [("a", "b")]


def test_a_text_taken_into_a_longer_one_is_found() -> None:
    assert pairs(Text("a", DAY, MARKET_WORDS), Text("b", DAY, [*HARBOUR_WORDS, *MARKET_WORDS, *ELSEWHERE_WORDS])) == [("a", "b")]


def test_texts_of_far_days_and_texts_of_a_few_words_are_not_compared() -> None:
    assert pairs(Text("a", DAY, MARKET_WORDS), Text("b", date(2017, 5, 1), MARKET_WORDS)) == []
    assert pairs(Text("a", DAY, MARKET_WORDS[:8]), Text("b", DAY, MARKET_WORDS[:8])) == []


def test_the_order_of_arrival_does_not_matter() -> None:
    texts = [Text(f"{n}", DAY, MARKET_WORDS[: 20 + n]) for n in range(8)] + [Text("x", DAY, HARBOUR_WORDS)]
    expected = copies_among(texts)
    for seed in range(5):
        Random(seed).shuffle(texts)
        assert copies_among(texts) == expected


def test_copies_of_one_text_cost_as_much_as_texts_do() -> None:
    def seconds(count: int) -> float:
        texts = [Text(f"{n}", DAY, [*MARKET_WORDS, *MARKET_WORDS[:-3], f"عدد{n}"]) for n in range(count)]
        begun = time.process_time()
        copies_among(texts)
        return time.process_time() - begun

    assert min(seconds(2000) for _ in range(3)) < 10 * min(seconds(500) for _ in range(3))


def test_what_a_copy_changes_is_shown() -> None:
    original, copy = "قتل سبعة أشخاص في انفجار سيارة قرب السوق القديم", "قتل تسعة أشخاص في انفجار سيارة مفخخة قرب السوق"
    found = [
        (s.what, s.original and original[slice(*s.original)], s.copy and copy[slice(*s.copy)])
        for s in alignment(tokens_in(original), tokens_in(copy))
    ]
    assert found == [
        ("kept", "قتل", "قتل"),
        ("changed", "سبعة", "تسعة"),
        ("kept", "أشخاص في انفجار سيارة", "أشخاص في انفجار سيارة"),
        ("added", None, "مفخخة"),
        ("kept", "قرب السوق", "قرب السوق"),
        ("dropped", "القديم", None),
    ]


@given(st.lists(st.sampled_from("ابجدهوزحطي"), max_size=60), st.lists(st.sampled_from("ابجدهوزحطي"), max_size=60))
def test_an_alignment_covers_both_texts_once(left: list[str], right: list[str]) -> None:
    original, copy = tokens_in(" ".join(left)), tokens_in(" ".join(right))
    stretches = alignment(original, copy)
    assert "".join(original.text[slice(*s.original)] for s in stretches if s.original).replace(" ", "") == "".join(left)
    assert "".join(copy.text[slice(*s.copy)] for s in stretches if s.copy).replace(" ", "") == "".join(right)
    for stretch in stretches:
        if stretch.what == "kept":
            assert stretch.original
            assert stretch.copy
            assert original.words_of(stretch.original) == copy.words_of(stretch.copy)
