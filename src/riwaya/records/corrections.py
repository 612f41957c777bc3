"""What people correct in what was read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from riwaya.records.spans import Anchor, Span
from riwaya.records.vocabulary import TollKind

ClaimPart = Literal["counts", "content", "act", "speaker"]
EventPart = Literal["counts", "trigger", "kind", "status", "actor", "target", "place", "gazetteer", "days", "tolls"]
CorrectedPart = ClaimPart | EventPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of an article, and where they stand: they are kept, to be found again, because a correction must outlive its article."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A toll as a person reads it."""

    kind: TollKind
    least: int
    most: int | None
    words: Quoted
    whom: Quoted | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What a part of a claim or event should be: words of the text, or a value, or tolls, as the part wants."""

    words: Quoted | None = None  # content, trigger; None of speaker, actor, target, place: nobody is named, no place is told
    value: str = ""  # an act, kind or status; the kind of a speaker, the key of a place; days as FIRST/LAST; counts: "no"
    tolls: tuple[Counted, ...] = ()  # all that the event has


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says that a part of a claim or event should be. Only ever added; of one part the latest counts."""

    id: str  # record_id("correction", anchor, finding, part, instead, undoes, by, at)
    of: Anchor  # the words by which the machine found it: the cue of a claim, the trigger of an event
    finding: Literal["claim", "event"]
    part: CorrectedPart
    instead: Instead
    by: str
    at: datetime  # aware, UTC
    note: str = ""
    undoes: str = ""  # id of the correction that this one takes back; `instead` says nothing then
