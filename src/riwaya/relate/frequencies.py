"""How rare a word is: what makes two passages that share it look alike.

Counts are an argument, not a state: with the same counts, the same two passages are always as alike, whatever else was read since and
in whichever order. A new library begins with the counts of our own written corpus, so that its first articles are not all rare words.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many passages each word (in its dictionary form) and each name stands, of how many passages."""

    passages: int
    counts: dict[str, int]
    rarities: Mapping[str, float] = field(init=False, repr=False, compare=False)  # of any word there is

    def __post_init__(self) -> None:
        object.__setattr__(self, "rarities", _Rarities(self.passages, self.counts))

    def rarity(self, word: str) -> float:
        """0 for a word of every passage, 1 for one that was met once or never; logarithmic between."""
        return self.rarities[word]


class _Rarities(dict[str, float]):
    """The rarity of each word that was asked for, and of any other when it is."""

    def __init__(self, passages: int, counts: Mapping[str, int]) -> None:
        self._passages, self._counts = passages, counts

    def __missing__(self, word: str) -> float:
        count = max(1, min(self._counts.get(word, 0), self._passages))
        self[word] = rarity = math.log(self._passages / count) / math.log(self._passages) if self._passages > 1 else 1.0
        return rarity


def frequencies_of(passages: Iterable[frozenset[str]], *, base: Frequencies | None = None) -> Frequencies:
    """The counts of these passages, each given by its terms, on top of `base` (None: those of the written corpus)."""
    base = written_frequencies() if base is None else base
    counts = Counter(base.counts)
    total = base.passages
    for terms in passages:
        counts.update(terms)
        total += 1
    return Frequencies(total, dict(counts))


@lru_cache(maxsize=1)
def written_frequencies() -> Frequencies:
    """The counts of training/corpus/written-*.jsonl: words that stand in many of its passages (made by training.count_words)."""
    first, *lines = files("riwaya.relate").joinpath("frequencies.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return Frequencies(int(first), {word: int(count) for word, count in rows})
