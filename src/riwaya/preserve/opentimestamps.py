"""Proofs of the OpenTimestamps format, as far as stamping one hash and upgrading its proof needs it.

A proof says how a hash leads, by appending, prepending and hashing, to something that was attested: at first that a calendar
server has taken it (pending), some hours later the root of a Bitcoin block. Format: github.com/opentimestamps/python-opentimestamps,
core/{timestamp,op,notary}.py; written anew from what it describes, because that library is under the LGPL.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"  # version 1, of a SHA-256
PENDING = bytes.fromhex("83dfe30d2ef90c8e")
BITCOIN = bytes.fromhex("0588960d73d71901")
_HASHES = {0x02: "sha1", 0x08: "sha256"}
_APPEND, _PREPEND = 0xF0, 0xF1
_LONGEST = 8192
_DEEPEST = 256


class BrokenProofError(ValueError):
    """The bytes are no proof that can be read."""


@dataclass
class Step:
    """A message on its way: what attests it, and what it is turned into."""

    message: bytes
    attested: list[tuple[bytes, bytes]] = field(default_factory=list)  # tag and payload
    onward: list[tuple[bytes, "Step"]] = field(default_factory=list)  # operation as written

    def all(self) -> Iterator["Step"]:
        """This step and all that follow from it."""
        yield self
        for _, step in self.onward:
            yield from step.all()


def proof_of(step: Step) -> bytes:
    """A proof as the bytes of an .ots file."""
    return MAGIC + step.message + _written(step)


def read_proof(content: bytes) -> Step:
    """The first step of an .ots file. Raises BrokenProofError."""
    if not content.startswith(MAGIC) or len(content) < len(MAGIC) + 32:
        raise BrokenProofError("it is no OpenTimestamps proof of a SHA-256")
    return read_steps(content[len(MAGIC) + 32 :], content[len(MAGIC) :][:32])


def read_steps(content: bytes, message: bytes) -> Step:
    """What follows from a message, as a calendar answers it. Raises BrokenProofError."""
    data = BytesIO(content)
    step = _read(data, message, 0)
    if data.read(1):
        raise BrokenProofError("something follows the proof")
    return step


def pending(step: Step) -> list[tuple[Step, str]]:
    """The steps that only a calendar attests, with its address."""
    return [(each, _bytes(BytesIO(payload)).decode()) for each in step.all() for tag, payload in each.attested if tag == PENDING]


def blocks(step: Step) -> list[tuple[int, str]]:
    """The Bitcoin blocks that attest it: number, and the merkle root that the block must have, as block explorers write it."""
    return [
        (_number(BytesIO(payload)), each.message[::-1].hex()) for each in step.all() for tag, payload in each.attested if tag == BITCOIN
    ]


def _read(data: BytesIO, message: bytes, depth: int) -> Step:
    step = Step(message)
    if depth > _DEEPEST:
        raise BrokenProofError("it is nested too deep")
    while True:
        tag = _exactly(data, 1)
        more = tag == b"\xff"
        tag = _exactly(data, 1) if more else tag
        if tag == b"\x00":
            step.attested.append((_exactly(data, 8), _bytes(data)))
        else:
            operation = tag + (_length_and_bytes(data) if tag[0] in (_APPEND, _PREPEND) else b"")
            step.onward.append((operation, _read(data, _result(operation, message), depth + 1)))
        if not more:
            return step


def _result(operation: bytes, message: bytes) -> bytes:
    if operation[0] in _HASHES:
        return hashlib.new(_HASHES[operation[0]], message, usedforsecurity=False).digest()
    if operation[0] not in (_APPEND, _PREPEND):
        raise BrokenProofError(f"it has an operation that is not known here: {operation[:1].hex()}")
    argument = _bytes(BytesIO(operation[1:]))
    return message + argument if operation[0] == _APPEND else argument + message


def _written(step: Step) -> bytes:
    parts = [b"\x00" + tag + _varint(len(payload)) + payload for tag, payload in sorted(step.attested)]
    parts += [operation + _written(after) for operation, after in step.onward]
    return b"".join(b"\xff" + part for part in parts[:-1]) + parts[-1]


def _exactly(data: BytesIO, length: int) -> bytes:
    found = data.read(length)
    if len(found) < length:
        raise BrokenProofError("it ends too early")
    return found


def _number(data: BytesIO) -> int:
    number = shift = 0
    while True:
        (byte,) = _exactly(data, 1)
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number
        shift += 7
        if shift > 56:
            raise BrokenProofError("it has a number that is too large")


def _bytes(data: BytesIO) -> bytes:
    length = _number(data)
    if length > _LONGEST:
        raise BrokenProofError("it has a part that is too long")
    return _exactly(data, length)


def _length_and_bytes(data: BytesIO) -> bytes:
    found = _bytes(data)
    return _varint(len(found)) + found


def _varint(number: int) -> bytes:
    written = b""
    while number > 0x7F:
        written += bytes([number & 0x7F | 0x80])
        number >>= 7
    return written + bytes([number])
