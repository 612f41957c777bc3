"""Passages, copies and links in the store."""

from collections.abc import Collection, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, RowMapping, delete, func, insert, or_, select

from riwaya.errors import NotFoundError
from riwaya.records import Copy, Link, Passage, Reason
from riwaya.store.rows import record_of, row_of
from riwaya.store.sql import copies, links, passages, unrelated

_BATCH = 500


def unrelated_count(connection: Connection) -> int:
    """How many articles were read and are not related yet."""
    return connection.scalar(select(func.count()).select_from(unrelated)) or 0


def passages_of(connection: Connection, article_ids: Collection[str]) -> tuple[Passage, ...]:
    """The passages of articles, in the order of articles and of their texts."""
    wanted = select(passages).where(passages.c.article_id.in_(article_ids)).order_by(passages.c.article_id, passages.c.number)
    return tuple(record_of(Passage, row) for row in connection.execute(wanted).mappings())


def passages_with(connection: Connection, ids: Collection[str]) -> tuple[Passage, ...]:
    """The passages of these ids, in their order."""
    ordered, found = sorted(ids), []
    for first in range(0, len(ordered), _BATCH):
        wanted = select(passages).where(passages.c.id.in_(ordered[first : first + _BATCH])).order_by(passages.c.id)
        found += [record_of(Passage, row) for row in connection.execute(wanted).mappings()]
    return tuple(found)


def passage_with(connection: Connection, beginning: str) -> Passage:
    """The passage that has this id or its beginning. Raises NotFoundError."""
    wanted = passages.c.id.startswith(beginning.strip().lower(), autoescape=True)
    found = connection.execute(select(passages).where(wanted).limit(2)).mappings().all() if beginning.strip() else []
    if len(found) != 1:
        raise NotFoundError(f"{'More than one' if found else 'No'} passage's id begins with {beginning!r}.")
    return record_of(Passage, found[0])


def link_with(connection: Connection, beginning: str) -> Link | None:
    """The link that has this id or its beginning; None: no one link has."""
    wanted = links.c.id.startswith(beginning.strip().lower(), autoescape=True)
    found = connection.execute(select(links).where(wanted).limit(2)).mappings().all() if beginning.strip() else []
    return _link(found[0]) if len(found) == 1 else None


def links_of(connection: Connection, passage_ids: Collection[str]) -> tuple[Link, ...]:
    """The links of passages, in the order of their ids."""
    found: dict[str, Link] = {}
    ids = sorted(passage_ids)
    for first in range(0, len(ids), _BATCH):
        batch = ids[first : first + _BATCH]
        wanted = select(links).where(or_(links.c.left.in_(batch), links.c.right.in_(batch)))
        found |= {row["id"]: _link(row) for row in connection.execute(wanted).mappings()}
    return tuple(found[key] for key in sorted(found))


def copies_of(connection: Connection, article_ids: Collection[str]) -> tuple[Copy, ...]:
    """The copies that any of these articles is, or is the original of."""
    wanted = select(copies).where(or_(copies.c.original.in_(article_ids), copies.c.copy.in_(article_ids))).order_by(copies.c.id)
    return tuple(record_of(Copy, row) for row in connection.execute(wanted).mappings())


def add_links(connection: Connection, found: Sequence[Link]) -> None:
    """Store links in the place of those of the same passages."""
    if found:
        connection.execute(delete(links).where(links.c.id.in_([link.id for link in found])))
        connection.execute(insert(links), [row_of(link) | {"reasons": msgspec.json.encode(link.reasons).decode()} for link in found])


def add_copies(connection: Connection, found: Iterable[Copy]) -> None:
    """Store copies."""
    rows = [row_of(copy) for copy in found]
    if rows:
        connection.execute(insert(copies), rows)


def unsure_links(connection: Connection, limit: int) -> tuple[Link, ...]:
    """The links whose score is nearest to one half."""
    wanted = select(links).order_by(func.abs(links.c.score - 0.5), links.c.id).limit(limit)
    return tuple(_link(row) for row in connection.execute(wanted).mappings())


def _link(row: RowMapping) -> Link:
    return record_of(Link, row, reasons=msgspec.json.decode(row["reasons"], type=tuple[Reason, ...]))
