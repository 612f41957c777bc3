"""Tables to take away, with a row for each answer, claim or event: CSV, JSON Lines, GeoJSON. docs/interchange.md has the columns."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain
from typing import get_args

from riwaya.records import (
    ActorLink,
    Article,
    Claim,
    Event,
    PlaceLink,
    Reading,
    Span,
    Toll,
    TollKind,
    actor_in,
    event_place,
    teller_actor,
)
from riwaya.store.answers import Found
from riwaya.web.meanings import speaker_in_latin

Row = Mapping[str, str | int | float | None]

_ACTS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNSEEN = " \N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{ZERO WIDTH NO-BREAK SPACE}"
_EXCEL = "\N{ZERO WIDTH NO-BREAK SPACE}"  # the mark by which Excel knows UTF-8


def rows_found(found: Iterable[Found]) -> Iterator[Row]:
    """A row for each answer of a search: the article, the stretch that holds the words, and the claim and event that answer best."""
    for each in found:
        text = each.article.text
        yield {
            **_of_article(each.article),
            "excerpt": _words(text, each.excerpt.span),
            **_of_claim(each.claim, text, each.speaker),
            **_of_event(each.event, text, each.place),
        }


def rows_claimed(readings: Iterable[Reading]) -> Iterator[Row]:
    """A row for each claim, in the order of the readings and of their texts."""
    for reading in readings:
        text, article = reading.article.text, _of_article(reading.article)
        for claim in reading.claims:
            tellers = [_words(text, teller.words or teller.name) or reading.article.outlet for teller in claim.tellers]
            more = {
                "cue": _words(text, claim.cue),
                "channel": _words(text, claim.channel),
                "tellers": " > ".join(tellers),
                "form": claim.form,
                "start": claim.content.start,
                "end": claim.content.end,
                "rule": claim.rule,
                "confidence": claim.confidence,
            }
            yield {**article, **_of_claim(claim, text, teller_actor(claim.tellers[0], reading.actors)), **more}


def rows_happened(readings: Iterable[Reading]) -> Iterator[Row]:
    """A row for each event, in the order of the readings and of their texts."""
    for reading in readings:
        text, article = reading.article.text, _of_article(reading.article)
        for event in reading.events:
            actor, target = actor_in(event.actor, reading.actors), actor_in(event.target, reading.actors)
            more = {
                "actor": _words(text, event.actor),
                "actor_id": actor.actor_id if actor else None,
                "target": _words(text, event.target),
                "target_id": target.actor_id if target else None,
                "when": _words(text, event.when),
                "claim_id": event.claim_id,
                "start": event.trigger.start,
                "end": event.trigger.end,
                "rule": event.rule,
                "confidence": event.confidence,
            }
            yield {**article, **_of_event(event, text, event_place(event, reading.places)), **more}


def csv_of(rows: Iterable[Row], *, excel: bool = False) -> Iterator[str]:
    """Rows as the lines of a CSV file (RFC 4180, UTF-8), the columns in the first; for Excel with the mark by which it knows UTF-8.

    Text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises; numbers stay numbers.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    yield (_EXCEL if excel else "") + _line(list(first))
    for row in chain([first], rows):
        yield _line([_cell(value) for value in row.values()])


def jsonl_of(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as JSON objects, one a line."""
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def geojson_of(rows: Iterable[Row]) -> str:
    """Rows as the features of a GeoJSON collection (RFC 7946); what has no known position has no geometry."""
    features = [{"type": "Feature", "geometry": _point(row), "properties": dict(row)} for row in rows]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) + "\n"


def _point(row: Row) -> dict[str, object] | None:
    if row["longitude"] is None or row["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}


def _line(values: Sequence[object]) -> str:
    written = StringIO()
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC).writerow(values)
    return written.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if value.lstrip(_UNSEEN).startswith(_ACTS_IN_A_SPREADSHEET) else value


def _of_article(article: Article) -> dict[str, str | None]:
    return {
        "article_id": article.id,
        "outlet": article.outlet,
        "published": article.published.day.isoformat() if article.published else None,
        "title": article.title,
        "address": article.address,
    }


def _of_claim(claim: Claim | None, text: str, speaker: ActorLink | None) -> dict[str, str | None]:
    first = claim.tellers[0] if claim else None
    return {
        "claim_id": claim.id if claim else None,
        "act": claim.act if claim else None,
        "speaker": _words(text, (first.name or first.words) if first else None),
        "speaker_latin": speaker_in_latin(first, text) or None,
        "speaker_kind": first.kind if first else None,
        "speaker_id": speaker.actor_id if speaker else None,
        "said": _words(text, claim.content if claim else None),
    }


def _of_event(event: Event | None, text: str, place: PlaceLink | None) -> dict[str, str | int | float | None]:
    where = (event.place or event.within) if event else None
    days = event.days if event else None
    told = event.tolls if event else ()
    return {
        "event_id": event.id if event else None,
        "kind": event.kind if event else None,
        "status": event.status if event else None,
        "words": _words(text, event.trigger if event else None),
        "first_day": days.first.isoformat() if days else None,
        "last_day": days.last.isoformat() if days else None,
        "place": _words(text, where),
        "place_name": place.name_ar or None if place else None,
        "country": place.country or None if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "radius_km": place.radius_km if place else None,
        "precision": place.precision if place else None,
        **{kind: "; ".join(_number(toll) for toll in told if toll.kind == kind) or None for kind in get_args(TollKind)},
    }


def _number(toll: Toll) -> str:
    """A toll as the question language writes it: 8, 5..7, 100.."""
    return str(toll.least) if toll.least == toll.most else f"{toll.least}..{'' if toll.most is None else toll.most}"


def _words(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None
