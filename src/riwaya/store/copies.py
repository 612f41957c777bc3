"""Copies in the store: which texts repeat which, and the days whose texts are still to be compared."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, insert, or_, select, update

from riwaya.records import Copy
from riwaya.store.rows import record_of, row_of
from riwaya.store.sql import article_facets
from riwaya.store.sql_relations import copies, days_to_compare, passages, texts


class Text(NamedTuple):
    """An article or a passage as copies are found among: its id, the day it is placed on, the hashes of its runs of words."""

    id: str
    day: date
    runs: bytes


class Marked(NamedTuple):
    """A day whose texts are to be compared."""

    day: date
    changed: bool  # texts came or went: the days after it are to be compared too


def mark_days(connection: Connection, days: Collection[date], *, changed: bool) -> None:
    """The texts of these days are to be compared again."""
    wanted = {day.isoformat() for day in days}
    known = set(connection.scalars(select(days_to_compare.c.day).where(days_to_compare.c.day.in_(wanted))))
    if changed and known:
        connection.execute(update(days_to_compare).where(days_to_compare.c.day.in_(known)).values(changed=True))
    if wanted - known:
        connection.execute(insert(days_to_compare), [{"day": day, "changed": changed} for day in sorted(wanted - known)])


def first_marked_day(connection: Connection) -> Marked | None:
    """The earliest day whose texts are to be compared; None: there is none."""
    row = connection.execute(select(days_to_compare).order_by(days_to_compare.c.day).limit(1)).first()
    return Marked(date.fromisoformat(row.day), row.changed) if row else None


def days_with_texts(connection: Connection, first: date, last: date) -> set[date]:
    """Those of these days, both included, on which articles are placed."""
    return {date.fromisoformat(day) for day in connection.scalars(select(texts.c.day).where(_within(texts, first, last)).distinct())}


def unmark_day(connection: Connection, day: date) -> None:
    """The texts of this day are compared."""
    connection.execute(delete(days_to_compare).where(days_to_compare.c.day == day.isoformat()))


def article_texts(connection: Connection, first: date, last: date) -> list[Text]:
    """The articles of these days, both included, by day and id."""
    return _texts(connection, texts, "article_id", first, last)


def passage_texts(connection: Connection, first: date, last: date) -> list[Text]:
    """The passages of these days, both included, by day and id."""
    return _texts(connection, passages, "id", first, last)


def copies_between(connection: Connection, first: date, last: date) -> tuple[Copy, ...]:
    """The copies that were published on these days, both included."""
    wanted = select(copies).join(texts, texts.c.article_id == copies.c.copy).where(_within(texts, first, last)).order_by(copies.c.id)
    return tuple(record_of(Copy, row) for row in connection.execute(wanted).mappings())


def prints_between(connection: Connection, first: date, last: date) -> dict[str, str]:
    """The passages of these days that are only another print, each with the passage it is a print of."""
    wanted = select(passages.c.id, passages.c.original).where(_within(passages, first, last), passages.c.original.is_not(None))
    return {row.id: row.original for row in connection.execute(wanted)}


def replace_copies(connection: Connection, before: Iterable[Copy], found: Iterable[Copy]) -> None:
    """Put the copies that were found in the place of those of before."""
    old, new = ({copy.id: copy for copy in each} for each in (before, found))
    gone = [key for key, copy in old.items() if new.get(key) != copy]
    if gone:
        connection.execute(delete(copies).where(copies.c.id.in_(gone)))
    rows = [row_of(copy) for key, copy in new.items() if old.get(key) != copy]
    if rows:
        connection.execute(insert(copies), rows)


def note_prints(connection: Connection, articles: Collection[str], prints: Mapping[str, str]) -> None:
    """Say of articles which of them are only another print of one, for search to show them as one."""
    c = article_facets.c
    was = dict.fromkeys(connection.scalars(select(c.article_id).where(c.article_id.in_(articles), c.print_of.is_not(None))))
    rows = [{"article": key, "original": prints.get(key)} for key in {**was, **prints}]
    if rows:
        changed = update(article_facets).where(c.article_id == bindparam("article")).values(print_of=bindparam("original"))
        connection.execute(changed, rows)


def count(connection: Connection) -> int:
    """How many copies there are."""
    return connection.scalar(select(func.count()).select_from(copies)) or 0


def copies_of(connection: Connection, article_ids: Collection[str]) -> tuple[Copy, ...]:
    """The copies that any of these articles is, or is the original of."""
    wanted = select(copies).where(or_(copies.c.original.in_(article_ids), copies.c.copy.in_(article_ids))).order_by(copies.c.id)
    return tuple(record_of(Copy, row) for row in connection.execute(wanted).mappings())


def _texts(connection: Connection, table: Table, key: str, first: date, last: date) -> list[Text]:
    wanted = select(table.c[key], table.c.day, table.c.runs).where(_within(table, first, last)).order_by(table.c.day, table.c[key])
    return [Text(row[0], date.fromisoformat(row[1]), row[2]) for row in connection.execute(wanted)]


def _within(table: Table, first: date, last: date) -> ColumnElement[bool]:
    return table.c.day.between(first.isoformat(), last.isoformat())
