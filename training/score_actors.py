"""Scores actor links against the wordings that a reader decided (actor-wordings.md says how they were drawn and decided).

    python -m training.score_actors [--news NEWS.jsonl.gz] [--wrong]

A wording is right if the link that covers most of it names one of its actors. `-` is right where nothing is linked or the link is
undecided; where a reader could not choose either, so is a link that stays undecided between actors of which one is his.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riwaya.read.interchange import article_of, row_of
from riwaya.read.reading import reading_of

HERE = Path(__file__).parent
WRITTEN = HERE / "actor-wordings.tsv"
NEWS = HERE / "actor-wordings-news.tsv"
NOBODY = "-"


@dataclass(frozen=True)
class Decided:
    """A wording that a reader decided."""

    article_id: str
    start: int
    end: int
    words: str  # as published, or the first 12 hex digits of their SHA-256
    actors: frozenset[str]  # keys; NOBODY where linking nothing is right


@dataclass
class Tally:
    """What became of the wordings."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def share_right(self) -> float:
        """Right ones of all."""
        return self.counts["right"] / max(1, self.counts["right"] + self.counts["wrong"])

    @property
    def share_right_of_linked(self) -> float:
        """Right ones of those that were linked to an actor."""
        return self.counts["linked right"] / max(1, self.counts["linked"])


def decided_in(file: Path) -> list[Decided]:
    """The decided wordings of a file."""
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()[1:]]
    return [Decided(row[0], int(row[1]), int(row[2]), row[3], frozenset(row[4].split("|"))) for row in rows]


def written_articles() -> Iterator[dict[str, Any]]:
    """The articles of the written corpus."""
    for file in sorted((HERE / "corpus").glob("written-*.jsonl")):
        yield from map(json.loads, filter(str.strip, file.read_text("utf-8").splitlines()))


def news_articles(file: Path) -> Iterator[dict[str, Any]]:
    """The articles of a gzipped collection."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def scored(wordings: Iterable[Decided], articles: Iterable[dict[str, Any]]) -> Tally:
    """Read the articles that have decided wordings, and count. Raises ValueError where the words do not stand where they should."""
    by_article: dict[str, list[Decided]] = {}
    for wording in wordings:
        by_article.setdefault(wording.article_id, []).append(wording)
    tally = Tally()
    for article in articles:
        if article["id"] in by_article:
            row = row_of(reading_of(article_of(article)), article["id"])
            for wording in by_article.pop(article["id"]):
                _count(tally, wording, row)
    if by_article:
        raise ValueError(f"{len(by_article)} articles of the decided wordings are missing")
    return tally


def _count(tally: Tally, wording: Decided, row: dict[str, Any]) -> None:
    words = row["text"][wording.start : wording.end]
    if wording.words not in (words, hashlib.sha256(words.encode()).hexdigest()[:12]):
        raise ValueError(f"{wording.article_id}: {wording.start} to {wording.end} are other words")
    link = _link_of(wording, row["actors"])
    named = link["actor_id"] if link else None
    ways = {"linked": named is not None, "undecided": link is not None and named is None, "not linked": link is None}
    tally.counts.update(way for way, holds in ways.items() if holds)
    right = _is_right(wording.actors, link)
    tally.counts["right" if right else "wrong"] += 1
    tally.counts["linked right"] += right and named is not None
    if not right:
        given = named or (f"undecided {' '.join(link['candidates'][:4])}" if link else "not linked")
        tally.wrong.append(f"{wording.article_id}: «{words}» is {' | '.join(sorted(wording.actors))}, given {given}")


def _is_right(actors: frozenset[str], link: dict[str, Any] | None) -> bool:
    if link is not None and link["actor_id"] is not None:
        return link["actor_id"] in actors
    if NOBODY in actors:
        return True
    return link is not None and len(actors) > 1 and bool(actors & set(link["candidates"]))


def _link_of(wording: Decided, links: list[dict[str, Any]]) -> dict[str, Any] | None:
    def covers(link: dict[str, Any]) -> int:
        start, end = link["span"]
        return int(min(end, wording.end) - max(start, wording.start))

    return max((link for link in links if covers(link) > 0), key=covers, default=None)


def main() -> None:
    """Print the shares, and with --wrong what went wrong."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--news", type=Path)
    arguments.add_argument("--wrong", action="store_true")
    given = arguments.parse_args()
    tallies = {"written": scored(decided_in(WRITTEN), written_articles())}
    if given.news:
        tallies["news"] = scored(decided_in(NEWS), news_articles(given.news))
    for name, tally in tallies.items():
        print(f"{name}: right {tally.share_right:.3f}, of those linked {tally.share_right_of_linked:.3f}; {dict(tally.counts)}")
        if given.wrong:
            print("\n".join(tally.wrong))


if __name__ == "__main__":
    main()
