"""A disk that is full, in effect: a limit on the size of files. What cannot be written is said, and nothing is lost by it."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from riwaya.preserve.manifest import Manifest
from riwaya.preserve.verify import verify
from riwaya.preserve.warc import Archive
from tests.preserve.made import NOW, custody_of, page

FILL = """
import resource, signal, sys
from pathlib import Path
from riwaya.errors import ArchiveError
from tests.preserve.made import NOW, custody_of, page

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
custody = custody_of(Path(sys.argv[1]), max_bytes=int(sys.argv[4]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    for number in range(1000):
        (capture,) = custody.keep([page(number, size=int(sys.argv[3]))], NOW)
        print(capture.id, flush=True)
except ArchiveError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE") or not hasattr(signal, "SIGXFSZ"), reason="no such limit on this system")
@pytest.mark.parametrize(("limit", "size", "file", "full"), [(40_000, 3000, 10**9, "warc.gz"), (8000, 32, 2000, "manifest.jsonl")])
def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(tmp_path: Path, limit: int, size: int, file: int, full: str) -> None:
    folder = tmp_path / "captures"
    command = [sys.executable, "-c", FILL, str(folder), str(limit), str(size), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert full in done.stderr
    acknowledged = done.stdout.split()
    assert acknowledged
    assert {each.kind for each in verify(folder).differences} == set()
    custody = custody_of(folder, max_bytes=file)
    again = [capture.id for capture in custody.keep([page(number, size=size) for number in (1001, 1002)], NOW)]
    noted = [each for line in Manifest(folder).lines() for each in line.captures]
    assert len(noted) == len(set(noted)) <= len(acknowledged) + 3
    assert set(acknowledged) | set(again) <= set(noted)
    assert verify(folder).differences == ()
    assert len(list(Archive(folder, 1).captures())) == len(noted)
