"""Full-text search with SQLite's FTS5, over folded words and their dictionary forms."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select, text

from riwaya.store.sql import articles
from riwaya.store.terms import Words, words_in

TABLE = "article_words"

_INSERT = text("INSERT INTO article_words (rowid, article_id, title, body, lemmas) VALUES (:row, :article_id, :title, :body, :lemmas)")
_DELETE = text("DELETE FROM article_words WHERE rowid = :row")
_MATCH = text(  # the weights are those of article_id, title, body, lemmas: a word as written counts more than another form of it
    "SELECT article_id, -bm25(article_words, 0, 8, 4, 1) AS score FROM article_words"
    " WHERE article_words MATCH :terms ORDER BY score DESC, article_id LIMIT :limit"
)
_BATCH = 500


def index(connection: Connection, rows: Iterable[dict[str, object]]) -> None:
    """Put articles into the index; a row has what `index_row` gives."""
    ordered = sorted(rows, key=lambda row: str(row["article_id"]))  # FTS5 is quick where row numbers rise
    if ordered:
        connection.execute(_INSERT, [row | {"row": _row_number(str(row["article_id"]))} for row in ordered])


def index_row(article_id: str, title: str, body: str) -> dict[str, object]:
    """What the index keeps of an article."""
    of_title, of_body = words_in(title), words_in(body)
    return {
        "article_id": article_id,
        "title": " ".join(of_title.folded),
        "body": " ".join(of_body.folded),
        "lemmas": " ".join(of_title.lemmas + of_body.lemmas),
    }


def remove(connection: Connection, article_ids: Sequence[str]) -> None:
    """Take articles out of the index."""
    if article_ids:
        connection.execute(_DELETE, [{"row": _row_number(each)} for each in article_ids])


def clear(connection: Connection) -> None:
    """Take all articles out of the index."""
    connection.execute(text("DELETE FROM article_words"))


def forget_removed(connection: Connection) -> None:
    """Write the index anew without the words of articles that were taken out: until then they lie in it unseen."""
    connection.execute(text("INSERT INTO article_words (article_words) VALUES ('optimize')"))


def fill(connection: Connection) -> None:
    """Index all articles that are not in the index, after a migration."""
    indexed = {row.article_id for row in connection.execute(text("SELECT article_id FROM article_words"))}
    missing = [each for each in connection.scalars(select(articles.c.id)) if each not in indexed]
    for first in range(0, len(missing), _BATCH):
        wanted = select(articles.c.id, articles.c.title, articles.c.text).where(articles.c.id.in_(missing[first : first + _BATCH]))
        index(connection, [index_row(row.id, row.title, row.text) for row in connection.execute(wanted)])


def matches(connection: Connection, terms: Sequence[Words], limit: int) -> list[tuple[str, float]]:
    """Ids of the articles that hold every term, best first, with a score that only compares within one search."""
    if not terms:
        return []
    found = connection.execute(_MATCH, {"terms": " AND ".join(map(_expression, terms)), "limit": limit})
    return [(row.article_id, row.score) for row in found]


def _expression(term: Words) -> str:
    """An FTS5 expression for one term. Words hold no quotation marks, so that nothing a user types is ever syntax."""
    return f'({{title body}} : "{" ".join(term.folded)}" OR lemmas : "{" ".join(term.lemmas)}")'


def _row_number(article_id: str) -> int:
    """The row of an article in the index follows from its id (60 of its 80 bits), so that it can be found without a search."""
    return int(article_id[:15], 16)
