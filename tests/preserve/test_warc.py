"""The archive: what is written is read back, and damage costs only what it hits."""

import gzip
import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from riwaya.errors import ArchiveError
from riwaya.preserve.warc import Archive, capture_id_of
from riwaya.records import Capture, Failure, Served

NOW = datetime(2026, 11, 22, 21, 38, 54, 123456, tzinfo=UTC)


def served(number: int, *, size: int = 2000, headers: tuple[tuple[str, str], ...] | None = None, media_type: str = "text/html") -> Served:
    noise = b"".join(hashlib.sha256(b"%d %d" % (number, at)).digest() for at in range(size // 32))
    return Served(
        address=f"https://hawran.example/{number}", captured_at=NOW, status=200, media_type=media_type, headers=headers, payload=noise
    )


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "captures").mkdir()
    return Archive(tmp_path / "captures", max_bytes=1_000_000)


def kept(archive: Archive, page: Served) -> Capture:
    """A page, once it is in the archive."""
    return appended(archive, [page])[0]


def appended(archive: Archive, pages: list[Served]) -> list[Capture]:
    """What has come into the archive of some pages."""
    return [stretch.capture for stretch in archive.append(pages) if stretch.capture]


def again(archive: Archive) -> Archive:
    """The same archive as another process finds it."""
    return Archive(archive.folder, archive.max_bytes)


HEADERS = (("Content-Type", "text/html; charset=windows-1256"), ("X-City", "حلب"), ("Set-Cookie", "a=b"))


@pytest.mark.parametrize(
    "page",
    [
        served(1),
        served(2, media_type=""),
        served(3, headers=HEADERS, media_type="text/html; charset=windows-1256"),
        served(4, headers=(), media_type=""),
        served(5, size=0),
        served(6, size=0, headers=HEADERS, media_type="text/html; charset=windows-1256"),
        served(7, size=3_000_000),
    ],
    ids=lambda page: page.address[-1],
)
def test_what_is_written_is_read_back(archive: Archive, page: Served) -> None:
    capture = kept(archive, page)
    assert again(archive).payload(capture) == page.payload
    assert list(again(archive).captures()) == [capture]
    assert (capture.address, capture.captured_at, capture.status, capture.media_type) == (page.address, NOW, 200, page.media_type)
    assert capture.digest == "sha256:" + hashlib.sha256(page.payload).hexdigest()
    assert (capture.size_bytes, capture.id) == (len(page.payload), capture_id_of(page))


@settings(deadline=None)
@given(payload=st.binary(max_size=300), http=st.booleans())
def test_any_bytes_are_read_back(tmp_path_factory: pytest.TempPathFactory, payload: bytes, http: bool) -> None:
    archive = Archive(tmp_path_factory.mktemp("captures"), max_bytes=1_000_000)
    page = Served(address="https://a.example/", captured_at=NOW, status=200, media_type="", headers=() if http else None, payload=payload)
    capture = kept(archive, page)
    assert archive.payload(capture) == payload
    assert list(archive.captures()) == [capture]


def test_another_program_reads_our_records(archive: Archive) -> None:
    page = served(1, headers=HEADERS, media_type=HEADERS[0][1])
    kept(archive, page)
    kept(archive, served(2))
    with (archive.folder / "captures-000001.warc.gz").open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers["WARC-Target-URI"], record.http_headers and record.http_headers["X-City"])
            for record in ArchiveIterator(file, check_digests="raise")
            if record.content_stream().read() is not None
        ]
    assert records == [("response", "https://hawran.example/1", "حلب"), ("resource", "https://hawran.example/2", None)]


def test_captures_follow_the_last_one_that_is_known(archive: Archive) -> None:
    captures = [kept(archive, served(number)) for number in range(5)]
    assert list(again(archive).captures(after=captures[2])) == captures[3:]
    assert list(again(archive).captures(after=captures[4])) == []


def test_a_full_file_is_followed_by_another(archive: Archive) -> None:
    archive.max_bytes = 5000
    captures = [kept(archive, served(number)) for number in range(7)]
    names = sorted({capture.warc for capture in captures})
    assert names == ["captures-000001.warc.gz", "captures-000002.warc.gz", "captures-000003.warc.gz"]
    assert list(again(archive).captures()) == captures
    assert list(again(archive).captures(after=captures[1])) == captures[2:]


@pytest.mark.parametrize("rest", [1, 9, 100, 1500])
def test_a_record_that_was_cut_is_passed_over_and_never_written_after(archive: Archive, rest: int) -> None:
    whole = [kept(archive, served(number)) for number in range(2)]
    path = archive.folder / whole[0].warc
    size = path.stat().st_size
    kept(archive, served(9))
    cut = path.read_bytes()[: size + rest]
    path.write_bytes(cut)
    restarted = again(archive)
    assert list(restarted.captures()) == whole
    following = kept(restarted, served(3))
    assert following.warc == "captures-000002.warc.gz"
    assert path.read_bytes() == cut
    assert list(again(archive).captures()) == [*whole, following]


def test_many_pages_are_written_at_once_as_many_as_one_file_takes(archive: Archive) -> None:
    archive.max_bytes = 5000
    pages = [served(number) for number in range(7)]
    captures: list[Capture] = []
    while len(captures) < len(pages):
        captures += appended(archive, pages[len(captures) :])
    assert [capture.warc for capture in captures] == [f"captures-{number:06}.warc.gz" for number in (1, 1, 1, 2, 2, 2, 3)]
    assert list(again(archive).captures()) == captures
    assert [archive.payload(capture) for capture in captures] == [page.payload for page in pages]


def test_a_restarted_archive_goes_on_in_the_same_file(archive: Archive) -> None:
    first = kept(archive, served(1))
    second = kept(again(archive), served(2))
    assert second.warc == first.warc
    third = kept(archive, served(3))  # the first process, to which the file has grown behind its back
    assert list(again(archive).captures()) == [first, second, third]


@pytest.mark.parametrize("where", [0, 3, 12, 700, -3])
def test_damage_costs_the_record_it_hits_and_no_other(archive: Archive, where: int) -> None:
    captures = [kept(archive, served(number)) for number in range(4)]
    path = archive.folder / captures[0].warc
    content = bytearray(path.read_bytes())
    at = (captures[1].offset_bytes if where >= 0 else captures[2].offset_bytes) + where
    content[at] ^= 0xFF
    path.write_bytes(content)
    restarted = again(archive)
    with pytest.raises(ArchiveError, match=r"hawran\.example/1"):
        restarted.payload(captures[1])
    for capture in (captures[0], *captures[2:]):
        assert restarted.payload(capture) == served(int(capture.address[-1])).payload
    found = list(restarted.captures())
    assert [each for each in found if isinstance(each, Capture)] == [captures[0], *captures[2:]]
    assert [each.reason for each in found if isinstance(each, Failure)] == ["damaged capture"]


def test_damage_to_the_last_record_is_told_from_a_cut(archive: Archive) -> None:
    captures = [kept(archive, served(number)) for number in range(2)]
    path = archive.folder / captures[0].warc
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    path.write_bytes(content)
    found = list(again(archive).captures())
    assert found[0] == captures[0]
    assert isinstance(found[1], Failure)


def test_a_record_changed_on_purpose_is_found_out(archive: Archive) -> None:
    page = served(1)
    capture = kept(archive, page)
    path = archive.folder / capture.warc
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(page.payload, page.payload[::-1])))
    with pytest.raises(ArchiveError, match="damaged"):
        again(archive).payload(capture)


def test_a_missing_or_cut_file_says_so(archive: Archive) -> None:
    capture = kept(archive, served(1))
    path = archive.folder / capture.warc
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(ArchiveError, match=r"captures-000001\.warc\.gz is missing or ends before"):
        archive.payload(capture)
    path.unlink()
    with pytest.raises(ArchiveError, match=r"captures-000001\.warc\.gz is missing or ends before"):
        archive.payload(capture)


def test_foreign_records_and_an_empty_file_are_no_captures(archive: Archive) -> None:
    capture = kept(archive, served(1))
    path = archive.folder / capture.warc
    info = b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:x>\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    path.write_bytes(path.read_bytes() + gzip.compress(info))
    (archive.folder / "captures-000002.warc.gz").touch()
    assert list(again(archive).captures()) == [capture]


def test_a_copy_is_not_touched_by_what_befalls_the_original(archive: Archive, tmp_path: Path) -> None:
    capture = kept(archive, served(1))
    archive.copy_to(tmp_path / "copy")
    with (archive.folder / capture.warc).open("r+b") as file:
        file.write(b"damage")
    assert Archive(tmp_path / "copy", 1).payload(capture) == served(1).payload


def test_a_full_disk_is_said_and_leaves_what_was_written(archive: Archive, tmp_path: Path) -> None:
    capture = kept(archive, served(1))
    shutil.move(archive.folder, tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match="cannot be written"):
        kept(archive, served(2))
    assert list(Archive(tmp_path / "elsewhere", 1).captures()) == [capture]
