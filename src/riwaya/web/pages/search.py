"""Search: a question, how it was understood, its answers, how they fall apart; and the answers to take away."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, get_args
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from riwaya.errors import NotFoundError
from riwaya.records import Days, Span
from riwaya.store.answers import Found
from riwaya.store.arrivals import NOTHING, Arrived, arrived
from riwaya.store.questions import Asked, Numbers, question_in, spelled
from riwaya.store.search import Order, Part, Results, Share, names_of_actors
from riwaya.store.terms import Words
from riwaya.web.cards import MARK_OF_ACT
from riwaya.web.desk import AtDesk, Desk, article_address
from riwaya.web.downloads import attachment
from riwaya.web.pages.searches import place_in
from riwaya.web.tables import csv_of, geojson_of, jsonl_of, rows_found
from riwaya.web.wording import Wording

_PAGE = 10
_IN_FEED = 50
_SHOWN_VALUES = 8
_FACETS = ("act", "status", "speaker", "outlet", "kind", "actor", "country", "precision", "month")
_VOCABULARIES = {"act": "acts", "kind": "kinds", "status": "status", "precision": "precisions"}
_ATOM = "http://www.w3.org/2005/Atom"
_VISIBLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))  # what XML cannot hold


class Chip(NamedTuple):
    """One thing that was asked for, in words, and the question without it."""

    label: str
    value: str
    excluded: bool
    without: str


class Choice(NamedTuple):
    """A value that the answers can be narrowed by, and the address of those that are."""

    label: str
    mark: str  # classes of its mark
    articles: str
    address: str
    chosen: bool


@get("/search", sync_to_thread=True)
def answers(
    desk: AtDesk,
    q: FromQuery[str] = "",
    order: FromQuery[str] = "relevance",
    page: FromQuery[int] = 1,
    saved: FromQuery[str] = "",
    since: FromQuery[str] = "",
) -> Response[str]:
    """The answers to a question, a page at a time. Of the search that was `saved`, what came `since` a place in the archive is first."""
    first = _PAGE * (min(max(page, 1), 10**6) - 1)
    t = desk.wording("search")
    new = _new(desk, q, since)
    part = Part(order=_order(order), first=first, size=_PAGE, folded=True, ahead=frozenset(new.articles))
    results = desk.library.search(q, part=part, today=_today())
    with desk.library.connect() as connection:
        keys = [share.value for field in ("speaker", "actor") for share in results.facets.get(field, ())[:_SHOWN_VALUES]]
        names = desk.memory.recall("names of actors", dict[str, tuple[str, str]])  # grows with what is shown
        names |= names_of_actors(connection, [key for key in keys if key not in names])
    return desk.page(
        "search",
        q=q,
        orders=get_args(Order),
        order=_order(order),
        number=page,
        pages=-(-results.texts // _PAGE),
        results=results,
        chips=[_chip(asked, results, t) for asked in results.question.asked],
        facets={field: list(_choices(desk, field, results, names, t)) for field in _FACETS},
        hits=[_hit(found, t) | {"is_new": found.article.id in part.ahead} for found in results.found],
        new=new if since else None,
        saved=next(
            (each for each in desk.library.searches.of(desk.who) if each.id == saved and each.question == " ".join(q.split())), None
        ),
        taken_away={
            kind: f"/search/answers.{kind}?{urlencode({'q': q, 'order': _order(order)})}" for kind in ("csv", "jsonl", "geojson", "atom")
        },
    )


@get("/search/{name:str}", sync_to_thread=True)
def taken_away(desk: AtDesk, name: FromPath[str], q: FromQuery[str] = "", order: FromQuery[str] = "relevance") -> Response[bytes]:
    """All answers to a question as a file; the newest of them as a feed."""
    kind = name.removeprefix("answers.")
    if kind == "atom":
        newest = desk.library.search(q, part=Part(order="newest", size=_IN_FEED), today=_today())
        return Response(_feed(desk, q, newest), media_type="application/atom+xml; charset=utf-8")
    rows = rows_found(desk.library.search(q, part=Part(order=_order(order), size=10**9), today=_today()).found)
    if kind == "csv":
        return attachment("".join(csv_of(rows, excel=True)), "riwaya.csv", "text/csv; charset=utf-8")
    if kind == "jsonl":
        return attachment("".join(jsonl_of(rows)), "riwaya.jsonl", "application/jsonl; charset=utf-8")
    if kind == "geojson":
        return attachment(geojson_of(rows), "riwaya.geojson", "application/geo+json; charset=utf-8")
    raise NotFoundError("Answers are taken away as csv, jsonl, geojson or atom.")


def _new(desk: Desk, q: str, since: str) -> Arrived:
    """What answers a question behind the place in the archive that an address names."""
    place = place_in(since)
    if place is None:
        return NOTHING
    with desk.library.connect() as connection:
        return arrived(connection, question_in(q, _today()), place)


def _today() -> date:
    return datetime.now(UTC).date()


def _order(order: str) -> Order:
    return next((each for each in get_args(Order) if each == order), "relevance")


def _chip(asked: Asked, results: Results, t: Wording) -> Chip:
    label = "" if asked.field == "words" else _label(asked.field, t)
    return Chip(label, _value(asked, t), asked.excluded, results.question.without(asked))


def _label(field: str, t: Wording) -> str:
    return t.texts["fields"].get(field) or t.label("tolls", field)


def _value(asked: Asked, t: Wording) -> str:
    """What is asked of a field, in words."""
    value, texts = asked.value, t.texts
    if isinstance(value, Words):
        return " ".join(value.folded) if asked.field != "words" else asked.written.lstrip("-−–")
    if isinstance(value, Numbers):
        if value.most is None:
            return f"{t.number(value.least)} {texts['at_least']}"
        if value.least in (0, value.most):
            return t.number(value.most) if value.least else f"{t.number(value.most)} {texts['at_most']}"
        return f"{texts['from']} {t.number(value.least)} {texts['to']} {t.number(value.most)}"
    if isinstance(value, Days):
        if value.last == date.max:
            return t.day(value.first)
        return t.day(value.last) if value.first == date.min else t.days(value)
    return _member(asked.field, value, t)


def _member(field: str, value: str, t: Wording) -> str:
    if field == "country":
        return t.country(value)
    return t.label(_VOCABULARIES[field], value)


def _choices(desk: Desk, field: str, results: Results, names: dict[str, tuple[str, str]], t: Wording) -> Iterator[Choice]:
    """The values of a facet, the most frequent first, each with the address that asks for it too, or no longer."""
    shares = results.facets.get(field, ())
    for share in shares[-_SHOWN_VALUES:] if field == "month" else shares[:_SHOWN_VALUES]:
        written, label = _spelled(field, share, names, t)
        condition = _condition(written, _today())
        same = [asked for asked in results.question.asked if condition and _is_same(asked, condition)]
        everything = " ".join(asked.written for asked in results.question.asked)
        question = results.question.without(same[0]) if same else f"{everything} {written}".strip()
        yield Choice(label, _mark(field, share.value), t.number(share.articles), desk.here(q=question, page=None), bool(same))


@lru_cache(maxsize=1 << 14)  # most values come again on every page
def _condition(written: str, today: date) -> Asked | None:
    return next(iter(question_in(written, today).asked), None)


def _is_same(asked: Asked, other: Asked) -> bool:
    return (asked.field, asked.value, asked.excluded) == (other.field, other.value, other.excluded)


def _spelled(field: str, share: Share, names: dict[str, tuple[str, str]], t: Wording) -> tuple[str, str]:
    """The condition that asks for a value, and what the value is called."""
    if field in ("speaker", "actor"):
        arabic, english = names.get(share.value, (share.value, share.value))
        return spelled(field, arabic or english), (arabic or english) if t.language == "ar" else (english or arabic)
    if field == "month":
        return spelled("day", share.value), t.month(date.fromisoformat(f"{share.value}-01"))
    if field == "outlet":
        return spelled(field, share.value), share.value
    return spelled(field, share.value), _member(field, share.value, t)


def _mark(field: str, value: str) -> str:
    if field == "act":
        return f"act {next((mark for act, mark in MARK_OF_ACT.items() if act == value), '')}"
    return f"status {value}" if field == "status" else f"prec {value}" if field == "precision" else ""


def _hit(found: Found, t: Wording) -> dict[str, Any]:
    """An answer as the page shows it."""
    article, claim, event, place = found.article, found.claim, found.event, found.place
    speaker = (claim.tellers[0].name or claim.tellers[0].words) if claim else None
    where = (event.place or event.within) if event else None
    return {
        "article": article,
        "address": article_address(article.id, found.excerpt.found[0] if found.excerpt.found else None),
        "title": _pieces(article.title, Span(0, len(article.title)), found.in_title),
        "excerpt": _pieces(article.text, found.excerpt.span, found.excerpt.found),
        "opens": found.excerpt.span.start == 0 or article.text[found.excerpt.span.start - 1] == "\n",
        "closes": article.text[found.excerpt.span.end : found.excerpt.span.end + 1] in ("", "\n"),
        "act": claim.act if claim else "",
        "mark": MARK_OF_ACT[claim.act] if claim else "",
        "speaker": _words(article.text, speaker),
        "event": event,
        "told": bool(claim and event and event.claim_id == claim.id),  # else the two stand apart: nobody is to seem to have said it
        "tolls": [(toll.kind, t.toll(toll), _words(article.text, toll.whom)) for toll in event.tolls] if event else [],
        "place": _words(article.text, where),
        "precision": place.precision if place else "unknown",
        "prints": found.prints,
        "printed_by": list(dict.fromkeys(each.outlet for each in found.prints if each.outlet)),
    }


def _words(text: str, span: Span | None) -> str:
    return text[span.start : span.end] if span else ""


def _pieces(text: str, span: Span, found: Iterable[Span]) -> list[tuple[str, bool]]:
    """A stretch of text in pieces, those that were asked for marked."""
    pieces: list[tuple[str, bool]] = []
    at = span.start
    for each in found:
        if each.start >= at:
            pieces += [(text[at : each.start], False), (text[each.start : each.end], True)]
            at = each.end
    return [*pieces, (text[at : span.end], False)]


def _feed(desk: Desk, q: str, results: Results) -> bytes:
    """The newest answers as an Atom feed (RFC 4287). An entry's time is the day of publication: nothing else of it is sure."""
    base = str(desk.request.base_url).rstrip("/")
    here = f"{base}/search?{urlencode({'q': q})}"
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "ar"})
    days = [found.article.published.day for found in results.found if found.article.published]
    brand = desk.wording("search").texts["brand"]
    _with_text(feed, id=here, title=f"{brand}: {q}", updated=_moment(max(days, default=date(1970, 1, 1))))
    SubElement(feed, "link", {"href": here})
    for found in results.found:
        article, entry = found.article, SubElement(feed, "entry")
        day = article.published.day if article.published else date(1970, 1, 1)
        words = article.text[found.excerpt.span.start : found.excerpt.span.end]
        _with_text(entry, id=f"urn:riwaya:article:{article.id}", title=article.title or words[:90], updated=_moment(day), summary=words)
        _with_text(SubElement(entry, "author"), name=article.outlet or "?")
        SubElement(entry, "link", {"href": f"{base}{article_address(article.id)}"})
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _with_text(element: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(element, name).text = text.translate(_VISIBLE)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


HANDLERS = (answers, taken_away)
