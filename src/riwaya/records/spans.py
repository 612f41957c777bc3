"""What every record is built from: stretches of text, stretches of days, ids that follow from content."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of `Article.text`, half-open, in code points of the text as published."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A place in a text that a new reading does not move: what judgements and corrections hold on to."""

    capture_id: str = ""  # "": the text was given, not captured
    article_id: str
    span: Span
    words: str  # as published; they are kept here because a judgement must outlive its article


class Days(NamedTuple):
    """The days a time expression may mean, both included; one day when `first == last`."""

    first: date
    last: date


def record_id(*parts: object) -> str:
    """An id that follows from what the record says: 20 hex digits (80 bits) of SHA-256 over the parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:20]
