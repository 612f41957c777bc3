"""Which words that can name a happening count as an event: cues for and against, weighed in one table.

News names many more happenings than it reports. What an article reports stands in a finite verb, or in a bare noun near its place, time or
toll; what it only touches on stands with the article, in a relative clause, behind the happening that caused it, in what is demanded,
feared or denied. Each cue below is one such observation; their weights (lexicon/salience.toml) are those of a logistic regression over
the written corpus (training/corpus), rounded, with the claims of its annotation.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.events.places import Place
from riwaya.read.events.tolls import FoundToll
from riwaya.read.events.triggers import Trigger
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.wordkinds import looks_like_verb
from riwaya.records import Act, Claim, EventKind, NotCountedReason, Span


@dataclass(frozen=True, slots=True)
class SalienceWords:
    """The folded word lists and the weights of lexicon/salience.toml."""

    after: frozenset[str]
    carriers: frozenset[str]
    hypothesis: frozenset[str]
    fears: frozenset[str]
    wishes: frozenset[str]
    negations: frozenset[str]
    relatives: frozenset[str]
    pluperfect: frozenset[str]
    general: frozenset[str]
    ahead: frozenset[str]
    weights: dict[str, float]


@lru_cache(maxsize=1)
def salience_words() -> SalienceWords:
    """The word lists and weights, read once."""
    table = load_table("salience")
    return SalienceWords(**folded_lists(table["words"]), weights=table["weights"])


_STRETCH = 160  # tokens; one sentence in a thousand is longer, and one of a broken page must not cost the square of its length
_MANY_YEARS = 10  # background from there on
_BEFORE, _EDGE, _APART = 8, 5, 12  # tokens of distance: for standing before, per edge of a clause, beyond a claim
_EDGES = frozenset(("،", "؛", ":", ",", "(", "التي", "الذي", "الذين", "حيث", "فيما", "بينما", "كما", "ان", "بان", "وان", "ما"))  # folded
_WISHING_ACTS: frozenset[Act] = frozenset(("demand", "ask", "promise", "predict", "warn", "threaten"))


@dataclass(slots=True)
class Surroundings:
    """What stands around the triggers of one article; lists by stretch: a sentence, or so many tokens of a very long one."""

    tokens: Tokens
    title: frozenset[str]  # lexemes of the triggers of the title
    published: date | None
    places: dict[int, list[Place]] = field(default_factory=dict)
    times: dict[int, list[TimeExpression]] = field(default_factory=dict)
    tolls: dict[int, list[FoundToll]] = field(default_factory=dict)
    triggers: dict[int, list[Trigger]] = field(default_factory=dict)
    claims: dict[int, Claim] = field(default_factory=dict)  # by token of a trigger: the innermost claim whose content holds it
    contents: list[Span] = field(default_factory=list)  # of all claims, in order
    denials: list[Span] = field(default_factory=list)  # contents of the claims that deny, in order
    first_of_kind: set[int] = field(default_factory=set)  # tokens of the first trigger of each kind

    def stretch_of(self, at: int) -> int:
        """The first token of the stretch that holds a token."""
        first = self.tokens.sentences[self.tokens.sentence_of[at]][0]
        return at - (at - first) % _STRETCH

    def in_claim(self, at: int) -> bool:
        """Whether the letter `at` stands in the content of some claim (looked up among the nearest that begin before it)."""
        return self._within(self.contents, at)

    def is_denied(self, at: int) -> bool:
        """Whether the letter `at` stands in what somebody denies."""
        return self._within(self.denials, at)

    def distance(self, trigger: Trigger, first: int, last: int) -> float:
        """How far words stand from a trigger: in tokens, and farther if before it, over a clause's edge, beyond the edge of a claim."""
        tokens, at = self.tokens, trigger.first
        low, high = (trigger.last, first) if first >= trigger.last else (last, at)
        edges = sum(tokens.folded[here] in _EDGES for here in range(low, min(high, low + 60)))
        claim = self.claims.get(at)
        apart = self.in_claim(tokens.start[first]) if claim is None else not claim.content.start <= tokens.start[first] < claim.content.end
        return high - low + (0 if first >= at else _BEFORE) + _EDGE * edges + (_APART if apart else 0)

    def _within(self, contents: list[Span], at: int) -> bool:
        place = bisect_right(contents, (at, len(self.tokens.text) + 1))
        return any(content.end > at for content in contents[max(0, place - 4) : place])


def cues_of(trigger: Trigger, kind: EventKind, around: Surroundings) -> Iterator[str]:
    """The cues that hold for a trigger."""
    tokens, at = around.tokens, trigger.first
    sentence = tokens.sentence_of[at]
    first = tokens.sentences[sentence][0]
    before = tokens.folded[max(first, at - 3) : at]
    sense = trigger.sense
    yield f"form {sense.form}"
    yield f"strength {sense.strength}"
    yield f"kind {kind}"
    if kind == "attack" and sense.form == "past" and sense.strength == "plain":
        yield "attack by a plain verb"
    if sense.needs:
        yield "settled by a companion"
    if sense.form == "noun":
        yield "definite noun" if trigger.definite else "bare noun"
        if tokens.folded[at].endswith(("ات", "اتهم", "اتها")):
            yield "plural noun"
        if any(word[0].isdigit() for word in before[-1:]) or tokens.folded[at].endswith(("تين", "تان", "ين")):
            yield "counted"
        if not trigger.definite and tokens.folded[at].endswith("ا"):
            yield "accusative"
    yield from _position_cues(trigger, around, sentence)
    yield from _company_cues(trigger, around, around.stretch_of(at))
    yield from _claim_cues(trigger, around)
    yield from _warning_cues(trigger, around, before, first)


def _position_cues(trigger: Trigger, around: Surroundings, sentence: int) -> Iterator[str]:
    tokens = around.tokens
    paragraph = tokens.paragraph_of[trigger.first]
    if paragraph == 0:
        yield "first paragraph"
    if sentence == 0 or (sentence == 1 and tokens.sentences[0][1] < 6):
        yield "first sentence"
    if paragraph >= 5:
        yield "late paragraph"
    if trigger.sense.lexeme in around.title:
        yield "in the title"
    if trigger.first in around.first_of_kind:
        yield "first of its kind"
    if trigger.first - tokens.sentences[sentence][0] <= 2:
        yield "opens the sentence"
    elif trigger.first - tokens.sentences[sentence][0] > 30:
        yield "deep in the sentence"


def _company_cues(trigger: Trigger, around: Surroundings, stretch: int) -> Iterator[str]:
    at = trigger.first
    if any(0 <= place.first - at <= 14 for place in around.places.get(stretch, ())):
        yield "place after"
    elif around.places.get(stretch):
        yield "place in the sentence"
    times = around.times.get(stretch, ())
    if any(abs(time.first - at) <= 10 for time in times):
        yield "time near"
    elif times:
        yield "time in the sentence"
    year = around.published.year if around.published else 0
    if any(time.days and time.days.last.year < year - 1 for time in times):
        yield "old time"
    if any(time.days and time.days.last.year < year - _MANY_YEARS for time in times):
        yield "many years old"
    tolls = around.tolls.get(stretch, ())
    if tolls:
        yield "toll in the sentence"
        if any(abs(toll.cue - at) <= 8 for toll in tolls):
            yield "toll near"
    same = [other for other in around.triggers.get(stretch, ()) if other.first != at]
    if any(other.first < at and other.sense.kind == trigger.sense.kind for other in same):
        yield "same kind earlier in the sentence"
    harm = trigger.sense.kind == "attack" and trigger.sense.strength != "plain"  # a killing, a wounding, a blow
    if harm and any(other.sense.strength == "plain" and other.sense.kind in CAUSES for other in same):
        yield "result with a cause"


CAUSES = frozenset(("armed-clash", "air-strike", "shelling", "suicide-bomb", "bomb", "attack", "chemical", "accident", "protest"))


def _claim_cues(trigger: Trigger, around: Surroundings) -> Iterator[str]:
    if claim := around.claims.get(trigger.first):
        yield "in a claim"
        if claim.act in _WISHING_ACTS:
            yield "in a claim that wishes"
        if claim.act in ("condemn", "praise"):
            yield "in a claim that judges"


def _warning_cues(trigger: Trigger, around: Surroundings, before: list[str], first: int) -> Iterator[str]:
    tokens, at, words = around.tokens, trigger.first, salience_words()
    bare = {_bare(word) for word in before}
    previous = _bare(before[-1]) if before else ""
    wide = tokens.folded[max(first, at - 8) : at]
    found = {
        "after a preposition of cause or time": previous in words.after,
        "carried by a verb": bool(bare & words.carriers),
        "subjunctive": previous == "ان" and trigger.sense.form == "present",
        "hypothetical": bool(bare & words.hypothesis),
        "feared": previous in words.fears,
        "wished": bool(bare & words.wishes),
        "negated": bool(bare & words.negations),
        "in a relative clause": previous in words.relatives,
        "future": trigger.future,
        "planned": _lies_ahead(tokens, trigger, first),
        "pluperfect": any(word in words.pluperfect for word in wide),
        "general": any(word in words.general for word in before[-2:]),
    }
    yield from (cue for cue, holds in found.items() if holds)


@remembered
def _bare(word: str) -> str:
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


LEAST_WEIGHT = -1.5  # below it a word is set aside: F1 of the kinds on the written corpus is flat from -1.6 to -1.3


def weight_of(cues: frozenset[str]) -> float:
    """The weight of the cues together: the log odds that the word counts as an event."""
    weights = salience_words().weights
    return math.fsum(weights.get(cue, 0.0) for cue in cues) + weights["any"]  # exact, whatever the order of the set


def reason_against(cues: frozenset[str]) -> NotCountedReason:
    """Why a word that can name a happening does not count, by the strongest cue against it."""
    for reason, against in _REASONS.items():
        if against & cues:
            return reason
    return "general"


_REASONS: dict[NotCountedReason, frozenset[str]] = {
    "wish": frozenset(("wished", "in a claim that wishes")),
    "hypothetical": frozenset(("feared", "hypothetical", "subjunctive")),
    "opinion": frozenset(("in a claim that judges",)),
    "repeated": frozenset(("result with a cause", "same kind earlier in the sentence")),
    "background": frozenset(("many years old", "old time", "pluperfect", "in a relative clause", "after a preposition of cause or time")),
}


# Whatever else speaks for the word.
NEVER_COUNT: dict[str, NotCountedReason] = {"wished": "wish", "feared": "hypothetical", "many years old": "background"}


def _lies_ahead(tokens: Tokens, trigger: Trigger, first: int) -> bool:
    """Whether words near the trigger put it in the future: من المقرر، سيعقد، تعتزم، الأسبوع المقبل."""
    last = tokens.sentences[tokens.sentence_of[trigger.first]][1]
    near = tokens.folded[max(first, trigger.first - 5) : min(last, trigger.last + 5)]
    return any(word in salience_words().ahead or (word[:2] in ("سي", "ست") and len(word) > 4 and looks_like_verb(word)) for word in near)
