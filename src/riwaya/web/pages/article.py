"""Article: the text as published, what was read from it, and the capture it comes from."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from riwaya.errors import ArchiveError
from riwaya.read.changes import Change, changes_between
from riwaya.records import Capture, Claim, Event, Reading, Span
from riwaya.store.overview import Headline, headlines
from riwaya.web.cards import Cards, Shown
from riwaya.web.corrections import hand_on, latest_own, past_of
from riwaya.web.desk import AtDesk, Desk, article_address
from riwaya.web.downloads import attachment

_LONG = 120  # letters that stay as they were, before they are cut short between two changes


@dataclass(frozen=True, slots=True)
class Version:
    """What an address said at one time, and how that differs from what it said before."""

    article_id: str
    capture: Capture
    changes: tuple[Change, ...]  # none for the first


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a correction was not kept (riwaya.errors.CorrectionError), and the address of the card that it is of."""

    why: str
    given: str
    card: str


@get("/articles/{article_id:str}", sync_to_thread=True)
def article(desk: AtDesk, article_id: FromPath[str], marks: FromQuery[Shown] = "all", at: FromQuery[str] = "") -> Response[Any]:
    """An article; the id of a claim or event, or the beginning of an id, leads there."""
    reading = desk.library.show(article_id)
    if reading.article.id != article_id:
        return Redirect(article_address(reading.article.id) + card_of(reading, article_id), status_code=302)
    return article_page(desk, reading, marks, _span(at))


@post("/articles/{article_id:str}/check", sync_to_thread=True)
def check(desk: AtDesk, article_id: FromPath[str]) -> Response[str]:
    """The article again, and whether its capture is still what was kept."""
    reading = desk.library.show(article_id)
    try:
        if reading.article.capture_id:
            capture = desk.library.keeping.capture(reading.article.capture_id)
            desk.library.keeping.custody.archive.payload(capture)
            desk.library.keeping.record_bytes(capture)
    except ArchiveError as error:
        return article_page(desk, reading, checked=str(error))
    return article_page(desk, reading, checked="intact")


@get("/captures/{capture_id:str}/payload", sync_to_thread=True)
def payload(desk: AtDesk, capture_id: FromPath[str]) -> Response[bytes]:
    """The bytes as they were served, as a file of plain text: no browser runs what a page once said."""
    capture = desk.library.keeping.capture(capture_id)
    return attachment(desk.library.keeping.custody.archive.payload(capture), f"{capture.id}.txt", "text/plain")


@get("/captures/{capture_id:str}/record", sync_to_thread=True)
def record(desk: AtDesk, capture_id: FromPath[str]) -> Response[bytes]:
    """The WARC records of a capture, byte for byte as they lie in the archive."""
    capture = desk.library.keeping.capture(capture_id)
    return attachment(desk.library.keeping.record_bytes(capture), f"{capture.id}.warc.gz", "application/gzip")


def article_page(
    desk: Desk, reading: Reading, marks: Shown = "all", asked: Span | None = None, *, checked: str = "", wrong: Wrong | None = None
) -> Response[str]:
    """The page of an article. `checked`: what verifying its capture found; `wrong`: why a correction was not kept."""
    accounting, key, t = desk.library.accounting, reading.article.id, desk.wording("article")
    related = accounting.related(key)
    with desk.library.connect() as connection:
        known = headlines(connection, [each.article_id for each in related])
    shown = Cards(reading, t).context(marks, asked)
    kept = desk.library.correcting.kept(key)
    past = past_of(kept, {key: reading}, t)
    findings: tuple[Claim | Event, ...] = (*reading.claims, *reading.events)
    for card, finding in zip([*shown["claims"], *shown["events"]], findings, strict=True):
        card["hand"] = hand_on(finding, reading, past)
    return desk.page(
        "article",
        status=400 if wrong else 200,
        **shown,
        reading=reading,
        marks=marks,
        wrong=wrong,
        past=past,
        latest=latest_own(kept, desk.who),
        checked=checked,
        capture=desk.library.keeping.capture(reading.article.capture_id) if reading.article.capture_id else None,
        versions=_versions(desk, key),
        related=[(each, known.get(each.article_id, Headline(id=each.article_id, outlet="", title="", day=None))) for each in related],
        stories=accounting.stories_of(key),
    )


def _versions(desk: AtDesk, article_id: str) -> list[Version]:
    """The versions, the latest first."""
    known = desk.library.versions(article_id)
    said = [f"{each.title}\n{each.text}" for _, each in known]
    changed = [(), *(tuple(map(_shortened, changes_between(old, new))) for old, new in pairwise(said))]
    return [Version(each.id, capture, changes) for (capture, each), changes in zip(known, changed, strict=True)][::-1]


def _shortened(change: Change) -> Change:
    """A change as it is; of a long stretch that stayed, its two ends."""
    if change.kind != "kept" or len(change.words) <= _LONG:
        return change
    return Change(kind="kept", words=f"{change.words[: _LONG // 2]} … {change.words[-_LONG // 2 :]}")


def card_of(reading: Reading, beginning: str) -> str:
    """Where on its page the claim or event with this id has its card; "" for an article."""
    wanted, key = beginning.strip().lower(), reading.article.id[:12]
    cards = [(claim.id, f"#c-{key}-{number}") for number, claim in enumerate(reading.claims, 1)]
    cards += [(event.id, f"#e-{key}-{number}") for number, event in enumerate(reading.events, 1)]
    return next((card for identity, card in cards if identity.startswith(wanted)), "")


def _span(at: str) -> Span | None:
    """The span that the address names: START-END."""
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", at)
    return Span(int(found[1]), int(found[2])) if found else None


HANDLERS = (article, check, payload, record)
