"""The commands that collect: once, on a schedule, and the outlets to collect from."""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from riwaya.collect.addresses import file_address
from riwaya.collect.outlets import FOLDER, Outlet, load_outlets
from riwaya.errors import LibraryError, OutletError
from riwaya.intake import Collected
from riwaya.library import Library
from riwaya.read.changes import changes_between
from riwaya.records import Failure
from riwaya.terminal import DAMAGED_INPUT, LibraryFolder, err, failure_line, out

outlets = typer.Typer(help="Outlets: who publishes, and where their new pages are listed.", no_args_is_help=True)
Keys = Annotated[list[str] | None, typer.Option("--outlet", help="Only this outlet of the library; may stand more than once.")]
_STYLES = {"kept": "", "removed": "red strike", "added": "green underline"}
_TICK_SECONDS = 1.0


def collect(
    places: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders (html, htm, txt, mhtml, warc, wacz, Telegram's result.json), lists (csv, jsonl), http(s) addresses; "
            "- reads addresses from standard input. Without any: what the library's outlets list."
        ),
    ] = None,
    outlet: Keys = None,
    listed: Annotated[Path | None, typer.Option("--list", help="A file of addresses, one a line, to be fetched.")] = None,
    library: LibraryFolder = None,
) -> None:
    """Preserve pages in the library, exactly as served. Reading comes after: riwaya read."""
    if outlet and (places or listed):
        raise typer.BadParameter("has no use together with the other words", param_hint="--outlet")
    with _library(library) as opened:
        parts: list[Collected] = []
        with _status("collecting") as progress:
            if listed:
                with listed.open("rb") as lines:
                    parts.append(opened.intake.collect_list(lines, file_address(listed), progress))
            if "-" in (places or ()):
                parts.append(opened.intake.collect_list(sys.stdin.buffer, "standard input", progress))
            named = [place for place in places or () if place != "-"]
            if named:
                parts.append(opened.collect(named, progress=progress))
            if not parts:
                parts.append(opened.collect_outlets(outlet or (), progress=progress))
    for done in parts:
        out.print(_said(done), soft_wrap=True)
        _print_failures(done.failures)
    if any(done.failures for done in parts):
        raise typer.Exit(DAMAGED_INPUT)


def watch(
    every: Annotated[int, typer.Option(help="Minutes from the beginning of one round to that of the next.", min=1)] = 15,
    rounds: Annotated[int | None, typer.Option(help="End after so many rounds; else when it is stopped (Ctrl-C).", min=1)] = None,
    outlet: Keys = None,
    library: LibraryFolder = None,
) -> None:
    """Collect what the library's outlets list, round after round. It may be stopped at any moment; nothing that was captured is lost."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _library(library) as opened, opened.intake.watching():
        done, failed = 0, frozenset[str]()
        try:
            while True:
                began = time.monotonic()
                failed = one_round(opened, outlet or (), failed)
                done += 1
                if done == rounds:
                    return
                _wait_until(began + every * 60)
        except KeyboardInterrupt:
            out.print(f"Stopped after {done} rounds.")


def changes(
    beginning: Annotated[str, typer.Argument(metavar="ID", help="The id of an article, or its beginning.")], library: LibraryFolder = None
) -> None:
    """Show what an outlet changed in an article after publishing it: each version against the one before."""
    with _library(library) as opened:
        versions = opened.versions(beginning)
    for number, (capture, article) in enumerate(versions, 1):
        out.print(f"Version {number} of {len(versions)}: captured {capture.captured_at:%Y-%m-%d %H:%M} UTC · article {article.id}")
        if number == 1:
            out.print(Text(article.title, style="bold"))
    for (_, old), (kept, new) in pairwise(versions):
        out.print(f"\nChanged by {kept.captured_at:%Y-%m-%d %H:%M} UTC:")
        for change in changes_between(f"{old.title}\n{old.text}", f"{new.title}\n{new.text}"):
            words = change.words if change.kind != "kept" or len(change.words) < 120 else f"{change.words[:50]} … {change.words[-50:]}"
            mark = {"kept": "  ", "removed": "- ", "added": "+ "}[change.kind]
            out.print(Text(mark + " ".join(words.split()), style=_STYLES[change.kind]))


@outlets.command("list")
def list_outlets(
    country: Annotated[str, typer.Option(help="Only those of a country, two letters.")] = "", library: LibraryFolder = None
) -> None:
    """Show the outlets that riwaya knows; * marks those of the library."""
    own: tuple[Outlet, ...] = ()
    try:
        with _library(library) as opened:
            own = opened.intake.outlets
    except LibraryError:
        if library:
            raise
    known = {**load_outlets(), **{each.key: each for each in own}}
    for outlet in sorted(known.values(), key=lambda each: (each.country, each.key)):
        if country.upper() in ("", outlet.country):
            mark = "*" if outlet in own else " "
            sure = ", ".join(f"{listing.kind} {listing.sure}" for listing in outlet.listings) or "no listing"
            out.print(
                Text.assemble(f"{mark} {outlet.country:2} {outlet.key:22} ", (outlet.name, "bold"), f"  {outlet.kind}  ", (sure, "dim")),
                soft_wrap=True,
            )


@outlets.command("add")
def add_outlets(
    named: Annotated[
        list[str], typer.Argument(metavar="KEY|HOME PAGE", help="Keys of outlets that riwaya knows, or addresses of home pages.")
    ],
    library: LibraryFolder = None,
) -> None:
    """Take outlets into the library. For a home page the feed is looked for; the file that is written may be edited."""
    failures: list[Failure] = []
    with _library(library) as opened:
        for name in named:
            added = opened.intake.add_outlet(name)
            if isinstance(added, Failure):
                failures.append(added)
                continue
            outlet, file, leads = added
            first = f"; {outlet.listings[0].kind} {outlet.listings[0].address} names {len(leads)} pages" if leads else ""
            out.print(f"{outlet.key}: {file}{first}", markup=False, soft_wrap=True)
    _print_failures(failures)
    if failures:
        raise typer.Exit(DAMAGED_INPUT)


@outlets.command("test")
def try_outlets(
    keys: Annotated[
        list[str] | None, typer.Argument(help="Keys of outlets, of the library or not; without any: all of the library.")
    ] = None,
    library: LibraryFolder = None,
) -> None:
    """Ask what outlets list, and store nothing. Ends with 3 if one of them lists nothing."""
    with _library(library) as opened:
        known = load_outlets(opened.intake.folder / FOLDER)
        missing = sorted(set(keys or ()) - known.keys())
        if missing:
            raise OutletError(f"There is no outlet {missing[0]!r}: riwaya outlets list shows those that there are.")
        chosen = [known[key] for key in keys] if keys else list(opened.intake.outlets)
        good = set()
        for each in opened.intake.listed(chosen):
            if isinstance(each.found, Failure):
                err.print(Text.assemble(f"{each.outlet.key}  "), failure_line(each.found), soft_wrap=True)
            else:
                good.add(each.outlet.key)
                out.print(f"{each.outlet.key}  {each.address}  {_what(each.found)}", markup=False, soft_wrap=True)
    if len(good) < len(chosen):
        raise typer.Exit(DAMAGED_INPUT)


def one_round(opened: Library, keys: Sequence[str], failed: frozenset[str]) -> frozenset[str]:
    """Collect once and say what came, and of the failures those that are not in `failed`, the ids of the last round's; the ids of all."""
    at = f"{datetime.now(UTC):%H:%M} UTC  "
    try:
        with _status("collecting") as progress:
            done = opened.collect_outlets(keys, progress=progress)
    except LibraryError as error:  # somebody collects by hand: the next round comes
        err.print(at + str(error), markup=False, soft_wrap=True)
        return failed
    out.print(at + _said(done), soft_wrap=True)
    sys.stdout.flush()
    _print_failures([failure for failure in done.failures if failure.id not in failed])
    return frozenset(failure.id for failure in done.failures)


def _wait_until(moment: float) -> None:
    with err.status("") as status:
        while (left := moment - time.monotonic()) > 0:
            status.update(f"next round in {int(left) // 60}:{int(left) % 60:02}; Ctrl-C stops")
            time.sleep(min(left, _TICK_SECONDS))


def _said(done: Collected) -> str:
    said = f"New captures: {done.new}; known before: {done.known}; failures: {len(done.failures)}."
    leads = f" Pages named: {done.leads}." if done.leads else ""
    changed = f" Served otherwise than before: {done.changed}." if done.changed else ""
    return said + leads + changed


def _what(found: object) -> str:
    if not isinstance(found, tuple):
        return "a page of posts"
    newest = max((lead.published for lead in found if lead.published), default=None)
    return f"{len(found)} pages, the newest of {newest:%Y-%m-%d %H:%M} UTC" if newest else f"{len(found)} pages, without times"


def _print_failures(failures: Sequence[Failure]) -> None:
    for failure in failures:
        err.print(failure_line(failure), soft_wrap=True)


def _library(folder: Path | None) -> Library:
    return Library.open(folder) if folder else Library.find()


@contextmanager
def _status(verb: str) -> Iterator[Callable[[int, int], None]]:
    """A line on standard error that tells how far the work is and is gone when it is done; nothing where nobody looks."""
    with err.status(verb) as status:
        yield lambda done, total: status.update(f"{verb}: {done} of {total}")
