"""Dates written out: "12 شباط/فبراير 2017", "الثاني عشر من آذار", "22-2-1436هـ", with or without a year, in both calendars."""

from datetime import date
from typing import NamedTuple

from riwaya.arabic.calendars import Calendar, Direction, day_of, month_days, near, span_of, unit_around
from riwaya.arabic.timewords import Match, time_words
from riwaya.arabic.words import Tokens
from riwaya.records import Days

_OPENING = frozenset("(«“\"'[")
_CLOSING = frozenset(")»”\"']")
_DASHES = frozenset("-–—/\\.")
_TO = frozenset(("-", "–", "—", "و", "الي", "حتي", "لغايه"))
_HIJRI_SIGNS = frozenset(("ه", "هجري", "هجريه", "للهجره"))
_GREGORIAN_SIGNS = frozenset(("م", "ميلادي", "ميلاديه"))
_YEAR_WORDS = frozenset(("عام", "العام", "سنه", "السنه", "لعام", "للعام", "لسنه"))


class WrittenDate(NamedTuple):
    """A date as written: the token after it, the days it means (None without a publication day to find the year), how it is written."""

    last: int
    days: Days | None
    calendar: Calendar
    has_year: bool
    has_day: bool
    turns: bool = False  # nothing says which year is meant: neither its number nor الماضي, الجاري, المقبل


class _Year(NamedTuple):
    last: int
    year: int | None
    direction: Direction | None
    calendar: Calendar

    @property
    def turns(self) -> bool:
        return self.year is None and self.direction is None and self.calendar == "gregorian"


def written_date_at(tokens: Tokens, at: int, published: date | None) -> WrittenDate | None:
    """The date that begins at a token: a number with separators, a day and a month, or a month; None if there is none."""
    form = tokens.folded[at] if at < len(tokens) else ""
    if not form:
        return None
    if "0" <= form[0] <= "9" and (numeric := _numeric_date(tokens, at)):
        return numeric
    if feast := _feast_at(tokens, at, published):
        return feast
    first = day_number_at(tokens, at)
    if first:
        second = _second_day(tokens, first.last)
        for day, until in ((first, second), (first, None)):
            found = _day_and_month(tokens, day, until, published)
            if found:
                return found
        return None
    return _month_alone(tokens, at, published)


def day_number_at(tokens: Tokens, at: int) -> Match | None:
    """A day of the month as digits or as an ordinal."""
    if at >= len(tokens):
        return None
    form = tokens.folded[at]
    digits = form.lstrip("ولبفا")
    if digits.isdecimal() and digits.isascii() and len(digits) <= 2 and 1 <= int(digits) <= 31 and len(form) - len(digits) <= 3:
        return Match(at + 1, digits)
    return time_words().match("ordinal", tokens, at)


def _second_day(tokens: Tokens, at: int) -> Match | None:
    """The other end of "20 و31 تموز", "12 إلى 15 من آذار"."""
    forms = tokens.folded
    if at >= len(tokens):
        return None
    if forms[at] in _TO:
        return day_number_at(tokens, at + 1)
    return day_number_at(tokens, at) if forms[at][0] == "و" else None


def _day_and_month(tokens: Tokens, first: Match, second: Match | None, published: date | None) -> WrittenDate | None:
    at = (second or first).last
    if at < len(tokens) and tokens.folded[at] == "من":
        at += 1
    here = _month_around(tokens, at)
    if here and here.value in ("last", "this", "next"):
        days = _in_month_around(published, first, second, {"last": -1, "this": 0, "next": 1}[here.value])
        return WrittenDate(here.last, days, "gregorian", False, True)
    month = _month_at(tokens, at)
    if month is None:
        return None
    at, number, calendar = month
    year = _year_at(tokens, at, calendar, published)
    begins = _resolved(year, number, int(first.value), published)
    ends = _resolved(year, number, int(second.value), published) if second else begins
    days = span_of(begins.first, ends.last) if begins and ends else None
    if second and begins and ends and days is None:
        return None
    return WrittenDate(year.last, days, year.calendar, year.year is not None, True, year.turns)


def _feast_at(tokens: Tokens, at: int, published: date | None) -> WrittenDate | None:
    """A day of a feast, or all of it: "ثاني أيام عيد الفطر", "عطلة عيد الأضحى"."""
    words = time_words()
    which = words.match("feast_day", tokens, at)
    feast = words.match("feast", tokens, which.last) if which else None
    if which is None or feast is None:
        return None
    month, begins, length = map(int, feast.value.split())
    year = _year_at(tokens, feast.last, "hijri", published)
    number = int(which.value)
    first = _resolved(year, month, begins + max(number - 1, 0), published)
    last = first if number else _resolved(year, month, begins + length - 1, published)
    days = span_of(first.first, last.last) if first and last else None
    return WrittenDate(year.last, days, "hijri", year.year is not None, number > 0)


def _month_around(tokens: Tokens, at: int) -> Match | None:
    """A month told from the publication: "الجاري", "الشهر الماضي", "هذا الشهر"."""
    forms, direction = tokens.folded[at : at + 2], time_words().match("direction", tokens, at)
    if forms == ["هذا", "الشهر"]:
        return Match(at + 2, "this")
    return time_words().match("direction", tokens, at + 1) if forms[:1] == ["الشهر"] else direction


def _in_month_around(published: date | None, first: Match, second: Match | None, offset: int) -> Days | None:
    month = unit_around(published, "month", offset) if published else None
    if month is None:
        return None
    begins = day_of("gregorian", month.first.year, month.first.month, int(first.value))
    ends = day_of("gregorian", month.first.year, month.first.month, int((second or first).value))
    return span_of(begins, ends)


def _month_at(tokens: Tokens, at: int) -> tuple[int, int, Calendar] | None:
    """A month with its other name ("شباط/فبراير", "يوليو (تموز)"): the token after it, its number and calendar."""
    words, forms = time_words(), tokens.folded
    if at < len(tokens) and forms[at] in ("شهر", "لشهر", "بشهر", "وشهر"):
        at += 1
    for calendar in ("gregorian", "hijri"):
        found = words.match("month" if calendar == "gregorian" else "hijri", tokens, at)
        if found is None or not _is_spelled_as_month(tokens, at):
            continue
        last = found.last
        bracket = last < len(tokens) and (forms[last] in _OPENING or forms[last] in _DASHES)
        other = words.match("month", tokens, last + bracket)
        if other and other.value == found.value and other.last > last:
            last = other.last
            if last < len(tokens) and forms[last] in _CLOSING:
                last += 1
        return last, int(found.value), "gregorian" if calendar == "gregorian" else "hijri"
    return None


def _is_spelled_as_month(tokens: Tokens, at: int) -> bool:
    """آب is August, إب a town and أب a father: they fold to the same."""
    letters = time_words().weak_spellings.get(tokens.folded[at])
    if letters is None:
        return True
    original = tokens.text[tokens.start[at] : tokens.end[at]]
    return not any(letter in original for letter in ("إ", "أ") if letter not in letters)


def _month_alone(tokens: Tokens, at: int, published: date | None) -> WrittenDate | None:
    month = _month_at(tokens, at)
    if month is None:
        return None
    last, number, calendar = month
    year = _year_at(tokens, last, calendar, published)
    words = time_words()
    if tokens.folded[at] in words.weak_spellings and last == at + 1 and year.last == last:
        before = tokens.folded[at - 1] if at else ""
        if before not in words.sets["beside"]:
            return None
    return WrittenDate(year.last, _resolved(year, number, None, published), year.calendar, year.year is not None, False, year.turns)


def _resolved(year: _Year, month: int, day: int | None, published: date | None) -> Days | None:
    if year.year is not None:
        if day is None:
            return month_days(year.calendar, year.year, month)
        only = day_of(year.calendar, year.year, month, day)
        return span_of(only, only)
    return near(published, year.direction, year.calendar, month, day) if published else None


def _year_at(tokens: Tokens, at: int, calendar: Calendar, published: date | None) -> _Year:
    """What follows a month: a year with its sign, "الماضي", "من العام الماضي", or nothing."""
    words, forms, end = time_words(), tokens.folded, len(tokens)
    direction = words.match("direction", tokens, at)
    if direction and direction.value in ("last", "this", "next"):
        at = direction.last
        toward: Direction = "last" if direction.value == "last" else "next" if direction.value == "next" else "this"
        year, after = year_number_at(tokens, at)
        return _Year(after if year else at, year, toward, calendar)
    place = at + 1 if at < end and forms[at] in ("من", "،", ",") else at
    named = place < end and forms[place] in _YEAR_WORDS
    if named:
        place += 1
        direction = words.match("direction", tokens, place)
        if direction and published:
            offset = {"last": -1, "this": 0, "next": 1, "before_last": -2}[direction.value]
            return _Year(direction.last, published.year + offset, None, "gregorian")
    year, after = year_number_at(tokens, place)
    if year is None or (place > at and not named and forms[at] == "من"):
        return _Year(at, None, None, calendar)
    return _Year(after, year, None, calendar)


def year_number_at(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """A year of four digits, 1300 to 1499 (Hijri) or 1800 to 2199, and the token after it and its sign (هـ, م)."""
    if at >= len(tokens):
        return None, at
    form = tokens.folded[at]
    if len(form) != 4 or not (form.isascii() and form.isdecimal()) or not (1300 <= int(form) < 1500 or 1800 <= int(form) < 2200):
        return None, at
    last = at + 1
    if last < len(tokens) and (tokens.folded[last] in _HIJRI_SIGNS or tokens.folded[last] in _GREGORIAN_SIGNS):
        last += 1
    return int(form), last


def _numeric_date(tokens: Tokens, at: int) -> WrittenDate | None:
    """Three numbers with one kind of separator: day, month, year, or the year first; a month over 12 is taken for the day."""
    forms = tokens.folded
    parts, last = _numbers_of(forms, at)
    if len(parts) != 3 or not all(len(part) <= 4 for part in parts):
        return None
    year_first = len(parts[0]) == 4
    year, month, day = (int(part) for part in (parts if year_first else parts[::-1]))
    if not year_first and len(parts[2]) == 2 and year < 100:
        year += 2000
    if month > 12 >= day:
        month, day = day, month
    calendar: Calendar = "hijri" if 1300 <= year < 1500 else "gregorian"
    if not (1300 <= year < 1500 or 1800 <= year < 2200):
        return None
    only = day_of(calendar, year, month, day)
    if only is None:
        return None
    if last < len(tokens) and (forms[last] in _HIJRI_SIGNS or forms[last] in _GREGORIAN_SIGNS):
        last += 1
    return WrittenDate(last, span_of(only, only), calendar, True, True)


def _numbers_of(forms: list[str], at: int) -> tuple[list[str], int]:
    for sign in "/.":
        if sign in forms[at]:
            parts = forms[at].split(sign)
            return (parts, at + 1) if all(p.isascii() and p.isdecimal() for p in parts) else ([], at)
    parts, last = [forms[at]], at + 1
    if not (forms[at].isascii() and forms[at].isdecimal()) or last >= len(forms) or forms[last] not in ("-", "/", "–", "\\"):
        return [], at
    sign = forms[last]
    while len(parts) < 4 and last + 1 < len(forms) and forms[last] == sign and forms[last + 1].isascii() and forms[last + 1].isdecimal():
        parts.append(forms[last + 1])
        last += 2
    return parts, last
