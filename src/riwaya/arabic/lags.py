"""Counted units of time ("ثلاثة أيام"), and what lies so long before another day: "بعد يومين من", "بعد أسبوع على", "غداة"."""

from datetime import date
from typing import NamedTuple, get_args

from riwaya.arabic.calendars import Unit, shifted, span_of, unit_around
from riwaya.arabic.numbers import cardinal_at
from riwaya.arabic.timewords import time_words
from riwaya.arabic.words import Tokens
from riwaya.records import Days

UNITS: dict[str, Unit] = {unit: unit for unit in get_args(Unit)}
MOST_UNITS = 9999
_AFTER = frozenset(("بعد", "وبعد"))
_OF = frozenset(("من", "علي"))  # folded
_MORROW = frozenset(("غداه", "وغداه"))
_VAGUE = frozenset(("فقط", "تقريبا", "واحد", "واحده", "نحو", "حوالي", "قرابه", "كامله", "كامل", "كاملين"))
_LONGEST = 7  # tokens of such a phrase


class Lag(NamedTuple):
    """A phrase of tokens `first` to `last` (half-open) that says how many units before another day something happened."""

    first: int
    last: int
    units: int
    unit: Unit

    def before(self, day: date) -> Days | None:
        """The days that lie so long before a day: hours and weeks give a day, months and years all of them."""
        if self.unit == "week":
            only = shifted(day, -7 * self.units)
            return span_of(only, only)
        return unit_around(day, self.unit, -self.units)


def lag_before(tokens: Tokens, at: int, reach: int) -> Lag | None:
    """The lag that ends at most `reach` tokens before a token of its sentence: `بعد يومين من | هجوم` or `بعد يومين من وقوع | هجوم`;
    `غداة | هجوم` is one day after it."""
    least = tokens.sentences[tokens.sentence_of[at]][0]
    for of in range(at - 1, max(least - 1, at - 1 - reach), -1):
        if tokens.folded[of] in _MORROW:
            return Lag(of, of + 1, 1, "day")
        if tokens.folded[of] in _OF:
            return _lag_ending_at(tokens, of, least)
    return None


def _lag_ending_at(tokens: Tokens, of: int, least: int) -> Lag | None:
    for first in range(of - 2, max(least - 1, of - _LONGEST), -1):
        if tokens.folded[first] in _AFTER:
            at = first + 1
            while tokens.folded[at] in _VAGUE:
                at += 1
            counted = counted_unit_at(tokens, at)
            if counted is None or counted[1] is None:
                return None
            last, count, unit = counted
            while tokens.folded[last] in _VAGUE and last < of:
                last += 1
            return Lag(first, of, count, unit) if last == of and count is not None else None
    return None


def counted_unit_at(tokens: Tokens, at: int) -> tuple[int, int | None, Unit] | None:
    """A counted unit of time: the token after it, how many (None: left open, `أيام`), of what."""
    words = time_words()
    if two := words.match("two", tokens, at):
        return two.last, 2, UNITS[two.value]
    if one := words.match("one", tokens, at):
        return one.last, 1, UNITS[one.value]
    form = tokens.folded[at] if at < len(tokens) else ""
    if form in ("عده", "بضع", "بضعه"):
        at += 1
    many = words.match("many", tokens, at)
    if many:
        after = tokens.folded[many.last] if many.last < len(tokens) else ""
        return many.last + (after in ("عده", "قليله", "عديده", "معدوده", "طويله")), None, UNITS[many.value]
    count = cardinal_at(tokens, at)
    if count is None or count.value > MOST_UNITS:
        return None
    unit = words.match("many", tokens, count.last) or words.match("one", tokens, count.last)
    return (unit.last, count.value, UNITS[unit.value]) if unit else None
