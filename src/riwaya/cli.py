"""The commands: one per verb. Each parses its words, calls the library, prints."""

import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from importlib.metadata import version
from importlib.resources import as_file, files
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DatabaseError

from riwaya import cli_cases, cli_collect, cli_correct, cli_knowledge, cli_preserve, cli_relate, cli_search, cli_serve
from riwaya.errors import NotFoundError, RiwayaError
from riwaya.library import Library, Read, read_page
from riwaya.read.interchange import read_lines
from riwaya.read.page import LARGEST_PAGE_BYTES
from riwaya.read.reading import model_for
from riwaya.records import Failure, ReaderKind, Reading
from riwaya.settings import load_settings
from riwaya.terminal import (
    DAMAGED_INPUT,
    LibraryFolder,
    err,
    failure_line,
    opened_library,
    out,
    print_counts,
    print_page,
    print_reading,
    progress_bar,
    write_lines,
)
from riwaya.web.ledger import ledger_page
from riwaya.web.tables import csv_of, jsonl_of, rows_claimed, rows_happened
from riwaya.web.wording import Language

app = typer.Typer(
    help="riwaya reads Arabic news into a ledger of accounts: who says what, through whom, about what happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(cli_knowledge.places, name="places")
app.add_typer(cli_knowledge.actors, name="actors")
app.command()(cli_relate.relate)
app.command()(cli_relate.stories)
app.command()(cli_relate.judge)
app.command()(cli_correct.correct)
app.command()(cli_cases.cases)
app.command()(cli_cases.case)
app.command()(cli_cases.searches)
app.add_typer(cli_collect.outlets, name="outlets")
app.add_typer(cli_preserve.app)
app.command()(cli_serve.serve)
app.add_typer(cli_serve.users, name="users")
Reader = Annotated[
    ReaderKind | None,
    typer.Option(
        help="Who reads: the neural reader beside the rules, or the rules alone, some twenty times as fast; by default as riwaya.toml says."
    ),
]
Jobs = Annotated[int | None, typer.Option(help="How many processes read; by default as riwaya.toml says.", min=1)]


@app.command()
def new(folder: Annotated[str, typer.Argument(help="A folder that is no library yet; made if need be.")]) -> None:
    """Make a library."""
    if not folder:  # an unset variable of the shell; as a path it would be the current folder
        raise typer.BadParameter("the name of a folder", param_hint="FOLDER")
    with Library.create(folder) as library:
        out.print(f"A new library in {library.folder}. Next: riwaya collect --library {library.folder} PAGES", markup=False, soft_wrap=True)


app.command()(cli_collect.collect)
app.command()(cli_collect.watch)
app.command()(cli_collect.changes)


@app.command()
def read(  # noqa: PLR0913 - the options of one command
    place: Annotated[
        str | None, typer.Argument(help="A file, an http(s) address, or - for standard input; without it: what is new in the library.")
    ] = None,
    jsonl: Annotated[Path | None, typer.Option(help="Read the articles of a JSON Lines file instead (docs/interchange.md).")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where --jsonl writes its readings; else standard output.")] = None,
    address: Annotated[str, typer.Option(help="The address that a page on standard input was served at.")] = "",
    library: LibraryFolder = None,
    jobs: Jobs = None,
    reader: Reader = None,
) -> None:
    """Say who says what and what is said to have happened: in a page, in a file of articles, or in all that is new in the library.

    Ends with 3 if some of it could not be read; the rest was.
    """
    unused = {"PLACE": bool(place and jsonl), "--output": bool(output and not jsonl), "--address": bool(address and place != "-"),
              "--library": bool(library and (place or jsonl)), "--jobs": bool(jobs and (place or jsonl))}  # fmt: skip
    if any(unused.values()):
        raise typer.BadParameter("has no use together with the other words", param_hint=[word for word, bad in unused.items() if bad])
    if jsonl:
        _read_lines(jsonl, output, reader)
    elif place == "-":
        _print_readings(read_page(sys.stdin.buffer.read(LARGEST_PAGE_BYTES + 1), address=address or "standard input", reader=reader))
    elif place:
        _print_readings(read_page(place, reader=reader))
    else:
        _read_library(library, reader, lambda opened, progress: opened.read(jobs=jobs, progress=progress))


@app.command()
def rebuild(library: LibraryFolder = None, jobs: Jobs = None, reader: Reader = None) -> None:
    """Make everything that is derived anew, from the captures alone."""
    _read_library(library, reader, lambda opened, progress: opened.rebuild(jobs=jobs, progress=progress))


app.command()(cli_search.search)


@app.command()
def show(
    beginning: Annotated[str, typer.Argument(metavar="ID", help="The id of an article, claim, event or story, or its beginning.")],
    library: LibraryFolder = None,
) -> None:
    """Show one article, its text and all that was read from it or set aside; or one story, with its accounts and where they differ."""
    with opened_library(library) as opened:
        try:
            reading = opened.show(beginning)
        except NotFoundError as no_article:
            cli_relate.show_story(opened, beginning, no_article)
            return
    print_page(out, reading.article, reading.mentions)
    print_reading(out, reading)


@app.command()
def ledger(  # noqa: PLR0913 - the options of one command
    library: LibraryFolder = None,
    html: Annotated[Path | None, typer.Option(help="Write the ledger as one self-contained page.")] = None,
    language: Annotated[str, typer.Option(help="The language of the page's own words: ar or en.")] = "ar",
    claims: Annotated[Path | None, typer.Option(help="Write all claims as CSV; - for standard output.")] = None,
    events: Annotated[Path | None, typer.Option(help="Write all events as CSV.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Write the articles that people corrected as JSON Lines to train readers on.")] = None,
    excel: Annotated[bool, typer.Option("--excel", help="Mark the CSV so that Excel knows its Arabic.")] = False,
) -> None:
    """Print the ledger, or write it: as one HTML page in which every value leads to its words, as tables of claims or events."""
    with opened_library(library) as opened:
        if html:
            _write_ledger(opened, html, language)
        if claims:
            write_lines(claims, csv_of(rows_claimed(opened.readings()), excel=excel))
        if events:
            write_lines(events, csv_of(rows_happened(opened.readings()), excel=excel))
        if corpus:
            write_lines(corpus, jsonl_of(opened.correcting.corpus()))
        if not (html or claims or events or corpus):
            _print_ledger(opened)


@app.command()
def backup(
    folder: Annotated[Path | None, typer.Argument(help="A new folder; by default one in backups/.")] = None, library: LibraryFolder = None
) -> None:
    """Copy the whole library; the copy is a library too."""
    with opened_library(library) as opened:
        out.print(f"Copied to {opened.backup(folder)}", markup=False, soft_wrap=True)


@app.command()
def demo(folder: Annotated[Path, typer.Argument(help="Where the library is made.")] = Path("demo")) -> None:
    """Build a library from the sample pages, print its ledger and its first story, write the ledger as a page beside it.

    At a terminal, open the desk over it."""
    with as_file(files("riwaya") / "samples") as samples, _demo_library(folder) as opened:
        pages = tomllib.loads((samples / "expected.toml").read_text(encoding="utf-8"))["page"]
        addresses = {samples / "pages" / page["file"]: page["address"] for page in pages}
        opened.collect(addresses, addresses=addresses)
        opened.read(jobs=1)
        _print_ledger(opened)
        opened.accounting.relate()
        cli_relate.show_first_story(opened)
        for language in ("ar", "en"):
            _write_ledger(opened, folder / f"ledger.{language}.html", language)
        if out.is_terminal:
            cli_serve.serve_desk(opened, browser=True)
        else:
            out.print(f"The desk over it opens with: riwaya serve --library {folder} --browser", markup=False, soft_wrap=True)


@app.callback(invoke_without_command=True)
def _root(show_version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False) -> None:
    if show_version:
        out.print(f"riwaya {version('riwaya')}")
        raise typer.Exit


def main() -> None:
    """Run the command line; what riwaya refuses is one line on standard error and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # Arabic is printed whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except RiwayaError as error:
        err.print(f"riwaya: {error}", markup=False, soft_wrap=True)
        sys.exit(1)
    except DatabaseError as error:
        err.print(
            f"riwaya: the library's database cannot be used: {error.orig}. Move library.sqlite away: riwaya read makes it anew.",
            markup=False,
            soft_wrap=True,
        )
        sys.exit(1)
    except OSError as error:
        err.print(f"riwaya: {error.filename or 'standard output'}: {error.strerror}.", markup=False, soft_wrap=True)
        sys.exit(1)


def _demo_library(folder: Path) -> Library:
    return Library.open(folder) if (folder / "riwaya.toml").exists() else Library.create(folder)


def _print_failures(failures: tuple[Failure, ...]) -> None:
    for failure in failures:
        err.print(failure_line(failure), soft_wrap=True)


def _print_readings(found: tuple[Reading, ...] | Failure) -> None:
    if isinstance(found, Failure):
        err.print(failure_line(found), soft_wrap=True)
        _end(damaged=True)
        return
    for reading in found:
        print_reading(out, reading)


def _read_library(folder: Path | None, reader: ReaderKind | None, work: Callable[[Library, Callable[[int, int], None]], Read]) -> None:
    with opened_library(folder) as opened:
        opened.reader = reader or opened.reader
        with progress_bar("reading") as progress:
            done = work(opened, progress)
        out.print(f"Pages read: {done.pages}; articles: {done.articles}; failures: {done.failures}.")
        _print_failures(opened.failures())
        print_counts(out, opened.counts())
        if opened.accounting.unrelated():
            out.print("Next: riwaya relate")
        _end(done.failures > 0)


def _read_lines(articles: Path, readings: Path | None, reader: ReaderKind | None) -> None:
    """Readings appear under their name when all are written: an interrupted run leaves OUT.partial, never half an OUT."""
    if readings and readings.exists() and readings.samefile(articles):
        raise typer.BadParameter("is the file that is read", param_hint="--output")
    settings = load_settings()
    model = model_for(reader or settings.reader, threads=settings.threads)
    partial = readings.with_name(f"{readings.name}.partial") if readings else None
    with (
        articles.open("rb") as lines,
        partial.open("w", encoding="utf-8") if partial else nullcontext(sys.stdout) as written,
        progress_bar("reading") as progress,
    ):
        total, done, bad = articles.stat().st_size, 0, 0

        def counted() -> Iterator[bytes]:
            nonlocal done
            for line in lines:
                done += len(line)
                yield line

        for outcome in read_lines(counted(), str(articles), model):
            if isinstance(outcome, Failure):
                bad += 1
                err.print(failure_line(outcome), soft_wrap=True)
            else:
                written.write(outcome + "\n")
            progress(done, total)
    if readings and partial:
        partial.replace(readings)
    _end(bad > 0)


def _end(damaged: bool) -> None:
    if damaged:
        raise typer.Exit(DAMAGED_INPUT)


def _print_ledger(opened: Library) -> None:
    for reading in opened.readings():
        print_reading(out, reading)
    _print_failures(opened.failures())
    print_counts(out, opened.counts())


def _write_ledger(opened: Library, page: Path, language: str) -> None:
    if language not in ("ar", "en"):
        raise typer.BadParameter("ar or en", param_hint="--language")
    chosen: Language = "en" if language == "en" else "ar"
    page.write_text(ledger_page(opened.readings(), opened.failures(), chosen), encoding="utf-8")
    out.print(f"The ledger as a page: {page.absolute()}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
