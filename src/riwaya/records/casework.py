"""What people keep of a library: cases with what lies in them, and searches they come back to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from riwaya.records.spans import Anchor

ItemKind = Literal["story", "article", "claim", "event"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who did something, and when."""

    by: str
    at: datetime  # aware, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody writes about a case, or about one thing in it."""

    id: str  # record_id("note", text, by, at)
    text: str
    made: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in a case. It stays the same thing after a new reading: its words are held by their place, not by an id alone."""

    id: str  # record_id("item", case id, ref)
    kind: ItemKind
    ref: str  # id of the story, article, claim or event, as it was when it was put in
    of: Anchor | None  # words of it: of a claim its content, of an event its trigger, of a story a trigger; None: the capture was forgotten
    put: Signature
    notes: tuple[Note, ...] = ()  # the oldest first
    tags: tuple[str, ...] = ()  # in the order in which they were given
    taken_out: Signature | None = None  # None: it lies in the case


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A folder of stories, articles, claims and events, which all who use a library share."""

    id: str  # record_id("case", name at first, by, at)
    name: str
    description: str
    made: Signature
    closed: Signature | None = None  # None: it is open
    notes: tuple[Note, ...] = ()  # on the case as a whole, the oldest first
    items: tuple[Item, ...] = ()  # in the order in which they were put in, those that were taken out too

    @property
    def present(self) -> tuple[Item, ...]:
        """What lies in it."""
        return tuple(item for item in self.items if item.taken_out is None)

    @property
    def changed(self) -> datetime:
        """When somebody last did something in it."""
        made = [self.made, *(note.made for note in self.notes), *([self.closed] if self.closed else [])]
        for item in self.items:
            made += [item.put, *(note.made for note in item.notes), *([item.taken_out] if item.taken_out else [])]
        return max(each.at for each in made)


class Reached(NamedTuple):
    """A place in the archive: what lies up to it somebody has seen."""

    warc: str
    offset_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A question that somebody comes back to."""

    id: str  # record_id("search", question, by, at)
    name: str
    question: str
    order: str
    shared: bool  # else only who made it sees it
    made: Signature
    begun: Reached  # how far the library had been read when it was made
    seen: Mapping[str, Reached] = field(default_factory=dict)  # how far each user has looked; who is not in it, as far as `begun`
