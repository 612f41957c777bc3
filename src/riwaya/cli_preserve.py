"""The commands that keep captures as evidence: verify, stamp, evidence, forget, custody."""

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from riwaya.errors import LibraryError
from riwaya.library import Library
from riwaya.preserve.redact import load_redaction
from riwaya.preserve.verify import Verified
from riwaya.records import Failure
from riwaya.terminal import DAMAGED_INPUT, LibraryFolder, err, failure_line, out, readable
from riwaya.web.evidence import evidence_texts, sheets
from riwaya.web.wording import Language

DIFFERENCES = 4  # exit code: what is kept is not what was noted

app = typer.Typer()


@app.command()
def verify(
    library: LibraryFolder = None,
    head: Annotated[str, typer.Option(help="The hash of a line that you kept elsewhere: it must be in the chain.")] = "",
    language: Annotated[str, typer.Option(help="ar or en.")] = "en",
) -> None:
    """Hash every capture again and walk the chain of the manifest; say what differs, what that proves and what it does not.

    Ends with 4 if anything is not as it was noted. Nothing is changed, but for the line in the custody log that says so.
    """
    if language not in ("ar", "en"):
        raise typer.BadParameter("ar or en", param_hint="--language")
    if head and not re.fullmatch("[0-9a-f]{64}", head):
        raise typer.BadParameter("64 hex digits", param_hint="--head")
    with _opened(library, only_read=True) as opened:
        found = opened.keeping.verify(head)
        folder = opened.folder
    _print_verified(found, "ar" if language == "ar" else "en")
    _note_verified(folder, found)
    if found.differences:
        raise typer.Exit(DIFFERENCES)


@app.command()
def stamp(library: LibraryFolder = None) -> None:
    """Have the manifest time-stamped by those that riwaya.toml names, and upgrade the proofs that are still pending."""
    with _opened(library) as opened:
        outcomes = opened.keeping.stamp()
    if not outcomes:
        out.print("Nothing to do: riwaya.toml names no timestamp_authority and no timestamp_calendars, or all proofs are complete.")
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            err.print(failure_line(outcome), soft_wrap=True)
        else:
            out.print(f"Line {outcome.of_line} of the manifest: captures/proofs/{outcome.file}", markup=False, soft_wrap=True)
    if any(isinstance(outcome, Failure) for outcome in outcomes):
        raise typer.Exit(DAMAGED_INPUT)


@app.command()
def evidence(
    articles: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Ids of articles, claims, events or stories, or their beginnings.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The pack, a new .wacz file.")],
    redact: Annotated[Path | None, typer.Option(help="A TOML list of what is withheld (docs/evidence.md).")] = None,
    library: LibraryFolder = None,
) -> None:
    """Write captures, what was read from them and their chain of custody as one pack that anybody can verify."""
    redaction = load_redaction(redact) if redact else None
    with _opened(library) as opened:
        made = opened.keeping.evidence(articles, output, sheets, redaction=redaction)
    captures = {exhibit.capture.id for exhibit in made.exhibits}
    hidden = {exhibit.capture.id for exhibit in made.exhibits if exhibit.is_withheld}
    out.print(f"Articles: {len(made.exhibits)}; captures: {len(captures - hidden)}; withheld: {len(hidden)}.")
    out.print(f"The pack: {output.resolve()}", markup=False, soft_wrap=True)


@app.command()
def forget(
    what: Annotated[list[str], typer.Argument(metavar="CAPTURE|PERSON", help="The id of a capture or article, or a name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this, only what would be removed is shown.")] = False,
    library: LibraryFolder = None,
) -> None:
    """Remove captures for good: those of an id, or all that name somebody. A tombstone and a line in the manifest remain."""
    with _opened(library) as opened:
        captures = opened.keeping.captures_of(" ".join(what))
        for capture in captures:
            out.print(f"{capture.id}  {capture.captured_at:%Y-%m-%d}  {readable(capture.address)}", markup=False, soft_wrap=True)
        if not yes:
            said = f"Captures that would be removed, with all that was read from them: {len(captures)}. Nothing was done: add --yes."
            out.print(said, soft_wrap=True)
            return
        opened.keeping.forget(captures)
        out.print(f"Captures removed: {len(captures)}.")
        packs = {line.file for line in opened.keeping.log() if line.did == "exported" and {c.id for c in captures} & set(line.captures)}
        for pack in sorted(packs):
            err.print(f"A pack that holds what was removed was made before: {pack}", markup=False, soft_wrap=True)
        if any((opened.folder / "backups").glob("*")):
            err.print("Copies in backups/ still hold what was removed.")


@app.command()
def custody(library: LibraryFolder = None) -> None:
    """Print the custody log: who did what, when, with which version."""
    with _opened(library, only_read=True) as opened:
        for line in opened.keeping.log():
            said = " ".join(part for part in (line.file, line.detail, *line.captures) if part)
            out.print(
                f"{line.line:6} {line.at:%Y-%m-%d %H:%M:%S} {line.did:9} {line.who} · {line.program} · {said}", markup=False, soft_wrap=True
            )


def _opened(folder: Path | None, *, only_read: bool = False) -> Library:
    return Library.open(folder, only_read=only_read) if folder else Library.find(only_read=only_read)


def _note_verified(folder: Path, found: Verified) -> None:
    """The custody log says that somebody verified, where it can be written."""
    try:
        with Library.open(folder) as opened:
            opened.keeping.note("verified", detail=f"captures {found.captures}, differences {len(found.differences)}")
    except LibraryError as error:
        err.print(f"Not noted in the custody log: {error}", markup=False, soft_wrap=True)


def _print_verified(found: Verified, language: Language) -> None:
    x = evidence_texts(language)
    numbers = {
        "counted": found.captures, "forgotten": found.forgotten, "found": found.found, "not_noted": found.not_noted,
        "rehashed": found.bytes, "stamped": found.stamped,
    }  # fmt: skip
    for name, number in numbers.items():
        if number or name == "counted":
            out.print(f"{x[name]}: {number:,}", markup=False, soft_wrap=True)
    out.print(f"{x['head']} ({found.head.line}): {found.head.hash}", markup=False, soft_wrap=True)
    if found.differences:
        out.print(Text(f"\n{x['differs']}: {len(found.differences)}", style="bold"))
    for each in found.differences:
        said = " · ".join(part for part in (each.where, each.detail, " ".join(each.captures)) if part)
        out.print(Text.assemble((x["differences"][each.kind], "bold"), f"  {said}"), soft_wrap=True)
    if not found.differences:
        out.print(Text(f"\n{x['holds']}", style="bold"))
    for heading, points in (("proves", "proven"), ("proves_not", "not_proven")):
        if heading == "proves_not" or not found.differences:
            out.print(Text(f"\n{x[heading]}", style="bold"))
            for point in x[points]:
                out.print(Padding(Text(f"- {point}"), (0, 0, 0, 2), expand=False))
