"""Saved searches: questions that users come back to, each with what has come since they last looked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from riwaya.errors import LibraryError, NotFoundError
from riwaya.preserve.casework import search_shelf
from riwaya.records import Reached, SavedSearch, Signature, record_id
from riwaya.store.arrivals import NOTHING, Arrived, arrived, reached
from riwaya.store.questions import question_in
from riwaya.store.sqlite import reading

_NAME, _QUESTION = 200, 2_000  # letters at most


class News(NamedTuple):
    """A saved search with what has come since a user last looked at it."""

    search: SavedSearch
    came: Arrived
    since: Reached  # up to where they have looked


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSave:
    """A search that is to be saved."""

    question: str
    name: str = ""  # "": its words
    order: str = "relevance"
    shared: bool = False  # with all users of the library


class Searches:
    """The saved searches of one library; `Library.searches`. A user is `by`: by default who works with the library."""

    def __init__(self, folder: Path, engine: Engine, who: str) -> None:
        self._shelf = search_shelf(folder)
        self._engine = engine
        self._who = who

    def of(self, by: str = "") -> tuple[SavedSearch, ...]:
        """Those that a user sees, by name: their own, and those that are shared."""
        found = [each for each in self._shelf.all().values() if each.shared or each.made.by == (by or self._who)]
        return tuple(sorted(found, key=lambda each: (each.name, each.id)))

    def search(self, key: str, by: str = "") -> SavedSearch:
        """The one with this id, if the user sees it. Raises NotFoundError."""
        found = next((each for each in self.of(by) if each.id == key), None)
        if found is None:
            raise NotFoundError(f"There is no saved search with the id {key!r}.")
        return found

    def save(self, given: ToSave, *, by: str = "") -> SavedSearch:
        """Keep a search. What answers it now is not new. Raises LibraryError if it asks for nothing, or cannot be written."""
        by, at = by or self._who, datetime.now(UTC)
        question = " ".join(given.question.encode("utf-8", "replace").decode().split())[:_QUESTION]
        if not question:
            raise LibraryError("A search without words is not worth keeping.")
        name = " ".join(given.name.encode("utf-8", "replace").decode().split())[:_NAME] or question[:_NAME]
        made = SavedSearch(
            id=record_id("search", question, by, at.isoformat()),
            name=name,
            question=question,
            order=given.order,
            shared=given.shared,
            made=Signature(by=by, at=at),
            begun=self._reached(),
        )
        self._shelf.add(made)
        return made

    def drop(self, key: str) -> None:
        """Remove a saved search for good. Raises NotFoundError."""
        self._shelf.change(key, lambda _: None)

    def news(self, searches: Iterable[SavedSearch], today: date, by: str = "") -> tuple[News, ...]:
        """What has come for each of some searches since a user last looked at it; relative days of a question count from `today`."""
        found = []
        with reading(self._engine).connect() as connection:
            last = reached(connection)
            for search in searches:
                since = search.seen.get(by or self._who, search.begun)
                came = arrived(connection, question_in(search.question, today), since) if since < last else NOTHING
                found.append(News(search, came, since))
        return tuple(found)

    def look(self, key: str, *, by: str = "") -> None:
        """Note that a user has seen what there is now. Raises NotFoundError, LibraryError if it cannot be written."""
        by, last = by or self._who, self._reached()

        def seen(search: SavedSearch) -> SavedSearch:
            before = search.seen.get(by, search.begun)
            return replace(search, seen={**search.seen, by: last}) if last > before else search  # while it is rebuilt, it ends sooner

        self._shelf.change(key, seen)

    def _reached(self) -> Reached:
        with reading(self._engine).connect() as connection:
            return reached(connection)
