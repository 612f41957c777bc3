"""Actors: whom the articles name; and of each, by which words, what it said, what is said of it."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from riwaya.knowledge.actors import KINDS, OWN_FILE, Actor
from riwaya.knowledge.index import as_it_is, form_of
from riwaya.library import Library
from riwaya.records import Sense
from riwaya.store import actors as store
from riwaya.store.actors import HowMuch, Named, Words
from riwaya.web.cards import MARK_OF_ACT
from riwaya.web.desk import AtDesk
from riwaya.web.drawings.calendar import Telling, calendar
from riwaya.web.lookup import actor_address, actors_known
from riwaya.web.wording import Wording

_PAGE, _PART = 50, 10
_OUTLETS = 6


class Listed(NamedTuple):
    """An actor in the list."""

    named: Named
    actor: Actor | None  # None: the register has it no longer


class Called(NamedTuple):
    """A wording, with the outlets that use it."""

    wording: str
    sense: Sense
    articles: int
    outlets: tuple[tuple[str, int], ...]  # most first


@get("/actors", sync_to_thread=True)
def actors(
    desk: AtDesk, q: FromQuery[str] = "", kind: FromQuery[str] = "", country: FromQuery[str] = "", page: FromQuery[int] = 1
) -> Response[str]:
    """The actors that the articles name, those first that most independent articles name."""
    own = as_it_is(desk.library.folder / OWN_FILE)
    listed: tuple[Listed, ...] = desk.memory.recall(("actors", own), lambda: _listed(desk.library))
    wanted = [each for each in listed if _is_wanted(each.actor, q, kind, country.upper())]
    known = [each.actor for each in listed if each.actor]
    first = _PAGE * (max(page, 1) - 1)
    return desk.page(
        "named", section="actors", entries=wanted[first : first + _PAGE], total=len(wanted), all=len(listed), size=_PAGE, page=max(page, 1),
        q=q, kind=kind, country=country.upper(), kinds=[each for each in KINDS if any(one.kind == each for one in known)],
        countries=sorted({one.country for one in known} - {""}), address_of=actor_address,
    )  # fmt: skip


@get("/actors/{key:str}", sync_to_thread=True)
def actor(
    desk: AtDesk, key: FromPath[str], said: FromQuery[int] = 1, events: FromQuery[int] = 1, others: FromQuery[int] = 1
) -> Response[str]:
    """One actor."""
    found = actors_known(desk.library, [key]).get(key)
    if found is None:
        raise NotFoundException("The register has no such actor.")
    with desk.library.connect() as connection:
        shown: dict[str, Any] = {
            "said_by": store.said_by(connection, key, _PART, _offset(said)),
            "events_of": store.happened_to(connection, key, _PART, _offset(events)),
            "others_said": store.said_by_others(connection, key, _PART, _offset(others)),
        }
    called, how_much = desk.memory.recall(("actor", key), lambda: _counted(desk.library, key))
    t, days = desk.wording("actor"), how_much.days
    above = Telling(t.texts["it_said"], {day: each.said for day, each in days.items() if each.said})
    below = Telling(t.texts["said_of_it"], {day: each.said_of for day, each in days.items() if each.said_of})
    return desk.page(
        "actor", actor=found, parent=actors_known(desk.library, [found.parent]).get(found.parent), **shown, called=_called(called),
        calendar=calendar(above, below, t.day, mirrored=t.language == "ar") if days else None, how_much=how_much, size=_PART,
        at={"said": max(said, 1), "events": max(events, 1), "others": max(others, 1)},
        mark_of_act=MARK_OF_ACT, actor_address=actor_address, most_outlets=_OUTLETS, years=_years(found, t),
    )  # fmt: skip


def _listed(library: Library) -> tuple[Listed, ...]:
    with library.connect() as connection:
        named = store.actors_named(connection)
    known = actors_known(library, (each.key for each in named))
    return tuple(Listed(each, known.get(each.key)) for each in named)


def _counted(library: Library, key: str) -> tuple[tuple[Words, ...], HowMuch]:
    with library.connect() as connection:
        return store.wordings_of(connection, key), store.how_much(connection, key)


def _offset(page: int) -> int:
    return _PART * (min(max(page, 1), 10**6) - 1)


def _is_wanted(actor: Actor | None, q: str, kind: str, country: str) -> bool:
    if actor is None:
        return not (q or kind or country)
    named = not q.strip() or any(form_of(q) in form_of(name) for name in actor.names)
    return named and kind in ("", actor.kind) and country in ("", actor.country)


def _called(words: tuple[Words, ...]) -> list[Called]:
    """The wordings with their outlets, the commonest first."""
    outlets: defaultdict[tuple[str, Sense], list[tuple[str, int]]] = defaultdict(list)
    for each in words:
        outlets[each.wording, each.sense].append((each.outlet, each.articles))
    called = [Called(wording, sense, sum(n for _, n in of), tuple(of)) for (wording, sense), of in outlets.items()]
    return sorted(called, key=lambda each: (-each.articles, each.wording))


def _years(actor: Actor, t: Wording) -> str:
    """From when to when it was, as far as is known."""
    since = f"{t.texts['since']} {_month(actor.since, t)}" if actor.since else ""
    until = f"{t.texts['until']} {_month(actor.until, t)}" if actor.until else ""
    return " ".join(filter(None, (since, until)))


def _month(written: str, t: Wording) -> str:
    """A year as it stands, YYYY-MM in words."""
    return t.month(date.fromisoformat(f"{written}-01")) if "-" in written else written


HANDLERS = (actors, actor)
