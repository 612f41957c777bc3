"""Fit the weights of relate/weights.toml: what each reason says about two passages telling one happening.

    python -m training.fit_links            print the weights, as the table has them
    python -m training.fit_links --write    write them into the table

One observation is a pair of candidate passages of two items of the written corpus; it is right if both items report the same incident
(the field `incident`). Where an item has several passages, the one most like the other items of its incident is taken to tell it, and
pairs with its other passages are left out. Two files more may be given, articles and incidents as score_stories.py has them, to fit on
annotated incidents of other news too (--articles, --incidents): pairs of annotated articles alone are observed there.
"""

import argparse
import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import riwaya.relate
from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from riwaya.relate.candidates import Window
from riwaya.relate.frequencies import frequencies_of
from riwaya.relate.reasons import AGAINST, REASONS
from riwaya.relate.sketches import Outline, Sketch, likeness, outlines_of, sketch_of
from training.fit_salience import CORPUS

TABLE = Path(riwaya.relate.__path__[0]) / "weights.toml"
RIDGE, STEPS = 1.0, 15
WRITTEN_COUNTS = 3  # times each pair of the written corpus, beside other news that has some fifteen times as many
NAMES = ["any", *(condition.__name__ for condition in REASONS)]
HEAD = """# What each reason adds to the score of a link at full strength, in logits; "any" is where a pair with no reason stands.
# Fitted by training.fit_links: run it after a change of reasons.

[weights]
"""

Row = tuple[list[float], bool]


def written() -> tuple[list[Outline], dict[str, set[str]]]:
    """The outlines of the written corpus, and the incidents of each article id."""
    rows = [json.loads(line) for path in sorted(CORPUS.glob("written-*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    incidents = {article_of(row).id: {row["incident"]} if row.get("incident") else set() for row in rows}
    return [outline for row in rows for outline in outlines_of(reading_of(article_of(row)))], incidents


def annotated(articles: Path, incidents: Path, days: set[str]) -> tuple[list[Outline], dict[str, set[str]]]:
    """The same of a file of articles of these days, and of the incidents annotated in it."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for incident in json.loads(incidents.read_text("utf-8")):
        for account in incident["accounts"]:
            known[account["id"]].add(incident["key"])
    outlines: list[Outline] = []
    keys = {}
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["published"] in days:
                article = article_of(row)
                outlines += outlines_of(reading_of(article))
                if row["id"] in known:
                    keys[article.id] = known[row["id"]]
    return outlines, keys


def observations(outlines: list[Outline], incidents: dict[str, set[str]]) -> Iterator[Row]:
    """The strength of every reason for each pair of candidates among the annotated, and whether both tell one incident."""
    frequencies = frequencies_of(outline.terms for outline in outlines)
    sketches = [sketch_of(outline, frequencies) for outline in outlines if outline.passage.article_id in incidents]
    about = _about(sketches, incidents)
    window = Window(sketches)
    for one in sketches:
        for other in window.candidates(one):
            if one.id < other.id:
                told = about[one.id] & about[other.id]
                if told or not incidents[one.of.passage.article_id] & incidents[other.of.passage.article_id]:
                    mets = [condition(one, other) for condition in REASONS]
                    yield [1.0, *(met.strength if met else 0.0 for met in mets)], bool(told)


def _about(sketches: list[Sketch], incidents: dict[str, set[str]]) -> dict[str, set[str]]:
    """Which incident each passage tells: the one of an article most like the other articles of the incident."""
    of_article: defaultdict[str, list[Sketch]] = defaultdict(list)
    for sketch in sketches:
        of_article[sketch.of.passage.article_id].append(sketch)
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for article, keys in incidents.items():
        for key in keys:
            articles[key].add(article)
    about: dict[str, set[str]] = {sketch.id: set() for sketch in sketches}
    for key, members in articles.items():
        for article in members & of_article.keys():
            others = [of_article[other] for other in members - {article} if other in of_article]
            best = max(of_article[article], key=lambda s: (sum(max(likeness(s.words, o.words) for o in other) for other in others), s.id))
            about[best.id].add(key)
    return about


def weights_of(rows: Iterable[Row]) -> dict[str, float]:
    """Logistic regression in which a reason for never weighs less than nothing, and one against never more: what would is left out."""
    data = list(rows)
    signs = [0, *(-1 if condition in AGAINST else 1 for condition in REASONS)]
    kept = list(range(len(NAMES)))
    while True:
        weights = dict(zip(kept, _fitted(data, kept), strict=True))
        wrong = [at for at in kept if signs[at] * weights[at] < 0]
        if not wrong:
            return {name: weights.get(at, 0.0) for at, name in enumerate(NAMES)}
        kept.remove(max(wrong, key=lambda at: abs(weights[at])))


def _fitted(data: list[Row], kept: list[int]) -> list[float]:
    """Logistic regression on these reasons with a ridge, by Newton's method; the right and the wrong pairs weigh the same in all."""
    half = len(data) / 2
    counts = {verdict: max(1, sum(right is verdict for _, right in data)) for verdict in (True, False)}
    weights = [0.0] * len(kept)
    for _ in range(STEPS):
        gradient = [-RIDGE * weight if at else 0.0 for at, weight in enumerate(weights)]
        hessian = [[RIDGE if row == column and row else 0.0 for column in range(len(kept))] for row in range(len(kept))]
        for strengths, right in data:
            present = [(at, strengths[of]) for at, of in enumerate(kept) if strengths[of]]
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[at] * strength for at, strength in present)))))
            share = half / counts[right]
            for at, strength in present:
                gradient[at] += share * (right - chance) * strength
                for column, other in present:
                    hessian[at][column] += share * chance * (1 - chance) * strength * other
        step = _solved(hessian, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    return weights


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a small linear system, by elimination with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        if not rows[at][at]:
            continue
        for row in range(size):
            if row != at and rows[row][at]:
                factor = rows[row][at] / rows[at][at]
                rows[row] = [value - factor * above for value, above in zip(rows[row], rows[at], strict=True)]
    return [row[-1] / row[at] if row[at] else 0.0 for at, row in enumerate(rows)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--incidents", type=Path)
    parser.add_argument("--days", nargs="*", default=[])
    options = parser.parse_args()
    rows = list(observations(*written()))
    if options.articles:
        rows = WRITTEN_COUNTS * rows
        rows += observations(*annotated(options.articles, options.incidents, set(options.days)))
    lines = [f"{name} = {weight:.2f}" for name, weight in weights_of(rows).items()]
    table = HEAD + "\n".join(lines) + "\n"
    if options.write:
        TABLE.write_text(table, encoding="utf-8")
    print(f"# {len(rows)} pairs, {sum(right for _, right in rows)} of one happening")
    print(table, end="")


if __name__ == "__main__":
    main()
