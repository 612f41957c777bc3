"""The manifest: what was done with the archive, one line a deed, each line bearing the hash of the line before it.

A line that is changed, taken out, put in or moved breaks the chain at the line that follows it; what is cut from the end shows
by whatever names a later line: a time-stamp, an evidence pack, a hash that somebody wrote down. Lines are JSON (RFC 8259), the
hash of a line is SHA-256 over its bytes without the newline. They name captures by id and digest, never by address or title: what
is forgotten must not live on here.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from riwaya.errors import ArchiveError
from riwaya.preserve.warc import append_safely

Did = Literal["began", "captured", "found", "read", "verified", "exported", "forgot", "stamped", "judged"]
FILE_NAME = "manifest.jsonl"
PROOFS = "proofs"  # the folder of the time-stamps, beside it
_TAIL = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody did. `captured` and `found` (it lay in the archive and was in no line yet) name bytes of a WARC file."""

    at: datetime  # aware, UTC
    who: str  # the user name of the library
    program: str  # "riwaya 0.1.0"
    did: Did
    warc: str = ""
    offset_bytes: int = 0
    size_bytes: int = 0
    digest: str = ""  # "sha256:...", of those bytes; of the tombstone, the pack, the proof
    captures: tuple[str, ...] = ()  # ids
    file: str = ""  # the name of the pack or proof
    of_line: int = 0  # the line that a proof is of
    detail: str = ""  # numbers and reasons, for a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Deed):
    """A deed with its place in the chain."""

    line: int  # from 1
    previous: str  # 64 hex digits: SHA-256 of the line before


class Head(NamedTuple):
    """The last line."""

    line: int  # 0: there is none
    hash: str


NO_LINE = Head(0, "0" * 64)


class Place(NamedTuple):
    """Up to which byte of which WARC file the manifest knows the archive."""

    warc: str
    end: int


class _State(NamedTuple):
    size: int  # of the file's whole lines
    head: Head
    place: Place


class Manifest:
    """The manifest of one library. One process at a time may append; the store's write lock sees to that."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._known = _State(0, NO_LINE, Place("", 0))

    def append(self, deeds: Sequence[Deed]) -> None:
        """Add lines; when this returns, they are on the disk. Raises ArchiveError if they cannot be written."""
        size, head, place = self._state()
        if self.path.exists() and self.path.stat().st_size > size:  # a line whose writing was interrupted, never acknowledged
            os.truncate(self.path, size)
        content = b""
        for deed in deeds:
            raw = _encoded(deed, head)
            content += raw + b"\n"
            head = Head(head.line + 1, line_hash(raw))
            place = place_after(deed, place)
        append_safely(self.path, content)
        self._known = _State(size + len(content), head, place)

    def head(self) -> Head:
        """The last line that is whole."""
        return self._state().head

    def place(self) -> Place:
        """Up to where the archive is known."""
        return self._state().place

    def size_bytes(self) -> int:
        """How long the lines are that are whole."""
        return self._state().size

    def raw_lines(self, start: int = 0) -> Iterator[bytes]:
        """All lines that are whole, from a byte on, as they are, without their newlines."""
        with suppress(FileNotFoundError), self.path.open("rb") as file:
            file.seek(start)
            for raw in file:
                if raw.endswith(b"\n"):
                    yield raw[:-1]

    def lines(self, *, containing: str = "", start: int = 0) -> Iterator[Line]:
        """The lines that can be read, from a byte on; of those only the ones that contain some words."""
        wanted = containing.encode()
        return (line for raw in self.raw_lines(start) if wanted in raw and (line := line_of(raw)))

    def _state(self) -> _State:
        """What is known of the file's end, brought up to date with what other processes appended."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size < self._known.size:
            raise ArchiveError(f"{self.path} has become shorter while it was in use.")
        if size > self._known.size:
            with self.path.open("rb") as file:
                start = self._known.size or _start_of_tail(file.fileno(), size)
                file.seek(start)
                self._known = _state_after(file.read().split(b"\n")[:-1], self._known, start)
        return self._known


def line_of(raw: bytes) -> Line | None:
    """The line that some bytes say; None if they say none."""
    try:
        return msgspec.json.decode(raw, type=Line, strict=True)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def line_hash(raw: bytes) -> str:
    """The hash by which the next line names this one."""
    return sha256(raw).hexdigest()


def place_after(deed: Deed, place: Place) -> Place:
    """Up to where the archive is known after a deed."""
    return Place(deed.warc, deed.offset_bytes + deed.size_bytes) if deed.did in ("captured", "found") else place


def _encoded(deed: Deed, head: Head) -> bytes:
    said = {"line": head.line + 1, "previous": head.hash}
    said |= {field.name: value for field in fields(Deed) if (value := getattr(deed, field.name)) not in ("", ())}
    if not deed.of_line:
        del said["of_line"]
    if not deed.warc:
        said = {name: value for name, value in said.items() if name not in ("offset_bytes", "size_bytes")}
    return msgspec.json.encode(said)


def _start_of_tail(descriptor: int, size: int) -> int:
    """Where to begin reading so that a line that names bytes of a WARC file is among the last ones; 0: at the beginning."""
    start, length = size, _TAIL
    while start:
        start = max(0, size - length)
        tail = os.pread(descriptor, length, start)
        first = tail.find(b"\n") + 1 if start else 0
        if first and any(place_after(line, Place("", 0)).warc for line in _read(tail[first:].split(b"\n"))):
            return start + first
        length *= 4
    return 0


def _read(raw_lines: Iterable[bytes]) -> Iterator[Line]:
    return (line for raw in raw_lines if (line := line_of(raw)))


def _state_after(raw_lines: list[bytes], known: _State, start: int) -> _State:
    """The state after some more lines. A line that cannot be read counts, and the next one bears its hash all the same."""
    head, place = known.head, known.place
    for raw in raw_lines:
        line = line_of(raw)
        head = Head(line.line if line else head.line + 1, line_hash(raw))
        place = place_after(line, place) if line else place
    return _State(start + sum(len(raw) + 1 for raw in raw_lines), head, place)
