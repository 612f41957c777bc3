"""The gazetteer as linking asks it: whether words are a name, which places have it, what they lie in; each asked for once."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from riwaya.arabic.clitics import bare_forms
from riwaya.knowledge.index import as_it_is, form_of
from riwaya.knowledge.places import Gazetteer, Place, kinds
from riwaya.read.lexicon import load_table
from riwaya.read.placenames import own_names

_CAPITAL = {"عاصمه", "العاصمه"}  # folded; العاصمة السورية is no name of Syria
_LIVED_IN = {"governorate", "district", "city", "town", "village", "quarter", "camp"}
_SHORTEST_CUT = (4, 3)  # letters of a name that ب or ل, and that و is attached to: بدرعا، وتعز
_LONGEST_NAME = 6  # words of a name that is looked for in a text


class Name(NamedTuple):
    """Words of a text that the gazetteer has as a name: how many they are, and the form."""

    words: int
    form: str


class Atlas:
    """A gazetteer whose forms are in memory; places are fetched when they are first asked for, and kept.

    `own_names` are the names of a library's own places, for reading to look for.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._forms = gazetteer.forms()
        self.own_names = own_names(gazetteer.own_forms())
        self._longest: dict[str, int] = {}
        self._typed: defaultdict[str, list[str]] = defaultdict(list)
        self._settlements: dict[str, list[tuple[float, float]]] = {}
        typed_words = {word for words in kinds().values() for word in words} - _CAPITAL
        for form in self._forms:
            first, _, rest = form.partition(" ")
            self._longest[first] = max(self._longest.get(first, 0), min(form.count(" ") + 1, _LONGEST_NAME))
            if rest and first in typed_words:
                self._typed[rest].append(form)
                second = rest.partition(" ")[0]
                self._longest[second] = max(self._longest.get(second, 0), min(rest.count(" ") + 1, _LONGEST_NAME))
        self._places: dict[str, tuple[Place, ...]] = {}
        self._larger: dict[str, tuple[Place, ...]] = {}

    def name_at(self, words: Sequence[str], at: int, *, typed: bool = False) -> Name | None:
        """The longest name that begins at a word (folded; letters attached in front are cut if need be); `typed`: names too that
        the gazetteer has with the word that says what they are (مدينة الحوطة)."""
        for cut, first in bare_forms(words[at]):
            if cut and (words[at][0] not in "وبل" or len(first) < _SHORTEST_CUT[words[at][cut - 1] == "و"]):
                continue
            first = form_of(first)
            for count in range(min(self._longest.get(first, 0), len(words) - at), 0, -1):
                form = " ".join((first, *map(form_of, words[at + 1 : at + count])))
                if form in self._forms or (typed and form in self._typed):
                    return Name(count, form)
        return None

    def named(self, form: str) -> tuple[Place, ...]:
        """The places of a form."""
        if form not in self._places:
            self._places[form] = self._gazetteer.named(form) if form in self._forms else ()
        return self._places[form]

    def typed(self, form: str, word: str) -> tuple[Place, ...]:
        """The places that have this name after a word that says what they are: any word for what people live in (the name is told
        with it for being a common word), and words of the kinds that `word` can mean (قاعدة for مطار)."""
        wanted = _LIVED_IN | {kind for kind, words in kinds().items() if word in words}
        fits = {first for kind, words in kinds().items() if kind in wanted for first in words}
        found = [place for full in self._typed.get(form, ()) if full.partition(" ")[0] in fits for place in self.named(full)]
        return tuple({place.key: place for place in found}.values())

    def larger(self, place: Place) -> tuple[Place, ...]:
        """What a place lies in, from the next larger place to the country."""
        if place.key not in self._larger:
            self._larger[place.key] = self._gazetteer.larger(place)
        return self._larger[place.key]

    def with_key(self, key: str) -> Place | None:
        """The place with this key."""
        return self._gazetteer.place(key)

    def country(self, code: str) -> Place | None:
        """A country by its ISO code."""
        return self._gazetteer.place(code.lower())

    def settlements(self, code: str) -> list[tuple[float, float]]:
        """Where the divisions, towns and villages of a country lie: latitude and longitude; the first call goes through all places."""
        if not self._settlements:
            for place in self._gazetteer:
                if place.kind in ("governorate", "district", "city", "town", "village"):
                    self._settlements.setdefault(place.country, []).append((place.latitude, place.longitude))
        return self._settlements.get(code, [])

    def capital(self, code: str) -> Place | None:
        """The capital of a country, if the lexicon names one."""
        cities = [place for place in self.named(_capitals().get(code, "")) if place.country == code and place.kind == "city"]
        return cities[0] if len(cities) == 1 else None


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    return {code: form_of(name) for code, name in load_table("place_links")["capitals"].items()}


def open_atlas(own: Path | None = None) -> Atlas:
    """The gazetteer and the places of a library's own file, if it is there; opened once until that changes. Raises KnowledgeError."""
    return _opened(*as_it_is(own))


@lru_cache(maxsize=2)
def _opened(own: Path | None, _: int) -> Atlas:
    return Atlas(Gazetteer.open(own))
