"""Fit the weights of lexicon/times.toml: which of the times that a text tells belongs to which happening.

    python -m training.fit_times            print the weights, as the table has them
    python -m training.fit_times --write    write them into the table

The corpus is training/corpus/written-*.jsonl, with the claims of its annotation. For [own], one observation is an annotated happening and
a time of its sentence; for [narrative], an annotated happening to which its sentence gives no time and a time told elsewhere. It is right
if the annotation has its words, or its day. The fit is that of `training.fit_salience`.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import riwaya.read.lexicon
from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.events.happenings import Candidate, candidates_in, chosen_in
from riwaya.read.events.salience import Surroundings
from riwaya.read.events.times import Told, days_before, in_tense, narrative_cues, own_cues
from riwaya.read.interchange import article_of, date_of
from riwaya.records import Claim, Span
from training.fit_salience import CORPUS, Observation, claim_of, weights_of
from training.score import gold_spans

TABLE = Path(riwaya.read.lexicon.__file__).parent / "times.toml"
LEAST_SEEN = 15


def articles() -> Iterator[tuple[Any, Tokens, tuple[Claim, ...], list[dict[str, Any]]]]:
    """Each article of the corpus with its tokens, annotated claims and annotated events."""
    for path in sorted(CORPUS.glob("written-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            article = article_of(row := json.loads(line))
            text, statements, events = gold_spans(row)
            yield article, tokens_in(text), tuple(claim_of(article, statement) for statement in statements), events


def own_observations() -> Iterator[Observation]:
    """The cues of every time in the sentence of an annotated happening, and whether it is when that happened."""
    for article, tokens, claims, events in articles():
        candidates, around = candidates_in(article, tokens, claims)
        for candidate, event in annotated(candidates, tokens, events):
            times = around.times.get(around.stretch_of(candidate.trigger.first), [])
            right = _right(times, event, candidate, around)
            for time in times:
                yield frozenset(own_cues(candidate.trigger, time, around)), time in right


def narrative_observations() -> Iterator[Observation]:
    """The cues of every time that an annotated happening without one of its own may go on in, and whether it does."""
    for article, tokens, claims, events in articles():
        chosen, _, around = chosen_in(article, tokens, claims)
        for candidate, event in annotated(chosen, tokens, events):
            if candidate.when is None:
                told = Told(candidate.trigger, candidate.cues, candidate.status)
                for role, time in days_before(told.trigger, around):
                    right = event.get("date") is not None and date_of(time.days) == event["date"]
                    yield frozenset(narrative_cues(told, time, role, around)), right


def annotated(candidates: list[Candidate], tokens: Tokens, events: list[dict[str, Any]]) -> Iterator[tuple[Candidate, dict[str, Any]]]:
    """Each candidate whose word is that of an annotated happening, with the annotation."""
    for candidate in candidates:
        span = tokens.span(candidate.trigger.first, candidate.trigger.last)
        for event in events:
            if span.start < event["trigger"][1] and event["trigger"][0] < span.end:
                yield candidate, event
                break


def _right(times: list[TimeExpression], event: dict[str, Any], candidate: Candidate, around: Surroundings) -> list[TimeExpression]:
    """The times whose words the annotation has, else those of its day."""
    when = Span(*event["when"]) if event.get("when") else Span(0, 0)
    spans = [around.tokens.span(time.first, time.last) for time in times]
    named = [time for time, span in zip(times, spans, strict=True) if span.start < when.end and when.start < span.end]
    days = [in_tense(time, candidate.status, around.published) for time in times]
    dated = [time for time, read in zip(times, days, strict=True) if event.get("date") and read and date_of(read.days) == event["date"]]
    return [time for time in named if time in dated or not event.get("date")] or dated


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of lexicon/times.toml on training/corpus.")
    parser.add_argument("--write", action="store_true", help="write them into the table")
    write = parser.parse_args().write
    for name, observations in (("own", own_observations), ("narrative", narrative_observations)):
        seen = list(observations())
        lines = [f'"{cue}" = {weight}' for cue, weight in weights_of(seen, LEAST_SEEN).items()]
        print(f"# [{name}] {len(seen)} times, of which {sum(right for _, right in seen)} are right", *lines, sep="\n")
        if write:
            _write(name, lines)


def _write(name: str, lines: list[str]) -> None:
    """Put the weights of one part into the table, and forget what was read of it."""
    head, mark, rest = TABLE.read_text("utf-8").partition(f"[{name}]")
    _, following, tail = rest.partition("\n\n[")
    TABLE.write_text("\n".join((head + mark + rest.splitlines()[0], *lines)) + (following + tail if following else "\n"), "utf-8")
    riwaya.read.events.times.time_cues.cache_clear()


if __name__ == "__main__":
    main()
