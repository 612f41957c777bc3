"""What was changed in a text: the words that went, those that came, and those that stayed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from riwaya.records import Span

ChangeKind = Literal["kept", "removed", "added"]

_MOST_PAIRS = 4_000_000  # of words of two stretches that are held against each other: two articles of 2,000 words, which take seconds
_WORDS = re.compile(r"\s*\S+|\s+$")
_LINES = re.compile(r"[^\n]*\n|[^\n]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stretch of words, with the blanks between them, and where it stands.

    All that is kept or added makes the new text, all that is kept or removed the old one.
    """

    kind: ChangeKind
    words: str
    old: Span | None = None  # in the old text; None: it was added
    new: Span | None = None  # in the new text; None: it was removed


def changes_between(old: str, new: str) -> tuple[Change, ...]:
    """How `old` became `new`, word by word, in order; what went stands before what came in its place. Empty if both are empty.

    Paragraphs are held against each other first, then the words of those that differ; very long ones that differ are not looked into.
    """
    changes: list[Change] = []
    went_to = came_to = 0
    for kind, words in _joined(_by_words(_LINES.findall(old), _LINES.findall(new))):
        went, came = (kind != "added") * len(words), (kind != "removed") * len(words)
        before, after = Span(went_to, went_to + went) if went else None, Span(came_to, came_to + came) if came else None
        changes.append(Change(kind=kind, words=words, old=before, new=after))
        went_to, came_to = went_to + went, came_to + came
    return tuple(changes)


def _by_words(old: list[str], new: list[str]) -> Iterator[tuple[ChangeKind, str]]:
    for went, came in _runs(old, new):
        before, after = _WORDS.findall(went), _WORDS.findall(came)
        if went == came or len(before) * len(after) > _MOST_PAIRS:
            yield from _told(went, came)
        else:
            for words_gone, words_new in _runs(before, after):
                yield from _told(words_gone, words_new)


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The stretches of two lists that are the same, and those that stand in each other's place."""
    for _, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[first:last]), "".join(new[start:end])


def _told(went: str, came: str) -> Iterator[tuple[ChangeKind, str]]:
    if went == came:
        yield "kept", came
    else:
        yield "removed", went
        yield "added", came


def _joined(told: Iterator[tuple[ChangeKind, str]]) -> Iterator[tuple[ChangeKind, str]]:
    """Neighbours of one kind as one; between two kept stretches, what went before what came."""
    held: dict[ChangeKind, str] = {"kept": "", "removed": "", "added": ""}
    for kind, words in told:
        if kind == "kept" and (held["removed"] or held["added"]) and words:
            yield from ((each, held[each]) for each in held if held[each])
            held = {"kept": "", "removed": "", "added": ""}
        held[kind] += words
    yield from ((each, held[each]) for each in held if held[each])
