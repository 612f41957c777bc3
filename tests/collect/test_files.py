"""Files and folders as pages."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from riwaya.collect.files import files_in, open_file
from riwaya.collect.pages import pages_at
from riwaya.records import Failure, Served

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def opened(path: Path, address: str | None = None) -> Served | Failure:
    return open_file(path, address=address, max_bytes=100, now=NOW)


def test_a_folder_gives_its_pages_sorted_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.html", "a.HTM", "c/d.txt", "c/e.pdf", "readme.md", ".git/x.html", "c/.hidden.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "folder.html").mkdir()
    assert [str(path.relative_to(tmp_path)) for path in files_in(tmp_path)] == ["a.HTM", "b.html", "c/d.txt"]


def test_the_parts_that_a_browser_saves_beside_a_page_are_no_pages(tmp_path: Path) -> None:
    for name in ("a.html", "a_files/ad.html", "b_files/own.html", "c.HTM", "c_files/sub/frame.htm"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert [str(path.relative_to(tmp_path)) for path in files_in(tmp_path)] == ["a.html", "b_files/own.html", "c.HTM"]


def test_a_folder_without_pages_is_a_failure_and_not_nothing(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_text("x")
    (folder,) = pages_at(tmp_path)
    failure = opened(Path(folder))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.address) == ("not found", tmp_path.as_uri())
    assert failure.detail == "The folder holds no page: no html, txt or mhtml file, no web archive, no export."


def test_a_folder_is_no_page_though_it_holds_some(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("x")
    failure = opened(tmp_path)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.detail) == ("not a page", "It is no file.")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may list every folder")
def test_a_folder_that_may_not_be_listed_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("x")
    (tmp_path / "shut").mkdir(mode=0)
    page, folder = files_in(tmp_path)
    assert isinstance(opened(page), Served)
    failure = opened(folder)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.detail) == ("refused", "It cannot be read: Permission denied.")


def test_a_link_that_leads_nowhere_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("gone.html")
    (page,) = files_in(tmp_path)
    failure = opened(page)
    assert isinstance(failure, Failure)
    assert failure.reason == "not found"


def test_a_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    assert list(pages_at(tmp_path / "page.php")) == [tmp_path / "page.php"]
    assert list(pages_at("https://example.org/a")) == ["https://example.org/a"]


@pytest.mark.parametrize(("name", "media_type"), [("صفحة.html", "text/html"), ("a.txt", "text/plain"), ("a", "")])
def test_a_file_is_served_from_its_own_address(tmp_path: Path, name: str, media_type: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xff words")
    served = opened(path)
    assert isinstance(served, Served)
    assert served == Served(address=path.as_uri(), captured_at=NOW, status=200, media_type=media_type, headers=None, payload=b"\xff words")


def test_a_file_can_be_told_the_address_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("x")
    addresses = {}
    for address in ("https://hawran.example/news/1?a=%D8%AE#b", "https://hawran.example/خبر 1", "https://hawran.example/\r\nWARC-Type: x"):
        served = opened(path, address)
        assert isinstance(served, Served)
        addresses[address] = served.address
    assert list(addresses.values()) == [
        "https://hawran.example/news/1?a=%D8%AE#b",
        "https://hawran.example/%D8%AE%D8%A8%D8%B1%201",
        "https://hawran.example/%0D%0AWARC-Type:%20x",
    ]


def test_what_cannot_be_read_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "large.html").write_bytes(b"x" * 101)
    os.mkfifo(tmp_path / "pipe.html")
    reasons = {}
    for name in ("missing.html", "large.html", "pipe.html"):
        failure = opened(tmp_path / name)
        assert isinstance(failure, Failure)
        reasons[name] = failure.reason
    assert reasons == {"missing.html": "not found", "large.html": "too large", "pipe.html": "not a page"}


def test_a_file_has_one_address_from_wherever_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "library").mkdir()
    page = tmp_path / "صفحة.html"
    page.write_text("<p>قالت الشرطة</p>", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "library")
    for name in (Path("../صفحة.html"), tmp_path / "library" / ".." / "صفحة.html"):
        served = open_file(name, address=None, max_bytes=1000, now=NOW)
        assert isinstance(served, Served)
        assert served.address == page.as_uri()
