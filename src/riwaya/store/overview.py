"""What a page says at a glance: headlines by id, how much came when, what each outlet brought."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from riwaya.store.sql import articles

_BEGINNING = 90  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article in a list."""

    id: str
    outlet: str
    title: str  # how its text begins, where it has none
    day: date | None


def headlines(connection: Connection, ids: Collection[str]) -> dict[str, Headline]:
    """The headlines of some articles, by id."""
    beginning = func.substr(articles.c.text, 1, _BEGINNING)
    wanted = select(articles.c.id, articles.c.outlet, articles.c.title, beginning, articles.c.published_day)
    return {
        key: Headline(id=key, outlet=outlet, title=title or f"{words} …", day=date.fromisoformat(day) if day else None)
        for key, outlet, title, words, day in connection.execute(wanted.where(articles.c.id.in_(list(ids))))
    }
