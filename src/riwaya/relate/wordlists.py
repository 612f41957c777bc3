"""The word lists of wordlists.toml, folded, read once."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from riwaya.arabic.clitics import lemma
from riwaya.arabic.fold import folded


class WordLists(NamedTuple):
    """`turns` are phrases, each a tuple of folded words; the others are folded words with their dictionary forms."""

    turns: frozenset[tuple[str, ...]]
    place_words: frozenset[str]
    civilians: frozenset[str]
    parts_of_day: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def word_lists() -> WordLists:
    """The lists, as relating uses them."""
    table = tomllib.loads(files("riwaya.relate").joinpath("wordlists.toml").read_text(encoding="utf-8"))
    phrases = [tuple(folded(word) for word in phrase.split()) for phrase in table["turns"]["phrases"]]
    attached = [(letter + phrase[0], *phrase[1:]) for phrase in phrases for letter in "وف"]
    return WordLists(
        turns=frozenset([*phrases, *attached]),
        place_words=_words(table["places"]["words"]),
        civilians=_words(table["civilians"]["words"]),
        parts_of_day={part: _words(words) for part, words in table["parts_of_day"]["words"].items()},
    )


def _words(listed: str) -> frozenset[str]:
    forms = [folded(word) for word in listed.split()]
    return frozenset([*forms, *map(lemma, forms)])
