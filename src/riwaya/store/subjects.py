"""Subjects: what a story is about, as most of its articles tell it: the kind of happening, and where it was."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable
from json import loads
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from riwaya.records import EventKind
from riwaya.store.happenings import is_its_place
from riwaya.store.sql import events, place_links
from riwaya.store.sql_relations import accounts
from riwaya.store.stories import batches

_NAMEABLE = ("point", "town", "area", "region")  # of a country alone a story is not named
_Value = TypeVar("_Value", bound=Hashable)


class Subject(NamedTuple):
    """What a story is about."""

    kind: EventKind | None  # None: nothing more is known than that something happened
    name_ar: str  # of the place; "": not known
    name_en: str


def subjects_of(connection: Connection, story_ids: Collection[str]) -> dict[str, Subject]:
    """The subjects of some stories: of kinds and places the one that most articles give, of equals the first in the alphabet."""
    story_of = _stories_by_event(connection, story_ids)
    kinds: defaultdict[str, set[tuple[EventKind, str]]] = defaultdict(set)
    places: defaultdict[str, set[tuple[tuple[str, str], str]]] = defaultdict(set)
    for batch in batches(story_of):
        wanted = (
            select(events.c.id, events.c.kind, events.c.article_id, place_links.c.name_ar, place_links.c.name_en, place_links.c.precision)
            .join_from(events, place_links, is_its_place(), isouter=True)
            .where(events.c.id.in_(batch))
        )
        for event_id, kind, article_id, name_ar, name_en, precision in connection.execute(wanted):
            for story_id in story_of[event_id]:
                if kind != "other":
                    kinds[story_id].add((kind, article_id))
                if precision in _NAMEABLE and (name_ar or name_en):
                    places[story_id].add(((name_ar, name_en), article_id))
    return {story_id: Subject(_most(kinds[story_id]), *(_most(places[story_id]) or ("", ""))) for story_id in story_ids}


def _stories_by_event(connection: Connection, story_ids: Collection[str]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for batch in batches(story_ids):
        for story_id, told in connection.execute(select(accounts.c.story_id, accounts.c.events).where(accounts.c.story_id.in_(batch))):
            for event_id in loads(told):
                found[event_id].add(story_id)
    return dict(found)


def _most(told: Iterable[tuple[_Value, str]]) -> _Value | None:
    """What most articles tell."""
    counted = Counter(value for value, _ in told)
    return min(counted, key=lambda value: (-counted[value], str(value)), default=None)
