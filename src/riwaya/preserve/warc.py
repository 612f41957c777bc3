"""The archive: captures as records of WARC files, written once and never changed.

Each record is a gzip member of its own, so that any capture can be read by its offset alone and damage to one leaves the rest
readable. A capture is a stretch of such records: what was served (`response`, or `resource` for what came by no HTTP), then the
`request` as it was sent, then `metadata` on who collected it and with what. Records are appended to the newest file of the folder
until it is full; a file whose last record was cut (the machine went down while it was written) is left as it is, and a new one is
begun. What may be cut away is known to the manifest alone (custody.py).
"""

import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from shutil import copy2, copytree

from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType

from riwaya.errors import ArchiveError
from riwaya.preserve.records import capture_records, digest_of
from riwaya.records import Capture, Failure, Served, failed, record_id

_DAMAGED = "No record can be read from this byte on; what it held is lost, the rest of the file is not."
_CHUNK = 1 << 18
_END = b"\r\n\r\n"  # of a record
_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class _Member:
    """One gzip member of a WARC file; `data` None: a stretch that holds no readable record."""

    start: int
    end: int
    data: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Bytes of a WARC file that belong together: a capture with its request and metadata, other records, or what cannot be read."""

    warc: str
    offset_bytes: int
    size_bytes: int
    digest: str  # "sha256:" and 64 hex digits, of these bytes
    readable: bool
    capture: Capture | None  # None: they hold none


class Archive:
    """The folder of WARC files of one library. One process at a time may append; the store's write lock sees to that.

    `collector` says in each capture's metadata who collected and with what; None: no such record is written.
    """

    def __init__(self, folder: Path, max_bytes: int, collector: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self.collector = dict(collector or {})
        self._whole: dict[str, int] = {}  # up to which byte each file is known to hold whole records

    def append(self, pages: Sequence[Served]) -> tuple[Stretch, ...]:
        """Write the first of these pages as new records, as many as one file takes; when this returns, they are on the disk.

        Each stretch has its capture, as it is read back.

        Raises ArchiveError if they cannot be written; then none of them is there.
        """
        path = self._file_to_append()
        at = self.size_bytes(path.name)
        records: list[bytes] = []
        stretches: list[Stretch] = []
        for served in pages:
            if records and at >= self.max_bytes:
                break
            records.append(capture_records(served, self.collector))
            stretches.append(_read_back(records[-1], path.name, at))
            at += len(records[-1])
        append_safely(path, b"".join(records))
        self._whole[path.name] = at
        return tuple(stretches)

    def payload(self, capture: Capture) -> bytes:
        """The bytes of a capture, checked against its digest. Raises ArchiveError if they are not what was written."""
        return self.head_and_payload(capture)[1]

    def head_and_payload(self, capture: Capture) -> tuple[bytes, bytes]:
        """The headers of a capture, WARC's and those that were served, and its bytes, as `payload` gives them."""
        try:
            with _mapped(self.folder / capture.warc) as content:
                data = _member(content, capture.offset_bytes).data
        except zlib.error:
            data = None
        except (OSError, EOFError) as error:
            raise ArchiveError(f"{capture.warc} is missing or ends before the capture of {capture.address}") from error
        record = _record(data)
        payload = record.reader.read() if record else b""
        if not record or digest_of(payload) != capture.digest:
            raise ArchiveError(f"the capture of {capture.address} in {capture.warc} at byte {capture.offset_bytes} is damaged")
        return (data or b"")[: -len(payload) - len(_END)], payload

    def captures(self, after: Capture | None = None) -> Iterator[Capture | Failure]:
        """All captures in the order in which they were written, from the one following `after`; a Failure for a damaged stretch.

        A record that was cut at the end of a file was never acknowledged and is passed over in silence.
        """
        for path in self._files():
            if after and path.name < after.warc:
                continue
            start = after.offset_bytes if after and path.name == after.warc else 0
            with _mapped(path) as content:
                for member in _members(content, start):
                    self._whole[path.name] = member.end
                    if after and (path.name, member.start) == (after.warc, after.offset_bytes):
                        continue
                    if member.data is None:
                        yield failed("preserve", f"{path.name}#{member.start}", "damaged capture", _DAMAGED)
                    elif capture := _capture(member, path.name, member.start):
                        yield capture

    def stretches(self, warc: str = "", offset_bytes: int = 0) -> Iterator[Stretch]:
        """What lies in the files from a byte of one of them on, in order; a record cut at the end of a file is passed over."""
        for path in self._files():
            if path.name >= warc:
                with _mapped(path) as content:
                    start = offset_bytes if path.name == warc else 0
                    yield from _stretches(content, path.name, start)

    def size_bytes(self, warc: str) -> int:
        """The size of a file; 0 if there is none."""
        path = self.folder / warc
        return path.stat().st_size if path.is_file() else 0

    def file_names(self) -> list[str]:
        """The names of the files, in the order in which they were begun."""
        return [path.name for path in self._files()]

    def last_file(self) -> str:
        """The name of the file that was begun last; "" if there is none."""
        return (self.file_names() or [""])[-1]

    def stretch_bytes(self, warc: str, offset_bytes: int, size_bytes: int) -> bytes:
        """Bytes of a file as they are. Raises ArchiveError if it is missing or ends before."""
        try:
            with (self.folder / warc).open("rb") as file:
                file.seek(offset_bytes)
                found = file.read(size_bytes)
        except OSError as error:
            raise ArchiveError(f"{warc} cannot be read: {error.strerror}.") from error
        if len(found) < size_bytes:
            raise ArchiveError(f"{warc} ends before byte {offset_bytes + size_bytes}.")
        return found

    def cut(self, warc: str, offset_bytes: int) -> None:
        """Cut away what follows a byte of a file: a record whose writing was interrupted."""
        with (self.folder / warc).open("r+b") as file:
            file.truncate(offset_bytes)
            os.fsync(file.fileno())
        self._whole.pop(warc, None)

    def overwrite(self, warc: str, offset_bytes: int, content: bytes) -> None:
        """Put other bytes in the place of some: the one way in which a capture is ever taken back (custody.py)."""
        with (self.folder / warc).open("r+b") as file:
            file.seek(offset_bytes)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def require(self, ends: Mapping[str, int]) -> None:
        """Raise ArchiveError if one of these WARC files is missing or ends before the byte at which its last known record begins."""
        sizes = {path.name: path.stat().st_size for path in self._files()}
        missing = sorted(name for name, last in ends.items() if sizes.get(name, 0) <= last)
        if missing:
            raise ArchiveError(f"{', '.join(missing)} is missing in {self.folder}, or is not the file that the library knows.")

    def copy_to(self, folder: Path) -> None:
        """Copy the files into a new folder: real copies, which damage to the originals does not reach.

        What notes and proves comes before what it notes: a capture that comes meanwhile is then merely not noted yet.
        """
        folder.mkdir()
        for path in (*self.folder.glob("manifest.jsonl"), *self.folder.glob("judgements.jsonl"), *self._files()):
            copy2(path, folder)
        if (self.folder / "proofs").is_dir():
            copytree(self.folder / "proofs", folder / "proofs")

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("captures-[0-9]*.warc.gz"))

    def _file_to_append(self) -> Path:
        files = self._files()
        if files:
            size = files[-1].stat().st_size
            if size < self.max_bytes and self._whole_until(files[-1]) == size:
                return files[-1]
        number = int(files[-1].name.split(".")[0].removeprefix("captures-")) + 1 if files else 1
        return self.folder / f"captures-{number:06}.warc.gz"

    def _whole_until(self, path: Path) -> int:
        with _mapped(path) as content:
            for member in _members(content, self._whole.get(path.name, 0)):
                self._whole[path.name] = member.end
        return self._whole.get(path.name, 0)


def capture_id_of(served: Served) -> str:
    """The id that a capture of this has: the same bytes at the same address are the same capture."""
    return record_id("capture", served.address, digest_of(served.payload))


def _read_back(content: bytes, warc: str, start: int) -> Stretch:
    """The stretch that the records of a capture are about to become."""
    capture = _capture(_member(content, 0), warc, start)
    return Stretch(warc=warc, offset_bytes=start, size_bytes=len(content), digest=digest_of(content), readable=True, capture=capture)


def _stretches(content: mmap | bytes, warc: str, start: int) -> Iterator[Stretch]:
    """The stretches of a file: each begins with a capture, or where what stands before can be read and what follows cannot."""
    begun, end, capture, readable = start, start, None, False

    def stretch() -> Stretch:
        return Stretch(
            warc=warc, offset_bytes=begun, size_bytes=end - begun, digest=digest_of(content[begun:end]), readable=readable, capture=capture
        )

    for member in _members(content, start):
        found = _capture(member, warc, member.start)
        if end > begun and (found or (member.data is None) == readable):
            yield stretch()
            begun = member.start
        if begun == member.start:
            capture, readable = found, member.data is not None
        end = member.end
    if end > begun:
        yield stretch()


def _capture(member: _Member, warc: str, start: int) -> Capture | None:
    """The capture that a record holds; None if it is another kind of record, or unreadable."""
    record = _record(member.data)
    if record is None:
        return None
    address, digest = record.headers["WARC-Target-URI"], record.headers["WARC-Payload-Digest"]
    http = record.record_type == WarcRecordType.response
    return Capture(
        id=record_id("capture", address, digest),
        address=address,
        captured_at=record.record_date,
        status=(record.http_headers.status_code or 0) if http else 200,
        media_type=(record.http_headers if http else record.headers).get("Content-Type") or "",
        digest=digest,
        size_bytes=record.content_length,
        warc=warc,
        offset_bytes=start,
    )


def _record(data: bytes | None) -> WarcRecord | None:
    """The response or resource record that a member holds, with its HTTP headers parsed; None if it holds none."""
    kinds = WarcRecordType.response | WarcRecordType.resource
    record = next(iter(ArchiveIterator(BytesIO(data or b""), record_types=kinds)), None)
    known = record is not None and "WARC-Target-URI" in record.headers and "WARC-Payload-Digest" in record.headers
    return record if known else None


@contextmanager
def _mapped(path: Path) -> Iterator[mmap | bytes]:
    """The bytes of a file, without reading them all into memory."""
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            yield b""  # an empty file cannot be mapped
            return
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            yield content


def _members(content: mmap | bytes, start: int) -> Iterator[_Member]:
    """The gzip members from byte `start` on; what cannot be read is one stretch up to the next record that begins readably.

    A member that ends with the file before it is whole was cut while it was written and ends the iteration.
    """
    while start < len(content):
        try:
            member = _member(content, start)
        except (zlib.error, EOFError) as error:
            end = _next_record(content, start + 1)
            if end == len(content) and isinstance(error, EOFError):
                return
            member = _Member(start, end, None)
        yield member
        start = member.end


def _member(content: mmap | bytes, start: int) -> _Member:
    """The member at a byte. Raises zlib.error if there is none, EOFError if the file ends before it does."""
    inflate = zlib.decompressobj(wbits=31)
    parts = []
    at = start
    while not inflate.eof:
        chunk = content[at : at + _CHUNK]
        if not chunk:
            raise EOFError
        at += len(chunk)
        parts.append(inflate.decompress(chunk))
    return _Member(start, at - len(inflate.unused_data), b"".join(parts))


def _next_record(content: mmap | bytes, start: int) -> int:
    """Where the next gzip member begins that looks like a WARC record; the end of the file if there is none."""
    while (start := content.find(_MAGIC, start)) >= 0:
        try:
            if zlib.decompressobj(wbits=31).decompress(content[start : start + 1024], 5) == b"WARC/":
                return start
        except zlib.error:
            pass
        start += 1
    return len(content)


def append_safely(path: Path, content: bytes) -> int:
    """Append to a file and have it on the disk; the byte where it begins. Raises ArchiveError if it cannot be, and takes it back."""
    start = path.stat().st_size if path.exists() else 0
    try:
        with path.open("ab") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not start:
            _fsync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # else the next one to write sees that it is cut
            os.truncate(path, start)
        raise ArchiveError(f"{path} cannot be written: {error.strerror}.") from error
    return start


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
