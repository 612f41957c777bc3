"""Changing the store: what is collected, what is read, and taking it back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select, update

from riwaya.records import Capture, Failure, Reading
from riwaya.store import search_index, search_sqlite
from riwaya.store.passages import let_go
from riwaya.store.rows import row_of
from riwaya.store.sql import (
    actor_links,
    article_facets,
    articles,
    captures,
    claims,
    corrected,
    events,
    failures,
    mentions,
    metadata,
    not_counted,
    person_links,
    place_links,
    set_aside,
    tellers,
    tolls,
    visits,
)
from riwaya.store.sql_relations import corrections, grades, judgements, members, redirects, unrelated
from riwaya.store.versions import Words, without_repeats

Rows = Mapping[str, Sequence[dict[str, object]]]  # rows of each table, by its name; and those of the search indexes

_BATCH = 500
_LARGEST = 2**63
_LASTING = (visits, members, redirects, judgements, grades, corrections)  # what the captures cannot give again


def add_captures(connection: Connection, found: Sequence[Capture]) -> int:
    """Note captures that are not known yet; how many they were."""
    known = set(connection.scalars(select(captures.c.id).where(captures.c.id.in_([capture.id for capture in found]))))
    new = {capture.id: capture for capture in found if capture.id not in known}
    if new:
        connection.execute(insert(captures), [row_of(capture, reader=None) for capture in new.values()])
    return len(new)


def take_in(connection: Connection, found: Iterator[Capture | Failure]) -> None:
    """Note what the archive holds."""
    while batch := list(islice(found, _BATCH)):
        add_captures(connection, [each for each in batch if isinstance(each, Capture)])
        for each in batch:
            if isinstance(each, Failure):
                add_failure(connection, each)


def add_failure(connection: Connection, failure: Failure, capture_id: str = "") -> None:
    """Note a failure; the same one again changes nothing."""
    same = (failures.c.id == failure.id) & (failures.c.capture_id == capture_id)
    if connection.scalar(select(failures.c.id).where(same)) is None:
        connection.execute(insert(failures), row_of(failure, capture_id=capture_id))


def clear_collect_failures(connection: Connection, addresses: Collection[str]) -> None:
    """An address that could be collected has failed no longer."""
    connection.execute(delete(failures).where(failures.c.address.in_(addresses), failures.c.stage == "collect"))


def replace_readings(connection: Connection, reader: str, read: Sequence[tuple[Capture, Rows | Failure]]) -> None:
    """Put what `reader` read from captures, in the order in which they were written, in the place of what was read from them before.

    An article that says what was last said at its address is no new version and is left out.
    """
    ids = [capture.id for capture, _ in read]
    _take_out(connection, _articles_of(connection, ids))
    connection.execute(delete(failures).where(failures.c.capture_id.in_(ids)))
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    said: dict[str, Words] = {}
    for capture, outcome in read:
        if isinstance(outcome, Failure):
            add_failure(connection, outcome, capture.id)
        else:
            for name, found in without_repeats(connection, capture, outcome, said).items():
                rows[name] += found
    _put_in(connection, rows)
    connection.execute(update(captures).where(captures.c.id.in_(ids)).values(reader=reader))


def replace_articles(connection: Connection, found: Sequence[Reading]) -> None:
    """Put readings in the place of those that their articles have."""
    ids = [reading.article.id for reading in found]
    number = {row.id: row.number for row in connection.execute(select(articles.c.id, articles.c.number).where(articles.c.id.in_(ids)))}
    _take_out(connection, ids)
    for reading in found:
        rows = rows_of(reading.article.capture_id or "", [reading])
        (article,) = rows[articles.name]
        _put_in(connection, {**rows, articles.name: [article | {"number": number[reading.article.id]}]})


def _articles_of(connection: Connection, capture_ids: Sequence[str]) -> Sequence[str]:
    return connection.scalars(select(articles.c.id).where(articles.c.capture_id.in_(capture_ids))).all()


def _take_out(connection: Connection, article_ids: Sequence[str]) -> None:
    let_go(connection, article_ids)
    search_index.take_out(connection, article_ids)
    connection.execute(delete(articles).where(articles.c.id.in_(article_ids)))


def _put_in(connection: Connection, read: Rows) -> None:
    rows = {**read, article_facets.name: search_index.numbered(connection, read.get(article_facets.name, ()))}
    for table in metadata.sorted_tables:
        if rows.get(table.name):
            connection.execute(insert(table), rows[table.name])
    search_sqlite.index(connection, rows.get(search_sqlite.TABLE, ()), rows.get(search_sqlite.FIELDS_TABLE, ()))
    if rows.get(articles.name):
        connection.execute(insert(unrelated), [{"article_id": row["id"]} for row in rows[articles.name]])


def drop_captures(connection: Connection, ids: Sequence[str]) -> None:
    """Take captures out of the store with all that was read from them, and the failures at their addresses."""
    _take_out(connection, _articles_of(connection, ids))
    addresses = select(captures.c.address).where(captures.c.id.in_(ids))
    connection.execute(delete(failures).where(failures.c.capture_id.in_(ids) | failures.c.address.in_(addresses)))
    connection.execute(delete(captures).where(captures.c.id.in_(ids)))
    search_index.forget_facets(connection)


def forget_derived(connection: Connection) -> None:
    """Drop everything that the captures can give again, and what is known of the captures themselves."""
    search_sqlite.clear(connection)
    connection.execute(delete(failures).where(failures.c.stage != "collect"))
    for table in reversed(metadata.sorted_tables):
        if table not in (failures, *_LASTING):
            connection.execute(delete(table))


def rows_of(capture_id: str, readings: Iterable[Reading]) -> Rows:
    """The rows that the readings of one capture become.

    Two findings of one id are one finding (law 1). Raises ValueError if a reading holds what no database can.
    """
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for number, reading in enumerate(readings):
        article = reading.article
        row = row_of(article, reader=reading.reader, number=number, vector=reading.vector, outlet_id=reading.outlet_id)
        rows[articles.name].append(row | {"capture_id": capture_id})
        for name, row in search_index.index_rows(reading):
            rows[name].append(row)
        for table, row in _rows_below(reading):
            rows[table.name].append(row)
    for table_rows in rows.values():
        for row in table_rows:
            _check(row)
    return dict(rows)


def _rows_below(reading: Reading) -> Iterator[tuple[Table, dict[str, object]]]:
    article = reading.article
    parts_of_the_article: tuple[tuple[Table, tuple[object, ...]], ...] = (
        (set_aside, article.set_aside),
        (not_counted, reading.not_counted),
        (actor_links, reading.actors),
        (person_links, reading.persons),
    )
    for table, parts in parts_of_the_article:
        for number, part in enumerate(parts):
            yield table, row_of(part, article_id=article.id, number=number)
    for number, each in enumerate(reading.corrected):
        yield corrected, {"article_id": article.id, "number": number, "content": msgspec.json.encode(each).decode()}
    for number, place in enumerate(reading.places):
        yield place_links, row_of(place, article_id=article.id, number=number, words=article.text[slice(*place.span)])
    for number, mention in enumerate({each.id: each for each in reading.mentions}.values()):
        yield mentions, row_of(mention, article_id=article.id, number=number)
    claim_ids = set()
    for number, claim in enumerate({each.id: each for each in reading.claims}.values()):
        claim_ids.add(claim.id)
        yield claims, row_of(claim, article_id=article.id, number=number)
        for at, teller in enumerate(claim.tellers):
            yield tellers, row_of(teller, claim_id=claim.id, number=at)
    for number, event in enumerate({each.id: each for each in reading.events}.values()):
        if event.claim_id and event.claim_id not in claim_ids:
            raise ValueError(f"the event {event.id} stands in a claim that its reading does not hold")
        yield events, row_of(event, article_id=article.id, number=number)
        for at, toll in enumerate(event.tolls):
            yield tolls, row_of(toll, event_id=event.id, number=at)


def _check(row: Mapping[str, object]) -> None:
    for name, value in row.items():
        if isinstance(value, str):
            value.encode()  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
        elif isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
            raise ValueError(f"{name} is too large a number")
