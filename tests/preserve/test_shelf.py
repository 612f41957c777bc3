"""The shelf: of two who write at once neither loses anything; what is damaged is said and costs nothing else."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from riwaya.errors import LibraryError, NotFoundError
from riwaya.preserve.casework import case_shelf
from riwaya.records import Case, Note, Signature

MADE = Signature(by="سلمى", at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC))


def a_case(key: str = "c0ffee") -> Case:
    return Case(id=key, name="السوق", description="", made=MADE)


def noted(text: str, case: Case) -> Case:
    return replace(case, notes=(*case.notes, Note(id=text, text=text, made=MADE)))


def write_notes(library: Path, writer: int) -> None:
    shelf = case_shelf(library)
    for number in range(10):
        shelf.change("c0ffee", partial(noted, f"{writer}-{number}"))


@pytest.mark.parametrize("pool", ["threads", "processes"])
def test_of_four_who_write_at_once_nobody_loses_anything(tmp_path: Path, pool: str) -> None:
    case_shelf(tmp_path).add(a_case())
    with ThreadPoolExecutor(4) if pool == "threads" else ProcessPoolExecutor(4, mp_context=get_context("spawn")) as executor:
        list(executor.map(partial(write_notes, tmp_path), range(4)))
    notes = [note.text for note in case_shelf(tmp_path).all()["c0ffee"].notes]
    assert sorted(notes) == sorted(f"{writer}-{number}" for writer in range(4) for number in range(10))
    for writer in range(4):
        assert [note for note in notes if note.startswith(f"{writer}-")] == [f"{writer}-{number}" for number in range(10)]


def test_a_change_of_another_process_is_seen(tmp_path: Path) -> None:
    here, there = case_shelf(tmp_path), case_shelf(tmp_path)
    here.add(a_case())
    assert there.all()["c0ffee"] == a_case()
    here.change("c0ffee", lambda case: replace(case, name="الجسر"))
    assert there.all()["c0ffee"].name == "الجسر"
    assert there.change("c0ffee", lambda _: None) is None
    assert here.all() == {}


def test_what_a_crash_leaves_is_the_record_as_it_was(tmp_path: Path) -> None:
    shelf = case_shelf(tmp_path)
    shelf.add(a_case())
    (tmp_path / "casework" / "case-c0ffee.partial").write_text('{"id": "c0ff')
    assert case_shelf(tmp_path).all() == {"c0ffee": a_case()}
    shelf.change("c0ffee", partial(noted, "بعد الانقطاع"))
    assert [note.text for note in case_shelf(tmp_path).all()["c0ffee"].notes] == ["بعد الانقطاع"]


def test_a_change_that_fails_changes_nothing(tmp_path: Path) -> None:
    shelf = case_shelf(tmp_path)
    shelf.add(a_case())

    def refuse(_: Case) -> Case:
        raise NotFoundError("nothing there")

    with pytest.raises(NotFoundError):
        shelf.change("c0ffee", refuse)
    assert shelf.all() == {"c0ffee": a_case()}
    shelf.change("c0ffee", partial(noted, "القفل متروك"))


def test_a_damaged_file_is_said_and_hides_no_other(tmp_path: Path) -> None:
    shelf = case_shelf(tmp_path)
    shelf.add(a_case())
    (tmp_path / "casework" / "case-0bad.json").write_bytes(b'{"id": "0bad", "name": "\xff')
    (failure,) = shelf.failures()
    assert (failure.address, failure.reason) == ("casework/case-0bad.json", "damaged record")
    assert list(shelf.all()) == ["c0ffee"]
    with pytest.raises(NotFoundError):
        shelf.change("0bad", lambda case: case)


@pytest.mark.parametrize("key", ["../../riwaya", "..", "", "c0ffee.json", "C0FFEE", "c0ffe"])
def test_an_id_that_is_asked_for_never_becomes_a_path(tmp_path: Path, key: str) -> None:
    shelf = case_shelf(tmp_path)
    shelf.add(a_case())
    with pytest.raises(NotFoundError):
        shelf.change(key, lambda _: None)
    assert sorted(path.name for path in (tmp_path / "casework").iterdir()) == ["case-c0ffee.json", "lock"]


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "casework").write_text("a file where the folder should be")
    with pytest.raises(LibraryError, match="cannot be written"):
        case_shelf(tmp_path).add(a_case())
    assert case_shelf(tmp_path).all() == {}
