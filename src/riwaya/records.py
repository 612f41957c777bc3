"""The records that pass between the stages: what each stage takes and gives, and nothing that acts.

Laws (docs/design.md tells why):

1. An id is computed from content by `record_id`, never assigned: doing a thing twice writes the same rows once.
2. A `Span` is half-open and counts code points of `Article.text` exactly as published.
3. No record repeats words that a span can give, so evidence cannot drift.
4. Every derived record names the rule that made it and its version.
5. `Article.text` is valid Unicode: bytes that could not be decoded became U+FFFD once, and are counted.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

Act = Literal[
    "say", "assert", "claim", "deny", "announce", "accuse", "threaten",
    "promise", "demand", "warn", "condemn", "praise", "ask", "predict",
]  # fmt: skip
Form = Literal["direct", "indirect", "mixed"]
TellerRole = Literal["speaker", "relay", "outlet"]
TellerKind = Literal["person", "org", "anonymous", "outlet", "document"]
MentionKind = Literal["PER", "ORG", "LOC", "MISC"]
EventKind = Literal[
    "armed-clash", "air-strike", "shelling", "suicide-bomb", "bomb", "attack", "abduction", "chemical",
    "territory-gained", "withdrawal", "siege", "arrest", "weapons-intercepted", "property-destruction",
    "deployment", "agreement", "meeting", "protest", "sanction", "aid", "displacement", "accident", "other",
]  # fmt: skip
TollKind = Literal["killed", "wounded", "captured", "missing", "displaced", "arrested"]
ReaderKind = Literal["model", "rules"]  # the neural reader beside the rules, or the rules alone
Status = Literal["actual", "denied", "planned"]
TimeRule = Literal["json-ld", "meta", "time element", "date line", "last change", "telegram", "given"]
SetAsideReason = Literal["related", "share", "tags", "embedded post", "caption", "comments", "advertisement", "boilerplate", "dateline"]
NotCountedReason = Literal["background", "wish", "hypothetical", "general", "repeated", "metaphor", "opinion"]
Sense = Literal["neutral", "self-name", "friendly", "hostile", "role"]
PlacePrecision = Literal["point", "town", "area", "region", "country", "unknown"]
Stage = Literal["collect", "preserve", "read"]
Relation = Literal["same happening", "reaction"]
Verdict = Literal["yes", "no", "unsure"]
About = Literal["killed", "wounded", "captured", "displaced", "perpetrator", "place", "time", "happened"]
Nature = Literal["revised", "narrower", "contested"]
FailureReason = Literal[
    "not found", "unreachable", "refused", "too large", "empty", "not a page", "no article", "not arabic",
    "too deep", "broken line", "no text", "damaged capture", "not a feed", "damaged record", "bug",
]  # fmt: skip


class Span(NamedTuple):
    """A stretch of `Article.text`, half-open, in code points of the text as published."""

    start: int
    end: int


class Days(NamedTuple):
    """The days a time expression may mean, both included; one day when `first == last`."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What an address or a file gave us, before it is preserved."""

    address: str  # URL after redirects, or file: address
    captured_at: datetime  # aware, UTC
    status: int  # HTTP status; 200 for a file
    media_type: str  # as declared, "" if nothing was declared
    headers: tuple[tuple[str, str], ...] | None  # as served; None: it was no HTTP response
    payload: bytes
    request: tuple[tuple[str, str], ...] | None = None  # headers as they were sent; None: it was no HTTP request, or is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server told of a page, by which it says later whether the page has changed; "" where it told nothing."""

    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """What an address gives now is what it gave before, its server says."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A page that is worth fetching, as a feed, a list or a person names it."""

    address: str  # http(s) URL, without credentials
    title: str = ""
    published: datetime | None = None  # aware; None: not said, or not readable
    outlet: str = ""  # key of the outlet whose feed names it, "" if none does
    found_in: str = ""  # address of the feed, name of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """When an address was asked for, and by what its server will know whether it has changed since."""

    address: str  # as it was asked for, before redirects
    outlet: str  # key of the outlet, "" if none
    first_at: datetime  # aware, UTC
    last_at: datetime
    validators: Validators | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes as served. The payload itself lies in the WARC file; this record says where."""

    id: str  # record_id("capture", address, digest)
    address: str  # URL, or file: address
    captured_at: datetime  # aware, UTC
    status: int  # HTTP status; 200 for a file
    media_type: str  # as declared, "" if nothing was declared
    digest: str  # "sha256:" and 64 hex digits, of the payload
    size_bytes: int
    warc: str  # name of the WARC file in the library's captures folder
    offset_bytes: int  # where its record starts in that file


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article says that it was published."""

    day: date
    at: datetime | None  # the clock time where one is given; aware where its zone is given
    rule: TimeRule


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Words of a page that are not part of its article, kept with the reason."""

    reason: SetAsideReason
    words: str
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a capture says: title, outlet, byline, dateline, time, text, and what was set aside."""

    id: str  # record_id("article", capture id, number of the article in its capture)
    capture_id: str | None  # None: the text was given, not captured
    address: str | None
    outlet: str
    title: str
    byline: str  # names of authors or agencies, "" if none
    dateline: str  # the place it was filed from, "" if none
    published: Published | None
    text: str  # paragraphs joined by one newline, exactly as published
    set_aside: tuple[SetAside, ...] = ()
    undecodable: int = 0  # how many U+FFFD the decoding put in
    illustration: bool = False  # the page says of itself that it is an invented sample


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
class Reading:
    """All that was read from one article."""

    article: Article
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    not_counted: tuple[NotCounted, ...]
    reader: str  # who read: "rules 1"
    places: tuple[PlaceLink, ...] = ()  # in the order of their spans
    actors: tuple[ActorLink, ...] = ()  # in the order of their spans
    persons: tuple[PersonLink, ...] = ()  # in the order of their spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article that tells one happening: what is linked to the passages of other articles."""

    id: str  # record_id("passage", article id, where it starts)
    article_id: str
    span: Span
    events: tuple[str, ...]  # ids of the events told in it, in the order of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two articles, or two passages, that are one text: what the later has of the earlier, word by word."""

    id: str  # record_id("copy", original id, copy id)
    original: str  # the one published first; of one day, the one with the smaller id
    copy: str
    kept: float  # share of the shorter text's runs of words that stand in the other, 0 to 1
    resemblance: float  # the same of the longer text
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that speaks for or against a link; `name` is a function of riwaya.relate.reasons, whose docstring explains it."""

    name: str
    strength: float  # 0 to 1
    weight: float  # what full strength adds to the score, in logits
    words: tuple[str, ...]  # what the two share, or what parts them; folded, sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two passages that the program proposes to relate, with the reasons for and against."""

    id: str  # record_id("link", relation, left, right)
    relation: Relation
    left: str  # passage ids; left < right
    right: str
    score: float  # 0 to 1: how often pairs with such reasons tell one happening where it was fitted
    reasons: tuple[Reason, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A place in a text that a new reading does not move: what a judgement holds on to."""

    article_id: str
    span: Span
    words: str  # as published; they are kept here because a judgement must outlive its article


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about two passages: whether they tell one happening. Only ever added; the latest of a person counts."""

    id: str  # record_id("judgement", both anchors, verdict, by, at)
    left: Anchor
    right: Anchor
    verdict: Verdict
    by: str
    at: datetime  # aware, UTC
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one teller of one article says of a story's happening. Words, times and tolls are those of its events."""

    id: str  # record_id("account", article id, teller's words or "outlet", first passage)
    article_id: str
    claim_ids: tuple[str, ...]  # the claims it is told in; (): the outlet says it itself
    teller: Teller | None  # None: the outlet itself
    passages: tuple[str, ...]
    events: tuple[str, ...]  # ids
    status: Status  # denied where any of its events is
    told: date | None  # the day its article was published
    origin: str  # which origin it comes from: record_id("origin", ...)
    carried_by: tuple[str, ...]  # articles that only repeat the same text


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two accounts of a story that cannot both be true, or of which one changes or narrows the other. No verdict."""

    id: str  # record_id("disagreement", about, both accounts)
    about: About
    nature: Nature
    left: str  # account ids; the one told first is the left one
    right: str
    left_words: Span  # in the text of its article
    right_words: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The passages that tell one happening, with its accounts and disagreements. Derived from links and judgements alone."""

    id: str  # record_id("story", its first passage); lasts by redirects
    passages: tuple[str, ...]  # sorted
    articles: tuple[str, ...]  # ids, sorted
    reactions: tuple[str, ...]  # articles that react to the happening without telling it
    accounts: tuple[Account, ...]
    disagreements: tuple[Disagreement, ...]
    origins: int  # how many independent origins its accounts have


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something the world did to us: stored, counted, shown; nothing else is lost by it."""

    id: str  # record_id("failure", stage, address, reason)
    stage: Stage
    address: str
    reason: FailureReason
    detail: str  # one sentence for a person


def record_id(*parts: object) -> str:
    """An id that follows from what the record says: 20 hex digits (80 bits) of SHA-256 over the parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:20]


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


def failed(stage: Stage, address: str, reason: FailureReason, detail: str) -> Failure:
    """A failure, with its id."""
    return Failure(id=record_id("failure", stage, address, reason), stage=stage, address=address, reason=reason, detail=detail)
