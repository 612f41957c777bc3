"""WARC 1.1 records (ISO 28500:2017) as they are written: each a gzip member of its own, with the digests of its block and payload."""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http.client import responses
from typing import Literal
from urllib.parse import urlsplit
from uuid import uuid4

from riwaya.records import Served

_LEVEL = 6  # of gzip: level 9 takes half as much time again and saves a fiftieth
_BREAKS = re.compile("[\r\n\0]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. Its id, length and block digest follow from it, or are made up when it is written."""

    kind: Literal["warcinfo", "response", "resource", "request", "metadata", "conversion"]
    date: str  # as `date_of` writes it
    block: bytes
    content_type: str = ""  # of the block; "": not said
    address: str = ""  # "": it is of no address
    fields: Mapping[str, str] = field(default_factory=dict)  # further ones
    id: str = ""  # "": a new one


def capture_records(served: Served, collector: Mapping[str, str]) -> bytes:
    """The records of a capture: what was served, then the request as it was sent, then who collected it, where these are known."""
    date, digest = date_of(served.captured_at), digest_of(served.payload)
    first = Record(
        kind="resource" if served.headers is None else "response",
        date=date,
        block=served.payload if served.headers is None else _response_head(served) + served.payload,
        content_type=served.media_type if served.headers is None else "application/http; msgtype=response",
        address=served.address,
        fields={"WARC-Payload-Digest": digest},
        id=new_id(),
    )
    records = [first]
    beside = {"WARC-Concurrent-To": first.id}
    if served.request is not None:
        path = urlsplit(served.address)._replace(scheme="", netloc="", fragment="").geturl() or "/"
        head = _head(f"GET {path} HTTP/1.1", served.request)
        kind = "application/http; msgtype=request"
        records.append(Record(kind="request", date=date, block=head, content_type=kind, address=served.address, fields=beside))
    if collector:
        said = fields_of(collector)
        kind = "application/warc-fields"
        records.append(Record(kind="metadata", date=date, block=said, content_type=kind, address=served.address, fields=beside))
    return b"".join(map(written, records))


def written(record: Record) -> bytes:
    """A record as the bytes of a gzip member."""
    head = {
        "WARC-Type": record.kind,
        "WARC-Record-ID": record.id or new_id(),
        "WARC-Date": record.date,
        "WARC-Target-URI": record.address,
        **record.fields,
        "WARC-Block-Digest": digest_of(record.block),
        "Content-Type": record.content_type,
        "Content-Length": str(len(record.block)),
    }
    lines = _lines((name, value) for name, value in head.items() if value)
    gzip = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    parts = (b"WARC/1.1\r\n", lines, b"\r\n", record.block, b"\r\n\r\n")
    return b"".join([*map(gzip.compress, parts), gzip.flush()])


def fields_of(said: Mapping[str, str]) -> bytes:
    """The block of a record of the media type application/warc-fields."""
    return _lines(said.items())


def date_of(at: datetime) -> str:
    """A time as WARC 1.1 writes it, in UTC and to the microsecond."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def new_id() -> str:
    """An id that no other record has."""
    return f"<urn:uuid:{uuid4()}>"


def digest_of(content: bytes) -> str:
    """SHA-256 as the records write it: "sha256:" and 64 hex digits."""
    return f"sha256:{sha256(content).hexdigest()}"


def _response_head(served: Served) -> bytes:
    return _head(f"HTTP/1.1 {served.status} {responses.get(served.status, '')}", served.headers or ())


def _head(first_line: str, headers: tuple[tuple[str, str], ...]) -> bytes:
    return _BREAKS.sub(" ", first_line).encode("utf-8", "replace") + b"\r\n" + _lines(headers) + b"\r\n"


def _lines(said: Iterable[tuple[str, str]]) -> bytes:
    """Fields, one a line. What would end a line within one becomes a blank: nothing that was served can add a field."""
    lines = [_BREAKS.sub(" ", f"{name}: {value}") for name, value in said]
    return "\r\n".join([*lines, ""]).encode("utf-8", "replace")
