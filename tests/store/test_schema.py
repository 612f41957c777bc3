"""The shape of the store: made, migrated, and the same as the tables in sql.py."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import riwaya.store.schema as schema
from riwaya.errors import LibraryError
from riwaya.store import search_sqlite
from riwaya.store.sql import metadata
from riwaya.store.sqlite import open_engine


def test_the_migrations_end_where_the_program_thinks_and_make_the_tables_of_sql(tmp_path: Path) -> None:
    script = ScriptDirectory.from_config(_config())
    assert script.get_current_head() == schema.HEAD
    engine = open_engine(tmp_path / "library.sqlite")
    schema.migrate(engine)

    def ours(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or not (name or "").startswith(search_sqlite.INDEXES)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert inspect(connection).has_table("article_words")
    engine.dispose()


def test_every_revision_has_a_number_that_sorts() -> None:
    revisions = [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions("base", "heads")]
    assert sorted(revisions, reverse=True) == revisions
    assert all(len(revision) == 4 for revision in revisions)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "library.sqlite")
    schema.migrate(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE article_words (in_the_way INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        schema.migrate(engine)
    assert schema.revision_of(engine) == "0001"
    engine.dispose()


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    engine = open_engine(file)
    schema.migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(LibraryError, match="newer riwaya: it has revision 0999"):
        schema.bring_up_to_date(engine, backup=tmp_path / "backup")
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0999",)]
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
