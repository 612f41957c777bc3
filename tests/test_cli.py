"""The commands as a user runs them: what they print, where, and their exit codes."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from lxml import html

PAGE = """<html lang="ar"><head><meta charset="utf-8"><title>نفي روسي في درعا | موقع المثال</title>
<meta property="article:published_time" content="2017-02-21T14:35:00+02:00"></head><body><article><h1>نفي روسي في درعا</h1>
<p>نفت القاعدة العسكرية الروسية في حميميم، في بيان، أن تكون قواتها قد شاركت في القتال الدائر في حي المنشية بمدينة درعا.</p>
<p>وقال مصدر ميداني إن ثمانية مقاتلين قُتلوا أمس الاثنين في قصف مدفعي على الحي، وإن عشرين آخرين أصيبوا بجروح.</p>
<p>وأضاف المصدر أن المعارك ما زالت مستمرة على أطراف الحي حتى ساعة إعداد هذا الخبر.</p></article></body></html>"""


def riwaya(*words: str | Path, given: bytes | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-m", "riwaya.cli", *map(str, words)], input=given, capture_output=True, cwd=cwd, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("demo") / "library"
    return folder, riwaya("demo", folder)


def test_the_demo_prints_a_ledger_and_leaves_a_library(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = demo
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "denies" in done.stdout
    assert "حي المنشية" in done.stdout
    assert "riwaya serve --library" in done.stdout
    assert "an illustration written by the riwaya project" in done.stdout
    assert ", failures 0." in done.stdout
    assert (folder / "library.sqlite").exists()


def test_a_second_demo_changes_nothing(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = demo
    assert riwaya("demo", folder).stdout == done.stdout


@pytest.mark.parametrize("language", ["ar", "en"])
def test_in_the_demos_page_every_value_leads_to_its_words(demo: tuple[Path, subprocess.CompletedProcess[str]], language: str) -> None:
    page = html.document_fromstring((demo[0] / f"ledger.{language}.html").read_bytes())
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//a/@href")
    assert len(links) > 500
    assert {link[1:] for link in links} <= set(ids)
    assert all(link.startswith("#") for link in links)
    for link in page.xpath('//a[starts-with(@href, "#w-")]'):
        [words] = page.xpath("//*[@id=$there]", there=link.get("href")[1:])
        assert words.text_content()[:10] in link.text_content() or link.text_content()[:10] in words.text_content()
    assert not page.xpath("//@src | //script | //link")
    assert page.xpath('count(//article//span[contains(@class, "chip")])') == page.xpath("count(//article)")  # each says: illustration


def test_from_a_page_to_a_ledger_by_the_verbs(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert riwaya("new", tmp_path / "lib").returncode == 0
    inside = tmp_path / "lib"
    assert "New captures: 1;" in riwaya("collect", tmp_path / "page.html", cwd=inside).stdout
    assert "known before: 1;" in riwaya("collect", tmp_path / "page.html", cwd=inside).stdout
    assert "Pages read: 1; articles: 1; failures: 0." in riwaya("read", cwd=inside).stdout
    assert "Pages read: 0;" in riwaya("read", cwd=inside).stdout
    before = riwaya("ledger", cwd=inside).stdout
    assert "القاعدة العسكرية الروسية" in before
    assert "Pages read: 1;" in riwaya("rebuild", cwd=inside).stdout
    assert riwaya("ledger", cwd=inside).stdout == before
    found = riwaya("search", "والمعارك", "المنشيه", cwd=inside).stdout
    assert "نفي روسي في درعا" in found
    article = found.splitlines()[0].split(" · ")[-1]
    assert "القاعدة العسكرية الروسية" in riwaya("show", article[:8], cwd=inside).stdout
    copied = riwaya("backup", tmp_path / "copy", cwd=inside)
    assert copied.returncode == 0
    assert riwaya("ledger", "--library", tmp_path / "copy").stdout == before
    assert riwaya("ledger", "--html", tmp_path / "l.html", "--language", "en", cwd=inside).returncode == 0
    assert "Ledger of accounts" in (tmp_path / "l.html").read_text(encoding="utf-8")


def test_one_page_is_read_without_a_library(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    from_file = riwaya("read", tmp_path / "page.html")
    assert from_file.returncode == 0
    assert "killed   8 «ثمانية مقاتلين»" in from_file.stdout
    from_input = riwaya("read", "-", given=PAGE.encode("windows-1256", "xmlcharrefreplace"))
    assert "killed   8" in from_input.stdout
    assert not list(tmp_path.glob("*.sqlite"))


def test_plain_text_is_read_too() -> None:
    done = riwaya("read", "-", given="أعلنت وزارة الدفاع، اليوم، مقتل جنديين في هجوم على حاجز قرب مدينة العريش.".encode())
    assert done.returncode == 0
    assert "وزارة الدفاع" in done.stdout


def test_lines_are_read_in_order_and_a_bad_line_is_named(tmp_path: Path) -> None:
    good = {"id": "a", "paragraphs": ["قال الوزير إن الاتفاق قريب."]}
    lines = [json.dumps(good), "{broken", "", json.dumps({"id": "c"}), json.dumps(good | {"id": "b", "paragraphs": ["\ud800 نص"]})]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = riwaya("read", "--jsonl", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 3
    assert "in.jsonl:2" in done.stderr
    assert "in.jsonl:4" in done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert rows[0]["claims"][0]["speaker_name"] == "الوزير"
    assert rows[1]["text"] == "\ufffd نص"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["show", "zzz"], "is a library"),
        (["new", "."], "a library already"),
        (["ledger", "--library", "nowhere"], "is no library"),
        (["read", "nowhere.html"], "nowhere.html"),
        (["ledger", "--html", "l.html", "--language", "fr"], "ar or en"),
        (["new", ""], "the name of a folder"),
        (["new", "inside"], "lies in the library"),
        (["read", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl"),
        (["read", "page.html", "--jobs", "2"], "no use"),
        (["read", "-o", "out.jsonl"], "no use"),
        (["ledger", "--html", "/dev/full"], "No space left"),
    ],
)
def test_what_is_refused_is_said_in_words(words: list[str], complaint: str, tmp_path: Path) -> None:
    if words[0] != "show":
        riwaya("new", tmp_path)
    done = riwaya(*words, cwd=tmp_path)
    assert done.returncode != 0
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_database_ends_in_a_sentence(tmp_path: Path) -> None:
    riwaya("new", tmp_path / "lib")
    with closing(sqlite3.connect(tmp_path / "lib" / "library.sqlite")) as connection:
        connection.execute("DROP TABLE failures")
    done = riwaya("ledger", "-l", tmp_path / "lib")
    assert done.returncode == 1
    assert done.stderr.startswith("riwaya: the library's database cannot be used: no such table")


@pytest.mark.parametrize(
    "given", [b"", b"%PDF-1.7 ...", b"<p>This page is in English and has no Arabic in it at all.</p>", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_arabic_page_is_a_failure_in_words(given: bytes) -> None:
    done = riwaya("read", "-", given=given)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_the_version_is_printed() -> None:
    assert riwaya("--version").stdout.startswith("riwaya 0.")
