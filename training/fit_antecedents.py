"""Fit the weights of lexicon/antecedents.toml: who is meant by a cue of reporting that names nobody.

    python -m training.fit_antecedents            print the weights, as the table has them
    python -m training.fit_antecedents --write    write them into the table

One observation is a cue without a speaker in an article of training/corpus/written-*.jsonl that the annotation has too: the cues of those
mentioned before it, and which of them the annotation names; a cue whose speaker is not among them teaches nothing. What follows in an
article is read with the annotated speakers, so that the weights do not learn from their own mistakes. The fit is a conditional logistic
regression with a ridge, by Newton's method; the same corpus and rules give the same weights to the last digit.
"""

import argparse
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import riwaya.read.lexicon
from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.claims.antecedents import Candidate
from riwaya.read.claims.frames import Frame
from riwaya.read.claims.people import Person
from riwaya.read.claims.statements import frames_in
from riwaya.read.claims.turns import Turns, likeliest
from riwaya.records import Span
from training.regression import solved
from training.score import gold_spans, iou, overlap, pair, same_name

CORPUS = Path(__file__).parent / "corpus"
TABLE = Path(riwaya.read.lexicon.__file__).parent / "antecedents.toml"
RIDGE, STEPS, LEAST_SEEN = 8.0, 12, 15

Observation = tuple[list[frozenset[str]], int]  # the cues of each candidate, and the number of the right one


def observations() -> tuple[list[Observation], int]:
    """The candidates of every cue of the corpus without a speaker, and how many cues had the right one not among them."""
    seen: list[Observation] = []
    missed = 0
    for path in sorted(CORPUS.glob("written-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            missed += _observe(json.loads(line), seen)
    return seen, missed


def _observe(row: dict[str, Any], seen: list[Observation]) -> int:
    """Add the observations of one article; returns how many cues have a speaker who is not among the candidates."""
    text, statements, _ = gold_spans(row)
    tokens = tokens_in(text)
    reader, frames = frames_in(tokens)
    names = _names(tokens, frames, statements)
    missed = 0

    def annotated(frame: Frame, found: list[Candidate]) -> Person | None:
        nonlocal missed
        if frame.cue_range[0] not in names:
            return likeliest(frame, found)
        for number, candidate in enumerate(found):
            if same_name(tokens.words_of(tokens.span(*candidate.person.name)), *names[frame.cue_range[0]]):
                seen.append(([other.cues for other in found], number))
                return candidate.person
        missed += 1
        return None

    Turns(reader, frames, row.get("title") or "", annotated)
    return missed


def _names(tokens: Tokens, frames: list[Frame], statements: list[dict[str, Any]]) -> dict[int, list[str]]:
    """The annotated name and words of each frame's speaker, by the token of its cue."""
    made = [(tokens.span(*frame.cue_range), tokens.span(frame.content, max(frame.end, frame.content + 1))) for frame in frames]

    def alike(statement: dict[str, Any], claim: tuple[Span, Span]) -> float:
        same = bool(overlap(statement["cue"], claim[0]))
        return iou(statement["content"], claim[1]) + same if same else 0.0

    text = tokens.text
    return {
        frames[j].cue_range[0]: [statements[i]["name"], text[slice(*statements[i]["speaker"])] if statements[i]["speaker"] else ""]
        for i, j in pair(statements, made, alike)
    }


def weights_of(seen: list[Observation]) -> dict[str, float]:
    """The weight of every cue that is seen often enough, rounded to one decimal; those that round to nothing are left out."""
    counts = Counter(cue for found, _ in seen for cues in found for cue in cues)
    names = sorted(cue for cue, count in counts.items() if count >= LEAST_SEEN)
    number = {name: n for n, name in enumerate(names)}
    rows = [([sorted(number[cue] for cue in cues if cue in number) for cues in found], right) for found, right in seen]
    weights = [0.0] * len(names)
    for _ in range(STEPS):
        step, best = _newton_step(rows, weights), _likelihood(rows, weights)
        while _likelihood(rows, moved := [weight + part for weight, part in zip(weights, step, strict=True)]) < best - 1e-9:
            step = [part / 2 for part in step]
        weights = moved
    return {name: round(weight, 1) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.05}


def _likelihood(rows: list[tuple[list[list[int]], int]], weights: list[float]) -> float:
    """The logarithm of the likelihood, less the ridge."""
    total = -RIDGE / 2 * math.fsum(weight * weight for weight in weights)
    for found, right in rows:
        sums = [math.fsum(weights[n] for n in active) for active in found]
        top = max(sums)
        total += sums[right] - top - math.log(math.fsum(math.exp(value - top) for value in sums))
    return total


def _newton_step(rows: list[tuple[list[list[int]], int]], weights: list[float]) -> list[float]:
    size = len(weights)
    gradient = [-RIDGE * weight for weight in weights]
    curvature = [[RIDGE * (i == j) for j in range(size)] for i in range(size)]
    for found, right in rows:
        sums = [math.fsum(weights[n] for n in active) for active in found]
        top = max(sums)
        chances = [math.exp(value - top) for value in sums]
        total = math.fsum(chances)
        mean: dict[int, float] = {}
        for active, chance in zip(found, chances, strict=True):
            for i in active:
                mean[i] = mean.get(i, 0.0) + chance / total
        for i in found[right]:
            gradient[i] += 1.0
        for i, share in mean.items():
            gradient[i] -= share
            for j, other in mean.items():
                curvature[i][j] -= share * other
        for active, chance in zip(found, chances, strict=True):
            for i in active:
                for j in active:
                    curvature[i][j] += chance / total
    return solved(curvature, gradient)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of lexicon/antecedents.toml on training/corpus.")
    parser.add_argument("--write", action="store_true", help="write them into the table")
    write = parser.parse_args().write
    seen, missed = observations()
    fitted = weights_of(seen)
    lines = [f'"{cue}" = {weight}' for cue, weight in fitted.items()]
    if write:
        head, mark, weights = TABLE.read_text("utf-8").partition("[weights]")
        TABLE.write_text("\n".join((head + mark + weights.splitlines()[0], *lines, "")), "utf-8")
    right = sum(_chosen(found, fitted) == number for found, number in seen)
    print(f"# {len(seen)} cues, of which {right} are right with these weights; of {missed} more the speaker is not among the candidates")
    print(*lines, sep="\n")


def _chosen(found: list[frozenset[str]], weights: dict[str, float]) -> int:
    sums = [math.fsum(weights.get(cue, 0.0) for cue in cues) for cues in found]
    return sums.index(max(sums))


if __name__ == "__main__":
    main()
