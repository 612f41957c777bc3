"""What is read in one article, and whom and where its words mean."""

from collections.abc import Iterable
from dataclasses import dataclass

from riwaya.records.corrections import Correction
from riwaya.records.pages import Article
from riwaya.records.spans import Days, Span
from riwaya.records.vocabulary import (
    Act,
    EventKind,
    Form,
    MentionKind,
    NotCountedReason,
    PlacePrecision,
    Sense,
    Status,
    TellerKind,
    TellerRole,
    TollKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names a person, organisation or place, without attached clitics."""

    id: str
    span: Span
    kind: MentionKind
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """One link of the chain from the one who said it to the outlet that told us."""

    role: TellerRole
    kind: TellerKind
    words: Span | None  # the noun phrase at the cue, with titles; None: implicit, or the outlet of the article itself
    name: Span | None  # the shortest phrase of the article that names them; None: the outlet itself, or not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One piece of reported speech."""

    id: str  # record_id("claim", article id, cue, content)
    cue: Span | None
    act: Act
    tellers: tuple[Teller, ...]  # from the one who said it to the outlet; the first is the speaker
    content: Span
    channel: Span | None
    form: Form
    rule: str
    confidence: float  # 0 to 1
    vector: bytes | None = None  # of its content: 384 whole numbers from -127 to 127; None: not made


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """How many were killed, wounded ...: as told, never summed."""

    kind: TollKind
    least: int
    most: int | None  # None: open upwards (more than 100, dozens, some)
    words: Span
    whom: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One happening that a text reports."""

    id: str  # record_id("event", article id, kind, trigger)
    kind: EventKind
    trigger: Span
    actor: Span | None
    target: Span | None
    place: Span | None
    within: Span | None
    when: Span | None
    days: Days | None  # None: not resolvable
    status: Status
    tolls: tuple[Toll, ...]
    claim_id: str | None  # the claim it stands in; None: the outlet says it itself
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCounted:
    """A word that could name a happening and does not count as an event, with the reason."""

    span: Span
    reason: NotCountedReason
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLink:
    """Which place a span means, where that is, and why it is thought so. Without coordinates it is not known or not decided."""

    span: Span
    place_id: str | None  # key in the gazetteer: the place, the one that holds it or the one a description starts from
    name_ar: str  # "" where place_id is None
    name_en: str
    country: str  # ISO 3166, two letters; "" if not known
    latitude: float | None  # degrees, WGS 84
    longitude: float | None
    radius_km: float | None  # how far the truth may lie from the coordinates
    precision: PlacePrecision
    reasons: tuple[str, ...]  # sentences, the deciding ones
    candidates: tuple[str, ...] = ()  # keys of the equally good that stay undecided, or of the several places that the span names


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLink:
    """Which actor of the register a span names, by which wording, and why it is thought so."""

    span: Span  # without attached clitics
    actor_id: str | None  # key in the register; None: undecided
    name_ar: str  # "" where actor_id is None
    name_en: str
    wording: str  # as the register has it; "" where a bare word stands for an actor named more fully before
    sense: Sense  # what the wording implies of the actor; role: an office that speaks for it
    reasons: tuple[str, ...]  # sentences, the deciding ones
    candidates: tuple[str, ...] = ()  # keys of the equally good that stay undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLink:
    """Which person of the article a span stands for; persons of two articles are only ever proposed to be one."""

    span: Span
    person_id: str  # record_id("person", folded name, folded office, body): the same key in two articles is a proposal, no more
    name: Span  # the fullest name in the article
    office: Span | None  # the words for what the person is
    actor_id: str | None  # the body of that office
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A claim or event as it was read, before people corrected it; the reading has it as corrected, under the same id, or no longer."""

    claim: Claim | None  # one of the two
    event: Event | None
    place: PlaceLink | None  # where the event was thought to have happened
    by: tuple[Correction, ...]  # that made it what it is now


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one article."""

    article: Article
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    not_counted: tuple[NotCounted, ...]
    reader: str  # who read: "rules 1", "rules 1 + corrections"
    outlet_id: str | None = None  # key in the register of actors of the outlet; None: the register has no one such outlet
    places: tuple[PlaceLink, ...] = ()  # in the order of their spans
    actors: tuple[ActorLink, ...] = ()  # in the order of their spans
    persons: tuple[PersonLink, ...] = ()  # in the order of their spans
    vector: bytes | None = None  # of the article, as that of a claim
    corrected: tuple[Corrected, ...] = ()  # what people corrected in it


def actor_in(span: Span | None, links: Iterable[ActorLink]) -> ActorLink | None:
    """The link that tells which actor the words of a span are about: the first in it (`طائرات تابعة | لقوات النظام`); None: none is."""
    if span is None:
        return None
    return next((link for link in links if link.span.start < span.end and span.start < link.span.end), None)


def teller_actor(teller: Teller, links: Iterable[ActorLink]) -> ActorLink | None:
    """The link that tells which actor a teller is or speaks for; one who is not named (مصدر في الوزارة) speaks for none, but where the
    register knows the words as an office."""
    links = tuple(links)
    link = actor_in(teller.words, links) or actor_in(teller.name, links)
    return None if link and teller.kind == "anonymous" and link.sense != "role" else link


def event_place(event: Event, links: Iterable[PlaceLink]) -> PlaceLink | None:
    """The link that tells where an event happened: that of its place, or of what it lies within where no place is told."""
    where = event.place or event.within
    return next((link for link in links if link.span == where), None)
