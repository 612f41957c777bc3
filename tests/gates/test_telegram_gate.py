"""An export of Telegram as large as they come: two gigabytes of messages, made while they are read, with flat memory."""

import json
import os
import resource
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from riwaya.collect.telegram import posts_in
from riwaya.records import Served
from tests.bench.collect import PARAGRAPH

HEAD = '{\n "name": "شبكة المثال",\n "type": "public_channel",\n "id": 99,\n "messages": [\n'


def post(number: int) -> dict[str, Any]:
    """A long post of a channel, as Telegram Desktop writes it: some 4,000 letters, said twice."""
    text = "\n".join(PARAGRAPH.format(number=number + each) for each in range(30))
    entities = [{"type": "plain", "text": text}, {"type": "hashtag", "text": "#درعا"}]
    at = {"date": "2017-02-21T14:35:00", "date_unixtime": str(1487680500 + number)}
    return {"id": number, "type": "message", **at, "from": "شبكة المثال", "text": [text, entities[1]], "text_entities": entities}


def write(path: Path, size: int) -> None:
    """Write an export of so many bytes."""
    pattern = json.dumps(post(10**9), ensure_ascii=False, indent=1)
    with path.open("wb") as file:
        written = file.write(HEAD.encode())
        number = 0
        while written < size:
            message = pattern.replace("1000000000", str(10**9 + number))
            written += file.write(((",\n" if number else "") + message).encode())
            number += 1
        file.write(b"]}")


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "mkfifo") or sys.platform == "darwin", reason="no named pipes, or memory in other units")
def test_an_export_of_two_gigabytes_is_read_with_flat_memory(tmp_path: Path) -> None:
    size = 2_000_000_000
    pipe = tmp_path / "result.json"
    os.mkfifo(pipe)
    writer = threading.Thread(target=write, args=(pipe, size))
    writer.start()
    memory: list[int] = []
    numbers: set[int] = set()
    began, worked, seconds = time.monotonic(), time.process_time(), 0.0
    read = 0
    for served in posts_in(pipe, max_bytes=1_000_000, now=datetime(2026, 11, 22, tzinfo=UTC)):
        assert isinstance(served, Served), served
        read += len(served.payload)
        numbers.add(int(served.address.rpartition("/")[2]))
        if len(numbers) % 20_000 == 0:
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
            print(f"\n{len(numbers):,} messages, {memory[-1]} MB", end="")
    seconds, busy = time.monotonic() - began, time.process_time() - worked
    writer.join()
    print(f"\n{len(numbers):,} messages of {size / 1e9:.1f} GB in {seconds:.0f} s, {busy:.0f} of the processor, the writer's among them")
    assert numbers == {10**9 + number for number in range(len(numbers))}
    assert len(numbers) > 100_000
    assert memory[-1] - memory[0] < 30  # megabytes: of the numbers alone
