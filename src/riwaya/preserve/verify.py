"""Verifying: every byte of the archive against the manifest, every line of the manifest against the one before it.

Nothing is changed, and nothing that is found ends the walk. Only what the archive folder itself holds is looked at; what the store
says is compared by the library.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Literal

from riwaya.preserve import judgements
from riwaya.preserve.custody import MOST_AT_ONCE
from riwaya.preserve.manifest import FILE_NAME, NO_LINE, PROOFS, Head, Line, Manifest, line_hash, line_of
from riwaya.preserve.records import digest_of
from riwaya.preserve.stamps import why_no_proof
from riwaya.preserve.warc import Archive, Stretch
from riwaya.records import Capture

DifferenceKind = Literal[
    "no manifest", "broken line", "broken chain", "no such head", "missing file", "unknown file", "changed", "removed", "moved",
    "unknown bytes", "forgetting unfinished", "proof", "store", "judgement",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not as the manifest says."""

    kind: DifferenceKind
    where: str  # "captures-000001.warc.gz byte 123", "manifest.jsonl line 7"
    captures: tuple[str, ...] = ()  # ids of the captures concerned
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What verifying found. No difference: every byte is what it was when it was noted, in the order in which it was noted."""

    head: Head
    captures: int  # noted, and found as they were noted
    forgotten: int  # of them, those in whose place a tombstone stands
    found: int  # noted not by who collected them but when they were found: after a crash, or put there by somebody
    bytes: int  # re-hashed
    stamped: int  # up to which line a time-stamp vouches for the manifest; 0: none does
    not_noted: int  # records at the end of the archive that are in no line yet, as a crash leaves them
    differences: tuple[Difference, ...]


@dataclass
class _Walk:
    """What the manifest says, gathered while its chain is walked."""

    head: Head = NO_LINE
    has_wanted: bool = False  # the chain has the hash that the caller gave
    kept: dict[str, list[Line]] = field(default_factory=dict)  # by WARC file, in order
    forgot: dict[tuple[str, int], Line] = field(default_factory=dict)
    judged: list[Line] = field(default_factory=list)
    stamps: dict[str, Line] = field(default_factory=dict)  # by file: an upgraded proof takes the place of the pending one
    differences: list[Difference] = field(default_factory=list)


def verify(folder: Path, *, known: Mapping[str, Capture] | None = None, head: str = "", roots: Path | None = None) -> Verified:
    """Verify the archive in a folder.

    `known`: the captures of the store by id, whose places are compared; `head`: the hash of a line that was noted elsewhere and must
    be in the chain; `roots`: the certificates that the signatures of time-stamps must lead to.
    """
    archive, manifest = Archive(folder, 1), Manifest(folder)
    walk = _walked(manifest, head)
    found = [_check_file(archive, warc, walk) for warc in sorted({*walk.kept, *archive.file_names()})]
    differences = [*walk.differences, *(each for checked in found for each in checked.differences)]
    proofs = list(_proof_differences(manifest, walk, roots))
    unproved = {each.where for each in proofs}
    differences += proofs
    gone = {each for line in walk.forgot.values() for each in line.captures}
    for number, why in judgements.why_not_as_noted(folder, walk.judged, gone):
        differences.append(Difference(kind="judgement", where=f"{judgements.FILE_NAME} line {number}", detail=why))
    if head and not walk.has_wanted:
        differences.append(Difference(kind="no such head", where=FILE_NAME, detail=head))
    if known is not None:
        differences += _store_differences(walk, known)
    lines = [line for each in walk.kept.values() for line in each]
    return Verified(
        head=walk.head,
        captures=sum(checked.whole for checked in found),
        forgotten=sum(checked.forgotten for checked in found),
        found=sum(line.did == "found" for line in lines),
        bytes=sum(checked.bytes for checked in found),
        stamped=max((line.of_line for line in walk.stamps.values() if line.file not in unproved), default=0),
        not_noted=sum(checked.not_noted for checked in found),
        differences=tuple(differences),
    )


def _walked(manifest: Manifest, wanted: str) -> _Walk:
    walk = _Walk()
    for number, raw in enumerate(manifest.raw_lines(), 1):
        line = line_of(raw)
        where = f"{FILE_NAME} line {number}"
        if line is None:
            walk.differences.append(Difference(kind="broken line", where=where))
        else:
            if line.previous != walk.head.hash or line.line != number:
                walk.differences.append(Difference(kind="broken chain", where=where, captures=line.captures))
            _gather(line, walk)
        walk.head = Head(number, line_hash(raw))
        walk.has_wanted |= walk.head.hash == wanted
    if not walk.head.line:
        walk.differences.append(Difference(kind="no manifest", where=FILE_NAME))
    return walk


def _gather(line: Line, walk: _Walk) -> None:
    if line.did in ("captured", "found"):
        walk.kept.setdefault(line.warc, []).append(line)
    elif line.did == "forgot":
        walk.forgot[line.warc, line.offset_bytes] = line
    elif line.did == "stamped":
        walk.stamps[line.file] = line
    elif line.did == "judged":
        walk.judged.append(line)


@dataclass
class _File:
    """What checking one WARC file gave."""

    whole: int = 0
    forgotten: int = 0
    bytes: int = 0
    not_noted: int = 0
    differences: list[Difference] = field(default_factory=list)


def _check_file(archive: Archive, warc: str, walk: _Walk) -> _File:
    checked = _File()
    lines = sorted(walk.kept.get(warc, ()), key=lambda line: line.offset_bytes)
    size = archive.size_bytes(warc)
    if not (archive.folder / warc).is_file():
        checked.differences.append(Difference(kind="missing file", where=warc, captures=_captures(lines)))
        return checked
    if not lines and size and warc != archive.last_file():
        checked.differences.append(Difference(kind="unknown file", where=warc))
        return checked
    lost = [line for line in lines if not _is_as_noted(archive, line, walk, checked)]
    stretches = list(_stretches_of(archive, warc, 0)) if lost else []
    checked.differences += _told_apart(lost, stretches, archive)
    end = max((line.offset_bytes + line.size_bytes for line in lines), default=0)
    checked.bytes = min(size, end)
    checked.differences += _unknown_bytes(lines)
    behind = [each for each in _stretches_of(archive, warc, end) if each.readable] if size > end else []
    checked.not_noted = len(behind)
    if len(behind) > MOST_AT_ONCE or (behind and warc != archive.last_file()):  # a crash leaves no more, and at the very end
        checked.differences.append(Difference(kind="unknown bytes", where=f"{warc} byte {end}", detail=f"{size - end} bytes"))
    return checked


def _stretches_of(archive: Archive, warc: str, start: int) -> Iterator[Stretch]:
    return takewhile(lambda stretch: stretch.warc == warc, archive.stretches(warc, start))


def _is_as_noted(archive: Archive, line: Line, walk: _Walk, checked: _File) -> bool:
    """Whether the bytes that a line names are what they were, or are the tombstone that a later line put there."""
    size = archive.size_bytes(line.warc)
    if line.offset_bytes + line.size_bytes > size:
        return False
    digest = digest_of(archive.stretch_bytes(line.warc, line.offset_bytes, line.size_bytes))
    forgot = walk.forgot.get((line.warc, line.offset_bytes))
    if forgot and digest != forgot.digest:
        where = f"{line.warc} byte {line.offset_bytes}"
        checked.differences.append(Difference(kind="forgetting unfinished", where=where, captures=line.captures))
        return True
    checked.forgotten += forgot is not None
    as_noted = forgot is not None or digest == line.digest
    checked.whole += as_noted and bool(line.captures)
    return as_noted


def _told_apart(lost: Iterable[Line], stretches: list[Stretch], archive: Archive) -> Iterator[Difference]:
    """Of captures that are not where they were noted: whether they stand elsewhere in the file, are changed, or gone."""
    elsewhere = {stretch.digest: stretch for stretch in stretches}
    standing = {stretch.offset_bytes: stretch for stretch in stretches}
    for line in lost:
        where = f"{line.warc} byte {line.offset_bytes}"
        moved, here = elsewhere.get(line.digest), standing.get(line.offset_bytes)
        if moved:
            yield Difference(kind="moved", where=where, captures=line.captures, detail=f"to byte {moved.offset_bytes}")
        elif line.offset_bytes >= archive.size_bytes(line.warc) or (here and here.capture and here.capture.id not in line.captures):
            yield Difference(kind="removed", where=where, captures=line.captures)
        else:
            yield Difference(kind="changed", where=where, captures=line.captures)


def _unknown_bytes(lines: list[Line]) -> Iterator[Difference]:
    """The stretches between what is noted that no line names, or that two name."""
    at = 0
    for line in lines:
        if line.offset_bytes != at:
            yield Difference(kind="unknown bytes", where=f"{line.warc} byte {min(at, line.offset_bytes)}", detail="not noted, or twice")
        at = line.offset_bytes + line.size_bytes


def _proof_differences(manifest: Manifest, walk: _Walk, roots: Path | None) -> Iterator[Difference]:
    if not walk.stamps:
        return
    wanted = {line.of_line for line in walk.stamps.values()}
    hashes = {number: line_hash(raw) for number, raw in enumerate(manifest.raw_lines(), 1) if number in wanted}
    for line in walk.stamps.values():
        hashed = bytes.fromhex(hashes.get(line.of_line, ""))
        why = why_no_proof(manifest.path.parent / PROOFS / line.file, line.digest, hashed, roots)
        if why:
            yield Difference(kind="proof", where=line.file, detail=why)


def _store_differences(walk: _Walk, known: Mapping[str, Capture]) -> Iterator[Difference]:
    """Captures that the store knows and no line notes, or that it knows at another place."""
    gone = {each for line in walk.forgot.values() for each in line.captures}
    noted = {each: line for lines in walk.kept.values() for line in lines for each in line.captures}
    for capture in known.values():
        where = f"{capture.warc} byte {capture.offset_bytes}"
        line = noted.get(capture.id)
        if line is None:
            yield Difference(kind="store", where=where, captures=(capture.id,), detail="known to the store, in no line of the manifest")
        elif capture.id in gone:
            yield Difference(kind="store", where=where, captures=(capture.id,), detail="forgotten, and still in the store")
        elif (line.warc, line.offset_bytes) != (capture.warc, capture.offset_bytes):
            yield Difference(kind="store", where=where, captures=(capture.id,), detail="the store has it at another place")


def _captures(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(each for line in lines for each in line.captures)
