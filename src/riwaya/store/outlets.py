"""What the store knows of outlets: how much each brings, from whom it takes it, how often it tells first or alone."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Subquery, func, select

from riwaya.records import EventKind
from riwaya.store.overview import Headline, headlines
from riwaya.store.sql import articles, events
from riwaya.store.sql_relations import copies, stories, story_articles


class OutletRow(NamedTuple):
    """An outlet in the list."""

    outlet: str
    articles: int
    copies: int  # of its articles, those that repeat another
    stories: int  # that it tells
    first: int  # of those told by several outlets, the ones it told before the others
    alone: int  # that no other outlet tells
    last_day: date | None


class Taken(NamedTuple):
    """How many articles one outlet took from another."""

    outlet: str
    articles: int


def all_outlets(connection: Connection) -> tuple[OutletRow, ...]:
    """All outlets of the articles, those that bring most first."""
    copied = select(copies.c.copy).distinct().subquery()
    counted = connection.execute(
        select(articles.c.outlet, func.count(), func.count(copied.c.copy), func.max(articles.c.published_day))
        .join_from(articles, copied, copied.c.copy == articles.c.id, isouter=True)
        .group_by(articles.c.outlet)
        .order_by(func.count().desc(), articles.c.outlet)
    ).all()
    told, first, alone = _tellings(connection)
    return tuple(
        OutletRow(outlet, number, repeated, told.get(outlet, 0), first.get(outlet, 0), alone.get(outlet, 0), _day(day))
        for outlet, number, repeated, day in counted
    )


def taken_from(connection: Connection, outlet: str) -> tuple[Taken, ...]:
    """The outlets whose articles this one repeats."""
    return _taken(connection, outlet, mine="copy", theirs="original")


def taken_by(connection: Connection, outlet: str) -> tuple[Taken, ...]:
    """The outlets that repeat this one's articles."""
    return _taken(connection, outlet, mine="original", theirs="copy")


def kinds_of(connection: Connection, outlet: str) -> tuple[tuple[EventKind, int], ...]:
    """The kinds of events that an outlet tells of, the commonest first."""
    wanted = select(events.c.kind, func.count()).join(articles, articles.c.id == events.c.article_id).where(articles.c.outlet == outlet)
    return tuple(
        (kind, number) for kind, number in connection.execute(wanted.group_by(events.c.kind).order_by(func.count().desc(), events.c.kind))
    )


def latest_of(connection: Connection, outlet: str, *, limit: int, offset: int = 0) -> tuple[Headline, ...]:
    """An outlet's articles, the last published first."""
    order = (articles.c.published_day.is_(None), articles.c.published_day.desc(), articles.c.published_at.desc(), articles.c.id)
    ids = connection.scalars(select(articles.c.id).where(articles.c.outlet == outlet).order_by(*order).limit(limit).offset(offset)).all()
    found = headlines(connection, ids)
    return tuple(found[key] for key in ids)


def _taken(connection: Connection, outlet: str, *, mine: str, theirs: str) -> tuple[Taken, ...]:
    own, other = articles.alias("own"), articles.alias("other")
    number = func.count(copies.c.copy.distinct())
    wanted = (
        select(other.c.outlet, number)
        .join_from(copies, own, own.c.id == copies.c[mine])
        .join(other, other.c.id == copies.c[theirs])
        .where(own.c.outlet == outlet, other.c.outlet != outlet)
        .group_by(other.c.outlet)
        .order_by(number.desc(), other.c.outlet)
    )
    return tuple(Taken(*row) for row in connection.execute(wanted))


def _tellings(connection: Connection) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """By outlet: how many stories it tells; of those of several outlets, tells first; tells alone."""
    ranked = _ranked()
    told = select(ranked.c.outlet, func.count(ranked.c.story_id.distinct())).group_by(ranked.c.outlet)
    first = select(ranked.c.outlet, func.count()).where(ranked.c.place == 1, ranked.c.outlets > 1).group_by(ranked.c.outlet)
    alone = select(ranked.c.outlet, func.count()).where(ranked.c.place == 1, ranked.c.outlets == 1).group_by(ranked.c.outlet)
    told_by, first_by, alone_by = ({outlet: number for outlet, number in connection.execute(each)} for each in (told, first, alone))  # noqa: C416
    return told_by, first_by, alone_by


def _ranked() -> Subquery:
    """The articles that tell each story in the order of their publication: by day, then the clock time that they give."""
    order = (articles.c.published_day.is_(None), articles.c.published_day, articles.c.published_at, articles.c.id)
    return (
        select(
            articles.c.outlet,
            stories.c.id.label("story_id"),
            stories.c.outlets,
            func.row_number().over(partition_by=stories.c.id, order_by=order).label("place"),
        )
        .join_from(stories, story_articles, story_articles.c.story_id == stories.c.id)
        .join(articles, articles.c.id == story_articles.c.article_id)
        .where(story_articles.c.reacts.is_(False))
        .subquery()
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
