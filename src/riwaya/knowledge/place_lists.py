"""Places as tab-separated lines, as the project's own lists have them: a line becomes a place, or a word on why it is none."""

from collections.abc import Iterable, Iterator, Mapping

from riwaya.knowledge.complaints import Complaint
from riwaya.knowledge.places import SHAPES, Place, kinds

COLUMNS = ("key", "name_ar", "name_en", "other_names", "kind", "within", "latitude", "longitude", "radius_km", "shape", "origin")


def places_in(lines: Iterable[str], file: str) -> Iterator[tuple[int, Place] | Complaint]:
    """The places of one list with the number of their line, and a complaint for every line that is none. `file` is named by both.

    The country of a place is the first part of its key: sy-daraa lies in SY.
    """
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if number == 1:
            if tuple(cells) != COLUMNS:
                yield Complaint(file, 1, f"the header must be {' '.join(COLUMNS)}")
            continue
        if len(cells) != len(COLUMNS):
            yield Complaint(file, number, f"has {len(cells)} columns, not {len(COLUMNS)}")
            continue
        found = _place(dict(zip(COLUMNS, cells, strict=True)))
        yield Complaint(file, number, found) if isinstance(found, str) else (number, found)


def _place(cells: Mapping[str, str]) -> Place | str:
    if padded := next((name for name, cell in cells.items() if cell != cell.strip()), None):
        return f"{padded} begins or ends with a blank"
    if empty := next((name for name in ("key", "name_ar", "name_en", "radius_km") if not cells[name]), None):
        return f"has no {empty}"
    if not (cells["key"].isascii() and cells["key"] == cells["key"].lower()):
        return f"the key {cells['key']!r} is no small ASCII slug"
    if cells["kind"] not in kinds():
        return f"there is no kind {cells['kind']!r}"
    if cells["shape"] not in SHAPES:
        return f"there is no shape {cells['shape']!r}"
    if cells["origin"] != "rough" and not cells["origin"].removeprefix("geonames:").isdigit():
        return f"the origin {cells['origin']!r} is neither rough nor geonames:ID"
    position = position_of(cells["latitude"], cells["longitude"])
    if isinstance(position, str):
        return position
    try:
        radius = float(cells["radius_km"])
    except ValueError:
        return f"the radius {cells['radius_km']!r} is no number"
    if not 0 < radius <= 6000:
        return f"the radius {radius} km cannot be"
    others = tuple(cells["other_names"].split("|")) if cells["other_names"] else ()
    if any(name != name.strip() or not name for name in others):
        return "one of other_names is empty or begins or ends with a blank"
    return Place(
        key=cells["key"],
        name_ar=cells["name_ar"],
        name_en=cells["name_en"],
        other_names=others,
        kind=cells["kind"],
        within=cells["within"],
        latitude=position[0],
        longitude=position[1],
        radius_km=radius,
        shape=cells["shape"],
        origin=cells["origin"],
        country=cells["key"].partition("-")[0].upper(),
    )


def position_of(latitude: str, longitude: str) -> tuple[float, float] | str:
    """Latitude and longitude as numbers, or why they cannot be."""
    try:
        position = float(latitude), float(longitude)
    except ValueError:
        return f"latitude {latitude!r} and longitude {longitude!r} are not both numbers"
    if not (-90 <= position[0] <= 90 and -180 <= position[1] <= 180):
        return f"latitude {latitude} or longitude {longitude} is out of range"
    return position
