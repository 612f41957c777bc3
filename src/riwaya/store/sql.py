"""The tables of the store, in SQLAlchemy Core: nothing here is of one database engine only.

A record becomes a row as store.rows describes: a span is two integers, a tuple of records is rows of a table of its own, numbered
in their order, a tuple of texts is a JSON list. Times are text in ISO 8601, as the records give them. Everything but the collect
failures and the visits is derived from the captures. What relating gives, and what people judged, is in sql_relations.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _span(name: str, *, nullable: bool = True) -> tuple[Column[int], Column[int]]:
    return Column(f"{name}_start", Integer, nullable=nullable), Column(f"{name}_end", Integer, nullable=nullable)


def _id() -> Column[str]:
    return Column("id", String(20), primary_key=True)


def _parent(table: str) -> Column[str]:
    """The row that this row belongs to, and is deleted with."""
    return Column(f"{table.removesuffix('s')}_id", ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, index=True)


def _part_of(table: str) -> tuple[Column[str], Column[int]]:
    """The key of a row that has no id of its own: which row it is a part of, and its number there."""
    name = f"{table.removesuffix('s')}_id"
    return (
        Column(name, ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
    )


def _number() -> Column[int]:
    return Column("number", Integer, nullable=False)


def begins_with(column: Column[str], beginning: str) -> ColumnElement[bool]:
    """Whether an id begins so, asked in a way that an index answers. Ids are hexadecimal: behind all that begin so comes a g."""
    return column.between(beginning, f"{beginning}g")


captures = Table(
    "captures",
    metadata,
    _id(),
    Column("address", Text, nullable=False, index=True),
    Column("captured_at", String(40), nullable=False),
    Column("status", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("digest", String(71), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("warc", Text, nullable=False),
    Column("offset_bytes", Integer, nullable=False),
    Column("reader", Text),  # who read it last; NULL: not read yet
    Index("ix_captures_place", "warc", "offset_bytes"),
)

articles = Table(
    "articles",
    metadata,
    _id(),
    _parent("captures"),
    _number(),
    Column("address", Text, index=True),
    Column("outlet", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("byline", Text, nullable=False),
    Column("dateline", Text, nullable=False),
    Column("published_day", String(10), index=True),
    Column("published_at", String(40)),  # with its zone where one was given
    Column("published_rule", String(20)),
    Column("text", Text, nullable=False),
    Column("undecodable", Integer, nullable=False),
    Column("illustration", Boolean, nullable=False),
    Column("reader", Text, nullable=False),
    Column("outlet_id", Text),
    Column("vector", LargeBinary),
    Index("ix_articles_outlet", "outlet", "published_day", "published_at", "id"),  # what lists of articles ask for, without their texts
    Index("ix_articles_when", "id", "published_day", "outlet"),
)

set_aside = Table(
    "set_aside",
    metadata,
    *_part_of("articles"),
    Column("reason", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("address", Text),
)

mentions = Table(
    "mentions",
    metadata,
    _id(),
    _parent("articles"),
    _number(),
    *_span("span", nullable=False),
    Column("kind", String(4), nullable=False),
    Column("rule", Text, nullable=False),
    Column("confidence", Float, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    _id(),
    _parent("articles"),
    _number(),
    *_span("cue"),
    Column("act", String(20), nullable=False, index=True),
    *_span("content", nullable=False),
    *_span("channel"),
    Column("form", String(10), nullable=False),
    Column("rule", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("vector", LargeBinary),
)

tellers = Table(
    "tellers",
    metadata,
    *_part_of("claims"),
    Column("role", String(10), nullable=False),
    Column("kind", String(10), nullable=False),
    *_span("words"),
    *_span("name"),
)

events = Table(
    "events",
    metadata,
    _id(),
    _parent("articles"),
    _number(),
    Column("kind", String(20), nullable=False, index=True),
    *_span("trigger", nullable=False),
    *_span("actor"),
    *_span("target"),
    *_span("place"),
    *_span("within"),
    *_span("when"),
    Column("days_first", String(10), index=True),
    Column("days_last", String(10)),
    Column("status", String(10), nullable=False),
    Column("claim_id", ForeignKey("claims.id", ondelete="CASCADE"), index=True),
    Column("rule", Text, nullable=False),
    Column("confidence", Float, nullable=False),
)

tolls = Table(
    "tolls",
    metadata,
    *_part_of("events"),
    Column("kind", String(10), nullable=False),
    Column("least", Integer, nullable=False),
    Column("most", Integer),
    *_span("words", nullable=False),
    *_span("whom"),
    Index("ix_tolls_kind", "kind", "least"),
)

not_counted = Table(
    "not_counted",
    metadata,
    *_part_of("articles"),
    *_span("span", nullable=False),
    Column("reason", String(20), nullable=False),
    Column("rule", Text, nullable=False),
)

place_links = Table(
    "place_links",
    metadata,
    *_part_of("articles"),
    *_span("span", nullable=False),
    Column("words", Text, nullable=False),  # of that span: to count by them without the texts
    Column("place_id", Text),  # key in the gazetteer
    Column("name_ar", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("country", String(2), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("radius_km", Float),
    Column("precision", String(10), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("candidates", Text, nullable=False),
    Index("ix_place_links_place", "place_id", "article_id", "country"),
)

actor_links = Table(
    "actor_links",
    metadata,
    *_part_of("articles"),
    *_span("span", nullable=False),
    Column("actor_id", Text),  # key in the register
    Column("name_ar", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("wording", Text, nullable=False),
    Column("sense", String(10), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("candidates", Text, nullable=False),
    Index("ix_actor_links_actor", "actor_id", "article_id", "wording", "sense"),
)

person_links = Table(
    "person_links",
    metadata,
    *_part_of("articles"),
    *_span("span", nullable=False),
    Column("person_id", String(20), nullable=False, index=True),
    *_span("name", nullable=False),
    *_span("office"),
    Column("actor_id", Text, index=True),
    Column("reasons", Text, nullable=False),
)

corrected = Table(  # what people corrected in the reading of an article, as it was read before
    "corrected",
    metadata,
    *_part_of("articles"),
    Column("content", Text, nullable=False),  # JSON, as the record has it
)

failures = Table(
    "failures",
    metadata,
    _id(),
    Column("capture_id", String(20), primary_key=True),  # "": before there was a capture
    Column("stage", String(10), nullable=False),
    Column("address", Text, nullable=False, index=True),
    Column("reason", String(20), nullable=False),
    Column("detail", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("address", Text, primary_key=True),
    Column("outlet", Text, nullable=False, index=True),
    Column("first_at", String(40), nullable=False),  # UTC
    Column("last_at", String(40), nullable=False),
    Column("validators_etag", Text),
    Column("validators_last_modified", Text),
)

article_facets = Table(  # what search filters, orders and counts articles by
    "article_facets",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # by which the article's words are indexed
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("outlet", Text, nullable=False, index=True),
    Column("published_day", String(10), index=True),
    Column("killed", Integer),  # the most that it says were killed somewhere at least
    Column("facet_numbers", LargeBinary, nullable=False),  # of facet_values, four bytes each: a library's are counted in a moment
    Column("print_of", String(20)),  # the article that it is only another print of; filled by relating
)

facet_values = Table(
    "facet_values",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False, unique=True),  # field:value
)

findings = Table(  # what search chooses claims and events by
    "findings",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # by which the words of its fields are indexed
    Column("id", String(20), nullable=False, index=True),  # of the claim or event
    _parent("articles"),
    Column("act", String(20)),
    Column("speaker", Text),  # key in the register
    Column("kind", String(20)),
    Column("status", String(10)),
    Column("country", String(2)),
    Column("precision", String(10)),
    Column("actor", Text),  # key in the register
    *(Index(f"ix_findings_{name}", name, "article_id") for name in ("act", "speaker", "kind", "status", "country", "precision", "actor")),
)
