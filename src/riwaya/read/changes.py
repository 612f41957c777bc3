"""What was changed in a text: the words that went, those that came, and those that stayed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

ChangeKind = Literal["kept", "removed", "added"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stretch of words, with the blanks between them; all that is kept or added makes the new text, all kept or removed the old."""

    kind: ChangeKind
    words: str


def changes_between(old: str, new: str) -> tuple[Change, ...]:
    """How `old` became `new`, word by word, in order; what went stands before what came in its place. Empty if both are empty."""
    before, after = re.findall(r"\s*\S+|\s+$", old), re.findall(r"\s*\S+|\s+$", new)
    changes: list[Change] = []
    for _, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        went, came = "".join(before[first:last]), "".join(after[start:end])
        if went == came:
            changes.append(Change(kind="kept", words=came))
            continue
        changes += [Change(kind="removed", words=went)] if went else []
        changes += [Change(kind="added", words=came)] if came else []
    return tuple(changes)
