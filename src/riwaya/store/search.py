"""Asking for articles: which answer a question, in which order, how they fall apart, and what in each of them answers it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import sqrt
from statistics import fmean
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, literal, not_, or_, select

from riwaya.records import Days
from riwaya.store import search_sqlite
from riwaya.store.answers import Found, FoundText, Meeting, found_in
from riwaya.store.questions import Asked, Numbers, Question
from riwaya.store.search_index import facets_by_number
from riwaya.store.sql import actor_links, article_facets, findings, tolls
from riwaya.store.terms import Words, words_in

Order = Literal["relevance", "newest", "oldest", "toll"]
Facet = Literal["act", "status", "speaker", "outlet", "kind", "actor", "country", "precision", "month"]

_Answer = tuple[str, float, bytes, str | None]  # an article's id, its score, the numbers of its facets, whose print it is
_BATCH = 500
_UNKNOWN: Mapping[str, float] = MappingProxyType({})
_LIKENESS = 15  # what likeness weighs beside the score of the words, of which the best is 1: flat from 10 to 20 (docs/accuracy.md)
_MOST_ALIKE = 50  # articles that hold none of the words and are found by what they say
_OF_CLAIMS = ("act", "speaker")
_OF_EVENTS = (
    "kind",
    "status",
    "country",
    "precision",
    "actor",
    "target",
    "place",
    "killed",
    "wounded",
    "captured",
    "missing",
    "displaced",
    "arrested",
)
_EVERY_VALUE_HOLDS = ("since", "until", *_OF_EVENTS[7:])  # killed>=5 killed<=9; of other fields the values are alternatives


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of the answers is wanted, in which order; without words, the nearest are the newest."""

    order: Order = "relevance"
    first: int = 0
    size: int = 20
    folded: bool = False  # articles that are prints of one text are one answer; `first` and `size` then count these
    ahead: frozenset[str] = frozenset()  # ids of articles that come before the others, where they answer


class Share(NamedTuple):
    """How many of the articles found have a value."""

    value: str  # a name of an outlet, a word of a vocabulary, a key in the register, a country's code, a month (2017-02)
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answers to a question."""

    question: Question
    total: int  # articles
    texts: int  # that these are: prints of one text are one
    partly: bool  # not all words were required: these hold some or all of them, or say what is like them
    found: tuple[Found, ...]  # the part that was asked for
    facets: Mapping[str, tuple[Share, ...]]  # of all of them; the most frequent first, months in their order


def search(connection: Connection, question: Question, part: Part, likeness: Mapping[str, float] = _UNKNOWN) -> Results:
    """The articles that answer a question; one that asks nothing is answered by none.

    Conditions on claims must hold of one and the same claim, those on events of one and the same event. Where no article holds all the
    words, and where the question is a sentence, any of them will do, and so does what is said in other words; the nearest comes first.
    `likeness` tells of each article, as far as that is known, how like what it says is to the words of the question.
    """
    several = len(question.wanted) > 1
    partly = question.is_sentence and several
    rows = _rows(connection, question, part.order, any_of_them=partly)
    if not rows and not partly and (several or (question.wanted and likeness)):
        partly, rows = True, _rows(connection, question, part.order, any_of_them=True)
    if partly:
        rows = [*rows, *_alike(connection, question, likeness, {row[0] for row in rows})]
    if question.wanted and likeness and part.order == "relevance":
        best = max((row[1] for row in rows), default=0) or 1
        rows = sorted(rows, key=lambda row: -(row[1] / best + _LIKENESS * likeness.get(row[0], 0)))
    if part.ahead:
        rows = sorted(rows, key=lambda row: row[0] not in part.ahead)
    texts = _texts(rows)
    answers = list(texts.values()) if part.folded else [[row] for row in rows]
    return Results(
        question=question,
        total=len(rows),
        texts=len(texts),
        partly=partly and bool(rows),
        found=tuple(_found(connection, question, answers[part.first : part.first + part.size])),
        facets=_facets(connection, rows),
    )


def answering(connection: Connection, question: Question, among: Collection[int] | None = None) -> list[ColumnElement[bool]]:
    """What must hold of a row of article_facets for its article to answer a question: it holds all words, of a sentence any.

    `among` are the numbers of the articles in question, where they are few.
    """
    held = [article_facets.c.number.in_(search_sqlite.numbers_holding(words, among)) for words in question.wanted]
    words = [or_(*held)] if question.is_sentence and held else held
    return [*words, *_conditions(connection, question)]


def names_of_actors(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The Arabic and English names of actors, by their keys in the register, as articles were read with them."""
    c = actor_links.c
    found = ((key, connection.execute(select(c.name_ar, c.name_en).where(c.actor_id == key).limit(1)).first()) for key in keys)
    return {key: (row[0], row[1]) for key, row in found if row}


def _rows(connection: Connection, question: Question, order: Order, *, any_of_them: bool) -> Sequence[_Answer]:
    """The articles that answer, in order; those that are equal in it by day, the newest first."""
    if not question.asked:
        return ()
    facets = article_facets.c
    score: ColumnElement[float] = literal(0.0)
    articles: FromClause = article_facets
    if question.wanted:
        holding = search_sqlite.holding(question.wanted, any_of_them=any_of_them)
        articles, score = article_facets.join(holding, holding.c.number == facets.number), holding.c.score
    newest = facets.published_day.desc().nulls_last()
    orders = {
        "relevance": (score.desc(), newest),
        "newest": (newest,),
        "oldest": (facets.published_day.asc().nulls_last(),),
        "toll": (facets.killed.desc().nulls_last(), newest),
    }
    asked = (
        select(facets.article_id, score, facets.facet_numbers, facets.print_of)
        .select_from(articles)
        .where(*_conditions(connection, question))
    )
    return connection.execute(asked.order_by(*orders[order], facets.article_id)).all()


def _alike(connection: Connection, question: Question, likeness: Mapping[str, float], but: set[str]) -> Sequence[_Answer]:
    """The rows of the articles that are most like the question, if the rest of it holds of them, without those that are found already."""
    if not likeness:
        return ()
    middle = fmean(likeness.values())
    least = middle + sqrt(
        fmean((each - middle) ** 2 for each in likeness.values())
    )  # of a few articles most are like nothing that is asked
    nearest = nlargest(_MOST_ALIKE, likeness, key=lambda key: (likeness[key], key))
    most = [key for key in nearest if likeness[key] >= least and key not in but]
    facets = article_facets.c
    asked = select(facets.article_id, literal(0.0), facets.facet_numbers, facets.print_of)
    asked = asked.where(facets.article_id.in_(most), *_conditions(connection, question))
    return connection.execute(asked).all()


def _texts(rows: Sequence[_Answer]) -> dict[str, list[_Answer]]:
    """The answers by the text that they are, each under the id of its first print."""
    texts: dict[str, list[_Answer]] = {}
    for row in rows:
        text = row[3] or row[0]
        if text in texts:
            texts[text].append(row)
        else:
            texts[text] = [row]
    return texts


def _facets(connection: Connection, rows: Sequence[_Answer]) -> dict[str, tuple[Share, ...]]:
    if not rows:
        return {}
    found: dict[str, list[Share]] = defaultdict(list)
    counts = np.bincount(np.frombuffer(b"".join([row[2] for row in rows]), np.uint32))
    counted = facets_by_number(connection, np.flatnonzero(counts).tolist())
    for articles, facet in sorted((-int(counts[number]), facet) for number, facet in counted.items()):
        field, _, value = facet.partition(":")
        found[field].append(Share(value, -articles))
    found["month"].sort()
    return {field: tuple(shares) for field, shares in found.items()}


def _conditions(connection: Connection, question: Question) -> list[ColumnElement[bool]]:
    """What must hold of an article."""
    facets = article_facets.c
    conditions: list[ColumnElement[bool]] = []
    wanted = [asked for asked in question.asked if not asked.excluded]
    for fields in (_OF_CLAIMS, _OF_EVENTS):
        if of_findings := [asked for asked in wanted if asked.field in fields]:
            conditions.append(facets.article_id.in_(select(findings.c.article_id).where(*_of_findings(of_findings))))
    for field, alternatives in _by_field([asked for asked in wanted if asked.field in ("outlet", "since", "until", "day")]).items():
        each = [_of_article(connection, asked) for asked in alternatives]
        conditions.append(and_(*each) if field in _EVERY_VALUE_HOLDS else or_(*each))
    for asked in question.asked:
        if asked.excluded and asked.field in (*_OF_CLAIMS, *_OF_EVENTS):
            conditions.append(facets.article_id.not_in(select(findings.c.article_id).where(*_of_findings([asked]))))
        elif asked.excluded:
            conditions.append(not_(_of_article(connection, asked)))
    return conditions


def _of_article(connection: Connection, asked: Asked) -> ColumnElement[bool]:
    """What must hold of the article itself."""
    facets = article_facets.c
    if isinstance(asked.value, Days):
        day = func.coalesce(facets.published_day, "")
        return day.between(asked.value.first.isoformat(), asked.value.last.isoformat())
    words = asked.value
    if not isinstance(words, Words):
        raise TypeError(asked.field)
    if asked.field == "words":
        return facets.number.in_(search_sqlite.numbers_holding(words))
    outlets = connection.scalars(select(facets.outlet).distinct())
    return facets.outlet.in_([outlet for outlet in outlets if set(words.stems) <= set(words_in(outlet).stems)])


def _of_findings(asked: Iterable[Asked]) -> list[ColumnElement[bool]]:
    """What must hold of one and the same claim or event."""
    conditions: list[ColumnElement[bool]] = []
    in_fields: dict[str, list[Words]] = {}
    for field, alternatives in _by_field(asked).items():
        values = [each.value for each in alternatives]
        if words := [value for value in values if isinstance(value, Words)]:
            in_fields[field] = words
        elif numbers := [value for value in values if isinstance(value, Numbers)]:
            conditions += [findings.c.id.in_(_told(field, value)) for value in numbers]
        else:
            conditions.append(findings.c[field].in_(values))
    if in_fields:
        conditions.append(findings.c.number.in_(search_sqlite.findings_with(in_fields)))
    return conditions


def _told(kind: str, numbers: Numbers) -> Select[tuple[str]]:
    """The events that tell a toll which lies within some numbers whatever it was exactly: "more than 100" is not at most 200."""
    told = (tolls.c.kind == kind) & (tolls.c.least >= numbers.least)
    return select(tolls.c.event_id).where(told if numbers.most is None else told & (tolls.c.most <= numbers.most))


def _by_field(asked: Iterable[Asked]) -> dict[str, list[Asked]]:
    fields: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        fields[each.field].append(each)
    return fields


def _found(connection: Connection, question: Question, answers: Sequence[Sequence[_Answer]]) -> Iterator[Found]:
    """What in the first article of each answer does answer."""
    for first in range(0, len(answers), _BATCH):
        batch = answers[first : first + _BATCH]
        some = [FoundText(rows[0][0], rows[0][1], tuple(row[0] for row in rows[1:])) for rows in batch]
        ids = [each.article_id for each in some]
        meeting: list[frozenset[str] | None] = []
        for fields in (_OF_CLAIMS, _OF_EVENTS):
            asked = [each for each in question.asked if each.field in fields and not each.excluded]
            met = select(findings.c.id).where(findings.c.article_id.in_(ids), *_of_findings(asked))
            meeting.append(frozenset(connection.scalars(met)) if asked else None)
        yield from found_in(connection, some, question.wanted, Meeting(*meeting))
