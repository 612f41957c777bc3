"""Lists that others made: addresses to fetch, or whole texts, as plain lines, JSON Lines or CSV.

A row with a text becomes a page of its own: one line of the interchange (docs/interchange.md) in JSON. A row with an address alone is
a lead. Columns are known by these names, in small or capital letters:

    text       paragraphs, text, body, content
    address    url, address, link
    title      title, headline
    outlet     outlet, publisher
    published  published, date, published_at
    author     author, byline
    id         id
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from riwaya.collect.addresses import file_address, web_address, without_credentials
from riwaya.collect.feeds import time_in
from riwaya.records import Failure, Lead, Served, failed

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson")
MEDIA_TYPE = "application/json"
_NAMES = {
    "paragraphs": ("paragraphs", "text", "body", "content"),
    "url": ("url", "address", "link"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher"),
    "published": ("published", "date", "published_at"),
    "author": ("author", "byline"),
    "id": ("id",),
}
_COLUMNS = {name: column for column, names in _NAMES.items() for name in names}
_SNIFFED = 1 << 20


def entries_in(path: Path, *, max_bytes: int, now: datetime) -> Iterator[Served | Lead | Failure]:
    """The texts and leads of a list, in its order; a Failure names the line that cannot be used."""
    name = file_address(path)
    try:
        if path.suffix.lower() in (".csv", ".tsv"):
            yield from _in_table(path, name, max_bytes, now)
        else:
            with path.open("rb") as file:
                yield from entries_in_lines(file, name, max_bytes=max_bytes, now=now)
    except OSError as error:
        yield failed("collect", name, "not found", f"It cannot be read: {error.strerror}.")


def entries_in_lines(lines: Iterable[bytes], name: str, *, max_bytes: int, now: datetime) -> Iterator[Served | Lead | Failure]:
    """The same of lines that are addresses or JSON objects; empty lines and those that begin with # are passed over."""
    for number, line in enumerate(lines, 1):
        words = line.strip().removeprefix(b"\xef\xbb\xbf")
        if not words or words.startswith(b"#"):
            continue
        try:
            row = json.loads(words) if words.startswith(b"{") else {"url": words.decode("utf-8")}
        except (ValueError, RecursionError) as error:
            yield failed("collect", f"{name}#{number}", "broken line", f"The line is neither an address nor JSON: {error}.")
        else:
            yield _entry(_columns(row), f"{name}#{number}", max_bytes, now)


def _in_table(path: Path, name: str, max_bytes: int, now: datetime) -> Iterator[Served | Lead | Failure]:
    with path.open("rb") as file:
        beginning = file.read(_SNIFFED)
    encoding = "utf-8-sig" if _is_utf8(beginning) else "cp1256"  # what Arabic spreadsheets write where they do not write UTF-8
    head = beginning.split(b"\n", 1)[0]
    csv.field_size_limit(max_bytes)
    number = 1
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        rows = csv.DictReader(text, delimiter=max(",;\t", key=lambda mark: head.count(mark.encode())))
        try:
            for row in rows:
                number = rows.line_num
                yield _entry(_columns(row), f"{name}#{number}", max_bytes, now)
        except csv.Error as error:
            yield failed("collect", f"{name}#{number + 1}", "broken line", f"The table cannot be read from here on: {error}.")


def _columns(row: Mapping[str | None, Any]) -> dict[str, Any]:
    """The columns that are known, by their first name; where two stand for the same, the first that says something."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        column = _COLUMNS.get((name or "").strip().lower())
        if column and value and column not in found:
            found[column] = value
    return found


def _entry(row: dict[str, Any], line: str, max_bytes: int, now: datetime) -> Served | Lead | Failure:
    given = str(row.get("url", ""))
    address = web_address(given)
    text = row.pop("paragraphs", None)
    if text:
        paragraphs = text if isinstance(text, list) else [part for part in str(text).splitlines() if part.strip()]
        article = {"id": str(row.get("id") or line), **row, "url": address or "", "paragraphs": paragraphs}
        payload = json.dumps(article, ensure_ascii=False, default=str).encode("utf-8", "replace")
        if len(payload) > max_bytes:
            return failed("collect", line, "too large", f"The text is larger than {max_bytes:,} bytes.")
        return Served(address=address or line, captured_at=now, status=200, media_type=MEDIA_TYPE, headers=None, payload=payload)
    if address is None:
        said = f"{without_credentials(given)!r} is no http or https address" if given else "it has neither an address nor a text"
        return failed("collect", line, "broken line", f"The line cannot be used: {said}.")
    title, published = str(row.get("title", "")), time_in(str(row.get("published", "")))
    return Lead(address=address, title=title, published=published, found_in=line.rpartition("#")[0])


def _is_utf8(beginning: bytes) -> bool:
    try:
        beginning.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(beginning) - 4  # cut in the midst of a letter
    return True
