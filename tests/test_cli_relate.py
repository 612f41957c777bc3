"""The command that relates articles."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from riwaya import Library
from riwaya.cli import app
from tests.libraries import add, related, row
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


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [words[0], "--library", str(folder), *words[1:]])


def test_a_library_is_related_listed_shown_and_judged_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with related(folder, []) as library:
        add(library, [row("one", *MARKET), row("other", *MARKET_ELSEWHERE), row("harbour", *HARBOUR)])
    assert "Articles related: 3. In the library: stories 1, copies 0." in run(folder, "relate").output
    listed = run(folder, "stories", "--from", "2017-03-01", "--order", "contested").output
    assert "14 March 2017 · articles 2, outlets 2, origins" in listed
    story = listed.split()[0]
    shown = run(folder, "show", story).output
    for words in ("Who tells it: accounts", "«سبعة أشخاص»", "«تسعة أشخاص»", "killed, contested", "ACLED fatalities: 7", f"Story {story}"):
        assert words in shown
    link = re.search(r"^link ([0-9a-f]{8})", run(folder, "judge", "--limit", "1").output, re.M)
    assert link
    assert run(folder, "judge", "no", link[1], "--by", "سلمى", "--note", "سوقان").exit_code == 0
    with Library.open(folder) as library:
        claim = next(reading.claims[0].id for reading in library.readings() if reading.claims)
    assert run(folder, "judge", claim, "--grade", "B2").output.startswith("B of the teller")
    judged = run(folder, "judge").output
    assert "Judgements: 1" in judged
    assert "no  سلمى" in judged


@pytest.mark.parametrize("words", ["maybe ab", "yes", "no a b c", "ab --grade G", "ab --grade AB", "ab --grade 12"])
def test_what_is_no_judgement_is_refused(tmp_path: Path, words: str) -> None:
    Library.create(tmp_path / "library").close()
    assert run(tmp_path / "library", "judge", *words.split()).exit_code == 2


def test_words_that_have_no_use_together_are_refused(tmp_path: Path) -> None:
    for words in (
        ["relate", "--jsonl", "a"],
        ["relate", "-o", "b"],
        ["relate", "--jsonl", "a", "-o", "b", "--anew"],
        ["stories", "--kind", "x"],
    ):
        assert CliRunner().invoke(app, words).exit_code == 2
