"""What every record is built from: stretches of text, stretches of days, ids that follow from content."""

import hashlib
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of `Article.text`, half-open, in code points of the text as published."""

    start: int
    end: int


class Days(NamedTuple):
    """The days a time expression may mean, both included; one day when `first == last`."""

    first: date
    last: date


def record_id(*parts: object) -> str:
    """An id that follows from what the record says: 20 hex digits (80 bits) of SHA-256 over the parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:20]
