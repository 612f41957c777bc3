"""The commands: one per verb. Each parses its words, calls the library, prints."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from riwaya.errors import RiwayaError

app = typer.Typer(
    help="riwaya reads Arabic news into a ledger of accounts: who says what, through whom, about what happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)
LibraryFolder = Annotated[
    Path | None, typer.Option("--library", "-l", help="The library's folder; else the nearest riwaya.toml upwards of here.")
]


def main() -> None:
    """Run the command line; what riwaya refuses is one line on standard error and exit code 1."""
    try:
        app()
    except RiwayaError as error:
        err.print(f"riwaya: {error}", style="bold", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
