"""Correcting: what people say that was read wrongly. It is kept for ever, and applied to every reading of the article."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine

from riwaya.errors import CorrectionError, LibraryError, NotFoundError
from riwaya.gathering import gather
from riwaya.knowledge import actors, imports
from riwaya.knowledge.places import Gazetteer
from riwaya.preserve.custody import Custody
from riwaya.read.corpus import corpus_row
from riwaya.read.corrections import as_it_was_read, corrected, handle, standing
from riwaya.read.instead import Given, Text, instead_of, place_key
from riwaya.read.links.atlas import open_atlas
from riwaya.read.links.wordings import open_roll
from riwaya.records import Anchor, Claim, CorrectedPart, Correction, Event, Instead, Reading, record_id
from riwaya.store import judged, passages, query, update
from riwaya.store.sqlite import reading
from riwaya.workers.lock import alone

Changes = Mapping[CorrectedPart, Instead]
State = Literal["applied", "replaced", "undone", "undoes", "without finding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A correction, and what became of it."""

    correction: Correction
    state: State


class Correcting:
    """The corrections of one library; `Library.correcting`."""

    def __init__(self, folder: Path, engine: Engine, custody: Custody) -> None:
        self._folder = folder
        self._engine = engine
        self._custody = custody

    def finding(self, beginning: str) -> tuple[Reading, Claim | Event]:
        """The claim or event of this id or its beginning, and the reading that has it. Raises NotFoundError."""
        with reading(self._engine).connect() as connection:
            (found,) = query.readings(connection, [query.article_with(connection, beginning)])
        wanted = beginning.strip().lower()
        findings: tuple[Claim | Event, ...] = (*found.claims, *found.events)
        finding = next((one for one in findings if one.id.startswith(wanted)), None)
        if finding is None:
            raise NotFoundError(f"No claim or event has the id {beginning!r}.")
        return found, finding

    def text_around(self, beginning: str) -> Text:
        """The text in which the words of a correction of this claim or event are looked up. Raises NotFoundError."""
        found, finding = self.finding(beginning)
        return Text(found.article.text, handle(as_it_was_read(finding, found)))

    def instead(self, beginning: str, part: CorrectedPart, given: Given, *, kind: str = "") -> Instead:
        """What a person gives in the place of a part of a claim or event (riwaya.read.instead). Raises CorrectionError, NotFoundError."""
        _, finding = self.finding(beginning)
        instead = instead_of(part, finding, self.text_around(beginning), given, kind=kind)
        if part != "gazetteer":
            return instead
        if isinstance(finding, Event) and not (finding.place or finding.within):
            raise CorrectionError("placeless", "", "The event has no words for its place: correct those first.")
        with Gazetteer.open(self._folder / imports.OWN_FILE) as gazetteer:
            return replace(instead, value=place_key(instead.value, gazetteer))

    def correct(self, beginning: str, changes: Changes, *, by: str = "", note: str = "") -> tuple[Correction, ...]:
        """Keep what a person says that parts of a claim or event should be, and apply it. Raises NotFoundError.

        `by`: the name of who corrects; by default who works with the library.
        """
        found, finding = self.finding(beginning)
        read = as_it_was_read(finding, found)
        span = handle(read)
        article = found.article
        of = Anchor(capture_id=article.capture_id or "", article_id=article.id, span=span, words=article.text[slice(*span)])
        at, by = datetime.now(UTC), by or self._custody.who
        name = "event" if isinstance(read, Event) else "claim"
        made = [
            _made(Correction(id="", of=of, finding=name, part=part, instead=instead, by=by, at=at, note=note))  # type: ignore[arg-type]
            for part, instead in changes.items()
        ]
        self._keep(made)
        return tuple(made)

    def undo(self, beginning: str, *, by: str = "", note: str = "") -> Correction:
        """Take back the correction of this id or its beginning, or what took one back. Raises NotFoundError."""
        wanted = beginning.strip().lower()
        found = [one for one in self.corrections() if one.id.startswith(wanted)] if wanted else []
        if len(found) != 1:
            raise NotFoundError(f"{'More than one' if found else 'No'} correction has the id {beginning!r}.")
        at = datetime.now(UTC)
        made = _made(replace(found[0], instead=Instead(), by=by or self._custody.who, at=at, note=note, undoes=found[0].id))
        self._keep([made])
        return made

    def corrections(self) -> tuple[Correction, ...]:
        """All corrections, the oldest first."""
        with reading(self._engine).connect() as connection:
            return judged.all_corrections(connection)

    def kept(self, article_id: str = "") -> tuple[Kept, ...]:
        """All corrections, or those of one article, with what became of them, the latest first."""
        with reading(self._engine).connect() as connection:
            made = judged.all_corrections(connection, article_id)
            applied = judged.applied(connection, article_id)
        counts = {one.id for one in standing(made)}
        found: list[Kept] = []
        for one in reversed(made):
            later = any(_same_part(each.correction, one) and each.state == "applied" for each in found)
            state: State = "applied" if one.id in applied else "replaced" if later else "without finding"
            if one.undoes:
                state = "undoes"
            elif one.id not in counts:
                state = "undone"
            found.append(Kept(correction=one, state=state))
        return tuple(found)

    def corpus(self) -> Iterator[dict[str, Any]]:
        """The articles that people corrected, as lines of the corpus that readers are trained on (training/corpus/GUIDE.md)."""
        with reading(self._engine).connect() as connection:
            for each in self._corrected(connection):
                yield corpus_row(each)

    def settle(self) -> None:
        """Take in what people judged and the store lacks (its database was lost, or the machine went down), and apply the corrections."""
        with reading(self._engine).connect() as connection:
            behind = judged.count(connection) < self._custody.count_judged()
        if behind:
            with self._engine.begin() as connection:
                found = self._custody.judged(datetime.now(UTC))
                judged.add_judged(connection, found)
                self.apply(connection, {one.of.capture_id for one in found if isinstance(one, Correction)})

    def apply(self, connection: Connection, capture_ids: Collection[str]) -> None:
        """Put the corrections of what was read from some captures in the place of what was read, within a transaction."""
        wanted = judged.corrections_of(connection, capture_ids)
        if not wanted:
            return
        atlas, roll = open_atlas(self._folder / imports.OWN_FILE), open_roll(self._folder / actors.OWN_FILE)
        before = list(query.readings(connection, list(wanted)))
        now = [corrected(each, wanted[each.article.id], atlas, roll) for each in before]
        update.replace_articles(connection, [each for each, was in zip(now, before, strict=True) if each != was])

    def _keep(self, made: Sequence[Correction]) -> None:
        """Keep corrections of one article and apply them. It is related again at once, unless others wait for that, or somebody does it."""
        with self._engine.begin() as connection:
            waiting = passages.unrelated_count(connection)
            for one in made:
                self._custody.judge(one, one.at)
            judged.add_judged(connection, made)
            self.apply(connection, {one.of.capture_id for one in made})
        if not waiting:
            with suppress(LibraryError), alone(self._folder / "relate.lock", "relating the articles of this library"):
                gather(self._engine)

    def _corrected(self, connection: Connection) -> Iterator[Reading]:
        """The readings in which something is corrected."""
        return query.readings(connection, judged.corrected_articles(connection))


def _made(correction: Correction) -> Correction:
    parts = (correction.of, correction.finding, correction.part, correction.instead, correction.undoes, correction.by)
    return replace(correction, id=record_id("correction", *parts, correction.at.isoformat()))


def _same_part(one: Correction, other: Correction) -> bool:
    """Whether two corrections are of the same part of the same claim or event."""
    meet = max(one.of.span.start, other.of.span.start) < min(one.of.span.end, other.of.span.end)
    return meet and (one.of.article_id, one.finding, one.part) == (other.of.article_id, other.finding, other.part)
