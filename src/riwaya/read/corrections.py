"""Corrections: what people say that a part of a claim or event should be, put in the place of what was read.

A correction holds on to the words by which the machine found the claim or event. It is applied to whatever reading finds one there, and
what it does not speak of stays as it was read. Links are made anew from the corrected reading, by the same rules.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar, cast

from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.claims.names import kind_of, name_range
from riwaya.read.links.atlas import Atlas
from riwaya.read.links.places import link_to
from riwaya.read.links.wordings import Roll
from riwaya.read.reading import linked
from riwaya.records import (
    Act,
    Claim,
    Corrected,
    CorrectedPart,
    Correction,
    Days,
    Event,
    EventKind,
    Instead,
    Quoted,
    Reading,
    Span,
    Status,
    Teller,
    TellerKind,
    Toll,
    event_place,
)

_READER = " + corrections"
Finding = TypeVar("Finding", Claim, Event)
Parts = Mapping[CorrectedPart, Correction]


def corrected(reading: Reading, corrections: Iterable[Correction], atlas: Atlas, roll: Roll) -> Reading:
    """A reading as people corrected it, from one as it was read, or as it was corrected before: only these corrections count now.

    What was corrected is kept beside it, as it was read, with the corrections that made it what it is. A correction whose words are not
    in the text any more, or of which no claim or event is found there, changes nothing. A pure function; never raises on any text.
    """
    tokens = tokens_in(reading.article.text)
    read = linked(_as_read(reading), tokens, atlas, roll) if reading.corrected else reading
    wanted = _wanted(read, corrections, atlas)
    if not wanted:
        return read
    claims = {claim.id: _claim(claim, wanted[claim.id], tokens, read) if claim.id in wanted else claim for claim in read.claims}
    gone = {key: wanted[key]["counts"] for key, claim in claims.items() if claim is None}
    by = {key: tuple(sorted(parts.values(), key=_when)) for key, parts in wanted.items()}
    by |= {event.id: (*by.get(event.id, ()), gone[event.claim_id]) for event in read.events if event.claim_id in gone}
    events = [_event(event, wanted.get(event.id, {}), by.get(event.id, ()), gone) for event in read.events]
    left = replace(
        read,
        claims=tuple(claim for claim in claims.values() if claim),
        events=tuple(event for event in events if event),
        reader=read.reader + _READER,
    )
    now = _with_places(linked(left, tokens, atlas, roll), wanted, atlas)
    before = [Corrected(claim=one, event=None, place=None, by=by[one.id]) for one in read.claims if one.id in by]
    before += [Corrected(claim=None, event=one, place=event_place(one, read.places), by=by[one.id]) for one in read.events if one.id in by]
    return replace(now, corrected=tuple(before))


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections that nobody has taken back, the oldest first; what takes back and was taken back itself does so no more."""
    kept: list[Correction] = []
    undone: set[str] = set()
    for one in sorted(corrections, key=_when, reverse=True):
        if one.id not in undone:
            if one.undoes:
                undone.add(one.undoes)
            else:
                kept.append(one)
    return tuple(reversed(kept))


def handle(finding: Claim | Event) -> Span:
    """The words by which a claim or event is found: no two claims of a reading, and no two events, have the same."""
    return finding.trigger if isinstance(finding, Event) else finding.cue or finding.content


def as_it_was_read(finding: Claim | Event, reading: Reading) -> Claim | Event:
    """A claim or event of a reading without what people corrected in it."""
    before = (each.claim or each.event for each in reading.corrected)
    return next((one for one in before if one and one.id == finding.id), finding)


def place_of(span: Span, words: str, text: str) -> Span | None:
    """Where words of an article stand now: where they stood, else where they stand if that is in one place alone."""
    if text[span.start : span.end] == words:
        return span
    at = text.find(words)
    return Span(at, at + len(words)) if words and at >= 0 and text.find(words, at + 1) < 0 else None


def _as_read(reading: Reading) -> Reading:
    claims = {one.id: one for one in reading.claims} | {one.claim.id: one.claim for one in reading.corrected if one.claim}
    events = {one.id: one for one in reading.events} | {one.event.id: one.event for one in reading.corrected if one.event}
    return replace(
        reading,
        claims=tuple(sorted(claims.values(), key=handle)),
        events=tuple(sorted(events.values(), key=handle)),
        reader=reading.reader.removesuffix(_READER),
        corrected=(),
    )


def _wanted(read: Reading, corrections: Iterable[Correction], atlas: Atlas) -> dict[str, dict[CorrectedPart, Correction]]:
    """What is to be changed in which claim or event, by its id: of each part the latest correction, its words where they stand now."""
    wanted: defaultdict[str, dict[CorrectedPart, Correction]] = defaultdict(dict)
    for one in standing(corrections):
        key = _meant(one, read.claims if one.finding == "claim" else read.events, read.article.text)
        instead = _found_again(one.instead, read.article.text)
        if key and instead and (one.part != "gazetteer" or atlas.with_key(instead.value)):
            wanted[key][one.part] = replace(one, instead=instead)
    return dict(wanted)


def _meant(correction: Correction, findings: Sequence[Claim] | Sequence[Event], text: str) -> str | None:
    """The id of the finding whose handle covers most of the words that a correction is about."""
    at = place_of(correction.of.span, correction.of.words, text)
    shared = [(min(at.end, end) - max(at.start, start), one.id) for one in findings for start, end in [handle(one)]] if at else []
    most, key = max(shared, default=(0, ""))
    return key if most > 0 else None


def _found_again(instead: Instead, text: str) -> Instead | None:
    """The same with its words where they stand now; None if some stand there no more."""
    words, tolls = _again(instead.words, text), []
    for toll in instead.tolls:
        counted, whom = _again(toll.words, text), _again(toll.whom, text)
        if counted is None or (toll.whom and not whom):
            return None
        tolls.append(replace(toll, words=counted, whom=whom))
    return None if instead.words and not words else replace(instead, words=words, tolls=tuple(tolls))


def _again(quoted: Quoted | None, text: str) -> Quoted | None:
    span = place_of(quoted.span, quoted.words, text) if quoted else None
    return replace(quoted, span=span) if quoted and span else None


def _when(correction: Correction) -> tuple[datetime, str]:
    return correction.at, correction.id


def _rule(rule: str, by: Iterable[Correction]) -> str:
    return f"{rule} + corrected by {', '.join(dict.fromkeys(one.by for one in by))}"


def _claim(claim: Claim, parts: Parts, tokens: Tokens, read: Reading) -> Claim | None:
    """A claim as corrected; None if it does not count. Its vector stays that of the words read: by it the article is found."""
    if "counts" in parts:
        return None
    now = replace(claim, rule=_rule(claim.rule, sorted(parts.values(), key=_when)))
    if one := parts.get("act"):
        now = replace(now, act=cast(Act, one.instead.value))
    if (one := parts.get("content")) and one.instead.words:
        now = replace(now, content=one.instead.words.span)
    if one := parts.get("speaker"):
        now = replace(now, tellers=(_speaker(claim, one.instead, tokens, read), *claim.tellers[1:]))
    return now


def _speaker(claim: Claim, instead: Instead, tokens: Tokens, read: Reading) -> Teller:
    """The speaker whom some words name: words at the cue if they stand in its sentence, with the name in them."""
    if instead.words is None:
        return Teller(role="speaker", kind="anonymous", words=None, name=None)
    span = instead.words.span
    first, end = bisect_right(tokens.end, span.start), bisect_left(tokens.start, span.end)
    named = tokens.span(*name_range(tokens, (first, end))) if first < end else span
    name = Span(max(named.start, span.start), min(named.end, span.end))
    called = {mention.kind for mention in read.mentions if mention.span == name}
    told: TellerKind = kind_of(tokens, (first, end)) if first < end else claim.tellers[0].kind
    told = "person" if "PER" in called else "org" if "ORG" in called and told == "person" else told
    kind = cast(TellerKind, instead.value) if instead.value else told
    cue = bisect_right(tokens.end, handle(claim).start)
    beside = first < end and tokens.sentence_of[first] == tokens.sentence_of[cue]
    return Teller(role="speaker", kind=kind, words=span if beside else None, name=name)


def _event(event: Event, parts: Parts, by: Sequence[Correction], gone: Collection[str]) -> Event | None:
    """An event as corrected; None if it does not count. What stood in a claim that is gone is told by the outlet itself."""
    if not by:
        return event
    if "counts" in parts:
        return None
    now = replace(event, rule=_rule(event.rule, by), claim_id=None if event.claim_id in gone else event.claim_id)
    for part, one in parts.items():
        words = one.instead.words.span if one.instead.words else None
        if part == "trigger" and words:
            now = replace(now, trigger=words)
        elif part == "kind":
            now = replace(now, kind=cast(EventKind, one.instead.value))
        elif part == "status":
            now = replace(now, status=cast(Status, one.instead.value))
        elif part == "actor":
            now = replace(now, actor=words)
        elif part == "target":
            now = replace(now, target=words)
        elif part == "place":
            now = replace(now, place=words, within=event.within if words else None)
        elif part == "days":
            now = replace(now, days=days_in(one.instead.value))
        elif part == "tolls":
            now = replace(now, tolls=_tolls(one.instead))
    return now


def days_in(value: str) -> Days | None:
    """The days of FIRST/LAST, or of one day (ISO 8601); None of "". Raises ValueError if it is neither."""
    if not value:
        return None
    first, _, last = value.partition("/")
    days = Days(date.fromisoformat(first), date.fromisoformat(last or first))
    if days.last < days.first:
        raise ValueError("the last day comes before the first")
    return days


def _tolls(instead: Instead) -> tuple[Toll, ...]:
    return tuple(
        Toll(kind=one.kind, least=one.least, most=one.most, words=one.words.span, whom=one.whom.span if one.whom else None)
        for one in instead.tolls
    )


def _with_places(reading: Reading, wanted: Mapping[str, Parts], atlas: Atlas) -> Reading:
    """The same with the places that people chose from the gazetteer, wherever the article uses the same words in the same place."""
    chosen = {}
    for event in reading.events:
        one, where = wanted.get(event.id, {}).get("gazetteer"), event.place or event.within
        place = atlas.with_key(one.instead.value) if one else None
        if place and where:
            chosen[where] = link_to(where, place)
    links = {link.span: link for link in reading.places} | chosen
    return replace(reading, places=tuple(links[span] for span in sorted(links)))
