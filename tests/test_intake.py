"""Rounds over the outlets of a library, on real servers: what is asked for, what is kept, what has changed, and who may not at once."""

import gzip
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya import Failure, Library, LibraryError
from riwaya.cli_collect import one_round
from riwaya.collect.outlets import outlet_in
from riwaya.errors import OutletError
from riwaya.read.changes import changes_between
from tests.collect.site import Answer, Site, site
from tests.libraries import ARTICLE, dump, without_row_numbers
from tests.test_cli import riwaya

OUTLET = """
name = "وكالة المثال"
name_en = "Example Agency"
country = "SY"
kind = "agency"
home = "{home}"
[[feed]]
address = "{home}/feed"
sure = "unchecked"
[[feed]]
address = "{home}/other-feed"
sure = "unchecked"
"""
WATCH = """
import sys
from riwaya.cli import app
app(["watch", "--library", sys.argv[1]])
"""


def feed(home: str, *numbers: int) -> Answer:
    items = "".join(f"<item><title>خبر رقم {number}</title><link>{home}/news/{number}</link></item>" for number in numbers)
    return Answer(f"<rss><channel>{items}</channel></rss>".encode())


def article(number: int, *, day: str = "20 شباط/فبراير 2017", **headers: str) -> Answer:
    return Answer(ARTICLE.format(title=f"خبر من البلدة رقم {number}", day=day).encode(), headers=headers)


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name, value in {"LOOPBACK": "1", "DELAY_SECONDS": "0", "AGAIN_HOURS": "0"}.items():
        monkeypatch.setenv(f"RIWAYA_{name}", value)
    with site() as running:
        running.answers["/feed"] = feed(running.address, 1, 2, 3)
        running.answers |= {f"/news/{number}": article(number, ETag=f'"{number}"') for number in (1, 2, 3)}
        yield running


@pytest.fixture
def library(tmp_path: Path, running: Site) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        outlets = library.folder / "outlets"
        outlets.mkdir()
        (outlets / "hawran.toml").write_text(OUTLET.format(home=running.address), encoding="utf-8")
        yield library


def test_a_round_captures_what_the_feed_names(library: Library, running: Site) -> None:
    done = library.collect_outlets()
    assert (done.new, done.known, done.leads, done.failures) == (3, 0, 3, ())
    assert sorted(running.paths()) == ["/feed", "/news/1", "/news/2", "/news/3"]
    assert library.read().articles == 3


def test_a_page_seen_before_is_asked_for_with_what_its_server_told(library: Library, running: Site) -> None:
    library.collect_outlets()
    running.answers["/feed"] = feed(running.address, 3, 4)
    running.answers["/news/4"] = article(4)
    done = library.collect_outlets()
    assert (done.new, done.known, done.changed) == (1, 3, 0)
    asked = {path: headers.get("if-none-match") for (_, path), headers in zip(running.asked, running.requests, strict=True)}
    assert asked["/news/1"] == '"1"'  # though the feed does not name it any more
    assert asked["/news/4"] is None


def test_a_page_that_was_seen_a_moment_ago_is_left_alone(library: Library, running: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    library.collect_outlets()
    monkeypatch.setenv("RIWAYA_AGAIN_HOURS", "12")
    with Library.open(library.folder) as again:
        assert again.collect_outlets().new == 0
    assert running.paths().count("/news/1") == 1


def test_the_same_bytes_without_validators_are_no_new_capture(library: Library, running: Site) -> None:
    running.answers["/news/1"] = article(1)
    library.collect_outlets()
    done = library.collect_outlets()
    assert (done.new, done.known) == (0, 3)
    assert running.paths().count("/news/1") == 2
    assert library.counts().captures == 3


def test_what_an_outlet_changes_after_publishing_is_a_new_version(library: Library, running: Site) -> None:
    library.collect_outlets()
    library.read()
    text = ARTICLE.format(title="خبر من البلدة رقم 1", day="20 شباط/فبراير 2017")
    running.answers["/news/1"] = Answer(text.replace("شخصين قُتلا", "ثلاثة أشخاص قُتلوا").encode(), headers={"ETag": '"1b"'})
    running.answers["/news/2"] = Answer(article(2).body.replace(b"</body>", b"<!-- 17 views --></body>"), headers={"ETag": '"2b"'})
    done = library.collect_outlets()
    assert (done.new, done.changed) == (2, 2)
    library.read()
    by_address = {reading.article.address: reading.article for reading in library.readings()}
    assert library.counts().articles == 4  # the second page has other bytes, and says the same
    assert len(library.versions(by_address[f"{running.address}/news/2"].id)) == 1
    (_, old), (_, new) = library.versions(by_address[f"{running.address}/news/1"].id)
    changes = [(change.kind, change.words.strip()) for change in changes_between(old.text, new.text) if change.kind != "kept"]
    assert changes == [("removed", "شخصين قُتلا"), ("added", "ثلاثة أشخاص قُتلوا")]
    shown = riwaya("changes", new.id, cwd=library.folder).stdout
    assert "Version 2 of 2" in shown
    assert "+ ثلاثة أشخاص قُتلوا" in shown
    before = dump(library.folder)
    library.rebuild()
    assert without_row_numbers(dump(library.folder)) == without_row_numbers(before)


def test_a_text_that_is_changed_and_changed_back_has_three_versions(library: Library, running: Site) -> None:
    first = article(1).body
    for number, body in enumerate((first, first.replace("قُتلا".encode(), "جُرحا".encode()), first + b" ")):
        running.answers["/news/1"] = Answer(body, headers={"ETag": f'"{number}"'})
        library.collect_outlets()
    library.read()
    (some,) = {r.article.id for r in library.readings() if r.article.address == f"{running.address}/news/1" and "جُرحا" in r.article.text}
    texts = [version.text for _, version in library.versions(some)]
    assert len(texts) == 3
    assert texts[0] == texts[2] != texts[1]


def test_the_next_feed_is_asked_only_where_the_first_gives_nothing(library: Library, running: Site) -> None:
    running.answers["/feed"] = Answer()  # an HTML page
    running.answers["/other-feed"] = feed(running.address, 1)
    done = library.collect_outlets()
    assert (done.new, [failure.reason for failure in done.failures]) == (1, ["not a feed"])
    running.answers["/feed"] = feed(running.address, 1)
    done = library.collect_outlets()
    assert (done.failures, library.failures()) == ((), ())
    assert running.paths().count("/other-feed") == 1


def test_a_sitemap_of_sitemaps_leads_to_the_newest_pages(library: Library, running: Site) -> None:
    maps = "".join(f"<sitemap><loc>{running.address}/m{day}.xml</loc><lastmod>2017-02-{day}</lastmod></sitemap>" for day in range(10, 28))
    running.answers["/feed"] = Answer(f"<sitemapindex>{maps}</sitemapindex>".encode())
    running.answers["/m27.xml"] = Answer(f"<urlset><url><loc>{running.address}/news/1</loc></url></urlset>".encode())
    done = library.collect_outlets()
    assert done.new == 1
    assert "/m27.xml" in running.paths()
    assert "/m10.xml" not in running.paths()


def test_pages_that_fail_are_counted_and_tried_again(library: Library, running: Site) -> None:
    running.answers["/news/1"] = Answer(b"", 404)
    running.answers["/news/2"] = Answer(b"", 302, {"Location": "http://169.254.169.254/"})
    done = library.collect_outlets()
    assert (done.new, sorted(failure.reason for failure in done.failures)) == (1, ["not found", "refused"])
    running.answers["/news/1"] = article(1)
    assert library.collect_outlets().new == 1
    assert [failure.reason for failure in library.failures()] == ["refused"]


def test_what_is_remembered_of_visits_survives_a_rebuild(library: Library, running: Site) -> None:
    library.collect_outlets()
    library.rebuild()
    assert library.collect_outlets().known == 3
    assert running.requests[-1]["if-none-match"]


def test_lists_and_addresses_are_collected(library: Library, running: Site, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"title,url\nخبر,{running.address}/news/1\n", encoding="utf-8")
    assert library.collect([tmp_path / "list.csv", f"{running.address}/news/2"]).new == 2
    done = riwaya("collect", "-", cwd=library.folder, given=f"{running.address}/news/3\n# x\nno address\n".encode())
    assert "New captures: 1; known before: 0; failures: 1." in done.stdout
    assert done.returncode == 3


def test_two_never_collect_from_the_web_at_once_and_a_dead_one_holds_nobody_up(library: Library, running: Site) -> None:
    with library.intake.alone(), Library.open(library.folder) as other:
        with pytest.raises(LibraryError, match=f"Process {os.getpid()} is collecting into this library now"):
            other.collect_outlets()
        assert running.paths() == []
    hold = (
        "import sys, time\nfrom riwaya import Library\nwith Library.open(sys.argv[1]).intake.alone():\n print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold, library.folder], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(LibraryError, match=f"Process {holder.pid} is collecting"):
            library.collect_outlets()
        holder.kill()
    assert library.collect_outlets().new == 3


def test_a_collector_that_is_killed_loses_nothing_and_collects_nothing_twice(library: Library, running: Site) -> None:
    go_on = threading.Event()

    def held(number: int) -> Answer:
        go_on.wait(300)
        return article(number, ETag=f'"{number}"')

    running.answers["/feed"] = feed(running.address, *range(30))
    running.answers |= {f"/news/{number}": article(number, ETag=f'"{number}"') for number in range(30)}
    for kill, held_at in (
        (signal.SIGKILL, 7),
        (signal.SIGTERM, 19),
    ):  # the site holds this page back: what comes before it is stored meanwhile
        running.answers[f"/news/{held_at}"] = lambda number=held_at: held(number)  # type: ignore[misc]
        with subprocess.Popen([sys.executable, "-c", WATCH, library.folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as watcher:
            ends = time.monotonic() + 300
            while library.counts().captures < held_at and time.monotonic() < ends:
                time.sleep(0.1)
            watcher.send_signal(kill)
            _, complaints = watcher.communicate()
        assert watcher.returncode == (0 if kill == signal.SIGTERM else -kill), complaints.decode()
        assert library.counts().captures == held_at
        running.answers[f"/news/{held_at}"] = article(held_at, ETag=f'"{held_at}"')
    go_on.set()
    with Library.open(library.folder) as again:
        again.collect_outlets()
        assert again.counts().captures == 30
        assert again.read().articles == 30
        assert running.paths().count("/news/0") == 2  # each round asks first for what is new


def test_credentials_are_in_no_file_of_the_library(library: Library, running: Site, tmp_path: Path) -> None:
    there = running.address.replace("//", "//me:secret@")
    running.answers["/feed"] = Answer(f"<rss><channel><item><link>{there}/news/1</link></item></channel></rss>".encode())
    running.answers["/login"] = Answer(b"", 302, {"Location": f"{there}/news/2"})
    (tmp_path / "a.html").write_bytes(article(3).body)
    (tmp_path / "list.txt").write_text(f"{there}/news/2\nftp://me:secret@host.example/\n{running.address}/login\n")
    library.collect_outlets()
    library.collect([f"{there}/news/3", tmp_path / "a.html"], addresses={tmp_path / "a.html": f"{there}/news/4"})
    with (tmp_path / "list.txt").open("rb") as lines:
        library.intake.collect_list(lines, "list", None)
    library.read()
    assert library.counts().captures >= 3
    assert library.failures()
    for path in (path for path in library.folder.rglob("*") if path.is_file()):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert b"secret" not in content, path
    assert not any("authorization" in request for request in running.requests)


def test_the_commands_about_outlets(tmp_path: Path, running: Site) -> None:
    link = f"<link rel='alternate' type='application/rss+xml' href='{running.address}/feed'>"
    running.answers["/"] = Answer(f"<html><head><title>وكالة المثال</title>{link}</head></html>".encode())
    riwaya("new", tmp_path / "lib")
    inside = tmp_path / "lib"
    assert "riwaya outlets add KEY" in riwaya("collect", cwd=inside).stderr
    added = riwaya("outlets", "add", running.address, "sana", cwd=inside)
    assert added.returncode == 0, added.stderr
    assert f"feed {running.address}/feed names 3 pages" in added.stdout
    (file,) = [path for path in (inside / "outlets").iterdir() if path.stem != "sana"]
    outlet = outlet_in(file.read_text(encoding="utf-8"), file.stem)
    assert (outlet.name, outlet.listings[0].sure) == ("وكالة المثال", "tried")
    listed = riwaya("outlets", "list", cwd=inside).stdout.splitlines()
    assert sum(line.startswith("*") for line in listed) == 2
    assert len(listed) > 80
    tested = riwaya("outlets", "test", file.stem, cwd=inside)
    assert (tested.returncode, "3 pages, without times" in tested.stdout) == (0, True)
    watched = riwaya("watch", "--rounds", "1", "--outlet", file.stem, cwd=inside)
    assert "New captures: 3; known before: 0; failures: 0. Pages named: 3." in watched.stdout
    assert "has the outlet 'sana' already" in riwaya("outlets", "add", "sana", cwd=inside).stderr
    assert "knows no outlet 'nobody'" in riwaya("outlets", "add", "nobody", cwd=inside).stderr


def test_watching_says_a_failure_when_it_begins_and_not_each_round(
    library: Library, running: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    running.answers["/news/2"] = Answer(status=403)
    failed = one_round(library, (), frozenset())
    assert "failures: 1" in (said := capsys.readouterr()).out
    assert f"{running.address}/news/2" in said.err
    running.answers["/feed"] = Answer(status=403)
    again = one_round(library, (), failed)
    said = capsys.readouterr()
    assert f"{running.address}/feed" in said.err
    assert "/news/2" not in said.err
    assert failed < again
    one_round(library, (), again)
    assert capsys.readouterr().err == ""


def test_no_outlet_of_that_key(library: Library) -> None:
    with pytest.raises(OutletError, match="no outlet 'nobody'"):
        library.collect_outlets(["nobody"])


def test_a_home_page_without_a_feed_is_listed_itself_or_fails(library: Library, running: Site) -> None:
    running.answers |= {path: Answer(b"", 404) for path in ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml")}
    running.answers |= {path: Answer(b"", 404) for path in ("/sitemap-news.xml", "/news-sitemap.xml")}
    failure = library.intake.add_outlet(f"{running.address}/empty")
    assert isinstance(failure, Failure)
    running.answers["/"] = Answer('<a href="/news/4821">المجلس المحلي يعلن فتح الطريق الدولي غداً</a>'.encode())
    added = library.intake.add_outlet(f"{running.address}/")
    assert not isinstance(added, Failure)
    assert (added[0].listings[0].kind, len(added[2])) == ("section", 1)
