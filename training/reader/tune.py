"""How far to trust the network: tune the numbers of `riwaya.read.model.trust` on annotated newspaper articles that it never saw.

Each number is set, in turn, to the value that serves the figures it is there for. The figures printed are those of two folds: each half of
the articles scored with the numbers tuned on the other half. The numbers written are tuned on all.

    python -m training.reader.tune WEIGHTS ARTICLES.jsonl           # the figures
    python -m training.reader.tune WEIGHTS ARTICLES.jsonl --write   # the numbers
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.interchange import article_of, row_of
from riwaya.read.model.marks import marks_of
from riwaya.read.model.network import Network, Pointed, Sight
from riwaya.read.model.reader import Model
from riwaya.read.model.trust import Trust
from riwaya.read.model.weights import write_hashes
from riwaya.read.reading import reading_of
from riwaya.records import Reading
from training import score
from training.reader.reliability import findings, steps_of, table

EXACT, COARSE = "event, exact type", "event, coarse type"
PROBABILITIES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
MARGINS = (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 99.0)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
ODDS = (0.0, 0.5, 1.0, 2.0, 3.0, 99.0)
TIE = 0.005  # of F1
SERVES: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {  # in the order of tuning: which figures a number serves, and its values
    "cue_of_rules": (("claim found", "claim with its speaker"), PROBABILITIES),
    "cue_alone": (("claim found", "claim with its speaker"), PROBABILITIES),
    "claim_parts.content": (("claim with content >= 0.8",), MARGINS),
    "claim_parts.speaker": (("claim with its speaker",), MARGINS),
    "claim_parts.name": (("claim with its speaker",), MARGINS),
    "claim_parts.channel": (("channel",), MARGINS),
    "claim_parts.via": (("via",), MARGINS),
    "trigger": ((EXACT, COARSE), PROBABILITIES),
    "weight_of_rules": ((EXACT, COARSE), SHARES),
    "trigger_alone": ((EXACT, COARSE), PROBABILITIES),
    "kind_of_rules": ((EXACT, COARSE), ODDS),
    "status_of_rules": (("event status not actual",), ODDS),
    "toll_of_rules": (("toll (kind and number)",), PROBABILITIES),
    "event_parts.actor": (("event actor",), MARGINS),
    "event_parts.target": (("event target",), MARGINS),
    "event_parts.place": (("event place",), MARGINS),
    "event_parts.when": (("event date",), MARGINS),
}
Counts = dict[str, tuple[int, int, int]]  # facet -> right, made, true


class Remembered(Sight):
    """A sight that asks the network once for each cue and trigger."""

    def __init__(self, sight: Sight) -> None:
        super().__init__(sight._network, sight.windows, sight._words, sight.tags)
        self._known: dict[tuple[str, tuple[int, int]], Pointed] = {}

    def pointed(self, kind: str, anchors: list[tuple[int, int]]) -> dict[tuple[int, int], Pointed]:
        """As the sight itself."""
        new = [anchor for anchor in anchors if (kind, anchor) not in self._known]
        self._known.update({(kind, anchor): found for anchor, found in super().pointed(kind, new).items()})
        return {anchor: self._known[kind, anchor] for anchor in anchors if (kind, anchor) in self._known}


@dataclass
class Case:
    """An annotated article with all that does not depend on the numbers."""

    row: dict[str, Any]
    ruled: Reading
    tokens: Tokens
    sight: Sight


class _Shown(Network):
    """A network that has already looked."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    def look(self, tokens: Tokens, title: Tokens, marks: Any) -> Sight:
        """What it saw."""
        return self._sight


def cases_of(rows: Iterable[dict[str, Any]], network: Network) -> list[Case]:
    """Look at every article once."""
    cases = []
    for row in rows:
        article = article_of(row)
        tokens, ruled = tokens_in(article.text), reading_of(article)
        sight = network.look(tokens, tokens_in(article.title), marks_of(ruled, tokens))
        cases.append(Case(row, ruled, tokens, Remembered(sight)))
    return cases


def reading_by(case: Case, trust: Trust) -> dict[str, Any]:
    """The reading with these numbers."""
    return row_of(Model(_Shown(case.sight), trust).reread(case.ruled, case.tokens), case.row["id"])


def counts_of(case: Case, trust: Trust) -> Counts:
    """How the reading with these numbers fares."""
    tally, _ = score.score([case.row], {case.row["id"]: reading_by(case, trust)})
    return {facet: (right, made, true) for facet, _, _, _, right, made, true in tally.rows()}


def pooled(counts: Iterable[Counts]) -> dict[str, tuple[float, int, int, int]]:
    """F1 with right, made and true over many articles."""
    right, made, true = Counter[str](), Counter[str](), Counter[str]()
    for count in counts:
        for facet, (r, m, t) in count.items():
            right[facet] += r
            made[facet] += m
            true[facet] += t
    return {facet: (2 * right[facet] / max(1, made[facet] + true[facet]), right[facet], made[facet], true[facet]) for facet in true}


def tuned(cases: list[Case], trust: Trust) -> Trust:
    """The numbers that serve these articles best, one after the other; of values about as good the one nearest to the given.

    A value is weighed with its neighbours on the scale, half as heavy each: a peak that stands alone is chance. About as good is what falls
    short of the best by less than `TIE`: the rules were made while the errors in these articles were read, the network never saw
    them, and so what the rules seem to have before it here is in part not there elsewhere.
    """
    for name, (facets, values) in SERVES.items():
        held = number_of(trust, name)
        served = []
        for value in values:
            figures = pooled(counts_of(case, with_number(trust, name, value)) for case in cases)
            served.append(sum(figures[facet][0] for facet in facets))
        around = [served[0], *served, served[-1]]
        evened = [before + 2 * here + after for before, here, after in zip(around, served, around[2:], strict=False)]
        good = [at for at in range(len(values)) if evened[at] >= max(evened) - 4 * TIE * len(facets)]
        best = min(good, key=lambda at: (abs(values[at] - held), -evened[at]))
        trust = with_number(trust, name, values[best])
    return trust


def number_of(trust: Trust, name: str) -> float:
    """The number of a name such as `trigger` or `event_parts.actor`."""
    table, _, part = name.partition(".")
    value = getattr(trust, table)
    return float(value[part] if part else value)


def with_number(trust: Trust, name: str, value: float) -> Trust:
    """The numbers with one of them changed."""
    table, _, part = name.partition(".")
    return replace(trust, **{table: {**getattr(trust, table), part: value} if part else value})


def main() -> None:
    """Print the figures of two folds beside those of the rules; or, with `--write`, tune on all and put the numbers beside the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--quick", action="store_true", help="score the numbers as they are")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.articles.read_text(encoding="utf-8").splitlines() if line.strip()]
    cases = cases_of(rows, Network(options.weights))
    if options.write:
        trust = Trust() if options.quick else tuned(cases, Trust())
        reliability = steps_of(each for case in cases for each in findings(case.row, reading_by(case, trust)))
        (options.weights / "trust.toml").write_text(_as_toml(replace(trust, reliability=reliability)))
        write_hashes(options.weights)
    else:
        print_folds(cases, quick=options.quick)


def print_folds(cases: list[Case], *, quick: bool) -> None:
    """The figures of two folds, each read with the numbers tuned on the other, the numbers, and how reliable each fold's confidence is."""
    alone = pooled(_counts_of_rules(case) for case in cases)
    halves = cases[::2], cases[1::2]
    numbers = (Trust(), Trust()) if quick else (tuned(halves[1], Trust()), tuned(halves[0], Trust()))
    both = pooled(counts_of(case, trust) for half, trust in zip(halves, numbers, strict=True) for case in half)
    print(f"{'':28}   rules    both   right/made/true")
    for facet, (f1, right, made, true) in both.items():
        print(f"{facet:28} {alone[facet][0]:7.3f} {f1:7.3f}   {right}/{made}/{true}")
    for name in SERVES:
        print(f"{name:24} {number_of(numbers[0], name):6} {number_of(numbers[1], name):6}")
    found = [
        [each for case in half for each in findings(case.row, reading_by(case, trust))] for half, trust in zip(halves, numbers, strict=True)
    ]
    for these, others in (found, found[::-1]):
        print(table(steps_of(others), these))


def _counts_of_rules(case: Case) -> Counts:
    tally, _ = score.score([case.row], {case.row["id"]: row_of(case.ruled, case.row["id"])})
    return {facet: (right, made, true) for facet, _, _, _, right, made, true in tally.rows()}


def _as_toml(trust: Trust) -> str:
    numbers = asdict(trust)
    plain = [f"{name} = {value}" for name, value in numbers.items() if not isinstance(value, dict)]
    tables = [
        f"[{name}]\n" + "\n".join(f'"{key}" = {entry}' for key, entry in table.items())
        for name, table in numbers.items()
        if isinstance(table, dict)
    ]
    return (
        "# Written by training.reader.tune; riwaya.read.model.trust tells what each number is.\n"
        + "\n".join(plain)
        + "\n\n"
        + "\n\n".join(tables)
        + "\n"
    )


if __name__ == "__main__":
    main()
