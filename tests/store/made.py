"""Records made up for the tests of the store."""

from datetime import UTC, datetime

from riwaya.records import Capture, record_id


def capture_of(address: str, *, warc: str = "captures-000001.warc.gz", offset_bytes: int = 0) -> Capture:
    """A capture that no archive holds."""
    return Capture(
        id=record_id("capture", address),
        address=address,
        captured_at=datetime(2026, 11, 22, 21, 0, 0, 5, tzinfo=UTC),
        status=200,
        media_type="text/html",
        digest="sha256:" + "0" * 64,
        size_bytes=3,
        warc=warc,
        offset_bytes=offset_bytes,
    )
