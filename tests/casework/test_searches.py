"""Saved searches: what is new is what has come and been read since somebody last looked, and nothing else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from riwaya.casework import Searches, ToSave
from riwaya.errors import LibraryError, NotFoundError
from riwaya.library import Library
from riwaya.store import arrivals
from tests.libraries import Row, add, row

FLOOD = ("قال الدفاع المدني إن السيول قطعت طريق الوادي مساء الأحد، وإن ثلاثة أشخاص نُقلوا إلى المستشفى.",)
MARKET_DAY = ("أعلنت البلدية أن سوق الخضار يفتح أبوابه يوم الخميس، ونفت أن تكون الأسعار قد ارتفعت هذا الأسبوع.",)
FLOOD_AGAIN = ("أفادت فرق الإغاثة بأن السيول جرفت جسر الوادي القديم، وبأن العمل جارٍ لفتح الطريق.",)
TODAY = date(2026, 3, 1)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        library.reader = "rules"
        add(library, [row("flood", *FLOOD), row("market", *MARKET_DAY)])
        yield library


def new(searches: Searches, by: str = "سلمى") -> dict[str, int]:
    return {each.search.name: len(each.came.articles) for each in searches.news(searches.of(by), TODAY, by)}


def collect(library: Library, rows: list[Row]) -> None:
    """Take articles in without reading them."""
    read, library.read = library.read, lambda **_: None  # type: ignore[method-assign, assignment]
    try:
        add(library, rows)
    finally:
        library.read = read  # type: ignore[method-assign]


def test_what_has_come_is_new_to_each_until_they_look(library: Library) -> None:
    saved = library.searches.save(ToSave(question="السيول", shared=True), by="سلمى")
    library.searches.save(ToSave(question="فعل:نفى", name="النفي"), by="سلمى")
    assert new(library.searches) == {"السيول": 0, "النفي": 0}
    add(library, [row("later", *FLOOD_AGAIN, day="1999-01-01")])
    assert new(library.searches) == {"السيول": 1, "النفي": 0}
    assert new(library.searches, "نور") == {"السيول": 1}
    library.searches.look(saved.id, by="سلمى")
    assert new(library.searches) == {"السيول": 0, "النفي": 0}
    assert new(library.searches, "نور") == {"السيول": 1}


def test_what_was_collected_before_and_is_read_after_looking_is_new(library: Library) -> None:
    saved = library.searches.save(ToSave(question="السيول"), by="سلمى")
    collect(library, [row("later", *FLOOD_AGAIN)])
    library.searches.look(saved.id, by="سلمى")
    assert new(library.searches) == {"السيول": 0}
    library.read(jobs=1)
    assert new(library.searches) == {"السيول": 1}


def test_reading_again_makes_nothing_new(library: Library) -> None:
    saved = library.searches.save(ToSave(question="السيول"), by="سلمى")
    add(library, [row("later", *FLOOD_AGAIN)])
    library.searches.look(saved.id, by="سلمى")
    library.rebuild(jobs=1)
    assert new(library.searches) == {"السيول": 0}
    folder = library.folder
    library.close()
    for file in folder.glob("library.sqlite*"):
        file.unlink()
    with Library.open(folder) as anew:
        anew.reader = "rules"
        anew.searches.look(saved.id, by="سلمى")  # while nothing is read: what was seen stays seen
        anew.read(jobs=1)
        assert new(anew.searches) == {"السيول": 0}


def test_only_what_holds_all_that_is_asked_for_counts(library: Library) -> None:
    for question in ("السيول الجسر", "السيول -الجسر", "أين السيول؟", "outlet:later", "", "act:foo"):
        if question:
            library.searches.save(ToSave(question=question), by="سلمى")
    add(library, [row("later", *FLOOD_AGAIN, outlet="later"), row("more", *MARKET_DAY, day="2017-03-15")])
    assert new(library.searches) == {"السيول الجسر": 1, "السيول -الجسر": 0, "أين السيول؟": 1, "outlet:later": 1, "act:foo": 0}


def test_of_much_that_has_come_the_last_is_looked_at_and_that_is_said(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.searches.save(ToSave(question="السيول"), by="سلمى")
    add(library, [row(f"later {number}", *FLOOD_AGAIN, day=f"2017-04-0{number}") for number in (1, 2, 3)])
    (news,) = library.searches.news(library.searches.of("سلمى"), TODAY, "سلمى")
    assert (len(news.came.articles), news.came.is_all) == (3, True)
    monkeypatch.setattr(arrivals, "_LOOKED_AT", 2)
    (news,) = library.searches.news(library.searches.of("سلمى"), TODAY, "سلمى")
    assert (len(news.came.articles), news.came.is_all) == (2, False)


def test_a_search_is_seen_by_who_saved_it_unless_it_is_shared(library: Library) -> None:
    own = library.searches.save(ToSave(question="السيول", order="newest"), by="سلمى")
    shared = library.searches.save(ToSave(question="السوق", name=" سوق  الخميس ", shared=True), by="سلمى")
    assert library.searches.of("سلمى") == (own, shared)
    assert library.searches.of("نور") == (shared,)
    assert (own.name, own.order, shared.name) == ("السيول", "newest", "سوق الخميس")
    with pytest.raises(NotFoundError):
        library.searches.search(own.id, "نور")
    library.searches.drop(own.id)
    assert library.searches.of("سلمى") == (shared,)
    with pytest.raises(LibraryError):
        library.searches.save(ToSave(question=" \n"))
