"""Passages and links in the store, and how far each passage is related.

A passage is outlined (noted), then linked (compared with those of near days), then grouped (in a story, or in none). Links are kept with
their scores alone: the reasons follow from the outlines of both passages.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, delete, func, insert, or_, select, update

from riwaya.errors import NotFoundError
from riwaya.records import Link, Passage
from riwaya.store.copies import mark_days
from riwaya.store.rows import record_of, row_of
from riwaya.store.sql import articles, begins_with, captures
from riwaya.store.sql_relations import frequencies, links, members, passages, stories, texts, unrelated

Stage = Literal["outlined", "linked", "grouped"]
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlined:
    """An article as relating knows it: the day it is placed on, the hashes of its runs of words, its passages."""

    article_id: str
    day: date
    runs: bytes
    passages: tuple["OutlinedPassage", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinedPassage:
    """A passage with what reasons compare, as bytes that only relating reads."""

    passage: Passage
    outline: bytes
    runs: bytes


def unrelated_count(connection: Connection) -> int:
    """How many articles were read and are not related yet."""
    return connection.scalar(select(func.count()).select_from(unrelated)) or 0


def next_unrelated(connection: Connection, limit: int) -> dict[str, date]:
    """Some of the articles that are not related yet, with the day each was captured."""
    wanted = (
        select(unrelated.c.article_id, captures.c.captured_at)
        .join(articles, articles.c.id == unrelated.c.article_id)
        .join(captures, captures.c.id == articles.c.capture_id)
    )
    rows = connection.execute(wanted.order_by(unrelated.c.article_id).limit(limit))
    return {row.article_id: datetime.fromisoformat(row.captured_at).date() for row in rows}


def note_outlined(connection: Connection, found: Sequence[Outlined]) -> None:
    """Note the passages of articles; these articles are not unrelated any more, their days are to be compared."""
    ids = [each.article_id for each in found]
    connection.execute(delete(unrelated).where(unrelated.c.article_id.in_(ids)))
    rows = [
        row_of(one.passage, number=number, day=each.day.isoformat(), runs=one.runs, original=None, judged=False, stage="outlined")
        | {"outline": one.outline}
        for each in found
        for number, one in enumerate(each.passages)
    ]
    if found:
        connection.execute(insert(texts), [{"article_id": one.article_id, "day": one.day.isoformat(), "runs": one.runs} for one in found])
    if rows:
        connection.execute(insert(passages), rows)
    mark_days(connection, {each.day for each in found}, changed=True)


def let_go(connection: Connection, article_ids: Collection[str]) -> None:
    """These articles are about to be taken out: what stood in a story with them is to be grouped anew, what was
    compared with them to be compared anew; the stories are gone until then."""
    days = set(connection.scalars(select(texts.c.day).where(texts.c.article_id.in_(article_ids)).distinct()))
    if not days:  # nothing of them was related
        return
    mark_days(connection, {date.fromisoformat(day) for day in days}, changed=True)
    own = set(connection.scalars(select(passages.c.id).where(passages.c.article_id.in_(article_ids))))
    loosen(connection, own)
    for batch in batches(own):
        touched = select(members.c.story_id).where(members.c.passage_id.in_(batch))
        connection.execute(delete(stories).where(stories.c.id.in_(touched)))


def loosen(connection: Connection, ids: Collection[str]) -> None:
    """What hangs together with these passages, and they themselves, is to be grouped anew."""
    linked = near(connection, ids, 0.0, date.min, date.max)
    for batch in batches({*ids, *linked, *tied_to(connection, ids)}):
        connection.execute(update(passages).where(passages.c.id.in_(batch), passages.c.stage == "grouped").values(stage="linked"))


def set_originals(connection: Connection, originals: Mapping[str, str | None]) -> None:
    """Say of passages which they are prints of (None: of none); they are to be linked anew."""
    _link_anew(connection, originals)
    for key, original in originals.items():
        connection.execute(update(passages).where(passages.c.id == key).values(original=original))


def set_stage(connection: Connection, ids: Collection[str], stage: Stage) -> None:
    """Say how far passages are related."""
    for batch in batches(ids):
        connection.execute(update(passages).where(passages.c.id.in_(batch)).values(stage=stage))


def set_judged(connection: Connection, ids: Collection[str]) -> None:
    """Say about which passages judgements decide: a mere print of another is linked itself where they do, and else is not."""
    before = set(connection.scalars(select(passages.c.id).where(passages.c.judged.is_(True))))
    for changed, now in ((set(ids) - before, True), (before - set(ids), False)):
        _link_anew(connection, originals_of(connection, changed))
        for batch in batches(changed):
            connection.execute(update(passages).where(passages.c.id.in_(batch)).values(judged=now))


def _link_anew(connection: Connection, ids: Collection[str]) -> None:
    loosen(connection, ids)
    for batch in batches(ids):
        connection.execute(delete(links).where(or_(links.c.left.in_(batch), links.c.right.in_(batch))))
        connection.execute(update(passages).where(passages.c.id.in_(batch)).values(stage="outlined"))


def day_to_link(connection: Connection) -> date | None:
    """The earliest day of which passages are to be linked; None: there is none."""
    found = connection.scalar(select(passages.c.day).where(passages.c.stage == "outlined").order_by(passages.c.day).limit(1))
    return date.fromisoformat(found) if found else None


def count_at(connection: Connection, stage: Stage) -> int:
    """How many passages are related so far and no further."""
    return connection.scalar(select(func.count()).where(passages.c.stage == stage)) or 0


def to_link(connection: Connection, day: date) -> dict[str, bytes | None]:
    """The passages of a day that are to be linked, with their outlines; None: it is only another print, and has no links."""
    wanted = select(passages.c.id, passages.c.outline, _stands().label("stands"))
    rows = connection.execute(wanted.where(passages.c.day == day.isoformat(), passages.c.stage == "outlined").order_by(passages.c.id))
    return {row.id: row.outline if row.stands else None for row in rows}


def linked_on(connection: Connection, day: date) -> list[bytes]:
    """The outlines of the passages of a day that are linked, and can be linked to."""
    wanted = select(passages.c.outline).where(passages.c.day == day.isoformat(), passages.c.stage != "outlined", _stands())
    return list(connection.scalars(wanted.order_by(passages.c.id)))


def at(connection: Connection, stage: Stage) -> dict[str, date]:
    """The passages that are related so far and no further, with the days they are placed on."""
    rows = connection.execute(select(passages.c.id, passages.c.day).where(passages.c.stage == stage))
    return {row.id: date.fromisoformat(row.day) for row in rows}


def are_there(connection: Connection, ids: Collection[str]) -> bool:
    """Whether all of these passages are still in the store."""
    return sum(connection.scalar(select(func.count()).where(passages.c.id.in_(batch))) or 0 for batch in batches(ids)) == len(ids)


def stored_frequencies(connection: Connection) -> tuple[int, bytes] | None:
    """Of how many passages words were counted, and the counts, as bytes that only relating reads; None: they were not."""
    row = connection.execute(select(frequencies)).first()
    return (row.passages, row.counts) if row else None


def take_frequencies(connection: Connection, count: int, counts: bytes) -> None:
    """Words are as rare as these counts have it from now on: everything is to be linked anew."""
    connection.execute(delete(frequencies))
    connection.execute(insert(frequencies), [{"passages": count, "counts": counts}])
    connection.execute(delete(links))
    connection.execute(update(passages).values(stage="outlined"))


def all_outlines(connection: Connection) -> Iterator[bytes]:
    """The outlines of all passages."""
    yield from connection.scalars(select(passages.c.outline))


def near(connection: Connection, ids: Collection[str], least: float, first: date, last: date) -> set[str]:
    """The passages of some days, both included, that are linked to these by so much at least."""
    found: set[str] = set()
    for batch in batches(ids):
        for here, there in ((links.c.left, links.c.right), (links.c.right, links.c.left)):
            wanted = select(there).join(passages, passages.c.id == there).where(here.in_(batch), links.c.score >= least)
            found |= set(connection.scalars(wanted.where(passages.c.day.between(first.isoformat(), last.isoformat()))))
    return found


def tied_to(connection: Connection, ids: Collection[str]) -> set[str]:
    """The passages that are prints of these, or of which these are prints, or that were of one story with them."""
    found: set[str] = set()
    for batch in batches(ids):
        found |= set(connection.scalars(select(passages.c.id).where(passages.c.original.in_(batch))))
        found |= set(connection.scalars(select(passages.c.original).where(passages.c.id.in_(batch), passages.c.original.is_not(None))))
        touched = select(members.c.story_id).where(members.c.passage_id.in_(batch))
        with_them = select(members.c.passage_id).where(members.c.story_id.in_(touched))
        found |= set(connection.scalars(select(passages.c.id).where(passages.c.id.in_(with_them))))
    return found


def originals_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Those of these passages that are only another print, each with the passage it is a print of."""
    wanted = select(passages.c.id, passages.c.original).where(passages.c.original.is_not(None)).order_by(passages.c.id)
    return {row["id"]: row["original"] for row in _rows(connection, wanted, passages.c.id, ids)}


def passages_of(connection: Connection, article_ids: Collection[str]) -> tuple[Passage, ...]:
    """The passages of articles, in the order of articles and of their texts."""
    wanted = select(passages).order_by(passages.c.article_id, passages.c.number)
    return tuple(record_of(Passage, row) for row in _rows(connection, wanted, passages.c.article_id, article_ids))


def passages_with(connection: Connection, ids: Collection[str]) -> tuple[Passage, ...]:
    """The passages of these ids, in their order."""
    return tuple(record_of(Passage, row) for row in _rows(connection, select(passages).order_by(passages.c.id), passages.c.id, ids))


def passage_with(connection: Connection, beginning: str) -> Passage:
    """The passage that has this id or its beginning. Raises NotFoundError."""
    wanted = begins_with(passages.c.id, beginning.strip().lower())
    found = connection.execute(select(passages).where(wanted).limit(2)).mappings().all() if beginning.strip() else []
    if len(found) != 1:
        raise NotFoundError(f"{'More than one' if found else 'No'} passage's id begins with {beginning!r}.")
    return record_of(Passage, found[0])


def outlines_with(connection: Connection, ids: Collection[str]) -> dict[str, bytes]:
    """What reasons compare of the passages of these ids."""
    return {row["id"]: row["outline"] for row in _rows(connection, select(passages.c.id, passages.c.outline), passages.c.id, ids)}


def link_with(connection: Connection, beginning: str) -> Link | None:
    """The link that has this id or its beginning, without reasons; None: no one link has."""
    wanted = begins_with(links.c.id, beginning.strip().lower())
    found = connection.execute(select(links).where(wanted).limit(2)).mappings().all() if beginning.strip() else []
    return _link(found[0]) if len(found) == 1 else None


def links_of(connection: Connection, passage_ids: Collection[str]) -> tuple[Link, ...]:
    """The links of passages, without reasons, in the order of their ids."""
    found = {row["id"]: row for column in (links.c.left, links.c.right) for row in _rows(connection, select(links), column, passage_ids)}
    return tuple(_link(found[key]) for key in sorted(found))


def scores_among(connection: Connection, passage_ids: Collection[str]) -> list[Link]:
    """The links between these passages, with their scores alone."""
    ids = {key: key for key in passage_ids}
    found = []
    for batch in batches(ids):
        for left, right, score in connection.execute(select(links.c.left, links.c.right, links.c.score).where(links.c.left.in_(batch))):
            if right in ids:
                link = Link(id="", relation="same happening", left=ids[left], right=ids[right], score=score, reasons=(), rule="")
                found.append(link)
    return found


def add_links(connection: Connection, found: Sequence[Link]) -> None:
    """Store links, without reasons, in the place of those of the same ids."""
    for batch in batches([link.id for link in found]):
        connection.execute(delete(links).where(links.c.id.in_(batch)))
    if found:
        connection.execute(insert(links), list(map(row_of, found)))


def unsure_links(connection: Connection, limit: int) -> tuple[Link, ...]:
    """The links whose score is nearest to one half, without reasons."""
    wanted = select(links).order_by(func.abs(links.c.score - 0.5), links.c.id).limit(limit)
    return tuple(_link(row) for row in connection.execute(wanted).mappings())


def batches(ids: Collection[str]) -> Iterator[list[str]]:
    """Ids in their order, a few hundred at a time: what a statement can name."""
    ordered = sorted(ids)
    return (ordered[first : first + _BATCH] for first in range(0, len(ordered), _BATCH))


def _stands() -> ColumnElement[bool]:
    """A passage can be linked: it is no mere print of another, or a person judged about it."""
    return or_(passages.c.original.is_(None), passages.c.judged.is_(True))


def _rows(connection: Connection, wanted: Select[Any], column: Column[Any], ids: Collection[str]) -> Iterator[RowMapping]:
    """The rows that have one of these ids in a column."""
    for batch in batches(ids):
        yield from connection.execute(wanted.where(column.in_(batch))).mappings()


def _link(row: RowMapping) -> Link:
    return record_of(Link, row, reasons=())
