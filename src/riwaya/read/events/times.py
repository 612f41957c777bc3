"""When it happened: which of the times that a text tells belongs to which happening.

A happening takes a time of its own sentence, or goes on in the day that the text told last or began with, or has none. Which of these
is decided by cues: where a time stands (behind the word, over a clause's edge, with the word of saying), what else stands nearer, and
what the happening is told as. Their weights (lexicon/times.toml) are those of a logistic regression over the written corpus, one
observation a happening and a time that could be its own.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from riwaya.arabic.calendars import shifted, span_of
from riwaya.arabic.dates import TimeExpression, times_in
from riwaya.arabic.lags import Lag, lag_before
from riwaya.arabic.words import Tokens
from riwaya.read.events.salience import Surroundings
from riwaya.read.events.triggers import Trigger
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.records import Act, Status

_Words = TypeVar("_Words", Trigger, TimeExpression)
_LEAST_OWN = 0.3  # a time of its sentence is given from a chance of 0.57 on: F1 of the days of the written corpus is flat from -0.5 to 0.3
_LEAST_NARRATIVE = -0.2  # and the day told before from 0.45 on: flat from -0.4 to 0
_GAPS = ((0, "next to it"), (3, "within three words"), (8, "within eight words"), (15, "within fifteen words"), (30, "within thirty words"))
_LAG_REACH = 2  # tokens: بعد يومين من | هجوم، بعد يومين من وقوع | هجوم
_RELATIVE_REACH = 3  # tokens: الهجوم الانتحاري | الذي وقع أمس
_COUNTED_WITHIN = 3  # tokens: عدد ضحايا | الهجوم
_TELLING_ACTS: frozenset[Act] = frozenset(("say", "assert", "claim", "announce"))  # the others are about what was known before
_FILED = 4  # tokens before the date of a first line: the place it was filed from
_NEAREST = 5  # times or happenings on either side that are looked at
_SOON = 92  # days: a noun's date without a year may lie so far ahead, else it is the last one


@dataclass(frozen=True, slots=True)
class TimeCues:
    """The folded word lists and the weights of lexicon/times.toml."""

    subordinates: frozenset[str]
    relatives: frozenset[str]
    joins: frozenset[str]
    since: frozenset[str]
    until: frozenset[str]
    around: frozenset[str]
    turns: frozenset[str]
    day_parts: frozenset[str]
    today: frozenset[str]
    coming: frozenset[str]
    victims: frozenset[str]
    lasting: frozenset[str]
    own: dict[str, float]
    narrative: dict[str, float]


@lru_cache(maxsize=1)
def time_cues() -> TimeCues:
    """The word lists and weights, read once."""
    table = load_table("times")
    return TimeCues(**folded_lists(table["words"]), own=table["own"], narrative=table["narrative"])


@lru_cache(maxsize=1)
def told_times(tokens: Tokens, published: date | None) -> tuple[TimeExpression, ...]:
    """The times that the text tells, in order: all but the date that it is filed under (`كابول 14 آذار 2019 (وكالة) قتل ...`)."""
    times = times_in(tokens, published)
    filed = times and times[0].first < _FILED and tokens.folded[times[0].last : times[0].last + 1] in ([mark] for mark in "(-–—:/")
    return tuple(times[1:] if filed and any(word[:1].isdigit() for word in tokens.folded[times[0].first : times[0].last]) else times)


def time_of(trigger: Trigger, around: Surroundings) -> TimeExpression | None:
    """The time of the trigger's sentence that is most likely when it happened, if one is likely enough."""
    times = _nearest(around.times.get(around.stretch_of(trigger.first), []), trigger.first)
    lag = lag_before(around.tokens, trigger.first, _LAG_REACH)
    if lag and not (around.tokens.folded[lag.last] == "من" and trigger.sense.lexeme in time_cues().lasting):
        return _time_before(lag, trigger, times, around)
    weights = time_cues().own
    weighed = [(_weight(weights, own_cues(trigger, time, around)), n) for n, time in enumerate(times)]
    best = max(weighed, default=None)
    return times[best[1]] if best and best[0] >= _LEAST_OWN else None


def _nearest(words: list[_Words], at: int) -> list[_Words]:
    """Those that stand nearest to a token, some on either side: a sentence that never ends must not cost the square of its length."""
    if len(words) <= _NEAREST:
        return words
    place = bisect_left(words, at, key=lambda word: word.first)
    return words[max(0, place - _NEAREST) : place + _NEAREST]


def _time_before(lag: Lag, trigger: Trigger, times: list[TimeExpression], around: Surroundings) -> TimeExpression:
    """The time of what was so long before: before the day its sentence tells of, else the one the text began with, else publication."""
    near = [time for time in times if _width(time) == "a day"]
    nearest = min(near, key=lambda time: abs(time.first - lag.first), default=None)
    told = days_before(trigger, around)
    days = nearest.days if nearest else told[-1][1].days if told else None
    base = days.first if days else around.published
    return TimeExpression(lag.first, lag.last, lag.before(base) if base else None)


def _weight(weights: dict[str, float], cues: Iterable[str]) -> float:
    return math.fsum(weights.get(cue, 0.0) for cue in cues) + weights["any"]


def edges_between(between: Sequence[str], side: str) -> Iterator[str]:
    """The cues of the edges of clauses among the words between a trigger and what may belong to it, on one `side` of it."""
    words = time_cues()
    commas = sum(word in "،؛,:" for word in between)
    if commas:
        yield f"{side}, over a comma" if commas == 1 else f"{side}, over commas"
    for name, edge in (("إن", words.subordinates), ("a relative", words.relatives), ("a joined clause", words.joins)):
        if not edge.isdisjoint(between):
            yield f"{side}, over {name}"


def own_cues(trigger: Trigger, time: TimeExpression, around: Surroundings) -> Iterator[str]:
    """The cues for and against a time of the sentence being when the trigger happened."""
    tokens, at, words = around.tokens, trigger.first, time_cues()
    side = "behind" if time.first >= at else "before"
    low, high = (trigger.last, time.first) if side == "behind" else (time.last, at)
    yield f"{side}, {next((name for least, name in _GAPS if high - low <= least), 'farther')}"
    yield from edges_between(tokens.folded[low:high], side)
    yield from _rival_cues(trigger, time, around, side)
    yield from _claim_cues(trigger, time, around)
    if side == "before" and not words.victims.isdisjoint(tokens.folded[max(low, at - _COUNTED_WITHIN) : at]):
        yield "before, of victims told of"
    before = tokens.folded[time.first - 1] if time.first else ""
    first = tokens.folded[time.first]
    for name, listed in (("since", words.since), ("before or after", words.around)):
        if before in listed or first in listed:
            yield name
    yield _width(time)
    form = "definite noun" if trigger.definite and trigger.sense.form == "noun" else trigger.sense.form
    yield f"{form}, {side}"
    if form.endswith("noun") and not words.relatives.isdisjoint(tokens.folded[trigger.last : trigger.last + _RELATIVE_REACH]):
        yield f"a relative clause of its own, {side}"


def _rival_cues(trigger: Trigger, time: TimeExpression, around: Surroundings, side: str) -> Iterator[str]:
    stretch = around.stretch_of(trigger.first)
    mine = around.distance(trigger, time.first, time.last)
    others = [other for other in _nearest(around.triggers.get(stretch, []), time.first) if other.first != trigger.first]
    low, high = sorted((trigger.first, time.first))
    if any(low < other.first < high for other in others):
        yield f"another happening between, {side}"
    if any(around.distance(other, time.first, time.last) < mine for other in others):
        yield "another happening nearer"
    times = [other for other in _nearest(around.times[stretch], trigger.first) if other.first != time.first]
    if any(around.distance(trigger, other.first, other.last) < mine for other in times):
        yield "another time nearer"
    elif not times:
        yield "the only time of the sentence"


def _claim_cues(trigger: Trigger, time: TimeExpression, around: Surroundings) -> Iterator[str]:
    start, claim = around.tokens.start[time.first], around.claims.get(trigger.first)
    if claim is None:
        if around.in_claim(start):
            yield "in what is said, the happening not"
        return
    if start < claim.content.start:
        yield "when it was told" if claim.act in _TELLING_ACTS else "when it was talked about"
    elif start >= claim.content.end:
        yield "behind what was said"


def _width(time: TimeExpression) -> str:
    if time.days is None:
        return "open"
    days = (time.days.last - time.days.first).days
    return "a day" if days < 2 else "days" if days < 10 else "a month" if days < 32 else "long"


def in_tense(when: TimeExpression | None, status: Status, published: date | None) -> TimeExpression | None:
    """The time with the week or year that fits what is told of: the next one if it lies ahead, else the last; the day itself stays."""
    if when is None or when.days is None or published is None or when.turns is None:
        return when
    first, last = when.days
    if when.turns == "week":
        return when._replace(days=span_of(shifted(first, 7), shifted(last, 7))) if status == "planned" and last < published else when
    years = 1 if status == "planned" and last < published else -1 if status != "planned" and first > published else 0
    return when._replace(days=span_of(_years_off(first, years), _years_off(last, years))) if years else when


def _years_off(day: date, years: int) -> date | None:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, or beyond the calendar
        return shifted(day, round(365.25 * years))


def is_ahead(when: TimeExpression | None, expects: bool, around: Surroundings) -> bool:
    """Whether a time lies ahead: its days, or a bare weekday or today beside a verb in the present (يجتمع الوزراء الثلاثاء)."""
    if when is None:
        return False
    tokens, published, words = around.tokens, around.published, time_cues()
    inside, before = tokens.folded[when.first : when.last], tokens.folded[when.first - 1] if when.first else ""
    if before in words.since or before in words.around or before in words.until or inside[0] in words.since:
        return False
    if when.days is None or published is None:
        return not words.coming.isdisjoint(inside)
    if when.days.first == published:
        return expects and (when.turns == "week" or not words.today.isdisjoint(inside))
    if when.turns == "week":
        return expects
    if when.turns == "year" and (when.days.first - published).days > _SOON:
        return False
    return when.days.first > published


@dataclass(frozen=True, slots=True)
class Told:
    """A happening of which its sentence tells no time: its word, the cues of `cues_of`, and its status."""

    trigger: Trigger
    cues: frozenset[str]
    status: Status


def narrative_time(told: Told, around: Surroundings) -> TimeExpression | None:
    """The time told before in which a happening without one of its own goes on, if that is likely enough."""
    weights = time_cues().narrative
    weighed = [
        (_weight(weights, narrative_cues(told, time, role, around)), n, time)
        for n, (role, time) in enumerate(days_before(told.trigger, around))
    ]
    best = max(weighed, default=None)
    return best[2] if best and best[0] >= _LEAST_NARRATIVE else None


def days_before(trigger: Trigger, around: Surroundings) -> list[tuple[str, TimeExpression]]:
    """The day that the text told last before the sentence of a trigger, and the one it began with, with what they are."""
    stretch = around.stretch_of(trigger.first)
    told = [time for where in sorted(around.times) if where < stretch for time in around.times[where] if _width(time) == "a day"]
    if not told:
        return []
    first, last = told[0], told[-1]
    if around.tokens.paragraph_of[first.first] > 0:
        return [("told last", last)]
    return [("told first and last", last)] if first.days == last.days else [("told last", last), ("told first", first)]


def narrative_cues(told: Told, time: TimeExpression, role: str, around: Surroundings) -> Iterator[str]:
    """The cues for and against a happening going on in a day that was told before."""
    tokens, at, words = around.tokens, told.trigger.first, time_cues()
    yield role
    apart = tokens.paragraph_of[at] - tokens.paragraph_of[time.first]
    if apart == 0:
        yield "the sentence before" if tokens.sentence_of[at] - tokens.sentence_of[time.first] == 1 else "farther in its paragraph"
    else:
        yield "the paragraph before" if apart == 1 else "some paragraphs before" if apart < 4 else "far before"
    days = {time.days for times in around.times.values() for time in times if _width(time) == "a day"}
    yield "the only day told" if len(days) == 1 else "one of two days told" if len(days) == 2 else "one of many days told"
    if around.published and time.days:
        back = (around.published - time.days.first).days
        yield "today or yesterday" if 0 <= back <= 1 else "within the week" if 1 < back <= 7 else "ahead" if back < 0 else "long ago"
    yield f"form {told.trigger.sense.form}"
    yield f"kind {told.trigger.sense.kind}"
    if told.status != "actual":
        yield told.status
    yield from (f"told {cue}" for cue in told.cues & _TELLING)
    first, last = tokens.sentences[tokens.sentence_of[at]]
    if not words.turns.isdisjoint(tokens.folded[first : first + 3]):
        yield "a new matter"
    if not words.day_parts.isdisjoint(tokens.folded[max(first, at - _DAY_PART) : min(last, at + _DAY_PART)]):
        yield "a part of the day is told"
    if around.times.get(around.stretch_of(at)):
        yield "another time in its sentence"


_DAY_PART = 12  # tokens from a happening to a part of the day that is its own
_TELLING = frozenset(
    (
        "in a claim", "in a claim that wishes", "pluperfect", "in a relative clause", "after a preposition of cause or time", "general",
        "first sentence", "first paragraph", "late paragraph", "first of its kind", "negated", "toll in the sentence",
    )
)  # fmt: skip
