"""Verifying: an archive that is as it was noted holds, and every kind of alteration is reported, each by its name."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from riwaya.errors import ArchiveError
from riwaya.preserve.custody import MOST_AT_ONCE
from riwaya.preserve.manifest import Line, Manifest, line_hash
from riwaya.preserve.verify import Difference, verify
from riwaya.preserve.warc import Archive
from riwaya.records import Capture
from tests.preserve.made import NOW, custody_of, page

PAGES = 40


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "captures"
    custody = custody_of(folder)
    for number in range(PAGES):
        custody.keep([page(number)], NOW)
    custody.note("read", NOW, detail="rules 1: pages 40")
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "captures"))


def line(folder: Path, number: int) -> Line:
    return list(Manifest(folder).lines())[number - 1]


def rewrite(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(b"".join(raw + b"\n" for raw in change(path.read_bytes().splitlines())))


def kinds(found: tuple[Difference, ...]) -> set[str]:
    return {each.kind for each in found}


def test_what_nobody_touched_holds(kept: Path) -> None:
    before = {path: path.read_bytes() for path in kept.iterdir()}
    found = verify(kept)
    assert found.differences == ()
    assert (found.captures, found.found, found.forgotten, found.not_noted) == (PAGES, 0, 0, 0)
    assert found.bytes == sum(len(content) for path, content in before.items() if path.suffix == ".gz")
    assert len(list(kept.glob("*.warc.gz"))) > 2
    assert {path: path.read_bytes() for path in kept.iterdir()} == before


def test_the_chain_is_what_its_description_says(kept: Path) -> None:
    before = "0" * 64
    for number, raw in enumerate((kept / "manifest.jsonl").read_bytes().splitlines(), 1):
        said = json.loads(raw)
        assert (said["line"], said["previous"], said["who"], said["program"]) == (number, before, "سلمى", "riwaya test")
        before = line_hash(raw)
    assert said["did"] == "read"
    assert (verify(kept).head, verify(kept, head=before).differences) == ((number, before), ())
    assert kinds(verify(kept, head="f" * 64).differences) == {"no such head"}


def test_a_capture_is_a_response_with_its_request_and_who_collected_it(kept: Path) -> None:
    with (kept / "captures-000001.warc.gz").open("rb") as file:
        records = [
            (each.rec_type, each.rec_headers["WARC-Concurrent-To"], each.rec_headers["WARC-Record-ID"], each.content_stream().read())
            for each, _ in zip(ArchiveIterator(file, check_digests="raise"), range(3), strict=False)
        ]
    assert [kind for kind, *_ in records] == ["response", "request", "metadata"]
    assert records[1][1] == records[2][1] == records[0][2]
    assert records[2][3].decode() == "collectedBy: سلمى\r\nsoftware: riwaya test\r\n"


@pytest.mark.parametrize("where", [0, 5, 200, -1])
def test_a_flipped_byte_is_reported_and_costs_only_its_capture(folder: Path, where: int) -> None:
    hit = line(folder, 12)
    path = folder / hit.warc
    content = bytearray(path.read_bytes())
    content[hit.offset_bytes + where % hit.size_bytes] ^= 1
    path.write_bytes(content)
    found = verify(folder)
    assert [(each.kind, each.captures) for each in found.differences] == [("changed", hit.captures)]
    assert found.captures == PAGES - 1
    archive = Archive(folder, 1)
    readable = 0
    for capture in (each for each in archive.captures() if isinstance(each, Capture)):
        try:
            readable += len(archive.payload(capture)) > 0
        except ArchiveError:
            assert capture.id in hit.captures
    assert readable >= PAGES - 1


def test_a_record_taken_out_is_reported_and_the_others_are_found_where_they_moved(folder: Path) -> None:
    gone = line(folder, 4)
    path = folder / gone.warc
    content = path.read_bytes()
    path.write_bytes(content[: gone.offset_bytes] + content[gone.offset_bytes + gone.size_bytes :])
    found = verify(folder)
    assert [each.captures for each in found.differences if each.kind == "removed"] == [gone.captures]
    moved = [each for each in found.differences if each.kind == "moved"]
    assert len(moved) == sum(each.warc == gone.warc and each.offset_bytes > gone.offset_bytes for each in Manifest(folder).lines())
    assert len(found.differences) == len(moved) + 1


def test_two_records_that_changed_places_are_reported(folder: Path) -> None:
    first, second = line(folder, 4), line(folder, 5)
    path = folder / first.warc
    content = path.read_bytes()
    middle, end = second.offset_bytes, second.offset_bytes + second.size_bytes
    path.write_bytes(content[: first.offset_bytes] + content[middle:end] + content[first.offset_bytes : middle] + content[end:])
    assert {(each.kind, each.captures) for each in verify(folder).differences} == {("moved", first.captures), ("moved", second.captures)}


@pytest.mark.parametrize("number", [1, 2, 20, PAGES + 1])
def test_a_line_taken_out_is_reported(folder: Path, number: int) -> None:
    rewrite(folder / "manifest.jsonl", lambda lines: lines[: number - 1] + lines[number:])
    assert "broken chain" in kinds(verify(folder).differences)


def test_a_line_that_was_changed_moved_or_is_no_line_is_reported(folder: Path) -> None:
    path = folder / "manifest.jsonl"
    whole = path.read_bytes()
    rewrite(path, lambda lines: [raw.replace("سلمى".encode(), "غيرها".encode()) if n == 9 else raw for n, raw in enumerate(lines)])
    assert [each.where for each in verify(folder).differences] == ["manifest.jsonl line 11"]
    path.write_bytes(whole)
    rewrite(path, lambda lines: [*lines[:9], lines[10], lines[9], *lines[11:]])
    assert kinds(verify(folder).differences) == {"broken chain"}
    path.write_bytes(whole)
    rewrite(path, lambda lines: [b"{}" if n == 9 else raw for n, raw in enumerate(lines)])
    assert {"broken line", "broken chain"} <= kinds(verify(folder).differences)


def test_lines_cut_from_the_end_show_by_the_store_or_a_hash_kept_elsewhere(folder: Path) -> None:
    archive = Archive(folder, 1)
    known = {each.id: each for each in archive.captures() if isinstance(each, Capture)}
    head = verify(folder, known=known).head
    assert verify(folder, known=known).differences == ()
    rewrite(folder / "manifest.jsonl", lambda lines: lines[:-2])
    assert [each.kind for each in verify(folder, known=known).differences] == ["store"]
    assert [each.kind for each in verify(folder, head=head.hash).differences] == ["no such head"]


@pytest.mark.parametrize("name", ["captures-000001.warc.gz", "captures-000002.warc.gz"])
def test_a_file_that_is_gone_or_shorter_is_reported(folder: Path, name: str) -> None:
    path = folder / name
    lines = [each for each in Manifest(folder).lines() if each.warc == name]
    path.write_bytes(path.read_bytes()[: lines[-1].offset_bytes])
    assert [(each.kind, each.captures) for each in verify(folder).differences] == [("removed", lines[-1].captures)]
    path.unlink()
    (gone,) = verify(folder).differences
    assert (gone.kind, gone.where, len(gone.captures)) == ("missing file", name, len(lines))


def test_what_was_put_in_is_reported(folder: Path, tmp_path: Path) -> None:
    other = custody_of(tmp_path / "other")
    other.archive.append([page(number) for number in (901, 902)])
    foreign = (other.archive.folder / "captures-000001.warc.gz").read_bytes()
    (folder / "captures-000000.warc.gz").write_bytes(foreign)
    assert kinds(verify(folder).differences) == {"unknown file"}
    (folder / "captures-000000.warc.gz").unlink()
    *noted, last = sorted(folder.glob("*.warc.gz"))
    for path in noted:
        whole = path.read_bytes()
        path.write_bytes(whole + foreign)
        assert kinds(verify(folder).differences) == {"unknown bytes"}
        path.write_bytes(whole)
    whole = last.read_bytes()
    last.write_bytes(whole + foreign)  # as a crash may leave it: it is counted, and will be noted as found
    assert (verify(folder).differences, verify(folder).not_noted) == ((), 2)
    last.write_bytes(whole + foreign * MOST_AT_ONCE)  # no crash leaves so much
    assert kinds(verify(folder).differences) == {"unknown bytes"}
    last.write_bytes(whole)
    first = folder / "captures-000001.warc.gz"
    first.write_bytes(foreign + first.read_bytes())
    assert "moved" in kinds(verify(folder).differences)


def test_without_a_manifest_all_that_lies_there_is_noted_as_found(folder: Path) -> None:
    (folder / "manifest.jsonl").unlink()
    last = sorted(folder.glob("*.warc.gz"))[-1]
    last.write_bytes(last.read_bytes()[:-900])  # of a time when nothing was noted: it may have been acknowledged, and is not cut
    before = {path: path.read_bytes() for path in folder.glob("*.warc.gz")}
    assert "no manifest" in kinds(verify(folder).differences)
    custody = custody_of(folder)
    custody.settle(NOW)
    found = verify(folder)
    assert (found.differences, found.found, found.captures) == ((), PAGES, PAGES - 1)
    custody.keep([page(900)], NOW)
    assert verify(folder).captures == PAGES
    assert {path: path.read_bytes() for path in before} == before


def test_an_archive_that_became_shorter_is_not_written_to(folder: Path) -> None:
    last = line(folder, PAGES + 1)
    os.truncate(folder / last.warc, last.offset_bytes)
    with pytest.raises(ArchiveError, match="has become shorter"):
        custody_of(folder).keep([page(900)], NOW)
