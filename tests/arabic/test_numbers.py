"""Numbers: sentences of tests/sentences/numbers.toml, and what must hold for any text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.numbers import cardinal_at, numbers_in
from riwaya.arabic.words import tokens_in

CASES = tomllib.loads((Path(__file__).parents[1] / "sentences" / "numbers.toml").read_text(encoding="utf-8"))["cases"]
WORDS = """
ثلاثة وعشرون عشر مئة ومئتين ألف آلاف مليون ونصف نصف عشرات بضعة قتيلين أكثر من على الأقل بين و15 10 1.5 1,200 - إلى ( ) %
في المئة أحد واحد وأحد ارتفع ألفا شخصا . ٣٣ ² ½ ०
"""
some_text = st.lists(st.sampled_from([*WORDS.split(), "\n"]) | st.text(max_size=6)).map(" ".join)

UNITS = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
TEENS = {10: "عشرة", 11: "أحد عشر", 12: "اثنا عشر", **{n: UNITS[n - 10] + " عشر" for n in range(13, 20)}}


def spelled(number: int) -> str:
    """A number below a million in words, as grammar books write it."""
    thousands, rest = divmod(number, 1000)
    parts = []
    if thousands:
        scale = "آلاف" if 3 <= thousands <= 10 else "ألفا"
        parts.append({1: "ألف", 2: "ألفان"}.get(thousands) or f"{spelled(thousands)} {scale}")
    if rest >= 100:
        parts.append(HUNDREDS[rest // 100])
    rest %= 100
    if rest in TEENS:
        parts.append(TEENS[rest])
    else:
        parts += [word for word in (UNITS[rest % 10], TENS[rest // 10]) if word]
    return " و".join(parts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_the_numbers_of_a_sentence(case: dict[str, Any]) -> None:
    tokens = tokens_in(case["text"])
    found = [
        [tokens.words_of(tokens.span(first, last)), least, "open" if most is None else most]
        for first, last, least, most in numbers_in(tokens)
    ]
    assert found == case["numbers"], case["why"]


def test_every_case_says_why_and_stands_once() -> None:
    assert all(case["why"] for case in CASES)
    assert len({case["text"] for case in CASES}) == len(CASES)


@given(st.integers(min_value=2, max_value=999_999))
def test_a_spelled_number_is_read_as_itself(number: int) -> None:
    tokens = tokens_in(spelled(number))
    (found,) = numbers_in(tokens)
    assert found == (0, len(tokens), number, number)


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_are_read_as_themselves_however_written(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,}".translate({ord(","): "٬", **{ord(str(d)): chr(0x0660 + d) for d in range(10)}})):
        (found,) = numbers_in(tokens_in(text))
        assert (found.least, found.most) == (number, number)


@given(some_text)
def test_numbers_are_ordered_and_apart_in_any_text(text: str) -> None:
    tokens = tokens_in(text)
    after = 0
    for first, last, least, most in numbers_in(tokens):
        assert after <= first < last <= len(tokens)
        assert least >= 0
        assert most is None or least <= most
        after = last


@given(some_text, st.integers(0, 30), st.integers(0, 30))
def test_only_the_asked_tokens_are_read(text: str, first: int, last: int) -> None:
    tokens = tokens_in(text)
    last = min(last, len(tokens))
    assert all(first <= number.first < number.last <= last for number in numbers_in(tokens, first, last))


@pytest.mark.parametrize("text", ["9" * 5000, "9" * 5000 + " مليون", "بين " + "9" * 5000 + " و" + "9" * 5000, "9" * 20 + "," + "9" * 3])
def test_monstrous_digits_are_no_number(text: str) -> None:
    tokens = tokens_in(text)
    assert all(cardinal_at(tokens, at) is None or tokens.folded[at] == "مليون" for at in range(len(tokens)))
    assert all(number.least <= 10**9 for number in numbers_in(tokens))
