"""What the library of OpenTimestamps reads in our proofs: `make gates` installs it into an environment of its own, for it is LGPL."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from riwaya import Library
from riwaya.preserve import opentimestamps as ots
from tests.preserve.test_stamps import Calendar, library_with, server

PYTHON = Path(__file__).parents[2] / "build" / "opentimestamps" / "bin" / "python"
READ = """
import sys
from opentimestamps.core.serialize import StreamDeserializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile
with open(sys.argv[1], "rb") as file:
    proof = DetachedTimestampFile.deserialize(StreamDeserializationContext(file))
print(proof.file_digest.hex())
for message, attestation in proof.timestamp.all_attestations():
    print(type(attestation).__name__, getattr(attestation, "uri", getattr(attestation, "height", "")), message[::-1].hex())
"""


def read_by_others(proof: Path) -> list[str]:
    return subprocess.run([PYTHON, "-c", READ, proof], capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.long
@pytest.mark.skipif(not PYTHON.exists(), reason="make gates installs opentimestamps")
def test_others_read_in_a_proof_what_we_read_in_it(tmp_path: Path) -> None:
    calendar = Calendar()
    with server(calendar.answer) as address:
        calendar.address = address
        with library_with(tmp_path / "library", f"timestamp_calendars = '{address}'\n") as library:
            library.keeping.stamp()
            (proof,) = (library.folder / "captures" / "proofs").iterdir()
            hashed = hashlib.sha256(first_line(library)).hexdigest()
            committed = hashlib.sha256(bytes.fromhex(hashed) + b"salt").digest()
            assert read_by_others(proof) == [hashed, f"PendingAttestation {address} {committed[::-1].hex()}"]
            calendar.confirmed = True
            library.keeping.stamp()
            ((height, root),) = ots.blocks(ots.read_proof(proof.read_bytes()))
            assert read_by_others(proof) == [hashed, f"BitcoinBlockHeaderAttestation {height} {root}"]


def first_line(library: Library) -> bytes:
    return (library.folder / "captures" / "manifest.jsonl").read_bytes().splitlines()[0]
