"""The commands on what people keep: cases, case, searches."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, get_args

import typer
from rich.text import Text

from riwaya.casework import Found
from riwaya.errors import NotFoundError
from riwaya.library import Library
from riwaya.preserve.redact import load_redaction
from riwaya.records import Case, ItemKind
from riwaya.terminal import LibraryFolder, err, failure_line, headline, opened_library, out, print_set_in, shown, words_at, write_lines
from riwaya.web.casetables import rows_claimed_in, rows_happened_in
from riwaya.web.evidence import sheets
from riwaya.web.tables import csv_of


def cases(library: LibraryFolder = None) -> None:
    """List the cases: the open ones first, of these the last changed."""
    with opened_library(library) as opened:
        for case in opened.cases.all():
            counts = Counter(item.kind for item in case.present)
            holds = ", ".join(f"{_PLURALS[kind]} {counts[kind]}" for kind in get_args(ItemKind) if counts[kind]) or "empty"
            state = f"closed by {case.closed.by}" if case.closed else f"changed {case.changed:%Y-%m-%d %H:%M}"
            out.print(Text.assemble(case.id[:8], "  ", (shown(case.name), "bold"), (f"  {holds} · {state}", "dim")), soft_wrap=True)
        for failure in opened.cases.failures():
            err.print(failure_line(failure), soft_wrap=True)


def case(  # noqa: PLR0913 - the options of one command
    named: Annotated[str, typer.Argument(metavar="CASE", help="The name of a case, or its id or the beginning of that.")],
    put: Annotated[list[str] | None, typer.Option(help="Put in the story, article, claim or event of this id; as often as needed.")] = None,
    note: Annotated[str, typer.Option(help="A note on what is put in; without --put, on the case.")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="A tag for what is put in; as often as needed.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Make the case first, if there is none of this name.")] = False,
    claims: Annotated[Path | None, typer.Option(help="Write its claims as CSV; - for standard output.")] = None,
    events: Annotated[Path | None, typer.Option(help="Write its events as CSV.")] = None,
    excel: Annotated[bool, typer.Option("--excel", help="Mark the CSV so that Excel knows its Arabic.")] = False,
    evidence: Annotated[Path | None, typer.Option(help="Write the captures it rests on as an evidence pack, a new .wacz file.")] = None,
    redact: Annotated[Path | None, typer.Option(help="A TOML list of what the pack withholds (docs/evidence.md).")] = None,
    library: LibraryFolder = None,
) -> None:
    """Show a case, put things into it, or take it away: its claims and events as tables, its captures as evidence."""
    if redact and not evidence:
        raise typer.BadParameter("has no use without --evidence", param_hint="--redact")
    if tag and not put:
        raise typer.BadParameter("has no use without --put", param_hint="--tag")
    with opened_library(library) as opened:
        found = _case(opened, named, new=new)
        for ref in put or ():
            opened.cases.put(found.id, ref, note=note, tags=tag or ())
        if note and not put:
            opened.cases.note(found.id, note)
        dossier = opened.cases.dossier(opened.cases.case(found.id))
        if claims:
            write_lines(claims, csv_of(rows_claimed_in(dossier, opened.cases.readings(dossier)), excel=excel))
        if events:
            write_lines(events, csv_of(rows_happened_in(dossier, opened.cases.readings(dossier)), excel=excel))
        if evidence:
            redaction = load_redaction(redact) if redact else None
            opened.keeping.evidence(list(dossier.exhibits), evidence, sheets, redaction=redaction)
            out.print(f"The pack: {evidence.absolute()}", markup=False, soft_wrap=True)
        if not (claims or events or evidence):
            _print_case(dossier.case, dossier.found)


def searches(library: LibraryFolder = None) -> None:
    """List the saved searches, each with how many articles have come that answer it since you last looked at it on the desk."""
    with opened_library(library) as opened:
        for search, came, _ in opened.searches.news(opened.searches.of(), datetime.now(UTC).date()):
            new = f"{len(came.articles)}{'' if came.is_all else ' or more'} new"
            whose = "shared" if search.shared else search.made.by
            line = Text.assemble(f"{search.id[:8]}  ", (shown(search.name), "bold"), f"  {new}", (f"  {search.question} · {whose}", "dim"))
            out.print(line, soft_wrap=True)


_PLURALS: dict[ItemKind, str] = {"story": "stories", "article": "articles", "claim": "claims", "event": "events"}


def _case(opened: Library, named: str, *, new: bool) -> Case:
    try:
        return opened.cases.case(named)
    except NotFoundError:
        if not new:
            raise
        return opened.cases.open(named)


def _print_case(case: Case, found: tuple[Found, ...]) -> None:
    out.print(Text.assemble((shown(case.name), "bold"), (f"  {case.id}", "dim")), soft_wrap=True)
    if case.description:
        out.print(Text(shown(case.description)))
    for note in case.notes:
        out.print(Text(f"  {shown(note.text)}  ({note.made.by}, {note.made.at:%Y-%m-%d %H:%M})"))
    for each in found:
        item = each.item
        tags = f"  [{', '.join(item.tags)}]" if item.tags else ""
        lines = [Text.assemble((f"{item.kind:8}", "bold"), _words_of(each), (tags, "dim"))]
        lines += [Text(f"{shown(note.text)}  ({note.made.by}, {note.made.at:%Y-%m-%d %H:%M})") for note in item.notes]
        lines.append(Text(f"{each.ref or 'no longer in the library'} · put in by {item.put.by}, {item.put.at:%Y-%m-%d %H:%M}", style="dim"))
        print_set_in(out, iter(lines))


def _words_of(found: Found) -> str:
    if found.story:
        return shown(found.story.title)
    if found.item.kind == "article" and found.reading:
        return headline(found.reading.article)
    finding = found.claim.content if found.claim else found.event.trigger if found.event else None
    if finding and found.reading:
        return f"«{words_at(found.reading.article.text, finding)}»"
    return f"«{shown(found.item.of.words)}»" if found.item.of else "forgotten with its capture"
