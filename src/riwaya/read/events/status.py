"""Whether what is told of has happened, is denied, or lies ahead.

A denial holds for what it governs: a verb right behind لم, a noun behind "did not see", all that somebody denies but the circumstances of
it and the part somebody had in it. What is threatened, promised, scheduled or told in the present beside a coming day lies ahead. An
attack that was foiled was made: it is actual, as the annotations have it.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.remembered import remembered
from riwaya.arabic.timewords import time_words
from riwaya.arabic.words import Tokens
from riwaya.read.events.salience import Surroundings
from riwaya.read.events.times import is_ahead
from riwaya.read.events.triggers import Trigger
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.records import Claim, EventKind, Status

_REACH, _NEAR = 10, 5  # tokens before a word in which its clause is looked through, and in which what carries it stands
_MARKS = frozenset('،؛:,«»"“”()')
_ARRANGED: frozenset[EventKind] = frozenset(
    ("meeting", "agreement", "protest", "aid", "sanction", "other", "displacement", "withdrawal", "deployment")
)  # of what is not arranged the present tells as headlines do: تستهدف الطائرات السوق اليوم
_OPEN_ACTS = frozenset(("threaten", "promise", "predict"))


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The folded word lists of lexicon/status.toml."""

    not_verb: frozenset[str]
    not_noun: frozenset[str]
    bearers: frozenset[str]
    denials: frozenset[str]
    parts: frozenset[str]
    charges: frozenset[str]
    causes: frozenset[str]
    ends: frozenset[str]
    carriers: frozenset[str]
    ahead: frozenset[str]
    holds: frozenset[str]
    intents: frozenset[str]
    calls: frozenset[str]
    not_future: frozenset[str]


@lru_cache(maxsize=1)
def status_words() -> StatusWords:
    """The word lists, read once; each word also with و and ف."""
    lists = folded_lists(load_table("status"))
    return StatusWords(**{name: words | {prefix + word for word in words for prefix in "وف"} for name, words in lists.items()})


def status_of(trigger: Trigger, when: TimeExpression | None, around: Surroundings) -> Status:
    """Whether it happened, by the words of its clause, the claim it stands in, and its time."""
    before = _clause_before(around.tokens, trigger)
    claim = around.claims.get(trigger.first)
    if _is_denied(trigger, before, claim, around):
        return "denied"
    return "planned" if trigger.future or _lies_ahead(trigger, before, when, around) else "actual"


def _clause_before(tokens: Tokens, trigger: Trigger) -> list[str]:
    """The words before a trigger in its clause: back to a mark, or so many."""
    first = max(tokens.sentences[tokens.sentence_of[trigger.first]][0], trigger.first - _REACH)
    words = tokens.folded[first : trigger.first]
    edge = max((n for n, word in enumerate(words) if word in _MARKS), default=-1)
    return words[edge + 1 :]


def _is_denied(trigger: Trigger, before: list[str], claim: Claim | None, around: Surroundings) -> bool:
    words = status_words()
    if claim and claim.act == "deny":
        return not _is_beside(trigger, claim, around)
    last = before[-1] if before else ""
    joined = around.tokens.folded[trigger.first][0] == "و"
    if trigger.sense.form != "noun":
        return last in words.not_verb and not joined
    borne = any(word in words.bearers and before[n - 1] in words.not_verb for n, word in enumerate(before) if n)
    return (last in words.not_noun and not joined) or borne or _denied_before(before)


def _denied_before(before: list[str]) -> bool:
    """Whether a word of denial governs what follows: not `لا ينفي`, nor the denial of a part in it."""
    words = status_words()
    at = max((n for n, word in enumerate(before) if word in words.denials), default=None)
    if at is None:
        return any(before[n : n + 2] in (["لا", "صحه"], ["ولا", "صحه"]) for n in range(len(before)))
    return words.parts.isdisjoint(before[at:]) and (at == 0 or before[at - 1] not in words.not_verb)


def _is_beside(trigger: Trigger, claim: Claim, around: Surroundings) -> bool:
    """Whether a word of a denial names what is not denied: a circumstance of it (بانفجار), or what somebody denies a part in."""
    tokens, words = around.tokens, status_words()
    inside = tokens.folded[bisect_left(tokens.start, claim.content.start) : trigger.first]
    if not words.parts.isdisjoint(inside):
        return True
    if len(inside) < 2 or not words.charges.isdisjoint(inside):
        return False
    return tokens.folded[trigger.first][0] == "ب" or inside[-1] in words.causes


def _lies_ahead(trigger: Trigger, before: list[str], when: TimeExpression | None, around: Surroundings) -> bool:
    words, sense = status_words(), trigger.sense
    near = before[-_NEAR:]
    if sense.form == "past" or before[-2:] == ["قبل", "ان"] or not words.carriers.isdisjoint(near):
        return False
    if near and (near[-1] in words.causes or near[-1] in words.ends):
        return False
    claim = around.claims.get(trigger.first)
    if claim is not None and claim.act in _OPEN_ACTS:
        return True
    expects = sense.kind in _ARRANGED and (sense.form == "present" or not words.holds.isdisjoint(before))
    if is_ahead(when, expects, around) or _is_awaited(before):
        return True
    return _is_announced(trigger, before, around.tokens) or _is_intended(trigger, near, around.tokens)


def _is_awaited(before: list[str]) -> bool:
    """Whether it was still to come when something else happened: `قبل ساعات من سريان | هدنة`."""
    units = time_words().phrases
    at = next((n for n, word in enumerate(before[:-2]) if word in ("قبل", "وقبل", "قبيل")), None)
    if at is None or "من" not in before[at + 2 : at + 5]:
        return False
    return any(word in units[kind] for kind in ("one", "two", "many") for word in before[at + 1 : at + 3])


def _is_announced(trigger: Trigger, before: list[str], tokens: Tokens) -> bool:
    """Whether words of its clause put it in the future: من المقرر، سيعقد، تعتزم."""
    last = tokens.sentences[tokens.sentence_of[trigger.first]][1]
    behind = tokens.folded[trigger.last : min(last, trigger.last + _NEAR)]
    edge = min((n for n, word in enumerate(behind) if word in _MARKS or word[0] == "و"), default=len(behind))
    return any(word in status_words().ahead or _is_future(word) for word in (*before, *behind[:edge]))


def _is_intended(trigger: Trigger, near: list[str], tokens: Tokens) -> bool:
    """Whether it is threatened, promised, prepared or called for: هدد بقطع الطريق، دعا إلى إضراب."""
    words = status_words()
    called = trigger.sense.kind == "protest" and near[-1:] == ["الي"] and not words.calls.isdisjoint(near)
    return called or (tokens.folded[trigger.first][0] in "بل" and not words.intents.isdisjoint(near))


@remembered
def _is_future(word: str) -> bool:
    """Whether a folded word is a verb with the sin of the future, so far as its form tells."""
    bare = word[1:] if word[0] in "وف" else word
    return len(bare) > 4 and bare[:2] in ("سي", "ست") and not any(bare.startswith(other) for other in status_words().not_future)
