"""Cases: folders in which the users of a library keep what belongs together: stories, articles, claims, events, with notes and tags."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from riwaya.casework.found import Dossier, dossier_of, found_now, target_of
from riwaya.errors import LibraryError, NotFoundError
from riwaya.preserve.casework import case_shelf
from riwaya.records import Case, Failure, Item, Note, Reading, Signature, record_id
from riwaya.store import query
from riwaya.store.sqlite import reading

_NAME, _TAG, _NOTE = 200, 60, 20_000  # letters at most


class Cases:
    """The cases of one library; `Library.cases`. Who does something is `by`: by default who works with the library.

    All that changes a case raises NotFoundError if there is none of that id, LibraryError if it cannot be written. Who may do what is
    for the caller to say.
    """

    def __init__(self, folder: Path, engine: Engine, who: str) -> None:
        self._shelf = case_shelf(folder)
        self._engine = engine
        self._who = who

    def all(self) -> tuple[Case, ...]:
        """All cases: the open ones before the closed, of these the last changed first."""
        return tuple(sorted(self._shelf.all().values(), key=lambda case: (case.closed is None, case.changed), reverse=True))

    def case(self, named: str) -> Case:
        """The case of this id or its beginning, or of this name. Raises NotFoundError if there is none, or more than one."""
        found = self._shelf.all()
        if named in found:
            return found[named]
        wanted = named.strip()
        meant = [case for case in found.values() if case.name == wanted] or [
            case for case in found.values() if wanted and case.id.startswith(wanted.lower())
        ]
        if len(meant) > 1:
            raise NotFoundError(f"More than one case is called {wanted!r}: give its id.")
        if not meant:
            raise NotFoundError(f"There is no case {named!r}.")
        return meant[0]

    def failures(self) -> tuple[Failure, ...]:
        """The files of cases that cannot be read."""
        return self._shelf.failures()

    def holding(self) -> Mapping[str, tuple[Case, ...]]:
        """The cases that hold a thing, by the id of the thing."""
        found: defaultdict[str, list[Case]] = defaultdict(list)
        for case in self.all():
            for item in case.present:
                found[item.ref].append(case)
        return {ref: tuple(cases) for ref, cases in found.items()}

    def open(self, name: str, description: str = "", *, by: str = "") -> Case:
        """A new case. Raises LibraryError if it has no name."""
        made = self._signed(by)
        name = _line(name, _NAME)
        if not name:
            raise LibraryError("A case needs a name.")
        case = Case(id=record_id("case", name, made.by, made.at.isoformat()), name=name, description=_text(description, _NOTE), made=made)
        self._shelf.add(case)
        return case

    def describe(self, case_id: str, name: str, description: str) -> None:
        """Give a case another name and description; an empty name leaves it its own."""
        self._change(case_id, lambda case: replace(case, name=_line(name, _NAME) or case.name, description=_text(description, _NOTE)))

    def close(self, case_id: str, *, by: str = "") -> None:
        """Say that nobody works on a case any more; it stays as it is."""
        self._change(case_id, lambda case: replace(case, closed=case.closed or self._signed(by)))

    def reopen(self, case_id: str) -> None:
        """Work on a closed case again."""
        self._change(case_id, lambda case: replace(case, closed=None))

    def delete(self, case_id: str) -> None:
        """Remove a case for good, with its notes."""
        self._shelf.change(case_id, lambda _: None)

    def put(self, case_id: str, ref: str, *, by: str = "", note: str = "", tags: Iterable[str] = ()) -> Item:
        """Put the story, article, claim or event of this id (or its beginning) into a case, with a note and tags.

        What lies in it already stays one thing, and gets the note and the tags. Raises NotFoundError if there is nothing of this id.
        """
        signed, case = self._signed(by), self.case(case_id)
        with reading(self._engine).connect() as connection:
            target = target_of(connection, ref)
            known = [one for one in found_now(connection, case.items) if one.item.kind == target.kind and one.ref == target.ref]
        key = known[0].item.id if known else record_id("item", case.id, target.ref)
        written = _noted(note, signed)
        given = tuple(tag for each in tags if (tag := _line(each, _TAG)))

        def put_in(now: Case) -> Case:
            old = next((item for item in now.items if item.id == key), None)
            item = old or Item(id=key, kind=target.kind, ref=target.ref, of=target.of, put=signed)
            if item.taken_out or item.of is None:
                item = replace(item, ref=target.ref, of=target.of, put=signed, taken_out=None)
            item = replace(item, notes=(*item.notes, *written), tags=tuple(dict.fromkeys((*item.tags, *given))))
            if old is None:
                return replace(now, items=(*now.items, item))
            return replace(now, items=tuple(item if each is old else each for each in now.items))

        return _item(self._change(case.id, put_in), key)

    def take_out(self, case_id: str, item_id: str, *, by: str = "") -> None:
        """Take a thing out of a case; it is kept, with its notes, and can be put in again."""
        signed = self._signed(by)
        self._change_item(case_id, item_id, lambda item: replace(item, taken_out=item.taken_out or signed))

    def put_back(self, case_id: str, item_id: str) -> None:
        """Put in again what was taken out."""
        self._change_item(case_id, item_id, lambda item: replace(item, taken_out=None))

    def note(self, case_id: str, text: str, item_id: str = "", *, by: str = "") -> None:
        """Write a note about a case, or about one thing in it; nothing is written of a text without words."""
        written = _noted(text, self._signed(by))
        if item_id:
            self._change_item(case_id, item_id, lambda item: replace(item, notes=(*item.notes, *written)))
        else:
            self._change(case_id, lambda case: replace(case, notes=(*case.notes, *written)))

    def strike(self, case_id: str, note_id: str) -> None:
        """Remove a note for good."""

        def without(notes: Iterable[Note]) -> tuple[Note, ...]:
            return tuple(note for note in notes if note.id != note_id)

        def struck(case: Case) -> Case:
            return replace(case, notes=without(case.notes), items=tuple(replace(item, notes=without(item.notes)) for item in case.items))

        self._change(case_id, struck)

    def tag(self, case_id: str, item_id: str, tag: str) -> None:
        """Give a thing in a case a tag."""
        given = _line(tag, _TAG)
        self._change_item(case_id, item_id, lambda item: replace(item, tags=tuple(dict.fromkeys((*item.tags, given)))) if given else item)

    def untag(self, case_id: str, item_id: str, tag: str) -> None:
        """Take a tag off a thing in a case."""
        self._change_item(case_id, item_id, lambda item: replace(item, tags=tuple(each for each in item.tags if each != tag)))

    def dossier(self, case: Case) -> Dossier:
        """A case with all that lies in it, as the library knows it now."""
        with reading(self._engine).connect() as connection:
            return dossier_of(connection, case)

    def readings(self, dossier: Dossier) -> tuple[Reading, ...]:
        """What was read from all the articles of a dossier, in the order of its exhibits."""
        with reading(self._engine).connect() as connection:
            return tuple(query.readings(connection, list(dossier.exhibits)))

    def _signed(self, by: str) -> Signature:
        return Signature(by=by or self._who, at=datetime.now(UTC))

    def _change(self, case_id: str, change: Callable[[Case], Case]) -> Case:
        changed = self._shelf.change(case_id, change)
        assert changed is not None
        return changed

    def _change_item(self, case_id: str, item_id: str, change: Callable[[Item], Item]) -> None:
        def changed(case: Case) -> Case:
            _item(case, item_id)
            return replace(case, items=tuple(change(item) if item.id == item_id else item for item in case.items))

        self._change(case_id, changed)


def _item(case: Case, item_id: str) -> Item:
    found = next((item for item in case.items if item.id == item_id), None)
    if found is None:
        raise NotFoundError(f"There is nothing with the id {item_id!r} in the case {case.name!r}.")
    return found


def _noted(text: str, signed: Signature) -> tuple[Note, ...]:
    """A note, if there is anything to write."""
    text = _text(text, _NOTE)
    return (Note(id=record_id("note", text, signed.by, signed.at.isoformat()), text=text, made=signed),) if text else ()


def _text(text: str, most: int) -> str:
    """What somebody wrote, in lines; what no file of text can hold is replaced."""
    legible = text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode()
    return legible.strip()[:most].strip()


def _line(text: str, most: int) -> str:
    """The same on one line."""
    return " ".join(_text(text, len(text)).split())[:most].strip()
