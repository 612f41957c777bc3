"""Floors under what is read: by the rules on our written corpus and on real newspaper text, by rules and model on the real text alone.

The model learned from the written corpus, so there it proves nothing. Real text is measured where it lies beside the project.

Floors are pinned with the hash of the corpus they were measured on and are never lowered silently: `floors.toml` says each.
`python -m tests.gates.test_reading_gate` writes found.json anew after a change of rules or corpus that is meant.
"""

import json
import tomllib
from pathlib import Path

import pytest

from tests.gates.measure import PROJECT, SHARED, changed, corpus_hash, measured

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
FOUND = Path(__file__).parent / "found.json"
CORPORA = {
    "written": sorted((PROJECT / "training" / "corpus").glob("written-*.jsonl")),
    "real-dev": [SHARED / "corpus" / "real-dev.jsonl"],
    "real-dev, rules and model": [SHARED / "corpus" / "real-dev.jsonl"],
}


@pytest.mark.gate
@pytest.mark.parametrize("corpus", list(CORPORA))
def test_reading_stays_above_its_floors(corpus: str) -> None:
    paths = CORPORA[corpus]
    if not all(path.exists() for path in paths):
        pytest.skip(f"{corpus} is not beside the project; its floors were not measured in this run")
    assert corpus_hash(paths) == FLOORS[corpus]["sha256"], "the corpus changed: measure anew and pin the new floors with its hash"
    now = measured(corpus, paths, "model" if corpus.endswith("model") else "rules")
    print(now.table())
    if corpus == "written":
        print("\n".join(changed(json.loads(FOUND.read_text(encoding="utf-8")), now)))
    below = {facet: (round(now.f1[facet], 3), floor) for facet, floor in FLOORS[corpus]["floors"].items() if now.f1[facet] < floor}
    assert not below, f"facets below their floor (measured, floor): {below}"


if __name__ == "__main__":
    FOUND.write_text(json.dumps(measured("written", CORPORA["written"]).found, indent=0) + "\n", encoding="utf-8")
