"""Time expressions and date lines: sentences of tests/sentences/dates.toml, and what must hold for any text."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import dateparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from riwaya.arabic.datelines import date_line_in
from riwaya.arabic.dates import times_in
from riwaya.arabic.words import tokens_in

TABLE = tomllib.loads((Path(__file__).parents[1] / "sentences" / "dates.toml").read_text(encoding="utf-8"))
PUBLISHED = "2017-02-21"
WORDS = """
أمس اليوم غدا أول من قبل منذ بعد الجمعة الأحد الاثنين - ( ) ، 12 31 2017 1436 ه م شباط آذار رمضان صفر / فبراير الماضي
المقبل الجاري الشهر الأسبوع العام عام أيام ثلاثة ساعة الـ24 يومين مساء فجر ليل يوم النصف الأول مطلع صيف الموافق
12/2/2017 30/2/2017 00/00/0000 الأيام و٣٠ .
"""
a_text = st.lists(st.sampled_from([*WORDS.split(), "\n"]) | st.text(max_size=8)).map(" ".join)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["text"])
def test_the_times_of_a_sentence(case: dict[str, Any]) -> None:
    published = case.get("published", PUBLISHED)
    tokens = tokens_in(case["text"])
    found = [
        [tokens.words_of(tokens.span(first, last)), *((day.isoformat() for day in days) if days else ("", ""))]
        for first, last, days, _ in times_in(tokens, date.fromisoformat(published) if published else None)
    ]
    assert found == case["times"], case["why"]


@pytest.mark.parametrize("case", TABLE["lines"], ids=lambda case: case["text"])
def test_the_date_line_of_a_page(case: dict[str, str]) -> None:
    found = date_line_in(case["text"])
    day, clock = found if found else (None, None)
    assert (day.isoformat() if day else "", clock.isoformat("minutes") if clock else "") == (case["day"], case["clock"]), case["why"]


def test_every_case_says_why_and_stands_once() -> None:
    cases = TABLE["cases"] + TABLE["lines"]
    assert all(case["why"] for case in cases)
    assert len({(case["text"], case.get("published")) for case in cases}) == len(cases)


MONTHS = {
    "ar": "يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر",
    "ar-SY": "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول",
}


@pytest.mark.parametrize("locale", MONTHS)
@pytest.mark.parametrize("month", range(12))
def test_a_written_date_is_what_dateparser_says(locale: str, month: int) -> None:
    text = f"{month + 3} {MONTHS[locale].split(',')[month]} 2016"
    oracle = dateparser.parse(text, locales=[locale])
    (found,) = times_in(tokens_in(text), None)
    assert oracle is not None
    assert found.days is not None
    assert found.days.first == found.days.last == oracle.date()


@example("أمس \n مساء", None)
@example("أمس (الأحد\n)", date(2017, 2, 20))
@given(a_text, st.none() | st.dates())
def test_times_are_ordered_and_apart_in_any_text(text: str, published: date | None) -> None:
    tokens = tokens_in(text)
    after = 0
    for first, last, days, _ in times_in(tokens, published):
        assert after <= first < last <= len(tokens)
        assert tokens.sentence_of[first] == tokens.sentence_of[last - 1]
        assert days is None or days.first <= days.last
        after = last


@given(a_text)
def test_a_date_line_never_raises(text: str) -> None:
    found = date_line_in(text)
    assert found is None or isinstance(found[0], date)


@pytest.mark.parametrize(
    "text", ["9" * 5000, "12/2/" + "9" * 5000, "قبل " + "9" * 5000 + " يوم", "قبل 9999 سنة", "قبل 9999 شهرا", "1/1/0000"]
)
def test_monstrous_numbers_name_no_day(text: str) -> None:
    assert all(expression.days is None for expression in times_in(tokens_in(text), date(1, 1, 2)))
    assert date_line_in(text) is None
