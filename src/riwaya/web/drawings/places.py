"""Where a story's accounts put it, drawn as exactly as each says: a point, a town, an area; what is wider than the frame is its edge."""

from collections.abc import Sequence
from math import cos, radians
from typing import NamedTuple

from riwaya.records import PlacePrecision
from riwaya.web.drawings.pen import Drawing, Pen, cut

_WIDTH, _HEIGHT = 520, 352
_GROUND = 316  # what lies to the right of it is names
_MARGIN = 44
_KM = 111.2  # one degree of latitude, roughly
_NARROWEST_KM = 4.0
_WIDE: tuple[PlacePrecision, ...] = ("region", "country", "unknown")
_LANDMARKS = 6
_NAMES, _LETTERS = 6, 7  # so many places are named, so many letters stand with one; the rest stands in words below
_NAME, _DISC = 52, 25
_SCALES = (1, 2, 5)


class Spot(NamedTuple):
    """A place, with the letters of the accounts that put the happening there; none for a place that is only named."""

    name: str
    latitude: float
    longitude: float
    radius_km: float
    precision: PlacePrecision
    letters: tuple[str, ...] = ()


class _Frame(NamedTuple):
    """The piece of the earth that is drawn: small enough to be taken as flat."""

    latitude: float  # its middle
    longitude: float
    scale: float  # pixels a kilometre

    def at(self, spot: Spot) -> tuple[float, float]:
        east = (spot.longitude - self.longitude) * _KM * cos(radians(self.latitude))
        return round(_GROUND / 2 + east * self.scale, 1), round(_HEIGHT / 2 - (spot.latitude - self.latitude) * _KM * self.scale, 1)


def sketch(spots: Sequence[Spot], named: Sequence[Spot], north: str, kilometres: str) -> Drawing | None:
    """The map, north up in every language; None where no account says where. `named`: places the articles name; those that lie in the
    frame are landmarks. `kilometres` is the word that follows the number of the scale bar."""
    exact = [spot for spot in spots if spot.precision not in _WIDE]
    wide = [spot for spot in spots if spot.precision in _WIDE]
    if not spots:
        return None
    frame = _frame(exact or wide)
    pen = Pen(_WIDTH, mirrored=False)
    if exact and wide:
        pen.box(8, 8, (_WIDTH - 16, _HEIGHT - 16), "tick dots")
    for spot in sorted(exact or wide, key=lambda spot: -spot.radius_km):
        _ground(pen, spot, frame)
    for spot in _landmarks(named, frame, [frame.at(spot) for spot in exact or wide]):
        x, y = frame.at(spot)
        pen.put("circle", cx=x, cy=y, r=2.5, class_="fill soft")
        pen.text(x, y - 8, cut(spot.name, 22), "q t halo", anchor="middle")
    _names(pen, sorted([*exact, *wide], key=lambda spot: -len(spot.letters))[:_NAMES], frame, bool(exact))
    pen.line([(40, 60), (40, 26)])
    pen.line([(33, 36), (40, 24), (47, 36)])
    pen.text(40, 82, north, "q t", anchor="middle")
    _scale_bar(pen, frame, kilometres)
    return pen.drawing(_HEIGHT)


def _frame(spots: Sequence[Spot]) -> _Frame:
    reach = [(spot.radius_km / _KM, spot) for spot in spots]
    north, south = max(s.latitude + r for r, s in reach), min(s.latitude - r for r, s in reach)
    latitude = (north + south) / 2
    shrink = max(cos(radians(latitude)), 0.1)
    east, west = max(s.longitude + r / shrink for r, s in reach), min(s.longitude - r / shrink for r, s in reach)
    high, wide = (north - south) * _KM, (east - west) * _KM * shrink
    scale = min((_HEIGHT - 2 * _MARGIN) / max(high, _NARROWEST_KM), (_GROUND - 2 * _MARGIN) / max(wide, _NARROWEST_KM))
    return _Frame(latitude, (east + west) / 2, scale)


def _ground(pen: Pen, spot: Spot, frame: _Frame) -> None:
    """A point where a site is named; else as far as the place reaches."""
    x, y = frame.at(spot)
    if spot.precision == "point":
        pen.put("circle", cx=x, cy=y, r=8, class_="disc")
        pen.put("circle", cx=x, cy=y, r=3.5, class_="fill")
    else:
        radius = round(max(spot.radius_km * frame.scale, 9), 1)
        pen.put("circle", cx=x, cy=y, r=radius, class_="area" if spot.precision == "town" else "area dots")


def _names(pen: Pen, spots: Sequence[Spot], frame: _Frame, edged: bool) -> None:
    """At the side, one below the other in the order of the map: what each place is called and who names it, with a line to it."""
    ordered = sorted(spots, key=lambda spot: frame.at(spot)[1])
    top = (_HEIGHT - len(ordered) * _NAME) / 2
    middle = (_GROUND + _WIDTH) / 2
    for number, spot in enumerate(ordered):
        y = round(top + number * _NAME + 14, 1)
        x, at = frame.at(spot)
        if not (edged and spot.precision in _WIDE):
            pen.line([(x, at), (_GROUND - 8, y - 5), (_GROUND + 4, y - 5)], "tick")
        pen.text(middle, y, cut(spot.name, 24), "b halo", anchor="middle")
        letters = spot.letters[:_LETTERS]
        for place, letter in enumerate(letters):
            pen.letter(middle + (place - (len(letters) - 1) / 2) * _DISC, y + 20, letter, 11.5)


def _landmarks(named: Sequence[Spot], frame: _Frame, taken: Sequence[tuple[float, float]]) -> list[Spot]:
    """The places in the frame that do not lie on what is drawn already, the most exact first."""
    found: list[Spot] = []
    covered = list(taken)
    for spot in sorted(named, key=lambda spot: (spot.radius_km, spot.name)):
        x, y = frame.at(spot)
        inside = 30 < x < _GROUND - 40 and 24 < y < _HEIGHT - 40 and not (x < 100 and y < 110)
        if inside and spot.precision not in _WIDE and all(abs(x - a) > 70 or abs(y - b) > 30 for a, b in covered):
            found.append(spot)
            covered.append((x, y))
    return found[:_LANDMARKS]


def _scale_bar(pen: Pen, frame: _Frame, kilometres: str) -> None:
    step = max(unit * 10**power for power in range(-1, 4) for unit in _SCALES if unit * 10**power * frame.scale <= 130)
    long, y = step * frame.scale, _HEIGHT - 22
    pen.line([(24, y - 5), (24, y), (24 + long, y), (24 + long, y - 5)], "tick")
    pen.put("text", f"{step:g} {kilometres}", x=round(24 + long / 2, 1), y=y - 8, class_="q t halo", text_anchor="middle")
