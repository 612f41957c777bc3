"""Library: one folder that holds captures, what was read from them, and the settings.

    riwaya.toml         settings
    captures/*.warc.gz  the pages as they were served: the truth, only ever appended to
    captures/manifest.jsonl  each capture and each deed, in lines that are chained by their hashes; captures/proofs/ time-stamps of them
    library.sqlite      what was read from them: derived, can be rebuilt from the captures
    casework/           cases and saved searches: what people keep, a file each
    places.sqlite       places that were imported, actors.toml actors that were added, where there are any
    backups/            copies

Only this module joins the stages to the archive and the store.
"""

import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from os import cpu_count
from pathlib import Path
from shutil import copy2
from typing import NamedTuple, Self

from sqlalchemy import Connection

from riwaya.accounting import Accounting
from riwaya.casework import Cases, Searches
from riwaya.collect.fetch import Limits
from riwaya.collect.outlets import FOLDER, chosen_outlets, layouts_of, load_outlets
from riwaya.collect.pages import open_page
from riwaya.correcting import Correcting
from riwaya.errors import ArchiveError, LibraryError
from riwaya.intake import Collected, Intake, Progress
from riwaya.knowledge import actors, imports
from riwaya.preserve import casework
from riwaya.preserve.warc import Archive
from riwaya.read.page import articles_in
from riwaya.read.reading import NAMES, reader_for, vector_of
from riwaya.records import Article, Capture, Failure, Layout, ReaderKind, Reading, Served, failed
from riwaya.safekeeping import Safekeeping
from riwaya.settings import FILE_NAME, TEMPLATE, Settings, load_settings
from riwaya.store import query, schema, update
from riwaya.store.meanings import Meanings
from riwaya.store.query import Counts
from riwaya.store.questions import Question, question_in
from riwaya.store.search import Part, Results
from riwaya.store.search import search as answers
from riwaya.store.sqlite import copy_database, is_writable, open_engine, reading, refusals, take_statistics
from riwaya.store.update import Rows
from riwaya.store.versions import versions_of
from riwaya.workers.local import in_processes

_BATCH = 20  # pages in one transaction
_PAGES_WORTH_A_PROCESS = 200  # starting a process takes as long as reading about so many pages


class Read(NamedTuple):
    """What `Library.read` did."""

    pages: int
    articles: int
    failures: int  # pages that gave none


class Library:
    """A riwaya library. Make one with `Library.create`, `Library.open` or `Library.find`; close it, or use it in a `with`.

    `keeping` verifies its captures, stamps them, shows them as evidence and takes them back; `accounting` relates what was read and
    tells its stories; `cases` and `searches` are what its users keep.
    """

    def __init__(self, folder: Path, settings: Settings, *, only_read: bool = False) -> None:
        self.folder = folder
        self.settings = settings
        self.reader: ReaderKind = settings.reader  # who reads from now on; may be set
        self._engine = open_engine(folder / "library.sqlite", only_read=only_read)
        self.keeping = Safekeeping(folder, self._engine, settings)
        self.accounting = Accounting(folder, self._engine, self.keeping.custody)
        self.cases = Cases(folder, self._engine, self.keeping.custody.who)
        self.searches = Searches(folder, self._engine, self.keeping.custody.who)
        self.correcting = Correcting(folder, self._engine, self.keeping.custody)
        self._archive = self.keeping.custody.archive
        self._meanings = Meanings()
        self.intake = Intake(folder, self._engine, settings, ready=self._require_captures, keep=self.keeping.keep)

    @classmethod
    def create(cls, folder: str | Path) -> Self:
        """A new library in `folder`, which is made if need be. Raises LibraryError if it is one already, or cannot be one."""
        folder = Path(folder).absolute()
        around = _library_around(folder)
        if around:
            raise LibraryError(f"{folder} is a library already." if around == folder else f"{folder} lies in the library {around}.")
        try:
            (folder / "captures").mkdir(parents=True, exist_ok=True)
            (folder / FILE_NAME).write_text(TEMPLATE, encoding="utf-8")
        except OSError as error:
            raise LibraryError(f"{folder} cannot become a library: {error.strerror}.") from error
        return cls.open(folder)

    @classmethod
    def open(cls, folder: str | Path, *, only_read: bool = False) -> Self:
        """The library in `folder`. An older one is first copied into backups/ and then migrated.

        Captures that are in the WARC files but not in the manifest or the database (the machine went down in between) are taken in.
        With `only_read`, and where the folder cannot be written, nothing is changed, and what would change it raises LibraryError.
        Raises LibraryError if there is no library, or it is newer than this program, or damaged; SettingsError.
        """
        folder = Path(folder).absolute()
        if not (folder / FILE_NAME).is_file():
            raise LibraryError(f"{folder} is no library: it has no {FILE_NAME}.")
        only_read = only_read or not is_writable(folder)
        library = cls(folder, load_settings(folder), only_read=only_read)
        with refusals(library._engine):
            if only_read:
                schema.require_this(library._engine)
            else:
                schema.bring_up_to_date(library._engine, backup=library._backup_name())
                library.keeping.settle()
                library.correcting.settle()
            return library

    @classmethod
    def find(cls, start: str | Path = ".", *, only_read: bool = False) -> Self:
        """The library of the nearest folder with a riwaya.toml, from `start` upwards, opened. Raises LibraryError if there is none."""
        found = _library_around(Path(start).absolute())
        if found is None:
            raise LibraryError(f"Neither {Path(start).absolute()} nor a folder above it is a library.")
        return cls.open(found, only_read=only_read)

    def close(self) -> None:
        """Let go of the database and of all connections."""
        self.intake.close()
        self._engine.dispose()

    def connect(self) -> Connection:
        """A connection to ask the store by (riwaya.store.query ...), for one thread: it sees one state, and locks nobody out. Close it."""
        return reading(self._engine).connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def collect(
        self, places: Iterable[str | Path], *, addresses: Mapping[Path, str] | None = None, progress: Progress | None = None
    ) -> Collected:
        """Capture files, folders, web archives, exports, lists and http(s) addresses; what fails is stored as a failure.

        `addresses` gives files the address they are to be known by; without it that is their file: address. A page is safe on
        the disk when `progress` is told of it.
        """
        known_as = {path.resolve(): address for path, address in (addresses or {}).items()}
        return self.intake.collect(places, known_as, progress)

    def collect_outlets(self, keys: Collection[str] = (), *, progress: Progress | None = None) -> Collected:
        """Capture what the outlets of the library (or those with these keys) list and is not known yet, and what may have changed.

        With the setting `timestamp_rounds` the manifest is stamped then; that nobody stamps it is one of the failures, and loses nothing.
        Raises OutletError if there is no outlet of a key, or none at all; LibraryError if another process is collecting.
        """
        done = self.intake.round(chosen_outlets(self.intake.outlets, keys), progress)
        if not self.settings.timestamp_rounds:
            return done
        return done._replace(failures=(*done.failures, *(each for each in self.keeping.stamp() if isinstance(each, Failure))))

    def versions(self, beginning: str) -> tuple[tuple[Capture, Article], ...]:
        """The versions of the article that has this id or its beginning, the oldest first: what its outlet changed. NotFoundError."""
        with reading(self._engine).connect() as connection:
            return versions_of(connection, query.article_with(connection, beginning))

    def _require_captures(self) -> None:
        with reading(self._engine).connect() as connection:
            self._archive.require(query.warc_ends(connection))  # else a lost file's name would be given to another

    def read(self, *, jobs: int | None = None, progress: Progress | None = None) -> Read:
        """Read the captures that this reader has not read yet, in `jobs` processes (None: as the settings say); resumable.

        Raises ModelError if the model is to read and its files are not right, KnowledgeError or OutletError if the library's lists are not.
        """
        lists = {"places": self.folder / imports.OWN_FILE, "actors": self.folder / actors.OWN_FILE}
        open_reader = partial(reader_for, self.reader, threads=self.settings.threads, vectors=bool(self.settings.vectors), **lists)
        open_reader()  # what is wrong with it is an error of the whole run, not of each page
        total = self.counts().unread
        jobs = jobs or min(self.settings.jobs or cpu_count() or 1, 1 + total // _PAGES_WORTH_A_PROCESS)
        pages = articles = failures = 0
        captures = query.unread_captures(self._engine, NAMES[self.reader])
        one = partial(_read_capture, self._archive, open_reader, layouts_of(load_outlets(self.folder / FOLDER).values()))
        with closing(in_processes(one, captures, jobs=jobs, lost=_lost)) as read:
            while batch := list(islice(read, _BATCH)):
                with self._engine.begin() as connection:
                    update.replace_readings(connection, NAMES[self.reader], batch)
                    self.correcting.apply(connection, [capture.id for capture, _ in batch])
                pages += len(batch)
                failures += sum(isinstance(outcome, Failure) for _, outcome in batch)
                articles += sum(len(outcome["articles"]) for _, outcome in batch if not isinstance(outcome, Failure))
                if progress:
                    progress(pages, max(pages, total))
        if pages:
            with self._engine.begin() as connection:
                take_statistics(connection)
            self.keeping.note("read", detail=f"{NAMES[self.reader]}: pages {pages}, articles {articles}, failures {failures}")
        return Read(pages=pages, articles=articles, failures=failures)

    def rebuild(self, *, jobs: int | None = None, progress: Progress | None = None) -> Read:
        """Make everything that is derived anew from the captures alone; interrupted, `read` goes on with it.

        Raises ArchiveError, and changes nothing, if a WARC file that captures are known of is missing.
        """
        with self._engine.begin() as connection:
            self._archive.require(query.warc_ends(connection))
            update.forget_derived(connection)
            update.take_in(connection, self._archive.captures())
        return self.read(jobs=jobs, progress=progress)

    def search(self, question: str, *, part: Part | None = None, today: date | None = None) -> Results:
        """The articles that answer a question, as riwaya.store.questions describes them; any text is a question, none is an error.

        `part` is which of them are wanted in full (None: the nearest 20); relative days count from `today`.
        """
        asked = question_in(question, today or datetime.now(UTC).date())
        with reading(self._engine).connect() as connection:
            return answers(connection, asked, part or Part(), self._likeness(connection, asked))

    def _likeness(self, connection: Connection, question: Question) -> Mapping[str, float]:
        """How like what each article says is to the words of a question, as far as there are vectors and they are wanted."""
        if not (question.words and self.settings.vectors):
            return {}
        return self._meanings.likeness(connection, partial(vector_of, question.words, threads=self.settings.threads))

    def show(self, beginning: str) -> Reading:
        """The reading that has this article, claim or event; the beginning of an id will do. Raises NotFoundError."""
        with reading(self._engine).connect() as connection:
            return next(query.readings(connection, [query.article_with(connection, beginning)]))

    def readings(self) -> Iterator[Reading]:
        """All readings in the order of publication, those without a day at the end; the library as it is when this begins."""
        with reading(self._engine).connect() as connection:
            ids = iter(query.article_ids(connection))
            while batch := list(islice(ids, _BATCH)):
                yield from query.readings(connection, batch)

    def failures(self) -> tuple[Failure, ...]:
        """All failures, each once."""
        with reading(self._engine).connect() as connection:
            return query.all_failures(connection)

    def counts(self) -> Counts:
        """How many captures, unread captures, articles, mentions, claims, events and failures there are."""
        with reading(self._engine).connect() as connection:
            return query.counts(connection, NAMES[self.reader])

    def backup(self, folder: str | Path | None = None) -> Path:
        """Copy the library, as a library, to a new folder (None: in backups/), and say where. LibraryError if that cannot be."""
        target = Path(folder).absolute() if folder else self._backup_name()
        partial_copy = target.with_name(target.name + ".partial")
        if target.exists():
            raise LibraryError(f"{target} exists already.")
        try:
            partial_copy.mkdir(parents=True)
            copy_database(self._engine, partial_copy / "library.sqlite")  # first: captures that come later are taken in on opening
            for name in filter(lambda name: (self.folder / name).exists(), (FILE_NAME, imports.OWN_FILE, actors.OWN_FILE)):
                copy2(self.folder / name, partial_copy)
            casework.copy_to(self.folder, partial_copy)
            self._archive.copy_to(partial_copy / "captures")
            partial_copy.rename(target)
        except OSError as error:
            raise LibraryError(f"The backup {target} cannot be written: {error.strerror}.") from error
        return target

    def _backup_name(self) -> Path:
        return self.folder / "backups" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}"


def _library_around(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / FILE_NAME).is_file()), None)


def read_page(
    page: str | Path | bytes, *, address: str = "", reader: ReaderKind | None = None, settings: Settings | None = None
) -> tuple[Reading, ...] | Failure:
    """What is read from one page without any library: a file, an http(s) address, or the bytes themselves, served at `address`.

    `reader` is who reads it (None: as the settings say). Raises ModelError if that is the model and its files are not right.
    """
    if isinstance(page, bytes):
        found = articles_in(page, address=address)
    else:
        served = _open(page, settings or load_settings(), address or None)
        found = served if isinstance(served, Failure) else articles_in(served.payload, address=served.address, media_type=served.media_type)
    settings = settings or load_settings()
    read = reader_for(reader or settings.reader, threads=settings.threads)
    return found if isinstance(found, Failure) else tuple(map(read, found))


def _open(page: str | Path, settings: Settings, address: str | None) -> Served | Failure:
    limits = Limits(bytes=settings.page_bytes, seconds=settings.fetch_seconds)
    return open_page(page, address=address, limits=limits, now=datetime.now(UTC), loopback=bool(settings.loopback))


def _read_capture(
    archive: Archive, open_reader: Callable[[], Callable[[Article], Reading]], layouts: Mapping[str, Sequence[Layout]], capture: Capture
) -> tuple[Capture, Rows | Failure]:
    """What one capture gives, as rows. A bug costs this one page, and is kept with its traceback."""
    try:
        payload = archive.payload(capture)
    except ArchiveError as error:
        return capture, failed("preserve", capture.address, "damaged capture", str(error))
    read = open_reader()
    try:
        served_as = {"address": capture.address, "media_type": capture.media_type}
        found = articles_in(payload, **served_as, capture_id=capture.id, captured_at=capture.captured_at, layouts=layouts)
        return capture, found if isinstance(found, Failure) else update.rows_of(capture.id, map(read, found))
    except Exception:  # noqa: BLE001 - the one place; nothing else of the run is to be lost by it
        return capture, failed("read", capture.address, "bug", traceback.format_exc())


def _lost(capture: Capture) -> tuple[Capture, Failure]:
    return capture, failed("read", capture.address, "bug", "The process that read this page was ended from outside or crashed.")
