"""Maps: places, each with how precisely it is known, in a frame of the earth, as what a drawing of some size shows. Drawn offline.

A point is drawn where a point was named alone: a town is a ring, an area a circle of its radius with a dotted edge, a region a dashed
frame, a country a hatch. What cannot be told apart at this size is one mark, which leads to a frame in which it can.
`templates/map_drawing.html` draws it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from math import cos, hypot, inf, radians
from typing import NamedTuple

from riwaya.records import PlacePrecision
from riwaya.web.outlines import Box, Frame, Line, Point, box_of, country_frame, frame_of, latitude, northing, outlines

WORLD = Frame(-170.0, -57.0, 180.0, 76.0)
REGIONS: dict[str, Frame] = {  # frames to choose from, by a key of [regions] in texts/map.toml
    "levant": Frame(33.8, 29.0, 48.8, 37.6),
    "arabia": Frame(34.0, 12.0, 60.0, 32.5),
    "nile": Frame(21.5, 3.0, 43.5, 32.0),
    "maghreb": Frame(-17.5, 18.0, 25.5, 38.0),
    "arab-world": Frame(-17.5, -2.0, 60.5, 38.5),
    "world": WORLD,
}
_KM_A_DEGREE = 111.32
_APART, _LETTER, _LINE = 27.0, 7.4, 17.0  # px: between marks that are told apart; a letter's width and a line's height, roughly
_MARK, _SEEN = 11.0, 17.0  # px: half a mark's width; from which radius on the circle of what is not known is seen beside the mark
_PROVINCES_UP_TO = 30.0  # degrees wide: in wider frames they would be a thicket
_LANDMARKS, _LANDMARKS_UP_TO = 24, 15.0  # how many; degrees: in wider frames countries are enough to find one's way
_NARROWEST = 0.05  # degrees
_TOLD_APART = 1.6  # px between two points of a line
_EDGE = 24.0  # px that shapes reach over the edge of a drawing, so that their cut is not seen


class Size(NamedTuple):
    """Of a drawing, in px."""

    width: int
    height: int


class Landmark(NamedTuple):
    """A town that is named for whoever reads the map to find their way; nothing is told of it."""

    name: str
    latitude: float
    longitude: float


WIDE, NARROW = Size(880, 600), Size(360, 400)  # for a desk; for a phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place to show."""

    name: str
    latitude: float | None  # None: of a country, which is known by its letters
    longitude: float | None
    radius_km: float | None  # how far the truth may lie from the coordinates
    precision: PlacePrecision
    country: str  # ISO 3166
    count: int = 1  # of what is told of it
    letters: tuple[str, ...] = ()  # of the accounts that tell of it: they are then shown in place of the count
    address: str = ""  # where its mark leads


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing drawn: a place, or places that cannot be told apart."""

    x: float
    y: float
    shape: str  # point, town, area, region; several: more than one place
    reach: float  # radius of what is not known, or half a region's width, px; 0: too small or too large to be drawn
    name: str  # of the place that most is told of
    more: int  # further places in the mark
    count: int
    letters: tuple[str, ...]
    address: str
    zoom: Frame | None = None  # in which its places can be told apart
    label: Point | None = None  # the middle of its name's base line; None: there is no room for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What lies under the marks, as paths."""

    land: str
    coasts: str
    borders: str
    provinces: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A drawing. North is up, in every script."""

    size: Size
    frame: Frame  # that it shows: the one asked for, wider or higher to fill the size
    ground: Ground
    hatched: str  # the countries of which no more is known than the country, as a path; "": none in sight
    marks: tuple[Mark, ...]  # regions first: what is drawn later lies above
    countries: tuple[tuple[str, Point], ...]  # names, and the middles of their base lines
    landmarks: tuple[tuple[str, Point], ...]  # names, and where these lie
    scale_km: int  # a length on the ground ...
    scale_px: float  # ... and in the middle of the drawing
    outside: int  # places that lie beyond the frame


def map_of(
    spots: Iterable[Spot],
    frame: Frame,
    size: Size = WIDE,
    countries: Mapping[str, str] | None = None,
    landmarks: Sequence[Landmark] = (),
) -> Map:
    """The map of some places in a frame. `countries` are the names that are written on their land, by ISO 3166 letters; of the
    landmarks, which come in the order of their weight, those are shown for which there is room."""
    view = _View.of(frame, size)
    spots = sorted(spots, key=lambda spot: (-spot.count, spot.name))
    placed = [
        (spot, view.point(spot.longitude, spot.latitude)) for spot in spots if spot.latitude is not None and spot.longitude is not None
    ]
    seen = [(spot, at) for spot, at in placed if 0 <= at[0] <= size.width and 0 <= at[1] <= size.height]
    regions = [_mark([(spot, at)], view) for spot, at in seen if spot.precision == "region"]
    marks = [_mark(group, view) for group in _groups([(spot, at) for spot, at in seen if spot.precision != "region"])]
    labels = _Labels(size, [(mark.x, mark.y) for mark in marks])
    named = [replace(mark, label=labels.room_for(mark)) for mark in [*marks, *regions]]
    km = _round_length(size.width / 5 / view.px_a_km(view.middle))
    return Map(
        size=size,
        frame=view.frame,
        ground=_ground(view),
        hatched=_hatched({spot.country for spot in spots if spot.precision == "country"}, view),
        marks=(*named[len(marks) :], *named[: len(marks)]),
        countries=tuple(_country_names(countries or {}, view, labels)),
        landmarks=tuple(islice(_landmarks(landmarks, view, labels, [name for spot, _ in seen if (name := spot.name)]), _LANDMARKS)),
        scale_km=km,
        scale_px=round(km * view.px_a_km(view.middle), 1),
        outside=len(placed) - len(seen),
    )


def frame_around(spots: Iterable[Spot]) -> Frame:
    """The frame that shows some places with what is not known around them; the Arab world where there are none to show."""
    boxes = [found for spot in spots if (found := _frame_of_spot(spot))]
    if not boxes:
        return REGIONS["arab-world"]
    west, south = min(b.west for b in boxes), min(b.south for b in boxes)
    east, north = max(b.east for b in boxes), max(b.north for b in boxes)
    return Frame(west, south, east, north)


def zoomed(frame: Frame, by: float, *, east: float = 0.0, north: float = 0.0) -> Frame:
    """A frame so many times as wide, moved by parts of its width and height, within the world."""
    box = box_of(frame)
    wide, high = box.right - box.left, box.top - box.bottom
    wide, high = max(_NARROWEST, min(350.0, wide * by)), max(_NARROWEST, min(300.0, high * by))
    x, y = (box.left + box.right) / 2 + east * wide, (box.bottom + box.top) / 2 + north * high
    x, y = max(-180.0, min(180.0, x)), max(-130.0, min(130.0, y))
    return frame_of(Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))


class _View(NamedTuple):
    """A size, and the part of the projection that fills it."""

    box: Box
    size: Size

    @classmethod
    def of(cls, frame: Frame, size: Size) -> "_View":
        box = box_of(frame)
        wide, high = max(box.right - box.left, _NARROWEST), max(box.top - box.bottom, _NARROWEST)
        scale = min(size.width / wide, size.height / high)
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        half_width, half_height = size.width / scale / 2, size.height / scale / 2
        return cls(Box(x - half_width, y - half_height, x + half_width, y + half_height), size)

    @property
    def frame(self) -> Frame:
        return frame_of(self.box)

    @property
    def scale(self) -> float:
        """px a degree of the equator."""
        return self.size.width / (self.box.right - self.box.left)

    @property
    def middle(self) -> float:
        """The latitude of the drawing's middle."""
        return latitude((self.box.bottom + self.box.top) / 2)

    def px_a_km(self, latitude: float) -> float:
        return self.scale / (_KM_A_DEGREE * cos(radians(latitude)))

    def at(self, x: float, y: float) -> Point:
        return (x - self.box.left) * self.scale, (self.box.top - y) * self.scale

    def point(self, longitude: float, latitude: float) -> Point:
        return self.at(longitude, northing(latitude))


def _groups(placed: Sequence[tuple[Spot, Point]]) -> list[list[tuple[Spot, Point]]]:
    """The places that cannot be told apart, the one that most is told of first."""
    groups: list[list[tuple[Spot, Point]]] = []
    for spot, (x, y) in placed:
        near = (group for group in groups if hypot(group[0][1][0] - x, group[0][1][1] - y) < _APART)
        group = next(near, None)
        if group is None:
            groups.append([(spot, (x, y))])
        else:
            group.append((spot, (x, y)))
    return groups


def _mark(group: Sequence[tuple[Spot, Point]], view: _View) -> Mark:
    first, (x, y) = group[0]
    spots = [spot for spot, _ in group]
    letters = tuple(dict.fromkeys(letter for spot in spots for letter in spot.letters))
    found = frame_around(spots)
    alone = len({spot.name for spot in spots}) == 1
    across = [(here + down, here - down) for _, (here, down) in group]
    apart = max(max(side) - min(side) for side in zip(*across, strict=True))  # of the two farthest from one another, along the axes
    reach = (first.radius_km or 0.0) * view.px_a_km(first.latitude or 0.0)
    seen = reach >= (_MARK if first.precision == "region" else _SEEN) and reach < max(view.size) * 0.75
    return Mark(
        x=round(x, 1),
        y=round(y, 1),
        shape=first.precision if alone else "several",
        reach=round(reach, 1) if seen else 0.0,
        name=first.name,
        more=len({spot.name for spot in spots}) - 1,
        count=sum(spot.count for spot in spots),
        letters=letters,
        address=first.address,
        zoom=zoomed(found, 1.2) if not alone and apart > 0.5 else None,
    )


def _frame_of_spot(spot: Spot) -> Frame | None:
    if spot.latitude is None or spot.longitude is None:
        return country_frame(spot.country)
    high = max(spot.radius_km or 0.0, 3.0) / _KM_A_DEGREE * 1.3
    wide = high / max(cos(radians(spot.latitude)), 0.1)
    return Frame(spot.longitude - wide, spot.latitude - high, spot.longitude + wide, spot.latitude + high)


class _Labels:
    """The rectangles of a drawing that are taken."""

    def __init__(self, size: Size, marks: Iterable[Point]) -> None:
        self._size = size
        self._taken = [(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in marks]
        self._taken.append((0, size.height - 2 * _LINE, size.width / 4, size.height))  # of the scale

    def room_for(self, mark: Mark) -> Point | None:
        """Where the name of a mark can stand: under it, above it; a region's at its edge."""
        half = _LETTER * (len(mark.name) + (14 if mark.more else 0)) / 2
        if mark.shape == "region":
            middles = [(mark.x, mark.y - mark.reach - 5), (mark.x, mark.y + mark.reach + _LINE)]
        else:
            beside = half + _MARK + 4
            middles = [
                (mark.x, mark.y + _MARK + _LINE - 2),
                (mark.x, mark.y - _MARK - 6),
                (mark.x + beside, mark.y + 5),
                (mark.x - beside, mark.y + 5),
            ]
        return next((middle for middle in middles if self.take(middle, half)), None)

    def take(self, middle: Point, half: float) -> bool:
        """Whether a line of text fits there; it is taken then."""
        x, y = middle
        wanted = (x - half, y - _LINE + 3, x + half, y + 4)
        if wanted[0] < 2 or wanted[1] < 2 or wanted[2] > self._size.width - 2 or wanted[3] > self._size.height - 2:
            return False
        if any(
            wanted[0] < right and left < wanted[2] and wanted[1] < bottom and top < wanted[3] for left, top, right, bottom in self._taken
        ):
            return False
        self._taken.append(wanted)
        return True


def _country_names(names: Mapping[str, str], view: _View, labels: _Labels) -> Iterable[tuple[str, Point]]:
    for code, country in outlines().countries.items():
        wide = (country.rings[0].box.right - country.rings[0].box.left) * view.scale
        name, (x, y) = names.get(code, ""), view.at(*country.middle)
        half = _LETTER * len(name) / 2
        if name and wide > 2 * half and labels.take((x, y), half):
            yield name, (round(x, 1), round(y, 1))


def _landmarks(landmarks: Sequence[Landmark], view: _View, labels: _Labels, named: Sequence[str]) -> Iterator[tuple[str, Point]]:
    """Those for whose dot and name, under it, there is room."""
    frame, taken = view.frame, set(named)
    if frame.east - frame.west > _LANDMARKS_UP_TO:
        return
    for each in landmarks:
        if frame.south < each.latitude < frame.north and frame.west < each.longitude < frame.east and each.name not in taken:
            x, y = view.point(each.longitude, each.latitude)
            if labels.take((x, y + _LINE), max(_LETTER * len(each.name) / 2, 20.0)):
                taken.add(each.name)
                yield each.name, (round(x, 1), round(y, 1))


@lru_cache(maxsize=64)
def _ground(view: _View) -> Ground:
    drawn, edge = outlines(), _over_the_edge(view)
    provinces = drawn.provinces if view.box.right - view.box.left <= _PROVINCES_UP_TO else ()
    rings = [ring for country in drawn.countries.values() for ring in country.rings if _is_seen(ring.box, view)]
    return Ground(
        land="".join(_area_path(ring.points, view, edge) for ring in rings if ring.box.meets(edge)),
        coasts="".join(_line_path(line.points, view, edge) for line in drawn.coasts if line.box.meets(edge) and _is_seen(line.box, view)),
        borders="".join(_line_path(line.points, view, edge) for line in drawn.borders if line.box.meets(edge) and _is_seen(line.box, view)),
        provinces="".join(_line_path(line.points, view, edge) for line in provinces if line.box.meets(edge)),
    )


def _is_seen(box: Box, view: _View) -> bool:
    return max(box.right - box.left, box.top - box.bottom) * view.scale >= _TOLD_APART


def _hatched(codes: Iterable[str], view: _View) -> str:
    """The land of countries that lie in the drawing whole."""
    edge = _over_the_edge(view)
    found = [outlines().countries[code] for code in sorted(codes) if code in outlines().countries]
    whole = [each for each in found if each.box.left >= edge.left and each.box.right <= edge.right and each.box.meets(edge)]
    return "".join(_area_path(ring.points, view, edge) for country in whole for ring in country.rings if ring.box.meets(edge))


def _over_the_edge(view: _View) -> Box:
    by = _EDGE / view.scale
    return Box(view.box.left - by, view.box.bottom - by, view.box.right + by, view.box.top + by)


def _area_path(ring: Line, view: _View, edge: Box) -> str:
    """The part of a ring within the edge (Sutherland and Hodgman 1974)."""
    points: Sequence[Point] = ring
    for axis, limit, sign in ((0, edge.left, 1), (0, edge.right, -1), (1, edge.bottom, 1), (1, edge.top, -1)):
        points = _cut(points, axis, limit, sign)
    drawn = _drawn(points, view)
    return f"M{' '.join(drawn)}Z" if len(drawn) > 2 else ""


def _cut(points: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """What of a ring lies on one side of a line."""
    kept: list[Point] = []
    for here, there in zip(points, (*points[1:], *points[:1]), strict=True):
        inside, next_inside = (here[axis] - limit) * sign >= 0, (there[axis] - limit) * sign >= 0
        if inside:
            kept.append(here)
        if inside != next_inside:
            part = (limit - here[axis]) / (there[axis] - here[axis])
            kept.append((here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])))
    return kept


def _line_path(line: Line, view: _View, edge: Box) -> str:
    """The stretches of a line that come near the drawing."""
    paths, run = [], list[Point]()
    for here, there in pairwise(line):
        near = Box(min(here[0], there[0]), min(here[1], there[1]), max(here[0], there[0]), max(here[1], there[1]))
        if edge.left <= near.right and near.left <= edge.right and edge.bottom <= near.top and near.bottom <= edge.top:
            run = [*(run or [here]), there]
        elif run:
            paths.append(run)
            run = []
    return "".join(f"M{' '.join(_drawn(each, view))}" for each in (*paths, run) if each)


def _drawn(points: Sequence[Point], view: _View) -> list[str]:
    """The points as they are written, without those that nobody could tell from the one before."""
    out: list[str] = []
    last = (inf, inf)
    for n, (x, y) in enumerate(points, 1):
        right, down = view.at(x, y)
        if abs(right - last[0]) + abs(down - last[1]) >= _TOLD_APART or n == len(points):
            out.append(f"{right:.0f} {down:.0f}")
            last = (right, down)
    return out


def _round_length(km: float) -> int:
    """The largest of 1, 2, 5, 10 ... that is no longer."""
    lengths = [first * 10**power for power in range(4) for first in (1, 2, 5)]
    return max((length for length in lengths if length <= km), default=1)
