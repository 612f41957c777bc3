"""The names of places that the gazetteer adds to those of lexicon/places.toml, for reading to look for where a cue announces a place."""

from functools import lru_cache

from riwaya.arabic.fold import folded
from riwaya.knowledge.places import Gazetteer, Place
from riwaya.read.lexicon import load_table
from riwaya.read.wordkinds import phrase_words

_SIZES = {"country": 3, "governorate": 2, "region": 2}  # others are of size 1
_SHORTEST, _MOST_WORDS = 3, 4
_FOREIGN = ("TR", "IR", "IL", "CY")  # GeoNames has every village of these, under names that are Arabic words by chance


@lru_cache(maxsize=1)
def gazetteer_names() -> dict[str, int]:
    """Folded names of shipped places with their size (1 a town, site or area, 2 a region, 3 a country); none that is a common word or
    a person's name, as far as the lexicon lists them, and none that begins with a word such as مدينة, which is looked for apart."""
    table, lists = load_table("places"), load_table("names")
    common = {folded(word) for key in ("small", "middle", "large", "near", "bare", "prepositions") for word in table[key]}
    common |= {folded(word) for key in ("given", "doubtful", "titles", "offices", "bodies", "sole") for word in lists[key].split()}
    words = phrase_words()
    common |= words.generic | words.stops | words.days | words.holders | words.names | words.verbs
    found: dict[str, int] = {}
    with Gazetteer.open() as gazetteer:
        for place in gazetteer:
            for name in place.names:
                if name[0] >= "ء" and (form := _form(name, place, common)):
                    found[form] = max(found.get(form, 1), _SIZES.get(place.kind, 1))
    return found


def _form(name: str, place: Place, common: set[str]) -> str | None:
    form = folded(name)
    first, _, rest = form.partition(" ")
    listed = not place.key.startswith("gn-")
    if len(form) < _SHORTEST or not form.replace(" ", "").isalpha() or form.count(" ") >= _MOST_WORDS:
        return None
    if first in common and (rest or first == form):
        return None
    if not rest and (form.removeprefix("ال") in common or not (listed or place.kind == "city")):
        return None
    return form if listed or place.kind == "city" or place.country not in _FOREIGN else None
