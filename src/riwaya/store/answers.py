"""What in an article answers a question: the words in their place, and the claim and the event to show of it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, Table, func, select

from riwaya.records import ActorLink, Article, Claim, Event, PlaceLink, Span, Teller, Toll, event_place, teller_actor
from riwaya.store.overview import Headline, headlines
from riwaya.store.rows import record_of
from riwaya.store.sql import actor_links, articles, claims, events, findings, place_links, tellers, tolls
from riwaya.store.terms import Excerpt, Words, excerpt_of, spans_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that answers a question, and what in it does."""

    article: Article  # without what was set aside
    score: float  # the higher the better; compares within one search only; 0 where no words were asked for
    in_title: tuple[Span, ...]  # where the words stand in the title
    excerpt: Excerpt  # the stretch of the text that holds the most of them, or its beginning
    claim: Claim | None  # it meets what is asked of claims, and of those that do it is the nearest to the words
    speaker: ActorLink | None  # whom its speaker is or speaks for, as far as the register knows
    event: Event | None
    place: PlaceLink | None  # where the event happened
    prints: tuple[Headline, ...] = ()  # the other articles found that are the same text, where they were to be one answer


class FoundText(NamedTuple):
    """An article that answers, and those that answer too and are shown with it, because they are the same text."""

    article_id: str
    score: float
    prints: tuple[str, ...]


class Meeting(NamedTuple):
    """The claims and the events that meet what is asked of them. None: nothing is asked, and all do."""

    claims: Collection[str] | None
    events: Collection[str] | None


class _Choice(NamedTuple):
    """A claim or event that may be shown: its id, where it stands, how many tolls it tells, and the claim it stands in."""

    id: str
    span: Span
    tolls: int = 0
    claim_id: str | None = None


def found_in(connection: Connection, texts: Sequence[FoundText], wanted: Sequence[Words], meeting: Meeting) -> Iterator[Found]:
    """What in each of some articles answers; in their order."""
    ids = tuple(text.article_id for text in texts)
    others = headlines(connection, {key for text in texts for key in text.prints})
    of_articles = {row["id"]: record_of(Article, row) for row in _rows(connection, articles, "id", ids)}
    excerpts = {key: excerpt_of(wanted, of_articles[key].text) for key in ids}
    said, happened = _claims(connection, ids, meeting), _events(connection, ids, meeting)
    chosen = {key: _chosen(said[key], happened[key], excerpts[key], event_first=meeting.events is not None) for key in ids}
    shown_claims = _shown_claims(connection, [claim for claim, _ in chosen.values() if claim])
    shown_events = _shown_events(connection, [event for _, event in chosen.values() if event])
    actors, places = _actors(connection, ids, shown_claims), _places(connection, ids, shown_events)
    for key, score, prints in texts:
        claim, event = shown_claims.get(chosen[key][0]), shown_events.get(chosen[key][1])
        yield Found(
            article=of_articles[key],
            score=score,
            in_title=spans_of(wanted, of_articles[key].title),
            excerpt=excerpts[key],
            claim=claim,
            speaker=teller_actor(claim.tellers[0], actors[key]) if claim else None,
            event=event,
            place=event_place(event, places[key]) if event else None,
            prints=tuple(others[each] for each in prints),
        )


def _chosen(said: Sequence[_Choice], happened: Sequence[_Choice], excerpt: Excerpt, *, event_first: bool) -> tuple[str, str]:
    """The ids of the claim and of the event to show, "" for none: the nearest to the words; of equals the first.

    The event is one told in the claim. Where events were asked for, the event comes first, and the claim is the one it is told in, or else
    any that was asked for.
    """
    near = excerpt.found[0].start if excerpt.found else excerpt.span.start
    claim = min(said, key=lambda each: _distance(each.span, near), default=None)
    if event_first or claim is None:
        event = min(happened, key=lambda each: (not each.tolls, _distance(each.span, near)), default=None)
        told_in = next((each for each in said if event and each.id == event.claim_id), claim)
        return told_in.id if told_in else "", event.id if event else ""
    told = [each for each in happened if each.claim_id == claim.id]
    event = min(told, key=lambda each: (-each.tolls, _distance(each.span, near)), default=None)
    return claim.id, event.id if event else ""


def _distance(span: Span, at: int) -> int:
    """How far a place lies from a span; 0 in it."""
    return max(span.start - at, at - span.end, 0)


def _claims(connection: Connection, ids: Sequence[str], meeting: Meeting) -> Mapping[str, list[_Choice]]:
    c = claims.c
    asked = select(c.article_id, c.id, c.content_start, c.content_end).where(c.article_id.in_(ids)).order_by(c.article_id, c.number)
    found: dict[str, list[_Choice]] = defaultdict(list)
    for article, key, start, end in connection.execute(asked if meeting.claims is None else asked.where(c.id.in_(meeting.claims))):
        found[article].append(_Choice(key, Span(start, end)))
    return found


def _events(connection: Connection, ids: Sequence[str], meeting: Meeting) -> Mapping[str, list[_Choice]]:
    c = events.c
    told = select(func.count()).where(tolls.c.event_id == c.id).scalar_subquery()
    asked = select(c.article_id, c.id, c.trigger_start, c.trigger_end, told, c.claim_id).where(c.article_id.in_(ids))
    asked = asked.order_by(c.article_id, c.number)
    found: dict[str, list[_Choice]] = defaultdict(list)
    for row in connection.execute(asked if meeting.events is None else asked.where(c.id.in_(meeting.events))):
        article, key, start, end, count, claim = row
        found[article].append(_Choice(key, Span(start, end), count, claim))
    return found


def _shown_claims(connection: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    chain: dict[str, list[Teller]] = defaultdict(list)
    for row in _rows(connection, tellers, "claim_id", ids):
        chain[row["claim_id"]].append(record_of(Teller, row))
    return {row["id"]: record_of(Claim, row, tellers=tuple(chain[row["id"]])) for row in _rows(connection, claims, "id", ids)}


def _shown_events(connection: Connection, ids: Sequence[str]) -> dict[str, Event]:
    told: dict[str, list[Toll]] = defaultdict(list)
    for row in _rows(connection, tolls, "event_id", ids):
        told[row["event_id"]].append(record_of(Toll, row))
    return {row["id"]: record_of(Event, row, tolls=tuple(told[row["id"]])) for row in _rows(connection, events, "id", ids)}


def _actors(connection: Connection, ids: Sequence[str], shown: Mapping[str, Claim]) -> Mapping[str, list[ActorLink]]:
    """The links of each article to those actors that its shown claim is by."""
    by = select(findings.c.speaker).where(findings.c.id.in_(list(shown)), findings.c.speaker.is_not(None))
    c = actor_links.c
    asked = select(actor_links).where(c.article_id.in_(ids), c.actor_id.in_(by)).order_by(c.article_id, c.number)
    found: dict[str, list[ActorLink]] = defaultdict(list)
    for row in connection.execute(asked).mappings():
        found[row["article_id"]].append(record_of(ActorLink, row))
    return found


def _places(connection: Connection, ids: Sequence[str], shown: Mapping[str, Event]) -> Mapping[str, list[PlaceLink]]:
    """The links of each article to places whose words begin where those of a shown event's place do."""
    starts = [where.start for event in shown.values() if (where := event.place or event.within)]
    c = place_links.c
    asked = select(place_links).where(c.article_id.in_(ids), c.span_start.in_(starts)).order_by(c.article_id, c.number)
    found: dict[str, list[PlaceLink]] = defaultdict(list)
    for row in connection.execute(asked).mappings():
        found[row["article_id"]].append(record_of(PlaceLink, row))
    return found


def _rows(connection: Connection, table: Table, key: str, ids: Sequence[str]) -> Sequence[RowMapping]:
    """The rows of a table with a key among some, in their order."""
    return connection.execute(select(table).where(table.c[key].in_(ids)).order_by(table.c.number)).mappings().all()
