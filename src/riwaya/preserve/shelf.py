"""A shelf: records that people make and change, each a JSON file of its own in one folder of the library.

A change is made to what lies on the shelf at that moment, under a lock that all processes and threads wait for, and the file is replaced
as a whole: of two who write at once neither loses anything, and a crash leaves the file as it was before or as it is after.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Generic, NamedTuple, Protocol, TypeVar

import msgspec

from riwaya.errors import LibraryError, NotFoundError
from riwaya.preserve.warc import append_safely
from riwaya.records import Failure, failed

FOLDER = "casework"


class _Record(Protocol):
    @property
    def id(self) -> str: ...


Kept = TypeVar("Kept", bound=_Record)


class _Read(NamedTuple):
    """What a file said when it was last read."""

    state: tuple[int, int, int]  # it has changed if this has
    said: object  # the record, or a Failure


class Shelf(Generic[Kept]):
    """The records of one kind in a library's folder, for many threads and processes. `name` is how their files begin."""

    def __init__(self, library: Path, name: str, kind: type[Kept]) -> None:
        self._folder = library / FOLDER
        self._name = name
        self._kind = kind
        self._known: dict[str, _Read] = {}
        self._reading = Lock()

    def all(self) -> dict[str, Kept]:
        """The records by id."""
        return {each.id: each for each in self._said() if isinstance(each, self._kind)}

    def failures(self) -> tuple[Failure, ...]:
        """The files that cannot be read; they are left as they are."""
        return tuple(each for each in self._said() if isinstance(each, Failure))

    def add(self, record: Kept) -> None:
        """Keep a new record; when this returns, it is on the disk. Raises LibraryError if it cannot be written."""
        with self._alone():
            self._write(record)

    def change(self, key: str, change: Callable[[Kept], Kept | None]) -> Kept | None:
        """What `change` makes of the record of this id, as it is then, in its place; None takes it away for good.

        What `change` raises leaves all as it was. Raises NotFoundError, LibraryError if it cannot be written.
        """
        with self._alone():
            record = self.all().get(key)
            now = self._read(self._file(record)) if record else None  # not what is remembered of the file
            if now is None or isinstance(now, Failure):
                raise NotFoundError(f"There is no {self._name} with the id {key!r}.")
            changed = change(now)
            if changed is None:
                self._file(now).unlink(missing_ok=True)
                self._settle()
            elif changed != now:
                self._write(changed)
            return changed

    def _said(self) -> list[object]:
        with self._reading:
            known, self._known = self._known, {}
            for path in sorted(self._folder.glob(f"{self._name}-*.json")):
                with suppress(FileNotFoundError):  # it was taken away meanwhile
                    found = path.stat()
                    state = (found.st_mtime_ns, found.st_size, found.st_ino)
                    before = known.get(path.name)
                    self._known[path.name] = before if before and before.state == state else _Read(state, self._read(path))
            return [each.said for each in self._known.values()]

    def _read(self, path: Path) -> Kept | Failure:
        try:
            return msgspec.json.decode(path.read_bytes(), type=self._kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, OSError) as error:
            return failed("preserve", f"{FOLDER}/{path.name}", "damaged record", f"This file holds no {self._name}: {error}")

    def _file(self, record: Kept) -> Path:
        return self._folder / f"{self._name}-{record.id}.json"

    def _write(self, record: Kept) -> None:
        path = self._file(record)
        partial = path.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        append_safely(partial, msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")
        partial.replace(path)
        self._settle()

    def _settle(self) -> None:
        """Have it on the disk which files there are."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until nobody else writes to the shelf, then be the only one."""
        lock = self._folder / "lock"
        try:
            self._folder.mkdir(exist_ok=True)
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise LibraryError(f"{lock} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
