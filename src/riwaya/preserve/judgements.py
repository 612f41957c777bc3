"""The file of what people judged: one line a judgement, grade or correction, beside the manifest, which notes each line by its digest.

Lines are JSON (RFC 8259) and only ever added to; one is changed alone where a capture whose words it holds is forgotten: then it says
so, and keeps its digest and nothing else.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from riwaya.preserve.manifest import Line
from riwaya.preserve.records import digest_of
from riwaya.preserve.warc import append_safely
from riwaya.records import Anchor, Correction, Grade, Judgement

FILE_NAME = "judgements.jsonl"
Judged = Judgement | Grade | Correction


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line: a judgement, a grade or a correction, or that it was forgotten with a capture."""

    judgement: Judgement | None = None
    grade: Grade | None = None
    correction: Correction | None = None
    forgotten: str = ""  # id of the capture
    digest: str = ""  # of the line that stood here

    @property
    def judged(self) -> Judged | None:
        """What a person judged; None: it was forgotten."""
        return self.judgement or self.grade or self.correction


def entries(folder: Path) -> Iterator[tuple[bytes, Entry | None]]:
    """The lines of the file in a folder of captures that are whole, each with what it says; None: that cannot be read."""
    path = folder / FILE_NAME
    for raw in path.read_bytes().split(b"\n")[:-1] if path.exists() else ():
        try:
            yield raw, msgspec.json.decode(raw, type=Entry)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            yield raw, None


def add(folder: Path, judged: Judged) -> str:
    """Add a line; when this returns, it is on the disk. Its digest. Raises ArchiveError if it cannot be written."""
    path = folder / FILE_NAME
    content = path.read_bytes() if path.exists() else b""
    whole = content.rfind(b"\n") + 1
    if whole < len(content):  # a line whose writing was interrupted, never acknowledged
        with path.open("r+b") as file:
            file.truncate(whole)
    raw = msgspec.json.encode(_entry(judged))
    append_safely(path, raw + b"\n")
    return digest_of(raw)


def forget(folder: Path, capture_id: str) -> None:
    """Take out what holds words of a capture. Doing it again changes nothing. Raises ArchiveError if it cannot be written."""
    found = list(entries(folder))
    kept = [_without(raw, capture_id) if entry and _holds(entry, capture_id) else raw for raw, entry in found]
    if kept != [raw for raw, _ in found]:
        partial = folder / f"{FILE_NAME}.partial"
        partial.unlink(missing_ok=True)
        append_safely(partial, b"".join(raw + b"\n" for raw in kept))
        partial.replace(folder / FILE_NAME)


def why_not_as_noted(folder: Path, noted: Iterable[Line], forgotten: Collection[str]) -> Iterator[tuple[int, str]]:
    """What of the file is not as the manifest's lines say, each with the number of its line (0: it has none).

    `forgotten`: the captures that were taken back. A line at the end that is not noted yet is what a crash leaves.
    """
    missing = {line.digest: line.line for line in noted}
    found = list(entries(folder))
    for number, (raw, entry) in enumerate(found, 1):
        was = entry.digest if entry and entry.forgotten in forgotten else digest_of(raw)
        if missing.pop(was, None) is None and number < len(found):
            yield number, "in no line of the manifest, or changed"
        if entry and any(_holds(entry, each) for each in forgotten):
            yield number, "it holds words of a capture that was forgotten"
    for line in missing.values():
        yield 0, f"what line {line} of the manifest notes is changed or gone"


def _entry(judged: Judged) -> Entry:
    if isinstance(judged, Judgement):
        return Entry(judgement=judged)
    return Entry(grade=judged) if isinstance(judged, Grade) else Entry(correction=judged)


def _holds(entry: Entry, capture_id: str) -> bool:
    return any(anchor.capture_id == capture_id for anchor in _anchors(entry.judged))


def _anchors(judged: Judged | None) -> tuple[Anchor, ...]:
    if judged is None:
        return ()
    return (judged.left, judged.right) if isinstance(judged, Judgement) else (judged.of,)


def _without(raw: bytes, capture_id: str) -> bytes:
    return msgspec.json.encode(Entry(forgotten=capture_id, digest=digest_of(raw)))
