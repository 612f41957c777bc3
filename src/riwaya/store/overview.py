"""What a page says at a glance: what came since a time, by outlet; which stories it tells, where they contradict; what failed."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import shorten
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, Select, Table, case, func, select

from riwaya.records import About, Act, Failure, FailureReason, Span, Status
from riwaya.store import sentences
from riwaya.store.rows import record_of
from riwaya.store.sql import articles, captures, claims, events, failures, place_links
from riwaya.store.sql_relations import accounts, copies, disagreements, stories, story_articles, story_countries, story_kinds

_BEGINNING = 90  # letters
_AROUND = 110  # letters of a sentence before and behind some of its words


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is asked for: what was captured after a time (None: ever), and tells of a country, of a kind of event ("": any)."""

    after: datetime | None = None
    country: str = ""  # ISO 3166
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article in a list."""

    id: str
    outlet: str
    title: str  # how its text begins, where it has none
    day: date | None


class Brought(NamedTuple):
    """What an outlet brought."""

    outlet: str
    articles: int
    copies: int  # of those, the ones that repeat another article


class Failed(NamedTuple):
    """How many pages failed for one reason."""

    reason: FailureReason
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One side of a disagreement: an account, with the words that contradict the other."""

    article_id: str
    outlet: str
    teller: str  # the words that name who tells; "" for the outlet itself
    act: Act | None  # None: the outlet says it itself
    status: Status
    before: str  # the rest of their sentence before those words; begins with … where it was cut
    words: str
    after: str  # and behind them
    span: Span  # of those words
    told: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A disagreement of which both sides cannot be true."""

    story_id: str
    about: About
    left: Position
    right: Position


def headlines(connection: Connection, ids: Collection[str]) -> dict[str, Headline]:
    """The headlines of some articles, by id."""
    beginning = func.substr(articles.c.text, 1, 2 * _BEGINNING)
    wanted = select(articles.c.id, articles.c.outlet, articles.c.title, beginning, articles.c.published_day)
    return {
        key: Headline(id=key, outlet=outlet, title=title or shorten(words, _BEGINNING, placeholder=" …"), day=_day(day))
        for key, outlet, title, words, day in connection.execute(wanted.where(articles.c.id.in_(list(ids))))
    }


def brought(connection: Connection, since: Since) -> tuple[Brought, ...]:
    """What each outlet brought, most first."""
    copied = select(copies.c.copy).distinct().subquery()
    wanted = (
        select(articles.c.outlet, func.count(), func.count(copied.c.copy))
        .join_from(articles, copied, copied.c.copy == articles.c.id, isouter=True)
        .where(*_articles_since(since))
        .group_by(articles.c.outlet)
        .order_by(func.count().desc(), articles.c.outlet)
    )
    return tuple(Brought(*row) for row in connection.execute(wanted))


def story_ids(connection: Connection, since: Since, limit: int) -> tuple[str, ...]:
    """The stories that what is asked for tells, those of most independent origins first."""
    wanted = select(stories.c.id).where(*_stories_since(since)).order_by(stories.c.origins.desc(), stories.c.contested.desc(), stories.c.id)
    return tuple(connection.scalars(wanted.limit(limit)))


class StoriesSince(NamedTuple):
    """How many stories there are, and how many disagreements in them of which both sides cannot be true."""

    stories: int
    contested: int


def stories_since(connection: Connection, since: Since) -> StoriesSince:
    """How many stories what is asked for tells."""
    found = connection.execute(select(func.count(), func.coalesce(func.sum(stories.c.contested), 0)).where(*_stories_since(since))).one()
    return StoriesSince(*found)


def contested(connection: Connection, since: Since, limit: int) -> tuple[Contested, ...]:
    """The liveliest disagreements, one of a story, those of the most contested stories first."""
    left, right = accounts.alias("left_account"), accounts.alias("right_account")
    left_article, right_article = articles.alias("left_article"), articles.alias("right_article")
    others = disagreements.alias("others")
    first = select(func.min(others.c.number)).where(others.c.story_id == stories.c.id, others.c.nature == "contested")
    wanted = (
        select(
            stories.c.id.label("story_id"),
            disagreements.c.about,
            *_position("left", left, left_article),
            *_position("right", right, right_article),
        )
        .join_from(stories, disagreements, disagreements.c.story_id == stories.c.id)
        .join(left, left.c.id == disagreements.c.left)
        .join(right, right.c.id == disagreements.c.right)
        .join(left_article, left_article.c.id == left.c.article_id)
        .join(right_article, right_article.c.id == right.c.article_id)
        .where(*_stories_since(since), stories.c.contested > 0, disagreements.c.number == first.scalar_subquery())
        .order_by(stories.c.contested.desc(), stories.c.origins.desc(), stories.c.id)
        .limit(limit)
    )
    rows = connection.execute(wanted).mappings().all()
    acts = _acts(connection, rows)
    return tuple(
        Contested(story_id=row["story_id"], about=row["about"], left=_side(row, "left", acts), right=_side(row, "right", acts))
        for row in rows
    )


def failed(connection: Connection) -> tuple[Failed, ...]:
    """Why pages failed, the commonest reason first."""
    number = func.count(failures.c.id.distinct())
    wanted = select(failures.c.reason, number).group_by(failures.c.reason).order_by(number.desc(), failures.c.reason)
    return tuple(Failed(*row) for row in connection.execute(wanted))


def failures_for(connection: Connection, reason: str, limit: int) -> tuple[Failure, ...]:
    """Pages that failed for a reason ("": any), each once, in the order of stages and addresses."""
    wanted = select(failures).where(failures.c.reason == reason) if reason else select(failures)
    rows = connection.execute(wanted.group_by(failures.c.id).order_by(failures.c.stage, failures.c.address, failures.c.id).limit(limit))
    return tuple(record_of(Failure, row) for row in rows.mappings())


def countries(connection: Connection) -> tuple[str, ...]:
    """The countries that stories tell of."""
    return tuple(connection.scalars(select(story_countries.c.country).distinct().order_by(story_countries.c.country)))


class Work(NamedTuple):
    """How far reading has come."""

    captures: int
    unread: int


def work(connection: Connection, reader: str) -> Work:
    """How many captures there are, and how many of them this reader has not read yet."""
    unread = case((captures.c.reader.is_distinct_from(reader), 1))
    return Work(*connection.execute(select(func.count(), func.count(unread)).select_from(captures)).one())


def count_articles(connection: Connection) -> int:
    """How many articles there are."""
    return connection.scalar(select(func.count()).select_from(articles)) or 0


def _articles_since(since: Since) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if since.after:
        new = select(captures.c.id).where(captures.c.captured_at > since.after.isoformat())
        conditions.append(articles.c.capture_id.in_(new))
    if since.country:
        conditions.append(_has(place_links, place_links.c.country == since.country))
    if since.kind:
        conditions.append(_has(events, events.c.kind == since.kind))
    return conditions


def _has(table: Table, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(table.c.article_id).where(table.c.article_id == articles.c.id, condition).exists()


def _stories_since(since: Since) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if since.after:
        new: Select[tuple[str]] = (
            select(story_articles.c.story_id)
            .join(articles, articles.c.id == story_articles.c.article_id)
            .where(*_articles_since(Since(after=since.after)))
        )
        conditions.append(stories.c.id.in_(new))
    if since.country:
        conditions.append(stories.c.id.in_(select(story_countries.c.story_id).where(story_countries.c.country == since.country)))
    if since.kind:
        conditions.append(stories.c.id.in_(select(story_kinds.c.story_id).where(story_kinds.c.kind == since.kind)))
    return conditions


def _position(side: str, account: FromClause, article: FromClause) -> list[ColumnElement[object]]:
    """The columns of one side of a disagreement."""
    start, end = disagreements.c[f"{side}_words_start"], disagreements.c[f"{side}_words_end"]
    room = case((start < _AROUND, start), else_=_AROUND)
    name_start = func.coalesce(account.c.teller_name_start, account.c.teller_words_start)
    name_end = func.coalesce(account.c.teller_name_end, account.c.teller_words_end)
    found = {
        "article_id": article.c.id,
        "outlet": article.c.outlet,
        "teller": func.substr(article.c.text, name_start + 1, name_end - name_start),
        "claims": account.c.claim_ids,
        "status": account.c.status,
        "before": func.substr(article.c.text, start - room + 1, room),
        "words": func.substr(article.c.text, start + 1, end - start),
        "after": func.substr(article.c.text, end + 1, _AROUND),
        "start": start,
        "end": end,
        "told": account.c.told,
    }
    return [column.label(f"{side}_{name}") for name, column in found.items()]


def _side(row: RowMapping, side: str, acts: dict[str, Act]) -> Position:
    said = json.loads(row[f"{side}_claims"])
    return Position(
        article_id=row[f"{side}_article_id"],
        outlet=row[f"{side}_outlet"],
        teller=row[f"{side}_teller"] or "",
        act=acts.get(said[0]) if said else None,
        status=row[f"{side}_status"],
        before=sentences.before(row[f"{side}_before"], _AROUND),
        words=row[f"{side}_words"],
        after=sentences.behind(row[f"{side}_after"], _AROUND),
        span=Span(row[f"{side}_start"], row[f"{side}_end"]),
        told=_day(row[f"{side}_told"]),
    )


def _acts(connection: Connection, rows: Sequence[RowMapping]) -> dict[str, Act]:
    """The acts of the claims that the sides of disagreements are told in."""
    ids = {claim for row in rows for side in (row["left_claims"], row["right_claims"]) for claim in json.loads(side)[:1]}
    return {key: act for key, act in connection.execute(select(claims.c.id, claims.c.act).where(claims.c.id.in_(ids)))}  # noqa: C416


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
