"""Run by alembic: migrates the database of the connection it is given."""

from alembic import context

from riwaya.store import search_sqlite
from riwaya.store.sql import metadata


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Whether alembic may compare this table with ours: the tables that full-text search keeps for itself are not its business."""
    return kind != "table" or not (name or "").startswith(search_sqlite.INDEXES)


context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, include_name=is_ours)
context.run_migrations()
