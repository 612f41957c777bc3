"""What a person gives in the place of what was read, as text: checked against the article, so that nothing is kept that cannot be applied.

counts      no
content     words of the text; so trigger, actor, target, place; of the last three "" means that none is told
speaker     words of the text, and of what kind it is if the words do not tell; "" means that nobody is named
act, kind, status    one of their vocabularies
gazetteer   the key of a place, or a name that one place alone has
days        2017-02-20, 2017-02-20/2017-02-22, or ""
tolls       one for each: killed 8 ثمانية من عناصر الحزب | الحزب; numbers as 8, 5..7, 100.. (open upwards)
"""

import re
from collections.abc import Mapping
from typing import NamedTuple, cast, get_args

from riwaya.errors import CorrectionError
from riwaya.knowledge.places import Gazetteer
from riwaya.read.corrections import days_in
from riwaya.records import (
    Act,
    Claim,
    ClaimPart,
    CorrectedPart,
    Counted,
    Event,
    EventKind,
    EventPart,
    Instead,
    Quoted,
    Span,
    Status,
    TellerKind,
    TollKind,
)

PARTS: Mapping[str, tuple[CorrectedPart, ...]] = {"claim": get_args(ClaimPart), "event": get_args(EventPart)}
_VALUES: Mapping[str, tuple[str, ...]] = {"act": get_args(Act), "kind": get_args(EventKind), "status": get_args(Status), "counts": ("no",)}
_NUMBER = re.compile(r"(\d{1,9})(?:(\.\.)(\d{1,9})?)?")
_TOLL = re.compile(r"(\S+)\s+(\S+)\s+([^|]+?)(?:\s*\|\s*(.*))?", re.DOTALL)
_NEVER_EMPTY = ("content", "trigger")


class Given(NamedTuple):
    """Text that a person gives, with where in the article they took it from, where that is known."""

    text: str
    at: Span | None = None


class Text:
    """The text of an article, in which words are looked up near to where a claim or event was found."""

    def __init__(self, text: str, near: Span) -> None:
        self._text, self._near = text, near

    def quoted(self, given: Given) -> Quoted:
        """The words where they were taken from, else the nearest that read so, however blanks fall. Raises CorrectionError."""
        pattern = re.compile(r"\s+".join(map(re.escape, given.text.split())))
        taken = given.at and pattern.fullmatch(self._text, *given.at)
        found = taken or min(pattern.finditer(self._text), key=lambda one: abs(one.start() - self._near.start), default=None)
        if not found or not given.text.strip():
            raise CorrectionError("words", given.text.strip(), f"The article does not hold the words «{given.text.strip()}».")
        return Quoted(span=Span(*found.span()), words=found[0])

    def counted(self, kind: str, number: str, words: Given, whom: Given | None = None) -> Counted:
        """A toll. Raises CorrectionError."""
        match = _NUMBER.fullmatch(number.strip())
        if kind not in get_args(TollKind) or not match:
            raise CorrectionError(
                "toll",
                f"{kind} {number}",
                f"«{kind} {number}» is no toll: one of {', '.join(get_args(TollKind))}, and a number as 8, 5..7 or 100..",
            )
        least, most = int(match[1]), int(match[3] or match[1]) if match[3] or not match[2] else None
        if most is not None and most < least:
            raise CorrectionError("range", number, f"«{number}» is no range: the larger number comes last.")
        told = self.quoted(whom) if whom and whom.text.strip() else None
        return Counted(kind=cast(TollKind, kind), least=least, most=most, words=self.quoted(words), whom=told)


def instead_of(part: CorrectedPart, finding: Claim | Event, text: Text, given: Given, *, kind: str = "") -> Instead:
    """What a person gives in the place of a part of a claim or event; tolls come one a line. `kind`: that of a speaker.

    Raises CorrectionError if it cannot be.
    """
    name = "event" if isinstance(finding, Event) else "claim"
    value = given.text.strip()
    if part not in PARTS[name]:
        raise CorrectionError("part", part, f"What can be corrected of the {name}: {', '.join(PARTS[name])}.")
    if part in _VALUES:
        return Instead(value=_one_of(value, _VALUES[part], part))
    if part == "days":
        return Instead(value=_days(value))
    if part == "tolls":
        return Instead(tolls=tuple(_toll(line, text) for line in value.splitlines() if line.strip()))
    if part == "gazetteer":
        return Instead(value=value)
    if part == "speaker" and kind:
        _one_of(kind, get_args(TellerKind), "kind of a speaker")
    if part in _NEVER_EMPTY and not value:
        raise CorrectionError("empty", part, f"The {part} cannot be empty; a {name} that is none is corrected by: counts no.")
    return Instead(words=text.quoted(given) if value else None, value=kind if part == "speaker" and value else "")


def place_key(name_or_key: str, gazetteer: Gazetteer) -> str:
    """The key of the place that a person means by a key, or by a name that one place alone has. Raises CorrectionError."""
    if gazetteer.place(name_or_key):
        return name_or_key
    found = gazetteer.candidates(name_or_key)
    if len(found) == 1:
        return found[0].place.key
    known = "; ".join(f"{one.place.key} ({' › '.join(each.name_en or each.name_ar for each in one.larger)})" for one in found[:12])
    if found:
        raise CorrectionError("places", f"{name_or_key}: {known}", f"Several places are called «{name_or_key}»: {known}.")
    raise CorrectionError("place", name_or_key, f"No place is known as «{name_or_key}».")


def _one_of(value: str, known: tuple[str, ...], what: str) -> str:
    if value not in known:
        raise CorrectionError("value", value, f"«{value}» is no {what}: {', '.join(known)}.")
    return value


def _days(value: str) -> str:
    try:
        days = days_in(value)
    except ValueError:
        raise CorrectionError("days", value, f"«{value}» are no days: write 2017-02-20, or 2017-02-20/2017-02-22.") from None
    return f"{days.first.isoformat()}/{days.last.isoformat()}" if days else ""


def _toll(line: str, text: Text) -> Counted:
    match = _TOLL.fullmatch(line.strip())
    if not match:
        raise CorrectionError("toll", line, f"«{line}» is no toll: write its kind, number and words, as: killed 8 ثمانية من عناصر الحزب")
    return text.counted(match[1], match[2], Given(match[3]), Given(match[4]) if match[4] else None)
