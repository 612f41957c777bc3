"""Places of the gazetteer in the articles: how often each is named, by which words, how precisely and why."""

import json
from collections import Counter
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from riwaya.records import PlacePrecision
from riwaya.store.actors import Named
from riwaya.store.sql import place_links
from riwaya.store.sql_relations import copies


class Written(NamedTuple):
    """Words by which articles name a place."""

    words: str
    precision: PlacePrecision  # of what the words mean: the town, or what lies around it
    articles: int


class Reason(NamedTuple):
    """Why words were taken to mean a place, and how often."""

    reason: str
    times: int


def places_named(connection: Connection, country: str = "") -> tuple[Named, ...]:
    """All places (of a country), those first that most articles name which are no copies."""
    copied = select(copies.c.copy).distinct().subquery()
    number, of_copies = func.count(place_links.c.article_id.distinct()), func.count(copied.c.copy.distinct())
    wanted = (
        select(place_links.c.place_id, number, number - of_copies)
        .join_from(place_links, copied, copied.c.copy == place_links.c.article_id, isouter=True)
        .where(place_links.c.place_id.is_not(None), *((place_links.c.country == country,) if country else ()))
        .group_by(place_links.c.place_id)
        .order_by((number - of_copies).desc(), place_links.c.place_id)
    )
    return tuple(Named(*row) for row in connection.execute(wanted))


def names_written(connection: Connection, place_id: str, limit: int) -> tuple[Written, ...]:
    """How articles name a place, the commonest first."""
    number = func.count(place_links.c.article_id.distinct())
    wanted = (
        select(place_links.c.words, place_links.c.precision, number)
        .where(place_links.c.place_id == place_id)
        .group_by(place_links.c.words, place_links.c.precision)
        .order_by(number.desc(), place_links.c.words)
        .limit(limit)
    )
    return tuple(Written(*row) for row in connection.execute(wanted))


def reasons_for(connection: Connection, place_id: str) -> tuple[Reason, ...]:
    """Why words were taken to mean this place, the commonest reason first."""
    counted: Counter[str] = Counter()
    wanted = select(place_links.c.reasons, func.count()).where(place_links.c.place_id == place_id).group_by(place_links.c.reasons)
    for reasons, times in connection.execute(wanted):
        counted.update(dict.fromkeys(json.loads(reasons), times))
    return tuple(Reason(*each) for each in counted.most_common())
