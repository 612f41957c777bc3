"""Cutting the power, in effect: of what a killed program wrote, only that is sure which it had fsynced.

A program under test begins with WATCHED: it says "S NAME SIZE" on its standard output after each fsync of a file, one line each, which the
system writes whole or not at all.
"""

import random
import struct
from pathlib import Path

WATCHED = """
import os

def watched(fsync=os.fsync):
    def then_said(descriptor):
        fsync(descriptor)
        name = os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}"))
        os.write(1, f"S {name} {os.fstat(descriptor).st_size}\\n".encode())
    return then_said

os.fsync = watched()
"""


def synced(lines: list[str]) -> dict[str, int]:
    """The size that each file had at its last fsync, as a watched program said it."""
    said = [line.split() for line in lines if line.startswith("S ") and line.endswith("\n")]
    return {name: int(size) for _, name, size in said}


def cut_after_the_last_fsync(folder: Path, sizes: dict[str, int], chance: random.Random) -> None:
    """What a power cut may leave in an archive of bytes that were not fsynced: some of them, zeros in their place, or not even the file."""
    for path in (*folder.glob("captures-*.warc.gz"), *folder.glob("manifest.jsonl")):
        size, sure = path.stat().st_size, sizes.get(path.name, 0)
        if sure == 0 and chance.random() < 0.3:
            path.unlink()
        elif size > sure:
            with path.open("r+b") as file:
                file.truncate(chance.randint(sure, size))
                if chance.random() < 0.2:
                    file.truncate(size)  # the file system knew the new length and not yet the bytes


def cut_the_write_ahead_log(database: Path, chance: random.Random) -> None:
    """What a power cut may leave of SQLite's write-ahead log, which is fsynced only before its pages go into the database.

    Its index (sqlite.org/walformat.html, 2.1) says at byte 128 how many pages were on their way there: these are on the disk.
    """
    log, index = database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")
    if not log.exists() or not log.stat().st_size:
        return
    page_bytes = struct.unpack(">I", log.read_bytes()[8:12])[0]
    sure = struct.unpack("=I", index.read_bytes()[128:132])[0] if index.exists() else 0
    end = log.stat().st_size
    with log.open("r+b") as file:
        file.truncate(chance.randint(min(end, 32 + sure * (24 + page_bytes)) if sure else 0, end))
