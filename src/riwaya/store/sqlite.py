"""What the store needs of SQLite in particular: opening, locking, copying. Search is in search_sqlite."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from riwaya.errors import LibraryError

WAIT_SECONDS = 60  # how long a writer waits for another one


def open_engine(file: Path) -> Engine:
    """An engine on a database file, which is made if it is not there: WAL, foreign keys enforced.

    A transaction of `engine.begin()` takes the write lock at once: one writer at a time, in the order in which they come. The
    archive is fsynced and the store can be made anew from it, so that losing the last transactions with the power is no loss.
    """
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def reading(engine: Engine) -> Engine:
    """The same engine, for transactions that only read: they see one state and lock nobody out."""
    return engine.execution_options(only_reads=True)


@contextmanager
def refusals(engine: Engine) -> Iterator[None]:
    """Around the first use of a database: what SQLite says against it becomes a LibraryError, and the database is let go."""
    try:
        yield
    except DatabaseError as error:
        engine.dispose()
        raise LibraryError(f"{engine.url.database} cannot be used: {error.orig}.") from error
    except LibraryError:
        engine.dispose()
        raise


def copy_database(engine: Engine, file: Path) -> None:
    """A consistent copy of the database in one new file, also while others write to it."""
    with reading(engine).connect() as connection, closing(sqlite3.connect(file)) as copy:
        original: Any = connection.connection.dbapi_connection
        original.backup(copy)


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, also around table changes
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("only_reads") else "BEGIN IMMEDIATE")
