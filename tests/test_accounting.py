"""What a library tells of happenings, and what people judge about it, from the outside."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya import Library, NotFoundError
from riwaya.accounting import Shown
from riwaya.store.stories import Wanted
from tests.libraries import add, related, row
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE

ONE, OTHER, HARBOURED = row("one", *MARKET), row("other", *MARKET_ELSEWHERE), row("harbour", *HARBOUR)
PRINT = row("print", *MARKET, day="2017-03-15")
REACTION = row("reaction", "أدان مجلس الأحزاب تفجير السيارة المفخخة قرب سوق الحبوب في بلدة تل السنابل.")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with related(tmp_path / "library", [[ONE, OTHER, HARBOURED, PRINT]]) as library:
        yield library


def ids(library: Library) -> dict[str, str]:
    """The articles by the keys of their rows."""
    return {reading.article.outlet.removeprefix("outlet "): reading.article.id for reading in library.readings()}


def only_story(library: Library) -> Shown:
    (listed,) = library.accounting.stories()
    return library.accounting.story(listed.id)


def told_together(library: Library) -> list[set[str]]:
    names = {article: key for key, article in ids(library).items()}
    found = [library.accounting.story(listed.id).story for listed in library.accounting.stories()]
    return sorted(({names[key] for key in story.articles} for story in found), key=sorted)


def passage(library: Library, key: str) -> str:
    """The first passage of an article."""
    article = ids(library)[key]
    with library.connect() as connection:
        return str(connection.exec_driver_sql("SELECT id FROM passages WHERE article_id = ? ORDER BY number", (article,)).scalars().first())


def test_a_story_is_listed_and_shown_with_its_accounts(library: Library) -> None:
    (listed,) = library.accounting.stories()
    assert (listed.articles, listed.outlets, listed.first_day and listed.first_day.isoformat()) == (3, 3, "2017-03-14")
    assert listed.title.startswith("قُتل سبعة أشخاص")  # none of its articles has a title
    found = library.accounting.story(listed.id[:6].upper())
    assert found.asked == ""
    assert {account.article_id for account in found.story.accounts} == {ids(library)["one"], ids(library)["other"]}
    assert {one.about for one in found.story.disagreements} >= {"killed", "wounded"}
    assert {row.tradition for row in found.coded} >= {"ACLED", "UCDP GED"}
    assert [(copy.original, copy.copy) for copy in found.copies] == [(ids(library)["one"], ids(library)["print"])]
    assert [one.id for one in library.accounting.stories_of(ids(library)["print"])] == [listed.id]


def test_stories_are_found_by_day_country_and_kind(library: Library) -> None:
    (listed,) = library.accounting.stories()
    accounting = library.accounting
    assert accounting.count(Wanted(kind=listed.kinds[0])) == 1
    assert accounting.count(Wanted(kind="siege")) == accounting.count(Wanted(country="JP")) == 0
    assert listed.first_day
    assert listed.last_day
    assert accounting.count(Wanted(first=listed.last_day, last=listed.last_day)) == 1
    for wanted in (Wanted(first=listed.last_day.replace(year=2018)), Wanted(last=listed.first_day.replace(year=2016))):
        assert accounting.count(wanted) == 0
    for order in ("origins", "contested", "day"):
        assert [one.id for one in accounting.stories(Wanted(order=order))] == [listed.id]


@pytest.mark.parametrize("key", ["", "zzzz", "%", "ffffffffffffffffffff"])
def test_an_id_that_no_story_passage_or_link_has(library: Library, key: str) -> None:
    for ask in (
        library.accounting.story,
        library.accounting.link,
        lambda key: library.accounting.judge("yes", key),
        library.accounting.wording,
    ):
        with pytest.raises(NotFoundError):
            ask(key)


def test_related_articles_and_wordings(library: Library) -> None:
    found = library.accounting.related(ids(library)["one"])
    assert {(one.article_id, one.why) for one in found} >= {(ids(library)["other"], "same story"), (ids(library)["print"], "copy")}
    assert {called.outlet for called in library.accounting.wording(only_story(library).story.id)} >= {"outlet one", "outlet other"}


def test_a_no_cuts_a_yes_joins_and_both_count_at_once(library: Library) -> None:
    assert told_together(library) == [{"one", "other", "print"}]
    library.accounting.judge("no", passage(library, "one"), passage(library, "other"), by="سلمى", note="سوقان")
    pair = {passage(library, "one"), passage(library, "other")}  # another passage of one may still be told with the other's
    assert not any(pair <= set(library.accounting.story(each.id).story.passages) for each in library.accounting.stories())
    library.accounting.judge("yes", passage(library, "one"), passage(library, "other"), by="سلمى")
    assert told_together(library) == [{"one", "other", "print"}]
    library.accounting.judge("yes", passage(library, "one"), passage(library, "harbour"))
    assert told_together(library) == [{"harbour", "one", "other", "print"}]
    assert [one.verdict for one in library.accounting.judgements().judgements] == ["no", "yes", "yes"]


def test_judgements_that_contradict_are_told_by_id(library: Library) -> None:
    one, other, harbour = (passage(library, key) for key in ("one", "other", "harbour"))
    first = library.accounting.judge("no", one, harbour, by="سلمى")
    joins = [library.accounting.judge("yes", *pair, by="نور") for pair in ((one, other), (other, harbour))]
    (contradiction,) = library.accounting.judgements().contradictions
    assert (contradiction.judgement, set(contradiction.by)) == (first.id, {each.id for each in joins})
    assert any({"one", "other", "harbour"} <= each for each in told_together(library))
    last = library.accounting.judge("no", other, harbour, by="سلمى")
    assert {each.judgement for each in library.accounting.judgements().contradictions} == {joins[1].id}
    assert last.id in library.accounting.judgements().contradictions[0].by


def test_judgements_and_ids_of_stories_survive_rereading_rebuilding_and_the_loss_of_the_database(library: Library) -> None:
    before = only_story(library).story.id
    claim = next(reading for reading in library.readings() if reading.claims).claims[0].id
    library.accounting.grade(claim, "B")
    library.accounting.grade(claim, "2")
    library.accounting.judge("yes", passage(library, "one"), passage(library, "harbour"), note="للتجربة")
    judged, grades, together = library.accounting.judgements(), library.accounting.grades(), told_together(library)
    library.rebuild(jobs=1)
    assert library.accounting.stories() == ()
    library.accounting.relate()
    assert (library.accounting.judgements(), library.accounting.grades(), told_together(library)) == (judged, grades, together)
    assert only_story(library).story.id == before
    library.close()
    for path in library.folder.glob("library.sqlite*"):
        path.unlink()
    with Library.open(library.folder) as again:
        again.reader = "rules"
        assert again.accounting.judgements().judgements == judged.judgements
        again.read(jobs=1)
        again.accounting.relate()
        assert (again.accounting.judgements(), again.accounting.grades(), told_together(again)) == (judged, grades, together)
        assert again.keeping.verify().differences == ()


def test_a_judgement_that_was_changed_or_removed_shows(library: Library) -> None:
    library.accounting.judge("yes", passage(library, "one"), passage(library, "harbour"))
    library.accounting.judge("no", passage(library, "other"), passage(library, "harbour"))
    file = library.folder / "captures" / "judgements.jsonl"
    whole = file.read_bytes()
    for damaged in (whole.replace(b'"yes"', b'"no"'), whole.split(b"\n", 1)[1], b""):
        file.write_bytes(damaged)
        assert {each.kind for each in library.keeping.verify().differences} == {"judgement"}
    file.write_bytes(whole)
    assert library.keeping.verify().differences == ()


def test_what_a_crash_leaves_of_a_judgement_is_taken_in_or_cut(library: Library) -> None:
    library.accounting.judge("yes", passage(library, "one"), passage(library, "harbour"))
    file = library.folder / "captures" / "judgements.jsonl"
    line = file.read_bytes()
    with library._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM judgements")  # killed after the file was written
    file.write_bytes(line + b'{"judgement":{"id"')  # and in the midst of the next one
    with Library.open(library.folder) as again:
        assert len(again.accounting.judgements().judgements) == 1
        again.accounting.judge("no", passage(again, "other"), passage(again, "harbour"))
        assert [json.loads(each)["judgement"]["verdict"] for each in file.read_bytes().splitlines()] == ["yes", "no"]
        assert again.keeping.verify().differences == ()


def test_forgetting_a_capture_takes_its_words_out_of_judgements_and_stories(library: Library) -> None:
    library.accounting.judge("yes", passage(library, "one"), passage(library, "harbour"))
    library.accounting.judge("yes", passage(library, "one"), passage(library, "other"))
    library.keeping.forget(library.keeping.captures_of(ids(library)["harbour"]))
    content = (library.folder / "captures" / "judgements.jsonl").read_text(encoding="utf-8")
    assert "الشرطة البحرية" not in content
    assert len(content.splitlines()) == 2
    assert len(library.accounting.judgements().judgements) == 1
    assert library.keeping.verify().differences == ()
    library.accounting.relate()
    assert told_together(library) == [{"one", "other", "print"}]


def test_a_story_that_goes_into_another_leads_there(library: Library) -> None:
    cut = [library.accounting.judge("no", passage(library, "one"), passage(library, "other"))]
    taken_in = [row("second", *MARKET_ELSEWHERE, day="2017-03-15")]
    add(library, taken_in)
    library.accounting.relate()
    both = {listed.id for listed in library.accounting.stories()}
    assert len(both) == 2
    library.accounting.judge("yes", passage(library, "one"), passage(library, "other"))
    shown = [library.accounting.story(each) for each in both]
    assert len({each.story.id for each in shown}) == 1
    assert [each.asked for each in shown].count("") == 1
    assert cut[0].id in {each.id for each in library.accounting.judgements().judgements}


def test_links_worth_a_look_are_shown_with_both_sides_and_end_when_judged(library: Library) -> None:
    found = library.accounting.to_review()
    assert found
    distances = [abs(each.link.score - 0.5) for each in found]
    assert distances == sorted(distances)
    first = found[0]
    assert first.left.passage.article_id == first.left.reading.article.id
    library.accounting.judge("no", first.link.id[:10])
    assert first.link.id not in {each.link.id for each in library.accounting.to_review()}
    assert [each.verdict for each in library.accounting.link(first.link.id).judgements] == ["no"]


def test_an_evidence_pack_of_a_story_holds_its_articles(library: Library, tmp_path: Path) -> None:
    story = only_story(library).story
    made = library.keeping.evidence([story.id[:8]], tmp_path / "story.wacz", lambda evidence: {})
    assert {exhibit.reading.article.id for exhibit in made.exhibits} == {ids(library)[key] for key in ("one", "other", "print")}


def test_a_reaction_is_related_and_no_account(tmp_path: Path) -> None:
    with related(tmp_path / "library", [[ONE, OTHER, REACTION]]) as library:
        story = only_story(library).story
        assert ids(library)["reaction"] not in story.articles
        assert ids(library)["reaction"] not in {account.article_id for account in story.accounts}


def test_articles_without_a_day_and_of_a_day_to_come_are_related(tmp_path: Path) -> None:
    undated = [{**ONE, "published": ""}, {**OTHER, "published": ""}]
    future = [row("f1", *MARKET, day="2199-01-01"), row("f2", *MARKET_ELSEWHERE, day="2199-01-01")]
    with related(tmp_path / "library", [undated, future]) as library:
        assert told_together(library) == [{"f1", "f2", "one", "other"}]  # placed on the day they were captured
        assert library.accounting.count(Wanted(order="day")) == 1


def test_a_library_that_is_copied_keeps_what_was_judged(library: Library, tmp_path: Path) -> None:
    library.accounting.judge("yes", passage(library, "one"), passage(library, "harbour"))
    library.backup(tmp_path / "copy")
    shutil.rmtree(library.folder)
    with Library.open(tmp_path / "copy") as copy:
        assert len(copy.accounting.judgements().judgements) == 1
        assert copy.keeping.verify().differences == ()
