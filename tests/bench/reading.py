"""How fast one core extracts pages and reads articles, and whether memory stays flat: `make bench`.

Measures on the 20,093 newspaper articles of ../shared/corpus/news-2015.jsonl.gz where that lies beside the project, else on our
written corpus. For page extraction each article is set into a page of a usual news site (navigation, share buttons, related
headlines); the share of pages whose paragraphs come back exactly is printed with it.
"""

import gzip
import html
import json
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from riwaya.arabic.words import tokens_in
from riwaya.read.interchange import article_of, row_of
from riwaya.read.links.atlas import open_atlas
from riwaya.read.links.places import place_links
from riwaya.read.page import articles_in
from riwaya.read.reading import NAMES, model_for, reading_of
from riwaya.records import Failure, ReaderKind
from tests.bench.yardstick import bench_yardstick

PROJECT = Path(__file__).parents[2]
NEWS = PROJECT.parent / "shared" / "corpus" / "news-2015.jsonl.gz"
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title} | صحيفة المثال</title>
<meta property="og:site_name" content="صحيفة المثال"><meta property="article:published_time" content="{published}T09:00:00+03:00"></head>
<body><header><nav><ul><li><a href="/">الرئيسية</a></li>
<li><a href="/politics">سياسة</a></li><li><a href="/sport">رياضة</a></li></ul></nav></header>
<main><article><h1>{title}</h1><div class="share"><a href="#">شارك</a> <a href="#">غرّد</a></div><div class="body">{body}</div></article>
<aside><h3>مواضيع ذات صلة</h3><ul><li><a href="/1">عنوان أول لا يخص المقال</a></li>
<li><a href="/2">عنوان ثانٍ لا يخص المقال</a></li></ul></aside></main>
<footer><p>جميع الحقوق محفوظة © 2019</p></footer></body></html>"""


def rows(few: int | None = None) -> Iterator[dict[str, Any]]:
    """The articles to measure on, or about so few of them, spread evenly (those of the first days are half as long again as the rest)."""
    step = max(1, sum(1 for _ in _lines()) // few) if few else 1
    yield from map(json.loads, islice(_lines(), 0, None, step))


def _lines() -> Iterator[str]:
    if NEWS.exists():
        with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
            yield from lines
    else:
        for path in sorted((PROJECT / "training" / "corpus").glob("written-*.jsonl")):
            yield from path.read_text(encoding="utf-8").splitlines()


def memory_mb() -> float:
    """Peak resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bench_reading(reader: ReaderKind, *, threads: int = 1, vectors: bool = False, limit: int | None = None) -> None:
    """Read the articles, print articles and words a second, and the peak of memory as the file grows."""
    started = time.perf_counter()
    model = model_for(reader, threads=threads, vectors=vectors)
    start_up = time.perf_counter() - started
    seconds = 0.0
    words = claims = events = number = 0
    for number, row in enumerate(rows(limit), 1):
        started = time.perf_counter()
        out = row_of(reading_of(article_of(row), model=model), row["id"])
        seconds += time.perf_counter() - started
        words += len(out["text"].split())
        claims += len(out["claims"])
        events += len(out["events"])
        if number % 5000 == 0:
            print(f"  {number:6} articles  {number / seconds:6.0f} articles/s  peak memory {memory_mb():.0f} MB", flush=True)
    speed = f"{number / seconds:.1f} articles/s, {words / seconds:.0f} words/s"
    also = " and vectors" if vectors else ""
    print(f"reading by {NAMES[reader]}{also}, threads {threads}: {number} articles, {speed}, {claims} claims, {events} events, ", end="")
    print(f"ready after {start_up:.2f} s, peak memory {memory_mb():.0f} MB", flush=True)


def bench_places(limit: int) -> None:
    """Link the places of articles that are read already, print the processor time an article takes."""
    atlas, seconds, links = open_atlas(), 0.0, 0
    readings = [(tokens_in(reading.article.text), reading) for reading in (reading_of(article_of(row)) for row in rows(limit))]
    for tokens, reading in readings:
        started = time.process_time()
        links += len(place_links(reading.article, tokens, reading.mentions, reading.events, atlas))
        seconds += time.process_time() - started
    print(
        f"linking places, one core: {1000 * seconds / max(1, len(readings)):.2f} ms an article, {links} places in {len(readings)} articles"
    )


def bench_pages(limit: int) -> None:
    """Extract pages made from the articles, print pages a second and how many came back paragraph by paragraph."""
    seconds = 0.0
    exact = failed = number = 0
    for row in rows(limit):
        number += 1
        paragraphs = [" ".join(p.split()) for p in row["paragraphs"] if p.strip()]
        body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
        page = PAGE.format(title=html.escape(row["title"]), body=body, published=row["published"][:10]).encode()
        started = time.perf_counter()
        out = articles_in(page, address=row.get("url") or "https://example.org/", media_type="text/html; charset=utf-8")
        seconds += time.perf_counter() - started
        if isinstance(out, Failure):
            failed += 1
        else:
            exact += out[0].text == "\n".join(paragraphs)
    print(f"page extraction, one core: {number} pages, {number / seconds:.0f} pages/s, {exact} texts exactly as put in, {failed} failures")


if __name__ == "__main__":
    print(f"on {NEWS.name if NEWS.exists() else 'the written corpus'}, Python {sys.version.split()[0]}")
    if sys.argv[1:] != ["model"]:
        bench_pages(3000)
        bench_reading("rules")
    for threads in (1, 2):
        bench_reading("model", threads=threads, limit=300)
        bench_reading("model", threads=threads, vectors=True, limit=300)
        bench_yardstick(rows(50), threads)
