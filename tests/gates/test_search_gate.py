"""How well search finds the paragraph that answers a question, beside plain BM25; the sets lie beside the project and are no part of it."""

import pytest

from tests.gates.retrieval import FOLDER, SETS, asked_in, mean_reciprocal_rank, ours, plain

FLOORS = {"ARCD": 0.84, "XQuAD": 0.95}


@pytest.mark.gate
@pytest.mark.long
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the questions and paragraphs do not lie beside the project")
@pytest.mark.parametrize("name", SETS)
def test_search_finds_better_than_each_of_its_parts_and_plain_bm25_and_as_well_as_measured(name: str) -> None:
    asked = asked_in(FOLDER / SETS[name])
    with plain(asked) as unfolded, ours(asked) as rankings:
        figures = {way: mean_reciprocal_rank(asked, ranking) for way, ranking in {"plain BM25": unfolded, **rankings}.items()}
    print(name, {way: round(figure, 4) for way, figure in figures.items()})
    assert max(figures, key=lambda way: figures[way]) == "both"
    assert figures["both"] >= FLOORS[name]
