"""How long a library takes to relate articles, and whether a new one costs the same however many there are: `make bench`.

    python -m tests.bench.relating [NEWS.jsonl.gz] [--sizes 5000 10000 20000] [--new 90]

Reads the articles by rules (not timed), takes them in by days of publication, and relates them when there are 5, 10 and 20 thousand.
At each of these sizes the next ninety articles come and are related by themselves: that is the cost of a new article.
"""

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from riwaya import Library, Reading
from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from tests.bench.reading import NEWS, memory_mb
from tests.libraries import take_in


def readings(news: Path, most: int) -> list[Reading]:
    """The first articles of a file by their days, read by rules."""
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        rows = sorted(map(json.loads, lines), key=lambda row: (row["published"], row["id"]))[:most]
    return [reading_of(article_of(row)) for row in rows]


def bench_library(read: Sequence[Reading], sizes: Sequence[int], new: int) -> None:
    """Relate these readings in a library of their own, and print what it took."""
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "library") as library:
        done, seconds, cost = 0, 0.0, {}
        for size in [each for each in sizes if each + new <= len(read)]:
            take_in(library, read[done:size])
            seconds += _seconds(library)
            take_in(library, read[size : size + new])
            cost[size] = _seconds(library) / new
            done = size + new
            counts = f"{library.accounting.count()} stories, peak memory {memory_mb():.0f} MB"
            print(f"  {size:6} articles  one of {new} new costs {1000 * cost[size]:.0f} ms  ({counts})", flush=True)
        take_in(library, read[done:])
        seconds += _seconds(library) + sum(each * new for each in cost.values())
        print(f"relating {len(read)} articles in a library: {seconds:.0f} s, {len(read) / seconds:.1f} articles/s, ", end="")
        print(f"peak memory {memory_mb():.0f} MB, {library.accounting.count()} stories")
        if len(cost) > 1:
            print(f"a new article at {max(cost)} costs {cost[max(cost)] / cost[min(cost)]:.2f} times what it costs at {min(cost)}")


def _seconds(library: Library) -> float:
    """Processor time, since others may be using the machine."""
    started = time.process_time()
    library.accounting.relate()
    return time.process_time() - started


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("news", nargs="?", type=Path, default=NEWS)
    parser.add_argument("--sizes", nargs="+", type=int, default=[5000, 10_000, 20_000])
    parser.add_argument("--new", type=int, default=90)
    options = parser.parse_args()
    if options.news.exists():
        bench_library(readings(options.news, max(options.sizes) + options.new), options.sizes, options.new)
    else:
        print(f"{options.news} is not there: relating is not measured")
