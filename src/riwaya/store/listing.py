"""Everything of a kind, a page at a time: articles, claims, events, outlets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, Table, func, select

from riwaya.records import Article, Claim, Event, Teller, Toll
from riwaya.store.rows import Record, record_of
from riwaya.store.sql import articles, claims, events, tellers, tolls


class Stretch(NamedTuple):
    """How many are wanted, and after how many."""

    limit: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTold:
    """A claim, and the article that tells it."""

    article_id: str
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTold:
    """An event, and the article that tells it."""

    article_id: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletSeen:
    """What there is of an outlet."""

    outlet: str  # its name in the articles
    articles: int
    first_day: date | None  # of publication; None: none of its articles has one
    last_day: date | None


def number_of(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


def articles_listed(connection: Connection, stretch: Stretch) -> list[Article]:
    """Articles, without what was set aside, the newest first; those without a day at the end."""
    c = articles.c
    asked = select(articles).order_by(c.published_day.desc().nulls_last(), c.id).limit(stretch.limit).offset(stretch.offset)
    return [record_of(Article, row) for row in connection.execute(asked).mappings()]


def claims_listed(connection: Connection, stretch: Stretch) -> list[ClaimTold]:
    """Claims, in the order of the ids of their articles and of their texts."""
    rows = _listed(connection, claims, stretch)
    told = _parts(connection, tellers, "claim_id", rows, Teller)
    return [ClaimTold(article_id=row["article_id"], claim=record_of(Claim, row, tellers=tuple(told.get(row["id"], ())))) for row in rows]


def events_listed(connection: Connection, stretch: Stretch) -> list[EventTold]:
    """Events, in the order of the ids of their articles and of their texts."""
    rows = _listed(connection, events, stretch)
    told = _parts(connection, tolls, "event_id", rows, Toll)
    return [EventTold(article_id=row["article_id"], event=record_of(Event, row, tolls=tuple(told.get(row["id"], ())))) for row in rows]


def outlets_seen(connection: Connection) -> list[OutletSeen]:
    """All outlets that articles name, those with the most articles first."""
    c = articles.c
    many = func.count().label("many")
    asked = select(c.outlet, many, func.min(c.published_day), func.max(c.published_day)).where(c.outlet != "").group_by(c.outlet)
    rows = connection.execute(asked.order_by(many.desc(), c.outlet))
    return [OutletSeen(outlet=name, articles=number, first_day=_day(first), last_day=_day(last)) for name, number, first, last in rows]


def _listed(connection: Connection, table: Table, stretch: Stretch) -> Sequence[RowMapping]:
    asked = select(table).order_by(table.c.article_id, table.c.number).limit(stretch.limit).offset(stretch.offset)
    return connection.execute(asked).mappings().all()


def _parts(connection: Connection, table: Table, key: str, of: Sequence[RowMapping], cls: type[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    asked = select(table).where(table.c[key].in_([row["id"] for row in of])).order_by(table.c.number)
    for row in connection.execute(asked).mappings():
        found.setdefault(row[key], []).append(record_of(cls, row))
    return found


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
