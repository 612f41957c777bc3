"""What people judged, as it is in the store; the file beside the captures is what lasts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from riwaya.records import Corrected, Correction, Grade, Judgement
from riwaya.store.rows import record_of, row_of
from riwaya.store.sql import articles, corrected
from riwaya.store.sql_relations import corrections, grades, judgements


def add_judged(connection: Connection, found: Sequence[Judgement | Grade | Correction]) -> None:
    """Store what people judged; what is stored already stays."""
    for kind, table in ((Judgement, judgements), (Grade, grades)):
        known = set(connection.scalars(select(table.c.id)))
        rows = {one.id: row_of(one) for one in found if isinstance(one, kind) and one.id not in known}
        if rows:
            connection.execute(insert(table), list(rows.values()))
    known = set(connection.scalars(select(corrections.c.id)))
    rows = {one.id: _row(one) for one in found if isinstance(one, Correction) and one.id not in known}
    if rows:
        connection.execute(insert(corrections), list(rows.values()))


def count(connection: Connection) -> int:
    """How many judgements, grades and corrections there are."""
    return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in (judgements, grades, corrections))


def forget(connection: Connection, capture_ids: Collection[str]) -> None:
    """Take out what holds words of these captures."""
    either = judgements.c.left_capture_id.in_(capture_ids) | judgements.c.right_capture_id.in_(capture_ids)
    connection.execute(delete(judgements).where(either))
    connection.execute(delete(grades).where(grades.c.of_capture_id.in_(capture_ids)))
    connection.execute(delete(corrections).where(corrections.c.capture_id.in_(capture_ids)))


def all_judgements(connection: Connection) -> tuple[Judgement, ...]:
    """All judgements, the oldest first."""
    rows = connection.execute(select(judgements).order_by(judgements.c.at, judgements.c.id)).mappings()
    return tuple(record_of(Judgement, row) for row in rows)


def all_grades(connection: Connection) -> tuple[Grade, ...]:
    """All grades, the oldest first."""
    rows = connection.execute(select(grades).order_by(grades.c.at, grades.c.id)).mappings()
    return tuple(record_of(Grade, row) for row in rows)


def all_corrections(connection: Connection, article_id: str = "") -> tuple[Correction, ...]:
    """All corrections, or those of one article, the oldest first."""
    wanted = select(corrections.c.content).order_by(corrections.c.at, corrections.c.id)
    rows = connection.scalars(wanted.where(corrections.c.article_id == article_id) if article_id else wanted)
    return tuple(msgspec.json.decode(row, type=Correction) for row in rows)


def applied(connection: Connection, article_id: str = "") -> frozenset[str]:
    """The ids of the corrections that made readings, or the reading of one article, what they are."""
    wanted = select(corrected.c.content)
    rows = connection.scalars(wanted.where(corrected.c.article_id == article_id) if article_id else wanted)
    return frozenset(one.id for row in rows for one in msgspec.json.decode(row, type=Corrected).by)


def corrections_of(connection: Connection, capture_ids: Collection[str]) -> Mapping[str, tuple[Correction, ...]]:
    """The corrections of what was read from some captures, by those of their articles that there are, the oldest first."""
    wanted = select(corrections.c.article_id, corrections.c.content).join(articles, articles.c.id == corrections.c.article_id)
    rows = connection.execute(wanted.where(corrections.c.capture_id.in_(capture_ids)).order_by(corrections.c.at, corrections.c.id))
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    for article_id, content in rows:
        found[article_id].append(msgspec.json.decode(content, type=Correction))
    return {key: tuple(each) for key, each in found.items()}


def corrected_articles(connection: Connection) -> Sequence[str]:
    """The articles in whose readings something is corrected, in the order of their ids."""
    return connection.scalars(select(corrected.c.article_id).distinct().order_by(corrected.c.article_id)).all()


def _row(correction: Correction) -> dict[str, object]:
    return {
        "id": correction.id,
        "capture_id": correction.of.capture_id,
        "article_id": correction.of.article_id,
        "at": correction.at.isoformat(),
        "content": msgspec.json.encode(correction).decode(),
    }
