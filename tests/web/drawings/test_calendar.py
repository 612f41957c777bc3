"""The calendar: a bar for each day, week or month on which something was told; two kinds on two sides of one line."""

from datetime import date, timedelta

from riwaya.web.drawings.calendar import Telling, calendar
from riwaya.web.drawings.pen import Drawing

FIRST = date(2017, 2, 20)


def bars(drawn: Drawing) -> list[tuple[str, str]]:
    return [(shape.title, shape.attributes["class"]) for shape in drawn.shapes if shape.tag == "rect"]


def test_days_are_bars_and_days_without_anything_are_none() -> None:
    said, of = Telling("قالت", {FIRST: 3, FIRST + timedelta(days=2): 1}), Telling("قيل عنها", {FIRST: 6})
    drawn = calendar(said, of, date.isoformat, mirrored=True)
    assert bars(drawn) == [("2017-02-20: 3", "bar"), ("2017-02-22: 1", "bar"), ("2017-02-20: 6", "bar below")]
    high = [float(shape.attributes["height"]) for shape in drawn.shapes if shape.tag == "rect"]
    assert high[0] * 2 == high[2]


def test_long_times_are_drawn_by_weeks_and_longer_ones_by_months() -> None:
    weeks = Telling("أحداث", {FIRST: 1, FIRST + timedelta(days=3): 1, FIRST + timedelta(days=200): 5})
    assert bars(calendar(weeks, None, date.isoformat, mirrored=False)) == [("2017-02-20: 2", "bar"), ("2017-09-04: 5", "bar")]
    months = Telling("أحداث", {FIRST: 1, FIRST + timedelta(days=3): 1, FIRST + timedelta(days=1200): 5})
    assert bars(calendar(months, None, date.isoformat, mirrored=False)) == [("2017-02-01: 2", "bar"), ("2020-06-01: 5", "bar")]


def test_time_runs_from_the_inline_start() -> None:
    telling = Telling("أحداث", {FIRST: 1, FIRST + timedelta(days=20): 1})
    for mirrored in (True, False):
        first, last = (
            float(s.attributes["x"].rstrip("%"))
            for s in calendar(telling, None, date.isoformat, mirrored=mirrored).shapes
            if s.tag == "rect"
        )
        assert (first > last) is mirrored
