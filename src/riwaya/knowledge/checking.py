"""Whether the project's lists of places and actors are sound: every complaint names its file and line."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from riwaya.arabic.fold import folded
from riwaya.knowledge.actors import Actor, actors_in
from riwaya.knowledge.complaints import Complaint
from riwaya.knowledge.place_lists import places_in
from riwaya.knowledge.places import Place


def place_complaints(folder: Path) -> Iterator[Complaint]:
    """What is wrong with the lists XX.tsv of a folder: lines that are no places, keys used twice, places in no known one, names that
    stand twice in the same parent and kind, GeoNames ids of two entries."""
    keys: dict[str, str] = {}
    for file in sorted(folder.glob("*.tsv")):
        try:
            lines = file.read_text("utf-8").splitlines()
        except UnicodeDecodeError as error:
            yield Complaint(file.name, 1, f"is not UTF-8: {error.reason} at byte {error.start}")
            continue
        found = list(places_in(lines, file.name))
        yield from (one for one in found if isinstance(one, Complaint))
        yield from _complaints_of_country(file, [one for one in found if not isinstance(one, Complaint)], keys)


def _complaints_of_country(file: Path, places: list[tuple[int, Place]], keys: dict[str, str]) -> Iterator[Complaint]:
    known = {place.key: place for _, place in places}
    marks: dict[tuple[str, ...], int] = {}
    for number, place in places:
        if place.key in keys:
            yield Complaint(file.name, number, f"the key {place.key} stands at {keys[place.key]} too")
        keys[place.key] = f"{file.name}:{number}"
        if place.country.lower() != file.stem:
            yield Complaint(file.name, number, f"the key {place.key} does not begin with {file.stem}")
        if place.kind == "country" and (place.within or place.key != file.stem):
            yield Complaint(file.name, number, "a country lies within nothing and its key is that of the file")
        if place.kind != "country" and (place.within not in known or place.within == place.key):
            yield Complaint(file.name, number, f"{place.key} lies within {place.within!r}, which is not in this file")
        if _is_in_a_circle(place, known):
            yield Complaint(file.name, number, f"{place.key} lies within itself by way of {place.within}")
        same: list[tuple[str, ...]] = [("name, parent and kind", folded(place.name_ar), place.within, place.kind)]
        same += [("geonames id", place.origin)] if place.origin != "rough" else []
        for mark in same:
            if mark in marks:
                yield Complaint(file.name, number, f"{place.key} has the {mark[0]} of line {marks[mark]}: {mark[1]}")
            marks[mark] = number


def _is_in_a_circle(place: Place, known: dict[str, Place]) -> bool:
    seen = {place.key}
    while place.within in known:
        if place.within in seen:
            return place.within != place.key
        seen.add(place.within)
        place = known[place.within]
    return False


def actor_complaints(folder: Path) -> Iterator[Complaint]:
    """What is wrong with the lists NAME.toml of a folder: tables that are no actors, keys used twice, parents that are not known,
    wordings of one actor that folding makes the same, wordings given to two actors that are not ambiguous in both."""
    actors: list[tuple[str, int, Actor]] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            found = list(actors_in(file.read_text("utf-8"), file.name))
        except UnicodeDecodeError as error:
            yield Complaint(file.name, 1, f"is not UTF-8: {error.reason} at byte {error.start}")
            continue
        yield from (one for one in found if isinstance(one, Complaint))
        actors += [(file.name, *one) for one in found if not isinstance(one, Complaint)]
    known = {actor.key for _, _, actor in actors}
    keys: dict[str, str] = {}
    for file_name, number, actor in actors:
        if actor.key in keys:
            yield Complaint(file_name, number, f"the key {actor.key} stands at {keys[actor.key]} too")
        keys[actor.key] = f"{file_name}:{number}"
        if actor.parent and (actor.parent not in known or actor.parent == actor.key):
            yield Complaint(file_name, number, f"{actor.key} belongs to {actor.parent!r}, which is not known")
    yield from _shared_wordings(actors)


def _shared_wordings(actors: list[tuple[str, int, Actor]]) -> Iterator[Complaint]:
    sure: defaultdict[str, dict[str, str]] = defaultdict(dict)  # form: the actors that have it in any context, and where they stand
    for file_name, number, actor in actors:
        for text, ambiguous in _wordings(actor):
            if not ambiguous:
                sure[folded(text)][actor.key] = f"{file_name}:{number}"
    for file_name, number, actor in actors:
        seen: set[str] = set()
        for text, _ in _wordings(actor):
            form = folded(text)
            if form in seen:
                yield Complaint(file_name, number, f"{actor.key}: «{text}» stands there twice")
            seen.add(form)
            for other, where in sure[form].items():
                if other != actor.key:
                    yield Complaint(file_name, number, f"{actor.key}: «{text}» is given to {other} too ({where}) and not ambiguous there")


def _wordings(actor: Actor) -> Iterator[tuple[str, bool]]:
    """All wordings with whether they are ambiguous; the preferred name, if it is no wording too, is sure."""
    forms = {folded(wording.ar) for wording in actor.wordings}
    if folded(actor.name_ar) not in forms:
        yield actor.name_ar, False
    for wording in actor.wordings:
        yield wording.ar, wording.ambiguous
