"""`riwaya search` as a user runs it: what it prints, the files it writes, what it says of a question."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from riwaya.cli import app
from riwaya.library import Library

PAGE = """<html lang="ar"><head><meta charset="utf-8"><title>{title} | موقع المثال</title>
<meta property="og:site_name" content="موقع المثال"><meta property="article:published_time" content="2017-02-{day}T14:35:00+02:00"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""
DENIED = (
    "<p>نفت القاعدة العسكرية الروسية في حميميم، في بيان، أن تكون قواتها قد شاركت في القتال الدائر في حي المنشية بمدينة درعا.</p>"
    "<p>وقال مصدر ميداني إن ثمانية مقاتلين قُتلوا أمس الاثنين في قصف مدفعي على الحي، وإن عشرين آخرين أصيبوا بجروح.</p>"
)
MET = "<p>قال وزير الزراعة إن لقاء المزارعين سيعقد في مدينة حماة الأسبوع المقبل، وإن الوزارة ستعرض فيه خطة الموسم.</p>" * 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library of two pages, read by the rules."""
    pages = tmp_path_factory.mktemp("pages")
    (pages / "a.html").write_text(PAGE.format(title="نفي روسي في درعا", day=21, paragraphs=DENIED), encoding="utf-8")
    (pages / "b.html").write_text(PAGE.format(title="=لقاء المزارعين", day=20, paragraphs=MET), encoding="utf-8")
    with Library.create(pages / "library") as library:
        library.collect([pages / "a.html", pages / "b.html"])
        library.reader = "rules"
        library.read(jobs=1)
        yield library.folder


def search(folder: Path, *words: str) -> Result:
    done = CliRunner().invoke(app, ["search", "--library", str(folder), *words])
    assert done.exit_code == 0, done.output
    return done


def test_answers_are_printed_and_what_was_not_understood_is_said(folder: Path) -> None:
    done = search(folder, "القواعد", "act:denied", "killed:كثير")
    assert done.stdout.startswith("نفي روسي في درعا")
    assert "Not searched for: killed:كثير (not a number)" in done.stderr
    assert "Articles: 1." in done.stderr
    assert "Nothing found." in search(folder, "كلمة:لا_توجد").stderr
    assert "Not all of the words were required" in search(folder, "متى يعقد لقاء الصيادين").stderr
    assert CliRunner().invoke(app, ["search", "--library", str(folder), "لقاء", "--order", "best"]).exit_code == 2


def test_a_spreadsheet_meets_no_formula_and_excel_its_mark(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "found.csv"
    search(folder, "--csv", str(file), "--excel", "--order", "newest", "--", "-قصف", "لقاء")
    written = file.read_bytes().decode("utf-8")
    assert written.startswith('\ufeff"article_id"')
    (row,) = csv.DictReader(StringIO(written.removeprefix("\ufeff")))
    assert row["title"] == "'=لقاء المزارعين"
    assert (row["published"], row["outlet"], row["act"]) == ("2017-02-20", "موقع المثال", "say")


def test_the_files_say_the_same(folder: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("found.csv", "found.jsonl", "found.geojson")]
    search(folder, "killed>=8", "--csv", str(files[0]), "--jsonl", str(files[1]), "--geojson", str(files[2]))
    (from_csv,) = csv.DictReader(StringIO(files[0].read_text(encoding="utf-8")))
    (from_jsonl,) = map(json.loads, files[1].read_text(encoding="utf-8").splitlines())
    collection = json.loads(files[2].read_text(encoding="utf-8"))
    (feature,) = collection["features"]
    assert feature["properties"] == from_jsonl
    assert from_csv == {name: "" if value is None else str(value) for name, value in from_jsonl.items()}
    assert (from_jsonl["killed"], from_jsonl["kind"]) == ("8", "shelling")
    assert feature["geometry"] in (None, {"type": "Point", "coordinates": [from_jsonl["longitude"], from_jsonl["latitude"]]})


def test_the_ledger_as_tables(folder: Path) -> None:
    def table(option: str) -> list[dict[str, str]]:
        done = CliRunner().invoke(app, ["ledger", "--library", str(folder), option, "-"])
        return list(csv.DictReader(StringIO(done.stdout)))

    assert {row["act"] for row in table("--claims")} >= {"deny", "say"}
    assert "8" in {row["killed"] for row in table("--events")}
