"""The commands on cases and saved searches as a script runs them."""

import csv
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from riwaya.casework import ToSave
from riwaya.cli import app
from riwaya.library import Library
from tests.libraries import add, related, row
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "library"
    rows = [row("one", *MARKET), row("other", *MARKET_ELSEWHERE), row("harbour", *HARBOUR)]
    related(folder, [rows]).close()
    return folder


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [words[0], "--library", str(folder), *words[1:]])


def test_a_script_makes_a_case_fills_it_and_takes_it_away(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        story = library.accounting.stories()[0].id
        claim = next(reading.claims[0].id for reading in library.readings() if reading.claims)
    assert run(folder, "case", "السوق").exit_code == 1
    done = run(folder, "case", "السوق", "--new", "--put", story, "--put", claim, "--tag", "حصيلة", "--note", "من الوسيلتين")
    assert done.exit_code == 0, done.output
    assert "[حصيلة]" in done.output
    assert "من الوسيلتين" in done.output
    assert run(folder, "case", "السوق", "--note", "على الملفّ كله").exit_code == 0
    assert "السوق  stories 1, claims 1" in run(folder, "cases").output
    rows = list(csv.DictReader(StringIO(run(folder, "case", "السوق", "--claims", "-").stdout)))
    assert claim in {each["claim_id"] for each in rows}
    events = tmp_path / "events.csv"
    assert run(folder, "case", "السوق", "--events", str(events), "--excel").exit_code == 0
    assert events.read_text("utf-8").startswith('\ufeff"article_id"')
    pack = tmp_path / "case.wacz"
    assert run(folder, "case", "السوق", "--evidence", str(pack)).exit_code == 0
    assert "evidence/readings.json" in zipfile.ZipFile(pack).namelist()
    assert "exported" in run(folder, "custody").output


def test_words_without_use_are_refused(folder: Path, tmp_path: Path) -> None:
    for words in (("--tag", "حصيلة"), ("--redact", str(tmp_path / "list.toml"))):
        assert run(folder, "case", "السوق", *words).exit_code == 2


def test_saved_searches_are_listed_with_what_is_new(tmp_path: Path) -> None:
    with related(tmp_path / "library", []) as library:
        add(library, [row("one", *MARKET)])
        library.searches.save(ToSave(question="سبعة", shared=True), by="سلمى")
        add(library, [row("harbour", *HARBOUR)])
    assert "سبعة  0 new" in run(tmp_path / "library", "searches").output
    with Library.open(tmp_path / "library") as library:
        library.reader = "rules"
        add(library, [row("other", *MARKET, day="2017-03-15")])
    assert "سبعة  1 new" in run(tmp_path / "library", "searches").output
