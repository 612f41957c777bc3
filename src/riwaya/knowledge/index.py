"""Records by key and by wording in one SQLite file: built once, looked up without loading anything into memory."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

import msgspec

from riwaya.arabic.fold import folded
from riwaya.arabic.remembered import remembered
from riwaya.errors import KnowledgeError

_TABLES = """
CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wording (form TEXT, key TEXT, PRIMARY KEY (form, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS wording_of ON wording (key);
CREATE TABLE IF NOT EXISTS telling (form TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_SPELLINGS = (  # what writers are at odds about, one way for both: مليشيا، كوردستان
    ("مليش", "ميليش"), ("كورد", "كرد"), ("ديموقراط", "ديمقراط"), ("بيشمرك", "بشمرك"), ("اميرك", "امريك"), ("كونجرس", "كونغرس"),
    ("بنتاجون", "بنتاغون"),
)  # fmt: skip
_SYRIA = re.compile(r"\b([وفبلك]{0,2})سوريه\b")
_SPACES = str.maketrans(dict.fromkeys('-_/،,;.()[]«»"“”', " ") | dict.fromkeys("'’‘`´ʿʾʼ"))


class Entry(Protocol):
    """What an index holds: a frozen record with a key and the names it goes by."""

    @property
    def key(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...


Record = TypeVar("Record", bound=Entry)


@remembered
def form_of(name: str) -> str:
    """The form that a name is looked up by: folded, Latin letters without marks, one space for hyphens and commas, one way to write
    what is written in two (ميليشيا ومليشيا، كردستان وكوردستان، سوريا وسورية)."""
    form = " ".join(folded(unicodedata.normalize("NFKD", name).translate(_SPACES)).split())
    for one, other in _SPELLINGS:
        form = form.replace(one, other)
    return _SYRIA.sub(r"\1سوريا", form)


class Index(Generic[Record]):
    """An index file, opened for reading. Close it, or let it go with the process."""

    def __init__(self, file: Path, record: type[Record]) -> None:
        """Raises KnowledgeError if there is no such file or it is no index."""
        try:
            # one thread at a time uses an index, but it need not be the one that opened it
            self._connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            self._connection.execute("SELECT count(*) FROM entry WHERE key = ''")
        except sqlite3.Error as error:
            raise KnowledgeError(f"{file} cannot be read as an index of names: {error}.") from error
        self._decoder = msgspec.json.Decoder(record)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def named(self, form: str) -> list[Record]:
        """All records that have a name of this form (`form_of`), in the order of their keys."""
        return self._records("SELECT record FROM wording JOIN entry USING (key) WHERE form = ? ORDER BY key", form)

    def forms(self) -> set[str]:
        """Every form that begins with an Arabic letter and leads to a record."""
        return {form for (form,) in self._connection.execute("SELECT DISTINCT form FROM wording WHERE form >= 'ء'")}

    def telling_forms(self) -> set[str]:
        """The forms that `put_telling` put there: those that are no words of their own."""
        known = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'telling'").fetchone()
        return {form for (form,) in self._connection.execute("SELECT form FROM telling")} if known else set()

    def with_key(self, key: str) -> Record | None:
        """The record with this key."""
        return next(iter(self._records("SELECT record FROM entry WHERE key = ?", key)), None)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records("SELECT record FROM entry ORDER BY key"))

    def _records(self, query: str, *values: str) -> list[Record]:
        return [self._decoder.decode(record) for (record,) in self._connection.execute(query, values)]


def as_it_is(own: Path | None) -> tuple[Path | None, int]:
    """A library's own list if the file is there, and when it was last changed (ns): what must be the same for a list that was opened
    before to be the one that lies there now."""
    try:
        return own, own.stat().st_mtime_ns if own else 0
    except FileNotFoundError:
        return None, 0


def put_entries(file: Path, records: Iterable[Entry]) -> tuple[int, int]:
    """Put records into an index file, made if need be, in one transaction; one with a known key replaces it.

    Gives how many keys are new and how many hold something else than before.
    """
    try:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.executescript(_TABLES)
            return _put(connection, records)
    except sqlite3.Error as error:
        raise KnowledgeError(f"{file} cannot be written as an index of names: {error}.") from error


def put_telling(file: Path, forms: Iterable[str]) -> None:
    """Keep in an index file, beside its records, which forms tell of a record wherever they stand."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany("INSERT OR IGNORE INTO telling VALUES (?)", [(form,) for form in forms])


def _put(connection: sqlite3.Connection, records: Iterable[Entry]) -> tuple[int, int]:
    new = changed = 0
    for record in records:
        encoded = msgspec.json.encode(record).decode()
        before: Any = connection.execute("SELECT record FROM entry WHERE key = ?", (record.key,)).fetchone()
        if before and before[0] == encoded:
            continue
        new, changed = new + (before is None), changed + (before is not None)
        connection.execute("INSERT OR REPLACE INTO entry VALUES (?, ?)", (record.key, encoded))
        connection.execute("DELETE FROM wording WHERE key = ?", (record.key,))
        forms = {form_of(name) for name in record.names} - {""}
        connection.executemany("INSERT INTO wording VALUES (?, ?)", [(form, record.key) for form in sorted(forms)])
    return new, changed
