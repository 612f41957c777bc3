"""What a user points at, as pages: an address, a file, the files of a folder; and the pages that one file holds."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from riwaya.collect import lists, telegram, webarchives
from riwaya.collect.fetch import Limits, fetch_page
from riwaya.collect.files import files_in, open_file
from riwaya.records import Failure, Lead, Served

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def pages_at(place: str | Path) -> Iterator[str | Path]:
    """The pages that a user means: text that looks like an address is one, all else is a file or a folder."""
    if is_address(place):
        yield place
    else:
        yield from files_in(Path(place))


def open_page(page: str | Path, *, address: str | None = None, limits: Limits, now: datetime, loopback: bool) -> Served | Failure:
    """One address or file as a person looks at it, opened at `now`; a file may be given the `address` that it is to be known by."""
    if is_address(page):
        return fetch_page(str(page), limits=limits, now=now, loopback=loopback)
    return open_file(Path(page), address=address, max_bytes=limits.bytes, now=now)


def pages_in(path: Path, *, address: str | None = None, max_bytes: int, now: datetime) -> Iterator[Served | Lead | Failure]:
    """All that a file holds, opened at `now`: one page as a rule; those of a web archive, an export of Telegram, a list of texts or leads.

    `address` is where a page, or the chat of an export, is to be known by.
    """
    name = path.name.lower()
    if not path.is_file():
        yield open_file(path, address=address, max_bytes=max_bytes, now=now)
    elif name.endswith(webarchives.SUFFIXES):
        yield from webarchives.pages_in(path, max_bytes=max_bytes, now=now)
    elif name.endswith(lists.SUFFIXES):
        yield from lists.entries_in(path, max_bytes=max_bytes, now=now)
    elif name.endswith(".json"):
        empty = True
        for post in telegram.posts_in(path, address=address, max_bytes=max_bytes, now=now):
            empty = False
            yield post
        if empty:
            yield open_file(path, address=address, max_bytes=max_bytes, now=now)
    else:
        yield open_file(path, address=address, max_bytes=max_bytes, now=now)


def is_address(page: str | Path) -> bool:
    """Whether a user means an address of the web, or at least of some scheme."""
    return isinstance(page, str) and bool(_ADDRESS.match(page))
