"""Floors under what relating finds: on the written corpus, and, where they lie beside the project, on real incidents among other news.

Figures are those of training/score_stories.py. Of the real news the annotated articles, those of the pairs that only look alike, and three
hundred others of the same days are related, so that the gate stays quick. Floors in stories.toml are never lowered silently.
"""

import gzip
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from riwaya.records import record_id
from riwaya.relate.interchange import stories_object
from riwaya.relate.relating import relate
from tests.gates.measure import PROJECT, SHARED

FLOORS = tomllib.loads((Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"))
CORPUS = PROJECT / "training" / "corpus"
INCIDENTS = SHARED / "corpus" / "incidents-dev.json"
LOOK_ALIKE = SHARED / "corpus" / "incidents-dev-notsame.json"
NEWS = SHARED / "corpus" / "news-2015.jsonl.gz"
DAYS = ("2015-08-03", "2015-08-04")
OTHERS = 300


def written() -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(CORPUS.glob("written-*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def news() -> list[dict[str, Any]]:
    annotated = {account["id"] for incident in json.loads(INCIDENTS.read_text("utf-8")) for account in incident["accounts"]}
    annotated |= {key for pair in json.loads(LOOK_ALIKE.read_text("utf-8")) for key in pair[:2]}
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["published"] in DAYS]
    others = sorted((row["id"] for row in rows if row["id"] not in annotated), key=lambda key: record_id("other", key))[:OTHERS]
    return [row for row in rows if row["id"] in annotated or row["id"] in others]


def figures(rows: Iterable[dict[str, Any]], incidents: Path, folder: Path, *more: str) -> dict[str, float]:
    """Relate these articles and score the stories; prints the table."""
    articles = {article.id: (article, row["id"]) for row in rows if (article := article_of(row))}
    readings = {key: reading_of(article) for key, (article, _) in articles.items()}
    stories = folder / "stories.json"
    found = stories_object(relate(readings.values()), readings, {key: caller for key, (_, caller) in articles.items()})
    stories.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, str(PROJECT / "training" / "score_stories.py"), str(incidents), str(stories), *more]
    table = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(table)
    scores = dict(re.findall(r"^(story F1|pair|copies|disagreement) +(?:P [\d.]+ R [\d.]+ F1 )?([\d.]+)", table, re.M))
    apart = re.search(r"kept apart +(\d+)", table)
    return {name: float(value) for name, value in scores.items()} | ({"kept apart": float(apart[1])} if apart else {})


@pytest.mark.gate
def test_stories_of_the_written_corpus_stay_above_their_floors(tmp_path: Path) -> None:
    found = figures(written(), CORPUS / "written-7-incidents.json", tmp_path)
    assert {name: (found[name], floor) for name, floor in FLOORS["written"].items() if found[name] < floor} == {}


@pytest.mark.gate
def test_stories_of_real_news_stay_above_their_floors(tmp_path: Path) -> None:
    if not NEWS.exists():
        pytest.skip("the annotated news is not beside the project; its floors were not measured in this run")
    found = figures(news(), INCIDENTS, tmp_path, "--not-same", str(LOOK_ALIKE))
    assert {name: (found[name], floor) for name, floor in FLOORS["incidents"].items() if found[name] < floor} == {}
