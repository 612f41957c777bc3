"""Which passages are worth comparing: those of near days that share rare words, found by an index of words, never all pairs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from riwaya.relate.sketches import Sketch

NEAR_DAYS = 3  # between the days on which two articles were published
_LEAST_ALIKE = 0.06  # likeness of their words


class Window:
    """Passages by day and by the words that may lead to them.

    Whether two passages are candidates follows from the two alone, not from what else is in the window; adding one, and looking for the
    candidates of one, takes a time that depends on the passages of the days around it. What has no date is compared with what has none.
    """

    def __init__(self, sketches: Iterable[Sketch] = ()) -> None:
        self._holding: defaultdict[tuple[int, str], list[Sketch]] = defaultdict(list)
        for sketch in sketches:
            self.add(sketch)

    def add(self, sketch: Sketch) -> None:
        """Take a passage into the index."""
        for word in sketch.words:
            self._holding[_number(sketch.of.day), word].append(sketch)

    def candidates(self, sketch: Sketch) -> list[Sketch]:
        """The passages of other articles on near days that are like this one in their rare words, in the order of their ids."""
        alike: defaultdict[str, float] = defaultdict(float)
        met: dict[str, Sketch] = {}
        for day in _near(sketch.of.day):
            for word, weight in sketch.words.items():
                for other in self._holding.get((day, word), ()):
                    alike[other.id] += weight * other.words[word]
                    met[other.id] = other
        article = sketch.of.passage.article_id
        return [met[key] for key in sorted(alike) if alike[key] >= _LEAST_ALIKE and met[key].of.passage.article_id != article]


def _number(day: date | None) -> int:
    """The number of a day; 0, which is none, for what has no date."""
    return day.toordinal() if day else 0


def _near(day: date | None) -> range:
    number = _number(day)
    return range(number - NEAR_DAYS, number + NEAR_DAYS + 1) if number > NEAR_DAYS else range(number, number + 1)
