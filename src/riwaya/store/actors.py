"""Actors of the register in the articles: how often each is named, by which words; what it said, and what is said of it.

What is said of an actor: the events that it is the actor or the target of, and what others say that names it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Select, Subquery, Table, func, literal, select, union_all

from riwaya.records import Act, Sense, Span
from riwaya.store.happenings import Happening, happenings_with
from riwaya.store.sql import actor_links, articles, claims, findings, tellers
from riwaya.store.sql import events as events_table
from riwaya.store.sql_relations import copies

Role = Literal["actor", "target"]
_AGAIN = actor_links.alias("earlier")


class Named(NamedTuple):
    """How often an actor or a place is named."""

    key: str
    articles: int
    originals: int  # of those, the ones that are no copy of another


class Words(NamedTuple):
    """One wording of an actor in one outlet."""

    wording: str  # as the register has it; "": a bare word that stands for it
    sense: Sense
    outlet: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim in a list."""

    article_id: str
    outlet: str
    told: date | None
    act: Act
    speaker: str  # the words that name who says it; "" where the words do not
    words: str  # what is said
    span: Span


@dataclass(frozen=True, slots=True)
class SaidOf:
    """An event in which an actor acts or is acted upon."""

    happening: Happening
    role: Role


class OfDay(NamedTuple):
    """What an actor said on a day, and what was said of it: claims; events and claims."""

    said: int
    said_of: int


def actors_named(connection: Connection) -> tuple[Named, ...]:
    """All actors, those first that most articles name which are no copies."""
    copied = select(copies.c.copy).distinct().subquery()
    articles_ = func.count(actor_links.c.article_id.distinct())
    copied_ = func.count(copied.c.copy.distinct())
    wanted = (
        select(actor_links.c.actor_id, articles_, articles_ - copied_)
        .join_from(actor_links, copied, copied.c.copy == actor_links.c.article_id, isouter=True)
        .where(actor_links.c.actor_id.is_not(None))
        .group_by(actor_links.c.actor_id)
        .order_by((articles_ - copied_).desc(), actor_links.c.actor_id)
    )
    return tuple(Named(*row) for row in connection.execute(wanted))


def wordings_of(connection: Connection, actor_id: str) -> tuple[Words, ...]:
    """The words by which outlets call an actor, the commonest first."""
    number = func.count(actor_links.c.article_id.distinct())
    wanted = (
        select(actor_links.c.wording, actor_links.c.sense, articles.c.outlet, number)
        .join(articles, articles.c.id == actor_links.c.article_id)
        .where(actor_links.c.actor_id == actor_id)
        .group_by(actor_links.c.wording, actor_links.c.sense, articles.c.outlet)
        .order_by(number.desc(), actor_links.c.wording, articles.c.outlet)
    )
    return tuple(Words(*row) for row in connection.execute(wanted))


def said_by(connection: Connection, actor_id: str, limit: int, offset: int = 0) -> tuple[Said, ...]:
    """What an actor said, the last first."""
    return _claims(connection, _said_by(actor_id), limit, offset)


def said_by_others(connection: Connection, actor_id: str, limit: int, offset: int = 0) -> tuple[Said, ...]:
    """What others said that names the actor, the last first."""
    return _claims(connection, _said_by_others(actor_id), limit, offset)


def happened_to(connection: Connection, actor_id: str, limit: int, offset: int = 0) -> tuple[SaidOf, ...]:
    """The events in which an actor acts or is acted upon, the last told first."""
    roles = _events_of(actor_id)
    found = happenings_with(connection, select(roles.c.id), limit, offset)
    acting = set(connection.scalars(select(roles.c.id).where(roles.c.role == "actor", roles.c.id.in_([each.id for each in found]))))
    return tuple(SaidOf(each, "actor" if each.id in acting else "target") for each in found)


@dataclass(frozen=True, slots=True)
class HowMuch:
    """How many claims and events there are of an actor, and on which days articles told of them."""

    said: int
    events: int
    said_by_others: int
    days: dict[date, OfDay]  # in their order


def how_much(connection: Connection, actor_id: str) -> HowMuch:
    """How much is told of an actor."""
    said = _by_day(connection, claims, _said_by(actor_id))
    of = _by_day(connection, events_table, select(_events_of(actor_id).c.id))
    others = _by_day(connection, claims, _said_by_others(actor_id))
    days = sorted(filter(None, said.keys() | of.keys() | others.keys()))
    by_day = {day: OfDay(said.get(day, 0), of.get(day, 0) + others.get(day, 0)) for day in days}
    return HowMuch(sum(said.values()), sum(of.values()), sum(others.values()), by_day)


def _said_by(actor_id: str) -> Select[tuple[str]]:
    return select(findings.c.id).where(findings.c.speaker == actor_id)


def _said_by_others(actor_id: str) -> Select[tuple[str]]:
    own = select(findings.c.id).where(findings.c.id == claims.c.id, findings.c.speaker == actor_id)
    inside = (claims.c.content_start <= actor_links.c.span_start) & (actor_links.c.span_end <= claims.c.content_end)
    return (
        select(claims.c.id)
        .join_from(actor_links, claims, (claims.c.article_id == actor_links.c.article_id) & inside)
        .where(actor_links.c.actor_id == actor_id, ~own.exists())
        .distinct()
    )


def _events_of(actor_id: str) -> Subquery:
    """The ids of its events, each with its role: the first link in the words of a target tells who that is, as records.actor_in says."""
    start, end = events_table.c.target_start, events_table.c.target_end
    same = events_table.c.article_id == actor_links.c.article_id
    earlier = select(_AGAIN.c.number).where(
        _AGAIN.c.article_id == events_table.c.article_id,
        _AGAIN.c.number < actor_links.c.number,
        _AGAIN.c.span_start < end,
        start < _AGAIN.c.span_end,
    )
    target = (
        select(events_table.c.id, literal("target").label("role"))
        .join_from(actor_links, events_table, same & (actor_links.c.span_start < end) & (start < actor_links.c.span_end))
        .where(actor_links.c.actor_id == actor_id, ~earlier.exists())
    )
    actor = select(findings.c.id, literal("actor").label("role")).where(findings.c.actor == actor_id)
    return union_all(actor, target).subquery()


def _claims(connection: Connection, wanted: Select[tuple[str]], limit: int, offset: int) -> tuple[Said, ...]:
    order = (articles.c.published_day.desc(), claims.c.article_id, claims.c.number)
    found = select(claims.c.id).join_from(claims, articles, articles.c.id == claims.c.article_id).where(claims.c.id.in_(wanted))
    ids = connection.scalars(found.order_by(*order).limit(limit).offset(offset)).all()
    speaker_start = func.coalesce(tellers.c.name_start, tellers.c.words_start)
    speaker_end = func.coalesce(tellers.c.name_end, tellers.c.words_end)
    rows = connection.execute(
        select(
            claims.c.article_id,
            articles.c.outlet,
            articles.c.published_day,
            claims.c.act,
            func.substr(articles.c.text, speaker_start + 1, speaker_end - speaker_start).label("speaker"),
            func.substr(articles.c.text, claims.c.content_start + 1, claims.c.content_end - claims.c.content_start).label("words"),
            claims.c.content_start,
            claims.c.content_end,
        )
        .join_from(claims, articles, articles.c.id == claims.c.article_id)
        .join(tellers, (tellers.c.claim_id == claims.c.id) & (tellers.c.number == 0), isouter=True)
        .where(claims.c.id.in_(ids))
        .order_by(*order)
    ).mappings()
    return tuple(
        Said(
            article_id=row["article_id"],
            outlet=row["outlet"],
            told=date.fromisoformat(row["published_day"]) if row["published_day"] else None,
            act=row["act"],
            speaker=row["speaker"] or "",
            words=row["words"],
            span=Span(row["content_start"], row["content_end"]),
        )
        for row in rows
    )


def _by_day(connection: Connection, table: Table, wanted: Select[tuple[str]]) -> dict[date | None, int]:
    """How many rows of a table with these ids the articles of each day have, and those of articles without a day."""
    found = (
        select(articles.c.published_day, func.count())
        .join(articles, articles.c.id == table.c.article_id)
        .where(table.c.id.in_(wanted))
        .group_by(articles.c.published_day)
    )
    return {date.fromisoformat(day) if day else None: number for day, number in connection.execute(found)}
