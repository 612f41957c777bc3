"""How fast pages of others are imported, and in how much memory. Run: python -m tests.bench.collect [MESSAGES] [RECORDS]."""

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random

from fastwarc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from riwaya import Library
from riwaya.collect.pages import pages_in
from riwaya.records import Served

PARAGRAPH = "قالت الشرطة إن شخصين أصيبا في انفجار قرب السوق رقم {number}، ونفى المجلس المحلي أن تكون البلدة قد أُغلقت أمام الأهالي. "
MEASURE = "import sys; from pathlib import Path; from tests.bench.collect import {name}; {name}(Path(sys.argv[1]))"
FLOOR_PAGES = 5000
AT_ONCE = 200  # pages between two fsyncs, as the archive writes them
COLUMNS = "{:<52} {:>8} {:>6} {:>8} {:>14} {:>18}"


def main(messages: int = 100_000, records: int = 20_000) -> None:
    """Make an export and a WARC file, and measure each step in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        export, warc = Path(folder, "result.json"), Path(folder, "pages.warc.gz")
        write_export(export, messages)
        write_warc(warc, records)
        print(COLUMNS.format("", "pages", "MB", "pages/s", "a cpu second", "memory MB, before"), flush=True)
        steps = (
            ("read", export),
            ("floor", export),
            ("store", export),
            ("fastwarc", warc),
            ("read", warc),
            ("floor", warc),
            ("store", warc),
        )
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
    """A compressed WARC file with so many pages of some 30 KB, which gzip makes a sixth of that."""
    chance = Random(6)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(records):
            body = _page(number, chance)
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(f"https://hawran.example/{number}", "response", BytesIO(body), len(body), http_headers=http)
            )


def _page(number: int, chance: Random) -> bytes:
    words = PARAGRAPH.format(number=number).split()
    story = "".join(f"<p>{' '.join(chance.choices(words, k=80))}</p>" for _ in range(12))
    links = (
        f'<li class="item-{chance.randrange(50)}"><a href="/news/{chance.randrange(10**7)}">{chance.choice(words)}' for _ in range(120)
    )
    pictures = (
        f'</a><img src="/img/{chance.getrandbits(48):x}.jpg" width="320" height="180" loading="lazy" alt=""></li>' for _ in range(120)
    )
    return f"<html><body>{story}<ul>{''.join(map(''.join, zip(links, pictures, strict=True)))}</ul></body></html>".encode()


def read(path: Path) -> None:
    """The pages of a file, nothing stored."""
    _measured(f"{path.name}: read", path, lambda: sum(1 for _ in _pages(path)))


def fastwarc(path: Path) -> None:
    """The same file with fastwarc alone: every record parsed and its bytes taken."""

    def count() -> int:
        with path.open("rb") as file:
            return sum(record.reader.read() is not None for record in ArchiveIterator(file))

    _measured(f"{path.name}: fastwarc alone", path, count)


def floor(path: Path) -> None:
    """What keeping pages costs whoever keeps them: each hashed and compressed once, written and fsynced by the 200."""
    payloads = [page.payload for page in islice(_pages(path), FLOOR_PAGES)]

    def count() -> int:
        with tempfile.TemporaryFile() as file:
            for first in range(0, len(payloads), AT_ONCE):
                group = payloads[first : first + AT_ONCE]
                file.write(b"".join(hashlib.sha256(each).digest() + zlib.compress(each, 6) for each in group))
                file.flush()
                os.fsync(file.fileno())
        return len(payloads)

    _measured(f"{path.name}: hashed, compressed and written alone", path, count)


def store(path: Path) -> None:
    """The whole way: read, preserved with digests and fsync, noted in the store."""
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder, "library")) as library:
        _measured(f"{path.name}: collected into a library", path, lambda: library.collect([path]).new)


def _pages(path: Path) -> Iterable[Served]:
    return (each for each in pages_in(path, max_bytes=20_000_000, now=datetime.now(UTC)) if isinstance(each, Served))


def _measured(what: str, path: Path, count: Callable[[], int]) -> None:
    """Print the pages that `count` gives: by the clock, and by the processor's time, which other programs do not distort."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, worked = time.perf_counter(), time.process_time()
    found = count()
    seconds, busy = time.perf_counter() - began, time.process_time() - worked
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speeds = f"{found / seconds:,.0f}", f"{found / busy:,.0f}"
    print(COLUMNS.format(what, f"{found:,}", f"{path.stat().st_size / 1e6:.0f}", *speeds, f"{most:.0f}, {before:.0f}"), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
