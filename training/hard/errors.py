"""What a reader gets wrong in the ninety hard items, as a Markdown list: item, wrong findings with what should be read, why it is hard.

    python -m training.hard.errors [--reader model|rules]

Findings are compared as training/score.py compares them: a claim is found at an overlap of half or by its cue, its content is right at 0.8,
an event is found by its coarse kind. A field that should be empty and was filled counts as wrong too.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, get_args

from riwaya.read.interchange import article_of, row_of
from riwaya.read.reading import model_for, reading_of
from riwaya.records import ReaderKind
from training.score import COARSE, claim_score, gold_spans, iou, overlap, pair, same_name

ITEMS = Path(__file__).parent / "hard.jsonl"

Finding = dict[str, Any]


class Wrong(NamedTuple):
    """One wrong finding: what is wrong ("claim: speaker"), at which words, what should be read, what was read; empty: nothing."""

    what: str
    at: str
    wanted: str
    read: str


def wrong_in(item: Finding, reading: Finding) -> list[Wrong]:
    """All that is wrong in the reading (a line of the interchange) of an annotated item: claims, then events, then tolls."""
    text, claims, events = gold_spans(item)
    return [*_claims(text, claims, reading["claims"]), *_events(text, events, reading["events"]), *_tolls(events, reading["events"])]


def _words(text: str, span: list[int] | None) -> str:
    return text[slice(*span)] if span else ""


def _claims(text: str, gold: list[Finding], read: list[Finding]) -> Iterator[Wrong]:
    pairs = dict(pair(gold, read, claim_score))
    for number, wanted in enumerate(gold):
        at = _words(text, wanted["cue"])
        if number not in pairs:
            yield Wrong("claim missed", at, f"{wanted['name']}: {_words(text, wanted['content'])}", "")
            continue
        claim = read[pairs[number]]
        if not same_name(claim["speaker_name"], wanted["name"], _words(text, wanted["speaker"])):
            yield Wrong("claim: speaker", at, wanted["name"], claim["speaker_name"] or "")
        if iou(wanted["content"], claim["content"]) < 0.8:
            yield Wrong("claim: content", at, _words(text, wanted["content"]), _words(text, claim["content"]))
        if wanted["act"] != claim["act"]:
            yield Wrong("claim: act", at, wanted["act"], claim["act"])
    for number, claim in enumerate(read):
        if number not in pairs.values():
            said = f"{claim['speaker_name']}: {_words(text, claim['content'])}"
            yield Wrong("claim that is none", _words(text, claim["cue"]), "", said)


def _event_score(text: str, wanted: Finding, read: Finding) -> int:
    """How well a read event matches an annotated one, as training.score counts in one paragraph; 0: another coarse kind."""
    place = same_name(_words(text, read["place"]), _words(text, wanted["place"]))
    touch = bool(overlap(wanted["trigger"], read["trigger"]))
    return (4 * touch + 2 + bool(place)) * (COARSE[wanted["type"]] == COARSE[read["type"]])


def _events(text: str, gold: list[Finding], read: list[Finding]) -> Iterator[Wrong]:
    pairs = dict(pair(gold, read, partial(_event_score, text)))
    for number, wanted in enumerate(gold):
        at = _words(text, wanted["trigger"])
        if number not in pairs:
            yield Wrong("event missed", at, f"{wanted['type']}, {wanted['status']}", "")
            continue
        event = read[pairs[number]]
        for field in ("actor", "target", "place"):
            right, said = _words(text, wanted[field]), _words(text, event[field])
            if (right or said) and not same_name(said, right):
                yield Wrong(f"event: {field}", at, right, said)
        for field in ("type", "date", "status"):
            if wanted[field] != event[field]:
                yield Wrong(f"event: {field}", at, wanted[field] or "", event[field] or "")
    for number, event in enumerate(read):
        if number not in pairs.values():
            yield Wrong("event that is none", _words(text, event["trigger"]), "", f"{event['type']}, {event['status']}")


def _tolls(gold: list[Finding], read: list[Finding]) -> Iterator[Wrong]:
    wanted = Counter((toll["kind"], toll["low"]) for event in gold for toll in event["casualties"])
    made = Counter((toll["kind"], toll["least"]) for event in read for toll in event["casualties"])
    yield from (Wrong("toll missed", kind, str(number), "") for kind, number in (wanted - made).elements())
    yield from (Wrong("toll that is none", kind, "", str(number)) for kind, number in (made - wanted).elements())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=get_args(ReaderKind), default="rules")
    options = parser.parse_args()
    model = model_for(options.reader)
    rows = [json.loads(line) for line in ITEMS.read_text("utf-8").splitlines()]
    found = [wrong_in(row, row_of(reading_of(article_of(row), model=model), row["id"])) for row in rows]
    for row, wrongs in zip(rows, found, strict=True):
        if wrongs:
            print(f"- **{row['id']}** {' '.join(row['paragraphs'])}")
            for wrong in wrongs:
                print(f"  - {wrong.what} («{wrong.at}»): should be {wrong.wanted or 'nothing'}; was {wrong.read or 'nothing'}")
            print(f"  - *why*: {row['why']}")
    counts = Counter(wrong.what for wrongs in found for wrong in wrongs).most_common()
    print(f"\n{sum(map(bool, found))} of {len(rows)} items with something wrong:", ", ".join(f"{what} {count}" for what, count in counts))


if __name__ == "__main__":
    main()
