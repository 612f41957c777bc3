"""The command that searches: answers in the terminal, or as a file to take away."""

import sys
from pathlib import Path
from typing import Annotated, get_args

import typer

from riwaya.library import Library
from riwaya.store.search import Order, Part, Results
from riwaya.terminal import LibraryFolder, err, out, print_found, write_lines
from riwaya.web.tables import csv_of, geojson_of, jsonl_of, rows_found
from riwaya.web.wording import wording

_ALL = sys.maxsize
_SHOWN = 20


def search(  # noqa: PLR0913 - the options of one command
    question: Annotated[
        list[str],
        typer.Argument(help='Words, "phrases", -words, fields: speaker:NAME act:denied killed>=10 since:2017-02 (docs/search.md).'),
    ],
    library: LibraryFolder = None,
    limit: Annotated[int | None, typer.Option(help=f"How many articles; by default {_SHOWN}, and all in a file.", min=1)] = None,
    order: Annotated[str, typer.Option(metavar="|".join(get_args(Order)), help="Which come first.")] = "relevance",
    csv: Annotated[Path | None, typer.Option(help="Write the answers as CSV; - for standard output.")] = None,
    jsonl: Annotated[Path | None, typer.Option(help="Write them as JSON Lines.")] = None,
    geojson: Annotated[Path | None, typer.Option(help="Write them as GeoJSON.")] = None,
    excel: Annotated[bool, typer.Option("--excel", help="Mark the CSV so that Excel knows its Arabic.")] = False,
) -> None:
    """Find articles, by their words and by what was read from them: who says what, what happened where, with what toll.

    Put -- before a question that begins with a minus: riwaya search -- -WORD.
    """
    chosen = next((each for each in get_args(Order) if each == order), None)
    if chosen is None:
        raise typer.BadParameter(", ".join(get_args(Order)), param_hint="--order")
    files = [file for file in (csv, jsonl, geojson) if file]
    part = Part(order=chosen, size=limit or (_ALL if files else _SHOWN))
    with Library.open(library) if library else Library.find() as opened:
        results = opened.search(" ".join(question), part=part)
    _say(results)
    rows = tuple(rows_found(results.found))
    if csv:
        write_lines(csv, csv_of(rows, excel=excel))
    if jsonl:
        write_lines(jsonl, jsonl_of(rows))
    if geojson:
        write_lines(geojson, [geojson_of(rows)])
    for each in () if files else results.found:
        print_found(out, each)


def _say(results: Results) -> None:
    """What was found and what was not asked for, on standard error, where it is in no file's way."""
    texts = wording("en", "search")
    for ignored in results.question.ignored:
        if ignored.why != "everywhere":
            err.print(f"{texts.texts['ignored']}: {ignored.written} ({texts.label('why', ignored.why)})", markup=False, soft_wrap=True)
    if results.partly:
        err.print(texts.texts["partly"], soft_wrap=True)
    err.print(f"Articles: {results.total}." if results.total else "Nothing found.")
