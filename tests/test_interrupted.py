"""A program killed in the midst of collecting or reading: nothing that it had acknowledged is lost, and the next one goes on."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from riwaya import Library
from riwaya.collect.files import open_file
from riwaya.preserve.warc import Archive
from riwaya.records import Capture, Served
from tests.libraries import dump, page, without_row_numbers

COLLECT = """
import sys
from riwaya import Library

if __name__ == "__main__":
    with Library.open(sys.argv[1]) as library:
        library.collect([sys.argv[2]], progress=lambda done, total: print(done, flush=True))
"""
READ = """
import sys
from riwaya import Library

if __name__ == "__main__":
    with Library.open(sys.argv[1]) as library:
        library.{verb}(jobs=int(sys.argv[2]), progress=lambda done, total: print(done, flush=True))
"""
PAGES = 80
MANY = 400


def made(folder: Path, pages: int) -> Path:
    for number in range(pages):
        page(folder, f"{number:03}.html", title=f"خبر من البلدة رقم {number}")
    return folder


@pytest.fixture(autouse=True)
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stopped here must be under way soon, also in the programs that are started: the rules read at once."""
    monkeypatch.setenv("RIWAYA_READER", "rules")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return made(tmp_path / "pages", PAGES)


def interrupted(program: str, *arguments: str | Path, after: int, by: signal.Signals) -> int:
    """Run a program and send it a signal when it has acknowledged so many pages; how many it acknowledged."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        for line in running.stdout:
            if int(line) >= after:
                running.send_signal(by)
                break
        rest = [int(line) for line in running.stdout if line.endswith("\n")]
    assert running.returncode != 0
    return max([int(line), *rest])


@pytest.mark.parametrize("after", [1, 100])
def test_killed_while_collecting(tmp_path: Path, after: int) -> None:
    pages = made(tmp_path / "pages", MANY)
    Library.create(tmp_path / "library").close()
    acknowledged = interrupted(COLLECT, tmp_path / "library", pages, after=after, by=signal.SIGKILL)
    assert after <= acknowledged < MANY
    with Library.open(tmp_path / "library") as library:
        assert library.counts().captures >= acknowledged
        library.collect([pages])
        assert library.counts().captures == MANY
    archive = Archive(library.folder / "captures", 1_000_000)
    captures = [each for each in archive.captures() if isinstance(each, Capture)]
    assert {archive.payload(capture) for capture in captures} == {path.read_bytes() for path in pages.iterdir()}
    assert len(captures) == MANY


@pytest.mark.parametrize(
    ("verb", "jobs", "by"),
    [("read", 1, signal.SIGKILL), ("read", 2, signal.SIGKILL), ("read", 2, signal.SIGINT), ("rebuild", 1, signal.SIGKILL)],
)
def test_interrupted_while_reading(tmp_path: Path, pages: Path, verb: str, jobs: int, by: signal.Signals) -> None:
    with Library.create(tmp_path / "library") as library:
        library.collect([pages])
        if verb == "rebuild":
            library.read()
    acknowledged = interrupted(READ.format(verb=verb), library.folder, str(jobs), after=20, by=by)
    with Library.open(library.folder) as again:
        left = again.counts().unread
        assert 0 < left <= PAGES - acknowledged
        assert again.read().pages == left
        counts = again.counts()
        assert (counts.captures, counts.unread, counts.articles, counts.failures) == (PAGES, 0, PAGES, 0)
        before = dump(again.folder)
        again.rebuild()
        assert without_row_numbers(dump(again.folder)) == without_row_numbers(before)


def test_two_programs_collect_at_once(tmp_path: Path, pages: Path) -> None:
    library = Library.create(tmp_path / "library")
    for number in range(50):
        page(tmp_path / "more", f"{number:03}.html", title=f"خبر آخر رقم {number}")
    both = [
        subprocess.Popen([sys.executable, "-c", COLLECT, str(library.folder), str(folder)], stdout=subprocess.DEVNULL)
        for folder in (pages, tmp_path / "more")
    ]
    assert [each.wait(timeout=60) for each in both] == [0, 0]
    assert library.counts().captures == PAGES + 50
    read = library.read()
    assert (read.articles, read.failures) == (PAGES + 50, 0)
    before = dump(library.folder)
    library.rebuild()
    assert without_row_numbers(dump(library.folder)) == without_row_numbers(before)
    library.close()


def test_a_capture_that_was_written_but_not_noted_is_taken_in(tmp_path: Path, pages: Path) -> None:
    """The moment between the archive and the database, made by hand: it is too short to hit with a signal."""
    with Library.create(tmp_path / "library") as library:
        library.collect([pages / "000.html"])
    served = open_file(pages / "001.html", address=None, max_bytes=100_000, now=datetime.now(UTC))
    assert isinstance(served, Served)
    (stretch,) = Archive(library.folder / "captures", 1_000_000).append([served])
    assert stretch.capture
    with Library.open(library.folder) as again:
        assert again.counts().captures == 2
        assert again.collect([pages / "001.html"]).known == 1
        again.read()
        assert stretch.capture.id in {reading.article.capture_id for reading in again.readings()}
