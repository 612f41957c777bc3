"""What is collected and preserved, and the article that a page says."""

from dataclasses import dataclass
from datetime import date, datetime

from riwaya.records.vocabulary import SetAsideReason, TimeRule


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
class Layout:
    """Where on the pages of an outlet its articles stand, as XPath 1.0 expressions that select elements; "" where none is needed."""

    body: str  # the element that holds the paragraphs
    title: str = ""
    set_aside: str = ""  # elements within the body that are no part of the article
    valid_until: date | None = None  # the last day on which pages were seen to be built so; None: they are still


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
