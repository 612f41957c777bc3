"""The command that relates: which articles tell one happening, who tells it, where they differ."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from riwaya.records import Failure, Reading, failed
from riwaya.relate.interchange import Id, stories_object
from riwaya.relate.relating import relate as related
from riwaya.terminal import DAMAGED_INPUT, err, failure_line, out


def relate(
    jsonl: Annotated[Path, typer.Option(help="The articles, a JSON Lines file (docs/interchange.md).")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the stories are written, as one JSON object.")],
) -> None:
    """Bring together the articles that tell one happening, with their accounts, copies and disagreements.

    Ends with 3 if some lines could not be read; the others were related.
    """
    if output.exists() and output.samefile(jsonl):
        raise typer.BadParameter("is the file that is read", param_hint="--output")
    readings: dict[str, Reading] = {}
    caller_ids: dict[str, Id] = {}
    failures: list[Failure] = []
    with jsonl.open("rb") as lines:
        for read in _readings(lines, str(jsonl)):
            if isinstance(read, Failure):
                failures.append(read)
            else:
                reading, caller_id = read
                readings[reading.article.id] = reading
                caller_ids[reading.article.id] = caller_id
    found = related(readings.values())
    output.write_text(json.dumps(stories_object(found, readings, caller_ids), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    out.print(f"Articles: {len(readings)}; passages: {len(found.passages)}; stories: {len(found.stories)}; copies: {len(found.copies)}.")
    for failure in failures:
        err.print(failure_line(failure), soft_wrap=True)
    if failures:
        raise typer.Exit(DAMAGED_INPUT)


def _readings(lines: Iterable[bytes], name: str) -> Iterable[tuple[Reading, Id] | Failure]:
    """Read each line's article; a line that holds none gives a Failure that names it."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                article = article_of(row)
            except (ValueError, RecursionError) as error:
                yield failed("read", f"{name}:{number}", "broken line", str(error))
            else:
                yield reading_of(article), row["id"]
