"""Where a description lies and how far it reaches: beside, around or on one side of a place, or over several."""

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, radians, sin
from typing import NamedTuple

from riwaya.knowledge.places import Place
from riwaya.records import PlacePrecision

_EARTH_KM = 6371.0
_SITES_REACH_KM = 5.0  # what lies beside a site or a village lies within this, at least
_COUNTRYSIDE_KM = 30.0  # how far the countryside of a town reaches whose governorate is not known
_ENOUGH = 12  # settlements from which on they tell the shape of a country
_PRECISIONS: dict[str, PlacePrecision] = {
    "country": "country", "governorate": "region", "region": "region", "district": "area", "city": "town", "town": "town",
    "village": "town", "road": "area", "river": "area", "lake": "area", "mountain": "area", "island": "area",
}  # fmt: skip


class Area(NamedTuple):
    """A disk on the earth: where the truth lies in, as far as the words tell."""

    latitude: float
    longitude: float
    radius_km: float
    precision: PlacePrecision


def area_of(place: Place) -> Area:
    """The place itself."""
    return Area(place.latitude, place.longitude, place.radius_km, _PRECISIONS.get(place.kind, "point"))


def near(place: Place) -> Area:
    """Around a place: about half as far again as it reaches, and not less than five kilometres."""
    area = area_of(place)
    precision: PlacePrecision = "area" if area.precision in ("point", "town") else area.precision
    return area._replace(radius_km=max(1.5 * place.radius_km, _SITES_REACH_KM), precision=precision)


def side_of(place: Place, bearing: float) -> Area:
    """One side of a place: of a country, governorate or region that part of it (its middle half way to the edge); of a town or site
    what lies before it on that side."""
    if _PRECISIONS.get(place.kind) in ("country", "region"):
        here = moved(place.latitude, place.longitude, bearing, place.radius_km / 2)
        return Area(*here, round(place.radius_km / 2, 1), "region" if place.kind == "country" else "area")
    reach = max(place.radius_km, _SITES_REACH_KM)
    return Area(*moved(place.latitude, place.longitude, bearing, reach), 1.5 * reach, "area")


def side_of_country(country: Place, bearing: float, settlements: Sequence[tuple[float, float]]) -> Area:
    """One side of a country: where the third of its known settlements lies that is farthest on that side; `side_of` if few are known."""
    if len(settlements) < _ENOUGH:
        return side_of(country, bearing)
    north, east = cos(radians(bearing)), sin(radians(bearing)) * cos(radians(country.latitude))
    farthest = sorted(settlements, key=lambda at: at[0] * north + at[1] * east)[-len(settlements) // 3 :]
    latitude, longitude = (round(sum(at[axis] for at in farthest) / len(farthest), 4) for axis in (0, 1))
    distances = sorted(distance_km((latitude, longitude), at) for at in farthest)
    return Area(latitude, longitude, round(distances[int(0.8 * len(distances))], 1), "region")


def countryside_of(town: Place, governorate: Place | None, bearing: float | None) -> Area:
    """The countryside of a town, which is its governorate around it; a third of the governorate's reach off on the side that is told."""
    reach = governorate.radius_km if governorate else _COUNTRYSIDE_KM
    if bearing is None:
        centre = governorate or town
        return Area(centre.latitude, centre.longitude, reach, "region")
    return Area(*moved(town.latitude, town.longitude, bearing, reach / 3), round(reach / 3, 1), "area")


def at_distance(place: Place, km: float, bearing: float | None) -> Area:
    """So many kilometres from a place: to one side with a tenth of the distance for error, else anywhere around it."""
    if bearing is None:
        return Area(place.latitude, place.longitude, km + place.radius_km, "area")
    return Area(*moved(place.latitude, place.longitude, bearing, km), max(_SITES_REACH_KM, 0.25 * km), "area")


def border_between(one: Place, other: Place) -> Area:
    """The border of two countries: where disks of their size, each around its middle, would meet."""
    share = one.radius_km / (one.radius_km + other.radius_km)
    latitude = one.latitude + share * (other.latitude - one.latitude)
    longitude = one.longitude + share * (other.longitude - one.longitude)
    return Area(round(latitude, 4), round(longitude, 4), min(one.radius_km, other.radius_km), "region")


def over(areas: Sequence[Area]) -> Area:
    """The smallest disk around the middle of several areas that holds the middle of each, and reaches as far as the narrowest beyond."""
    latitude = sum(area.latitude for area in areas) / len(areas)
    longitude = sum(area.longitude for area in areas) / len(areas)
    farthest = max(distance_km((latitude, longitude), area[:2]) for area in areas)
    radius = round(farthest + min(area.radius_km for area in areas), 1)
    coarsest = max((area.precision for area in areas), key=["point", "town", "area", "region", "country"].index)
    return Area(round(latitude, 4), round(longitude, 4), radius, coarsest if coarsest in ("region", "country") else "area")


def moved(latitude: float, longitude: float, bearing: float, km: float) -> tuple[float, float]:
    """The point that lies so many kilometres from another in a direction, on a sphere; rounded to ten metres."""
    north, turn, way = radians(latitude), radians(bearing), km / _EARTH_KM
    there = asin(sin(north) * cos(way) + cos(north) * sin(way) * cos(turn))
    east = radians(longitude) + atan2(sin(turn) * sin(way) * cos(north), cos(way) - sin(north) * sin(there))
    return round(degrees(there), 4), round((degrees(east) + 540) % 360 - 180, 4)


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The distance of two points, each latitude and longitude, on a sphere."""
    south, north = radians(here[0]), radians(there[0])
    across = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(radians(there[1] - here[1]) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, across**0.5))
