"""Happenings: events as a list or a map shows them, each with where and when it is told to have been."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from riwaya.records import Days, EventKind, PlacePrecision, Span, Status
from riwaya.store import sentences
from riwaya.store.sql import articles, events, findings, place_links

_PLACE = tuple(place_links.c[name] for name in ("place_id", "country", "latitude", "longitude", "radius_km", "precision"))
_EVENTS = func.count(events.c.id).label("events")
_AROUND = 130  # letters of a sentence before and behind the words for an event


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which events are asked for; "" and None: any."""

    first: date | None = None  # days of the events; of one whose day is not known, the day it was told
    last: date | None = None
    country: str = ""  # ISO 3166
    kind: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """How many events are told to have been at a place that is known so precisely."""

    place_id: str  # key in the gazetteer; "" where none has that place alone
    name_ar: str
    name_en: str
    words: str  # as an article describes it, where it is no place of the gazetteer; "" else
    country: str  # ISO 3166; "" if not known
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    precision: PlacePrecision
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event in a list, with the sentence that tells it."""

    id: str
    article_id: str
    outlet: str
    told: date | None
    kind: EventKind
    status: Status
    days: Days | None
    before: str  # of the sentence; begins with … where it was cut
    words: str
    after: str
    span: Span  # of those words


class Times(NamedTuple):
    """From the first day to the last on which the events of a library are told."""

    first: date
    last: date


def whereabouts(connection: Connection, asked: Asked) -> tuple[Whereabouts, ...]:
    """Where events were, most events first; those of no known place are one of precision unknown for each country."""
    return _grouped(connection, _events_with_places(isouter=True).where(*_conditions(asked)))


def whereabouts_of(connection: Connection, place_id: str) -> tuple[Whereabouts, ...]:
    """The same for one place: it and what is described by it, the countryside around it or a side of it."""
    return _grouped(connection, _events_with_places(isouter=False).where(place_links.c.place_id == place_id))


def _events_with_places(*, isouter: bool) -> Select[Any]:
    where = place_links.c
    words = case((and_(where.place_id.is_(None), where.latitude.is_not(None)), where.words))
    names = (func.max(each).label(each.name) for each in (where.name_ar, where.name_en))
    columns = select(*_PLACE, *names, func.max(words).label("words"), _EVENTS)
    return columns.join_from(events, place_links, is_its_place(), isouter=isouter)


def _grouped(connection: Connection, wanted: Select[Any]) -> tuple[Whereabouts, ...]:
    rows = connection.execute(wanted.group_by(*_PLACE).order_by(_EVENTS.desc(), place_links.c.place_id))
    return tuple(_whereabouts(row) for row in rows.mappings())


def times(connection: Connection) -> Times | None:
    """From when to when articles tell; None: there are none with a day."""
    ends = (select(end(articles.c.published_day)).scalar_subquery() for end in (func.min, func.max))  # each is one look into the index
    first, last = connection.execute(select(*ends)).one()
    return Times(date.fromisoformat(first), date.fromisoformat(last)) if first else None


def countries_of_events(connection: Connection) -> tuple[str, ...]:
    """The countries in which events are told to have been."""
    return tuple(
        connection.scalars(select(findings.c.country).where(findings.c.country.is_not(None)).distinct().order_by(findings.c.country))
    )


def events_at(place_id: str) -> Select[tuple[str]]:
    """The ids of the events of a place."""
    return select(events.c.id).join_from(place_links, events, is_its_place()).where(place_links.c.place_id == place_id)


def event_days(connection: Connection, wanted: Select[tuple[str]]) -> dict[date, int]:
    """On which days some events were, those whose day is known to be one."""
    found = (
        select(events.c.days_first, func.count())
        .where(events.c.id.in_(wanted), events.c.days_first.is_not(None), events.c.days_first == events.c.days_last)
        .group_by(events.c.days_first)
    )
    return {date.fromisoformat(day): number for day, number in connection.execute(found)}


def happenings_with(connection: Connection, wanted: Select[tuple[str]], limit: int, offset: int = 0) -> tuple[Happening, ...]:
    """The events of these ids, the last told first."""
    order = (articles.c.published_day.desc(), events.c.article_id, events.c.number)
    found = select(events.c.id).join_from(events, articles, articles.c.id == events.c.article_id).where(events.c.id.in_(wanted))
    ids = connection.scalars(found.order_by(*order).limit(limit).offset(offset)).all()
    told = select(events, articles.c.outlet, articles.c.published_day, articles.c.text).join_from(events, articles)
    rows = connection.execute(told.where(events.c.id.in_(ids)).order_by(*order)).mappings()
    return tuple(_happening(row) for row in rows)


def is_its_place() -> ColumnElement[bool]:
    """As records.event_place says: the link of its place, or of what it lies within where no place is told."""
    start, end = func.coalesce(events.c.place_start, events.c.within_start), func.coalesce(events.c.place_end, events.c.within_end)
    return and_(place_links.c.article_id == events.c.article_id, place_links.c.span_start == start, place_links.c.span_end == end)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    first, last = (asked.first.isoformat() if asked.first else ""), (asked.last.isoformat() if asked.last else "9999")
    if asked.first or asked.last:
        of_event = and_(events.c.days_first <= last, events.c.days_last >= first)
        told = select(articles.c.id).where(articles.c.published_day.between(first, last))
        conditions.append(or_(of_event, and_(events.c.days_first.is_(None), events.c.article_id.in_(told))))
    for column, value in ((place_links.c.country, asked.country), (events.c.kind, asked.kind), (events.c.status, asked.status)):
        if value:
            conditions.append(column == value)
    return conditions


def _whereabouts(row: Any) -> Whereabouts:
    return Whereabouts(
        place_id=row["place_id"] or "",
        name_ar=row["name_ar"] or "",
        name_en=row["name_en"] or "",
        words=row["words"] or "",
        country=row["country"] or "",
        latitude=row["latitude"],
        longitude=row["longitude"],
        radius_km=row["radius_km"],
        precision=row["precision"] or "unknown",
        events=row["events"],
    )


def _happening(row: Any) -> Happening:
    text, start, end = row["text"], row["trigger_start"], row["trigger_end"]
    return Happening(
        id=row["id"],
        article_id=row["article_id"],
        outlet=row["outlet"],
        told=date.fromisoformat(row["published_day"]) if row["published_day"] else None,
        kind=row["kind"],
        status=row["status"],
        days=Days(date.fromisoformat(row["days_first"]), date.fromisoformat(row["days_last"])) if row["days_first"] else None,
        before=sentences.before(text[max(0, start - _AROUND) : start], _AROUND),
        words=text[start:end],
        after=sentences.behind(text[end : end + _AROUND], _AROUND),
        span=Span(start, end),
    )
