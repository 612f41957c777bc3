"""What an outlet changed after publishing: the versions of an article are those with other words at the same address."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select

from riwaya.records import Article, Capture
from riwaya.store.rows import record_of
from riwaya.store.sql import articles, captures, metadata

Rows = Mapping[str, Sequence[dict[str, object]]]
Words = tuple[str, str]  # title and text


def captured_among(connection: Connection, addresses: Collection[str]) -> set[str]:
    """Those of some addresses at which something was captured."""
    return set(connection.scalars(select(captures.c.address).where(captures.c.address.in_(addresses)).distinct()))


def versions_of(connection: Connection, article_id: str) -> tuple[tuple[Capture, Article], ...]:
    """The versions of the article with this id, the oldest first, each with its capture; without an address there is but the one."""
    address = connection.scalar(select(articles.c.address).where(articles.c.id == article_id))
    same = articles.c.address == address if address else articles.c.id == article_id
    ids = connection.execute(
        select(articles.c.id, articles.c.capture_id)
        .join(captures, captures.c.id == articles.c.capture_id)
        .where(same)
        .order_by(captures.c.captured_at, captures.c.warc, captures.c.offset_bytes, articles.c.number)
    ).all()
    found = []
    for article, capture in ids:
        row = connection.execute(select(articles).where(articles.c.id == article)).mappings().one()
        kept = connection.execute(select(captures).where(captures.c.id == capture)).mappings().one()
        found.append((record_of(Capture, kept), record_of(Article, row)))
    return tuple(found)


def without_repeats(connection: Connection, capture: Capture, rows: Rows, said: dict[str, Words]) -> Rows:
    """The rows read from a capture without those articles that say, word for word, what was last said at their address before it.

    `said` holds what captures say that come before this one and are not stored yet, by address; it is brought up to date.
    """
    gone: set[object] = set()
    for row in rows["articles"]:
        address, words = str(row["address"] or ""), (str(row["title"]), str(row["text"]))
        if address and words == (said.get(address) or _last_words(connection, capture, address)):
            gone.add(row["id"])
        said[address] = words
    if not gone:
        return rows
    kept: dict[str, list[dict[str, object]]] = {}
    parents_first = [table.name for table in metadata.sorted_tables]
    for name in sorted(rows, key=lambda name: parents_first.index(name) if name in parents_first else len(parents_first)):
        kept[name] = []
        for row in rows[name]:
            if any(value in gone for column, value in row.items() if column == "id" or column.endswith("_id")):
                gone |= {row["id"]} if "id" in row else set()
            else:
                kept[name].append(row)
    return kept


def _last_words(connection: Connection, capture: Capture, address: str) -> Words | None:
    earlier = (captures.c.warc < capture.warc) | ((captures.c.warc == capture.warc) & (captures.c.offset_bytes < capture.offset_bytes))
    last = connection.execute(
        select(articles.c.title, articles.c.text)
        .join(captures, captures.c.id == articles.c.capture_id)
        .where(articles.c.address == address, earlier)
        .order_by(captures.c.warc.desc(), captures.c.offset_bytes.desc())
        .limit(1)
    ).first()
    return (last[0], last[1]) if last else None
