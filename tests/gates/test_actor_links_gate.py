"""Whether the wordings that a reader decided are linked to the actors he decided for (training/actor-wordings.md)."""

import tomllib

import pytest

from tests.gates.measure import PROJECT, SHARED
from training.score_actors import NEWS, WRITTEN, Tally, decided_in, news_articles, scored, written_articles

COLLECTION = SHARED / "corpus" / "news-2015.jsonl.gz"
FLOORS = tomllib.loads((PROJECT / "tests" / "gates" / "floors.toml").read_text("utf-8"))["actor-links"]


def check(name: str, tally: Tally) -> None:
    """Print the shares and hold them to their floors."""
    print(f"\n{name}: right {tally.share_right:.3f}, of those linked {tally.share_right_of_linked:.3f}; {dict(tally.counts)}")
    print("\n".join(tally.wrong))
    assert tally.share_right >= FLOORS[f"{name} right"]
    assert tally.share_right_of_linked >= FLOORS[f"{name} right of those linked"]


@pytest.mark.gate
def test_wordings_of_the_written_corpus_are_linked_to_their_actors() -> None:
    check("written", scored(decided_in(WRITTEN), written_articles()))


@pytest.mark.gate
def test_wordings_of_newspapers_are_linked_to_their_actors() -> None:
    if not COLLECTION.exists():
        pytest.skip(f"{COLLECTION.name} is not beside the project")
    check("news", scored(decided_in(NEWS), news_articles(COLLECTION)))
