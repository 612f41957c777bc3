"""A library from the outside: pages in, readings out, and nothing lost on the way."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import riwaya
from riwaya import ArchiveError, Failure, Library, NotFoundError, Reading, read_page
from riwaya.errors import KnowledgeError
from riwaya.knowledge import actors, imports
from riwaya.knowledge.places import Gazetteer
from riwaya.read.reading import NAMES, reader_for, reading_of
from riwaya.records import event_place
from riwaya.store.search import Part
from tests.collect.site import PAGE, Site, site
from tests.libraries import SAMPLES, dump, page, without_row_numbers


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        yield library


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with site() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RIWAYA_LOOPBACK", "1")
        patch.setenv("RIWAYA_DELAY_SECONDS", "0")
        yield running


def test_the_samples_from_pages_to_readings(library: Library) -> None:
    told: list[tuple[int, int]] = []
    collected = library.collect([SAMPLES], progress=lambda done, total: told.append((done, total)))
    pages = len(list(SAMPLES.iterdir()))
    assert (collected.new, collected.known, collected.failures) == (pages, 0, ())
    assert told == [(number, pages) for number in range(1, pages + 1)]
    read = library.read(progress=lambda done, total: told.append((done, total)))
    assert (read.pages, told[-1]) == (pages, (pages, pages))
    counts = library.counts()
    assert counts.captures == pages
    assert counts.unread == 0
    assert counts.articles == read.articles >= pages
    readings = list(library.readings())
    assert sum(len(reading.claims) for reading in readings) == counts.claims > 50
    assert sum(len(reading.events) for reading in readings) == counts.events > 20
    days = [reading.article.published.day for reading in readings if reading.article.published]
    assert days == sorted(days)
    assert library.read().pages == 0
    assert library.collect([SAMPLES]).known == pages


def test_what_is_shown_is_what_was_read(library: Library, tmp_path: Path) -> None:
    path = page(tmp_path, "a.html")
    library.collect([path], addresses={path: "https://hawran.example/news/1"})
    library.read()
    (shown,) = library.readings()
    plain = read_page(path, address="https://hawran.example/news/1")
    assert isinstance(plain, tuple)
    (reading,) = plain
    assert shown.article.address == "https://hawran.example/news/1"
    assert (shown.article.text, shown.article.title) == (reading.article.text, reading.article.title)
    assert len(shown.claims) == len(reading.claims) > 0
    assert [claim.content for claim in shown.claims] == [claim.content for claim in reading.claims]
    assert [(event.kind, event.trigger, event.tolls) for event in shown.events] == [
        (event.kind, event.trigger, event.tolls) for event in reading.events
    ]
    for key in (shown.article.id, shown.article.id[:8], shown.claims[0].id, shown.claims[-1].id[:10].upper(), shown.events[0].id):
        assert library.show(key) == shown


@pytest.mark.parametrize("key", ["", " ", "zzzz", "ffffffffffffffffffff", "%", "_", "\udc80", "قتل"])
def test_an_id_that_nothing_has(library: Library, tmp_path: Path, key: str) -> None:
    library.collect([page(tmp_path, "a.html")])
    library.read()
    with pytest.raises(NotFoundError):
        library.show(key)


def test_an_id_that_two_have(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path, f"{number}.html") for number in range(17)])
    library.read()
    firsts = [reading.article.id[0] for reading in library.readings()]
    twice = next(first for first in firsts if firsts.count(first) > 1)
    with pytest.raises(NotFoundError, match="More than one id begins with"):
        library.show(twice)


def test_addresses_are_fetched_and_failures_kept_until_they_are_overcome(library: Library, running: Site, tmp_path: Path) -> None:
    missing = tmp_path / "later.html"
    collected = library.collect([f"{running.address}/page", f"{running.address}/404", "ftp://hawran.example/", missing])
    reasons = sorted(failure.reason for failure in collected.failures)  # hosts are asked side by side: whoever ends first comes first
    assert (collected.new, reasons) == (1, ["not found", "not found", "refused"])
    assert set(library.failures()) == set(collected.failures)
    assert library.collect([f"{running.address}/page", f"{running.address}/hop2"]).known == 2
    page(tmp_path, "later.html")
    library.collect([missing])
    assert [failure.address for failure in library.failures()] == ["ftp://hawran.example/", f"{running.address}/404"]
    assert library.counts().failures == 2


def test_a_folder_without_pages_fails_until_it_holds_one(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (failure,) = library.collect([folder]).failures
    assert (failure.reason, failure.address) == ("not found", folder.as_uri())
    page(folder / "2017", "1.html")
    collected = library.collect([folder])
    assert (collected.new, collected.failures, library.failures()) == (1, (), ())


def test_pages_that_give_nothing_are_failures_and_the_rest_is_read(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    (tmp_path / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "deep.html").write_text("<div>" * 50_000 + "نص", encoding="utf-8")
    (tmp_path / "english.html").write_text(f"<html><body><p>{'The market was closed today, police said. ' * 20}</p></body></html>")
    page(tmp_path, "good.html")
    library.collect([tmp_path / name for name in ("empty.html", "image.html", "deep.html", "english.html", "good.html")])
    read = library.read()
    assert (read.pages, read.articles, read.failures) == (5, 1, 4)
    assert {failure.stage for failure in library.failures()} == {"read"}
    assert "bug" not in {failure.reason for failure in library.failures()}


def test_a_damaged_capture_is_a_failure_and_the_rest_is_read(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path, f"{number}.html", title=f"خبر رقم {number}") for number in range(3)])
    (warc,) = (library.folder / "captures").glob("*.warc.gz")
    content = bytearray(warc.read_bytes())
    content[len(content) // 2] ^= 0xFF
    warc.write_bytes(content)
    read = library.read()
    assert (read.articles, read.failures) == (2, 1)
    assert [failure.reason for failure in library.failures()] == ["damaged capture"]
    again = library.rebuild()
    assert (again.articles, again.failures) == (2, 0)
    assert [failure.reason for failure in library.failures()] == ["damaged capture"]


def test_rebuilding_gives_exactly_the_same_rows(library: Library, tmp_path: Path, running: Site) -> None:
    (tmp_path / "empty.html").touch()
    library.collect([SAMPLES, tmp_path / "empty.html", tmp_path / "missing.html", f"{running.address}/page"])
    library.read()
    before = dump(library.folder)
    assert len(before["captures"]) > 10
    assert len(before["failures"]) >= 2
    with closing(sqlite3.connect(library.folder / "library.sqlite")) as connection, connection:
        connection.execute("UPDATE claims SET act = 'praise'")
        connection.execute("UPDATE captures SET address = 'https://elsewhere.example/' || id")
        connection.execute("DELETE FROM events")
    assert dump(library.folder) != before
    library.rebuild()
    assert without_row_numbers(dump(library.folder)) == without_row_numbers(before)
    assert dump(library.folder)["article_words"] == before["article_words"]


def test_without_its_captures_nothing_is_rebuilt_and_nothing_lost(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path, "a.html")])
    library.read()
    before = dump(library.folder)
    (library.folder / "captures").rename(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match=r"captures-000001\.warc\.gz is missing"):
        library.rebuild()
    assert dump(library.folder) == before


def test_a_library_whose_database_is_gone_is_made_anew_from_its_captures(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path / "pages", f"{number}.html", title=f"خبر رقم {number}") for number in range(3)])
    library.read()
    before = dump(library.folder)
    library.close()
    for path in library.folder.glob("library.sqlite*"):
        path.unlink()
    with Library.open(library.folder) as again:
        assert again.counts().unread == 3
        again.read()
    assert dump(library.folder) == before


def test_several_processes_read_the_same_as_one(tmp_path: Path) -> None:
    for jobs in (1, 2):
        with Library.create(tmp_path / str(jobs)) as library:
            library.collect([SAMPLES])
            library.read(jobs=jobs)
    one, two = (dump(tmp_path / str(jobs)) for jobs in (1, 2))
    assert [row[2:3] + row[4:] for row in one.pop("captures")] != []
    two.pop("captures")  # captured at another time
    assert one == two


def test_a_new_reader_replaces_what_the_old_one_read(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path, "a.html"), page(tmp_path, "b.html", title="خبر آخر من البلدة")])
    library.read()
    before = dump(library.folder)
    with closing(sqlite3.connect(library.folder / "library.sqlite")) as connection, connection:
        connection.execute("UPDATE captures SET reader = 'rules 0' WHERE address LIKE '%a.html'")
        connection.execute("UPDATE articles SET reader = 'rules 0', title = 'قديم' WHERE address LIKE '%a.html'")
    assert library.counts().unread == 1
    assert library.read().pages == 1
    assert without_row_numbers(dump(library.folder)) == without_row_numbers(before)
    assert {reading.reader for reading in library.readings()} == {NAMES["model"]}


def test_a_bug_costs_one_page_and_leaves_its_traceback(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.collect([page(tmp_path, "a.html"), page(tmp_path, "b.html", title="عطل متعمد في قراءة هذا الخبر")])

    def breaks(article: riwaya.Article, **_: object) -> Reading:
        if "متعمد" in article.title:
            raise ZeroDivisionError("on purpose")
        return reading_of(article)

    monkeypatch.setattr("riwaya.read.reading.reading_of", breaks)
    assert library.read(jobs=1).articles == 1
    (failure,) = library.failures()
    assert failure.reason == "bug"
    assert "ZeroDivisionError: on purpose" in failure.detail


def test_the_links_are_kept_with_what_was_read(library: Library, tmp_path: Path) -> None:
    library.collect([SAMPLES, *town_pages(tmp_path)])
    library.read()
    readings = list(library.readings())
    read = reader_for(library.reader, vectors=True)
    assert readings == [read(reading.article) for reading in readings]
    assert any(reading.persons for reading in readings)
    assert any(link.place_id and link.reasons for reading in readings for link in reading.places)
    assert any(link.place_id is None and len(link.candidates) > 1 and link.reasons for reading in readings for link in reading.places)
    assert any(link.actor_id is None and len(link.candidates) > 1 and link.reasons for reading in readings for link in reading.actors)


def town_pages(folder: Path) -> list[Path]:
    """An explosion in a town of whose name there are several, and one in a village that no list has."""
    names = ("طرابلس", "كفر الزعفران")
    return [page(folder, f"town-{number}.html", title=f"انفجار في بلدة {name}", day=f"بلدة {name}") for number, name in enumerate(names)]


VILLAGE = "name_ar,latitude,longitude,within\nكفر الزعفران,32.7,36.2,sy-daraa-governorate\n"
ACTOR = """[[actor]]
key = "own-guard"
name_ar = "حرس السهل"
name_en = "Guard of the Plain"
kind = "political militia"
sector = "REB"
country = "SY"
parent = ""
from = ""
to = ""
wordings = [{ar = "فتية السهل", sense = "friendly", by = ""}]
"""
BATTLE = """<html><head><title>اشتباك</title></head><body><article><h1>اشتباك في قرية كفر الزعفران</h1>
<p>20 شباط/فبراير 2017 - هاجم فتية السهل حاجزًا في قرية كفر الزعفران بريف درعا وقُتل شخصان، بحسب الشرطة المحلية.</p>
<p>وأعلن فتية السهل أن مقاتليهم انسحبوا من القرية بعد ساعات من الاشتباك مع قوات النظام.</p></article></body></html>"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_librarys_own_lists_count_as_soon_as_they_are_there(library: Library, tmp_path: Path, jobs: int) -> None:
    (tmp_path / "battle.html").write_text(BATTLE, encoding="utf-8")
    library.collect([tmp_path / "battle.html"])
    library.reader = "rules"

    def linked() -> tuple[set[str | None], set[str | None]]:
        (reading,) = library.readings()
        places = (event_place(event, reading.places) for event in reading.events)
        return {link.place_id for link in places if link}, {link.actor_id for link in reading.actors}

    library.read(jobs=jobs)
    without = linked()
    assert "own-guard" not in without[1]
    (tmp_path / "list.csv").write_text(VILLAGE, encoding="utf-8")
    with Gazetteer.open() as gazetteer:
        imports.import_places(tmp_path / "list.csv", "csv", library.folder / imports.OWN_FILE, gazetteer)
    (library.folder / actors.OWN_FILE).write_text(ACTOR, encoding="utf-8")
    library.rebuild(jobs=jobs)
    places, named = linked()
    (village,) = places - without[0]
    assert village
    assert "own-guard" in named
    (library.folder / actors.OWN_FILE).write_text(ACTOR.replace("own-guard", "own-watch"), encoding="utf-8")
    library.rebuild(jobs=jobs)
    assert linked()[1] == (named - {"own-guard"}) | {"own-watch"}
    (library.folder / actors.OWN_FILE).unlink()
    (library.folder / imports.OWN_FILE).unlink()
    library.rebuild(jobs=jobs)
    assert linked() == without


def test_a_list_that_is_not_right_stops_the_reading_and_costs_no_page(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path, "a.html")])
    (library.folder / actors.OWN_FILE).write_text("[[actor]]\nkey = 3\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"actors\.toml"):
        library.read()
    assert (library.counts().unread, library.failures()) == (1, ())


def test_search_goes_through_the_library(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path, "a.html"), page(tmp_path, "b.html", title="هدنة في الجنوب")])
    library.read()
    assert [found.article.title for found in library.search("هدنه").found] == ["هدنة في الجنوب"]
    (first, second) = library.search("انفجار العبوة").found
    assert first.score >= second.score
    assert [first.article.text[start:end] for start, end in first.excerpt.found] == ["انفجار", "عبوة"]
    assert len(library.search("العبوة", part=Part(size=1)).found) == 1
    assert library.search('"').found == ()


def test_readings_can_be_walked_while_others_write(library: Library, tmp_path: Path) -> None:
    library.collect([page(tmp_path, f"{number}.html", title=f"خبر رقم {number}") for number in range(30)])
    library.read()
    walk = library.readings()
    next(walk)
    with Library.open(library.folder) as other:
        other.collect([page(tmp_path, "new.html", title="خبر جديد")])
        other.rebuild()
    assert len(list(walk)) == 29


def test_a_page_is_read_without_a_library(running: Site, tmp_path: Path) -> None:
    path = page(tmp_path, "a.html")
    found = [read_page(path), read_page(str(path)), read_page(path.read_bytes()), read_page(f"{running.address}/page"), read_page(PAGE)]
    assert all(isinstance(each, tuple) and len(each[0].claims) >= 1 for each in found)
    missing = read_page(tmp_path / "missing.html"), read_page(f"{running.address}/404"), read_page(tmp_path), read_page(b"")
    assert [each.reason for each in missing if isinstance(each, Failure)] == ["not found", "not found", "not a page", "empty"]


def test_the_public_names_are_there_and_importing_them_is_cheap() -> None:
    for name in riwaya.__all__:
        assert getattr(riwaya, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'Libary'"):
        _ = riwaya.Libary
    program = "import riwaya, sys; print(sorted({'sqlalchemy', 'lxml', 'httpx2', 'alembic', 'simplemma'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
