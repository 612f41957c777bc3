"""How far two places lie apart."""

from math import asin, cos, radians, sin, sqrt

_EARTH_KM = 6371.0

Point = tuple[float, float, float]  # latitude and longitude in degrees, radius in km: how far the truth may lie from them


def gap_km(one: Point, other: Point) -> float:
    """The distance in km that two places have at least, given how exactly each is known; 0 where they may be one."""
    lat1, lon1, lat2, lon2 = map(radians, (*one[:2], *other[:2]))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return max(0.0, 2 * _EARTH_KM * asin(sqrt(min(1.0, chord))) - one[2] - other[2])
