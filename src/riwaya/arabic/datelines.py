"""The date line of a page: an absolute Arabic date with its clock time, where one stands beside it."""

import re
from datetime import date, time

from riwaya.arabic.timewords import time_words
from riwaya.arabic.words import Tokens, tokens_in
from riwaya.arabic.written_dates import WrittenDate, written_date_at

_ISO_JOIN = re.compile(r"(?<=\d)T(?=\d)")
_LONGEST_LINE = 2000  # letters; a date line is short, and a page's text is not one
_NEAR = 8  # tokens between a date and its clock time: "2017 - الساعة 14:35 بتوقيت دمشق"
_AFTERNOON = frozenset(("م", "مساء", "pm", "ظهرا", "عصرا", "مسا"))
_MORNING = frozenset(("ص", "صباحا", "am", "فجرا"))


def date_line_in(text: str) -> tuple[date, time | None] | None:
    """The first full date (day, month and year) of a line and its clock time; a Gregorian date wins over its Hijri twin.

    Only the first 2,000 letters are looked at. Numeric dates are day, month, year, as Arabic pages write them. A bare year (a copyright
    line), a date without a year, and "three hours ago" give None.
    """
    tokens = tokens_in(_ISO_JOIN.sub(" ", text[:_LONGEST_LINE]))
    starts = time_words().starts
    best: tuple[int, WrittenDate] | None = None
    at = 0
    while at < len(tokens):
        form = tokens.folded[at]
        found = written_date_at(tokens, at, None) if form in starts or "0" <= form[-1] <= "9" else None
        if found is None or not (found.days and found.has_year and found.has_day and found.days.first == found.days.last):
            at += 1
            continue
        if best is None or (best[1].calendar == "hijri" and found.calendar == "gregorian"):
            best = at, found
        at = found.last
    if best is None or best[1].days is None:
        return None
    return best[1].days.first, _clock_near(tokens, best[0], best[1].last)


def _clock_near(tokens: Tokens, first: int, last: int) -> time | None:
    """The clock time behind a date or, failing that, in front of it."""
    behind = range(last, min(len(tokens), last + _NEAR))
    before = range(first - 1, max(-1, first - 1 - _NEAR), -1)
    for at in (*behind, *before):
        clock = _clock_at(tokens, at)
        if clock:
            return clock
    return None


def _clock_at(tokens: Tokens, at: int) -> time | None:
    parts = tokens.folded[at].split(":")
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in parts):
        return None
    hour, minute, second = (*map(int, parts), 0)[:3]
    sign = tokens.folded[at + 1] if at + 1 < len(tokens) else ""
    if sign in _AFTERNOON and hour < 12:
        hour += 12
    elif sign in _MORNING and hour == 12:
        hour = 0
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
