"""The casework of a library: what people keep in cases and saved searches, in the folder casework/.

It stands beside the chain of custody, not in it: cases are working papers, which may be changed and thrown away.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from shutil import copy2

from riwaya.preserve.shelf import FOLDER, Shelf
from riwaya.records import Case, Item, SavedSearch


def case_shelf(library: Path) -> Shelf[Case]:
    """The cases of the library in a folder."""
    return Shelf(library, "case", Case)


def search_shelf(library: Path) -> Shelf[SavedSearch]:
    """The saved searches of the library in a folder."""
    return Shelf(library, "search", SavedSearch)


def forget(library: Path, capture_ids: Collection[str]) -> None:
    """Take the words of captures out of all cases: of an article, claim or event what people noted of it, too, for that may repeat them.

    A story may still be told by others: it stays with its notes, without the words by which it was held.
    """
    shelf = case_shelf(library)
    for case in shelf.all().values():
        if any(_holds(item, capture_ids) for item in case.items):
            shelf.change(case.id, lambda now: replace(now, items=tuple(_without(item, capture_ids) for item in now.items)))


def copy_to(library: Path, folder: Path) -> None:
    """Copy the casework into the folder of another library, which has none."""
    (folder / FOLDER).mkdir()
    for path in (library / FOLDER).glob("*.json"):
        copy2(path, folder / FOLDER)


def _holds(item: Item, capture_ids: Collection[str]) -> bool:
    return item.of is not None and item.of.capture_id in capture_ids


def _without(item: Item, capture_ids: Collection[str]) -> Item:
    if not _holds(item, capture_ids):
        return item
    return replace(item, of=None) if item.kind == "story" else replace(item, of=None, notes=(), tags=())
