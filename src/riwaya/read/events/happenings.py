"""What is said to have happened: kind, actor, target, place, time, tolls, status, and the claim it stands in.

Each word that can name a happening is weighed (`salience`); those that count are taken in the order of their weight, each
distinct happening once, at most eight an article. A lighter mention of a happening already taken gives it what it does not say itself.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.events.actors import parties_of
from riwaya.read.events.places import Place, larger_place, places_in, same_place, whole_span
from riwaya.read.events.salience import CAUSES, LEAST_WEIGHT, NEVER_COUNT, Surroundings, cues_of, reason_against, weight_of
from riwaya.read.events.status import status_of
from riwaya.read.events.times import Told, in_tense, is_ahead, narrative_time, time_of, told_times
from riwaya.read.events.tolls import FoundToll, tolls_in
from riwaya.read.events.triggers import Trigger, is_figurative, kind_in_place, triggers_in
from riwaya.read.events.whereabouts import place_of
from riwaya.read.placenames import NO_NAMES, OwnNames
from riwaya.records import Article, Claim, Event, EventKind, NotCounted, NotCountedReason, Span, Status, Toll, TollKind, record_id

RULE = "event 1"
_HARMLESS = frozenset(("meeting", "agreement", "sanction", "aid", "territory-gained", "withdrawal", "deployment", "other"))
MOST_EVENTS = 8
TOLL_REACH = 1  # paragraphs from a happening to a toll that no word of its own sentence can have caused


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that can name a happening, with what its sentence says of it."""

    trigger: Trigger
    kind: EventKind
    weight: float
    cues: frozenset[str]
    status: Status
    claim: Claim | None
    place: Place | None
    when: TimeExpression | None
    tolls: tuple[FoundToll, ...]


class SecondReader(Protocol):
    """Somebody else who has read the text, and whom these rules ask."""

    def triggers(self, known: list[Trigger]) -> list[Trigger]:
        """The words that can name a happening: those that the lexicon knows, and others, in order."""

    def tolls(self, found: list[FoundToll]) -> list[FoundToll]:
        """The counts of people that are tolls."""

    def weighed(self, candidates: list[Candidate], around: Surroundings) -> list[Candidate]:
        """The candidates with what both readings together say of weight, kind, status and time."""

    def completed(self, event: Event, candidate: Candidate) -> Event:
        """An event with what both readings together say of its parties and place."""


def events_in(
    article: Article, tokens: Tokens, claims: tuple[Claim, ...], second: SecondReader | None = None, own: OwnNames = NO_NAMES
) -> tuple[tuple[Event, ...], tuple[NotCounted, ...]]:
    """The happenings of the article, each once at its fullest mention, and the words that name one but do not count; `own` are a
    library's own names of places."""
    chosen, aside, around = chosen_in(article, tokens, claims, second, own)
    chosen = _with_narrative_times(_told_once(_with_left_tolls(chosen, around)), around)
    chosen.sort(key=lambda c: c.trigger.first)
    events = [_event(article, tokens, candidate, around) for candidate in chosen]
    if second:
        events = [second.completed(event, candidate) for event, candidate in zip(events, chosen, strict=True)]
    not_counted = [NotCounted(span=tokens.span(t.first, t.last), reason=reason, rule=RULE) for t, reason in aside]
    return tuple(events), tuple(sorted(not_counted, key=lambda n: n.span))


def chosen_in(
    article: Article, tokens: Tokens, claims: tuple[Claim, ...], second: SecondReader | None = None, own: OwnNames = NO_NAMES
) -> tuple[list[Candidate], list[tuple[Trigger, NotCountedReason]], Surroundings]:
    """The mentions that count, the fullest of each happening; the words set aside; and what stands around them all."""
    candidates, around = candidates_in(article, tokens, claims, second, own)
    return *_choose(candidates, tokens), around


def candidates_in(
    article: Article, tokens: Tokens, claims: tuple[Claim, ...], second: SecondReader | None = None, own: OwnNames = NO_NAMES
) -> tuple[list[Candidate], Surroundings]:
    """Every word that can name a happening and is no part of a place's name nor of how a claim is told (في اتصال
    هاتفي), with its cues, in order; and what stands around them."""
    known = list(triggers_in(tokens))
    triggers = second.triggers(known) if second else known
    published = article.published.day if article.published else None
    around = surroundings_of(article, tokens, claims, triggers, own) if triggers else Surroundings(tokens, frozenset(), published)
    no_words = {at for places in around.places.values() for place in places for at in range(place.first, place.last)}
    no_words |= tokens_within(tokens, (span for claim in claims for span in (claim.cue, claim.channel)))
    if second:
        around.tolls = {stretch: second.tolls(tolls) for stretch, tolls in around.tolls.items()}
    candidates = [_candidate(trigger, around) for trigger in triggers if trigger.first not in no_words]
    return second.weighed(candidates, around) if second else candidates, around


def tokens_within(tokens: Tokens, spans: Iterable[Span | None]) -> set[int]:
    """The numbers of the tokens that begin within any of the spans."""
    found: set[int] = set()
    for span in spans:
        if span is not None:
            found.update(range(bisect_left(tokens.start, span.start), bisect_left(tokens.start, span.end)))
    return found


def surroundings_of(
    article: Article, tokens: Tokens, claims: tuple[Claim, ...], triggers: list[Trigger], own: OwnNames = NO_NAMES
) -> Surroundings:
    """What stands around the triggers: places, times and tolls by stretch, the claims that hold them, the title."""
    published = article.published.day if article.published else None
    title = frozenset(trigger.sense.lexeme for trigger in triggers_in(tokens_in(article.title)))
    around = Surroundings(tokens, title, published)
    speakers = tokens_within(tokens, (teller.words for claim in claims for teller in claim.tellers))
    for place in places_in(tokens, own):
        place = place._replace(party=place.party or place.first in speakers)
        around.places.setdefault(around.stretch_of(place.first), []).append(place)
    for time in told_times(tokens, published):
        around.times.setdefault(around.stretch_of(time.first), []).append(time)
    for toll in tolls_in(tokens):
        around.tolls.setdefault(around.stretch_of(toll.first), []).append(toll)
    kinds: set[EventKind] = set()
    for trigger in triggers:
        around.triggers.setdefault(around.stretch_of(trigger.first), []).append(trigger)
        if trigger.sense.kind not in kinds:
            kinds.add(trigger.sense.kind)
            around.first_of_kind.add(trigger.first)
    around.claims = _claims_over(tokens, triggers, claims)
    around.contents = sorted(claim.content for claim in claims)
    around.denials = sorted(claim.content for claim in claims if claim.act == "deny")
    return around


def _claims_over(tokens: Tokens, triggers: list[Trigger], claims: tuple[Claim, ...]) -> dict[int, Claim]:
    """For each trigger in the content of a claim, the innermost such claim, by the token number of the trigger."""
    waiting = sorted(claims, key=lambda claim: claim.content.start, reverse=True)
    open_claims: list[Claim] = []
    over: dict[int, Claim] = {}
    for trigger in triggers:
        at = tokens.start[trigger.first]
        while waiting and waiting[-1].content.start <= at:
            open_claims.append(waiting.pop())
        open_claims = [claim for claim in open_claims if claim.content.end > at]
        if open_claims:
            over[trigger.first] = min(open_claims, key=lambda claim: claim.content.end - claim.content.start)
    return over


def _candidate(trigger: Trigger, around: Surroundings) -> Candidate:
    kind = kind_in_place(around.tokens, trigger)
    cues = frozenset(cues_of(trigger, kind, around))
    when = time_of(trigger, around)
    status = status_of(trigger, when, around)
    if status == "actual" and is_ahead(when, False, around):
        when = None  # قررت الهيئة تشغيل المطار خلال الساعات المقبلة
    return Candidate(
        trigger=trigger,
        kind=kind,
        weight=weight_of(cues),
        cues=cues,
        status=status,
        claim=around.claims.get(trigger.first),
        place=place_of(trigger, kind, around),
        when=in_tense(when, status, around.published),
        tolls=_own_tolls(trigger, around),
    )


def _own_tolls(trigger: Trigger, around: Surroundings) -> tuple[FoundToll, ...]:
    """The tolls whose nearest cause in the sentence is this trigger."""
    stretch = around.stretch_of(trigger.first)
    tolls = around.tolls.get(stretch, [])
    if not tolls:
        return ()
    rivals = [t.first for t in around.triggers[stretch] if can_take_tolls(t)]
    told = {t.first for t in around.triggers[stretch]}
    nearest = {toll.cue: toll.cue if toll.cue in told else min(rivals, key=lambda at: abs(at - toll.cue), default=None) for toll in tolls}
    return tuple(toll for toll in tolls if trigger.first == nearest[toll.cue])


def can_take_tolls(trigger: Trigger) -> bool:
    """Whether people may be harmed by what the word names."""
    return trigger.sense.kind not in _HARMLESS


def _choose(candidates: list[Candidate], tokens: Tokens) -> tuple[list[Candidate], list[tuple[Trigger, NotCountedReason]]]:
    kept: list[Candidate] = []
    aside: list[tuple[Trigger, NotCountedReason]] = []
    for candidate in sorted(candidates, key=lambda c: (-c.weight, c.trigger.first)):
        if reason := _never_counts(candidate, tokens):
            aside.append((candidate.trigger, reason))
            continue
        same = _cause_of(candidate, kept, tokens)
        if same is None:
            same = next((n for n, other in enumerate(kept) if same_happening(candidate, other, tokens)), None)
        if same is not None:
            kept[same] = _filled(kept[same], candidate)
            aside.append((candidate.trigger, "repeated"))
        elif candidate.weight < LEAST_WEIGHT or len(kept) >= MOST_EVENTS:
            aside.append((candidate.trigger, reason_against(candidate.cues)))
        else:
            kept.append(candidate)
    return kept, aside


def _cause_of(candidate: Candidate, kept: list[Candidate], tokens: Tokens) -> int | None:
    """The number of the happening of its sentence that a killing or wounding is the result of, the nearest; None: it is none."""
    if "result with a cause" not in candidate.cues:
        return None
    at, sentence = candidate.trigger.first, tokens.sentence_of[candidate.trigger.first]
    causes = (n for n, other in enumerate(kept) if other.kind in CAUSES and tokens.sentence_of[other.trigger.first] == sentence)
    return min((n for n in causes if kept[n].status == candidate.status), key=lambda n: abs(kept[n].trigger.first - at), default=None)


def _never_counts(candidate: Candidate, tokens: Tokens) -> NotCountedReason | None:
    """The reason why a word does not count whatever speaks for it: a figure of speech, wished, feared, or many years old."""
    if is_figurative(tokens, candidate.trigger):
        return "metaphor"
    return next((reason for cue, reason in NEVER_COUNT.items() if cue in candidate.cues), None)


def _with_left_tolls(chosen: list[Candidate], around: Surroundings) -> list[Candidate]:
    """Each toll that no chosen mention took goes to the nearest happening before it that can harm people, in its paragraph or the last."""
    paragraph_of = around.tokens.paragraph_of
    taken = {toll[:3] for candidate in chosen for toll in candidate.tolls}
    harming = sorted((c for c in chosen if can_take_tolls(c.trigger)), key=lambda c: c.trigger.first)
    more: dict[int, list[FoundToll]] = {}
    for toll in (toll for tolls in around.tolls.values() for toll in tolls if toll[:3] not in taken):
        denied = around.is_denied(toll.toll.words.start)
        able = (c for c in harming if denied == around.is_denied(around.tokens.start[c.trigger.first]))
        near = [c for c in able if 0 <= paragraph_of[toll.first] - paragraph_of[c.trigger.first] <= TOLL_REACH]
        if near:
            owner = min(near, key=lambda c: (abs(c.trigger.first - toll.cue), c.trigger.first))
            more.setdefault(owner.trigger.first, []).append(toll)
    return [replace(c, tolls=_joined(c.tolls, more.get(c.trigger.first, []))) for c in chosen]


def _told_once(chosen: list[Candidate]) -> list[Candidate]:
    """The same count of the same kind belongs to one happening, the first of the text that tells it; a count of one may come again."""
    told: set[tuple[TollKind, int]] = set()
    rid = []
    for candidate in sorted(chosen, key=lambda c: c.trigger.first):
        own = tuple(toll for toll in candidate.tolls if toll.toll.least == 1 or (toll.toll.kind, toll.toll.least) not in told)
        told |= {(toll.toll.kind, toll.toll.least) for toll in own}
        rid.append(replace(candidate, tolls=own))
    return rid


def _with_narrative_times(chosen: list[Candidate], around: Surroundings) -> list[Candidate]:
    """Each happening of which no time is told goes on in the day that the text tells of, where that is likely."""
    return [c if c.when else replace(c, when=narrative_time(Told(c.trigger, c.cues, c.status), around)) for c in chosen]


def _joined(tolls: tuple[FoundToll, ...], more: list[FoundToll]) -> tuple[FoundToll, ...]:
    """Tolls with those of `more` that say another number; one without a number adds nothing to a known kind."""
    joined = list(tolls)
    for toll in more:
        told = [other.toll for other in joined if other.toll.kind == toll.toll.kind]
        if not any(other.least == toll.toll.least for other in told) and not (told and toll.toll.least == 1):
            joined.append(toll)
    return tuple(joined)


def same_happening(left: Candidate, right: Candidate, tokens: Tokens) -> bool:
    """Whether two mentions are one happening: one kind, one status, and no place or day that tells them apart."""
    if left.kind != right.kind or left.status != right.status:
        return False
    if left.place and right.place and not same_place(tokens, left.place, right.place):
        return False
    days = [mention.when.days for mention in (left, right) if mention.when and mention.when.days]
    if len(days) == 2 and (days[0].last < days[1].first or days[1].last < days[0].first):
        return False
    one_sentence = tokens.sentence_of[left.trigger.first] == tokens.sentence_of[right.trigger.first]
    return left.trigger.sense.lexeme == right.trigger.sense.lexeme or one_sentence or bool(left.place or right.place)


def _filled(kept: Candidate, other: Candidate) -> Candidate:
    """A mention with what a lighter mention of the same happening adds: place, time, tolls of another kind or number."""
    return replace(kept, place=kept.place or other.place, when=kept.when or other.when, tolls=_joined(kept.tolls, list(other.tolls)))


def _event(article: Article, tokens: Tokens, candidate: Candidate, around: Surroundings) -> Event:
    trigger, stretch = candidate.trigger, around.stretch_of(candidate.trigger.first)
    times = {at for time in around.times.get(stretch, ()) for at in range(time.first, time.last)}
    places = {at for place in around.places.get(stretch, ()) if place.preposition or place.typed for at in range(place.first, place.last)}
    parties = parties_of(tokens, trigger, times, places)
    place = candidate.place
    larger = larger_place(around.places.get(around.stretch_of(place.first), []), place) if place else None
    span = tokens.span(trigger.first, trigger.last)
    return Event(
        id=record_id("event", article.id, candidate.kind, span),
        kind=candidate.kind,
        trigger=span,
        actor=None if _only_tells(parties.actor, candidate.claim) else parties.actor,
        target=parties.target,
        place=whole_span(tokens, place) if place else None,
        within=larger.span if larger else None,
        when=_time_span(tokens, candidate.when),
        days=candidate.when.days if candidate.when else None,
        status=candidate.status,
        tolls=_tolls(candidate),
        claim_id=candidate.claim.id if candidate.claim else None,
        rule=RULE,
        confidence=round(1 / (1 + 2.718281828**-candidate.weight), 3),
    )


def _only_tells(party: Span | None, claim: Claim | None) -> bool:
    """Whether a party is the person who tells of the happening: `توقع الخبير أن تستمر المعركة`. A body may tell of its own deeds."""
    if party is None or claim is None or claim.tellers[0].words is None or claim.tellers[0].kind not in ("person", "anonymous"):
        return False
    words = claim.tellers[0].words
    return words.start <= party.start and party.end <= words.end


def _time_span(tokens: Tokens, when: TimeExpression | None) -> Span | None:
    return tokens.span(when.first, when.last) if when else None


def _tolls(candidate: Candidate) -> tuple[Toll, ...]:
    return tuple(toll.toll for toll in sorted(candidate.tolls, key=lambda toll: toll.first))
