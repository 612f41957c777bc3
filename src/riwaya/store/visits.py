"""What is remembered of addresses between two rounds: when each was asked for, and by what its server knows whether it has changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, delete, insert, select

from riwaya.records import Visit
from riwaya.store.rows import record_of, row_of
from riwaya.store.sql import visits

_BATCH = 500


def note_visits(connection: Connection, made: Sequence[Visit]) -> None:
    """Remember visits, each in the place of the last one to the same address."""
    rows = {visit.address: row_of(visit) for visit in made}
    connection.execute(delete(visits).where(visits.c.address.in_(rows)))
    if rows:
        connection.execute(insert(visits), list(rows.values()))


def visits_to(connection: Connection, addresses: Iterable[str]) -> dict[str, Visit]:
    """The last visits to these addresses, by address."""
    found: dict[str, Visit] = {}
    waiting = iter(addresses)
    while batch := list(islice(waiting, _BATCH)):
        rows = connection.execute(select(visits).where(visits.c.address.in_(batch))).mappings()
        found |= {row["address"]: record_of(Visit, row) for row in rows}
    return found


def visits_due(connection: Connection, outlets: Sequence[str], *, first_after: datetime, last_before: datetime) -> tuple[Visit, ...]:
    """The addresses of these outlets that were first asked for after one time and last before the other, the oldest visit first."""
    wanted = select(visits).where(
        visits.c.outlet.in_(outlets), visits.c.first_at > first_after.isoformat(), visits.c.last_at < last_before.isoformat()
    )
    return tuple(record_of(Visit, row) for row in connection.execute(wanted.order_by(visits.c.last_at)).mappings())
