"""A library relates what is new, and comes to what relating everything at once comes to."""

import json
from pathlib import Path
from random import Random

import pytest

from riwaya import Library
from riwaya.records import Story
from riwaya.relate.frequencies import written_frequencies
from riwaya.relate.relating import relate
from riwaya.store import copies, passages
from riwaya.store.stories import Wanted
from tests.libraries import Row, related, row
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE

ACCOUNTS = Path(__file__).parents[1] / "training" / "corpus" / "written-7-accounts-in-groups.jsonl"


def outcome(library: Library) -> dict[str, object]:
    """All that relating gave, but for the ids of stories, which last and so tell of what was before."""
    ids = [reading.article.id for reading in library.readings()]
    with library.connect() as connection:
        own = passages.passages_of(connection, ids)
        links = passages.links_of(connection, [one.id for one in own])
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
