"""A writer killed at any moment, and the power cut in effect: nothing acknowledged is lost, nothing is stored twice, verify holds."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from riwaya import Library
from riwaya.preserve.custody import Custody
from riwaya.preserve.manifest import Manifest
from riwaya.preserve.verify import verify
from riwaya.preserve.warc import Archive
from riwaya.records import Capture
from tests.preserve.power import WATCHED, cut_after_the_last_fsync, synced

# For each line "FOLDER NUMBER" of its input it starts a process that keeps groups of pages without end, and says the id of each page
# when it is acknowledged; "dead" when that process has ended.
NURSERY = (
    WATCHED
    + """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from riwaya.preserve.custody import Custody
from riwaya.records import Served

def keep_for_ever(folder, number):
    custody = Custody(folder, 60_000, who="tester", program="riwaya test")
    now = datetime.now(UTC)
    custody.settle(now)
    while True:
        pages = []
        for number in range(number + 1, number + 2 + number % 12):
            pages.append(Served(
                address=f"https://hawran.example/{number}", captured_at=now, status=200, media_type="text/html",
                headers=(("Content-Type", "text/html"),), request=(("User-Agent", "riwaya"),), payload=os.urandom(50 + number * 37 % 9000),
            ))
        for capture in custody.keep(pages, now):
            os.write(1, f"A {capture.id}\\n".encode())

for line in sys.stdin:
    folder, number = line.split()
    child = os.fork()
    if not child:
        os.write(1, f"{os.getpid()}\\n".encode())
        keep_for_ever(Path(folder), int(number))
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""
)


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as running:
        yield running
        assert running.stdin
        running.stdin.close()


def killed_after(nursery: subprocess.Popen[str], folder: Path, number: int, seconds: float, kept: int) -> list[str]:
    """What a writer said until it was killed: some time after it said so many lines."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write(f"{folder} {number}\n")
    child = int(nursery.stdout.readline())
    lines = [nursery.stdout.readline() for _ in range(kept)]
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    while (line := nursery.stdout.readline()) != "dead\n":
        lines.append(line)
    return lines


def acknowledged_in(lines: list[str]) -> set[str]:
    return {line.split()[1] for line in lines if line.startswith("A ")}


def check(folder: Path, acknowledged: set[str]) -> None:
    archive = Archive(folder, 60_000)
    captures = [each for each in archive.captures() if isinstance(each, Capture)]
    ids = [capture.id for capture in captures]
    assert len(ids) == len(set(ids))
    assert acknowledged <= set(ids)
    for capture in captures:
        archive.payload(capture)
    noted = [each for line in Manifest(folder).lines() for each in line.captures]
    assert noted == ids
    verified = verify(folder)
    assert verified.differences == ()
    assert (verified.captures, verified.not_noted) == (len(ids), 0)


def killed_again_and_again(nursery: subprocess.Popen[str], folder: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    sizes: dict[str, int] = {}
    for number in range(times):
        lines = killed_after(nursery, folder, number * 10_000, chance.random() * 0.06, chance.randint(0, 30))
        acknowledged |= acknowledged_in(lines)
        sizes |= synced(lines)
        cut_after_the_last_fsync(folder, sizes, chance)
        assert {each.kind for each in verify(folder).differences} <= {"no manifest"}  # before anything is mended, too
        sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    acknowledged |= acknowledged_in(killed_after(nursery, folder, 10**9, 0, 40))
    Custody(folder, 60_000, who="tester", program="riwaya test").settle(datetime.now(UTC))
    check(folder, acknowledged)


def test_a_writer_killed_at_50_moments_loses_nothing_that_it_acknowledged(nursery: subprocess.Popen[str], tmp_path: Path) -> None:
    killed_again_and_again(nursery, tmp_path, 50, seed=6)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_a_writer_killed_at_1000_moments(nursery: subprocess.Popen[str], tmp_path: Path, seed: int) -> None:
    killed_again_and_again(nursery, tmp_path, 50, seed=seed)


def test_what_was_kept_and_not_noted_is_found_and_what_is_torn_is_cut(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library.create(folder) as library:
        (tmp_path / "a.html").write_text("<p>نص قصير</p>", encoding="utf-8")
        library.collect([tmp_path / "a.html"])
    captures = folder / "captures"
    (warc,) = captures.glob("*.warc.gz")
    whole, lines = warc.read_bytes(), (captures / "manifest.jsonl").read_bytes()
    warc.write_bytes(whole + whole[:60])
    (captures / "manifest.jsonl").write_bytes(lines[:-40])
    with Library.open(folder) as library:
        assert library.counts().captures == 1
        assert [line.did for line in library.keeping.log()] == ["began", "found"]
        assert library.keeping.verify().differences == ()
    assert warc.read_bytes() == whole
