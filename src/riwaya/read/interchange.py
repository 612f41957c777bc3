"""The interchange: stored-nowhere articles in, one reading a line out (docs/interchange.md defines every field)."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from riwaya.arabic.latin_names import latin_name
from riwaya.read.reading import reading_of
from riwaya.records import (
    ActorLink,
    Article,
    Claim,
    Days,
    Event,
    Failure,
    PersonLink,
    PlaceLink,
    Published,
    Reading,
    Span,
    Teller,
    actor_in,
    event_place,
    failed,
    record_id,
    teller_actor,
)

_NIGHT, _WEEK, _MONTH = 1, 10, 31  # days from the first to the last: the night between two, a week or a third of a month, a month

if TYPE_CHECKING:
    from riwaya.read.model.reader import Model


def read_lines(lines: Iterable[bytes], name: str, model: "Model | None" = None) -> Iterator[str | Failure]:
    """Read the articles of a JSON Lines file called `name`: for each line its reading as JSON, or a Failure that names the line.
    `model` reads beside the rules; None: they read alone.

    Order is kept, blank lines are passed over, and nothing is held but the line at hand.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            article = article_of(row)
        except (ValueError, RecursionError) as error:  # bytes that are no UTF-8, no JSON, no article, or nested without end
            said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            yield failed("read", f"{name}:{number}", "broken line", said)
        else:
            caller_id = _valid(row["id"]) if isinstance(row["id"], str) else row["id"]
            yield json.dumps(row_of(reading_of(article, model=model), caller_id), ensure_ascii=False)


def article_of(row: Any) -> Article:
    """An article from one line of an ARTICLES.jsonl file.

    `id` and `paragraphs` are required; `outlet`, `url`, `published` (YYYY-MM-DD...), `title` and `author` may be missing, and one
    that is no string, or a day that cannot be, counts as missing.
    Raises ValueError with a sentence that says what is wrong.
    """
    if not isinstance(row, dict):
        raise ValueError("the line is not a JSON object")
    paragraphs = row.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(isinstance(p, str) for p in paragraphs):
        raise ValueError("'paragraphs' must be a list of strings")
    if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
        raise ValueError("'id' must be a string or a whole number")
    given = {key: _valid(value) for key in ("outlet", "url", "published", "title", "author") if isinstance(value := row.get(key), str)}
    return Article(
        id=record_id("article", row["id"]),
        capture_id=None,
        address=given.get("url") or None,
        outlet=given.get("outlet", ""),
        title=given.get("title", ""),
        byline=given.get("author", ""),
        dateline="",
        published=_published(given.get("published", "")),
        text=_valid("\n".join(paragraphs)),
    )


def _published(published: str) -> Published | None:
    try:
        return Published(day=date.fromisoformat(published[:10]), at=None, rule="given")
    except ValueError:
        return None


def _valid(text: str) -> str:
    """The text with lone surrogates, which JSON can spell and no encoding can hold, replaced by U+FFFD, one for one."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def row_of(reading: Reading, caller_id: str | int) -> dict[str, Any]:
    """A reading as one line of the interchange; `caller_id` is echoed as `id`."""
    numbers = {claim.id: number for number, claim in enumerate(reading.claims)}
    text = reading.article.text
    places = {link.span: link for link in reading.places}
    return {
        "id": caller_id,
        "text": text,
        "reader": reading.reader,
        "claims": [_claim_row(claim, reading) for claim in reading.claims],
        "events": [_event_row(event, reading, numbers) for event in reading.events],
        "mentions": [
            {
                "span": list(m.span),
                "kind": m.kind,
                "name": text[slice(*m.span)],
                "actor_id": _actor_id(m.span, reading) if m.kind != "PER" else None,
                "place_id": _place_id(places.get(m.span)),
            }
            for m in reading.mentions
        ],
        "places": [_place_row(link) for link in reading.places],
        "actors": [_actor_row(link) for link in reading.actors],
        "persons": [_person_row(link, text) for link in reading.persons],
        "not_counted": [{"span": list(n.span), "reason": n.reason, "rule": n.rule} for n in reading.not_counted],
    }


def _words(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def _pair(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _claim_row(claim: Claim, reading: Reading) -> dict[str, Any]:
    article = reading.article
    speaker = claim.tellers[0]
    relay = next((teller for teller in claim.tellers if teller.role == "relay"), None)
    return {
        "cue": _pair(claim.cue),
        "speaker": _pair(speaker.words),
        "speaker_name": _words(article.text, speaker.name) or _words(article.text, speaker.words),
        "kind": speaker.kind,
        "act": claim.act,
        "content": _pair(claim.content),
        "channel": _pair(claim.channel),
        "via": _pair(relay.words) if relay else None,
        "tellers": [
            {
                "role": teller.role,
                "kind": teller.kind,
                "name": article.outlet if teller.role == "outlet" else _words(article.text, teller.name or teller.words),
                "span": _pair(teller.words),
                "actor_id": _teller_id(teller, reading),
            }
            for teller in claim.tellers
        ],
        "form": claim.form,
        "confidence": claim.confidence,
        "rule": claim.rule,
    }


def _place_id(link: PlaceLink | None) -> str | None:
    return link.place_id if link else None


def _place_row(link: PlaceLink) -> dict[str, Any]:
    return {
        "span": list(link.span),
        "place_id": link.place_id,
        "name_ar": link.name_ar,
        "name_en": link.name_en,
        "country": link.country or None,
        "latitude": link.latitude,
        "longitude": link.longitude,
        "radius_km": link.radius_km,
        "precision": link.precision,
        "reasons": list(link.reasons),
        "candidates": list(link.candidates),
    }


def _actor_id(span: Span | None, reading: Reading) -> str | None:
    link = actor_in(span, reading.actors)
    return link.actor_id if link else None


def _teller_id(teller: Teller, reading: Reading) -> str | None:
    if teller.role == "outlet":
        return reading.outlet_id
    link = teller_actor(teller, reading.actors)
    return link.actor_id if link else None


def _actor_row(link: ActorLink) -> dict[str, Any]:
    return {
        "span": list(link.span),
        "actor_id": link.actor_id,
        "wording": link.wording,
        "sense": link.sense,
        "reasons": list(link.reasons),
        "candidates": list(link.candidates),
    }


def _person_row(link: PersonLink, text: str) -> dict[str, Any]:
    return {
        "span": list(link.span),
        "person_id": link.person_id,
        "name": _words(text, link.name),
        "latin": latin_name(text[slice(*link.name)]),
        "office": _words(text, link.office),
        "actor_id": link.actor_id,
        "reasons": list(link.reasons),
    }


def _event_row(event: Event, reading: Reading, claim_numbers: dict[str, int]) -> dict[str, Any]:
    text = reading.article.text
    where = event.place or event.within
    link = event_place(event, reading.places)
    return {
        "type": event.kind,
        "trigger": _pair(event.trigger),
        "actor": _pair(event.actor),
        "target": _pair(event.target),
        "place": _pair(event.place),
        "within": _pair(event.within),
        "when": _pair(event.when),
        "date": date_of(event.days),
        "days": [day.isoformat() for day in event.days] if event.days else None,
        "date_precision": date_precision(event.days),
        "status": event.status,
        "claim": claim_numbers.get(event.claim_id or ""),
        "casualties": [
            {"kind": t.kind, "least": t.least, "most": t.most, "span": _pair(t.words), "whom": _pair(t.whom)} for t in event.tolls
        ],
        "place_name": (link.name_ar if link else "") or _words(text, where),
        "country": (link.country if link else "") or None,
        "latitude": link.latitude if link else None,
        "longitude": link.longitude if link else None,
        "place_precision": link.precision if link else "unknown",
        "actor_id": _actor_id(event.actor, reading),
        "target_id": _actor_id(event.target, reading),
        "confidence": event.confidence,
        "rule": event.rule,
    }


def date_precision(days: Days | None) -> int | None:
    """How exactly the days are known, as ACLED codes it: 1 the day (or the night between two), 2 the week (or a third of a month), 3 the
    month; None where they are wider or not known."""
    if days is None:
        return None
    more = (days.last - days.first).days
    return 1 if more <= _NIGHT else 2 if more <= _WEEK else 3 if more <= _MONTH else None


def date_of(days: Days | None) -> str | None:
    """The day (of a night between two, the first), the month if they lie within one; a longer range names no date."""
    if days is None:
        return None
    more = (days.last - days.first).days
    if more <= _NIGHT:
        return days.first.isoformat()
    if (days.first.year, days.first.month) == (days.last.year, days.last.month):
        return days.first.isoformat()[:7]
    return None
