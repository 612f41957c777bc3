"""The command that relates articles."""

import json
from pathlib import Path

from typer.testing import CliRunner

from riwaya.cli import app
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE


def test_articles_in_stories_out_and_a_broken_line_is_named(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": key, "published": "2017-03-14", "outlet": key, "paragraphs": list(text)}, ensure_ascii=False)
        for key, text in (("one", MARKET), ("other", MARKET_ELSEWHERE), ("harbour", HARBOUR))
    ]
    articles, stories = tmp_path / "articles.jsonl", tmp_path / "stories.json"
    articles.write_text("\n".join([*rows, "{"]), encoding="utf-8")
    result = CliRunner().invoke(app, ["relate", "--jsonl", str(articles), "-o", str(stories)])
    assert result.exit_code == 3
    found = json.loads(stories.read_text("utf-8"))
    assert [sorted(story["articles"]) for story in found["stories"]] == [["one", "other"]]
    assert {one["about"] for one in found["stories"][0]["disagreements"]} >= {"killed", "wounded"}
    assert {row["tradition"] for row in found["stories"][0]["coded"]} == {"ACLED", "UCDP GED", "Airwars"}


def test_the_articles_are_not_overwritten(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text("", encoding="utf-8")
    assert CliRunner().invoke(app, ["relate", "--jsonl", str(articles), "-o", str(articles)]).exit_code == 2
