"""The words of time, from dates.toml, and finding them at a token."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from riwaya.arabic.fold import folded
from riwaya.arabic.numberwords import definite_number_words
from riwaya.arabic.words import Tokens

Kind = Literal[
    "part", "adverb", "opener", "day", "relative", "weekday", "month", "hijri", "one", "two", "many", "ago", "direction", "this",
    "edge", "half", "season", "years", "ordinal", "feast_day", "feast",
]  # fmt: skip
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_UNIT_KINDS: tuple[Kind, ...] = ("one", "two", "many")
_NEVER_PREFIXED = ("direction", "adverb")
_STARTS: tuple[Kind, ...] = (
    "part", "opener", "day", "relative", "weekday", "month", "hijri", "one", "two", "many", "ago", "this", "edge", "half", "season",
    "years", "ordinal", "feast_day",
)  # fmt: skip


class Match(NamedTuple):
    """A word or phrase of one kind: the token after it, and what it stands for (a month, an offset in days, a unit ...)."""

    last: int
    value: str


class TimeWords(NamedTuple):
    """The vocabulary: `phrases[kind][first word]` lists the rest of each phrase and its value, longest first."""

    phrases: dict[Kind, dict[str, list[tuple[tuple[str, ...], str]]]]
    starts: frozenset[str]
    sets: dict[str, frozenset[str]]  # weak months and what stands beside them; words around اليوم and الجمعة that name no day
    weak_spellings: dict[str, frozenset[str]]
    definite_units: dict[str, tuple[Kind, str]]  # "الشهر", "للأيام": one, two or many, and of what

    def match(self, kind: Kind, tokens: Tokens, at: int) -> Match | None:
        """The longest phrase of a kind that begins at a token, within its sentence."""
        if at >= len(tokens):
            return None
        entries = self.phrases[kind].get(tokens.folded[at])
        if not entries:
            return None
        room = tokens.sentences[tokens.sentence_of[at]][1] - at
        for rest, value in entries:
            length = len(rest) + 1
            if length == 1 or (length <= room and tuple(tokens.folded[at + 1 : at + length]) == rest):
                return Match(at + length, value)
        return None


def _prefixed(word: str) -> list[str]:
    forms = [word, *(prefix + word for prefix in _PREFIXES)]
    if word.startswith("ال"):
        forms += ["لل" + word[2:], "ولل" + word[2:]]
    return forms


@lru_cache(maxsize=1)
def time_words() -> TimeWords:
    """The vocabulary of dates.toml, folded."""
    table = tomllib.loads(files("riwaya.arabic").joinpath("dates.toml").read_text(encoding="utf-8"))
    phrases: dict[Kind, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
    kinds: tuple[Kind, ...] = (*_STARTS, "direction", "adverb", "feast")
    for kind in kinds:
        found = phrases.setdefault(kind, {})
        for value, words in table[kind].items():
            for word in words:
                first, *rest = folded(word).split()
                for form in [first] if kind in _NEVER_PREFIXED else _prefixed(first):
                    if (tuple(rest), value) not in found.setdefault(form, []):
                        found[form].append((tuple(rest), value))
        for entries in found.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    sets = {
        "beside": _forms(table["weak"]["beside"]),
        "before_today": _forms(table["not_today"]["before"]),
        "after_today": _forms(table["not_today"]["after"]),
        "before_day": _forms(table["not_a_day"]["before"]),
        "before_date": frozenset(form for word in table["not_a_date"]["before"] for form in _prefixed(folded(word))),
    }
    weak: dict[str, set[str]] = {}
    for word in table["weak"]["words"]:
        for form in _prefixed(folded(word)):
            weak.setdefault(form, set()).update((word[0], folded(word[0])))
    units: dict[str, tuple[Kind, str]] = {}
    for kind in _UNIT_KINDS:
        for unit, words in table[kind].items():
            units.update((form, (kind, unit)) for word in words for form in _prefixed("ال" + folded(word)))
    starts = frozenset(form for kind in _STARTS for form in phrases[kind]).union(units, definite_number_words())
    return TimeWords(phrases, starts, sets, {form: frozenset(letters) for form, letters in weak.items()}, units)


def _forms(words: list[str]) -> frozenset[str]:
    return frozenset(map(folded, words))
