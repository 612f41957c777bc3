"""Asking the store: records again, from their rows."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, Engine, RowMapping, Select, Table, func, select, tuple_

from riwaya.errors import NotFoundError
from riwaya.records import (
    ActorLink,
    Article,
    Capture,
    Claim,
    Corrected,
    Event,
    Failure,
    Mention,
    NotCounted,
    PersonLink,
    PlaceLink,
    Reading,
    SetAside,
    Teller,
    Toll,
)
from riwaya.store.rows import Record, record_of
from riwaya.store.sql import (
    actor_links,
    articles,
    begins_with,
    captures,
    claims,
    corrected,
    events,
    failures,
    mentions,
    not_counted,
    person_links,
    place_links,
    set_aside,
    tellers,
    tolls,
)
from riwaya.store.sqlite import reading

_BATCH = 500
_WHOLE = 20  # letters of an id
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a library holds."""

    captures: int
    unread: int  # captures not read by this reader yet
    articles: int
    mentions: int
    claims: int
    events: int
    failures: int


def last_capture(connection: Connection) -> Capture | None:
    """The capture that was written last, of those that are known."""
    row = connection.execute(select(captures).order_by(captures.c.warc.desc(), captures.c.offset_bytes.desc()).limit(1)).mappings().first()
    return record_of(Capture, row) if row else None


def warc_ends(connection: Connection) -> dict[str, int]:
    """The WARC files in which the known captures lie, with the byte at which the last of each begins."""
    rows = connection.execute(select(captures.c.warc, func.max(captures.c.offset_bytes)).group_by(captures.c.warc))
    return {warc: offset for warc, offset in rows}  # noqa: C416  rows are no tuples for dict


def known_among(connection: Connection, capture_ids: Collection[str]) -> frozenset[str]:
    """Those of some captures that are in the store."""
    return frozenset(connection.scalars(select(captures.c.id).where(captures.c.id.in_(capture_ids))))


def all_captures(connection: Connection) -> dict[str, Capture]:
    """The captures by id."""
    return {row["id"]: record_of(Capture, row) for row in connection.execute(select(captures)).mappings()}


def captures_with(connection: Connection, beginning: str) -> tuple[Capture, ...]:
    """The captures whose id begins so."""
    wanted = begins_with(captures.c.id, beginning.strip().lower())
    return tuple(record_of(Capture, row) for row in connection.execute(select(captures).where(wanted)).mappings())


def unread_captures(engine: Engine, reader: str) -> Iterator[Capture]:
    """The captures that `reader` has not read, in the order in which they were written; they may be marked as read meanwhile."""
    place = (captures.c.warc, captures.c.offset_bytes)
    wanted = select(captures).where(captures.c.reader.is_distinct_from(reader)).order_by(*place).limit(_BATCH)
    last = ("", 0)
    while True:
        with reading(engine).connect() as connection:
            rows = connection.execute(wanted.where(tuple_(*place) > last)).mappings().all()
        yield from (record_of(Capture, row) for row in rows)
        if len(rows) < _BATCH:
            return
        last = (rows[-1]["warc"], rows[-1]["offset_bytes"])


def counts(connection: Connection, reader: str) -> Counts:
    """How much there is of everything; failures are counted once however many captures met them."""

    def number(table: Table) -> int:
        return connection.scalar(select(func.count()).select_from(table)) or 0

    unread = select(func.count()).where(captures.c.reader.is_distinct_from(reader))
    return Counts(
        captures=number(captures),
        unread=connection.scalar(unread) or 0,
        articles=number(articles),
        mentions=number(mentions),
        claims=number(claims),
        events=number(events),
        failures=connection.scalar(select(func.count(failures.c.id.distinct()))) or 0,
    )


def all_failures(connection: Connection) -> tuple[Failure, ...]:
    """Every failure once, in the order of stages and addresses."""
    rows = connection.execute(select(failures).order_by(failures.c.stage, failures.c.address, failures.c.reason)).mappings()
    return tuple({row["id"]: record_of(Failure, row) for row in rows}.values())


def article_ids(connection: Connection) -> tuple[str, ...]:
    """All articles in the order of their publication, as they tell it: by day, then time; those without a day at the end."""
    order = (articles.c.published_day.is_(None), articles.c.published_day, articles.c.published_at, articles.c.id)
    return tuple(connection.scalars(select(articles.c.id).order_by(*order)))


def articles_among(connection: Connection, ids: Collection[str]) -> tuple[str, ...]:
    """Those of some articles that there are, in the order of their ids."""
    return tuple(connection.scalars(select(articles.c.id).where(articles.c.id.in_(ids)).order_by(articles.c.id)))


def articles_naming(connection: Connection, actor_id: str) -> tuple[str, ...]:
    """The articles that name an actor, by its key in the register, in the order of their ids."""
    wanted = select(actor_links.c.article_id).where(actor_links.c.actor_id == actor_id).distinct()
    return tuple(connection.scalars(wanted.order_by(actor_links.c.article_id)))


def article_with(connection: Connection, beginning: str) -> str:
    """The id of the article that has this id, or holds the claim or event that has; the beginning of an id will do.

    Raises NotFoundError if nothing or more than one article answers to it.
    """
    wanted = beginning.strip().lower()
    if len(wanted) == _WHOLE and connection.scalar(select(articles.c.id).where(articles.c.id == wanted)):
        return wanted
    found: set[str] = set()
    if wanted and set(wanted) <= _HEX:
        for table, owner in ((articles, articles.c.id), (claims, claims.c.article_id), (events, events.c.article_id)):
            found |= set(connection.scalars(select(owner).where(begins_with(table.c.id, wanted)).distinct().limit(2)))
    if len(found) > 1:
        raise NotFoundError(f"More than one id begins with {wanted!r}: give more of it.")
    if not found:
        raise NotFoundError(f"No article, claim or event has the id {beginning!r}.")
    return found.pop()


def captures_of(connection: Connection, article_ids: Collection[str]) -> dict[str, Capture]:
    """The captures that those of some articles which there are were read from, by the ids of the articles."""
    wanted = select(articles.c.id.label("article_id"), captures).join_from(articles, captures).where(articles.c.id.in_(article_ids))
    return {row["article_id"]: record_of(Capture, row) for row in connection.execute(wanted).mappings()}


def readings(connection: Connection, ids: Sequence[str]) -> Iterator[Reading]:
    """The readings of articles, in the order of `ids`."""
    rows = _by_parent(connection, articles, "id", ids)
    aside = _by_parent(connection, set_aside, "article_id", ids)
    named = _by_parent(connection, mentions, "article_id", ids)
    said = _by_parent(connection, claims, "article_id", ids)
    told = _by_parent(connection, tellers, "claim_id", select(claims.c.id).where(claims.c.article_id.in_(ids)))
    happened = _by_parent(connection, events, "article_id", ids)
    counted = _by_parent(connection, tolls, "event_id", select(events.c.id).where(events.c.article_id.in_(ids)))
    passed_over = _by_parent(connection, not_counted, "article_id", ids)
    places = _by_parent(connection, place_links, "article_id", ids)
    actors = _by_parent(connection, actor_links, "article_id", ids)
    persons = _by_parent(connection, person_links, "article_id", ids)
    changed = _by_parent(connection, corrected, "article_id", ids)
    for key in ids:
        (row,) = rows[key]
        yield Reading(
            article=record_of(Article, row, set_aside=_records(SetAside, aside[key])),
            mentions=_records(Mention, named[key]),
            claims=tuple(record_of(Claim, each, tellers=_records(Teller, told[each["id"]])) for each in said[key]),
            events=tuple(record_of(Event, each, tolls=_records(Toll, counted[each["id"]])) for each in happened[key]),
            not_counted=_records(NotCounted, passed_over[key]),
            reader=row["reader"],
            outlet_id=row["outlet_id"],
            places=_records(PlaceLink, places[key]),
            actors=_records(ActorLink, actors[key]),
            persons=_records(PersonLink, persons[key]),
            vector=row["vector"],
            corrected=tuple(msgspec.json.decode(each["content"], type=Corrected) for each in changed[key]),
        )


def _by_parent(
    connection: Connection, table: Table, key: str, wanted: Sequence[str] | Select[tuple[str]]
) -> Mapping[str, Sequence[RowMapping]]:
    """The rows of a table that belong to the wanted ones, in their order, by the id that they belong to."""
    rows: dict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c[key].in_(wanted)).order_by(table.c[key], table.c.number)).mappings():
        rows[row[key]].append(row)
    return rows


def _records(cls: type[Record], rows: Sequence[RowMapping]) -> tuple[Record, ...]:
    return tuple(record_of(cls, row) for row in rows)
