"""Libraries made for the tests: of pages, and of articles given as lines of the interchange; and what lies in one, row by row."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import riwaya
from riwaya import Library, Reading
from riwaya.store.update import add_captures, replace_readings, rows_of
from tests.store.made import capture_of

Row = dict[str, object]
SAMPLES = Path(riwaya.__file__).parent / "samples" / "pages"
ARTICLE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>{day} - قالت الشرطة المحلية إن شخصين قُتلا في انفجار عبوة ناسفة قرب سوق البلدة صباح اليوم.</p>
<p>ونفى المجلس المحلي أن تكون البلدة قد أُغلقت، وأضاف أن الطرق مفتوحة أمام الأهالي منذ الظهر.</p></article></body></html>"""


def page(folder: Path, name: str, *, title: str = "انفجار قرب سوق البلدة", day: str = "20 شباط/فبراير 2017") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    path.write_text(ARTICLE.format(title=title, day=day), encoding="utf-8")
    return path


def row(key: str, *paragraphs: str, day: str = "2017-03-14", outlet: str = "") -> Row:
    return {"id": key, "outlet": outlet or f"outlet {key}", "published": day, "paragraphs": paragraphs}


def related(folder: Path, parts: Iterable[Sequence[Row]]) -> Library:
    """A library that took in and related these articles part by part."""
    library = Library.create(folder)
    library.reader = "rules"
    for part in parts:
        add(library, part)
        library.accounting.relate()
    return library


def add(library: Library, rows: Sequence[Row]) -> None:
    """Take articles in, and read them."""
    path = library.folder / "articles.jsonl"
    addressed = ({**each, "url": f"https://made.example/{each['id']}"} for each in rows)
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in addressed), encoding="utf-8")
    assert library.collect([path]).failures == ()
    library.read(jobs=1)


def take_in(library: Library, read: Sequence[Reading]) -> None:
    """Store readings as if they had been read from captures that lie in no archive."""
    for first in range(0, len(read), 100):
        outcomes = []
        for reading in read[first : first + 100]:
            published = reading.article.published
            day = datetime.combine(published.day, time.min, UTC) if published else datetime.now(UTC)
            capture = replace(capture_of(reading.article.id), captured_at=day)
            kept = replace(reading, article=replace(reading.article, capture_id=capture.id))
            outcomes.append((capture, rows_of(capture.id, [kept])))
        with library._engine.begin() as connection:
            add_captures(connection, [capture for capture, _ in outcomes])
            replace_readings(connection, "rules", outcomes)


def dump(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, sorted; the tables that full-text search keeps for itself are seen through the one it shows, and the numbers
    of facets as their values."""
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        shown = [name for name in names if not name.startswith(("article_words_", "finding_words_", "sqlite_", "facet_values"))]
        rows = {name: connection.execute(f"SELECT rowid, * FROM {name}").fetchall() for name in shown}
        if "facet_values" in names:
            values = dict(connection.execute("SELECT number, value FROM facet_values").fetchall())
            at = [name for _, name, *_ in connection.execute("PRAGMA table_info(article_facets)")].index("facet_numbers") + 1
            rows["article_facets"] = [
                (*row[:at], tuple(sorted(values[number] for number in array("I", row[at]))), *row[at + 1 :])
                for row in rows["article_facets"]
            ]
        return {name: sorted(found, key=repr) for name, found in rows.items()}


def without_row_numbers(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted((row[1:] for row in found), key=repr) for name, found in rows.items()}
