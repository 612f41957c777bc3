"""Corrections of a library: kept for ever, applied to every reading, seen by everything that asks the store."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from riwaya import Library, NotFoundError
from riwaya.errors import CorrectionError
from riwaya.preserve.judgements import FILE_NAME
from riwaya.read.instead import Given
from riwaya.records import CorrectedPart, Reading
from riwaya.web.tables import rows_claimed, rows_happened
from tests.libraries import add, dump, related, row, without_row_numbers
from tests.read.made import EXPLOSION

from .relate.made import MARKET, MARKET_ELSEWHERE


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with related(tmp_path / "library", [[row("told", *EXPLOSION, day="2017-03-15")]]) as library:
        yield library


def only(library: Library) -> Reading:
    (found,) = library.readings()
    return found


def correct(library: Library, finding: str, part: CorrectedPart, text: str = "", *, by: str = "salma") -> str:
    (made,) = library.correcting.correct(
        finding, {part: library.correcting.instead(finding, part, Given(text))}, by=by, note="هكذا في النص"
    )
    return made.id


def test_a_corrected_speaker_is_found_by_search_and_by_tables_and_undone(library: Library) -> None:
    was = only(library)
    assert library.search("speaker:غرفة").total == 1  # the third claim
    correct(library, was.claims[2].id, "speaker", "سامر الحداد")
    assert library.search("speaker:غرفة").total == 0
    assert [row["speaker"] for row in rows_claimed([only(library)])] == ["سامر الحداد"] * 3
    assert [row["rule"] for row in rows_claimed([only(library)])][2] == "verb + corrected by salma"
    (made,) = library.correcting.kept()
    assert (made.state, made.correction.by, made.correction.note) == ("applied", "salma", "هكذا في النص")
    library.correcting.undo(made.correction.id[:8], by="nur")
    assert only(library) == was
    assert library.search("speaker:غرفة").total == 1
    assert [(each.state, each.correction.by) for each in library.correcting.kept()] == [("undoes", "nur"), ("undone", "salma")]


def test_corrections_survive_rereading_rebuilding_and_the_loss_of_the_database(library: Library) -> None:
    was = only(library)
    correct(library, was.claims[1].id, "speaker", "غرفة عمليات الجنوب")
    correct(library, was.events[0].id, "gazetteer", "sy-damascus")
    correct(library, was.events[0].id, "counts", "no")
    undone = correct(library, was.claims[0].id, "act", "warn")
    library.correcting.undo(undone)
    now, kept, rows = only(library), library.correcting.kept(), dump(library.folder)
    library.rebuild(jobs=1)
    library.accounting.relate()
    assert (only(library), library.correcting.kept()) == (now, kept)
    assert without_row_numbers(dump(library.folder)) == without_row_numbers(rows)
    folder = library.folder
    library.close()
    for path in folder.glob("library.sqlite*"):
        path.unlink()
    with Library.open(folder) as again:
        again.reader = "rules"
        assert [each.correction for each in again.correcting.kept()] == [each.correction for each in kept]
        again.read(jobs=1)
        assert (only(again), again.correcting.kept()) == (now, kept)


def test_what_a_crash_left_in_the_file_alone_is_applied_on_opening(library: Library, tmp_path: Path) -> None:
    before = Path(shutil.copytree(library.folder, tmp_path / "before"))
    correct(library, only(library).claims[1].id, "act", "warn")
    shutil.copy2(library.folder / "captures" / FILE_NAME, before / "captures")
    with Library.open(before) as again:
        assert only(again).claims[1].act == "warn"
        assert [each.state for each in again.correcting.kept()] == ["applied"]
        assert again.keeping.verify().differences == ()


def test_corrections_are_noted_by_digest_and_what_is_changed_shows(library: Library) -> None:
    correct(library, only(library).claims[1].id, "act", "warn")
    assert library.keeping.verify().differences == ()
    *_, noted = library.keeping.log()
    assert (noted.did, noted.file, noted.captures) == ("judged", FILE_NAME, ())
    file = library.folder / "captures" / FILE_NAME
    file.write_text(file.read_text("utf-8").replace("warn", "deny"), encoding="utf-8")
    assert {each.kind for each in library.keeping.verify().differences} == {"judgement"}


def test_corrections_are_forgotten_with_their_capture(library: Library) -> None:
    reading = only(library)
    correct(library, reading.claims[1].id, "speaker", "غرفة عمليات الجنوب")
    library.keeping.forget([library.keeping.capture(reading.article.capture_id or "")])
    assert library.correcting.kept() == ()
    assert "غرفة" not in (library.folder / "captures" / FILE_NAME).read_text("utf-8")
    assert library.keeping.verify().differences == ()


def test_a_correction_that_finds_nothing_is_listed_and_a_later_one_replaces(library: Library) -> None:
    claim = only(library).claims[1]
    first = correct(library, claim.id, "act", "warn")
    second = correct(library, claim.id, "act", "demand", by="nur")
    assert {each.correction.id: each.state for each in library.correcting.kept()} == {first: "replaced", second: "applied"}
    lost = replace(library.correcting.corrections()[1], id="f" * 20, part="content")
    gone = replace(lost, of=replace(lost.of, words="لفظ لم يعد في المقال"))
    library.correcting._keep([gone])
    assert library.correcting.kept()[0].state == "without finding"


def test_a_story_follows_what_is_corrected(tmp_path: Path) -> None:
    with related(tmp_path / "library", [[row("one", *MARKET), row("other", *MARKET_ELSEWHERE)]]) as library:
        (listed,) = library.accounting.stories()
        about = {one.about for one in library.accounting.story(listed.id).story.disagreements}
        assert "killed" in about
        events = [(event, each) for each in library.readings() for event in each.events if event.tolls]
        numbers = {toll.least for event, _ in events for toll in event.tolls if toll.kind == "killed"}
        event, reading = next((event, each) for event, each in events if any(toll.least == max(numbers) for toll in event.tolls))
        toll = next(toll for toll in event.tolls if toll.kind == "killed")
        said = reading.article.text[slice(*toll.words)]
        correct(library, event.id, "tolls", f"killed {min(numbers)} {said}")
        assert library.accounting.unrelated() == 0
        (listed,) = library.accounting.stories()
        assert "killed" not in {one.about for one in library.accounting.story(listed.id).story.disagreements}
        assert {row["killed"] for row in rows_happened(library.readings()) if row["killed"]} == {str(min(numbers))}


def test_where_articles_wait_to_be_related_a_corrected_one_waits_with_them(library: Library) -> None:
    add(library, [row("one", *MARKET)])
    correct(library, next(each for each in library.readings() if len(each.claims) == 3).claims[1].id, "act", "warn")
    assert library.accounting.unrelated() == 2


def test_what_cannot_be_is_refused_and_leaves_no_line(library: Library) -> None:
    claim, event = only(library).claims[0], only(library).events[0]
    for finding, part, text in ((claim.id, "speaker", "غائب"), (event.id, "gazetteer", "درعا"), (event.id, "act", "deny")):
        with pytest.raises(CorrectionError):
            correct(library, finding, part, text)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        correct(library, "ffffff", "act", "deny")
    with pytest.raises(NotFoundError):
        correct(library, only(library).article.id, "act", "deny")
    with pytest.raises(NotFoundError):
        library.correcting.undo("")
    assert not (library.folder / "captures" / FILE_NAME).exists()


def test_what_was_corrected_is_given_as_lines_to_train_on(library: Library) -> None:
    assert list(library.correcting.corpus()) == []
    correct(library, only(library).claims[1].id, "act", "warn")
    (line,) = library.correcting.corpus()
    assert json.loads(json.dumps(line))["statements"][1]["act"] == "warn"
    assert line["corrected"] == {"statements": [1], "events": []}
