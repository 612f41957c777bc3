"""Fit the weights of lexicon/salience.toml: which words that can name a happening count as an event.

    python -m training.fit_salience            print the weights, as the table has them
    python -m training.fit_salience --write    write them into the table

One observation is a word that can name a happening in an article of training/corpus/written-*.jsonl, with its cues; it counts if the
annotation has an event there. The claims are those of the annotation, so that the weights do not learn the misreadings of claims. The
fit is a logistic regression with a ridge, by Newton's method; the same corpus and rules give the same weights to the last digit.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import riwaya.read.lexicon
from riwaya.arabic.words import tokens_in
from riwaya.read.events.happenings import candidates_in
from riwaya.read.events.salience import NEVER_COUNT
from riwaya.read.interchange import article_of
from riwaya.records import Article, Claim, Span, Teller
from training.regression import solved
from training.score import gold_spans

CORPUS = Path(__file__).parent / "corpus"
TABLE = Path(riwaya.read.lexicon.__file__).parent / "salience.toml"
KINDS = frozenset(("siege", "arrest", "aid", "meeting", "attack", "other"))  # the others' weights only tell the mix of the corpus
RIDGE, STEPS, LEAST_SEEN = 2.0, 12, 20
INTERCEPT = "any"

Observation = tuple[frozenset[str], bool]


def observations() -> Iterator[Observation]:
    """The cues of every candidate of the corpus, and whether it counts; those that never count teach nothing."""
    for path in sorted(CORPUS.glob("written-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            article = article_of(row := json.loads(line))
            text, statements, events = gold_spans(row)
            claims = tuple(claim_of(article, statement) for statement in statements)
            told = [Span(*event["trigger"]) for event in events]
            tokens = tokens_in(text)
            for candidate in candidates_in(article, tokens, claims)[0]:
                if not candidate.cues & NEVER_COUNT.keys():
                    span = tokens.span(candidate.trigger.first, candidate.trigger.last)
                    yield candidate.cues, any(span.start < end and start < span.end for start, end in told)


def claim_of(article: Article, statement: dict[str, Any]) -> Claim:
    """An annotated claim as if it had been read."""
    content, speaker = Span(*statement["content"]), Teller(role="speaker", kind=statement["kind"], words=None, name=None)
    return Claim(
        id=f"{article.id} {content}",
        cue=Span(*statement["cue"]),
        act=statement["act"],
        tellers=(speaker,),
        content=content,
        channel=None,
        form=statement["form"],
        rule="annotated",
        confidence=1.0,
    )


def weights_of(seen: list[Observation], least_seen: int = LEAST_SEEN) -> dict[str, float]:
    """The weight of every cue that is seen often enough, rounded to one decimal; those that round to nothing are left out."""
    counts = Counter(cue for cues, _ in seen for cue in cues if cue[:5] != "kind " or cue[5:] in KINDS)
    names = [INTERCEPT, *sorted(cue for cue, count in counts.items() if count >= least_seen)]
    number = {name: n for n, name in enumerate(names)}
    rows = [([0, *sorted(number[cue] for cue in cues if cue in number)], counted) for cues, counted in seen]
    weights = [0.0] * len(names)
    for _ in range(STEPS):
        weights = [weight + step for weight, step in zip(weights, _newton_step(rows, weights), strict=True)]
    rounded = {name: round(weight, 1) for name, weight in zip(names, weights, strict=True)}
    return {name: rounded[name] for name in sorted(rounded, key=lambda name: (name == INTERCEPT, -rounded[name], name)) if rounded[name]}


def _newton_step(rows: list[tuple[list[int], bool]], weights: list[float]) -> list[float]:
    size = len(weights)
    gradient = [-RIDGE * weight for weight in weights]
    curvature = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
    gradient[0] = curvature[0][0] = 0.0  # no ridge on the intercept
    for active, counted in rows:
        chance = 1 / (1 + math.exp(-sum(weights[n] for n in active)))
        for i in active:
            gradient[i] += counted - chance
            for j in active:
                curvature[i][j] += chance * (1 - chance)
    return solved(curvature, gradient)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of lexicon/salience.toml on training/corpus.")
    parser.add_argument("--write", action="store_true", help="write them into the table")
    seen = list(observations())
    lines = [f'"{cue}" = {weight}' for cue, weight in weights_of(seen).items()]
    if parser.parse_args().write:
        head, mark, weights = TABLE.read_text("utf-8").partition("[weights]")
        TABLE.write_text("\n".join((head + mark + weights.splitlines()[0], *lines, "")), "utf-8")
    print(f"# {len(seen)} words, of which {sum(counted for _, counted in seen)} count", *lines, sep="\n")


if __name__ == "__main__":
    main()
