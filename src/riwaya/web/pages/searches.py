"""Saved searches: what somebody comes back to, and what has come since."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from litestar import get, post
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from riwaya.casework import News, ToSave
from riwaya.records import Reached
from riwaya.web.access import at_least
from riwaya.web.desk import AtDesk, Desk

_REVIEWERS = [at_least("reviewer")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A search that is to be saved."""

    q: str
    name: str = ""
    order: str = "relevance"
    shared: str = ""  # "yes": with all users


@post("/searches/saved", sync_to_thread=True, guards=_REVIEWERS)
def save(desk: AtDesk, data: URLEncodedBody[Saved]) -> Redirect:
    """Save a search; then its answers."""
    if not data.q.strip():
        raise ClientException("A search without words is not worth keeping.")
    given = ToSave(question=data.q, name=data.name, order=data.order, shared=data.shared == "yes")
    made = desk.library.searches.save(given, by=desk.who)
    return Redirect(f"/search?{urlencode({'q': made.question, 'order': made.order, 'saved': made.id})}", status_code=303)


@get("/searches/{key:str}", sync_to_thread=True)
def opened(desk: AtDesk, key: FromPath[str]) -> Redirect:
    """The answers to a saved search, those that are new to who asks first and marked; with that they are seen."""
    search = desk.library.searches.search(key, desk.who)
    (news,) = desk.library.searches.news([search], datetime.now(UTC).date(), desk.who)
    desk.library.searches.look(key, by=desk.who)
    asked = {"q": search.question, "order": search.order, "saved": search.id, "since": written(news.since)}
    return Redirect(f"/search?{urlencode(asked)}", status_code=303)


@post("/searches/{key:str}/dropped", sync_to_thread=True, guards=_REVIEWERS)
def drop(desk: AtDesk, key: FromPath[str]) -> Redirect:
    """Remove a saved search; only who made it may, and managers."""
    search = desk.library.searches.search(key, desk.who)
    if not (search.made.by == desk.who or desk.may("manager")):
        raise PermissionDeniedException("Only who saved a search may remove it, or a manager.")
    desk.library.searches.drop(key)
    return Redirect("/cases#searches", status_code=303)


def news_of(desk: Desk, most: int | None = None) -> tuple[News, ...]:
    """The saved searches of who asks, at most so many, with what has come for each; those first for which something has."""
    searches, today, library = desk.library.searches.of(desk.who)[:most], datetime.now(UTC).date(), desk.library
    looked = tuple((each.id, each.seen.get(desk.who, each.begun)) for each in searches)
    news = desk.memory.recall(("news", desk.who, today, looked), lambda: library.searches.news(searches, today, desk.who))
    return tuple(sorted(news, key=lambda each: -len(each.came.articles)))


def written(place: Reached) -> str:
    """A place in the archive as it stands in an address."""
    return f"{place.warc}:{place.offset_bytes}"


def place_in(address: str) -> Reached | None:
    """The place that an address names; None: it names none."""
    warc, _, offset = address.rpartition(":")
    is_number = offset.removeprefix("-").isdecimal() and offset.isascii() and len(offset) < len(str(2**63))
    return Reached(warc, int(offset)) if is_number else None


HANDLERS = (save, opened, drop)
