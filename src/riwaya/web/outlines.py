"""The outlines of countries that maps are drawn with, from the file that ships with the desk: Natural Earth, simplified.

Points are in Mercator's projection, x and y in degrees of the equator: `northing` and `latitude` lead there and back.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import atan, degrees, exp, log, pi, radians, tan
from typing import NamedTuple

Point = tuple[float, float]
Line = tuple[Point, ...]

_FARTHEST = 83.0  # degrees north or south, beyond which the projection leads away
_LIKE_THE_LARGEST = 0.2  # a part of a country so large beside its largest is within the country's frame; overseas parts are not


class Frame(NamedTuple):
    """A stretch of the earth, in degrees (WGS 84)."""

    west: float
    south: float
    east: float
    north: float


class Box(NamedTuple):
    """The same in the projection."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have any of the earth in common."""
        return self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top


class Shape(NamedTuple):
    """A line or a ring, and the box it lies in."""

    points: Line
    box: Box


@dataclass(frozen=True, slots=True)
class Country:
    """A country's land."""

    rings: tuple[Shape, ...]  # the largest first
    middle: Point  # of the largest

    @property
    def box(self) -> Box:
        """Where it lies, without overseas parts."""
        least = abs(_area(self.rings[0].points)) * _LIKE_THE_LARGEST
        return _around([ring.box for ring in self.rings if abs(_area(ring.points)) >= least])


@dataclass(frozen=True, slots=True)
class Outlines:
    """All lines."""

    countries: dict[str, Country]  # by ISO 3166 letters
    borders: tuple[Shape, ...]  # between two countries
    coasts: tuple[Shape, ...]
    provinces: tuple[Shape, ...]


def northing(latitude: float) -> float:
    """How far north a latitude lies in the projection."""
    within = max(-_FARTHEST, min(_FARTHEST, latitude))
    return degrees(log(tan(pi / 4 + radians(within) / 2)))


def latitude(northing: float) -> float:
    """The latitude of a place in the projection."""
    return degrees(2 * atan(exp(radians(northing))) - pi / 2)


def box_of(frame: Frame) -> Box:
    """A stretch of the earth in the projection."""
    return Box(frame.west, northing(frame.south), frame.east, northing(frame.north))


def frame_of(box: Box) -> Frame:
    """And back."""
    return Frame(box.left, latitude(box.bottom), box.right, latitude(box.top))


def country_frame(code: str) -> Frame | None:
    """Where a country lies, by its ISO 3166 letters, without overseas parts; None for one too small to be drawn."""
    country = outlines().countries.get(code.upper())
    return frame_of(country.box) if country else None


@cache
def outlines() -> Outlines:
    """All of them, read once."""
    made = json.loads((files("riwaya.web") / "outlines.json").read_text(encoding="utf-8"))
    lines = [_line(steps) for steps in made["lines"]]
    sides = Counter(line if line >= 0 else -1 - line for rings in made["countries"].values() for ring in rings for line in ring)
    return Outlines(
        countries={code: _country(lines, rings) for code, rings in made["countries"].items()},
        borders=tuple(_shape(line) for n, line in enumerate(lines) if sides[n] > 1),
        coasts=tuple(_shape(line) for n, line in enumerate(lines) if sides[n] == 1),
        provinces=tuple(_shape(_line(steps)) for lines_of in made["provinces"].values() for steps in lines_of),
    )


def _line(steps: Sequence[int]) -> Line:
    """A line from where it begins and its steps, in hundredths of a degree."""
    x = y = 0
    points = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 100, northing(y / 100)))
    return tuple(points)


def _country(lines: Sequence[Line], rings: Sequence[Sequence[int]]) -> Country:
    """-1 - n in a ring is line n backwards."""
    shapes = [_shape(tuple(point for n in ring for point in (lines[n] if n >= 0 else lines[-1 - n][::-1])[:-1])) for ring in rings]
    shapes.sort(key=lambda shape: -abs(_area(shape.points)))
    return Country(tuple(shapes), _middle(shapes[0].points))


def _shape(points: Line) -> Shape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Shape(points, Box(min(xs), min(ys), max(xs), max(ys)))


def _around(boxes: Sequence[Box]) -> Box:
    return Box(min(b.left for b in boxes), min(b.bottom for b in boxes), max(b.right for b in boxes), max(b.top for b in boxes))


def _area(ring: Line) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise((*ring, ring[0]))) / 2


def _middle(ring: Line) -> Point:
    """The centre of gravity."""
    x = y = 0.0
    for (ax, ay), (bx, by) in pairwise((*ring, ring[0])):
        across = ax * by - bx * ay
        x, y = x + (ax + bx) * across, y + (ay + by) * across
    area = _area(ring)
    return x / (6 * area), y / (6 * area)
