"""A library relates what is new, and comes to what relating everything at once comes to."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from riwaya import Library, Reading
from riwaya.gathering import explained
from riwaya.records import Story, record_id
from riwaya.relate.frequencies import written_frequencies
from riwaya.relate.relating import relate
from riwaya.store import copies, passages
from riwaya.store.stories import Wanted
from tests.libraries import Row, add, related, row, take_in
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE

ACCOUNTS = Path(__file__).parents[1] / "training" / "corpus" / "written-7-accounts-in-groups.jsonl"


def outcome(library: Library) -> dict[str, object]:
    """All that relating gave, but for the ids of stories, which last and so tell of what was before."""
    ids = [reading.article.id for reading in library.readings()]
    with library.connect() as connection:
        own = passages.passages_of(connection, ids)
        links = tuple(explained(connection, link) for link in passages.links_of(connection, [one.id for one in own]))
        found = copies.copies_of(connection, ids)
    return {"passages": own, "links": links, "copies": found, "stories": stories_of(library)}


def stories_of(library: Library) -> list[tuple[object, ...]]:
    listed = library.accounting.stories(Wanted(), limit=10_000)
    return sorted(without_id(library.accounting.story(one.id).story) for one in listed)


def without_id(story: Story) -> tuple[object, ...]:
    return story.passages, story.articles, story.reactions, repr(story.accounts), repr(story.disagreements), story.origins


def rows() -> list[Row]:
    """Accounts of several happenings, and prints of one text that follow one another over more days than texts are compared over."""
    written = [json.loads(line) for line in ACCOUNTS.read_text(encoding="utf-8").splitlines()][:24]
    prints = [row(f"print {day}", *MARKET, day=f"2017-03-{day}") for day in (14, 16, 18, 20)]
    trimmed = row("trimmed", MARKET[0], "وذكر شاهد أن سيارات الإسعاف وصلت بعد نصف ساعة.", day="2017-03-15")
    return [*written, *prints, trimmed, row("other", *MARKET_ELSEWHERE), row("harbour", *HARBOUR)]


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    with related(tmp_path_factory.mktemp("at once") / "library", [rows()]) as library:
        found = outcome(library)
        readings = {reading.article.id: reading for reading in library.readings()}
    pure = relate(readings.values(), frequencies=written_frequencies())
    assert found["stories"] == sorted(map(without_id, pure.stories))
    assert found["links"] == tuple(sorted(pure.links, key=lambda link: link.id))
    assert found["copies"] == tuple(sorted(pure.copies, key=lambda copy: copy.id))
    assert len(pure.stories) > 5
    assert len(pure.copies) > 2
    return found


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_in_parts_and_in_any_order_is_related_as_all_at_once(tmp_path: Path, at_once: dict[str, object], seed: int) -> None:
    coming = rows()
    Random(seed).shuffle(coming)
    half = len(coming) // 2
    with related(tmp_path / "library", [coming[:half], coming[half:-2], coming[-2:]]) as library:
        assert outcome(library) == at_once


@pytest.mark.parametrize("count", [200, pytest.param(5000, marks=pytest.mark.long)])
def test_any_number_of_copies_of_one_text_is_one_origin(tmp_path: Path, count: int) -> None:
    with related(tmp_path / "library", [[row("one", *MARKET), row("other", *MARKET_ELSEWHERE)]]) as library:
        one = next(reading for reading in library.readings() if reading.article.outlet == "outlet one")
        take_in(library, [printed(one, number) for number in range(count)])
        assert library.accounting.relate().articles == count
        (listed,) = library.accounting.stories()
        assert listed.articles in (
            count + 1,
            count + 2,
        )  # where all is one text none of its words is rare: the other telling may stay apart
        assert listed.origins == library.accounting.story(listed.id).story.origins < 5


def test_what_is_interrupted_goes_on_where_it_was(tmp_path: Path, at_once: dict[str, object]) -> None:
    class StopError(Exception):
        pass

    def stop(done: int, _: int) -> None:
        raise StopError

    with related(tmp_path / "library", []) as library:
        add(library, rows())
        for _ in range(3):
            with pytest.raises(StopError):
                library.accounting.relate(progress=stop)
        library.accounting.relate()
        assert outcome(library) == at_once


def test_a_library_of_many_passages_counts_its_own_words_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riwaya.gathering._COUNTED_FROM", 10)
    with related(tmp_path / "library", [rows()]) as library:
        counted = scores(library)
        readings = {reading.article.id: reading for reading in library.readings()}
        add(library, [row("later", *MARKET_ELSEWHERE, day="2017-03-15")])
        library.accounting.relate()
        assert counted.items() <= scores(library).items()
        assert counted != {
            (link.left, link.right): link.score for link in relate(readings.values(), frequencies=written_frequencies()).links
        }
        library.accounting.relate(anew=True)
        assert not counted.items() <= scores(library).items()


def scores(library: Library) -> dict[tuple[str, str], float]:
    with library.connect() as connection:
        ids = [one.id for one in passages.passages_of(connection, [reading.article.id for reading in library.readings()])]
        return {(link.left, link.right): link.score for link in passages.links_of(connection, ids)}


def printed(reading: Reading, number: int) -> Reading:
    """The same reading of another article, whose text ends in a word of its own."""
    article = replace(reading.article, id=record_id("print", number), outlet=f"outlet {number}", text=f"{reading.article.text} {number}")
    events = tuple(replace(each, id=record_id("event", number, each.id), claim_id=None) for each in reading.events)
    return replace(reading, article=article, mentions=(), claims=(), events=events)
