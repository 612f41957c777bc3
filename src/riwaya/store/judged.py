"""What people judged, as it is in the store; the file beside the captures is what lasts."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from riwaya.records import Grade, Judgement
from riwaya.store.rows import record_of, row_of
from riwaya.store.sql import grades, judgements


def add_judged(connection: Connection, found: Sequence[Judgement | Grade]) -> None:
    """Store what people judged; what is stored already stays."""
    for kind, table in ((Judgement, judgements), (Grade, grades)):
        known = set(connection.scalars(select(table.c.id)))
        rows = {one.id: row_of(one) for one in found if isinstance(one, kind) and one.id not in known}
        if rows:
            connection.execute(insert(table), list(rows.values()))


def all_judgements(connection: Connection) -> tuple[Judgement, ...]:
    """All judgements, the oldest first."""
    rows = connection.execute(select(judgements).order_by(judgements.c.at, judgements.c.id)).mappings()
    return tuple(record_of(Judgement, row) for row in rows)


def all_grades(connection: Connection) -> tuple[Grade, ...]:
    """All grades, the oldest first."""
    rows = connection.execute(select(grades).order_by(grades.c.at, grades.c.id)).mappings()
    return tuple(record_of(Grade, row) for row in rows)
