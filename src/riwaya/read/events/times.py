"""When it happened: which of the times that a text tells belongs to which happening."""

from datetime import date

from riwaya.arabic.calendars import span_of, weekday_from
from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.words import Tokens
from riwaya.read.events.salience import Surroundings
from riwaya.read.events.triggers import Trigger
from riwaya.read.wordkinds import phrase_words

_FAR = 40  # tokens of distance from which on a time belongs to something else


def time_of(trigger: Trigger, around: Surroundings) -> TimeExpression | None:
    """The time words nearest to the trigger in its sentence that can be when it happened."""
    times = around.times.get(around.stretch_of(trigger.first), [])
    best = min(times, key=lambda time: around.distance(trigger, time.first, time.last), default=None)
    return best if best is None or around.distance(trigger, best.first, best.last) < _FAR else None


def is_ahead(trigger: Trigger, when: TimeExpression | None, tokens: Tokens, published: date | None) -> bool:
    """Whether the time of a happening lies ahead: its days, or a bare weekday beside a verb in the present (يجتمع الوزراء الثلاثاء)."""
    if when is None or when.days is None or published is None:
        return False
    bare = trigger.sense.form == "present" and _is_bare_weekday(tokens, when) and when.days.first != published
    return when.days.first > published or bare


def looking_forward(when: TimeExpression, tokens: Tokens, published: date) -> TimeExpression:
    """A bare weekday of something that lies ahead: the next one, not the last; the day of publication stays."""
    if when.days is None or when.days.first >= published or not _is_bare_weekday(tokens, when):
        return when
    first = weekday_from(published, when.days.first.weekday(), "next")
    return when._replace(days=span_of(first, first))


def _is_bare_weekday(tokens: Tokens, when: TimeExpression) -> bool:
    return all(word in phrase_words().days for word in tokens.folded[when.first : when.last])
