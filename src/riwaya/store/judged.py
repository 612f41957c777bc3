"""What people judged, as it is in the store; the file beside the captures is what lasts."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from riwaya.records import Grade, Judgement
from riwaya.store.rows import record_of, row_of
from riwaya.store.sql_relations import grades, judgements


def add_judged(connection: Connection, found: Sequence[Judgement | Grade]) -> None:
    """Store what people judged; what is stored already stays."""
    for kind, table in ((Judgement, judgements), (Grade, grades)):
        known = set(connection.scalars(select(table.c.id)))
        rows = {one.id: row_of(one) for one in found if isinstance(one, kind) and one.id not in known}
        if rows:
            connection.execute(insert(table), list(rows.values()))


def count(connection: Connection) -> int:
    """How many judgements and grades there are."""
    return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in (judgements, grades))


def forget(connection: Connection, capture_ids: Collection[str]) -> None:
    """Take out what holds words of these captures."""
    either = judgements.c.left_capture_id.in_(capture_ids) | judgements.c.right_capture_id.in_(capture_ids)
    connection.execute(delete(judgements).where(either))
    connection.execute(delete(grades).where(grades.c.of_capture_id.in_(capture_ids)))


def all_judgements(connection: Connection) -> tuple[Judgement, ...]:
    """All judgements, the oldest first."""
    rows = connection.execute(select(judgements).order_by(judgements.c.at, judgements.c.id)).mappings()
    return tuple(record_of(Judgement, row) for row in rows)


def all_grades(connection: Connection) -> tuple[Grade, ...]:
    """All grades, the oldest first."""
    rows = connection.execute(select(grades).order_by(grades.c.at, grades.c.id)).mappings()
    return tuple(record_of(Grade, row) for row in rows)
