"""A library is found, refused, migrated, read where it cannot be written, and copied."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from riwaya import Library, LibraryError, SettingsError
from riwaya.store import schema
from riwaya.store.sqlite import open_engine
from tests.libraries import SAMPLES, dump, page, without_row_numbers

FIRST_TABLES = {"captures", "articles", "set_aside", "mentions", "claims", "tellers", "events", "tolls", "not_counted", "failures"}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        yield library


def test_a_library_is_found_from_below(library: Library) -> None:
    below = library.folder / "captures"
    with Library.find(below) as found:
        assert found.folder == library.folder
    with pytest.raises(LibraryError, match="nor a folder above it is a library"):
        Library.find(library.folder.parent)


def test_what_is_no_library_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is a library already"):
        Library.create(library.folder)
    with pytest.raises(LibraryError, match=r"it has no riwaya\.toml"):
        Library.open(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot become a library"):
        Library.create(tmp_path / "file")
    library.close()
    (library.folder / "library.sqlite").write_bytes(b"This is no database. " * 100)
    with pytest.raises(LibraryError, match="cannot be used: file is not a database"):
        Library.open(library.folder)


def test_wrong_settings_are_told_on_opening(library: Library) -> None:
    (library.folder / "riwaya.toml").write_text("colour = 'red'")
    with pytest.raises(SettingsError, match="there is no setting 'colour'"):
        Library.open(library.folder)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no such permissions on this system")
def test_a_library_that_cannot_be_written_can_still_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "library"
        with Library.create(folder) as library:
            library.collect([page(folder.parent, "a.html")])
            library.read()
            wanted = list(library.readings())
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for path in (*folder.rglob("*"), folder, folder.parent):
            path.chmod(0o555 if path.is_dir() else 0o444)
        us = os.geteuid()
        if us == 0:
            os.seteuid(65534)
        try:
            with Library.open(folder) as library:
                assert list(library.readings()) == wanted
                assert library.search("انفجار").total == 1
                assert library.keeping.verify().differences == ()
                for change in (library.rebuild, lambda: library.collect([folder.parent / "a.html"]), lambda: library.keeping.note("read")):
                    with pytest.raises(LibraryError, match="can only be read"):
                        change()
            with pytest.raises(LibraryError, match="cannot become a library"):
                Library.create(folder.parent / "other")
        finally:
            os.seteuid(us)
            for path in (folder.parent, folder, *folder.rglob("*")):
                path.chmod(0o755)
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def without_last(rows: list[tuple[object, ...]], columns: int) -> list[tuple[object, ...]]:
    """Rows as they are before their last columns were there."""
    return sorted(((*row[: len(row) - columns], *[None] * columns) for row in rows), key=repr)


def make_older(path: Path) -> None:
    """Put what the first revision has room for of a database in the place of it."""
    first = path.with_name("first.sqlite")
    engine = open_engine(first)
    schema.migrate(engine, "0001")
    engine.dispose()
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("ATTACH ? AS present", (str(path),))
        for table in FIRST_TABLES:
            columns = ", ".join(["rowid", *(name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})"))])
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM present.{table}")
        connection.commit()
    for each in path.parent.glob("library.sqlite*"):
        each.unlink()
    first.replace(path)


def test_an_older_library_is_copied_and_migrated_without_loss(library: Library, tmp_path: Path) -> None:
    library.collect([SAMPLES])
    library.read()
    library.close()
    now = dump(library.folder)
    make_older(library.folder / "library.sqlite")
    old = dump(library.folder)
    assert "article_words" not in old
    kept = {"articles", "claims", "events", "article_words", "mentions", "tellers", "tolls"}
    with Library.open(library.folder) as migrated:
        assert migrated.search("المعارك").found
        new = {"articles": 2, "claims": 1}  # their vectors, and which actor an outlet is
        then = {name: without_last(rows, new.get(name, 0)) for name, rows in now.items() if name in kept}
        assert {name: rows for name, rows in dump(library.folder).items() if name in kept} == then
        assert not any(reading.places or reading.actors for reading in migrated.readings())
        assert migrated.counts().unread == migrated.counts().captures  # what was read then has no links
        migrated.read()
    assert without_row_numbers(dump(library.folder)) == without_row_numbers(now)
    (copy,) = (library.folder / "backups").iterdir()
    assert copy.name.endswith("-revision-0001.sqlite")
    shutil.copy(copy, tmp_path / "library.sqlite")
    assert dump(tmp_path) == old
    Library.open(library.folder).close()
    assert len(list((library.folder / "backups").iterdir())) == 1


def test_the_first_revision_is_what_the_program_of_then_made(tmp_path: Path) -> None:
    """The store of the test above is the present one made older; this is one that the first migration alone makes."""
    with Library.create(tmp_path / "library") as library:
        library.collect([page(tmp_path, "a.html")])
    for path in library.folder.glob("library.sqlite*"):
        path.unlink()
    engine = open_engine(library.folder / "library.sqlite")
    schema.migrate(engine, "0001")
    engine.dispose()
    with Library.open(library.folder) as migrated:
        assert migrated.read().articles == 1
        assert migrated.search("انفجار").total == 1


def test_a_backup_is_a_library(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path, "a.html")])
    library.read()
    backup = library.backup()
    assert backup.parent == library.folder / "backups"
    before = dump(library.folder)
    shutil.rmtree(library.folder / "captures")
    with Library.open(backup) as copy:
        assert dump(backup) == before
        copy.rebuild()
        assert without_row_numbers(dump(backup)) == without_row_numbers(before)
    elsewhere = library.folder.parent / "elsewhere"
    (library.folder / "captures").mkdir()
    assert library.backup(elsewhere) == elsewhere
    with pytest.raises(LibraryError, match="exists already"):
        library.backup(elsewhere)
