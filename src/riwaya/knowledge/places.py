"""The gazetteer: which places a name may mean, with the reasons for each. It never picks one of equals."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple, Self

from riwaya.arabic.clitics import bare_forms
from riwaya.errors import KnowledgeError
from riwaya.knowledge.index import Index, form_of

SHAPES = ("point", "area", "line")
_SETTLEMENTS = ("city", "town", "village")  # lists differ in where one ends and the next begins
_LISTS_DIFFER_KM = 5.0  # how far two lists may place one village apart, beyond what either says of its own precision
_LARGEST_RADIUS_KM = 15.0  # of a city, when it is asked whether two entries are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with coordinates, and how precise they are."""

    key: str
    name_ar: str  # the preferred name; "" where none is known
    name_en: str
    other_names: tuple[str, ...] = ()
    kind: str  # one of `kinds()`
    within: str  # key of the next larger place; "" for a country
    latitude: float  # degrees, WGS 84
    longitude: float
    radius_km: float  # how far the truth may lie from the coordinates, or how far an area or half a line reaches
    shape: str  # one of SHAPES
    origin: str  # of the coordinates: geonames:ID, rough (general knowledge), or the list they were imported from
    country: str  # ISO 3166, two letters; "" where no country is named

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the preferred Arabic one first."""
        return tuple(name for name in (self.name_ar, self.name_en, *self.other_names) if name)


class Candidate(NamedTuple):
    """A place that a name may mean, and why."""

    place: Place
    larger: tuple[Place, ...]  # what it lies in, from the next larger place to the country
    fits: bool  # False: the word in front of the name (مدينة, مخيم) names another kind of place
    reasons: tuple[str, ...]


class _Wording(NamedTuple):
    """One way to take the words of a name: what is looked up, and what was left out of it."""

    form: str
    typed: str  # the word that says what kind of place it is, or ""
    cut: str  # the letters attached in front, or ""


@lru_cache(maxsize=1)
def kinds() -> dict[str, dict[str, str]]:
    """The kinds of places from the largest to the smallest, each with the words that stand before such a name, by their form."""
    table = tomllib.loads((files("riwaya.knowledge") / "kinds.toml").read_text("utf-8"))
    return {kind: {form_of(word): word for word in words} for kind, words in table.items()}


def distance_km(here: Place, there: Place) -> float:
    """The distance of two places on a sphere of 6,371 km."""
    south, north = radians(here.latitude), radians(there.latitude)
    across = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(radians(there.longitude - here.longitude) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(across))


def are_one(here: Place, there: Place) -> bool:
    """Whether two entries of one name are one place that two lists know: of one GeoNames id, or of one country, of a like kind, and
    no farther apart than what both say of their precision allows."""
    if here.origin == there.origin and here.origin.startswith("geonames:"):
        return True
    alike = here.kind == there.kind or (here.kind in _SETTLEMENTS and there.kind in _SETTLEMENTS)
    if here.country != there.country or not alike:
        return False
    if here.kind in ("country", "governorate"):
        return True
    reach = min(here.radius_km, _LARGEST_RADIUS_KM) + min(there.radius_km, _LARGEST_RADIUS_KM)
    return distance_km(here, there) <= reach + _LISTS_DIFFER_KM


class Gazetteer:
    """The places that ship with riwaya, and those that a library imported, by their names. Close it when done."""

    def __init__(self, shipped: Index[Place], own: Index[Place] | None = None) -> None:
        self._shipped = shipped
        self._own = own

    @classmethod
    def open(cls, own: Path | None = None) -> Self:
        """The shipped gazetteer, with a library's imported places if their file is there. Raises KnowledgeError."""
        shipped = Path(str(files("riwaya.knowledge") / "places.sqlite"))
        if not shipped.exists():
            raise KnowledgeError("The gazetteer has not been built: run make knowledge, or install riwaya again.")
        return cls(Index(shipped, Place), Index(own, Place) if own and own.exists() else None)

    def close(self) -> None:
        """Let go of the files."""
        for index in filter(None, (self._shipped, self._own)):
            index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Place]:
        """The places that ship with riwaya, in the order of their keys."""
        return iter(self._shipped)

    def place(self, key: str) -> Place | None:
        """The place with this key."""
        return self._shipped.with_key(key) or (self._own.with_key(key) if self._own else None)

    def larger(self, place: Place) -> tuple[Place, ...]:
        """What a place lies in, from the next larger place to the country."""
        chain: list[Place] = []
        above = self.place(place.within) if place.within else None
        while above is not None and above not in chain:
            chain.append(above)
            above = self.place(above.within) if above.within else None
        return tuple(chain)

    def forms(self) -> set[str]:
        """The forms (`form_of`) of all names in Arabic letters."""
        return self._shipped.forms() | (self._own.forms() if self._own else set())

    def own_forms(self) -> set[str]:
        """The forms of the names in Arabic letters that a library imported and that are no common words."""
        return self._own.telling_forms() if self._own else set()

    def named(self, form: str) -> tuple[Place, ...]:
        """The places that have a name of exactly this form."""
        return tuple(place for place, _ in self._named(form))

    def candidates(self, name: str, within: str | None = None) -> tuple[Candidate, ...]:
        """The places that a name may mean, those that fit the word in front of it first, then from large to small.

        The name is taken whole; if no place has it, without the word that says what it is (مدينة درعا), and last without what is
        attached in front (بدرعا). `within` is the key or a name of a larger place that must hold it.
        """
        for wording in _wordings(name):
            named = self._named(wording.form)
            found = [self._candidate(place, origin, wording) for place, origin in named]
            found = [candidate for candidate in found if within is None or _lies_in(candidate, within)]
            if found:
                sizes = list(kinds())
                return tuple(sorted(found, key=lambda one: (not one.fits, sizes.index(one.place.kind), one.place.key)))
        return ()

    def _named(self, form: str) -> Iterator[tuple[Place, str]]:
        """Places with this name. A point that the library imported too keeps its key and names and takes the imported coordinates;
        the second value says so."""
        own = self._own.named(form) if self._own else []
        for place in self._shipped.named(form):
            same = min((one for one in own if are_one(place, one)), key=lambda one: distance_km(place, one), default=None)
            if same is not None:
                own.remove(same)
            if same is None or place.shape != "point":  # lists of villages give areas as a point
                yield place, ""
                continue
            moved = replace(place, latitude=same.latitude, longitude=same.longitude, radius_km=same.radius_km, origin=same.origin)
            yield moved, f"coordinates as imported, {distance_km(place, same):.1f} km from the shipped ones"
        yield from ((place, "imported by this library") for place in own)

    def _candidate(self, place: Place, origin: str, wording: _Wording) -> Candidate:
        fits = not wording.typed or form_of(wording.typed) in kinds()[place.kind]
        larger = self.larger(place)
        reasons = [_which_name(place, wording.form)]
        if wording.cut:
            reasons.append(f"without «{wording.cut}» attached in front")
        if wording.typed:
            reasons.append(f"«{wording.typed}» {'names' if fits else 'does not name'} a {place.kind}")
        reasons.append(" › ".join((place.kind, *(one.name_ar or one.name_en for one in larger))))
        if origin:
            reasons.append(origin)
        return Candidate(place, larger, fits, tuple(reasons))


def _wordings(name: str) -> Iterator[_Wording]:
    words = form_of(name).split()
    if not words:
        return
    typed_words = {form: word for words_of_kind in kinds().values() for form, word in words_of_kind.items()}
    for cut, first in bare_forms(words[0]):
        letters = words[0][:cut]
        yield _Wording(" ".join((first, *words[1:])), "", letters)
        if first in typed_words and len(words) > 1:
            yield _Wording(" ".join(words[1:]), typed_words[first], letters)


def _lies_in(candidate: Candidate, within: str) -> bool:
    return any(one.key == within or form_of(within) in map(form_of, one.names) for one in candidate.larger)


def _which_name(place: Place, form: str) -> str:
    name = next(name for name in place.names if form_of(name) == form)
    which = "preferred name" if name == place.name_ar else "English name" if name == place.name_en else "other name"
    return f"{which} «{name}»"
