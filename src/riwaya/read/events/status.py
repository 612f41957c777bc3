"""Whether what is told of has happened, is denied, or lies ahead.

A denial holds for what it governs: a verb right behind لم, a noun behind "did not see", all that somebody denies but the circumstances of
it and the part somebody had in it. What is threatened, promised, scheduled or told in the present beside a coming day lies ahead. An
attack that was foiled was made: it is actual, as the annotations have it.
"""

from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.words import Tokens
from riwaya.read.events.salience import Surroundings
from riwaya.read.events.times import is_ahead
from riwaya.read.events.triggers import Trigger
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.records import Claim, Status

_REACH, _NEAR = 10, 5  # tokens before a word in which its clause is looked through, and in which what carries it stands
_MARKS = frozenset('،؛:,«»"“”()')
_OPEN_ACTS = frozenset(("threaten", "promise", "predict"))


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The folded word lists of lexicon/status.toml."""

    not_verb: frozenset[str]
    not_noun: frozenset[str]
    bearers: frozenset[str]
    denials: frozenset[str]
    parts: frozenset[str]
    causes: frozenset[str]
    carriers: frozenset[str]
    ahead: frozenset[str]
    holds: frozenset[str]
    intents: frozenset[str]
    calls: frozenset[str]
    not_future: frozenset[str]


@lru_cache(maxsize=1)
def status_words() -> StatusWords:
    """The word lists, read once."""
    return StatusWords(**folded_lists(load_table("status")))


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
    """Whether a verb of denial governs what follows: not `لا ينفي`, nor a denial of a part in it."""
    words = status_words()
    at = max((n for n, word in enumerate(before) if word in words.denials), default=None)
    return at is not None and words.parts.isdisjoint(before[at:]) and (at == 0 or before[at - 1] not in words.not_verb)


def _is_beside(trigger: Trigger, claim: Claim, around: Surroundings) -> bool:
    """Whether a word of a denial names what is not denied: a circumstance of it (بانفجار), or what somebody denies a part in."""
    tokens, words = around.tokens, status_words()
    first = trigger.first
    while first and tokens.start[first - 1] >= claim.content.start:
        first -= 1
    inside = tokens.folded[first : trigger.first]
    circumstance = tokens.folded[trigger.first][0] == "ب" or (inside and inside[-1] in words.causes)
    return not words.parts.isdisjoint(inside) or (len(inside) > 1 and bool(circumstance))


def _lies_ahead(trigger: Trigger, before: list[str], when: TimeExpression | None, around: Surroundings) -> bool:
    words, sense = status_words(), trigger.sense
    near = before[-_NEAR:]
    if sense.form == "past" or (near and near[-1] in words.causes) or not words.carriers.isdisjoint(near):
        return False
    claim = around.claims.get(trigger.first)
    if claim is not None and claim.act in _OPEN_ACTS:
        return True
    expects = sense.form == "present" or not words.holds.isdisjoint(before)
    return is_ahead(when, expects, around) or _is_announced(trigger, before, around.tokens) or _is_intended(trigger, near, around.tokens)


def _is_announced(trigger: Trigger, before: list[str], tokens: Tokens) -> bool:
    """Whether words of its clause put it in the future: من المقرر، سيعقد، تعتزم."""
    last = tokens.sentences[tokens.sentence_of[trigger.first]][1]
    behind = tokens.folded[trigger.last : min(last, trigger.last + _NEAR)]
    edge = min((n for n, word in enumerate(behind) if word in _MARKS or word[0] == "و"), default=len(behind))
    return any(word in status_words().ahead or _is_future(word) for word in (*before, *behind[:edge]))


def _is_intended(trigger: Trigger, near: list[str], tokens: Tokens) -> bool:
    """Whether it is threatened, promised, ordered or called for: هدد بقطع الطريق، دعا إلى إضراب."""
    words = status_words()
    called = trigger.sense.kind == "protest" and bool(near) and near[-1] in ("الي", "ل") and not words.calls.isdisjoint(near)
    return called or (tokens.folded[trigger.first][0] == "ب" and not words.intents.isdisjoint(near))


@lru_cache(maxsize=1 << 14)
def _is_future(word: str) -> bool:
    """Whether a folded word is a verb with the sin of the future, so far as its form tells."""
    bare = word[1:] if word[0] in "وف" else word
    return len(bare) > 4 and bare[:2] in ("سي", "ست") and not any(bare.startswith(other) for other in status_words().not_future)
