"""What the rules said of each token, as columns of zeros and ones: the second input of the network beside the words.

The network does not vote against the rules from outside: it reads the text with the rules' findings marked in it, as a person reads
a page that a colleague has underlined, and learns where to trust the lines.
"""

from bisect import bisect_left, bisect_right
from typing import get_args

import numpy as np
import numpy.typing as npt

from riwaya.arabic.words import Tokens
from riwaya.records import Act, Claim, Event, EventKind, MentionKind, Reading, Span, TollKind

_SPANS = ("content", "speaker", "channel", "relay", "name", "actor", "target", "place", "when", *get_args(TollKind), *get_args(MentionKind))
MARKS: tuple[str, ...] = (
    "cue", "cue alone", "counted", "not counted", "not actual", *get_args(Act), *get_args(EventKind),
    *(f"{span} {part}" for span in _SPANS for part in ("first", "inside")), "content last",
)  # fmt: skip
_COLUMN = {name: column for column, name in enumerate(MARKS)}

Marks = npt.NDArray[np.uint8]


def marks_of(reading: Reading, tokens: Tokens) -> Marks:
    """The findings of a reading as an array (tokens, len(MARKS)) of 0 and 1."""
    sheet = _Sheet(tokens)
    for mention in reading.mentions:
        sheet.span(mention.kind, mention.span)
    for claim in reading.claims:
        _mark_claim(sheet, claim)
    for not_counted in reading.not_counted:
        sheet.word("not counted", not_counted.span)
    for event in reading.events:
        _mark_event(sheet, event)
    return sheet.marks


def _mark_claim(sheet: "_Sheet", claim: Claim) -> None:
    speaker = claim.tellers[0]
    sheet.word("cue", claim.cue)
    sheet.word(claim.act, claim.cue)
    if speaker.words is None:
        sheet.word("cue alone", claim.cue)
    sheet.span("content", claim.content)
    sheet.last("content last", claim.content)
    sheet.span("speaker", speaker.words)
    sheet.span("name", speaker.name)
    sheet.span("channel", claim.channel)
    for teller in claim.tellers[1:]:
        sheet.span("relay", teller.words)


def _mark_event(sheet: "_Sheet", event: Event) -> None:
    sheet.word("counted", event.trigger)
    sheet.word(event.kind, event.trigger)
    if event.status != "actual":
        sheet.word("not actual", event.trigger)
    for part in ("actor", "target", "place", "when"):
        sheet.span(part, getattr(event, part))
    for toll in event.tolls:
        sheet.span(toll.kind, toll.words)


class _Sheet:
    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.marks: Marks = np.zeros((len(tokens), len(MARKS)), np.uint8)

    def word(self, name: str, span: Span | None) -> None:
        first, last = token_range(self._tokens, span)
        self.marks[first:last, _COLUMN[name]] = 1

    def last(self, name: str, span: Span) -> None:
        first, last = token_range(self._tokens, span)
        self.marks[max(first, last - 1) : last, _COLUMN[name]] = 1

    def span(self, name: str, span: Span | None) -> None:
        first, last = token_range(self._tokens, span)
        self.marks[first : first + 1, _COLUMN[f"{name} first"]] |= last > first
        self.marks[first + 1 : last, _COLUMN[f"{name} inside"]] = 1


def token_range(tokens: Tokens, span: Span | None) -> tuple[int, int]:
    """The tokens that a span touches, half-open; (0, 0) if it touches none."""
    if span is None:
        return (0, 0)
    first, last = bisect_right(tokens.end, span.start), bisect_left(tokens.start, span.end)
    return (first, last) if first < last else (0, 0)
