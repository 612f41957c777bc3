"""What search keeps of a reading: the words of the article, what it is filtered, ordered and counted by, and the fields of its findings.

All of it is derived from the other tables, and can be made anew from them.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from riwaya.records import Claim, Event, Reading, Span, actor_in, event_place, teller_actor
from riwaya.store import search_sqlite
from riwaya.store.query import readings
from riwaya.store.sql import article_facets, articles, facet_values, findings
from riwaya.store.terms import words_in

FACETS = "facets"  # in a row of article_facets, until `numbered` has given them numbers
_BATCH = 200
_CHOSEN_BY = ("act", "speaker", "kind", "status", "country", "precision", "actor")


def index_rows(reading: Reading) -> Iterator[tuple[str, dict[str, object]]]:
    """The rows that search needs of a reading, each with the name of its table. Two findings of one id are one."""
    article = reading.article
    title, body = words_in(article.title), words_in(article.text)
    number = _number(article.id)
    words = {"title": " ".join(title.folded), "body": " ".join(body.folded), "stems": " ".join(title.stems + body.stems)}
    yield search_sqlite.TABLE, {"number": number, "article_id": article.id, **words}
    facets = {f"outlet:{article.outlet}"} if article.outlet else set()
    if article.published:
        facets.add(f"month:{article.published.day:%Y-%m}")
    kept = [_of_claim(each, reading) for each in {each.id: each for each in reading.claims}.values()]
    kept += [_of_event(each, reading) for each in {each.id: each for each in reading.events}.values()]
    tolls = [toll.least for event in reading.events if event.status == "actual" for toll in event.tolls if toll.kind == "killed"]
    rows = []
    for finding, fields in kept:
        same = {"number": _number(str(finding["id"])), "article_id": article.id}
        rows.append((findings.name, dict.fromkeys(_CHOSEN_BY) | finding | same))
        rows.append((search_sqlite.FIELDS_TABLE, dict.fromkeys(search_sqlite.FIELDS, "") | fields | same))
        facets |= {f"{name}:{value}" for name, value in finding.items() if value and name != "id"}
    yield (
        article_facets.name,
        {
            "number": number,
            "article_id": article.id,
            "outlet": article.outlet,
            "published_day": article.published.day.isoformat() if article.published else None,
            "killed": max(tolls, default=None),
            FACETS: sorted(facets),
        },
    )
    yield from rows


def take_out(connection: Connection, article_ids: Sequence[str]) -> None:
    """Take articles out of the indexes, before their rows are deleted."""
    numbers = connection.scalars(select(findings.c.number).where(findings.c.article_id.in_(article_ids))).all()
    search_sqlite.remove(connection, [_number(each) for each in article_ids], numbers)


def numbered(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of article_facets with the numbers of their facets in the place of these; new facets are given numbers."""
    wanted = {facet for row in rows for facet in row[FACETS]}
    known = facets_by_number(connection)
    number_of = {facet: number for number, facet in known.items()}
    new = {facet: number for number, facet in enumerate(sorted(wanted - number_of.keys()), max(known, default=0) + 1)}
    if new:
        connection.execute(insert(facet_values), [{"number": number, "value": facet} for facet, number in new.items()])
    number_of |= new
    return [
        {name: value for name, value in row.items() if name != FACETS}
        | {"facet_numbers": array("I", [number_of[facet] for facet in row[FACETS]]).tobytes(), "print_of": None}
        for row in rows
    ]


def facets_by_number(connection: Connection, numbers: Sequence[int] | None = None) -> dict[int, str]:
    """The facets of these numbers: field:value. None: all that any article has or had."""
    wanted = select(facet_values.c.number, facet_values.c.value)
    rows = connection.execute(wanted if numbers is None else wanted.where(facet_values.c.number.in_(numbers)))
    return {number: value for number, value in rows}  # noqa: C416


def forget_facets(connection: Connection) -> None:
    """Drop the names of outlets that no article is of any more: the other facets are words of the program's own lists."""
    kept = select("outlet:" + article_facets.c.outlet)
    connection.execute(delete(facet_values).where(facet_values.c.value.startswith("outlet:"), facet_values.c.value.not_in(kept)))


def fill(connection: Connection) -> None:
    """Index all articles that are not indexed, after a migration."""
    indexed = select(article_facets.c.article_id)
    missing = connection.scalars(select(articles.c.id).where(articles.c.id.not_in(indexed)).order_by(articles.c.id)).all()
    for first in range(0, len(missing), _BATCH):
        rows: dict[str, list[dict[str, object]]] = {name: [] for name in (*_TABLES, search_sqlite.TABLE, search_sqlite.FIELDS_TABLE)}
        for reading in readings(connection, missing[first : first + _BATCH]):
            for name, row in index_rows(reading):
                rows[name].append(row)
        rows[article_facets.name] = numbered(connection, rows[article_facets.name])
        for name, table in _TABLES.items():
            if rows[name]:
                connection.execute(insert(table), rows[name])
        search_sqlite.index(connection, rows[search_sqlite.TABLE], rows[search_sqlite.FIELDS_TABLE])


_TABLES = {article_facets.name: article_facets, findings.name: findings}


def _of_claim(claim: Claim, reading: Reading) -> tuple[dict[str, object], dict[str, str]]:
    """What a claim is chosen by, and the words of its fields."""
    speaker = claim.tellers[0]
    link = teller_actor(speaker, reading.actors)
    meant = (link.name_ar, link.name_en, link.actor_id or "") if link else ()
    said_by = _stems(reading, (speaker.words, speaker.name), meant)
    chosen_by: dict[str, object] = {"id": claim.id, "act": claim.act, "speaker": link.actor_id if link else None}
    return chosen_by, {"speaker": said_by}


def _of_event(event: Event, reading: Reading) -> tuple[dict[str, object], dict[str, str]]:
    """What an event is chosen by, and the words of its fields."""
    place, actor, target = event_place(event, reading.places), actor_in(event.actor, reading.actors), actor_in(event.target, reading.actors)
    fields = {
        "actor": _stems(reading, (event.actor,), (actor.name_ar, actor.name_en, actor.actor_id or "") if actor else ()),
        "target": _stems(reading, (event.target,), (target.name_ar, target.name_en, target.actor_id or "") if target else ()),
        "place": _stems(reading, (event.place, event.within), (place.name_ar, place.name_en) if place else ()),
    }
    chosen_by: dict[str, object] = {
        "id": event.id,
        "kind": event.kind,
        "status": event.status,
        "country": (place.country if place else "") or None,
        "precision": place.precision if place else "unknown",
        "actor": actor.actor_id if actor else None,
    }
    return chosen_by, fields


def _stems(reading: Reading, spans: Sequence[Span | None], meant: Sequence[str]) -> str:
    """The stems of some spans of the text and of the names of what they mean."""
    texts = [reading.article.text[span.start : span.end] for span in spans if span]
    return " ".join(stem for text in dict.fromkeys((*texts, *meant)) for stem in words_in(text).stems)


def _number(id_: str) -> int:
    """The number by which an article or finding is indexed follows from its id (60 of its 80 bits)."""
    return int(id_[:15], 16)
