"""Events of rules and network together: the network weighs which words count and who took part; the rules keep time, tolls and order."""

import math
from dataclasses import replace
from typing import Literal

import numpy as np

from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.words import Tokens
from riwaya.read.events.happenings import Candidate
from riwaya.read.events.salience import LEAST_WEIGHT, Surroundings
from riwaya.read.events.times import in_tense
from riwaya.read.events.tolls import FoundToll
from riwaya.read.events.triggers import Sense, Trigger, is_verb
from riwaya.read.model.labels import KINDS, STATUSES
from riwaya.read.model.marks import token_range
from riwaya.read.model.names import without_clitics
from riwaya.read.model.network import Pointed, Sight
from riwaya.read.model.parts import FLOOR, Range, best_part, preferred, segments, sentence_ends
from riwaya.read.model.trust import Trust
from riwaya.records import Event, Span


class EventSight:
    """The network as the second reader of `riwaya.read.events.events_in`."""

    def __init__(self, tokens: Tokens, sight: Sight, trust: Trust) -> None:
        self._tokens, self._sight, self._trust = tokens, sight, trust
        self._pointed: dict[Range, Pointed] = {}
        self._alone: set[int] = set()
        self._stops = sentence_ends(tokens)

    def triggers(self, known: list[Trigger]) -> list[Trigger]:
        """The words that the lexicon knows and those that only the network holds to name a happening."""
        tokens = self._tokens
        told = {at for trigger in known for at in range(trigger.first, trigger.last)}
        found = []
        for first, last, sure in segments(self._sight.tags["trigger"], FLOOR):
            if sure >= self._trust.trigger_alone and told.isdisjoint(range(first, last)) and tokens.is_word[first]:
                form: Literal["past", "noun"] = "past" if is_verb(tokens.folded[first]) else "noun"
                nothing: frozenset[str] = frozenset()
                sense = Sense(tokens.folded[first], "other", form, "plain", "actor", nothing, nothing, 0, 0)
                found.append(Trigger(first, last, sense, tokens.folded[first].startswith("ال"), False, None))
                self._alone.add(first)
        return sorted([*known, *found], key=lambda trigger: trigger.first)

    def tolls(self, found: list[FoundToll]) -> list[FoundToll]:
        """The counts of people that the network does not hold to be something else."""
        sure = 1 - self._sight.tags["toll"][:, 0]
        return [toll for toll in found if sure[toll.first : toll.last].max(initial=0) >= self._trust.toll_of_rules]

    def weighed(self, candidates: list[Candidate], around: Surroundings) -> list[Candidate]:
        """Weight, kind, status and time by both."""
        self._pointed = self._sight.pointed("events", [(c.trigger.first, c.trigger.last) for c in candidates])
        return [self._weighed(candidate, around) for candidate in candidates]

    def _weighed(self, candidate: Candidate, around: Surroundings) -> Candidate:
        trust, trigger = self._trust, candidate.trigger
        pointed = self._pointed[trigger.first, trigger.last]
        kinds = pointed.label.copy()
        if trigger.first not in self._alone:
            kinds[KINDS.index(candidate.kind)] += trust.kind_of_rules
        statuses = pointed.status.copy()
        statuses[STATUSES.index(candidate.status)] += trust.status_of_rules
        status = STATUSES[int(statuses.argmax())]
        return replace(
            candidate,
            kind=KINDS[int(kinds.argmax())],
            status=status,
            weight=self._weight(candidate),
            when=in_tense(self._when(candidate, pointed, around), status, around.published),
        )

    def _weight(self, candidate: Candidate) -> float:
        """How far the log odds of counting lie over those asked for, by both; by the network alone where the rules have none."""
        trust = self._trust
        own = _log_odds(self._sure(candidate)) - _log_odds(trust.trigger)
        if candidate.trigger.first not in self._alone:
            own += trust.weight_of_rules * (candidate.weight - LEAST_WEIGHT - own)
        return own + LEAST_WEIGHT

    def _sure(self, candidate: Candidate) -> float:
        tags = self._sight.tags["trigger"][candidate.trigger.first : candidate.trigger.last]
        return float((1 - tags[:, 0]).max())

    def _when(self, candidate: Candidate, pointed: Pointed, around: Surroundings) -> TimeExpression | None:
        """The time of the rules, unless the network points at another of the text's times, or holds that there is none."""
        own = (candidate.when.first, candidate.when.last) if candidate.when else None
        best = best_part(pointed, "when", self._stops)
        taken = preferred(pointed, "when", own, best, self._trust.event_parts["when"])
        if taken == own:
            return candidate.when
        if taken is None:
            return None
        times = (time for times in around.times.values() for time in times)
        return next((time for time in times if time.first < taken[1] and taken[0] < time.last), candidate.when)

    def completed(self, event: Event, candidate: Candidate) -> Event:
        """Parties and place by both, and how sure the event is."""
        pointed = self._pointed[candidate.trigger.first, candidate.trigger.last]
        alone = candidate.trigger.first in self._alone
        both = replace(
            event,
            actor=self._part(event, "actor", pointed),
            target=self._part(event, "target", pointed),
            place=self._part(event, "place", pointed),
            within=self._part(event, "within", pointed),
            confidence=self._trust.confidence("own event" if alone else "ruled event", self._sure(candidate)),
        )
        changed = (both.actor, both.target, both.place, both.within) != (event.actor, event.target, event.place, event.within)
        return replace(both, rule="model" if alone else f"{event.rule} + model" if changed else event.rule)

    def _part(self, event: Event, part: str, pointed: Pointed) -> Span | None:
        span: Span | None = getattr(event, part)
        own = token_range(self._tokens, span) if span else None
        best = best_part(pointed, part, [*self._stops, *range(pointed.first, pointed.last)])
        taken = preferred(pointed, part, own, best, self._trust.event_parts[part])
        if taken == own:
            return span
        return without_clitics(self._tokens, *taken) if taken else None


def _log_odds(probability: float) -> float:
    bounded = float(np.clip(probability, 1e-6, 1 - 1e-6))
    return math.log(bounded / (1 - bounded))
