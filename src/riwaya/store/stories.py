"""Stories in the store: written as relating gives them, listed, found by their ids, which last."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, select

from riwaya.errors import NotFoundError
from riwaya.records import Account, Disagreement, Story
from riwaya.store.rows import record_of, row_of
from riwaya.store.sql import articles, begins_with
from riwaya.store.sql_relations import accounts, disagreements, members, redirects, stories, story_articles, story_countries, story_kinds

Order = Literal["origins", "contested", "day"]
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story with what it is found by."""

    story: Story
    first_day: date | None  # of its articles' days of publication; None: none has one
    last_day: date | None
    outlets: int
    kinds: tuple[str, ...]  # of its events, sorted
    countries: tuple[str, ...]  # ISO 3166, of where they were, sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A story in a list."""

    id: str
    title: str  # of its first article that has one, else how its first article begins
    first_day: date | None  # of its articles' days of publication; None: none has one
    last_day: date | None
    articles: int
    outlets: int
    origins: int
    contested: int  # disagreements of which both sides cannot be true
    kinds: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which stories are asked for, and in which order: most origins first, most contested first, or latest first."""

    first: date | None = None
    last: date | None = None
    country: str = ""  # ISO 3166
    kind: str = ""
    order: Order = "origins"


def write_stories(connection: Connection, told: Sequence[Told]) -> None:
    """Put stories in the place of those of the same ids."""
    drop_stories(connection, [each.story.id for each in told])
    _forget_members(connection, [each.story.id for each in told])
    rows: dict[Table, list[dict[str, object]]] = defaultdict(list)
    for each in told:
        story = each.story
        contested = sum(one.nature == "contested" for one in story.disagreements)
        days = {name: day.isoformat() if day else None for name, day in (("first_day", each.first_day), ("last_day", each.last_day))}
        rows[stories].append({"id": story.id, "origins": story.origins, "outlets": each.outlets, "contested": contested} | days)
        rows[members] += [{"story_id": story.id, "passage_id": key} for key in story.passages]
        for reacts, keys in ((False, story.articles), (True, story.reactions)):
            rows[story_articles] += [{"story_id": story.id, "article_id": key, "reacts": reacts} for key in keys]
        rows[story_kinds] += [{"story_id": story.id, "kind": kind} for kind in each.kinds]
        rows[story_countries] += [{"story_id": story.id, "country": country} for country in each.countries]
        rows[accounts] += [row_of(one, story_id=story.id, number=number) for number, one in enumerate(story.accounts)]
        rows[disagreements] += [row_of(one, story_id=story.id, number=number) for number, one in enumerate(story.disagreements)]
    for table, found in rows.items():
        if found:
            connection.execute(insert(table), found)


def redirect(connection: Connection, leading: Mapping[str, str]) -> None:
    """Note where ids lead that no story has any more: `leading` gives for the id of one that went into another the other's."""
    _forget_members(connection, leading)
    if leading:
        connection.execute(delete(redirects).where(redirects.c.id.in_(list(leading))))
        connection.execute(insert(redirects), [{"id": old, "story_id": new} for old, new in leading.items()])


def drop_stories(connection: Connection, ids: Collection[str]) -> None:
    """Take stories out; their ids are remembered with their members."""
    for batch in batches(ids):
        connection.execute(delete(stories).where(stories.c.id.in_(batch)))


def _forget_members(connection: Connection, ids: Collection[str]) -> None:
    for batch in batches(ids):
        connection.execute(delete(members).where(members.c.story_id.in_(batch)))


def members_of(connection: Connection, passages: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The ids of stories, also of those that are gone, that any of these passages are in, each with all its passages."""
    ids: set[str] = set()
    for batch in batches(passages):
        ids |= set(connection.scalars(select(members.c.story_id).where(members.c.passage_id.in_(batch))))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for batch in batches(ids):
        for story_id, passage in connection.execute(select(members.c.story_id, members.c.passage_id).where(members.c.story_id.in_(batch))):
            found[story_id].append(passage)
    return {story_id: tuple(sorted(keys)) for story_id, keys in sorted(found.items())}


def known_ids(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    """Those of these ids that a story has or had."""
    known: set[str] = set()
    for batch in batches(ids):
        for column in (members.c.story_id, redirects.c.id):
            known |= set(connection.scalars(select(column).where(column.in_(batch)).distinct()))
    return frozenset(known)


def story_with(connection: Connection, beginning: str) -> str:
    """The id of the story that has this id or its beginning, or to which it leads. Raises NotFoundError."""
    wanted = beginning.strip().lower()
    found: set[str] = set()
    if wanted and set(wanted) <= set("0123456789abcdef"):
        for column in (stories.c.id, redirects.c.id):
            found |= set(connection.scalars(select(column).where(begins_with(column, wanted)).limit(2)))
    ends = {_end(connection, each) for each in found}
    if len(ends) > 1:
        raise NotFoundError(f"More than one story's id begins with {wanted!r}: give more of it.")
    if not ends or not connection.scalar(select(stories.c.id).where(stories.c.id.in_(ends))):
        raise NotFoundError(f"No story has the id {beginning!r}.")
    return ends.pop()


def _end(connection: Connection, story_id: str) -> str:
    """Where redirects lead from an id in the end."""
    seen = {story_id}
    while (further := connection.scalar(select(redirects.c.story_id).where(redirects.c.id == story_id))) and further not in seen:
        seen.add(further)
        story_id = further
    return story_id


def story_of(connection: Connection, story_id: str) -> Story:
    """The story of an id that story_with gave."""
    origins = connection.scalar(select(stories.c.origins).where(stories.c.id == story_id)) or 0
    rows = connection.execute(
        select(story_articles).where(story_articles.c.story_id == story_id).order_by(story_articles.c.article_id)
    ).all()
    told = connection.execute(select(accounts).where(accounts.c.story_id == story_id).order_by(accounts.c.number)).mappings()
    differing = connection.execute(
        select(disagreements).where(disagreements.c.story_id == story_id).order_by(disagreements.c.number)
    ).mappings()
    passages = connection.scalars(select(members.c.passage_id).where(members.c.story_id == story_id).order_by(members.c.passage_id))
    return Story(
        id=story_id,
        passages=tuple(passages),
        articles=tuple(row.article_id for row in rows if not row.reacts),
        reactions=tuple(row.article_id for row in rows if row.reacts),
        accounts=tuple(record_of(Account, row) for row in told),
        disagreements=tuple(record_of(Disagreement, row) for row in differing),
        origins=origins,
    )


def stories_with(connection: Connection, article_id: str) -> tuple[str, ...]:
    """The ids of the stories that an article tells or reacts to."""
    wanted = select(story_articles.c.story_id).where(story_articles.c.article_id == article_id)
    return tuple(connection.scalars(wanted.order_by(story_articles.c.story_id)))


def count(connection: Connection, wanted: Wanted) -> int:
    """How many stories there are of those that are wanted."""
    return connection.scalar(select(func.count()).select_from(stories).where(*_conditions(wanted))) or 0


def listed(connection: Connection, wanted: Wanted, limit: int, offset: int = 0) -> tuple[Listed, ...]:
    """Some of the stories that are wanted, in their order."""
    order = {
        "origins": (stories.c.origins.desc(),),
        "contested": (stories.c.contested.desc(), stories.c.origins.desc()),
        "day": (stories.c.last_day.is_(None), stories.c.last_day.desc(), stories.c.origins.desc()),
    }[wanted.order]
    ids = connection.scalars(select(stories.c.id).where(*_conditions(wanted)).order_by(*order, stories.c.id).limit(limit).offset(offset))
    return list_of(connection, ids.all())


def list_of(connection: Connection, ids: Sequence[str]) -> tuple[Listed, ...]:
    """The stories of these ids, in their order."""
    rows = {row["id"]: row for row in connection.execute(select(stories).where(stories.c.id.in_(ids))).mappings()}
    kinds = _parts(connection, story_kinds, "kind", ids)
    countries = _parts(connection, story_countries, "country", ids)
    found = []
    for story_id in ids:
        row = rows[story_id]
        titles = _titles(connection, story_id)
        found.append(
            Listed(
                id=story_id,
                title=next((row.title for row in titles if row.title), shorten(titles[0].text, 90, placeholder=" …") if titles else ""),
                first_day=date.fromisoformat(row["first_day"]) if row["first_day"] else None,
                last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
                articles=len(titles),
                outlets=row["outlets"],
                origins=row["origins"],
                contested=row["contested"],
                kinds=kinds[story_id],
                countries=countries[story_id],
            )
        )
    return tuple(found)


def _titles(connection: Connection, story_id: str) -> Sequence[Row[str, str]]:
    """The titles of the articles that tell a story, with how their texts begin, the first published first."""
    return connection.execute(
        select(articles.c.title, func.substr(articles.c.text, 1, 200).label("text"))
        .join(story_articles, story_articles.c.article_id == articles.c.id)
        .where(story_articles.c.story_id == story_id, story_articles.c.reacts.is_(False))
        .order_by(articles.c.published_day.is_(None), articles.c.published_day, articles.c.published_at, articles.c.id)
    ).all()


def _conditions(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if wanted.first:
        yield stories.c.last_day >= wanted.first.isoformat()
    if wanted.last:
        yield stories.c.first_day <= wanted.last.isoformat()
    if wanted.country:
        yield stories.c.id.in_(select(story_countries.c.story_id).where(story_countries.c.country == wanted.country.upper()))
    if wanted.kind:
        yield stories.c.id.in_(select(story_kinds.c.story_id).where(story_kinds.c.kind == wanted.kind))


def _parts(connection: Connection, table: Table, column: str, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    wanted = select(table.c.story_id, table.c[column]).where(table.c.story_id.in_(ids)).order_by(table.c.story_id, table.c[column])
    for story_id, value in connection.execute(wanted):
        found[story_id].append(value)
    return defaultdict(tuple, {key: tuple(values) for key, values in found.items()})


def batches(ids: Collection[str]) -> Iterable[list[str]]:
    """The ids in order, so many at a time as one question to a database may name."""
    ordered = sorted(ids)
    return (ordered[first : first + _BATCH] for first in range(0, len(ordered), _BATCH))
