"""Safekeeping: what a library does with what it has preserved. It verifies, stamps, shows as evidence, and takes back for good."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from getpass import getuser
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, Engine

from riwaya.errors import ArchiveError, LibraryError, NotFoundError
from riwaya.preserve import casework, evidence, stamps
from riwaya.preserve.custody import Custody
from riwaya.preserve.manifest import PROOFS, Did, Line
from riwaya.preserve.records import digest_of
from riwaya.preserve.redact import Redaction, named
from riwaya.preserve.verify import Verified, verify
from riwaya.preserve.warc import capture_id_of
from riwaya.records import Capture, Failure, Served, failed
from riwaya.settings import Settings
from riwaya.store import judged, query, search_sqlite, stories, update
from riwaya.store.sqlite import erase_what_was_deleted, reading


class Safekeeping:
    """The keeping of one library's captures; `Library.keeping`."""

    def __init__(self, folder: Path, engine: Engine, settings: Settings) -> None:
        program = f"riwaya {version('riwaya')}"
        self._folder = folder
        self.custody = Custody(folder / "captures", settings.warc_bytes, who=settings.user or _user(), program=program)
        self._engine = engine
        roots = folder / settings.timestamp_roots if settings.timestamp_roots else None
        self._authorities = stamps.Authorities(
            rfc3161=settings.timestamp_authority, roots=roots, calendars=tuple(settings.timestamp_calendars.split())
        )

    def settle(self) -> None:
        """Take in what a program that was killed left in the archive: into the manifest, then into the store."""
        archive = self.custody.archive
        with reading(self._engine).connect() as connection:
            behind = not self.custody.is_settled() or any(archive.captures(query.last_capture(connection)))
        if behind:  # only then does opening wait for whoever writes
            with self._engine.begin() as connection:
                self.custody.settle(datetime.now(UTC))
                update.take_in(connection, archive.captures(query.last_capture(connection)))

    def keep(self, connection: Connection, pages: Iterable[Served]) -> frozenset[str]:
        """Preserve those of some pages that are not kept yet, and were not forgotten, and note them in the store, within a transaction.

        The ids of the new captures. Raises ArchiveError if they cannot be written.
        """
        wanted: dict[str, Served] = {}
        for served in pages:
            wanted.setdefault(capture_id_of(served), served)
        known = query.known_among(connection, wanted) | self.custody.forgotten()
        new = [served for identity, served in wanted.items() if identity not in known]
        kept = self.custody.keep(new, datetime.now(UTC)) if new else ()
        update.add_captures(connection, kept)
        return frozenset(capture.id for capture in kept)

    def note(self, did: Did, *, captures: Sequence[str] = (), file: str = "", digest: str = "", detail: str = "") -> None:
        """Write a deed into the custody log."""
        with self._engine.begin():
            self.custody.note(did, datetime.now(UTC), captures=captures, file=file, digest=digest, detail=detail)

    def log(self) -> Iterable[Line]:
        """The custody log: every line of the manifest that can be read, in order."""
        return self.custody.manifest.lines()

    def verify(self, head: str = "") -> Verified:
        """Re-hash the archive, walk the manifest, compare the store; nothing is changed. `head`: a hash that must be in the chain."""
        with reading(self._engine).connect() as connection:
            known = query.all_captures(connection)
        return verify(self.custody.archive.folder, known=known, head=head, roots=self._authorities.roots)

    def capture(self, capture_id: str) -> Capture:
        """The capture that has this id. Raises NotFoundError."""
        with reading(self._engine).connect() as connection:
            found = query.captures_with(connection, capture_id)
        if len(found) != 1 or found[0].id != capture_id:
            raise NotFoundError(f"No capture has the id {capture_id!r}.")
        return found[0]

    def record_bytes(self, capture: Capture) -> bytes:
        """The WARC records of a capture as they lie in the archive. Raises ArchiveError if they are not what the manifest noted."""
        line = self.custody.line_of(capture.id)
        content = self.custody.archive.stretch_bytes(line.warc, line.offset_bytes, line.size_bytes)
        if digest_of(content) != line.digest:
            raise ArchiveError(f"the records of {capture.address} in {line.warc} are not those that line {line.line} of the manifest notes")
        return content

    def stamp(self) -> tuple[Line | Failure, ...]:
        """Have the manifest time-stamped as the settings say, and pending proofs upgraded; the lines that note it, or why not.

        A manifest in which nothing but time-stamps was noted since the last one is not stamped again.
        """
        manifest = self.custody.manifest
        last = max((line.of_line for line in manifest.lines(containing='"did":"stamped"')), default=0)
        is_new = any(line.line > last and line.did != "stamped" for line in manifest.lines())
        outcomes = list(self._upgrade())
        if not is_new:
            return tuple(outcomes)
        head = manifest.head()
        raw = next((raw for number, raw in enumerate(manifest.raw_lines(), 1) if number == head.line), b"")
        if self._authorities.rfc3161:
            outcomes.append(self._kept(stamps.rfc3161_proof(raw, self._authorities), f"{head.line:09}.tsr", head.line))
        if self._authorities.calendars:
            proof = stamps.calendar_proof(bytes.fromhex(head.hash), self._authorities.calendars)
            outcomes.append(self._kept(proof, f"{head.line:09}.ots", head.line))
        return tuple(outcomes)

    def evidence(
        self, article_ids: Sequence[str], path: str | Path, sheets: evidence.Sheets, *, redaction: Redaction | None = None
    ) -> evidence.Evidence:
        """Write a pack (WACZ) of some articles, or of all of a story's, to a new file `path`, with what `sheets` makes of it for people.

        `article_ids`: ids of articles, claims, events or stories, or their beginnings.

        Raises NotFoundError, LibraryError if there is such a file, ArchiveError if a capture is damaged, OSError.
        """
        path = Path(path)
        if path.exists():
            raise LibraryError(f"{path} exists already.")
        with reading(self._engine).connect() as connection:
            ids = [key for each in article_ids for key in _articles_of(connection, each)]
            readings = list(query.readings(connection, list(dict.fromkeys(ids))))
            found = [(each, query.captures_with(connection, each.article.capture_id or "")[0]) for each in readings]
        gathered = evidence.gathered(self.custody, found, redaction, datetime.now(UTC))
        digest = evidence.write_pack(self.custody, gathered, path, sheets)
        self.note("exported", captures=[capture.id for _, capture in found], file=path.name, digest=digest)
        return gathered

    def captures_of(self, words: str) -> tuple[Capture, ...]:
        """The captures that somebody means: the id of a capture, article, claim or event or its beginning; else a name, and then all
        captures that hold it, anywhere. Raises NotFoundError if there are none.
        """
        with reading(self._engine).connect() as connection:
            known = query.all_captures(connection)
            if re.fullmatch(r"[0-9a-f]{6,20}", words.strip().lower()):
                found = query.captures_with(connection, words)
                if not found:
                    article = next(query.readings(connection, [query.article_with(connection, words)])).article
                    found = (known[article.capture_id or ""],)
                if len(found) > 1:
                    raise NotFoundError(f"More than one id begins with {words!r}: give more of it.")
                return found
        name = named(words)
        holding = tuple(capture for capture in known.values() if name.is_in(capture.address.encode()) or self._holds(capture, name))
        if not holding:
            raise NotFoundError(f"No capture holds {words!r}.")
        return holding

    def forget(self, captures: Sequence[Capture]) -> None:
        """Remove captures for good, with all that was read from them: tombstones stay in the archive, lines in the manifest.

        Interrupted, it is finished by doing it again. Copies of the library and packs made before are not reached. ArchiveError.
        """
        with self._engine.begin() as connection:
            self.custody.settle(datetime.now(UTC))
            for capture in captures:
                self.custody.forget(capture.id, datetime.now(UTC))
            casework.forget(self._folder, [capture.id for capture in captures])
            update.drop_captures(connection, [capture.id for capture in captures])
            judged.forget(connection, [capture.id for capture in captures])
            search_sqlite.forget_removed(connection)
        erase_what_was_deleted(self._engine)

    def _holds(self, capture: Capture, name: Redaction) -> bool:
        try:
            return any(map(name.is_in, self.custody.archive.head_and_payload(capture)))
        except ArchiveError:
            return False

    def _upgrade(self) -> Iterable[Line | Failure]:
        """Ask the calendars again about proofs that no block attests yet."""
        kept = {line.file: line for line in self.custody.manifest.lines(containing='"did":"stamped"') if line.file.endswith(".ots")}
        if not self._authorities.calendars:
            return
        proofs: dict[str, bytes] = {}
        for name in kept:
            try:
                proofs[name] = (self._proofs / name).read_bytes()
            except OSError as error:
                yield failed("preserve", name, "damaged record", f"The proof cannot be upgraded: {error.strerror}.")
        for name, later in stamps.upgraded(proofs, self._authorities.calendars).items():
            yield self._kept(later, name, kept[name].of_line)

    def _kept(self, proof: bytes | Failure, name: str, of_line: int) -> Line | Failure:
        if isinstance(proof, Failure):
            return proof
        with self._engine.begin():
            self.custody.settle(datetime.now(UTC))
            return self.custody.keep_proof(proof, name, of_line, datetime.now(UTC))

    @property
    def _proofs(self) -> Path:
        return self.custody.archive.folder / PROOFS


def _articles_of(connection: Connection, beginning: str) -> tuple[str, ...]:
    """The article that somebody means by the beginning of an id, or the articles of the story that has it. Raises NotFoundError."""
    try:
        return (query.article_with(connection, beginning),)
    except NotFoundError as no_article:
        try:
            story = stories.story_of(connection, stories.story_with(connection, beginning))
        except NotFoundError:
            raise no_article from None
    carriers = {key for account in story.accounts for key in account.carried_by}
    return tuple(sorted({*story.articles, *story.reactions, *carriers}))


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # the system has no name for this user
        return "unknown"
