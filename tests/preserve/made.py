"""Pages and archives made up for the tests of preserving."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from riwaya.preserve.custody import Custody
from riwaya.records import Served

NOW = datetime(2026, 11, 22, 21, 38, 54, 123456, tzinfo=UTC)


def page(number: int, *, payload: bytes = b"", size: int = 900) -> Served:
    """A page as a server gives it, of noise that does not compress."""
    noise = b"".join(hashlib.sha256(b"%d %d" % (number, at)).digest() for at in range(size // 32))
    return Served(
        address=f"https://hawran.example/{number}",
        captured_at=NOW,
        status=200,
        media_type="text/html",
        headers=(("Content-Type", "text/html"),),
        payload=payload or noise,
        request=(("Host", "hawran.example"), ("User-Agent", "riwaya")),
    )


def custody_of(folder: Path, *, max_bytes: int = 20_000) -> Custody:
    """The captures in a folder, in the hands of Salma."""
    folder.mkdir(exist_ok=True)
    return Custody(folder, max_bytes, who="سلمى", program="riwaya test")
