"""How fast pages of others are imported, and in how much memory. Run: python -m tests.bench.collect [MESSAGES] [RECORDS] [STORED]."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from fastwarc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from riwaya import Library
from riwaya.collect.pages import pages_in
from riwaya.records import Served

PARAGRAPH = "قالت الشرطة إن شخصين أصيبا في انفجار قرب السوق رقم {number}، ونفى المجلس المحلي أن تكون البلدة قد أُغلقت أمام الأهالي. "
MEASURE = "import sys; from pathlib import Path; from tests.bench.collect import {name}; {name}(Path(sys.argv[1]))"


def main(messages: int = 100_000, records: int = 20_000, stored: int = 5_000) -> None:
    """Make an export and a WARC file, and measure each step in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        export, warc = Path(folder, "result.json"), Path(folder, "pages.warc.gz")
        write_export(export, messages)
        write_warc(warc, records)
        fewer = Path(folder, "fewer", "result.json"), Path(folder, "fewer", "pages.warc.gz")
        fewer[0].parent.mkdir()
        write_export(fewer[0], stored)
        write_warc(fewer[1], stored)
        steps = (("read_export", export), ("bare_fastwarc", warc), ("read_warc", warc), ("store", fewer[0]), ("store", fewer[1]))
        for name, file in steps:
            subprocess.run([sys.executable, "-c", MEASURE.format(name=name), str(file)], check=True)


def write_export(path: Path, messages: int) -> None:
    """An export of Telegram Desktop with so many messages of some 60 words."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{\n "name": "شبكة المثال",\n "type": "public_channel",\n "id": 99,\n "messages": [\n')
        for number in range(messages):
            text = PARAGRAPH.format(number=number) * 3
            entities = [{"type": "plain", "text": text}, {"type": "hashtag", "text": "#درعا"}]
            post = {
                "id": number,
                "type": "message",
                "date_unixtime": str(1487680500 + number),
                "text": [text, entities[1]],
                "text_entities": entities,
            }
            file.write(("," if number else "") + json.dumps(post, ensure_ascii=False, indent=1))
        file.write("]}")


def write_warc(path: Path, records: int) -> None:
    """A compressed WARC file with so many pages of some 30 KB."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(records):
            body = (
                f"<html><body>{'<p>' + PARAGRAPH.format(number=number) * 5 + '</p>'}{'<div class=x></div>' * 1500}</body></html>".encode()
            )
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(f"https://hawran.example/{number}", "response", BytesIO(body), len(body), http_headers=http)
            )


def read_export(path: Path) -> None:
    """Messages of an export as pages, nothing stored."""
    _measured("Telegram export, read", path, lambda: _count(path))


def read_warc(path: Path) -> None:
    """Pages of a WARC file, nothing stored."""
    _measured("WARC file, read", path, lambda: _count(path))


def bare_fastwarc(path: Path) -> None:
    """The same file with fastwarc alone: every record parsed and its bytes taken."""

    def count() -> int:
        with path.open("rb") as file:
            return sum(record.reader.read() is not None for record in ArchiveIterator(file))

    _measured("WARC file, fastwarc alone", path, count)


def store(path: Path) -> None:
    """The whole way: read, preserved with digests and fsync, noted in the store."""
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder, "library")) as library:
        _measured(f"{path.name}, collected into a library", path, lambda: library.collect([path]).new)


def _count(path: Path) -> int:
    return sum(isinstance(each, Served) for each in pages_in(path, max_bytes=20_000_000, now=datetime.now(UTC)))


def _measured(what: str, path: Path, count: Callable[[], int]) -> None:
    """Print the pages that `count` gives: by the clock, and by the processor's time, which other programs do not distort."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, worked = time.perf_counter(), time.process_time()
    found = count()
    seconds, busy = time.perf_counter() - began, time.process_time() - worked
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what}: {found:,} pages of {path.stat().st_size / 1e6:.0f} MB, {found / seconds:,.0f}/s, {found / busy:,.0f} a processor second,"
    )
    print(f"    memory {most:.0f} MB (at the start {before:.0f})", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
