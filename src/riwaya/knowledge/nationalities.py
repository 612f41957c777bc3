"""The words by which a text tells of a country: its names and the adjectives of its nationality, in all their forms."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from riwaya.knowledge.index import form_of

_ENDINGS = ("", "ه", "ين", "ون", "تين", "تان", "ات")  # of adjectives: سوري، سورية، سوريين ...


class Nationalities(NamedTuple):
    """Folded words and the countries (ISO 3166, two letters) that they tell of."""

    adjectives: dict[str, str]  # with and without the article, masculine, feminine and plural
    names: dict[str, str]  # countries, capitals and what else stands for them; up to three words, parted by blanks
    definite: dict[str, tuple[str, ...]]  # of each country the definite adjectives, masculine and feminine


@lru_cache(maxsize=1)
def nationalities() -> Nationalities:
    """The words of nationalities.toml, read once."""
    table = tomllib.loads(files("riwaya.knowledge").joinpath("nationalities.toml").read_text("utf-8"))
    stems = {country: tuple(map(form_of, words.split())) for country, words in table["adjectives"].items()}
    return Nationalities(
        adjectives={
            article + stem + ending: country
            for country, words in stems.items()
            for stem in words
            for article in ("", "ال")
            for ending in _ENDINGS
        },
        names={form_of(name): country for country, names in table["names"].items() for name in names.split("، ")},
        definite={country: tuple(f"ال{stem}{ending}" for stem in words for ending in ("", "ه")) for country, words in stems.items()},
    )


def country_of(word: str) -> str | None:
    """The country whose nationality a folded word is, with و in front or without."""
    adjectives = nationalities().adjectives
    return adjectives.get(word) or (adjectives.get(word[1:]) if word[:1] == "و" else None)
