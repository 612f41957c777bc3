"""What relating costs, and whether what is new costs the same however much there is: `python -m tests.bench.relating`.

Relates the 20,093 newspaper articles of ../shared/corpus/news-2015.jsonl.gz, where that lies beside the project, else our written corpus,
in the order of their days, one after the other, as a library does: outlines, copies, candidates and links of each new article against
those of the days around it; then groups and stories. Reading them, which takes longer, is not counted.
"""

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from riwaya.records import Link, Reading
from riwaya.relate.candidates import NEAR_DAYS, Window
from riwaya.relate.copies import Hashed, copies_of_day, prints_among, runs_of
from riwaya.relate.frequencies import written_frequencies
from riwaya.relate.judgements import Decided
from riwaya.relate.relating import groups_among, stories_in, words_of
from riwaya.relate.score import link_between
from riwaya.relate.sketches import Outline, outlines_of, sketch_of
from tests.bench.reading import NEWS, memory_mb, rows

MARKS = (5_000, 10_000, 20_000)
LAST = 1_000  # articles before a mark whose cost is the cost at that mark


class Bench:
    """What relating keeps, and how long each article took."""

    def __init__(self) -> None:
        self.outlines: list[Outline] = []
        self.links: list[Link] = []
        self.prints: dict[str, str] = {}
        self.seconds: list[float] = []
        self._window = Window()
        self._originals: deque[Hashed] = deque()

    def take(self, day: list[Reading]) -> None:
        """Relate the articles of one day, the earlier days being there."""
        begun = time.process_time()
        outlines = [outline for reading in day for outline in outlines_of(reading)]
        of = {reading.article.id: reading for reading in day}
        hashed = [Hashed(o.passage.id, o.day, runs_of(words_of(of[o.passage.article_id], o.passage))) for o in outlines]
        while self._originals and self._is_far(self._originals[0], hashed):
            self._originals.popleft()
        prints = prints_among(copies_of_day(sorted(hashed, key=lambda one: one.id), self._originals))
        self._originals += [one for one in hashed if one.id not in prints]
        self.prints |= prints
        self.outlines += outlines
        for outline in outlines:
            if outline.passage.id not in prints:
                self._link(outline)
        self.seconds += [(time.process_time() - begun) / len(day)] * len(day)

    def _link(self, outline: Outline) -> None:
        sketch = sketch_of(outline, written_frequencies())
        self.links += [link for other in self._window.candidates(sketch) if (link := link_between(sketch, other))]
        self._window.add(sketch)

    @staticmethod
    def _is_far(original: Hashed, today: list[Hashed]) -> bool:
        return bool(today and today[0].day and original.day and (today[0].day - original.day).days > NEAR_DAYS)


def days_of(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """The articles of each day together, in the order in which the days are told."""
    day: list[Reading] = []
    for reading in readings:
        if day and day[0].article.published != reading.article.published:
            yield day
            day = []
        day.append(reading)
    if day:
        yield day


def bench_relating(readings: Iterable[Reading]) -> None:
    """Relate these articles, which come in the order of their days, and print what it cost."""
    bench, kept = Bench(), {}
    for day in days_of(readings):
        bench.take(day)
        kept.update({reading.article.id: reading for reading in day})
    begun = time.process_time()
    passages = {outline.passage.id: outline.passage for outline in bench.outlines}
    article_of = {key: passage.article_id for key, passage in passages.items()}
    groups = groups_among(article_of, bench.links, Decided(), bench.prints)
    stories = list(stories_in(((group[0], group) for group in groups if len(group) > 1), passages, kept, bench.prints))
    last = time.process_time() - begun
    total = sum(bench.seconds) + last
    count = len(bench.seconds)
    print(f"relating: {count} articles in {total:.0f} s of processor time, {count / total:.0f} articles/s, ", end="")
    print(f"{len(bench.links)} links, {len(stories)} stories, groups and stories {last:.0f} s, peak memory {memory_mb():.0f} MB")
    costs = {mark: 1000 * sum(bench.seconds[mark - LAST : mark]) / LAST for mark in MARKS if mark <= count}
    for mark, cost in costs.items():
        print(f"  at {mark:6} articles a new one costs {cost:.1f} ms, {cost / costs[MARKS[0]]:.2f} of what it costs at {MARKS[0]}")


if __name__ == "__main__":
    print(f"on {NEWS.name if NEWS.exists() else 'the written corpus'}, Python {sys.version.split()[0]}")
    found = sorted(rows(), key=lambda row: row["published"])
    bench_relating(reading_of(article_of(row)) for row in islice(found, int(sys.argv[1]) if sys.argv[1:] else None))
