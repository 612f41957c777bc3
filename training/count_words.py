"""Count in how many passages of the written corpus each word and name stands: what a new library begins with.

    python -m training.count_words --write

Those of at least three passages are kept; the first line of relate/frequencies.tsv is the number of passages.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import riwaya.relate
from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from riwaya.relate.sketches import outlines_of
from training.fit_salience import CORPUS

TABLE = Path(riwaya.relate.__path__[0]) / "frequencies.tsv"
LEAST = 3


def counted() -> str:
    """The table as text."""
    counts: Counter[str] = Counter()
    passages = 0
    for path in sorted(CORPUS.glob("written-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            for outline in outlines_of(reading_of(article_of(json.loads(line)))):
                counts.update(outline.terms)
                passages += 1
    rows = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    return "\n".join([str(passages), *(f"{word}\t{count}" for word, count in rows)]) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    table = counted()
    if parser.parse_args().write:
        TABLE.write_text(table, encoding="utf-8")
    else:
        print(table, end="")
