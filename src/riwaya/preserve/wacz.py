"""A WACZ file, version 1.1.1 (specs.webrecorder.net/wacz/1.1.1): WARC records, their index, a list of pages and of hashes in one ZIP.

`SHA256SUMS` is beside what the format asks for: `sha256sum -c SHA256SUMS` checks all files after unzipping.
"""

import gzip
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastwarc import ArchiveIterator, WarcRecordType

from riwaya.preserve.records import digest_of

WARC = "archive/data.warc.gz"
_LINES = 1000  # of the index in one block
_WWW = "www."


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the list of pages."""

    id: str
    address: str
    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What goes into a WACZ file beside what follows from it."""

    title: str
    description: str
    created: datetime
    software: str
    records: bytes  # WARC records, each a gzip member
    pages: Sequence[Page]
    files: Mapping[str, bytes]  # by path; each lies in one folder of the pack


def write_wacz(pack: Pack, path: Path) -> str:
    """Write a pack; its digest. Raises OSError. A file of this name appears only when it is whole."""
    blocks, index = _index(pack.records)
    files: dict[str, bytes] = {
        WARC: pack.records,
        "indexes/index.cdx.gz": blocks,
        "indexes/index.idx": index,
        "pages/pages.jsonl": _lines([{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}, *map(_page, pack.pages)]),
        **pack.files,
    }
    files["SHA256SUMS"] = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()
    files["datapackage.json"] = _datapackage(pack, files)
    files["datapackage-digest.json"] = _json({"path": "datapackage.json", "hash": digest_of(files["datapackage.json"])})
    partial = path.with_name(path.name + ".partial")
    with zipfile.ZipFile(partial, "w") as packed:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, pack.created.timetuple()[:6])
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            packed.writestr(info, content)
    digest = digest_of(partial.read_bytes())
    partial.replace(path)
    return digest


def _datapackage(pack: Pack, files: Mapping[str, bytes]) -> bytes:
    resources = [
        {"name": name.rpartition("/")[2].lower(), "path": name, "hash": digest_of(content), "bytes": len(content)}
        for name, content in files.items()
    ]
    return _json(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": pack.title,
            "description": pack.description,
            "created": f"{pack.created:%Y-%m-%dT%H:%M:%SZ}",
            "software": pack.software,
            "resources": resources,
        }
    )


def _page(page: Page) -> dict[str, str]:
    return {"id": page.id, "url": page.address, "ts": f"{page.at:%Y-%m-%dT%H:%M:%SZ}", "title": page.title, "text": page.text}


def _index(records: bytes) -> tuple[bytes, bytes]:
    """The index of the captures (CDXJ in gzip blocks) and the list of its blocks."""
    lines = sorted(_index_lines(records))
    blocks, listed = b"", ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    for first in range(0, len(lines), _LINES):
        block = gzip.compress("".join(lines[first : first + _LINES]).encode(), mtime=0)
        place = {"offset": len(blocks), "length": len(block), "digest": digest_of(block)}
        listed.append(f"{' '.join(lines[first].split(' ', 2)[:2])} {json.dumps(place)}\n")
        blocks += block
    return blocks or gzip.compress(b"", mtime=0), "".join(listed).encode()


def _index_lines(records: bytes) -> Iterator[str]:
    found = list(ArchiveIterator(BytesIO(records), parse_http=True))
    ends = [record.stream_pos for record in found[1:]] + [len(records)]
    for record, end in zip(found, ends, strict=True):
        if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
            continue
        address = record.headers["WARC-Target-URI"]
        is_http = record.record_type == WarcRecordType.response
        said: dict[str, str] = {
            "url": address,
            "mime": ((record.http_headers if is_http else record.headers).get("Content-Type") or "").partition(";")[0].strip(),
            "status": str(record.http_headers.status_code) if is_http else "200",
            "digest": record.headers["WARC-Payload-Digest"],
            "length": str(end - record.stream_pos),
            "offset": str(record.stream_pos),
            "filename": WARC.rpartition("/")[2],
        }
        yield f"{url_key(address)} {record.record_date:%Y%m%d%H%M%S} {json.dumps(said)}\n"


def url_key(address: str) -> str:
    """The key under which the index keeps an address, host turned round: `sy,example)/news/1`. Others than http(s) are their own."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return address
    host = parts.hostname.removeprefix(_WWW)
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{'&'.join(sorted(parts.query.lower().split('&')))}" if parts.query else ""
    path = parts.path.lower().rstrip("/") or "/"
    return f"{','.join(reversed(host.split('.')))}{port}){path}{query}"


def _lines(objects: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects).encode()


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
