"""The commands that hold accounts against each other: relate, stories, judge; and a story in the terminal."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.text import Text

from riwaya.errors import NotFoundError
from riwaya.library import Library
from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from riwaya.records import Admiralty, EventKind, Failure, Reading, Verdict, failed
from riwaya.relate.interchange import Id, stories_object
from riwaya.relate.relating import relate as related
from riwaya.store.stories import Order, Wanted
from riwaya.terminal import DAMAGED_INPUT, LibraryFolder, err, failure_line, opened_library, out, progress_bar
from riwaya.terminal_stories import grades_by_what, judgement_line, print_listed, print_proposed, print_story


def relate(
    jsonl: Annotated[Path | None, typer.Option(help="Relate the articles of a JSON Lines file instead (docs/interchange.md).")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where --jsonl writes the stories, as one JSON object.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Relate everything anew, by how rare words are in the library now.")] = False,
    library: LibraryFolder = None,
) -> None:
    """Bring together the articles that tell one happening: all that is new in the library, or those of a file.

    Of a file it ends with 3 if some lines could not be read; the others were related.
    """
    if bool(jsonl) != bool(output):
        raise typer.BadParameter("--jsonl and --output go together", param_hint="--jsonl" if output else "--output")
    if jsonl and (library or anew):
        raise typer.BadParameter("has no use together with --jsonl", param_hint="--library" if library else "--anew")
    if jsonl and output:
        _relate_lines(jsonl, output)
        return
    with opened_library(library) as opened:
        relate_library(opened, anew=anew)
        if opened.accounting.count():
            out.print("Next: riwaya stories")


def relate_library(opened: Library, *, anew: bool = False) -> None:
    """Relate all that is new in a library, and say what there is now."""
    with progress_bar("relating") as progress:
        done = opened.accounting.relate(anew=anew, progress=progress)
    out.print(f"Articles related: {done.articles}. In the library: stories {done.stories}, copies {done.copies}.")
    for one in opened.accounting.judgements().contradictions:
        said = f"The judgement {one.judgement[:8]} decides nothing: later ones contradict it: {', '.join(key[:8] for key in one.by)}"
        err.print(said, soft_wrap=True)


def stories(  # noqa: PLR0913 - the options of one command
    library: LibraryFolder = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day, YYYY-MM-DD.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, YYYY-MM-DD.")] = None,
    country: Annotated[str, typer.Option(help="Two letters, ISO 3166: SY.")] = "",
    kind: Annotated[str, typer.Option(help="A kind of happening: air-strike.")] = "",
    order: Annotated[Order, typer.Option(help="Most origins first, most contested first, or latest first.")] = "origins",
    limit: Annotated[int, typer.Option(min=1)] = 20,
) -> None:
    """List the stories: happenings that two articles or more tell."""
    if kind and kind not in get_args(EventKind):
        raise typer.BadParameter(f"one of {', '.join(get_args(EventKind))}", param_hint="--kind")
    wanted = Wanted(first=first.date() if first else None, last=last.date() if last else None, country=country, kind=kind, order=order)
    with opened_library(library) as opened:
        total, waiting = opened.accounting.count(wanted), opened.accounting.unrelated()
        found = opened.accounting.stories(wanted, limit=limit)
    for story in found:
        print_listed(out, story)
    shown = f"Stories: {total}" + (f", of which the first {len(found)} are shown" if len(found) < total else "")
    err.print(f"{shown}. Each in full: riwaya show ID")
    if waiting:
        err.print(f"Articles that are not related yet: {waiting}. Next: riwaya relate")


def show_story(opened: Library, beginning: str, no_article: NotFoundError) -> None:
    """Print the story of this id or its beginning; `no_article` is why it is no article, and raised where it is no story either."""
    try:
        found = opened.accounting.story(beginning)
    except NotFoundError:
        raise no_article from None
    print_story(out, found, grades_by_what(opened.accounting.grades(), found.readings))


def show_first_story(opened: Library) -> None:
    """Print the story that most independent origins tell."""
    for story in opened.accounting.stories(limit=1):
        print_story(out, opened.accounting.story(story.id), {})


def judge(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[yes|no|unsure LINK | yes|no|unsure PASSAGE PASSAGE | CLAIM]", help="What is judged; --grade takes a claim."
        ),
    ] = None,
    grade: Annotated[str, typer.Option(help="A to F: how reliable who said the claim is; 1 to 6: how credible it is; or both: B2.")] = "",
    by: Annotated[str, typer.Option(help="Who judges; else who works with the library.")] = "",
    note: Annotated[str, typer.Option(help="Why.")] = "",
    library: LibraryFolder = None,
    limit: Annotated[int, typer.Option(min=1, help="How many links are shown.")] = 5,
) -> None:
    """Say whether two passages tell one happening, or grade a claim. Without words: the links most worth a look, and what was judged.

    Nothing is overwritten: to undo a judgement, judge again.
    """
    with opened_library(library) as opened:
        if not words:
            _print_judged(opened, limit)
        elif grade:
            _grade(opened, words, grade.upper(), by, note)
        else:
            _judge(opened, words, by, note)


def _judge(opened: Library, words: list[str], by: str, note: str) -> None:
    verdict, *ids = words
    if verdict not in get_args(Verdict) or not 1 <= len(ids) <= 2:
        raise typer.BadParameter("yes, no or unsure, then the id of a link or of two passages", param_hint="words")
    chosen: Verdict = "yes" if verdict == "yes" else "no" if verdict == "no" else "unsure"
    made = opened.accounting.judge(chosen, *ids, by=by, note=note)
    out.print(Text(judgement_line(made)), soft_wrap=True)
    for one in opened.accounting.judgements().contradictions:
        if made.id in (one.judgement, *one.by):
            said = f"The judgement {one.judgement[:8]} decides nothing now: {', '.join(key[:8] for key in one.by)} contradict it."
            err.print(said, soft_wrap=True)


def _grade(opened: Library, words: list[str], grade: str, by: str, note: str) -> None:
    known: tuple[Admiralty, ...] = get_args(Admiralty)
    letters = [one for one in known if one in grade]
    alike = len({one.isalpha() for one in letters}) < len(letters)
    if len(words) != 1 or "".join(letters) != grade or alike:
        raise typer.BadParameter("A to F, 1 to 6, or both as B2; and one claim", param_hint="--grade")
    for one in letters:
        made = opened.accounting.grade(words[0], one, by=by, note=note)
        of = f"of the teller {made.teller}" if made.teller else f"of the claim «{made.of.words[:80]}»"
        out.print(Text(f"{made.grade} {of}  {made.by}, {made.at:%Y-%m-%d %H:%M}"), soft_wrap=True)


def _print_judged(opened: Library, limit: int) -> None:
    found, judged = opened.accounting.to_review(limit=limit), opened.accounting.judgements()
    for proposed in found:
        print_proposed(out, proposed)
    out.print(Text(f"Judgements: {len(judged.judgements)}", style="bold"))
    for one in judged.judgements:
        lost = "  (its words are in no passage now)" if one.id in judged.without_finding else ""
        out.print(Text(f"  {judgement_line(one)}{lost}"), soft_wrap=True)
    for contradiction in judged.contradictions:
        said = f"  {contradiction.judgement[:8]} decides nothing: later ones contradict it: {', '.join(contradiction.by)}"
        out.print(Text(said, style="bold"), soft_wrap=True)


def _relate_lines(jsonl: Path, output: Path) -> None:
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
