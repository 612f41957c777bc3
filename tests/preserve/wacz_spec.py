"""What WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1) asks of a file, checked point by point with the standard library and fastwarc."""

import gzip
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from fastwarc import ArchiveIterator

UNLISTED = {"datapackage.json", "datapackage-digest.json"}


def violations(path: Path) -> list[str]:
    """Every point that a file does not meet; none: it is a WACZ file."""
    with zipfile.ZipFile(path) as packed:
        files = {info.filename: packed.read(info) for info in packed.infolist()}
        stored = {info.filename for info in packed.infolist() if info.compress_type == zipfile.ZIP_STORED}
    if "datapackage.json" not in files:
        return ["no datapackage.json"]
    warcs = [name for name in files if re.fullmatch(r"archive/[^/]+\.warc(\.gz)?", name)]
    return [
        *_of_the_package(files),
        *([] if warcs else ["no WARC file in archive/"]),
        *(f"{name} is compressed in the ZIP" for name in files if name.endswith(".gz") and name not in stored),
        *_of_the_pages(files.get("pages/pages.jsonl", b"")),
        *_of_the_index(files),
    ]


def _of_the_package(files: dict[str, bytes]) -> Iterator[str]:
    package = json.loads(files["datapackage.json"])
    if (package.get("profile"), package.get("wacz_version")) != ("data-package", "1.1.1"):
        yield "the profile or the version is another"
    datetime.fromisoformat(package["created"])
    listed = {each["path"]: each for each in package["resources"]}
    if listed.keys() != files.keys() - UNLISTED:
        yield f"listed are {sorted(listed.keys() ^ (files.keys() - UNLISTED))} and not there, or the other way round"
    for name, each in listed.items():
        content = files.get(name, b"")
        if (each["hash"], each["bytes"]) != (f"sha256:{hashlib.sha256(content).hexdigest()}", len(content)):
            yield f"{name} has another hash or size"
        if not re.fullmatch(r"[a-z0-9._-]+", each["name"]):
            yield f"{each['name']!r} is no name of a resource"
    digest = json.loads(files.get("datapackage-digest.json", b"{}"))
    wanted = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}"}
    if {name: digest.get(name) for name in wanted} != wanted:
        yield "datapackage-digest.json is of another package"


def _of_the_pages(content: bytes) -> Iterator[str]:
    head, *pages = [json.loads(line) for line in content.splitlines()] or [{}]
    if head.get("format") != "json-pages-1.0" or not head.get("id") or not head.get("title"):
        yield "pages.jsonl has no head"
    for page in pages:
        if not page.get("url") or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", page.get("ts", "")):
            yield f"the page {page} has no address or no time"


def _of_the_index(files: dict[str, bytes]) -> Iterator[str]:
    content, listed = files.get("indexes/index.cdx.gz", b""), files.get("indexes/index.idx", b"").decode().splitlines()
    if (
        not content
        or not listed
        or json.loads(listed[0].removeprefix("!meta 0 ")) != {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    ):
        yield "there is no index, or its list of blocks has no head"
        return
    lines: list[str] = []
    for block in listed[1:]:
        key, at, said = block.split(" ", 2)
        place = json.loads(said)
        packed = content[place["offset"] : place["offset"] + place["length"]]
        if place["digest"] != f"sha256:{hashlib.sha256(packed).hexdigest()}":
            yield f"the block at {place['offset']} has another digest"
            continue
        inside = gzip.decompress(packed).decode().splitlines()
        if not inside[0].startswith(f"{key} {at} "):
            yield f"the block at {place['offset']} begins with another line"
        lines += inside
    if lines != sorted(lines):
        yield "the index is not sorted"
    indexed = {line.split(" ", 2)[1] + json.loads(line.split(" ", 2)[2])["url"] for line in lines}
    for line in lines:
        said = json.loads(line.split(" ", 2)[2])
        record = gzip.decompress(files[f"archive/{said['filename']}"][int(said["offset"]) :][: int(said["length"])])
        found = next(iter(ArchiveIterator(BytesIO(record))))
        if (found.headers["WARC-Target-URI"], found.headers["WARC-Payload-Digest"]) != (said["url"], said["digest"]):
            yield f"the index leads to another record: {line}"
    for page in files.get("pages/pages.jsonl", b"").splitlines()[1:]:
        each = json.loads(page)
        if re.sub(r"\D", "", each["ts"]) + each["url"] not in indexed:
            yield f"the page {each['url']} is in no index"
