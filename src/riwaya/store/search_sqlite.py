"""Full-text search with SQLite's FTS5, over folded words and their stems: of articles, and of the fields of claims and events.

Another engine is searched when it has these two indexes, and `holding`, `numbers_holding` and `findings_with` over them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Float, Subquery, TextualSelect, bindparam, column, text

from riwaya.store.terms import Words

TABLE = "article_words"  # title and body as written, and the stems of both; by the number of the article
FIELDS_TABLE = "finding_words"  # the stems of the words in each field of a claim or event; by the number of the finding
FIELDS = ("speaker", "actor", "target", "place")
INDEXES = (TABLE, FIELDS_TABLE)

_INSERT = text("INSERT INTO article_words (rowid, title, body, stems) VALUES (:number, :title, :body, :stems)")
_INSERT_FIELDS = text(
    "INSERT INTO finding_words (rowid, speaker, actor, target, place) VALUES (:number, :speaker, :actor, :target, :place)"
)
_DELETE = text("DELETE FROM article_words WHERE rowid = :number")
_DELETE_FIELDS = text("DELETE FROM finding_words WHERE rowid = :number")
# The weights are those of title, body and stems. A stem counts more than the word as written: so questions find their paragraphs best.
_HOLDING = "SELECT rowid AS number, -bm25(article_words, 4, 1, 2) AS score FROM article_words WHERE article_words MATCH :words"
_NUMBERS = "SELECT rowid AS number FROM article_words WHERE article_words MATCH :words"
_FINDINGS = "SELECT rowid AS number FROM finding_words WHERE finding_words MATCH :words"


def index(connection: Connection, articles: Iterable[Mapping[str, Any]], findings: Iterable[Mapping[str, Any]]) -> None:
    """Put the words of articles and of findings into the indexes."""
    for insert, rows in ((_INSERT, articles), (_INSERT_FIELDS, findings)):
        ordered = sorted(rows, key=lambda row: row["number"])  # FTS5 is quick where row numbers rise
        if ordered:
            connection.execute(insert, ordered)


def remove(connection: Connection, articles: Sequence[int], findings: Sequence[int]) -> None:
    """Take articles and findings out of the indexes, by their numbers."""
    for delete, numbers in ((_DELETE, articles), (_DELETE_FIELDS, findings)):
        if numbers:
            connection.execute(delete, [{"number": number} for number in numbers])


def clear(connection: Connection) -> None:
    """Take everything out of the indexes."""
    connection.execute(text("DELETE FROM article_words"))
    connection.execute(text("DELETE FROM finding_words"))


def forget_removed(connection: Connection) -> None:
    """Write the indexes anew without the words of what was taken out: until then they lie in them unseen."""
    connection.execute(text("INSERT INTO article_words (article_words) VALUES ('optimize')"))
    connection.execute(text("INSERT INTO finding_words (finding_words) VALUES ('optimize')"))


def holding(terms: Sequence[Words], *, any_of_them: bool) -> Subquery:
    """Numbers and scores of the articles that hold every term, or any of them; scores compare within one search."""
    expression = (" OR " if any_of_them else " AND ").join(map(_expression, terms))
    words = text(_HOLDING).bindparams(bindparam("words", expression, unique=True))
    return words.columns(column("number", BigInteger), column("score", Float)).subquery("holding")


def numbers_holding(term: Words, among: Collection[int] | None = None) -> TextualSelect:
    """Numbers of the articles that hold a term; `among` asks for no others, which is quick where they are few."""
    words = text(_NUMBERS).bindparams(bindparam("words", _expression(term), unique=True))
    if among is not None:
        words = text(f"{_NUMBERS} AND rowid IN :among").bindparams(
            bindparam("words", _expression(term), unique=True), bindparam("among", list(among), expanding=True, unique=True)
        )
    return words.columns(column("number", BigInteger))


def findings_with(fields: Mapping[str, Sequence[Words]]) -> TextualSelect:
    """Numbers of the findings that have all words of one of the alternatives in each of some fields."""
    wanted = [" OR ".join(f"{field} : ({_every(words)})" for words in alternatives) for field, alternatives in fields.items()]
    words = text(_FINDINGS).bindparams(bindparam("words", " AND ".join(f"({each})" for each in wanted), unique=True))
    return words.columns(column("number", BigInteger))


def _expression(term: Words) -> str:
    """An FTS5 expression for one term. Words hold no quotation marks, so that nothing a user types is ever syntax."""
    return f'({{title body}} : "{" ".join(term.folded)}" OR stems : "{" ".join(term.stems)}")'


def _every(words: Words) -> str:
    return " AND ".join(f'"{stem}"' for stem in words.stems)
