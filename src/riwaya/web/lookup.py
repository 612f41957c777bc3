"""Looking up keys: the actors of the register and the places of the gazetteer that a page names, with the library's own."""

from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

from riwaya.knowledge import actors, imports
from riwaya.knowledge.actors import Actor, Register
from riwaya.knowledge.places import Gazetteer, Place
from riwaya.library import Library
from riwaya.web.drawings.maps import Landmark
from riwaya.web.wording import Language

_TOWNS = ("city", "town")
_GEONAMES = "gn-"  # keys of places that only GeoNames lists, whose spellings nobody of us has read


def actors_known(library: Library, keys: Iterable[str]) -> dict[str, Actor]:
    """The actors with these keys, those that are known."""
    with Register.open(library.folder / actors.OWN_FILE) as register:
        return {key: actor for key in keys if (actor := register.actor(key))}


def places_known(library: Library, keys: Iterable[str]) -> dict[str, Place]:
    """The places with these keys, those that are known."""
    with Gazetteer.open(library.folder / imports.OWN_FILE) as gazetteer:
        return {key: place for key in keys if (place := gazetteer.place(key))}


def around(library: Library, place: Place) -> tuple[Place, ...]:
    """What a place lies in, from the next larger place to the country."""
    with Gazetteer.open(library.folder / imports.OWN_FILE) as gazetteer:
        return gazetteer.larger(place)


@cache
def towns(language: Language) -> tuple[Landmark, ...]:
    """The cities and towns of the project's own lists by their names in a language, the largest first."""
    with Gazetteer.open() as gazetteer:
        found = [place for place in gazetteer if place.kind in _TOWNS and not place.key.startswith(_GEONAMES)]
    found.sort(key=lambda place: (_TOWNS.index(place.kind), -place.radius_km, place.key))
    named = (Landmark(place.name_ar if language == "ar" else place.name_en, place.latitude, place.longitude) for place in found)
    return tuple(landmark for landmark in named if landmark.name)


def actor_address(key: str) -> str:
    """The address of an actor's page."""
    return f"/actors/{quote(key, safe='')}"


def place_address(key: str) -> str:
    """The address of a place's page."""
    return f"/places/{quote(key, safe='')}"
