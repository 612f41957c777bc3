"""Days, weeks, months and years of both calendars as ranges of days; everything is None where the calendar has no such day."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import Literal

from hijridate import Gregorian, Hijri

from riwaya.records import Days

Direction = Literal["last", "this", "next"]
Unit = Literal["hour", "day", "week", "month", "year"]
Calendar = Literal["gregorian", "hijri"]

_SATURDAY = 5


def day_of(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """A day of either calendar as a Gregorian date; Hijri by Umm al-Qura, which is tabled for the years 1343 to 1500."""
    try:
        return date(year, month, day) if calendar == "gregorian" else _hijri_day(year, month, day)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def _hijri_day(year: int, month: int, day: int) -> date:
    gregorian = Hijri(year, month, day).to_gregorian()
    return date(gregorian.year, gregorian.month, gregorian.day)


@lru_cache(maxsize=4096)
def _hijri_year(day: date) -> int | None:
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().year
    except (ValueError, OverflowError):
        return None


def shifted(day: date, by: int) -> date | None:
    """The day `by` days later (earlier if negative)."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def span_of(first: date | None, last: date | None) -> Days | None:
    """The days from `first` to `last`, if both exist and are in order."""
    return Days(first, last) if first and last and first <= last else None


def month_days(calendar: Calendar, year: int, month: int) -> Days | None:
    """The days of one month."""
    first = day_of(calendar, year, month, 1)
    if calendar == "gregorian":
        return span_of(first, day_of(calendar, year, month, monthrange(year, month)[1])) if first else None
    return span_of(first, day_of(calendar, year, month, 30) or day_of(calendar, year, month, 29))


def year_days(calendar: Calendar, year: int) -> Days | None:
    """The days of one year."""
    last = month_days(calendar, year, 12)
    return span_of(day_of(calendar, year, 1, 1), last.last if last else None)


def months_days(year: int, first: int, last: int) -> Days | None:
    """The days of the Gregorian months `first` to `last` of a year; month 0 is December of the year before."""
    begins = month_days("gregorian", year - 1, 12) if first == 0 else month_days("gregorian", year, first)
    ends = month_days("gregorian", year, last)
    return span_of(begins.first, ends.last) if begins and ends else None


def near(published: date, direction: Direction | None, calendar: Calendar, month: int, day: int | None) -> Days | None:
    """The day (or whole month, if `day` is None) of that name that fits a publication day best.

    "last" is the latest one that is over, "next" the first one to come, "this" the one of the running year, otherwise the nearest.
    """
    year = published.year if calendar == "gregorian" else _hijri_year(published)
    if year is None:
        return None
    found = []
    for candidate in (year,) if direction == "this" else range(year - 4, year + 5):
        if day is None:
            days = month_days(calendar, candidate, month)
        else:
            only = day_of(calendar, candidate, month, day)
            days = span_of(only, only)
        if days is None or (direction == "last" and days.last >= published) or (direction == "next" and days.first <= published):
            continue
        found.append(days)
    return min(found, key=lambda days: abs(days.first - published) + abs(days.last - published), default=None)


def weekday_near(day: date, weekday: int) -> date | None:
    """The day of that weekday (Monday is 0) from five days before `day` to one after: pages are dated late rather than early."""
    return shifted(day, (weekday - day.weekday() + 5) % 7 - 5)


def weekday_from(published: date, weekday: int, direction: Direction | None) -> date | None:
    """The weekday a text of that day means: the latest up to the day itself; "last" before it, "next" after it."""
    back = (published.weekday() - weekday) % 7
    if direction == "next":
        return shifted(published, 7 - back)
    return shifted(published, -(back or 7) if direction == "last" else -back)


def unit_around(day: date, unit: Unit, offset: int) -> Days | None:
    """The day, week, month or year `offset` units from the one that `day` stands in.

    Weeks run from Saturday to Friday: the first day of the week in most Arab countries by CLDR.
    """
    if unit == "week":
        first = shifted(day, -((day.weekday() - _SATURDAY) % 7) + 7 * offset)
        return span_of(first, shifted(first, 6)) if first else None
    if unit == "month":
        months = day.year * 12 + day.month - 1 + offset
        return month_days("gregorian", months // 12, months % 12 + 1)
    if unit == "year":
        return year_days("gregorian", day.year + offset) if MINYEAR <= day.year + offset <= MAXYEAR else None
    only = shifted(day, offset if unit == "day" else int(offset / 24))
    return span_of(only, only)


def portion(days: Days, number: int, of: int) -> Days:
    """One of `of` equal portions of a range, counted from 1: whole months of a Gregorian year, days of anything shorter."""
    year = days.first.year
    if days == year_days("gregorian", year):
        return months_days(year, 12 * (number - 1) // of + 1, 12 * number // of) or days
    length = (days.last - days.first).days + 1
    first, last = length * (number - 1) // of, length * number // of - 1
    if length == 7:
        last = min(6, first + 2)  # no part of a week is as exact as a day
    return Days(days.first + timedelta(days=first), days.first + timedelta(days=max(first, last)))
