"""Fit the weights of lexicon/whereabouts.toml: which of the places that a sentence names belongs to which happening.

    python -m training.fit_places            print the weights, as the table has them
    python -m training.fit_places --write    write them into the table

The corpus is training/corpus/written-*.jsonl, with the claims of its annotation. One observation is an annotated happening and a place of
its sentence; it is right if the annotation has its words. The fit is that of `training.fit_salience`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import riwaya.read.lexicon
from riwaya.read.events.happenings import candidates_in
from riwaya.read.events.whereabouts import able, weights
from training.fit_salience import Observation, weights_of
from training.fit_times import annotated, articles
from training.score import overlap, same_name

TABLE = Path(riwaya.read.lexicon.__file__).parent / "whereabouts.toml"
LEAST_SEEN = 15


def observations() -> Iterator[Observation]:
    """The cues of every place in the sentence of an annotated happening, and whether it is where that happened."""
    for article, tokens, claims, events in articles():
        candidates, around = candidates_in(article, tokens, claims)
        for candidate, event in annotated(candidates, tokens, events):
            places = list(able(candidate.trigger, candidate.kind, around))
            want = event.get("place")
            name = tokens.text[slice(*want)] if want else ""
            named = [place for place, _ in places if want and overlap(want, place.span)]
            named = named or [place for place, _ in places if name and same_name(tokens.text[slice(*place.span)], name)]
            for place, cues in places:
                yield cues, place in named


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of lexicon/whereabouts.toml on training/corpus.")
    parser.add_argument("--write", action="store_true", help="write them into the table")
    write = parser.parse_args().write
    seen = list(observations())
    lines = [f'"{cue}" = {weight}' for cue, weight in weights_of(seen, LEAST_SEEN).items()]
    print(f"# {len(seen)} places, of which {sum(right for _, right in seen)} are right", *lines, sep="\n")
    if write:
        head, _, _ = TABLE.read_text("utf-8").partition("[weights]")
        TABLE.write_text("\n".join((f"{head}[weights]", *lines)) + "\n", "utf-8")
        weights.cache_clear()


if __name__ == "__main__":
    main()
