"""Cases: what lies in one goes on pointing at its words, whatever becomes of the store; and what is forgotten leaves it."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from riwaya.casework import Found
from riwaya.errors import LibraryError, NotFoundError
from riwaya.library import Library
from riwaya.preserve.casework import case_shelf
from riwaya.records import Reading, Span
from tests.libraries import add, related, row
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE

ROWS = [row("one", *MARKET), row("other", *MARKET_ELSEWHERE), row("harbour", *HARBOUR)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three articles, two of which tell one story."""
    folder = tmp_path_factory.mktemp("cases") / "library"
    related(folder, [ROWS]).close()
    return folder


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of it, read by the rules."""
    with Library.open(shutil.copytree(made, tmp_path / "library")) as library:
        library.reader = "rules"
        yield library


def market(library: Library) -> Reading:
    return next(each for each in library.readings() if each.article.outlet == "outlet one" and each.claims and each.events)


def refs(library: Library) -> dict[str, str]:
    reading = market(library)
    (story,) = library.accounting.stories()
    return {"story": story.id, "article": reading.article.id, "claim": reading.claims[0].id, "event": reading.events[0].id}


def filled(library: Library) -> str:
    """The id of a case that holds one thing of each kind."""
    case = library.cases.open("السوق", by="سلمى")
    for ref in refs(library).values():
        library.cases.put(case.id, ref, by="سلمى")
    return case.id


def found(library: Library, case_id: str) -> dict[str, Found]:
    return {each.item.kind: each for each in library.cases.dossier(library.cases.case(case_id)).found}


def test_a_thing_is_put_in_by_the_beginning_of_its_id_and_lies_in_a_case_once(library: Library) -> None:
    case = library.cases.open("  السوق \n القديم ", "ما قيل\r\nعنه", by="سلمى")
    assert (case.name, case.description, case.made.by) == ("السوق القديم", "ما قيل\nعنه", "سلمى")
    for kind, ref in refs(library).items():
        assert library.cases.put(case.id, ref[:12], by="سلمى").kind == kind
    again = library.cases.put(case.id, refs(library)["claim"], by="نور", note=" من القناة ", tags=["نفي", " ", "نفي", "درعا  البلد"])
    assert [note.text for note in again.notes] == ["من القناة"]
    assert again.tags == ("نفي", "درعا البلد")
    assert again.put.by == "سلمى"
    assert [item.kind for item in library.cases.case("السوق القديم").items] == ["story", "article", "claim", "event"]
    with pytest.raises(NotFoundError):
        library.cases.put(case.id, "ffffffffffff")


def test_what_is_taken_out_is_kept_and_put_back_with_its_notes(library: Library) -> None:
    key = filled(library)
    item = library.cases.put(key, refs(library)["claim"], note="من القناة", tags=["نفي"])
    library.cases.take_out(key, item.id, by="نور")
    assert refs(library)["claim"] not in library.cases.holding()
    assert "claim" not in found(library, key)
    taken = next(each for each in library.cases.case(key).items if each.id == item.id)
    assert taken.taken_out is not None
    assert taken.taken_out.by == "نور"
    library.cases.put_back(key, item.id)
    assert found(library, key)["claim"].item == item
    library.cases.take_out(key, item.id)
    assert library.cases.put(key, refs(library)["claim"]).notes == item.notes


def test_cases_are_found_by_name_and_by_the_beginning_of_their_id(library: Library) -> None:
    one, other = library.cases.open("السوق"), library.cases.open("الجسر")
    assert library.cases.case("السوق") == library.cases.case(one.id[:8]) == one
    library.cases.open("السوق")
    with pytest.raises(NotFoundError, match="More than one"):
        library.cases.case("السوق")
    library.cases.close(other.id, by="نور")
    assert [case.closed is None for case in library.cases.all()] == [True, True, False]
    with pytest.raises(LibraryError):
        library.cases.open(" \n ")


def test_everything_points_at_the_same_words_after_a_rebuild(library: Library) -> None:
    key = filled(library)
    before = {kind: each.ref for kind, each in found(library, key).items()}
    library.rebuild(jobs=1)
    assert found(library, key)["story"].ref == ""  # not related yet: it is shown as told by nobody now
    library.accounting.relate()
    assert {kind: each.ref for kind, each in found(library, key).items()} == before == refs(library)


def test_a_lost_database_loses_no_case_and_no_story_in_it(library: Library) -> None:
    key = filled(library)
    library.cases.note(key, "نعود إليه", by="نور")
    case_shelf(library.folder).change(  # as if the story had had another id, of which only the lost database knew
        key, lambda case: replace(case, items=tuple(replace(item, ref="0" * 20) if item.kind == "story" else item for item in case.items))
    )
    folder = library.folder
    library.close()
    for file in folder.glob("library.sqlite*"):
        file.unlink()
    with Library.open(folder) as anew:
        anew.reader = "rules"
        anew.read(jobs=1)
        anew.accounting.relate()
        assert {kind: each.ref for kind, each in found(anew, key).items()} == refs(anew)
        assert [note.text for note in anew.cases.case(key).notes] == ["نعود إليه"]


def test_a_finding_with_another_id_is_known_by_its_words(library: Library) -> None:
    key = filled(library)
    wanted = refs(library)
    case_shelf(library.folder).change(
        key,
        lambda case: replace(
            case, items=tuple(replace(item, ref=item.ref[::-1]) if item.kind in ("claim", "event") else item for item in case.items)
        ),
    )
    assert {kind: each.ref for kind, each in found(library, key).items()} == wanted
    library.cases.put(key, wanted["claim"], note="هو نفسه")
    assert [item.kind for item in library.cases.case(key).items].count("claim") == 1


def test_a_finding_that_is_read_no_longer_keeps_its_place(library: Library) -> None:
    key = filled(library)
    end = len(market(library).article.text)
    case_shelf(library.folder).change(
        key,
        lambda case: replace(
            case,
            items=tuple(
                replace(item, ref="1" * 20, of=replace(item.of, span=Span(end, end))) if item.kind == "claim" and item.of else item
                for item in case.items
            ),
        ),
    )
    lost = found(library, key)["claim"]
    assert (lost.ref, lost.claim) == ("", None)
    assert lost.reading is not None
    assert lost.item.of is not None


def test_what_is_forgotten_leaves_every_case_with_what_was_noted_of_it(library: Library) -> None:
    key = filled(library)
    reading = market(library)
    words = reading.article.text[slice(*reading.claims[0].content)]
    library.cases.put(key, refs(library)["claim"], note=f"قال: {words}", tags=["شاهد"])
    library.cases.put(key, refs(library)["story"], note="القصة باقية")
    capture = library.keeping.capture(reading.article.capture_id or "")
    library.keeping.forget([capture])
    kept = "".join(path.read_text("utf-8") for path in (library.folder / "casework").glob("*.json"))
    assert words not in kept
    assert "شاهد" not in kept
    assert "القصة باقية" in kept
    assert found(library, key)["claim"].item.of is None
    assert capture.id not in kept
    library.keeping.forget([capture])
    library.cases.dossier(library.cases.case(key))


def test_cases_are_in_a_backup(library: Library, tmp_path: Path) -> None:
    key = filled(library)
    library.cases.note(key, "في النسخة أيضًا")
    with Library.open(library.backup(tmp_path / "copy")) as copy:
        assert copy.cases.all() == library.cases.all()
        copy.cases.delete(key)
    assert library.cases.case(key).notes


def test_what_is_deleted_and_what_is_struck_is_nowhere_on_the_disk(library: Library) -> None:
    key = filled(library)
    library.cases.note(key, "سرّ لا يبقى")
    library.cases.note(key, "وهذا يبقى", refs_item(library, key))
    library.cases.strike(key, library.cases.case(key).notes[0].id)
    kept = json.loads((library.folder / "casework" / f"case-{key}.json").read_text("utf-8"))
    assert kept["notes"] == []
    assert [note["text"] for item in kept["items"] for note in item["notes"]] == ["وهذا يبقى"]
    library.cases.delete(key)
    assert list((library.folder / "casework").glob("*.json")) == []


def refs_item(library: Library, key: str) -> str:
    return library.cases.case(key).items[0].id


def test_what_no_file_can_hold_is_replaced(library: Library) -> None:
    case = library.cases.open("أ\0ب\ud800ج" + "د" * 500, by="سلمى")
    assert case.name.startswith("أب?ج")
    assert len(case.name) == 200
    assert library.cases.case(case.id) == case


def test_tags_and_notes_of_two_users_stand_side_by_side(library: Library) -> None:
    key = filled(library)
    item = refs_item(library, key)
    library.cases.tag(key, item, "أول")
    library.cases.tag(key, item, "ثان")
    library.cases.untag(key, item, "أول")
    library.cases.note(key, "رأي", item, by="سلمى")
    library.cases.note(key, "رأي آخر", item, by="نور")
    changed = library.cases.case(key).items[0]
    assert changed.tags == ("ثان",)
    assert [(note.text, note.made.by) for note in changed.notes] == [("رأي", "سلمى"), ("رأي آخر", "نور")]
    for wrong in ("ffff", ""):
        with pytest.raises(NotFoundError):
            library.cases.tag(key, wrong, "وسم")


def test_the_articles_of_its_stories_are_among_its_exhibits(library: Library) -> None:
    add(library, [row("later", *HARBOUR, day="2017-03-20")])
    case = library.cases.open("السوق")
    library.cases.put(case.id, refs(library)["story"])
    dossier = library.cases.dossier(library.cases.case(case.id))
    assert {exhibit.headline.outlet for exhibit in dossier.exhibits.values()} == {"outlet one", "outlet other"}
    assert {each.article.id for each in library.cases.readings(dossier)} == set(dossier.exhibits)
