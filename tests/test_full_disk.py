"""Collecting when there is no room, or the folder cannot be written: one clear line, nothing is lost, and it goes on when there is room.

A limit on the size of files stands for a full disk where nothing may be mounted; where it may, in a namespace of the test's own, the disk
is a real one of three megabytes, and the folder that cannot be written a real mount that is only read.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from riwaya import Library
from riwaya.store.schema import migrate
from riwaya.store.sqlite import open_engine
from tests.collect.site import Answer, Site, site
from tests.test_cli import riwaya

PAGES = 40
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
from riwaya.cli import main
main()
"""


def may_mount() -> bool:
    try:
        return subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


mounts = pytest.mark.skipif(not may_mount(), reason="nothing may be mounted here")


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("RIWAYA_LOOPBACK", "1")
    monkeypatch.setenv("RIWAYA_DELAY_SECONDS", "0")
    with site() as running:
        chance = Random(6)
        running.answers |= {f"/{number}.html": Answer(b"<p>" + chance.randbytes(80_000)) for number in range(PAGES)}
        yield running


@pytest.fixture
def library(tmp_path: Path, running: Site) -> Path:
    (tmp_path / "list.txt").write_text("".join(f"{running.address}/{number}.html\n" for number in range(PAGES)))
    folder = tmp_path / "library"
    Library.create(folder).close()
    return folder


def check(folder: Path) -> None:
    """Collect the rest, where there is room: all pages are there, each once, and the chain holds."""
    done = riwaya("collect", "--list", folder.parent / "list.txt", "--library", folder)
    assert done.returncode == 0, done.stderr
    with Library.open(folder) as opened:
        assert opened.counts().captures == PAGES
        verified = opened.keeping.verify()
        assert (verified.differences, verified.captures, verified.not_noted) == ((), PAGES, 0)


@pytest.mark.parametrize(
    ("limit", "size", "full"), [(1_500_000, 80_000, "captures-000001.warc.gz"), (60_000, 100, "library.sqlite")], ids=["archive", "store"]
)
def test_a_full_disk_is_said_and_collecting_goes_on_when_there_is_room(
    library: Path, running: Site, limit: int, size: int, full: str
) -> None:
    running.answers |= {path: Answer(answer.body[:size]) for path, answer in running.answers.items() if isinstance(answer, Answer)}
    command: list[str | Path] = [
        sys.executable,
        "-c",
        LIMITED,
        str(limit),
        "collect",
        "--list",
        library.parent / "list.txt",
        "--library",
        library,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{full} cannot be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    check(library)


def test_an_older_library_stays_as_it_is_where_there_is_no_room_for_its_copy(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    Library.create(folder).close()
    for path in folder.glob("library.sqlite*"):
        path.unlink()
    engine = open_engine(folder / "library.sqlite")
    migrate(engine, "0002")
    engine.dispose()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "100000", "read", "--library", folder], capture_output=True, text=True, check=False
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "cannot be written" in done.stderr
    assert list((folder / "backups").iterdir()) == []
    with Library.open(folder) as migrated:
        assert migrated.counts().captures == 0
    assert [path.name.endswith("-revision-0002.sqlite") for path in (folder / "backups").iterdir()] == [True]


@mounts
def test_a_disk_that_is_really_full(library: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    collect = f'{sys.executable} -m riwaya.cli collect --list "{tmp_path}/list.txt" --library "{disk}/library"'
    script = f"""
        mount -t tmpfs -o size=2m tmpfs "{disk}" && cp -r "{library}" "{disk}" || exit 9
        {collect}; echo ended with $? >&2
        mount -o remount,size=50m "{disk}" && {collect} && cp -r "{disk}/library" "{tmp_path}/saved"
    """
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    assert "cannot be written" in done.stderr.splitlines()[0]
    assert done.stderr.splitlines()[1:] == ["ended with 1"]
    assert "New captures:" in done.stdout
    (tmp_path / "saved" / "list.txt").write_bytes((tmp_path / "list.txt").read_bytes())
    library.rename(tmp_path / "before")
    (tmp_path / "saved").rename(library)
    check(library)


@mounts
def test_a_folder_that_can_only_be_read_is_not_collected_into_and_can_be_read(library: Path, running: Site) -> None:
    check(library)
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    command = f"{sys.executable} -m riwaya.cli"
    script = f"""
        mount --bind "{library}" "{library}" && mount -o remount,bind,ro "{library}" || exit 9
        {command} collect {running.address}/new.html --library "{library}"; echo ended with $? >&2
        {command} verify --library "{library}"
    """
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    refused, ended, *_ = done.stderr.splitlines()
    assert refused.endswith("cannot be written: Read-only file system.")
    assert ended == "ended with 1"
    assert "40" in done.stdout
    assert "/new.html" not in running.paths()
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == before
