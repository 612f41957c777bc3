"""Files and folders as pages to collect."""

import errno
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from riwaya.records import Failure, FailureReason, Served, failed

MEDIA_TYPES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}

_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"  # all else is written as %XX, as a browser does: an address is one line of ASCII


def files_in(place: Path) -> Iterator[Path]:
    """The pages of a folder and its subfolders (html, htm, txt), sorted; a file, or what does not exist, is itself the one page."""
    if not place.is_dir():
        yield place
        return
    for path in sorted(place.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
        if path.suffix.lower() in MEDIA_TYPES and not hidden and path.is_file():
            yield path


def open_file(path: Path, *, address: str | None, max_bytes: int, now: datetime) -> Served | Failure:
    """A file as if it had been served from `address` (None: its file: address) at `now`, or why it cannot be."""
    address = quote(address, safe=_IN_ADDRESSES) if address else path.absolute().as_uri()
    try:
        if not path.is_file():
            path.stat()
            return failed("collect", address, "not a page", "It is no file.")
        with path.open("rb") as file:
            payload = file.read(max_bytes + 1)
    except OSError as error:
        reason: FailureReason = "refused" if error.errno in (errno.EACCES, errno.EPERM) else "not found"
        return failed("collect", address, reason, f"The file cannot be read: {error.strerror}.")
    if len(payload) > max_bytes:
        return failed("collect", address, "too large", f"The file is larger than {max_bytes:,} bytes.")
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "")
    return Served(address=address, captured_at=now, status=200, media_type=media_type, headers=None, payload=payload)
