"""A tombstone: the record that stands where a capture was, exactly as long as it, so that no other record moves."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from riwaya.errors import ArchiveError

_STORED = 0xFFFF  # the longest stored block of deflate (RFC 1951, 3.2.4)
_GZIP_HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
_AROUND = len(_GZIP_HEAD) + 8


def tombstone(digest: str, size_bytes: int, at: datetime) -> bytes:
    """A gzip member of `size_bytes` that holds a WARC `metadata` record: what stood here was removed at `at`, and had `digest`.

    The same arguments give the same bytes, so that an interrupted removal can be finished. Raises ArchiveError if there is no room:
    below some 300 bytes, which is less than an empty page takes with its metadata.
    """
    said = f"Removed by the keeper of this archive. SHA-256 of the {size_bytes} bytes that stood here: {digest.removeprefix('sha256:')}\n"
    left = size_bytes - _AROUND
    blocks = -(-left // (_STORED + 5))  # each block takes 5 bytes more than it holds
    padding = left - 5 * blocks - len(_record(said, digest, at))
    if padding < 0:
        raise ArchiveError(f"the record is too small ({size_bytes} bytes) to be replaced; it holds no text")
    return _stored(_record(said + " " * padding, digest, at), blocks)


def _record(said: str, digest: str, at: datetime) -> bytes:
    identity = uuid5(NAMESPACE_URL, f"{digest} {at.isoformat()}")
    block = said.encode()
    head = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:{identity}>\r\n"
        f"WARC-Date: {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: text/plain\r\nContent-Length: {len(block):10}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _stored(content: bytes, blocks: int) -> bytes:
    """A gzip member that holds the content uncompressed in so many blocks: its length follows from the content's."""
    deflated = b""
    for number in range(blocks):
        part = content[number * _STORED : (number + 1) * _STORED]
        lengths = len(part).to_bytes(2, "little") + (len(part) ^ 0xFFFF).to_bytes(2, "little")
        deflated += bytes([number == blocks - 1]) + lengths + part
    return _GZIP_HEAD + deflated + crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
