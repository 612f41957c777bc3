"""A plain text as an article, and what is read from it."""

from datetime import date, datetime

from riwaya.read.reading import model_for, reading_of
from riwaya.records import Article, Published, ReaderKind, Reading, record_id


def read_text(
    text: str, *, title: str = "", outlet: str = "", published: date | datetime | None = None, reader: ReaderKind = "model"
) -> Reading:
    """What is read from a plain text, paragraphs separated by newlines; `published` is what relative days are counted from.

    Raises ModelError if `reader` is "model" and its files are not right.
    """
    valid = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    at = published if isinstance(published, datetime) else None
    article = Article(
        id=record_id("article", text, title, outlet, published),
        capture_id=None,
        address=None,
        outlet=outlet,
        title=title,
        byline="",
        dateline="",
        published=Published(day=at.date() if at else published, at=at, rule="given") if published else None,
        text=valid,
        undecodable=valid.count("\N{REPLACEMENT CHARACTER}") - text.count("\N{REPLACEMENT CHARACTER}"),
    )
    return reading_of(article, model=model_for(reader))
