"""The words by which a text tells of a country: its names and the adjectives of its nationality, in all their forms."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from riwaya.arabic.clitics import bare_forms
from riwaya.arabic.remembered import remembered
from riwaya.knowledge.index import form_of

_LONGEST_NAME = 3  # words of a country's name
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


def countries_in(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The words (by `form_of`) that tell of a country, with the number of the first: adjectives, and names of up to three words."""
    names = nationalities().names
    for at, word in enumerate(words):
        if not (told := _tells(word)):
            continue
        adjective, starts = told
        if adjective:
            yield at, adjective
            continue
        for start in starts:
            for count in range(_LONGEST_NAME, 0, -1):
                country = names.get(" ".join((start, *words[at + 1 : at + count])))
                if country:
                    yield at, country
                    break


@remembered
def _tells(word: str) -> tuple[str | None, tuple[str, ...]] | None:
    """The country whose nationality a word is, and the first words of names of countries that it may be; None if it is neither."""
    country, starts = country_of(word), tuple(form for _, form in bare_forms(word) if form in _first_words())
    return (country, starts) if country or starts else None


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in nationalities().names)
