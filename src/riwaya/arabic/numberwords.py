"""The words of numbers, from numbers.toml, with what may be attached to them."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from riwaya.arabic.fold import folded

_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وب", "ول", "وبال", "فب", "فل")


class NumberWord(NamedTuple):
    """What a word may mean as part of a number."""

    kind: str  # value | scale | twice | open | few | part | dual
    value: int
    joined: bool  # begins with و


class NumberWords(NamedTuple):
    """The vocabulary of numbers.toml, folded; one form may mean several things."""

    words: dict[str, tuple[NumberWord, ...]]
    before: dict[str, list[tuple[tuple[str, ...], str]]]  # by the last word of the phrase, longest first
    after: dict[str, list[tuple[tuple[str, ...], str]]]  # by the first word
    change: frozenset[str]
    ordinals: frozenset[str]


@lru_cache(maxsize=1)
def number_words() -> NumberWords:
    """The vocabulary, read once."""
    table = tomllib.loads(files("riwaya.arabic").joinpath("numbers.toml").read_text(encoding="utf-8"))
    words: dict[str, tuple[NumberWord, ...]] = {}
    plain = [("few", 3, w) for w in table["few"]["words"]] + [("dual", 2, w) for w in _duals(table["dual"])]
    for kind, group in (("value", "values"), ("scale", "scales"), ("twice", "twice"), ("open", "open"), ("part", "parts")):
        plain += [(kind, int(value), w) for value, forms in table[group].items() for w in forms]
    for prefix in _PREFIXES:
        for kind, value, word in plain:
            form = prefix + folded(word)
            words[form] = (*words.get(form, ()), NumberWord(kind, value, prefix.startswith("و")))
    for word in table["not_numbers"]["words"]:
        for prefix in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول"):
            words.pop(prefix + folded(word), None)
    return NumberWords(
        words,
        _phrases(table["before"], -1),
        _phrases(table["after"], 0),
        *(frozenset(map(folded, table[name]["words"])) for name in ("change", "ordinals")),
    )


def definite_number_words() -> frozenset[str]:
    """The folded forms of number words with the article ("الأربع"), as time expressions begin with them."""
    prefixes = tuple(prefix for prefix in _PREFIXES if prefix.endswith("ال") or prefix.endswith("لل"))
    words = number_words().words
    return frozenset(form for form, meanings in words.items() if form.startswith(prefixes) and meanings[0].kind == "value")


def _duals(table: dict[str, list[str]]) -> Iterator[str]:
    for word in table["words"]:
        stem = folded(word)
        if stem.endswith("ه"):
            stem = stem[:-1] + "ت"
        yield stem + "ان"
        if word not in table["plural_alike"]:
            yield stem + "ين"
        if word in table["construct"]:
            yield stem + "ي"
    yield from (folded(word) + "ين" for word in table["plural_nominative"])


def _phrases(table: dict[str, list[str]], key: int) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for meaning, phrases in table.items():
        for phrase in phrases:
            first, *rest = folded(phrase).split()
            for prefix in ("", "و", "ب", "ل", "ف", "وب", "ول", "ك"):
                form = (prefix + first, *rest)
                found.setdefault(form[key], []).append((form, meaning))
    for forms in found.values():
        forms.sort(key=lambda entry: -len(entry[0]))
    return found
