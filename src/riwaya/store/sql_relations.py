"""The tables of what relating gives, and of what people judged, in the same manner as those of sql.

All but the ids that stories had (members, redirects) and what people judged is derived from what was read.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, LargeBinary, String, Table, Text

from riwaya.store.sql import _id, _number, _parent, _span, metadata

unrelated = Table("unrelated", metadata, Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True))

texts = Table(
    "texts",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("day", String(10), nullable=False, index=True),  # that it was published on, as far as is known
    Column("runs", LargeBinary, nullable=False),  # hashes of its runs of words: what copies are found by
)

passages = Table(
    "passages",
    metadata,
    _id(),
    _parent("articles"),
    _number(),
    *_span("span", nullable=False),
    Column("events", Text, nullable=False),
    Column("day", String(10), nullable=False, index=True),
    Column("outline", LargeBinary, nullable=False),  # what reasons compare
    Column("runs", LargeBinary, nullable=False),
    Column("original", String(20), index=True),  # the passage that this one is only another print of
    Column("judged", Boolean, nullable=False, index=True),  # a person's judgement decides about it: it stands for itself
    Column("stage", String(10), nullable=False, index=True),  # how far it is related: outlined, linked, grouped
)

frequencies = Table(  # of words: one row at most, by which rarity is measured until the library is rebuilt
    "frequencies",
    metadata,
    Column("passages", Integer, primary_key=True, autoincrement=False),  # of how many
    Column("counts", LargeBinary, nullable=False),
)

days_to_compare = Table(  # whose copies are to be looked for
    "days_to_compare",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("changed", Boolean, nullable=False),  # texts came or went: the days after it are to be compared too
)

copies = Table(
    "copies",
    metadata,
    _id(),
    Column("original", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("copy", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kept", Float, nullable=False),
    Column("resemblance", Float, nullable=False),
    Column("rule", Text, nullable=False),
)

links = Table(
    "links",
    metadata,
    _id(),
    Column("relation", String(20), nullable=False),
    Column("left", ForeignKey("passages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("right", ForeignKey("passages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("score", Float, nullable=False, index=True),
    Column("rule", Text, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    _id(),
    Column("first_day", String(10), index=True),  # of its articles' days of publication; NULL: none has one
    Column("last_day", String(10), index=True),
    Column("origins", Integer, nullable=False, index=True),
    Column("outlets", Integer, nullable=False),
    Column("contested", Integer, nullable=False, index=True),  # disagreements of which both sides cannot be true
)

members = Table(  # kept also of stories that are gone: by them an id finds the story that it lasts in
    "members",
    metadata,
    Column("story_id", String(20), primary_key=True),
    Column("passage_id", String(20), primary_key=True, index=True),
)

redirects = Table("redirects", metadata, _id(), Column("story_id", String(20), nullable=False, index=True))

story_articles = Table(
    "story_articles",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("reacts", Boolean, nullable=False),
)

story_kinds = Table(
    "story_kinds",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(20), primary_key=True, index=True),
)

story_countries = Table(
    "story_countries",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("country", String(2), primary_key=True, index=True),
)

accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    _number(),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("claim_ids", Text, nullable=False),
    Column("teller_role", String(10)),
    Column("teller_kind", String(10)),
    *_span("teller_words"),
    *_span("teller_name"),
    Column("passages", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("told", String(10)),
    Column("origin", String(20), nullable=False),
    Column("carried_by", Text, nullable=False),
)

disagreements = Table(
    "disagreements",
    metadata,
    _id(),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    _number(),
    Column("about", String(20), nullable=False),
    Column("nature", String(20), nullable=False),
    Column("left", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("right", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    *_span("left_words", nullable=False),
    *_span("right_words", nullable=False),
    Column("rule", Text, nullable=False),
)


def _anchor(name: str) -> tuple[Column[str], Column[str], Column[int], Column[int], Column[str]]:
    """An anchor outlives its article, which no foreign key therefore names."""
    return (
        Column(f"{name}_capture_id", String(20), nullable=False, index=True),
        Column(f"{name}_article_id", String(20), nullable=False, index=True),
        *_span(f"{name}_span", nullable=False),
        Column(f"{name}_words", Text, nullable=False),
    )


judgements = Table(
    "judgements",
    metadata,
    _id(),
    *_anchor("left"),
    *_anchor("right"),
    Column("verdict", String(10), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),  # UTC
    Column("note", Text, nullable=False),
)

grades = Table(
    "grades",
    metadata,
    _id(),
    Column("grade", String(1), nullable=False),
    Column("teller", Text, nullable=False, index=True),
    *_anchor("of"),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),  # UTC
    Column("note", Text, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    _id(),
    Column("capture_id", String(20), nullable=False, index=True),
    Column("article_id", String(20), nullable=False, index=True),
    Column("at", String(40), nullable=False),  # UTC
    Column("content", Text, nullable=False),  # JSON, as the record has it
)
