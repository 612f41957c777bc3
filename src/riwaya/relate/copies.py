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
from itertools import groupby
from typing import Literal, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from riwaya.arabic.words import Tokens
from riwaya.records import Copy, Span, record_id
from riwaya.relate.candidates import NEAR_DAYS

RULE = "copy 1"
_RUN = 3  # words
_MULTIPLIER, _HALF = 2_654_435_761, 16  # Knuth's, and half of 32 bits: they spread the hashes of a run of words
_KEPT_HASHES = 8  # one in so many
_FEWEST_RUNS = 12  # a shorter text has nothing by which a copy could be told
_TRIMMED = 0.85  # so much of the shorter text in the other: a part of it was taken over
_EDITED = 0.6  # harmonic mean of both shares: it was taken over with changes
_SAME = 0.8  # so much of the longer text in the other: they are one text
_BOILERPLATE = 60  # texts with one hash: what stands under everything an outlet prints


Runs = npt.NDArray[np.uint32]


class Text(NamedTuple):
    """A text to compare: its id, the day it was published, its folded words."""

    id: str
    day: date | None
    words: Sequence[str]


class Hashed(NamedTuple):
    """A text as it is compared: its id, the day it was published, the hashes of its runs of words as `runs_of` gives them."""

    id: str
    day: date | None
    runs: Runs


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an original against its copy: the same in both, only in one, or other words in its place."""

    what: Literal["kept", "dropped", "added", "changed"]
    original: Span | None  # None: added
    copy: Span | None  # None: dropped


def copies_among(texts: Iterable[Text]) -> tuple[Copy, ...]:
    """Each text that repeats an earlier one, with that one, by days of publication and ids, whatever the order they come in."""
    found: list[Copy] = []
    originals: list[Hashed] = []
    hashed = (Hashed(text.id, text.day, runs_of(text.words)) for text in texts)
    for day, group in groupby(sorted(hashed, key=lambda one: (one.day or date.max, one.id)), key=lambda one: one.day):
        of_day = list(group)
        copies = copies_of_day(of_day, [one for one in originals if _near(day, one.day)])
        prints = prints_among(copies)
        originals += [one for one in of_day if one.id not in prints]
        found += copies
    return tuple(found)


def copies_of_day(texts: Sequence[Hashed], before: Iterable[Hashed]) -> list[Copy]:
    """The copies among the texts of one day, in the order of their ids, given the originals of the days before that are near.

    Nothing else matters: what comes later, or lies further back, changes none of them.
    """
    originals: dict[str, Runs] = {}
    holding: defaultdict[int, list[str]] = defaultdict(list)

    def hold(text: Hashed) -> None:
        if len(text.runs) >= _FEWEST_RUNS:
            originals[text.id] = text.runs
            for run in _kept(text.runs):
                if len(holding[run]) < _BOILERPLATE:
                    holding[run].append(text.id)

    for text in before:
        hold(text)
    found = []
    for text in texts:
        if len(text.runs) < _FEWEST_RUNS:
            continue
        shared = {other for run in _kept(text.runs) for other in holding.get(run, ())}
        copies = [copy for other in sorted(shared) if (copy := _copy(other, text.id, originals[other], text.runs))]
        found += copies
        if not prints_among(copies):
            hold(text)
    return found


def prints_among(copies: Iterable[Copy]) -> dict[str, str]:
    """For each text that is only another print of an earlier one, the first of those it is a print of."""
    of: dict[str, str] = {}
    for copy in copies:
        if copy.resemblance >= _SAME:
            of.setdefault(copy.copy, copy.original)
    return of


def runs_of(words: Sequence[str]) -> Runs:
    """The hashes of a text's runs of words, each once, rising."""
    each = np.fromiter((crc32(word.encode("utf-8", "replace")) for word in words), np.uint32, len(words))
    runs = np.zeros(max(0, len(words) - _RUN + 1), np.uint32)
    for number in range(_RUN if len(runs) else 0):
        runs = runs * _MULTIPLIER + each[number : number + len(runs)]
    return np.unique(runs ^ runs >> _HALF)


def alignment(original: Tokens, copy: Tokens) -> tuple[Stretch, ...]:
    """What the copy keeps, drops, adds and changes of the original, in the order of the original.

    The runs of words that stand once in each text, in the same order in both, hold the two together; between them single words do. The
    time grows with the length of the texts (times its logarithm), however often words repeat.
    """
    return tuple(_stretches(original, copy, _matches(original.folded, copy.folded, _RUN)))


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= NEAR_DAYS


def _kept(runs: Runs) -> list[int]:
    found: list[int] = runs[runs % _KEPT_HASHES == 0].tolist()
    return found


def _copy(original: str, copy: str, first: Runs, second: Runs) -> Copy | None:
    shared = len(np.intersect1d(first, second, assume_unique=True))
    kept, resemblance = shared / min(len(first), len(second)), shared / max(len(first), len(second))
    if kept < _TRIMMED and 2 * kept * resemblance < _EDITED * (kept + resemblance):
        return None
    key = record_id("copy", original, copy)
    return Copy(id=key, original=original, copy=copy, kept=kept, resemblance=resemblance, rule=RULE)


def _matches(left: Sequence[str], right: Sequence[str], run: int) -> list[tuple[int, int]]:
    """Numbers of words that stand for each other, rising in both."""
    found: list[tuple[int, int]] = []
    one = other = 0
    for left_end, right_end in [*_anchors(left, right, run), (len(left), len(right))]:
        while one < left_end and other < right_end and left[one] == right[other]:
            found.append((one, other))
            one, other = one + 1, other + 1
        if left_end < one or right_end < other:
            continue
        back = 0
        while left_end - back > one and right_end - back > other and left[left_end - back - 1] == right[right_end - back - 1]:
            back += 1
        if run > 1:
            between = _matches(left[one : left_end - back], right[other : right_end - back], 1)
            found += [(one + first, other + second) for first, second in between]
        found += [(left_end - at, right_end - at) for at in range(back, 0, -1)]
        one, other = left_end, right_end
    return found


def _anchors(left: Sequence[str], right: Sequence[str], run: int) -> list[tuple[int, int]]:
    """Where runs of so many words begin that each text has once: the longest series that rises in both."""
    first, second = _once(left, run), _once(right, run)
    both = sorted((first[words], second[words]) for words in first.keys() & second.keys())
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


def _once(words: Sequence[str], run: int) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[at : at + run]) for at in range(len(words) - run + 1)]
    counts = Counter(runs)
    return {found: at for at, found in enumerate(runs) if counts[found] == 1}


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
