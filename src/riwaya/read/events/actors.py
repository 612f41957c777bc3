"""Who did it and to whom: the noun phrases around the word that names a happening.

Arabic tells the roles by place and preposition: the subject stands after the verb or right before it, the object after the subject; the
noun of an action takes its doer next (غارات التحالف) or its object (اغتيال القائد), by the noun; على، ضد and استهدف lead to the target;
بين ... و names two sides.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from riwaya.arabic.words import Tokens
from riwaya.read.events.triggers import Trigger, is_attached_happening, is_undergone, is_verb, verbs_known
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.phrases import noun_phrase_end, noun_span
from riwaya.read.wordkinds import is_definite, is_holder, is_prepositional, phrase_words
from riwaya.records import Span

_LONGEST = 10  # tokens of a party


@dataclass(frozen=True, slots=True)
class PartyWords:
    """The folded word lists of lexicon/actors.toml."""

    agents: frozenset[str]
    instruments: frozenset[str]
    against: frozenset[str]
    object_marks: frozenset[str]
    adverbials: frozenset[str]
    subject_marks: frozenset[str]
    carriers: frozenset[str]
    relative_verbs: frozenset[str]
    adverbs: frozenset[str]
    quantities: frozenset[str]
    counts: frozenset[str]
    held: frozenset[str]


@lru_cache(maxsize=1)
def party_words() -> PartyWords:
    """The word lists, read once."""
    return PartyWords(**folded_lists(load_table("actors")))


_LED_BY_COMPANION = frozenset(("deployment", "meeting", "accident", "sanction", "displacement"))  # نشر الجيش، قضت محكمة، غرق قارب


class Parties(NamedTuple):
    """The doer and the one it was done to, side A and side B; None where the text does not say."""

    actor: Span | None
    target: Span | None


def parties_of(tokens: Tokens, trigger: Trigger, times: Collection[int], places: Collection[int]) -> Parties:
    """The parties of a happening. `times` holds the tokens of time words, no party; `places` those of places, which do nothing."""
    first, last = tokens.sentences[tokens.sentence_of[trigger.first]]
    reader = _Reader(tokens, times, places, max(first, trigger.first - 40), min(last, trigger.first + 40))
    if trigger.sense.form == "noun":
        return reader.of_noun(trigger)
    return reader.of_verb(trigger)


class _Reader:
    def __init__(self, tokens: Tokens, times: Collection[int], places: Collection[int], low: int, high: int) -> None:
        self.tokens, self.times, self.places, self.low, self.high = tokens, times, places, low, high
        self.words = party_words()

    def phrase(self, at: int, limit: int | None = None, *, done_to: bool = False) -> tuple[int, int] | None:
        """The noun phrase that starts at a token, if it can be a party; it does not run past `limit`, nor over a count.

        A place can be what it was done to (`done_to`), not who did it.
        """
        if (
            at >= self.high
            or at in self.times
            or (at in self.places and not done_to)
            or is_verb(self.tokens.folded[at])
            or is_attached_happening(self.tokens.folded[at])
            or self.tokens.folded[at] in self.words.instruments
        ):
            return None
        if not self.tokens.is_word[at] and self.tokens.folded[at] not in '«"“(':
            return None
        limit = min(self.high, at + _LONGEST, limit if limit is not None else self.high)
        words = self.tokens.folded
        end = noun_phrase_end(self.tokens, at, limit, verbs=verbs_known())
        end = self._first_break(at, end)
        if (
            end <= at
            or len(words[at]) < 3
            or (end == at + 1 and words[at].endswith("ا") and words[at][:2] != "ال" and words[at] in self.words.adverbs)
        ):
            return None
        if words[end - 1] in self.words.quantities and end < limit and words[end] == "من":
            more = noun_phrase_end(self.tokens, end + 1, limit, verbs=verbs_known()) if end + 1 < limit else end
            end = more if more > end + 1 else end
        if end < limit and words[end][:2] == "لل" and words[at] in self.words.held:
            end = noun_phrase_end(self.tokens, end, limit, verbs=verbs_known()) or end
        return at, end

    def _first_break(self, at: int, end: int) -> int:
        """Where a party ends in a noun phrase: before a count or an attached place; after مسلحون and الطيران a new one begins."""
        words, held = self.tokens.folded, is_holder(self.tokens.folded[at])
        for here in range(at + 1, end):
            word, before = words[here], words[here - 1]
            if (
                is_attached_happening(word)
                or (here in self.times and word in phrase_words().days)
                or ((here in self.times or here in self.places) and word[0] in "بل")
                or word[0].isdigit()
                or word in self.words.counts
            ):
                return here
            joins = word[0] == "و" or not self.tokens.is_word[here] or not self.tokens.is_word[here - 1]
            if joins or is_definite(word):
                continue
            if (before.endswith("ون") and not word.endswith("ون")) or (before[:2] == "ال" and not held):
                return here
            held = held or is_holder(word)
        return end

    def span(self, phrase: tuple[int, int] | None, clitics: str = "") -> Span | None:
        return noun_span(self.tokens, phrase[0], phrase[1], clitics) if phrase else None

    def of_verb(self, trigger: Trigger) -> Parties:
        words, after = self.tokens.folded, trigger.last
        if trigger.companion is not None and trigger.companion > trigger.first:
            if trigger.sense.kind in _LED_BY_COMPANION and (subject := self.phrase(trigger.first + 1)) and subject[1] > trigger.companion:
                span = self.span(subject)
                return (
                    Parties(None, span)
                    if trigger.sense.kind == "accident"
                    else Parties(span, self._marked(subject[1], self.words.object_marks))
                )
            between = self.phrase(trigger.first + 1, trigger.companion) if trigger.companion > trigger.first + 1 else None
            subject = between or self._subject_after(trigger.companion + 1)
            actor = self.span(subject) or self.before(trigger.first) or self._carrier(trigger.first)
            return Parties(actor, self._marked(trigger.companion + 1, self.words.object_marks))
        following = self.phrase(after)
        preceding = self.before(trigger.first)
        if trigger.sense.role == "target" or self._is_passive(trigger.first):  # قتل، اغتيل، انفجر: what follows underwent it
            return Parties(self._agent(after), self.span(following) or preceding)
        if following is None or self._is_counted(following):
            target = self.span(following) or self._marked(after, self.words.object_marks)
            return Parties(preceding or self._carrier(trigger.first), target)
        end = following[1]
        second = self.phrase(end, done_to=True) if end < self.high and self.tokens.is_word[end] else None
        if second is None and end < self.high and words[end] in self.words.object_marks:
            second = self.phrase(end + 1, done_to=True)
        if second is None and preceding is not None:
            return Parties(preceding, self.span(following))
        return Parties(self.span(following), self.span(second) or self._marked(end, self.words.object_marks))

    def _subject_after(self, at: int) -> tuple[int, int] | None:
        phrase = self.phrase(at)
        if phrase is None or self.tokens.folded[at][0] in "بل" or self._is_counted(phrase):
            return None
        return None if phrase[1] == at + 1 and self.tokens.folded[at].endswith("ا") else phrase  # صدوا هجوما | عنيفا

    def _is_counted(self, phrase: tuple[int, int]) -> bool:
        """Whether a phrase opens with a count: اعتقلت 12 شابا has no subject there."""
        word = self.tokens.folded[phrase[0]]
        return word[0].isdigit() or word in self.words.counts or word in self.words.quantities

    def _is_passive(self, at: int) -> bool:
        """Whether the verb is written as a passive: a damma among its first letters (قُتل، اختُطف)."""
        return "\N{ARABIC DAMMA}" in self.tokens.text[self.tokens.start[at] : self.tokens.end[at]][1:5]

    def before(self, at: int) -> Span | None:
        """The subject that stands right before the verb: أن قوات التحالف شنت."""
        words = self.tokens.folded
        for start in range(at - 1, max(self.low, at - _LONGEST - 1) - 1, -1):
            mark = start == self.low or words[start - 1] in self.words.subject_marks or words[start - 1] in '،:؛«"“'
            if words[start] in self.words.subject_marks:
                return None
            if mark and (phrase := self.phrase(start, at)) and at - 1 <= phrase[1] <= at:
                marked = words[start - 1] in self.words.subject_marks
                if marked or start == self.low or phrase[1] - phrase[0] > 1:
                    return self.span(phrase, "و")
        return None

    def of_noun(self, trigger: Trigger) -> Parties:
        words, after = self.tokens.folded, trigger.last
        while after < self.high and self._is_adjective(after, trigger):
            after += 1
        if pair := self._sides(after):
            return pair
        if relative := self._relative(after):
            return Parties(relative, self._marked(after, self.words.object_marks | self.words.against))
        construct = None
        if not trigger.definite and after == trigger.last and not words[trigger.first].endswith(("ا", "ين", "ان")):
            construct = self.phrase(after)
        if construct and (not self._can_construct(construct) or is_prepositional(words[after])):
            construct = None
        actor = self._carrier(trigger.first)
        if construct and trigger.sense.role == "target":
            return Parties(actor or self._agent(construct[1]), self.span(construct))
        target = self._marked(construct[1] if construct else after, self.words.object_marks | self.words.against)
        actor = self.span(construct) or self._agent(after) or actor
        return Parties(actor, target)

    def _can_construct(self, phrase: tuple[int, int]) -> bool:
        """Whether a phrase after a bare noun can be its construct and not its adjective: it is definite, or more than one word."""
        words = self.tokens.folded[phrase[0] : phrase[1]]
        return any(is_definite(word) for word in words) or len(words) > 2 or not words[0].endswith(("ه", "ي", "ا", "ين", "ات"))

    def _is_adjective(self, at: int, trigger: Trigger) -> bool:
        word = self.tokens.folded[at]
        if not self.tokens.is_word[at] or at in self.times or at in self.places or word in phrase_words().stops or is_verb(word):
            return False
        if trigger.definite:
            return word[:2] == "ال"
        return word[:2] != "ال" and word.endswith(
            ("يه", "ي", "يا", "يفه", "يف", "ين", "يده", "ضخم", "واسع", "عنيفا", "واسعا", "مسلح", "مسلحا", "دام")
        )

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
        """The subject of the verb that carries the noun: شن الطيران ثلاث غارات، التحالف شن غارة; who underwent it carries nothing."""
        words = self.tokens.folded
        for here in range(at - 1, max(self.low, at - 22) - 1, -1):
            word = words[here][1:] if words[here][0] in "وف" and len(words[here]) > 3 else words[here]
            if word in self.words.carriers or (is_verb(words[here]) and not is_undergone(word) and not self._is_passive(here)):
                subject = self.phrase(here + 1, at)
                if subject and not self._is_counted(subject):
                    return self.span(subject)
                if before := self.before(here):
                    return before
            if words[here] in ("التي", "الذي", "الذين"):
                return self.before(here)  # التحالف الذي شن غارات
            if words[here] in "؛:":
                return None
        return None

    def _relative(self, at: int) -> Span | None:
        """هجوم شنه مسلحون، الغارات التي نفذها التحالف: the subject after a verb with the pronoun of the noun."""
        words = self.tokens.folded
        for here in range(at, min(self.high, at + 3)):
            if words[here].endswith(("ه", "ها", "هما")) and words[here].rstrip("هام") in self.words.relative_verbs:
                return self.span(self.phrase(here + 1))
        return None

    def _agent(self, at: int) -> Span | None:
        """على يد، من قبل، من جانب X; برصاص X."""
        words = self.tokens.folded
        for here in range(at, min(self.high, at + 12) - 1):
            if words[here] in self.words.agents and here and words[here - 1] in ("علي", "من"):
                return self.span(self.phrase(here + 1))
            if words[here] in self.words.instruments:
                return self.span(self.phrase(here + 1))
        return None

    def _marked(self, at: int, marks: Collection[str]) -> Span | None:
        """The phrase after the next preposition of the target, before a mark of the clause."""
        words = self.tokens.folded
        for here in range(at, min(self.high, at + 9)):
            if not self.tokens.is_word[here] and words[here] not in "،,":
                return None
            if words[here] in marks and here + 1 < self.high and words[here + 1] not in self.words.adverbials:
                return self.span(self.phrase(here + 1, done_to=True))
            if words[here][:2] == "لل" and len(words[here]) > 4:
                return self.span(self.phrase(here))
        return None
