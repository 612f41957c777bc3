"""What the store needs of SQLite in particular: opening, locking, copying. Search is in search_sqlite."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DatabaseError

from riwaya.errors import LibraryError

_OF_THE_DISK = frozenset([sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY])  # their primary codes
WAIT_SECONDS = 60  # how long a writer waits for another one


def open_engine(file: Path, *, only_read: bool = False) -> Engine:
    """An engine on a database file, which is made if it is not there: WAL, foreign keys enforced.

    A transaction of `engine.begin()` takes the write lock at once: one writer at a time, in the order in which they come; where it is
    opened `only_read`, it raises LibraryError. The archive is fsynced and the store can be made anew from it, so that losing the last
    transactions with the power is no loss. What the disk refuses (it is full, or cannot be written) is a LibraryError too.
    """
    if only_read:
        engine = create_engine(f"sqlite:///{file}", creator=partial(_connected_to_read, file))
        event.listen(engine, "begin", _begin_to_read)
        return engine
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _refuse_what_the_disk_refuses)
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
    """A consistent copy of the database in one new file, also while others write to it. Raises LibraryError if it cannot be written."""
    try:
        with reading(engine).connect() as connection, closing(sqlite3.connect(file)) as copy:
            original: Any = connection.connection.dbapi_connection
            original.backup(copy)
    except sqlite3.Error as error:
        file.unlink(missing_ok=True)
        raise LibraryError(f"The copy {file} cannot be written: {error}.") from error


def erase_what_was_deleted(engine: Engine) -> None:
    """Write the database anew, so that no page of it keeps what was deleted from it."""
    with reading(engine).connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def take_statistics(connection: Connection) -> None:
    """Let SQLite learn how its rows are spread (a thousand of each index: some tenths of a second), by which it chooses its ways."""
    connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
    connection.exec_driver_sql("ANALYZE")


def state_of(connection: Connection) -> int:
    """A number that differs from the last one of this connection if anybody has changed the database since; ends the transaction."""
    state = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    connection.rollback()
    return int(state)


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, also around table changes
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _refuse_what_the_disk_refuses(context: ExceptionContext) -> None:
    error = context.original_exception
    if context.engine and isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK:
        raise LibraryError(
            f"{context.engine.url.database} cannot be written: {error}. What was collected before is safe; go on when there is room."
        ) from error


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("only_reads") else "BEGIN IMMEDIATE")


def _connected_to_read(file: Path) -> sqlite3.Connection:
    """A connection that writes nothing. Where SQLite may not even make the files beside the database that WAL needs, nobody can be
    writing to it, and it is read as it lies there."""
    beside = file.with_name(f"{file.name}-wal").exists() or is_writable(file.parent)
    how = "mode=ro" if beside else "immutable=1"
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=WAIT_SECONDS, check_same_thread=False
    )


def _begin_to_read(connection: Connection) -> None:
    if not connection.get_execution_options().get("only_reads"):
        raise LibraryError(f"{connection.engine.url.database} can only be read: its folder cannot be written, or it was opened so.")
    connection.exec_driver_sql("BEGIN")


def is_writable(folder: Path) -> bool:
    """Whether files can be made and changed in a folder."""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
