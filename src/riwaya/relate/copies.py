"""Copies: texts that repeat another almost word for word, found by MinHash, and how exactly they differ.

A text is its runs of three folded words. Of their hashes those divisible by a fixed number are its sketch (MinHash in its scaled form,
which finds a short text inside a long one too); texts that share some of it are then compared run by run. Texts are taken by the day
they were published, then by id: the first is the original, and what is almost the same as an original leads to no further comparison,
so that five thousand copies cost as much as five thousand texts.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple
from zlib import crc32

from riwaya.arabic.words import Tokens
from riwaya.records import Copy, Span, record_id
from riwaya.relate.candidates import NEAR_DAYS

RULE = "copy 1"
_RUN = 3  # words
_KEPT_HASHES = 8  # one in so many
_FEWEST_RUNS = 12  # a shorter text has nothing by which a copy could be told
_TRIMMED = 0.85  # so much of the shorter text in the other: a part of it was taken over
_EDITED = 0.6  # harmonic mean of both shares: it was taken over with changes
_SAME = 0.8  # so much of the longer text in the other: they are one text
_BOILERPLATE = 60  # texts with one hash: what stands under everything an outlet prints


class Text(NamedTuple):
    """A text to compare: its id, the day it was published, its folded words."""

    id: str
    day: date | None
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an original against its copy: the same in both, only in one, or other words in its place."""

    what: Literal["kept", "dropped", "added", "changed"]
    original: Span | None  # None: added
    copy: Span | None  # None: dropped


def copies_among(texts: Iterable[Text]) -> tuple[Copy, ...]:
    """Each text that repeats an earlier one, with that one, by days of publication and ids, whatever the order they come in."""
    originals: dict[str, tuple[date | None, frozenset[int]]] = {}
    holding: defaultdict[int, list[str]] = defaultdict(list)
    found = []
    for text in sorted(texts, key=lambda one: (one.day or date.max, one.id)):
        runs = _runs(text.words)
        if len(runs) < _FEWEST_RUNS:
            continue
        kept_hashes = [run for run in runs if run % _KEPT_HASHES == 0]
        shared = Counter(other for run in kept_hashes for other in holding[run])
        copies = [
            copy
            for other in sorted(shared)
            if _near(text.day, originals[other][0]) and (copy := _copy(other, text.id, originals[other][1], runs))
        ]
        found += copies
        if not any(copy.resemblance >= _SAME for copy in copies):
            originals[text.id] = text.day, runs
            for run in kept_hashes:
                if len(holding[run]) < _BOILERPLATE:
                    holding[run].append(text.id)
    return tuple(found)


def alignment(original: Tokens, copy: Tokens) -> tuple[Stretch, ...]:
    """What the copy keeps, drops, adds and changes of the original, in the order of the original.

    The runs of words that stand once in each text, in the same order in both, hold the two together; what lies between is compared word
    by word from both ends. The time grows with the texts' length (times its logarithm), however often words repeat.
    """
    pairs: list[tuple[int, int]] = []
    left_end = right_end = 0
    for left, right in [*_anchors(original, copy), (len(original), len(copy))]:
        if left < left_end or right < right_end:
            continue
        back = 0
        while left - back > left_end and right - back > right_end and original.folded[left - back - 1] == copy.folded[right - back - 1]:
            back += 1
        while left_end < left - back and right_end < right - back and original.folded[left_end] == copy.folded[right_end]:
            pairs.append((left_end, right_end))
            left_end, right_end = left_end + 1, right_end + 1
        pairs += [(left - at, right - at) for at in range(back, 0, -1)]
        left_end, right_end = left, right
    return tuple(_stretches(original, copy, pairs))


def _runs(words: Sequence[str]) -> frozenset[int]:
    return frozenset(crc32(" ".join(words[at : at + _RUN]).encode("utf-8", "replace")) for at in range(len(words) - _RUN + 1))


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= NEAR_DAYS


def _copy(original: str, copy: str, first: frozenset[int], second: frozenset[int]) -> Copy | None:
    shared = len(first & second)
    kept, resemblance = shared / min(len(first), len(second)), shared / max(len(first), len(second))
    if kept < _TRIMMED and 2 * kept * resemblance < _EDITED * (kept + resemblance):
        return None
    key = record_id("copy", original, copy)
    return Copy(id=key, original=original, copy=copy, kept=kept, resemblance=resemblance, rule=RULE)


def _anchors(original: Tokens, copy: Tokens) -> list[tuple[int, int]]:
    """Token numbers where a run begins that each text has once, as the longest series that rises in both."""
    left, right = _once(original), _once(copy)
    both = sorted((left[run], right[run]) for run in left.keys() & right.keys())
    ends: list[int] = []  # smallest right number that a rising series of each length ends with
    last: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(both):
        place = bisect_left(ends, at)
        ends[place : place + 1] = [at]
        last[place : place + 1] = [number]
        before.append(last[place - 1] if place else -1)
    series = []
    number = last[-1] if last else -1
    while number >= 0:
        series.append(both[number])
        number = before[number]
    return series[::-1]


def _once(tokens: Tokens) -> dict[tuple[str, ...], int]:
    runs = [tuple(tokens.folded[at : at + _RUN]) for at in range(len(tokens) - _RUN + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _stretches(original: Tokens, copy: Tokens, pairs: list[tuple[int, int]]) -> Iterable[Stretch]:
    left_end = right_end = at = 0
    while at <= len(pairs):
        left, right = pairs[at] if at < len(pairs) else (len(original), len(copy))
        dropped = original.span(left_end, left) if left > left_end else None
        added = copy.span(right_end, right) if right > right_end else None
        if dropped or added:
            yield Stretch("changed" if dropped and added else "dropped" if dropped else "added", dropped, added)
        first = at
        while at < len(pairs) and pairs[at] == (left + at - first, right + at - first):
            at += 1
        if at > first:
            left_end, right_end = left + at - first, right + at - first
            yield Stretch("kept", original.span(left, left_end), copy.span(right, right_end))
        else:
            return
