"""Custody: the archive and its manifest as one, so that nothing is kept without being noted, and nothing noted without being kept.

Captures are acknowledged when their records and then their lines are on the disk, many of them with one write of each. What a crash
leaves between the two is settled by the next one to write: whole records are noted as `found`, the beginning of a record is cut away.
Nothing that a line names is ever cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from riwaya.errors import ArchiveError
from riwaya.preserve import judgements
from riwaya.preserve.manifest import PROOFS, Deed, Did, Line, Manifest
from riwaya.preserve.records import digest_of
from riwaya.preserve.tombstone import tombstone
from riwaya.preserve.warc import Archive, Stretch, append_safely
from riwaya.records import Capture, Served

MOST_AT_ONCE = 200  # captures between two fsyncs: what a crash may leave in the archive and in no line


class Custody:
    """The captures of one library in the hands of `who`, by `program`. All that writes needs the store's write lock."""

    def __init__(self, folder: Path, max_bytes: int, *, who: str, program: str) -> None:
        self.archive = Archive(folder, max_bytes, {"collectedBy": who, "software": program})
        self.manifest = Manifest(folder)
        self.who = who
        self.program = program
        self._forgotten: tuple[int, frozenset[str]] = (0, frozenset())

    def is_settled(self) -> bool:
        """Whether the archive ends where the manifest says."""
        place = self.manifest.place()
        last = self.archive.last_file()
        began = self.manifest.head().line > 0
        return began and last == place.warc and self.archive.size_bytes(last) <= place.end

    def settle(self, now: datetime) -> None:
        """Note what lies in the archive and in no line as `found`; cut what is torn.

        Where there is no manifest yet, all that lies there is noted as it is, damage too, and nothing is cut.
        """
        if self.is_settled():
            return
        beginning = not self.manifest.head().line
        deeds = [self._deed(now, "began")] if beginning else []
        warc, end = self.manifest.place()
        for stretch in _up_to_the_last_whole(self.archive.stretches(warc, end), whole=beginning):
            deeds.append(self._deed_of(stretch, now, "found"))
            warc, end = stretch.warc, stretch.offset_bytes + stretch.size_bytes
        last = self.archive.last_file()
        torn_at = end if last == warc else 0
        torn = self.archive.size_bytes(last) - torn_at
        if torn > 0 and beginning:
            content = self.archive.stretch_bytes(last, torn_at, torn)
            deed = replace(self._deed(now, "found", digest=digest_of(content)), warc=last, offset_bytes=torn_at, size_bytes=torn)
            deeds.append(deed)
        if deeds:
            self.manifest.append(deeds)
        if torn > 0 and not beginning:
            self.archive.cut(last, torn_at)

    def keep(self, pages: Sequence[Served], now: datetime) -> tuple[Capture, ...]:
        """Preserve what was served; when this returns, it is on the disk and in the manifest. Raises ArchiveError if it cannot be."""
        self.settle(now)
        place = self.manifest.place()
        if self.archive.size_bytes(place.warc) < place.end:
            raise ArchiveError(f"{place.warc} has become shorter than the manifest knows it: riwaya verify tells what is lost.")
        kept: list[Capture] = []
        while len(kept) < len(pages):  # what is begun in one file is noted before the next file is begun
            stretches = self.archive.append(pages[len(kept) :][:MOST_AT_ONCE])
            self.manifest.append([self._deed_of(stretch, now, "captured") for stretch in stretches])
            kept += [stretch.capture for stretch in stretches if stretch.capture]
        return tuple(kept)

    def note(self, did: Did, now: datetime, *, captures: Sequence[str] = (), file: str = "", digest: str = "", detail: str = "") -> None:
        """Note a deed that keeps nothing: what was read, verified, exported, stamped."""
        self.settle(now)
        self.manifest.append([self._deed(now, did, captures=captures, file=file, digest=digest, detail=detail)])

    def keep_proof(self, proof: bytes, name: str, of_line: int, now: datetime) -> Line:
        """Put a time-stamp's proof beside the captures, in the place of an older one of this name, and note it."""
        folder = self.archive.folder / PROOFS
        folder.mkdir(exist_ok=True)
        partial = folder / f"{name}.partial"
        partial.unlink(missing_ok=True)
        append_safely(partial, proof)
        partial.replace(folder / name)
        self.manifest.append([replace(self._deed(now, "stamped", file=name, digest=digest_of(proof)), of_line=of_line)])
        *_, line = self.manifest.lines(containing=name)
        return line

    def forget(self, capture_id: str, now: datetime) -> None:
        """Put a tombstone in the place of a capture. Doing it again finishes what was interrupted. Raises ArchiveError."""
        kept = self.line_of(capture_id)
        done = next((line for line in self.manifest.lines(containing=capture_id) if line.did == "forgot"), None)
        stone = tombstone(kept.digest, kept.size_bytes, done.at if done else now)
        if not done:
            deed = replace(self._deed(now, "forgot", captures=[capture_id], digest=digest_of(stone)), warc=kept.warc)
            self.manifest.append([replace(deed, offset_bytes=kept.offset_bytes, size_bytes=kept.size_bytes)])
        self.archive.overwrite(kept.warc, kept.offset_bytes, stone)
        judgements.forget(self.archive.folder, capture_id)

    def judge(self, judged: judgements.Judged, now: datetime) -> None:
        """Keep what a person judged; when this returns, it is on the disk and in the manifest. Raises ArchiveError if it cannot be."""
        self.settle(now)
        self._note_judged(judgements.add(self.archive.folder, judged), now)

    def judged(self, now: datetime) -> tuple[judgements.Judged, ...]:
        """All that people judged and nobody forgot; what a crash left in the file alone is noted in the manifest."""
        noted = {line.digest for line in self.manifest.lines(containing='"did":"judged"')}
        found = list(judgements.entries(self.archive.folder))
        for raw, entry in found:
            if entry and entry.judged and digest_of(raw) not in noted:
                self._note_judged(digest_of(raw), now)
        return tuple(entry.judged for _, entry in found if entry and entry.judged)

    def count_judged(self) -> int:
        """How much people judged that nobody forgot."""
        return sum(entry is not None and entry.judged is not None for _, entry in judgements.entries(self.archive.folder))

    def _note_judged(self, digest: str, now: datetime) -> None:
        self.manifest.append([self._deed(now, "judged", file=judgements.FILE_NAME, digest=digest)])

    def line_of(self, capture_id: str) -> Line:
        """The line that notes where a capture was kept first. Raises ArchiveError if there is none."""
        for line in self.manifest.lines(containing=capture_id):
            if line.did in ("captured", "found") and capture_id in line.captures:
                return line
        raise ArchiveError(f"the manifest has no line on the capture {capture_id}")

    def forgotten(self) -> frozenset[str]:
        """The ids of the captures that were taken back: the same page is not kept again."""
        scanned, known = self._forgotten
        end = self.manifest.size_bytes()
        if end > scanned:
            lines = self.manifest.lines(containing='"did":"forgot"', start=scanned)
            self._forgotten = (end, known.union(*(line.captures for line in lines)))
        return self._forgotten[1]

    def _deed(self, now: datetime, did: Did, *, captures: Sequence[str] = (), file: str = "", digest: str = "", detail: str = "") -> Deed:
        return Deed(at=now, who=self.who, program=self.program, did=did, captures=tuple(captures), file=file, digest=digest, detail=detail)

    def _deed_of(self, stretch: Stretch, now: datetime, did: Did) -> Deed:
        return replace(
            self._deed(now, did, captures=[stretch.capture.id] if stretch.capture else [], digest=stretch.digest),
            warc=stretch.warc,
            offset_bytes=stretch.offset_bytes,
            size_bytes=stretch.size_bytes,
        )


def _up_to_the_last_whole(stretches: Iterable[Stretch], *, whole: bool) -> Iterator[Stretch]:
    """The stretches without those at the end that hold no record that can be read; all of them if `whole`."""
    held: list[Stretch] = []
    for stretch in stretches:
        held.append(stretch)
        if whole or stretch.readable:
            yield from held
            held = []
