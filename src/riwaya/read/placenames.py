"""The names of places that the gazetteer adds to those of lexicon/places.toml, for reading to look for where a cue announces a place."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.fold import folded
from riwaya.knowledge.places import Gazetteer, Place
from riwaya.read.lexicon import load_table
from riwaya.read.wordkinds import phrase_words

_SIZES = {"country": 3, "governorate": 2, "region": 2}  # others are of size 1
_SHORTEST, _MOST_WORDS = 3, 4
_FOREIGN = ("TR", "IR", "IL", "CY")  # GeoNames has every village of these, under names that are Arabic words by chance


@dataclass(frozen=True, eq=False)
class OwnNames:
    """The names of the places that a library imported, folded, and their first words. One is made for each atlas, and is itself alone."""

    names: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()


NO_NAMES = OwnNames()


def own_names(forms: Collection[str]) -> OwnNames:
    """The names among the forms of imported places that reading can look for: none that it knows, none that is a common word."""
    if not forms:
        return NO_NAMES
    common, known = _common_words(), gazetteer_names()
    names = {form for form in forms if form not in known and _may_be_looked_for(form, common)}
    return OwnNames(frozenset(names), frozenset(name.partition(" ")[0] for name in names))


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    table, lists = load_table("places"), load_table("names")
    common = {folded(word) for key in ("small", "middle", "large", "near", "bare", "prepositions") for word in table[key]}
    common |= {folded(word) for key in ("given", "doubtful", "titles", "offices", "bodies", "sole") for word in lists[key].split()}
    words = phrase_words()
    return frozenset(common | words.generic | words.stops | words.days | words.holders | words.names | words.verbs)


@lru_cache(maxsize=1)
def gazetteer_names() -> dict[str, int]:
    """Folded names of shipped places with their size (1 a town, site or area, 2 a region, 3 a country); none that is a common word or
    a person's name, as far as the lexicon lists them, and none that begins with a word such as مدينة, which is looked for apart."""
    common = _common_words()
    found: dict[str, int] = {}
    with Gazetteer.open() as gazetteer:
        for place in gazetteer:
            for name in place.names:
                if name[0] >= "ء" and (form := _form(name, place, common)):
                    found[form] = max(found.get(form, 1), _SIZES.get(place.kind, 1))
    return found


def _may_be_looked_for(form: str, common: frozenset[str]) -> bool:
    """Whether a folded name is neither too short nor too long, nor a common word, with or without the article, nor begins with one."""
    first, _, rest = form.partition(" ")
    if len(form) < _SHORTEST or not form.replace(" ", "").isalpha() or form.count(" ") >= _MOST_WORDS:
        return False
    return first not in common and (bool(rest) or form.removeprefix("ال") not in common)


def _form(name: str, place: Place, common: frozenset[str]) -> str | None:
    form = folded(name)
    listed = not place.key.startswith("gn-")
    if not _may_be_looked_for(form, common) or (" " not in form and not (listed or place.kind == "city")):
        return None
    return form if listed or place.kind == "city" or place.country not in _FOREIGN else None
