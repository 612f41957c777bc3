"""Who did it and to whom: the noun phrases around the word that names a happening.

Arabic tells the roles by place and preposition: subject after the verb or right before it, object after the subject; the noun of an
action takes its doer next (غارات التحالف) or its object (اغتيال القائد), by the noun; على، ضد and استهدف lead to the target; بين ... و names two sides.
"""

from collections.abc import Collection
from typing import NamedTuple

from riwaya.arabic.words import Tokens
from riwaya.read.phrases import noun_phrase_end, noun_span, phrase_words
from riwaya.read.triggers import Trigger, is_verb, verbs_known
from riwaya.records import Span

_LONGEST = 10  # tokens of a party
_AGENTS = frozenset(("قبل", "يد", "ايدي", "جانب", "طرف"))  # على يد، من قبل
_AGAINST = frozenset(("ضد", "استهدف", "استهدفت", "تستهدف", "يستهدف", "استهدفه", "طال", "طالت", "لاستهداف"))
_OBJECT_MARKS = frozenset(("علي", "الي", "ضد", "مع", "ل", "بحق", "تجاه"))
_SUBJECT_MARKS = frozenset(("ان", "بان", "وان", "لكن", "ولكن", "فيما", "بينما", "حيث", "اذ", "كما", "فان", "و", "قوله", "انه"))
_CARRIERS = frozenset(
    (
        "شن", "شنت", "نفذ", "نفذت", "شنوا", "نفذوا", "اجري", "اجرت", "عقد", "عقدت", "فرض", "فرضت", "ارتكب", "ارتكبت", "تبني", "تبنت", "القي", "القت",
        "اطلق", "اطلقت", "وجه", "وجهت", "وقع", "وقعت", "تبادل", "واصل", "واصلت", "خاض", "خاضت", "تخوض", "يخوض", "نظم", "نظمت", "بدا", "بدات", "اعلن",
        "احكمت", "بسطت", "احكم", "بسط",
    )
)  # fmt: skip


class Parties(NamedTuple):
    """The doer and the one it was done to, side A and side B; None where the text does not say."""

    actor: Span | None
    target: Span | None


def parties_of(tokens: Tokens, trigger: Trigger, taken: Collection[int]) -> Parties:
    """The parties of a happening. `taken` holds tokens of places, times and counts, which are no parties."""
    first, last = tokens.sentences[tokens.sentence_of[trigger.first]]
    reader = _Reader(tokens, taken, max(first, trigger.first - 40), min(last, trigger.first + 40))
    if trigger.sense.form == "noun":
        return reader.of_noun(trigger)
    return reader.of_verb(trigger)


class _Reader:
    def __init__(self, tokens: Tokens, taken: Collection[int], low: int, high: int) -> None:
        self.tokens, self.taken, self.low, self.high = tokens, taken, low, high

    def phrase(self, at: int, clitics: str = "") -> tuple[int, int] | None:
        """The noun phrase that starts at a token, if it can be a party."""
        if at >= self.high or at in self.taken or is_verb(self.tokens.folded[at]):
            return None
        if not self.tokens.is_word[at] and self.tokens.folded[at] not in '«"“(':
            return None
        end = noun_phrase_end(self.tokens, at, min(self.high, at + _LONGEST), verbs=verbs_known())
        end = next((here for here in range(at + 1, end) if here in self.taken and self.tokens.folded[here][0] in "بل"), end)
        return (at, end) if end > at and len(self.tokens.folded[at]) > 2 else None

    def span(self, phrase: tuple[int, int] | None, clitics: str = "") -> Span | None:
        return noun_span(self.tokens, phrase[0], phrase[1], clitics) if phrase else None

    def of_verb(self, trigger: Trigger) -> Parties:
        words, after = self.tokens.folded, trigger.last
        if trigger.companion is not None and trigger.companion > trigger.first:
            subject = self.phrase(trigger.first + 1)
            if subject and subject[1] > trigger.companion:
                subject = (subject[0], trigger.companion) if subject[0] < trigger.companion else None
            if trigger.companion == trigger.first + 1:
                subject = self.phrase(trigger.companion + 1)
            target = self._marked(trigger.companion + 1, _OBJECT_MARKS)
            return Parties(self.span(subject) or self.before(trigger.first), target)
        following = self.phrase(after)
        if trigger.sense.role == "target":  # قتل، اغتيل، انفجر: what follows underwent it
            return Parties(self._agent(after), self.span(following) or self.before(trigger.first))
        preceding = self.before(trigger.first)
        if following is None:
            if after < self.high and words[after] in _OBJECT_MARKS:
                return Parties(preceding, self.span(self.phrase(after + 1)))
            return Parties(preceding, self._marked(after, _OBJECT_MARKS))
        nxt = following[1]
        second = self.phrase(nxt) if nxt < self.high and self.tokens.is_word[nxt] else None
        if second is None and nxt < self.high and words[nxt] in _OBJECT_MARKS:
            second = self.phrase(nxt + 1)
        if second is None and preceding is not None:
            return Parties(preceding, self.span(following))
        return Parties(self.span(following), self.span(second) or self._marked(nxt, _OBJECT_MARKS))

    def before(self, at: int) -> Span | None:
        """The subject that stands right before the verb: أن قوات التحالف شنت."""
        words = self.tokens.folded
        for start in range(at - 1, max(self.low, at - _LONGEST - 1) - 1, -1):
            mark = start == self.low or words[start - 1] in _SUBJECT_MARKS or words[start - 1] in '،:؛«"“'
            if words[start] in _SUBJECT_MARKS:
                return None
            if mark and (phrase := self.phrase(start)) and at - 2 <= phrase[1] <= at:
                return self.span(phrase, "و")
        return None

    def of_noun(self, trigger: Trigger) -> Parties:
        words, after = self.tokens.folded, trigger.last
        while after < self.high and self._is_adjective(after, trigger):
            after += 1
        if pair := self._sides(after):
            return pair
        construct = None
        if not trigger.definite and after == trigger.last and not words[trigger.first].endswith(("ا", "ين", "ان")):
            construct = self.phrase(after)
        actor = self._carrier(trigger.first)
        if construct and trigger.sense.role == "target":
            return Parties(actor or self._agent(construct[1]), self.span(construct))
        relative = self._relative(after)
        target = self._marked(construct[1] if construct else after, _OBJECT_MARKS | _AGAINST)
        return Parties(self.span(construct) or relative or self._agent(after) or actor, target)

    def _is_adjective(self, at: int, trigger: Trigger) -> bool:
        word = self.tokens.folded[at]
        if not self.tokens.is_word[at] or at in self.taken or word in phrase_words().stops or is_verb(word):
            return False
        if trigger.definite:
            return word[:2] == "ال"
        return word.endswith(("يه", "ي", "يا", "يفه", "يف", "ين", "يده", "ضخم", "واسع", "عنيفا", "واسعا", "مسلح", "مسلحا", "دام"))

    def _sides(self, at: int) -> Parties | None:
        """Two sides: بين X وY، بين X من جهة وY من جهة أخرى؛ مع Y."""
        words = self.tokens.folded
        for here in range(at, min(self.high, at + 7)):
            if words[here] != "بين":
                continue
            left = noun_phrase_end(self.tokens, here + 1, min(self.high, here + 12), verbs=verbs_known(), coordinated=False)
            right = next(
                (there for there in range(left, min(self.high, left + 5)) if words[there][0] == "و" and len(words[there]) > 2), None
            )
            if left > here + 1:
                second = self.phrase(right) if right is not None else None
                return Parties(self.span((here + 1, left)), self.span(second, "و"))
        return None

    def _carrier(self, at: int) -> Span | None:
        """The subject of the verb that carries the noun: شن الطيران ثلاث غارات، التحالف شن غارة."""
        words = self.tokens.folded
        for here in range(at - 1, max(self.low, at - 10) - 1, -1):
            word = words[here][1:] if words[here][0] in "وف" and len(words[here]) > 3 else words[here]
            if word in _CARRIERS or words[here] in _CARRIERS:
                subject = self.phrase(here + 1)
                if subject and subject[1] <= at and subject[0] < at:
                    return self.span(subject)
                return self.before(here)
            if words[here] in "،؛:":
                return None
        return None

    def _relative(self, at: int) -> Span | None:
        """هجوم شنه مسلحون، الغارات التي نفذها التحالف: the subject after a verb with the pronoun of the noun."""
        words = self.tokens.folded
        for here in range(at, min(self.high, at + 3)):
            if words[here].endswith(("ه", "ها", "هما")) and words[here].rstrip("هام") in (
                "شن",
                "شنت",
                "نفذ",
                "نفذت",
                "شنو",
                "نفذو",
                "ارتكب",
                "ارتكبت",
                "تشن",
                "يشن",
                "تنفذ",
            ):
                return self.span(self.phrase(here + 1))
        return None

    def _agent(self, at: int) -> Span | None:
        """على يد، من قبل، من جانب X; برصاص X."""
        words = self.tokens.folded
        for here in range(at, min(self.high, at + 12) - 1):
            if words[here] in _AGENTS and here and words[here - 1] in ("علي", "من"):
                return self.span(self.phrase(here + 1))
            if words[here] in ("برصاص", "بنيران", "بقصف", "بغاره"):
                return self.span(self.phrase(here + 1))
        return None

    def _marked(self, at: int, marks: Collection[str]) -> Span | None:
        """The phrase after the next preposition of the target, before a mark of the clause."""
        words = self.tokens.folded
        for here in range(at, min(self.high, at + 7)):
            if not self.tokens.is_word[here]:
                return None
            if words[here] in marks:
                return self.span(self.phrase(here + 1))
            if words[here][:2] == "لل" and len(words[here]) > 4:
                return self.span(self.phrase(here))
        return None
