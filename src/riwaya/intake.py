"""What comes into a library: files, addresses, and rounds over its outlets. Joins the collecting stage to the archive and the store."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from riwaya.collect.addresses import file_address, without_credentials
from riwaya.collect.fetch import Limits, Web, validators_of
from riwaya.collect.lists import entries_in_lines
from riwaya.collect.outlets import FOLDER, Outlet, delays_of, load_outlets, own_outlets, toml_of
from riwaya.collect.pages import is_address, pages_at, pages_in
from riwaya.collect.polite import Fetcher, Manners, Wanted
from riwaya.collect.proposals import proposal_for
from riwaya.collect.rounds import Listed, listed
from riwaya.errors import OutletError
from riwaya.preserve.warc import capture_id_of
from riwaya.records import Failure, Lead, Served, Unchanged, Visit
from riwaya.settings import Settings
from riwaya.store import update
from riwaya.store.sqlite import reading
from riwaya.store.versions import captured_among
from riwaya.store.visits import note_visits, visits_due, visits_to
from riwaya.workers.lock import alone
from riwaya.workers.signals import uninterrupted

Progress = Callable[[int, int], None]  # how many are done, of how many; called when they are safely stored

_GROUP = 200  # pages of files that are stored at once ...
_GROUP_BYTES = 8_000_000  # ... or fewer, if they are large
_HOUR = timedelta(hours=1)


class Collected(NamedTuple):
    """What `Library.collect` or `Library.collect_outlets` did."""

    new: int  # captures added
    known: int  # the same bytes had been served at the same address before, or the server said that nothing changed
    failures: tuple[Failure, ...]
    changed: int = 0  # of the new ones: something else had been captured at the address before
    leads: int = 0  # pages that feeds and lists named


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """What came of an address or a file."""

    asked: str | Path
    outcome: Served | Unchanged | Failure | None  # None: leads, which are no page themselves
    visit: Visit | None = None  # None: it is not remembered


@dataclass(slots=True)
class _Tally:
    """What has come so far."""

    progress: Progress | None
    total: int
    done: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    leads: int = 0
    failures: list[Failure] = field(default_factory=list)

    def count(self) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, max(self.done, self.total))

    def collected(self) -> Collected:
        return Collected(new=self.new, known=self.known, failures=tuple(self.failures), changed=self.changed, leads=self.leads)


class Intake:
    """The way into one library.

    `ready` raises ArchiveError if nothing may be added; `keep` stores what was served, within a transaction, and gives
    the ids of the captures that are new.
    """

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        settings: Settings,
        *,
        ready: Callable[[], None],
        keep: Callable[[Connection, Iterable[Served]], Collection[str]],
    ) -> None:
        self._ready = ready
        self.folder = folder
        self._engine = engine
        self._settings = settings
        self._keep = keep
        self._web: Web | None = None

    def close(self) -> None:
        """Let go of all connections."""
        if self._web:
            self._web.close()

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets of the library, from the TOML files of its own folder. Raises OutletError."""
        return own_outlets(self.folder / FOLDER)

    @cached_property
    def fetcher(self) -> Fetcher:
        """Asks hosts as politely as settings and outlets say; the same one for all rounds, for it remembers what hosts asked of it."""
        self._web = Web(loopback=bool(self._settings.loopback), contact=self._settings.contact)
        limits = Limits(bytes=self._settings.page_bytes, seconds=self._settings.fetch_seconds)
        manners = Manners(
            delay_seconds=self._settings.delay_seconds, delays=delays_of(self.outlets), hosts_at_once=self._settings.hosts_at_once
        )
        return Fetcher(self._web, limits, manners)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process asks the web for this library meanwhile. Raises LibraryError if one does already."""
        with alone(self.folder / "collect.lock", "collecting into this library"):
            yield

    @contextmanager
    def watching(self) -> Iterator[None]:
        """No other process collects round after round for this library meanwhile. Raises LibraryError if one does already."""
        with alone(self.folder / "watch.lock", "watching the outlets of this library"):
            yield

    def collect(self, places: Iterable[str | Path], addresses: Mapping[Path, str], progress: Progress | None) -> Collected:
        """Capture files, what folders hold, and addresses, also those that lists name."""
        self._ready()
        pages = list(dict.fromkeys(page for place in places for page in pages_at(place)))
        tally = _Tally(progress, len(pages))
        leads = [Lead(address=str(page)) for page in pages if is_address(page)]
        self._store(_grouped(self._from_files([Path(page) for page in pages if not is_address(page)], addresses, leads)), tally)
        tally.leads = len(leads) - sum(map(is_address, pages))
        self._collect_leads(leads, tally)
        return tally.collected()

    def collect_list(self, lines: Iterable[bytes], name: str, progress: Progress | None) -> Collected:
        """Capture the texts that lines hold, and the pages whose addresses they are."""
        self._ready()
        tally = _Tally(progress, 0)
        leads: list[Lead] = []
        entries = entries_in_lines(lines, name, max_bytes=self._settings.page_bytes, now=datetime.now(UTC))
        self._store(_grouped(_pages(entries, name, leads)), tally)
        self._collect_leads(leads, tally)
        return tally.collected()

    def add_outlet(self, name: str) -> tuple[Outlet, Path, tuple[Lead, ...]] | Failure:
        """Take an outlet into the library: one that riwaya knows by its key, or a new one by its home page; with the file it stands in.

        Raises OutletError if the key is not known or the library has the outlet already; the leads are those that its feed names.
        """
        found = proposal_for(name, self.fetcher) if is_address(name) else load_outlets().get(name)
        if found is None:
            raise OutletError(
                f"riwaya knows no outlet {name!r}: riwaya outlets list shows those that it knows; a new one needs its address."
            )
        if isinstance(found, Failure):
            return found
        outlet, leads = (found, ()) if isinstance(found, Outlet) else found
        file = self.folder / FOLDER / f"{outlet.key}.toml"
        try:
            file.parent.mkdir(exist_ok=True)
            with file.open("x", encoding="utf-8") as written:
                written.write(toml_of(outlet))
        except FileExistsError:
            raise OutletError(f"The library has the outlet {outlet.key!r} already: {file}.") from None
        except OSError as error:
            raise OutletError(f"{file} cannot be written: {error.strerror}.") from error
        return outlet, file, leads

    def listed(self, outlets: Sequence[Outlet]) -> Iterator[Listed]:
        """What the listings of outlets give; nothing is stored."""
        with self.alone():
            yield from listed(outlets, self.fetcher)

    def round(self, outlets: Sequence[Outlet], progress: Progress | None) -> Collected:
        """Capture what outlets list and is not known yet, and what was first seen not long ago and may have changed."""
        self._ready()
        tally = _Tally(progress, 0)
        with self.alone():
            leads: dict[str, Lead] = {}
            self._store(self._from_listings(outlets, leads), tally)
            tally.leads = len(leads)
            now = datetime.now(UTC)
            with reading(self._engine).connect() as connection:
                seen = visits_to(connection, leads)
                due = visits_due(
                    connection,
                    [outlet.key for outlet in outlets],
                    first_after=now - self._settings.again_days * 24 * _HOUR,
                    last_before=now - self._settings.again_hours * _HOUR,
                )
            new = [lead for address, lead in leads.items() if address not in seen]
            tally.total = tally.done + len(new) + len(due)
            self._store(self._from_web(new, due), tally)
        return tally.collected()

    def _collect_leads(self, leads: Sequence[Lead], tally: _Tally) -> None:
        tally.total = tally.done + len(leads)
        if leads:
            with self.alone():
                self._store(self._from_web(leads, due=()), tally)

    def _from_files(self, files: Iterable[Path], addresses: Mapping[Path, str], leads: list[Lead]) -> Generator[_Came, None, None]:
        """What files hold; leads among it are put to those that are there."""
        for file in files:
            address = addresses.get(file.resolve())
            yield from _pages(pages_in(file, address=address, max_bytes=self._settings.page_bytes, now=datetime.now(UTC)), file, leads)

    def _from_listings(self, outlets: Sequence[Outlet], leads: dict[str, Lead]) -> Generator[list[_Came], None, None]:
        """What listings of outlets give themselves; the leads in them are put to those that are there."""
        for each in listed(outlets, self.fetcher):
            if isinstance(each.found, tuple):
                for lead in each.found:
                    leads.setdefault(lead.address, lead)
                yield [_Came(asked=each.address, outcome=None)]
            else:
                yield [_Came(asked=each.address, outcome=each.found)]

    def _from_web(self, leads: Sequence[Lead], due: Sequence[Visit]) -> Generator[list[_Came], None, None]:
        """What addresses give, as it comes; those that were visited before are asked with what their servers told."""
        with reading(self._engine).connect() as connection:
            before = visits_to(connection, [lead.address for lead in leads]) | {visit.address: visit for visit in due}
        outlets = {lead.address: lead.outlet for lead in leads} | {visit.address: visit.outlet for visit in due}
        asked = [Wanted(address=address, validators=before[address].validators if address in before else None) for address in outlets]
        with closing(self.fetcher.fetch_groups(asked)) as groups:
            for group in groups:
                yield [
                    _Came(asked=address, outcome=outcome, visit=_visit(address, outlets[address], outcome, before.get(address)))
                    for address, outcome in ((wanted.address, outcome) for wanted, outcome in group)
                ]

    def _store(self, groups: Generator[list[_Came], None, None], tally: _Tally) -> None:
        """Store what comes, a group at once: what `progress` is told of is on the disk."""
        with closing(groups):  # who stops asks for nothing more
            for group in groups:
                with uninterrupted(), self._engine.begin() as connection:
                    self._store_group(connection, group, tally)
                for _ in group:
                    tally.count()

    def _store_group(self, connection: Connection, group: Sequence[_Came], tally: _Tally) -> None:
        pages = [came.outcome for came in group if isinstance(came.outcome, Served)]
        before = captured_among(connection, {page.address for page in pages})
        new = set(self._keep(connection, pages))
        update.clear_collect_failures(connection, _failed_no_longer(group))
        for came in group:
            outcome = came.outcome
            if isinstance(outcome, Failure):
                update.add_failure(connection, outcome)
                tally.failures.append(outcome)
            elif isinstance(outcome, Served) and (identity := capture_id_of(outcome)) in new:
                new.remove(identity)  # the same page may come twice in a group
                tally.new += 1
                tally.changed += outcome.address in before
                before.add(outcome.address)
            else:
                tally.known += outcome is not None
        note_visits(connection, [came.visit for came in group if came.visit])


def _grouped(coming: Iterable[_Came]) -> Generator[list[_Came], None, None]:
    """What comes in groups that are worth a transaction and fit into memory."""
    group: list[_Came] = []
    size = 0
    for came in coming:
        group.append(came)
        size += len(came.outcome.payload) if isinstance(came.outcome, Served) else 0
        if len(group) >= _GROUP or size >= _GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _pages(entries: Iterable[Served | Lead | Failure], asked: str | Path, leads: list[Lead]) -> Generator[_Came, None, None]:
    """The pages among what a file holds; leads among it are put to those that are there."""
    for entry in entries:
        if isinstance(entry, Lead):
            leads.append(entry)
        else:
            yield _Came(asked=asked, outcome=entry)


def _visit(address: str, outlet: str, outcome: Served | Unchanged | Failure, before: Visit | None) -> Visit | None:
    """What is to be remembered of a visit: nothing of one that failed for reasons that pass, so that the page stays new, and no secret."""
    passes = isinstance(outcome, Failure) and outcome.reason == "unreachable"
    if passes or address != without_credentials(address):
        return None
    now = datetime.now(UTC)
    validators = validators_of(outcome) if isinstance(outcome, Served) else before.validators if before else None
    if before:
        return replace(before, last_at=now, validators=validators)
    return Visit(address=address, outlet=outlet, first_at=now, last_at=now, validators=validators)


def _failed_no_longer(group: Iterable[_Came]) -> set[str]:
    """Where what could be collected may have failed before: at its own address, or in a folder that held no page."""
    came = [each for each in group if not isinstance(each.outcome, Failure)]
    asked = {each.asked for each in came}
    files = {place for file in asked if isinstance(file, Path) for place in (file, *file.absolute().parents)}
    served = (each.outcome.address for each in came if each.outcome)
    return {*map(file_address, files), *(address for address in asked if isinstance(address, str)), *served}
