"""Where it happened: which of the places that its sentence names belongs to which happening.

As with times (`times`), a place is weighed by readable cues: where it stands, what leads to it (في، على، من), how large it is, whether a
larger one follows it, what else stands nearer, and what the happening is. Their weights (lexicon/whereabouts.toml) are those of a logistic
regression over the written corpus, one observation a happening and a place that could be its own.
"""

import math
from collections.abc import Iterator
from functools import lru_cache

from riwaya.knowledge.nationalities import nationalities
from riwaya.read.events.places import Place, is_named, leads_to, stands_for_one
from riwaya.read.events.salience import Surroundings
from riwaya.read.events.times import edges_between
from riwaya.read.events.triggers import Trigger
from riwaya.read.lexicon import load_table
from riwaya.records import EventKind

_LEAST_WEIGHT = -1.0  # a place is given from a chance of 0.27 on: F1 of the places of the written corpus is flat from -1.8 to -1
_GAPS = ((0, "next to it"), (2, "within two words"), (5, "within five words"), (10, "within ten words"), (20, "within twenty words"))
_SIZES = ("a point", "a town or area", "a region", "a country")
_LEADS = {
    "في": "in",
    "داخل": "in",
    "وسط": "in",
    "ب": "attached in",
    "علي": "on",
    "من": "from",
    "الي": "to",
    "نحو": "to",
    "باتجاه": "to",
    "صوب": "to",
    "قرب": "near",
    "عند": "near",
    "قباله": "near",
    "بين": "between",
}
_CHAIN = 2  # tokens from a place to the larger one that it lies in: حي المنشية | في | درعا البلد
_NEAREST = 8  # places on either side that are looked at


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weights of lexicon/whereabouts.toml, read once."""
    table: dict[str, float] = load_table("whereabouts")["weights"]
    return table


def place_of(trigger: Trigger, kind: EventKind, around: Surroundings) -> Place | None:
    """The place of the trigger's sentence that is most likely where it happened, if one is likely enough."""
    weighed = [
        (math.fsum(weights().get(cue, 0.0) for cue in cues), -n, place) for n, (place, cues) in enumerate(able(trigger, kind, around))
    ]
    best = max(weighed, default=None)
    return best[2] if best and best[0] + weights()["any"] >= _LEAST_WEIGHT else None


def able(trigger: Trigger, kind: EventKind, around: Surroundings) -> Iterator[tuple[Place, frozenset[str]]]:
    """The places of the trigger's sentence that can be where it happened, in order, each with its cues; not those that are a party."""
    places = [place for place in around.places.get(around.stretch_of(trigger.first), ()) if not place.party]
    at = sum(place.first < trigger.first for place in places)
    near = places[max(0, at - _NEAREST) : at + _NEAREST]
    gaps = [_gap(trigger, place) for place in near]
    first_behind = next((place for place in near if place.first >= trigger.first), None)
    for n, place in enumerate(near):
        cues = set(_own_cues(trigger, kind, place, around))
        before, after = near[n - 1] if n else None, near[n + 1] if n + 1 < len(near) else None
        if after and after.first - place.last <= _CHAIN and after.size >= place.size:
            cues.add("a larger one follows")
        if before and place.first - before.last <= _CHAIN and before.size <= place.size:
            cues.add("follows a smaller one")
        if place is first_behind:
            cues.add("the first place behind")
        if len(near) == 1:
            cues.add("the only place of the sentence")
        elif any(gap < gaps[n] for gap in gaps):
            cues.add("another place nearer")
        yield place, frozenset(cues)


def _gap(trigger: Trigger, place: Place) -> int:
    return place.first - trigger.last if place.first >= trigger.first else trigger.first - place.last


def _own_cues(trigger: Trigger, kind: EventKind, place: Place, around: Surroundings) -> Iterator[str]:
    tokens, at = around.tokens, trigger.first
    side = "behind" if place.first >= at else "before"
    gap = _gap(trigger, place)
    yield f"{side}, {next((name for least, name in _GAPS if gap <= least), 'farther')}"
    low, high = (trigger.last, place.first) if side == "behind" else (place.last, at)
    yield from edges_between(tokens.folded[low:high], side)
    others = [other for other in around.triggers.get(around.stretch_of(at), ()) if other.first != at]
    if any(low <= other.first < high for other in others):
        yield f"another happening between, {side}"
    if any(abs(_gap(other, place)) < gap for other in others):
        yield "another happening nearer"
    yield f"{trigger.sense.form}, {side}"
    yield f"of {kind}"
    yield _SIZES[place.size]
    leads = leads_to(tokens, place)
    yield f"{_LEADS.get(leads, 'a side of it')} leads to it" if leads else "nothing leads to it"
    yield f"{_SIZES[place.size]}, {'led to' if leads else 'not led to'}"
    if not leads and " ".join(tokens.folded[place.first : place.last]) in nationalities().names:
        yield "what may stand for a state"  # القوات التي دربتها | واشنطن
    if place.typed:
        yield "a typed name" if is_named(tokens, place) else "a typed noun without a name"
    if stands_for_one(tokens, place):
        yield "stands for a place"
    yield from _claim_cues(trigger, place, around)


def _claim_cues(trigger: Trigger, place: Place, around: Surroundings) -> Iterator[str]:
    start, claim = around.tokens.start[place.first], around.claims.get(trigger.first)
    if claim is None:
        if around.in_claim(start):
            yield "in what is said, the happening not"
        return
    if start < claim.content.start:
        yield "where it was told"
    elif start >= claim.content.end:
        yield "behind what was said"
