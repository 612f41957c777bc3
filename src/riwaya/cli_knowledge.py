"""The commands that look up places and actors, and import lists of places."""

from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from riwaya.errors import LibraryError
from riwaya.knowledge import actors as register
from riwaya.knowledge import imports
from riwaya.knowledge.places import Candidate, Gazetteer
from riwaya.library import Library
from riwaya.terminal import DAMAGED_INPUT, LibraryFolder, err, out

places = typer.Typer(help="Places: who may be meant by a name; lists of villages for the library.", no_args_is_help=True)
actors = typer.Typer(help="Actors: who may be meant by a wording, and what is said by it.", no_args_is_help=True)


@places.command("find")
def find_places(
    name: Annotated[list[str], typer.Argument(help="The name, with or without مدينة, حي, مخيم ... in front.")],
    within: Annotated[str | None, typer.Option(help="A name or key of a larger place that must hold it.")] = None,
    library: LibraryFolder = None,
) -> None:
    """Show the places that a name may mean, with the reasons for each; none is chosen."""
    folder = _own_folder(library)
    with Gazetteer.open(folder and folder / imports.OWN_FILE) as gazetteer:
        found = gazetteer.candidates(" ".join(name), within)
    for candidate in found:
        _print_place(candidate)
    if not found:
        err.print("No place of this name is known.")
        raise typer.Exit(1)


@places.command("import")
def import_places(
    form: Annotated[str, typer.Argument(metavar="|".join(imports.FORMATS), help="How the file is written (docs/places.md).")],
    file: Annotated[Path, typer.Argument(help="A list of places, UTF-8.")],
    names: Annotated[Path | None, typer.Option(help="GeoNames' alternateNamesV2.txt, which knows which names are Arabic.")] = None,
    library: LibraryFolder = None,
) -> None:
    """Import a list of places into the library. A line that cannot be used is named with the reason; the others are imported."""
    if form not in imports.FORMATS:
        raise typer.BadParameter(", ".join(imports.FORMATS), param_hint="the format")
    with Library.open(library) if library else Library.find() as opened, Gazetteer.open() as gazetteer:
        done = imports.import_places(file, form, opened.folder / imports.OWN_FILE, gazetteer, names)
        read_without_them = (done.new or done.changed) and opened.counts().articles
    for complaint in done.refused:
        err.print(str(complaint), markup=False, soft_wrap=True)
    out.print(f"New places: {done.new}; changed: {done.changed}; known before: {done.known}; lines refused: {len(done.refused)}.")
    if read_without_them:
        out.print("They count for what is read from now on; for what has been read, after riwaya rebuild.", soft_wrap=True)
    if done.refused:
        raise typer.Exit(DAMAGED_INPUT)


@actors.command("find")
def find_actors(
    wording: Annotated[list[str], typer.Argument(help="What somebody is called: قوات النظام.")], library: LibraryFolder = None
) -> None:
    """Show the actors that a wording may mean, with what is said by it; none is chosen."""
    folder = _own_folder(library)
    with register.Register.open(folder and folder / register.OWN_FILE) as opened:
        found = opened.find(" ".join(wording))
    for candidate in found:
        out.print(
            Text.assemble((candidate.actor.name_ar, "bold"), f"  {candidate.actor.name_en}  ", (candidate.actor.key, "dim")), soft_wrap=True
        )
        _print_reasons(candidate.reasons)
    if not found:
        err.print("No actor of this wording is known.")
        raise typer.Exit(1)


def _own_folder(library: Path | None) -> Path | None:
    """The folder of the library that is named or found; None where there is none."""
    if library:
        with Library.open(library) as opened:
            return opened.folder
    try:
        with Library.find() as opened:
            return opened.folder
    except LibraryError:
        return None


def _print_place(candidate: Candidate) -> None:
    place = candidate.place
    at = f"{place.latitude:.4f} {place.longitude:.4f} ± {place.radius_km:g} km ({place.shape}, {place.origin})"
    out.print(
        Text.assemble((place.name_ar or place.name_en, "bold"), f"  {place.name_en}  ", (f"{place.key}  {at}", "dim")), soft_wrap=True
    )
    _print_reasons(candidate.reasons)


def _print_reasons(reasons: tuple[str, ...]) -> None:
    for reason in reasons:
        out.print(Padding(Text(reason), (0, 0, 0, 6), expand=False))
