"""Files and folders as pages to collect."""

import errno
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from riwaya.collect import mhtml, webarchives
from riwaya.collect.addresses import file_address, without_credentials
from riwaya.records import Failure, FailureReason, Served, failed

MEDIA_TYPES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}
_IN_FOLDERS = (*MEDIA_TYPES, *mhtml.SUFFIXES, *webarchives.SUFFIXES)
_EXPORT = re.compile(r"result\d*\.json")  # of Telegram Desktop, whole or split

_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"  # all else is written as %XX, as a browser does: an address is one line of ASCII


def files_in(place: Path) -> Iterator[Path]:
    """The pages of a folder and its subfolders, sorted: html, htm, txt, mhtml, mht; the files that hold pages: warc, warc.gz, wacz and
    Telegram's result.json. A file, or what does not exist, is itself the one page.

    What is hidden, and the "x_files" folder that a browser saves beside "x.html", are left out. A folder that holds no page, or that
    cannot be listed, stands for itself, and so does a link that leads nowhere: `open_file` says why nothing came of them.
    """
    if not os.path.isdir(place):  # noqa: PTH112 - Path.is_dir raises where one may not look
        yield place
        return
    found: list[Path] = []
    for folder, folders, names in os.walk(place, onerror=lambda error: found.append(Path(error.filename))):
        pages = [name for name in names if _is_page(name.lower())]
        parts = {Path(name).stem + "_files" for name in pages}
        folders[:] = [name for name in folders if not name.startswith(".") and name not in parts]
        found.extend(path for name in pages if not _is_something_else(path := Path(folder, name)))
    yield from sorted(found) or [place]


def _is_page(name: str) -> bool:
    return (name.endswith(_IN_FOLDERS) or _EXPORT.fullmatch(name) is not None) and not name.startswith(".")


def _is_something_else(path: Path) -> bool:
    """Whether there is something that is no file (a pipe); False where nothing is, or one may not look."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113 - those of Path raise where one may not look


def open_file(path: Path, *, address: str | None, max_bytes: int, now: datetime) -> Served | Failure:
    """A file as if it had been served from `address` (None: its file: address) at `now`, or why it cannot be."""
    given = quote(without_credentials(address), safe=_IN_ADDRESSES) if address else None
    address = given or file_address(path)
    try:
        if path.is_dir():
            any(path.iterdir())  # raises if it cannot be listed
            if next(files_in(path)) == path:
                return failed(
                    "collect", address, "not found", "The folder holds no page: no html, txt or mhtml file, no web archive, no export."
                )
        if not path.is_file():
            path.stat()
            return failed("collect", address, "not a page", "It is no file.")
        with path.open("rb") as file:
            payload = file.read(max_bytes + 1)
    except OSError as error:
        reason: FailureReason = "refused" if error.errno in (errno.EACCES, errno.EPERM) else "not found"
        return failed("collect", address, reason, f"It cannot be read: {error.strerror}.")
    if len(payload) > max_bytes:
        return failed("collect", address, "too large", f"The file is larger than {max_bytes:,} bytes.")
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "")
    if path.name.lower().endswith(mhtml.SUFFIXES):
        part = mhtml.html_in(payload)
        if part is None:
            return failed("collect", address, "not a page", "The file holds no HTML part.")
        payload, media_type, stated = part
        address = given or stated or address
    return Served(address=address, captured_at=now, status=200, media_type=media_type, headers=None, payload=payload)
