"""Today: what came in, which stories it tells, where they contradict; what each outlet brought, what failed, what is running."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from litestar import Response, get
from litestar.datastructures import Cookie
from litestar.params import FromQuery

from riwaya.library import Library
from riwaya.read.reading import NAMES
from riwaya.records import EventKind, FailureReason
from riwaya.store import overview, stories
from riwaya.store.subjects import subjects_of
from riwaya.web.cards import MARK_OF_ACT
from riwaya.web.desk import AtDesk
from riwaya.web.meanings import story_title
from riwaya.web.pages.searches import news_of
from riwaya.workers.lock import is_held

Period = Literal["visit", "1", "3", "7", "30", "all"]
_LATER = timedelta(minutes=30)  # who comes back after so long visits anew
_A_YEAR = int(timedelta(days=365).total_seconds())
_STORIES, _OUTLETS, _CONTESTED, _FAILED = 12, 10, 5, 300
_SEARCHES = 12


@get("/", sync_to_thread=True)
def today(desk: AtDesk, period: FromQuery[Period | None] = None, country: FromQuery[str] = "", kind: FromQuery[str] = "") -> Response[str]:
    """The first page."""
    now = datetime.now(UTC)
    visited, before = _visits(desk, now)
    chosen = period or ("visit" if before else "all")
    since = overview.Since(after=_after(chosen, before, now), country=country.upper(), kind=kind)
    shown = desk.memory.recall(("today", since), lambda: _overview(desk.library, since))
    page = desk.page(
        "today", **shown, **_running(desk), news=news_of(desk, _SEARCHES), now=now.astimezone(), since=since, before=before, period=chosen,
        kinds=get_args(EventKind), mark_of_act=MARK_OF_ACT, story_title=story_title, most_outlets=_OUTLETS,
    )  # fmt: skip
    page.cookies.extend(_cookie(key, value) for key, value in (("visited", visited), ("before", before)) if value)
    return page


@get("/running", sync_to_thread=True)
def running(desk: AtDesk) -> Response[str]:
    """What is running, for the first page to show anew."""
    return desk.page("running", **_running(desk))


@get("/failures", sync_to_thread=True)
def failures(desk: AtDesk, reason: FromQuery[str] = "") -> Response[str]:
    """The pages that failed."""
    with desk.library.connect() as connection:
        found = overview.failures_for(connection, reason if reason in get_args(FailureReason) else "", _FAILED)
        counted = overview.failed(connection)
    return desk.page("failures", failures=found, counted=counted, reason=reason)


def _overview(library: Library, since: overview.Since) -> dict[str, Any]:
    with library.connect() as connection:
        contested = overview.contested(connection, since, _CONTESTED)
        listed = overview.story_ids(connection, since, _STORIES)
        return {
            "brought": overview.brought(connection, since),
            "told": overview.stories_since(connection, since),
            "stories": stories.list_of(connection, listed),
            "contested": contested,
            "subjects": subjects_of(connection, {*listed, *(each.story_id for each in contested)}),
            "failed": overview.failed(connection),
            "countries": overview.countries(connection),
        }


def _work(library: Library) -> tuple[overview.Work, int, int]:
    with library.connect() as connection:
        return overview.work(connection, NAMES[library.reader]), overview.count_articles(connection), library.accounting.unrelated()


def _running(desk: AtDesk) -> dict[str, Any]:
    library = desk.library
    work, articles, unrelated = desk.memory.recall("work", lambda: _work(library))
    running = {name: is_held(library.folder / f"{name}.lock") for name in ("collect", "watch", "relate")}
    return {"work": work, "articles": articles, "unrelated": unrelated, "is_running": running}


def _visits(desk: AtDesk, now: datetime) -> tuple[datetime, datetime | None]:
    """When this visit was last seen, which is now, and when the one before it was (None: there was none)."""
    visited, before = (_moment(desk.request.cookies.get(name, "")) for name in ("visited", "before"))
    return now, visited if visited and now - visited > _LATER else before


def _after(period: Period, before: datetime | None, now: datetime) -> datetime | None:
    if period == "visit":
        return before
    return None if period == "all" else now.replace(second=0, microsecond=0) - timedelta(days=int(period))


def _moment(said: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _cookie(key: str, at: datetime) -> Cookie:
    return Cookie(key=key, value=str(int(at.timestamp())), max_age=_A_YEAR, httponly=True, samesite="lax")


HANDLERS = (today, running, failures)
