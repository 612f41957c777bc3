"""The command that corrects what was read, takes corrections back, and lists them."""

from typing import Annotated, get_args

import typer
from rich.text import Text

from riwaya.correcting import Kept
from riwaya.library import Library
from riwaya.read.instead import Given
from riwaya.records import ClaimPart, CorrectedPart, Correction, EventPart
from riwaya.terminal import LibraryFolder, opened_library, out, shown

_PARTS: dict[str, CorrectedPart] = {part: part for part in (*get_args(ClaimPart), *get_args(EventPart))}


def correct(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FINDING PART VALUE...]", help="A claim or event, what of it is corrected, and what it should be."),
    ] = None,
    kind: Annotated[str, typer.Option(help="Of a speaker: person, org, anonymous, outlet, document; else as the words tell.")] = "",
    undo: Annotated[str, typer.Option(help="Take back the correction of this id.")] = "",
    by: Annotated[str, typer.Option(help="Who corrects; else who works with the library.")] = "",
    note: Annotated[str, typer.Option(help="Why.")] = "",
    library: LibraryFolder = None,
) -> None:
    """Say what a part of a claim or event should be, in every reading from now on. Without words: what was corrected.

    Parts of a claim: content, speaker, act, counts. Of an event: trigger, kind, status, actor, target, place, gazetteer, days, tolls,
    counts. Nothing is overwritten: undoing is a further correction.

    riwaya correct 3f0c77aa speaker "غرفة عمليات الجنوب"    riwaya correct 3f0c77aa speaker ""    riwaya correct 91ab20c4 counts no

    riwaya correct 91ab20c4 days 2017-02-20    riwaya correct 91ab20c4 tolls "killed 8 ثمانية من عناصر الحزب" "wounded 3.. جرحى"
    """
    if undo and words:
        raise typer.BadParameter("has no use together with --undo", param_hint="FINDING")
    with opened_library(library) as opened:
        if undo:
            _print(opened, [opened.correcting.undo(undo, by=by, note=note)])
        elif words:
            _print(opened, _corrected(opened, words, kind, by, note))
        else:
            _print(opened, list(reversed(opened.correcting.corrections())))


def _corrected(opened: Library, words: list[str], kind: str, by: str, note: str) -> list[Correction]:
    finding, part, *values = [*words, ""][: max(2, len(words))]
    if not values or part not in _PARTS:  # that nobody is named must be said: ""
        raise typer.BadParameter(f"a claim or event, one of {', '.join(_PARTS)}, and what that should be", param_hint="FINDING PART VALUE")
    given = Given(("\n" if part == "tolls" else " ").join(values).strip())
    instead = opened.correcting.instead(finding, _PARTS[part], given, kind=kind)
    return list(opened.correcting.correct(finding, {_PARTS[part]: instead}, by=by, note=note))


def _print(opened: Library, made: list[Correction]) -> None:
    states = {kept.correction.id: kept for kept in opened.correcting.kept()}
    for one in made:
        out.print(Text(correction_line(states[one.id])), soft_wrap=True)
    if not made:
        out.print("Nothing has been corrected.")


def correction_line(kept: Kept) -> str:
    """A correction on one line: its id, of what, what it should be, who says so and when, and what became of it."""
    one, instead = kept.correction, kept.correction.instead
    tolls = (f"{each.kind} {each.least}{_upto(each.least, each.most)} «{each.words.words}»" for each in instead.tolls)
    words = f"«{instead.words.words}» {instead.value}".strip() if instead.words else instead.value
    said = f"takes back {one.undoes[:8]}" if one.undoes else words or ", ".join(tolls) or "none"
    note = f" ({one.note})" if one.note else ""
    line = f"{one.id[:8]}  {one.finding} «{one.of.words}» {one.part}: {said}  {one.by}, {one.at:%Y-%m-%d %H:%M}{note}"
    return shown(line if kept.state in ("applied", "undoes") else f"{line}  [{kept.state}]")


def _upto(least: int, most: int | None) -> str:
    return "" if most == least else f"..{'' if most is None else most}"
