"""How much was told on which days, as a drawing: bars along time, one kind of telling above the line, another below it."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from riwaya.web.drawings.pen import Drawing, Ruler

_TALL, _TOP, _UNDER = 62, 38, 22  # px: the highest bar, the words above it, the days under it
_DAYS_ALONE, _WEEKS_ALONE = 100, 800  # days: a longer time is drawn by weeks, a still longer one by months
_NAMED_APART = 26.0  # hundredths of the width between two days that are named
_FEWEST = 24  # bars that there is room for, so that one day is no wall


class Telling(NamedTuple):
    """One kind of telling."""

    name: str
    days: Mapping[date, int]


def calendar(above: Telling, below: Telling | None, day_name: Callable[[date], str], *, mirrored: bool) -> Drawing:
    """The drawing of one or two kinds of telling, at least one of which has a day. Bars stand for days, weeks (from Monday) or months,
    as many as fit, and all are of one scale; `day_name` names the day that one begins with."""
    pen = Ruler(mirrored=mirrored)
    tellings = [above] if below is None else [above, below]
    days = sorted({day for telling in tellings for day in telling.days})
    step = _step(days[-1] - days[0])
    counted = [_by(telling.days, step) for telling in tellings]
    starts = _starts(days[0], days[-1], step)
    most = max(max(each.values(), default=0) for each in counted)
    room = max(len(starts), _FEWEST)
    wide = 92 / room
    line = _TOP + _TALL
    for side, counts in enumerate(counted):
        for at, start in enumerate(starts):
            if number := counts[start]:
                high = max(3, round(number / most * _TALL))
                x, style = 4 + at * wide, "bar below" if side else "bar"
                y = line + 1 if side else line - high
                pen.put(
                    "rect",
                    "",
                    f"{day_name(start)}: {number}",
                    x=pen.x(x + wide * 0.12, wide * 0.76),
                    y=y,
                    width=f"{wide * 0.76:.2f}%",
                    height=high,
                    class_=style,
                )
                if len(starts) <= _FEWEST:
                    pen.text(x + wide / 2, y + high + 14 if side else y - 5, str(number), "t", anchor="middle")
    pen.segment((2, line), (98, line), "tick")
    pen.text(2, 13, above.name, "t q")
    bottom = line
    if below is not None:
        bottom += _TALL + 34
        pen.text(2, bottom, below.name, "t q")
    for at in range(0, len(starts), ceil(_NAMED_APART / wide)):
        pen.text(4 + at * wide, bottom + _UNDER, day_name(starts[at]), "t q")
    return pen.drawing(bottom + _UNDER + 8)


def _step(span: timedelta) -> Callable[[date], date]:
    """The beginning of the day, week or month that a day lies in."""
    if span.days <= _DAYS_ALONE:
        return lambda day: day
    if span.days <= _WEEKS_ALONE:
        return lambda day: day - timedelta(days=day.weekday())
    return lambda day: day.replace(day=1)


def _by(days: Mapping[date, int], step: Callable[[date], date]) -> Counter[date]:
    counted: Counter[date] = Counter()
    for day, number in days.items():
        counted[step(day)] += number
    return counted


def _starts(first: date, last: date, step: Callable[[date], date]) -> list[date]:
    """The beginnings from the first day to the last."""
    return sorted({step(first + timedelta(days=n)) for n in range((last - first).days + 1)})
