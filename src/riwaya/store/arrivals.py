"""What has come into a library since somebody last looked.

New is told by the place of the capture in the archive, not by a time: captures are only ever added behind the last one and are read in
their order, so that what is read later lies behind what was read before, whatever day it bears. A rebuild changes nothing of that.
"""

from typing import NamedTuple

from sqlalchemy import Connection, select, tuple_

from riwaya.records import Reached
from riwaya.store.questions import Question
from riwaya.store.search import answering
from riwaya.store.sql import article_facets, articles, captures

START = Reached("", -1)  # before everything
_PLACE = (captures.c.warc, captures.c.offset_bytes)
_FROM_THE_END = tuple(column.desc() for column in _PLACE)
_LOOKED_AT = 500  # captures, the last ones: what lies further back is not counted, and said not to be


def reached(connection: Connection) -> Reached:
    """How far the archive has been read: the place of the last capture that anybody has read."""
    last = select(*_PLACE).where(captures.c.reader.is_not(None)).order_by(*_FROM_THE_END).limit(1)
    row = connection.execute(last).first()
    return Reached(*row) if row else START


class Arrived(NamedTuple):
    """The articles that have come and answer a question, as their ids, the last captured first."""

    articles: tuple[str, ...]
    is_all: bool  # else more has come than is looked at, and these are of the last that came


NOTHING = Arrived((), True)


def arrived(connection: Connection, question: Question, after: Reached) -> Arrived:
    """What has come behind a place and answers a question.

    Only what holds all that is asked for counts (of a sentence, any of its words): what is merely alike is no news.
    """
    if not question.asked:
        return NOTHING
    behind = select(captures.c.id).where(tuple_(*_PLACE) > after).order_by(*_FROM_THE_END).limit(_LOOKED_AT + 1)
    ids = connection.scalars(behind).all()
    new = connection.execute(
        select(article_facets.c.number, article_facets.c.article_id)
        .join_from(captures, articles, articles.c.capture_id == captures.c.id)
        .join(article_facets, article_facets.c.article_id == articles.c.id)
        .where(captures.c.id.in_(ids[:_LOOKED_AT]))
        .order_by(*_FROM_THE_END, articles.c.number)
    ).all()
    numbers = [row.number for row in new]
    wanted = select(article_facets.c.number).where(article_facets.c.number.in_(numbers), *answering(connection, question, numbers))
    answers = set(connection.scalars(wanted)) if new else set()
    return Arrived(tuple(row.article_id for row in new if row.number in answers), is_all=len(ids) <= _LOOKED_AT)
