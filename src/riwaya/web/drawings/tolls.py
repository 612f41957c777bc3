"""Tolls as drawings: who gives which number, on one line; and who gave which number when, as steps."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from riwaya.web.drawings.pen import Drawing, Ruler

_ROW = 34
_FLOOR, _TALL, _CEILING = 292, 336, 84
_LEFT, _RIGHT = 6.0, 98.0
_DAYS_NAMED = 6
_ROUND = tuple(unit * tens for tens in (1, 10, 100, 1000, 10**4, 10**5, 10**6, 10**7, 10**8, 10**9) for unit in (1, 2, 5))


class Number(NamedTuple):
    """A number that one account gives."""

    letter: str
    origin: str  # who gave it: later numbers of one origin take the place of its earlier ones
    day: date | None
    least: int
    most: int | None  # None: or more
    said: str  # as words


def strip(numbers: Sequence[Number], *, mirrored: bool) -> Drawing:
    """Every number on a line of its own, from nought: what stands one below the other is equal. A bar is a range, an arrow "or more"."""
    pen = Ruler(mirrored=mirrored)
    largest = max(number.most or number.least for number in numbers)

    def along(value: int) -> float:
        return 3 + value / (largest or 1) * 62

    bottom = len(numbers) * _ROW
    pen.segment((along(0), 4), (along(0), bottom), "tick")
    for row, number in enumerate(numbers):
        y = row * _ROW + 19
        pen.segment((along(0), y), (100, y), "hair")
        if number.most is None:
            _open_end(pen, along(number.least), y)
        elif number.most > number.least:
            pen.segment((along(number.least), y), (along(number.most), y))
            pen.segment((along(number.most), y - 6), (along(number.most), y + 6))
        pen.letter(along(number.least), y, number.letter, 12)
        pen.beside(along(max(number.least, number.most or 0)) + (5 if number.most is None else 0), y + 5, number.said, "b halo")
    pen.text(along(0), bottom + 14, "0", "q t", anchor="middle")
    return pen.drawing(bottom + 20)


def _open_end(pen: Ruler, x: float, y: float) -> None:
    pen.segment((x, y), (x + 5, y))
    pen.segment((x + 5, y), (x + 4, y - 5))
    pen.segment((x + 5, y), (x + 4, y + 5))


def history(numbers: Sequence[Number], day_names: dict[date, str], *, mirrored: bool) -> Drawing:
    """The numbers by the day they were told, at least one of which has a day. Each origin is a step line from its number to its next.

    Whiskers are ranges, an arrow up is "or more"; the shaded band lies between the lowest and the highest of what stood at that time.
    """
    pen = Ruler(mirrored=mirrored)
    dated = [number for number in numbers if number.day]
    days = sorted({number.day for number in dated if number.day})
    span = (days[-1] - days[0]).days + 1
    top = _scale(pen, max(number.most or number.least for number in dated))

    def height(value: int) -> float:
        return round(_FLOOR - value / top * (_FLOOR - _CEILING), 1)

    named = [day for at, day in enumerate(days) if at % (len(days) // _DAYS_NAMED + 1) == 0]
    for day in named:
        middle = _LEFT + ((day - days[0]).days + 0.5) / span * (_RIGHT - _LEFT)
        pen.text(middle, _FLOOR + 26, day_names[day], "q t", anchor="middle")
    placed = [(_place(dated, number, days[0], span), number) for number in dated]
    for (start, end), (low, high) in _bands(placed):
        pen.band((start, height(high)), (end, height(low)))
    by_origin: defaultdict[str, list[tuple[float, Number]]] = defaultdict(list)
    for x, number in placed:
        by_origin[number.origin].append((x, number))
    for order, steps in enumerate(by_origin.values()):
        _steps(pen, [(x, height(number.least)) for x, number in steps], "ink" if order % 2 == 0 else "ink dash")
    for x, number in placed:
        y = height(number.least)
        _whisker(pen, x, number, y, height(number.most or number.least))
        pen.letter(x, y, number.letter, 12)
        pen.text(x, y - (52 if number.most is None else 18), number.said, "b halo", anchor="middle")
    return pen.drawing(_TALL)


def _scale(pen: Ruler, largest: int) -> int:
    """The lines of the scale, at one, two or five times a power of ten; gives the number at the top."""
    step = next(each for each in _ROUND if each * 5 >= largest)
    top = step * -(-largest // step) or step
    for value in range(0, top + 1, step):
        y = round(_FLOOR - value / top * (_FLOOR - _CEILING), 1)
        pen.segment((5, y), (100, y), "hair" if value else "tick")
        pen.text(0, y + 5, f"{value}", "q t")
    return top


def _place(numbers: Sequence[Number], number: Number, first: date, span: int) -> float:
    """Where in the width a number stands: in the field of its day, beside the others of that day in their order."""
    of_day = [other for other in numbers if other.day == number.day]
    within = (next(at for at, other in enumerate(of_day) if other is number) + 1) / (len(of_day) + 1)
    return _LEFT + (((number.day or first) - first).days + within) / span * (_RIGHT - _LEFT)


def _bands(placed: Sequence[tuple[float, Number]]) -> list[tuple[tuple[float, float], tuple[int, int]]]:
    """From where to where what stood at that time lay between which numbers; where it was one number, nothing."""
    found = []
    standing: dict[str, Number] = {}
    ends = [x for x, _ in placed[1:]] + [100.0]
    for (x, number), end in zip(placed, ends, strict=True):
        standing[number.origin] = number
        low = min(each.least for each in standing.values())
        high = max(each.most or each.least for each in standing.values())
        if low < high:
            found.append(((x, end), (low, high)))
    return found


def _steps(pen: Ruler, points: list[tuple[float, float]], style: str) -> None:
    for (x, y), (next_x, next_y) in pairwise(points):
        pen.segment((x, y), (next_x, y), style)
        pen.segment((next_x, y), (next_x, next_y), style)
    pen.segment(points[-1], (100, points[-1][1]), style)


def _whisker(pen: Ruler, x: float, number: Number, y: float, top: float) -> None:
    if number.most is None:
        pen.segment((x, y), (x, y - 44))
        pen.segment((x, y - 44), (x - 0.7, y - 38))
        pen.segment((x, y - 44), (x + 0.7, y - 38))
    elif number.most > number.least:
        pen.segment((x, y), (x, top))
        pen.segment((x - 0.8, top), (x + 0.8, top))
