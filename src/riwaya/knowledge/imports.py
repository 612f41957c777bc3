"""Village-level lists that users have: OCHA communities, a GeoNames country dump, any table with names and coordinates.

Each line becomes a place of the library, or a complaint that says why not; the rest of the file is imported all the same.
"""

import csv
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from riwaya.arabic.clitics import is_dictionary_word
from riwaya.errors import KnowledgeError
from riwaya.knowledge.arabic_names import arabic_names, has_arabic, preferred
from riwaya.knowledge.complaints import Complaint
from riwaya.knowledge.index import form_of, put_entries, put_telling
from riwaya.knowledge.place_lists import position_of
from riwaya.knowledge.places import Gazetteer, Place, distance_km, kinds
from riwaya.records import record_id

OWN_FILE = "places.sqlite"  # what a library imported
FORMATS = ("ocha", "geonames", "csv")
_OCHA = ("PCODE", "NAME_EN", "NAME_ARA", "ADMIN2_ARA", "ADMIN1_COD", "ADMIN1_ARA", "LATITUDE", "LONGITUDE")
_CSV = ("name_ar", "latitude", "longitude")
_GEONAMES = (  # a dump has no header
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "class", "code", "country", "cc2", "admin1", "admin2",
    "admin3", "admin4", "population", "elevation", "dem", "timezone", "modified",
)  # fmt: skip
_CITY, _TOWN = 100_000, 10_000  # inhabitants
_RADIUS_KM = 2.0  # of an imported point: lists of villages give the middle of the village
_ADMINISTRATIVE = {"country": 300.0, "governorate": 60.0, "district": 20.0, "region": 30.0}  # km, where a dump gives a point for an area
_MUCH_NEARER = 0.7  # of the distance as given: of 5,251 Syrian communities none looks swapped by it, and 5,119 do when they are
_COUNTRY_RADII = 2  # how far from its middle a country may reach that is far longer than wide
_FAR_RADII, _FAR_KM = 3, 100.0  # how far from the middle of what holds it a place may lie; no area is a disk
_SWAPPED = "look swapped"

_Row = tuple[int, Mapping[str, str]]
_Maker = Callable[[Mapping[str, str], Gazetteer], Place | str | None]


class Imported(NamedTuple):
    """What an import did; a known place that stands there otherwise than before is changed."""

    new: int
    changed: int
    known: int
    refused: tuple[Complaint, ...]


def import_places(file: Path, form: str, into: Path, gazetteer: Gazetteer, names: Path | None = None) -> Imported:
    """Put the places of a file in one of FORMATS into a library's index of places. `names` is GeoNames' alternateNamesV2.txt.

    Raises KnowledgeError if the file cannot be read, is no such file, or its header lacks columns.
    """
    text = _text(file)
    make: _Maker
    if form == "ocha":
        rows, make = _table(text, file, _OCHA), _ocha_place
    elif form == "csv":
        rows, make = _table(text, file, _CSV), _csv_place
    else:
        dump = list(_dump(text))
        rows, make = iter(dump), _geonames_maker(_names_by_id(names) if names else {}, _governorates(dump, gazetteer))
    places, refused = _sorted_out(_made(rows, make, gazetteer, file.name), file.name)
    if _are_swapped(places.values(), refused, gazetteer):
        refused += [Complaint(file.name, number, "stands in a file whose coordinates are swapped in most lines") for number in places]
        places = {}
    new, changed = put_entries(into, places.values())
    put_telling(into, _telling_names(places.values()))
    return Imported(new, changed, len(places) - new - changed, tuple(sorted(refused, key=lambda complaint: complaint.line)))


def _telling_names(places: Iterable[Place]) -> Iterator[str]:
    """The forms of names by which a text can be searched for these places: of one word, only those that are in no dictionary."""
    for form in {form_of(name) for place in places for name in place.names if has_arabic(name)}:
        if " " in form or not is_dictionary_word(form):
            yield form


def _text(file: Path) -> str:
    """The file as text; bytes that are no UTF-8 stay recognisable in their line."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"{file} cannot be read: {error.strerror}.") from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise KnowledgeError(f"{file} is UTF-16; save it as UTF-8.")
    return content.decode("utf-8-sig", errors="surrogateescape")


def _table(text: str, file: Path, needed: tuple[str, ...]) -> Iterator[_Row]:
    lines = text.splitlines()
    header = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=max(",;\t", key=header.count), restval="")
    if missing := [name for name in needed if name not in (reader.fieldnames or ())]:
        raise KnowledgeError(f"{file} has no column {', '.join(missing)}; its first line must name the columns {', '.join(needed)}.")
    try:
        for row in reader:
            yield reader.line_num, {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    except csv.Error as error:
        raise KnowledgeError(f"{file}:{reader.line_num} is no line of a table: {error}.") from error


def _dump(text: str) -> Iterator[_Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            cells = line.rstrip("\r").split("\t")
            yield number, dict(zip(_GEONAMES, cells, strict=True)) if len(cells) == len(_GEONAMES) else {}


def _made(rows: Iterable[_Row], make: _Maker, gazetteer: Gazetteer, file: str) -> Iterator[tuple[int, Place] | Complaint]:
    for number, row in rows:
        if not row:
            yield Complaint(file, number, f"has not the {len(_GEONAMES)} columns of a GeoNames dump")
            continue
        if any("\udc80" <= letter <= "\udcff" for value in row.values() for letter in value):
            yield Complaint(file, number, "is not UTF-8; save the file as UTF-8")
            continue
        made = make(row, gazetteer)
        if isinstance(made, Place):
            made = _why_misplaced(made, gazetteer) or made
        if made is not None:
            yield Complaint(file, number, made) if isinstance(made, str) else (number, made)


def _sorted_out(found: Iterable[tuple[int, Place] | Complaint], file: str) -> tuple[dict[int, Place], list[Complaint]]:
    """Places by their line, and complaints; a place that stands in the file twice is refused the second time."""
    places: dict[int, Place] = {}
    refused: list[Complaint] = []
    lines: dict[tuple[str, ...], int] = {}
    for one in found:
        if isinstance(one, Complaint):
            refused.append(one)
            continue
        number, place = one
        marks = (("key", place.key), ("name", form_of(place.name_ar or place.name_en), f"{place.latitude:.3f}", f"{place.longitude:.3f}"))
        twice = next((mark for mark in marks if mark in lines), None)
        if twice:
            what = "key" if twice[0] == "key" else "name and coordinates"
            refused.append(Complaint(file, number, f"has the {what} of line {lines[twice]}: {place.name_ar or place.name_en}"))
            continue
        lines.update(dict.fromkeys(marks, number))
        places[number] = place
    return places, refused


def _ocha_place(row: Mapping[str, str], gazetteer: Gazetteer) -> Place | str:
    position = position_of(row["LATITUDE"], row["LONGITUDE"])
    if isinstance(position, str):
        return position
    if not row["PCODE"] or not row["NAME_ARA"]:
        return "has no PCODE or no NAME_ARA"
    if not has_arabic(row["NAME_ARA"]):
        return f"the Arabic name {row['NAME_ARA']!r} has no Arabic letter: wrong column or encoding"
    country = row["ADMIN1_COD"][:2].upper()
    governorate = _area(gazetteer, row["ADMIN1_ARA"], country.lower(), "governorate")
    district = _area(gazetteer, row["ADMIN2_ARA"], governorate, "district") if governorate else None
    return Place(
        key=f"ocha-{row['PCODE'].lower()}", name_ar=row["NAME_ARA"], name_en=row["NAME_EN"], kind="village",
        within=district or governorate or country.lower(), latitude=position[0], longitude=position[1], radius_km=_RADIUS_KM,
        shape="point", origin=f"ocha:{row['PCODE']}", country=country,
    )  # fmt: skip


def _csv_place(row: Mapping[str, str], gazetteer: Gazetteer) -> Place | str:
    position = position_of(row["latitude"], row["longitude"])
    if isinstance(position, str):
        return position
    if not has_arabic(row["name_ar"]):
        return f"the Arabic name {row['name_ar']!r} has no Arabic letter: wrong column or encoding"
    kind = row.get("kind") or "village"
    if kind not in kinds():
        return f"there is no kind {kind!r}"
    radius = row.get("radius_km") or str(_RADIUS_KM)
    if not radius.replace(".", "", 1).isdigit() or not float(radius):
        return f"the radius {radius!r} is no number of kilometres"
    country = row.get("country", "").upper()
    above = row.get("within") or country.lower()
    area = gazetteer.place(above) or next(
        (one.place for one in gazetteer.candidates(above) if one.place.country == country or not country), None
    )
    if area is None:
        return f"{above!r} in within is no place that is known" if above else "names neither a country nor what it lies within"
    return Place(
        key=row.get("key") or f"csv-{record_id('place', form_of(row['name_ar']), *map(str, position))}", name_ar=row["name_ar"],
        name_en=row.get("name_en", ""), other_names=tuple(filter(None, row.get("other_names", "").split("|"))), kind=kind, within=area.key,
        latitude=position[0], longitude=position[1], radius_km=float(radius), shape="point", origin="csv", country=area.country,
    )  # fmt: skip


def _governorates(dump: Iterable[_Row], gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    """The keys of governorates by the country and code that a dump has for them: the gazetteer's, else that of the dump's own entry."""
    found = {}
    for _, row in dump:
        if row and row["code"] == "ADM1":
            names = (*arabic_names(row["alternatenames"].split(",")), row["name"], row["asciiname"])
            known = filter(None, (_area(gazetteer, name, row["country"].lower(), "governorate") for name in names))
            found[row["country"], row["admin1"]] = next(known, f"gn-{row['geonameid']}")
    return found


def _geonames_maker(names: Mapping[str, list[str]], governorates: Mapping[tuple[str, str], str]) -> _Maker:
    """How lines of a dump become places; None for a feature that is no place of the gazetteer."""

    def place(row: Mapping[str, str], gazetteer: Gazetteer) -> Place | str | None:
        kind = _geonames_kind(row)
        if kind is None:
            return None
        position = position_of(row["latitude"], row["longitude"])
        if isinstance(position, str):
            return position
        latin = [row["name"], row["asciiname"]]
        arabic = names.get(row["geonameid"]) or arabic_names(row["alternatenames"].split(","))
        name = arabic[0] if row["geonameid"] in names else preferred(arabic, latin) if arabic else ""
        above = governorates.get((row["country"], row["admin1"]), row["country"].lower())
        return Place(
            key=f"gn-{row['geonameid']}", name_ar=name, name_en=row["name"], kind=kind,
            other_names=tuple(dict.fromkeys(one for one in (*arabic, row["asciiname"]) if one not in (name, row["name"]))),
            within={"country": "", "governorate": row["country"].lower()}.get(kind, above),
            latitude=position[0], longitude=position[1], radius_km=_ADMINISTRATIVE.get(kind, _RADIUS_KM),
            shape="area" if kind in _ADMINISTRATIVE else "point", origin=f"geonames:{row['geonameid']}", country=row["country"],
        )  # fmt: skip

    return place


def _geonames_kind(row: Mapping[str, str]) -> str | None:
    if row["code"].startswith("PPL") and row["code"] != "PPLX":
        inhabitants = int(row["population"]) if row["population"].isdigit() else 0
        return "city" if row["code"] == "PPLC" or inhabitants >= _CITY else "town" if inhabitants >= _TOWN else "village"
    return _feature_kinds().get(row["code"])


@cache
def _feature_kinds() -> dict[str, str]:
    table = tomllib.loads((files("riwaya.knowledge") / "kinds_geonames.toml").read_text("utf-8"))
    return {code: kind for kind, codes in table.items() for code in codes}


def _names_by_id(file: Path) -> dict[str, list[str]]:
    """The Arabic names of alternateNamesV2.txt by GeoNames id, the preferred ones first, historic ones left out."""
    found: dict[str, list[tuple[bool, str]]] = {}
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                _, geonames_id, language, name, is_preferred, _, colloquial, historic, *_ = (line.rstrip("\n") + "\t" * 8).split("\t")
                if language == "ar" and not historic:
                    found.setdefault(geonames_id, []).append((is_preferred != "1" or colloquial == "1", name))
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file} cannot be read as alternateNamesV2: {error}.") from error
    return {one: [name for _, name in sorted(names, key=lambda pair: pair[0])] for one, names in found.items()}


def _area(gazetteer: Gazetteer, name: str, within: str, kind: str) -> str | None:
    """The key of the area of this kind and name within another, if there is just one."""
    found = [one.place for one in gazetteer.candidates(name, within) if one.place.kind == kind]
    return found[0].key if len(found) == 1 else None


def _both_ways(place: Place, gazetteer: Gazetteer) -> tuple[Place, float, float] | None:
    """What holds a place, and how many km from its middle the place lies as given and the other way round."""
    area = gazetteer.place(place.within) or gazetteer.place(place.country.lower())
    if area is None:
        return None
    there = distance_km(place, area)
    if abs(place.longitude) > 90:  # no latitude
        return area, there, there
    return area, there, distance_km(replace(place, latitude=place.longitude, longitude=place.latitude), area)


def _why_misplaced(place: Place, gazetteer: Gazetteer) -> str | None:
    """Why its coordinates cannot be: it lies outside of what holds it and much nearer the other way round, or far away from it."""
    ways = _both_ways(place, gazetteer)
    if ways is None:
        return None
    area, there, turned = ways
    at = f"latitude {place.latitude} and longitude {place.longitude}"
    if there > area.radius_km * (_COUNTRY_RADII if area.kind == "country" else 1) and turned < _MUCH_NEARER * there:
        return f"{at} {_SWAPPED}: {there:.0f} km from the middle of {area.name_en}, the other way round {turned:.0f} km"
    if there > _FAR_RADII * area.radius_km + _FAR_KM:
        return f"{at} is {there:.0f} km from the middle of {area.name_en}, which holds it"
    return None


def _are_swapped(places: Iterable[Place], refused: Iterable[Complaint], gazetteer: Gazetteer) -> bool:
    """Whether most lines of a file lie nearer to the middle of what holds them the other way round."""
    ways = [both for place in places if (both := _both_ways(place, gazetteer))]
    swapped = sum(_SWAPPED in complaint.why for complaint in refused)
    return swapped + sum(turned < there for _, there, turned in ways) > (len(ways) + swapped) / 2
