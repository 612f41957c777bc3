"""The shape of the store: which revision it has, and bringing an older one up to date."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from riwaya.errors import LibraryError
from riwaya.store import search_index
from riwaya.store.sqlite import copy_database, reading, take_statistics

HEAD = "0011"
_MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(engine: Engine) -> str | None:
    """The revision of a database; None: it is empty."""
    with reading(engine).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def bring_up_to_date(engine: Engine, *, backup: Path) -> None:
    """Make the tables of an empty database, or migrate an older one after copying it to `backup`-revision-NUMBER.sqlite.

    Raises LibraryError if it is newer than this program.
    """
    revision = revision_of(engine)
    if revision == HEAD:
        return
    if revision and revision > HEAD:
        raise LibraryError(f"The library was made by a newer riwaya: it has revision {revision}, this one knows {HEAD}.")
    if revision:
        backup.parent.mkdir(exist_ok=True)
        copy_database(engine, backup.with_name(f"{backup.name}-revision-{revision}.sqlite"))
    migrate(engine)


def require_this(engine: Engine) -> None:
    """Raise LibraryError if the database is not of the shape that this program knows."""
    revision = revision_of(engine)
    if revision != HEAD:
        raise LibraryError(
            f"The library has revision {revision or 'none'}, this riwaya {HEAD}: it must be opened once where it can be written."
        )


def migrate(engine: Engine, revision: str = HEAD) -> None:
    """Bring an empty or older database to a revision, in one transaction."""
    from alembic.command import upgrade  # alembic is slow to import and seldom needed
    from alembic.config import Config

    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        upgrade(config, revision)
        if revision == HEAD:
            search_index.fill(connection)
            take_statistics(connection)
