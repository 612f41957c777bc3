"""WARC and WACZ files that others made: the pages in them, as they were served.

A file is read as fast as fastwarc reads it. Where that stops at a record that is damaged, cut or has a wrong length, the next record
is looked for and reading goes on there; the record before the stop is kept only if its digest says that it is whole.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import httpx2
from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType

from riwaya.collect.addresses import file_address, web_address
from riwaya.records import Failure, Served, failed

SUFFIXES = (".warc", ".warc.gz", ".wacz")
_PAGES = frozenset(["", "text/html", "application/xhtml+xml", "text/plain"])
_KINDS = WarcRecordType.response | WarcRecordType.resource
_MARKS = re.compile(rb"\x1f\x8b\x08|WARC/[01]\.")
_CHUNK = 1 << 20
_OVERLAP = 16
_BOMB_RATIO = (
    100  # of a file in a WACZ to its compressed size: text is compressed to a tenth, WARC files that are compressed already not at all
)
_BOMB_BYTES = 10_000_000  # smaller files are harmless whatever their ratio


def pages_in(path: Path, *, max_bytes: int, now: datetime) -> Iterator[Served | Failure]:
    """The HTML and text pages of a WARC or WACZ file that were served with a status of 2xx, each with the time of its record.

    `now` stands for a time that is missing. A Failure names the byte at which a record could not be read.
    """
    name = file_address(path)
    try:
        if path.suffix.lower() == ".wacz":
            yield from _in_wacz(path, name, max_bytes, now)
        else:
            with path.open("rb") as file:
                yield from _in_warc(file, name, max_bytes, now)
    except OSError as error:
        yield failed("collect", name, "not found", f"It cannot be read: {error.strerror or error}.")


def _in_wacz(path: Path, name: str, max_bytes: int, now: datetime) -> Iterator[Served | Failure]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if e.filename.lower().endswith((".warc", ".warc.gz"))]
            if not entries:
                yield failed("collect", name, "not a page", "The archive holds no WARC file.")
            for entry in entries:
                within = f"{name}#{entry.filename}"
                if entry.flag_bits & 1:
                    yield failed("collect", within, "refused", "The file is encrypted.")
                elif entry.file_size > max(_BOMB_BYTES, _BOMB_RATIO * entry.compress_size):
                    yield failed("collect", within, "too large", f"Its {entry.compress_size:,} bytes would become {entry.file_size:,}.")
                else:
                    with archive.open(entry) as file:
                        yield from _in_warc(file, within, max_bytes, now)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        yield failed("collect", name, "damaged record", f"It cannot be read as a WACZ file: {error}.")


def _in_warc(file: IO[bytes], name: str, max_bytes: int, now: datetime) -> Iterator[Served | Failure]:
    start: int | None = 0
    while start is not None:
        file.seek(start)
        last: _Read | None = None  # the record read last: given out when the next one shows that its length was right
        try:
            for record in ArchiveIterator(file, parse_http=False):
                if last and last.page:
                    yield last.page
                last = _Read(record, name, max_bytes, now)
            if last and last.page:
                yield last.page
            elif last is None and not start:
                yield failed("collect", name, "not a page", "The file holds no WARC record.")
            start = _next_record(file, last.at + 1) if last and last.to_the_end else None
        except (OSError, ValueError, zlib.error) as error:
            at: int = last.at if last else start or 0
            if last and _is_whole(file, last.at):
                if last.page:
                    yield last.page
                yield failed("collect", f"{name}@{at}", "damaged record", f"What follows this record cannot be read: {error}.")
            elif last or not start:
                yield failed("collect", f"{name}@{at}", "damaged record", f"The record cannot be read: {error}.")
            start = _next_record(file, at + 1)


class _Read:
    """A record that has been read: where it begins, the page that it holds, if it holds one, and whether it may have swallowed the rest."""

    __slots__ = ("at", "page", "to_the_end")

    def __init__(self, record: WarcRecord, name: str, max_bytes: int, now: datetime) -> None:
        self.at: int = record.stream_pos or 0
        self.page = _page(record, f"{name}@{self.at}", max_bytes, now) if record.record_type & _KINDS else None
        self.to_the_end = isinstance(self.page, Failure) or record.content_length > max_bytes


def _page(record: WarcRecord, name: str, max_bytes: int, now: datetime) -> Served | Failure | None:
    """The page that a record holds, None if it holds none."""
    address = web_address((record.headers.get("WARC-Target-URI") or "").strip("<> "))
    if address is None:
        return None
    http = record.record_type == WarcRecordType.response
    if http:
        record.parse_http()
    headers = record.http_headers if http else record.headers
    if headers is None or (http and headers.status_code is None):
        return failed("collect", name, "damaged record", "The record holds no whole HTTP answer.")
    status = headers.status_code or 0 if http else 200
    media_type = headers.get("Content-Type") or ""
    if not 200 <= status < 300 or media_type.partition(";")[0].strip().lower() not in _PAGES:
        return None
    if record.content_length > max_bytes:
        return failed("collect", address, "too large", f"The page is larger than {max_bytes:,} bytes.")
    body = record.reader.read()
    if len(body) < record.content_length:
        return failed("collect", name, "damaged record", f"The record ends {record.content_length - len(body):,} bytes before its length.")
    sent = list(headers) if http else None
    payload, kept = _undone(body, sent, max_bytes) if sent is not None else (body, None)
    if payload is None:
        return failed("collect", address, "too large", f"The page is larger than {max_bytes:,} bytes, or its compression is damaged.")
    at = record.record_date or now
    return Served(
        address=address,
        captured_at=at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC),
        status=status,
        media_type=media_type,
        headers=tuple(kept) if kept is not None else None,
        payload=payload,
    )


def _undone(body: bytes, sent: list[tuple[str, str]], max_bytes: int) -> tuple[bytes | None, list[tuple[str, str]]]:
    """A body without the encodings that its headers name, and the headers with these put under X-Archive-Orig-...; None: too large."""
    said = {name.lower(): value.lower().strip() for name, value in sent}
    undone = {name for name in ("content-encoding", "transfer-encoding") if said.get(name, "identity") not in ("", "identity")}
    if "transfer-encoding" in undone:
        body = _unchunked(body)
    payload: bytes | None = body
    if "content-encoding" in undone:
        undone.add("content-length")
        response = httpx2.Response(200, headers={"Content-Encoding": said["content-encoding"]}, stream=httpx2.ByteStream(body))
        payload = _read(response, max_bytes)
    return payload, [(f"X-Archive-Orig-{name}" if name.lower() in undone else name, value) for name, value in sent]


def _read(response: httpx2.Response, max_bytes: int) -> bytes | None:
    payload = bytearray()
    try:
        for chunk in response.iter_bytes():
            payload += chunk
            if len(payload) > max_bytes:
                return None
    except httpx2.DecodingError:
        return None
    return bytes(payload)


def _unchunked(body: bytes) -> bytes:
    """The body of a chunked answer; as it is if it is not chunked, for some programs store it so and leave the header."""
    parts, at = [], 0
    while match := re.compile(rb"([0-9A-Fa-f]+)[^\r\n]*\r\n").match(body, at):
        size = int(match[1], 16)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size + 2
        if not size:
            return b"".join(parts)
    return body


def _is_whole(file: IO[bytes], start: int) -> bool:
    """Whether the digest of the record at a byte says that it is whole; False if it has none."""
    file.seek(start)
    try:
        record = next(iter(ArchiveIterator(file, parse_http=False)), None)
        return record is not None and record.verify_block_digest()
    except (OSError, ValueError):
        return False


def _next_record(file: IO[bytes], start: int) -> int | None:
    """Where the next record begins, gzip member or plain; None if there is none."""
    while True:
        file.seek(start)
        chunk = file.read(_CHUNK + _OVERLAP)
        for mark in _MARKS.finditer(chunk):
            if mark.start() < _CHUNK and _begins_record(file, start + mark.start()):
                return start + mark.start()
        if len(chunk) <= _CHUNK:
            return None
        start += _CHUNK


def _begins_record(file: IO[bytes], at: int) -> bool:
    file.seek(at)
    beginning = file.read(1024)
    if beginning.startswith(b"WARC/"):
        return re.match(rb"WARC/[01]\.\d+\r?\n[\w-]+:", beginning) is not None
    try:
        return zlib.decompressobj(wbits=31).decompress(beginning, 5) == b"WARC/"
    except zlib.error:
        return False
