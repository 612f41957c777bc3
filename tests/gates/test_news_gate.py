"""A long measurement: every article of two weeks of newspapers is read, every span lies in its text, memory stays flat."""

import gzip
import json
import resource
import time

import pytest

from riwaya.read.interchange import article_of, row_of
from riwaya.read.reading import reading_of
from tests.gates.measure import SHARED

NEWS = SHARED / "corpus" / "news-2015.jsonl.gz"
_WARM = 5_000  # articles until the caches of words are as full as they get


@pytest.mark.long
def test_two_weeks_of_newspapers_are_read_in_flat_memory() -> None:
    if not NEWS.exists():
        pytest.skip(f"{NEWS.name} is not beside the project; the long measurement was not made")
    seconds, warm_mb, number = 0.0, 0.0, 0
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            started = time.perf_counter()
            reading = row_of(reading_of(article_of(row)), row["id"])
            seconds += time.perf_counter() - started
            length = len(reading["text"])
            spans = [claim[part] for claim in reading["claims"] for part in ("cue", "speaker", "content", "channel", "via")]
            spans += [event[part] for event in reading["events"] for part in ("trigger", "actor", "target", "place", "within", "when")]
            spans += [mention["span"] for mention in reading["mentions"]]
            assert all(0 <= start < end <= length for start, end in filter(None, spans)), row["id"]
            if number == _WARM:
                warm_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{number} articles, {number / seconds:.0f} articles/s, peak memory {warm_mb:.0f} MB after {_WARM}, {peak_mb:.0f} MB at the end"
    )
    assert peak_mb < 1.5 * warm_mb
