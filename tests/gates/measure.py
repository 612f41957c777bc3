"""Readings against annotated articles: what the gates print and hold to their floors."""

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riwaya.read.interchange import article_of, row_of
from riwaya.read.reading import model_for, reading_of
from riwaya.records import ReaderKind
from training import score

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"


@dataclass(frozen=True)
class Measured:
    """Scores of one corpus: F1 by facet with right / made / true, and per rule how many claims were right."""

    corpus: str
    articles: int
    f1: dict[str, float]
    counts: dict[str, tuple[int, int, int]]
    rules: dict[str, tuple[int, int]]
    found: dict[str, str]  # article id -> one letter a gold claim, "1" where it was found
    gold: dict[str, dict[str, Any]]

    def table(self) -> str:
        """The figures as lines of text."""
        lines = [f"\n{self.corpus}: {self.articles} articles", f"{'':28} precision  recall     f1   right/made/true"]
        for facet, (right, made, true) in self.counts.items():
            precision, recall = right / made if made else 0.0, right / true if true else 0.0
            lines.append(f"{facet:28} {precision:9.3f} {recall:7.3f} {self.f1[facet]:6.3f}   {right}/{made}/{true}")
        lines.append(f"\n{'claims by rule':28}   found   right   wrong")
        lines += [
            f"{rule:28} {made:7} {right:7} {made - right:7}" for rule, (made, right) in sorted(self.rules.items(), key=lambda r: -r[1][0])
        ]
        return "\n".join(lines)


def corpus_hash(paths: list[Path]) -> str:
    """SHA-256 over the files of a corpus, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def measured(corpus: str, paths: list[Path], reader: ReaderKind = "rules") -> Measured:
    """Read every article of the corpus by the present rules, or by rules and model, and score the readings."""
    model = model_for(reader)
    gold = [json.loads(line) for path in sorted(paths) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    readings = {row["id"]: row_of(reading_of(article_of(row), model=model), row["id"]) for row in gold}
    tally, _ = score.score(gold, readings)
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    found: dict[str, str] = {}
    for article in gold:
        _, claims, _ = score.gold_spans(article)
        read = readings[article["id"]]["claims"]
        pairs = score.pair(claims, read, score.claim_score)
        made.update(claim["rule"] for claim in read)
        right.update(read[j]["rule"] for _, j in pairs)
        hits = {i for i, _ in pairs}
        found[article["id"]] = "".join("1" if i in hits else "0" for i in range(len(claims)))
    rows = {name: (f1, (r, m, t)) for name, _, _, f1, r, m, t in tally.rows()}
    return Measured(
        corpus=corpus,
        articles=len(gold),
        f1={name: f1 for name, (f1, _) in rows.items()},
        counts={name: counts for name, (_, counts) in rows.items()},
        rules={rule: (made[rule], right[rule]) for rule in made},
        found=found,
        gold={article["id"]: article for article in gold},
    )


def changed(before: dict[str, str], now: Measured) -> list[str]:
    """One line for every annotated claim that is found now and was not before, or the other way round."""
    lines = []
    by_kind: defaultdict[str, int] = defaultdict(int)
    for article, bits in now.found.items():
        old = before.get(article, bits)
        for number, (was, is_now) in enumerate(zip(old, bits, strict=False)):
            if was != is_now:
                kind = "newly found" if is_now == "1" else "lost"
                by_kind[kind] += 1
                claim = now.gold[article]["statements"][number]
                lines.append(f"{kind}: {article} «{claim['cue']}» {claim['from']} ...")
    return [f"{count} claims {kind}" for kind, count in by_kind.items()] + lines
