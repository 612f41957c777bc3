"""How many days of 25 news documents annotated with TIMEX3 are read right; they lie beside the project and are not part of it.

The documents carry no creation time. Their annotators resolved "اليوم" to 2015-12-24 in all of them, so that day is taken as publication;
where a document contradicts it ("أمس الجمعة", but 23 December 2015 was a Wednesday) the annotation follows no rule a reader could know.
"""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from riwaya.arabic.dates import times_in
from riwaya.arabic.words import tokens_in
from riwaya.records import Span
from tests.gates.measure import SHARED, corpus_hash

PUBLISHED = date(2015, 12, 24)
DOCUMENTS = sorted((SHARED / "data" / "timex").glob("*.tml"))
SHA256 = "914d20a9139c66113774bcb47e935500a4bcfcbc0c6fa44e3cb15e4f5126bea8"
MEASURED = {"day": (27, 39), "month or year": (30, 37)}  # right of annotated
_MARK = re.compile(r'<TIMEX3 [^>]*?type="(\w+)" value="([^"]*)"[^>]*>|</TIMEX3>|</?TimeML>|<[?!][^>]*>')


class Timex(NamedTuple):
    """One annotated date: where it stands in the plain text, and its value."""

    span: Span
    value: str


def annotated(path: Path) -> tuple[str, list[Timex]]:
    """The plain text of a document and its dates."""
    raw, text, at = path.read_text(encoding="utf-8"), "", 0
    opened: list[tuple[int, str, str]] = []
    found: list[Timex] = []
    for mark in _MARK.finditer(raw):
        text += raw[at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((len(text), mark[1], mark[2]))
        elif mark[0] == "</TIMEX3>":
            start, kind, value = opened.pop()
            found += [Timex(Span(start, len(text)), value)] if kind in ("DATE", "TIME") else []
    return text + raw[at:], found


def measured(paths: list[Path]) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Right and annotated dates by how exact they are, and a line for each wrong one."""
    counts, wrong = {"day": [0, 0], "month or year": [0, 0]}, []
    for path in paths:
        text, dates = annotated(path)
        tokens = tokens_in(text)
        times = [(tokens.span(first, last), days) for first, last, days, _ in times_in(tokens, PUBLISHED)]
        for span, value in dates:
            exact = re.match(r"\d{4}(-\d\d){0,2}(?=$|T)", value)
            if exact is None:
                continue
            name = "day" if len(exact[0]) == 10 else "month or year"
            read = [days for found, days in times if found.start < span.end and span.start < found.end and days]
            right = any(f"{days.first}".startswith(exact[0]) and f"{days.last}".startswith(exact[0]) for days in read)
            right = right and (name != "day" or any(days.first == days.last for days in read))
            counts[name][0] += right
            counts[name][1] += 1
            wrong += (
                [] if right else [f"{path.stem} {text[span.start : span.end]}: {value}, read as {[tuple(map(str, days)) for days in read]}"]
            )
    return {name: (right, all_) for name, (right, all_) in counts.items()}, wrong


@pytest.mark.gate
def test_as_many_annotated_dates_are_read_right() -> None:
    if not DOCUMENTS:
        pytest.skip("the TIMEX3 documents are not beside the project; dates were not measured on them in this run")
    assert corpus_hash(DOCUMENTS) == SHA256, "the documents changed: measure anew"
    now, wrong = measured(DOCUMENTS)
    print("\n".join(wrong), now)
    assert all(now[name][1] == annotated_dates and now[name][0] >= right for name, (right, annotated_dates) in MEASURED.items()), now
