"""What a user points at, as pages: an address, a file, or the files of a folder."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from riwaya.collect.fetch import fetch_page
from riwaya.collect.files import files_in, open_file
from riwaya.records import Failure, Served

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def pages_at(place: str | Path) -> Iterator[str | Path]:
    """The pages that a user means: text that looks like an address is one, all else is a file or a folder."""
    if _is_address(place):
        yield place
    else:
        yield from files_in(Path(place))


def open_page(page: str | Path, *, address: str | None = None, max_bytes: int, max_seconds: int, now: datetime) -> Served | Failure:
    """An address or a file, opened at `now`; a file may be given the `address` that it is to be known by."""
    if _is_address(page):
        return fetch_page(str(page), max_bytes=max_bytes, max_seconds=max_seconds, now=now)
    return open_file(Path(page), address=address, max_bytes=max_bytes, now=now)


def _is_address(page: str | Path) -> bool:
    return isinstance(page, str) and bool(_ADDRESS.match(page))
