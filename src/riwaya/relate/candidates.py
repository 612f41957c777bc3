"""Which passages are worth comparing: those of near days that share rare words, found by an index of words, never all pairs."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import numpy as np

from riwaya.relate.sketches import Sketch

NEAR_DAYS = 3  # between the days on which two articles were published
_LEAST_ALIKE = 0.06  # likeness of their words
_BLOCK_DAYS = 2 * NEAR_DAYS + 1  # passages are indexed by blocks of so many days; what is near lies in two of them


class _Block:
    """The passages of some days, and for each word which of them have it with what weight."""

    def __init__(self) -> None:
        self.sketches: list[Sketch] = []
        self._days = array("q")
        self._holding: defaultdict[str, tuple[array[int], array[float]]] = defaultdict(lambda: (array("q"), array("d")))

    def add(self, sketch: Sketch) -> None:
        """Take a passage into the block."""
        for word, weight in sketch.words.items():
            numbers, weights = self._holding[word]
            numbers.append(len(self.sketches))
            weights.append(weight)
        self._days.append(_number(sketch.of.day))
        self.sketches.append(sketch)

    def alike(self, sketch: Sketch, near: range) -> Iterable[Sketch]:
        """The passages of these days that are like this one in their words."""
        likeness = np.zeros(len(self.sketches))
        for word, weight in sketch.words.items():
            if word in self._holding:
                numbers, weights = self._holding[word]
                likeness[np.frombuffer(numbers, np.int64)] += weight * np.frombuffer(weights, np.float64)
        days = np.frombuffer(self._days, np.int64)
        found = np.flatnonzero((likeness >= _LEAST_ALIKE) & (days >= near.start) & (days < near.stop))
        return (self.sketches[number] for number in found)


class Window:
    """Passages by day and by the words that may lead to them.

    Whether two passages are candidates follows from the two alone, not from what else is in the window; adding one, and looking for the
    candidates of one, takes a time that depends on the passages of the days around it. What has no date is compared with what has none.
    """

    def __init__(self, sketches: Iterable[Sketch] = ()) -> None:
        self._blocks: defaultdict[int, _Block] = defaultdict(_Block)
        for sketch in sketches:
            self.add(sketch)

    def add(self, sketch: Sketch) -> None:
        """Take a passage into the index."""
        self._blocks[_number(sketch.of.day) // _BLOCK_DAYS].add(sketch)

    def candidates(self, sketch: Sketch) -> list[Sketch]:
        """The passages of other articles on near days that are like this one in their rare words, in the order of their ids."""
        near = _near(sketch.of.day)
        numbers = range(near.start // _BLOCK_DAYS, near[-1] // _BLOCK_DAYS + 1)
        met = [other for number in numbers if number in self._blocks for other in self._blocks[number].alike(sketch, near)]
        article = sketch.of.passage.article_id
        return sorted((other for other in met if other.of.passage.article_id != article), key=lambda other: other.id)


def _number(day: date | None) -> int:
    """The number of a day; 0, which is none, for what has no date."""
    return day.toordinal() if day else 0


def _near(day: date | None) -> range:
    """The numbers of the days around a day; what has no date has none around it, nor do the first days of the calendar lead to it."""
    number = _number(day)
    return range(max(1, number - NEAR_DAYS), number + NEAR_DAYS + 1) if number else range(1)
