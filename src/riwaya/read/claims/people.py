"""The people and bodies of an article in the order in which they are mentioned, each with the name it goes by."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from riwaya.read.claims.frames import Frame, Range, Reader
from riwaya.read.claims.names import holder_name, kind_of, name_range
from riwaya.read.claims.particles import particles
from riwaya.read.claims.speakers import gender_of, is_agent, is_plural, speaker_words
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.phrases import head_of, noun_phrase_end
from riwaya.read.wordkinds import (
    is_definite,
    is_holder,
    is_prepositional,
    looks_like_verb,
    looks_like_verbal_noun,
    phrase_words,
    without_article,
)
from riwaya.records import TellerKind

Role = Literal["speaker", "relay", "subject", "topic", "governed", "other", "behind"]


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """The folded word lists of lexicon/people.toml."""

    after_verbs: frozenset[str]
    before_verbs: frozenset[str]
    links: frozenset[str]
    issued: frozenset[str]
    quantities: frozenset[str]


@lru_cache(maxsize=1)
def people_words() -> PeopleWords:
    """The word lists, read once."""
    return PeopleWords(**folded_lists(load_table("people")))


_THE_SAME = frozenset(["نفسه", "نفسها", "ذاته", "ذاتها"])  # المصدر | نفسه


@dataclass(slots=True, eq=False)
class Person:
    """A person, body or document that an article mentions: the phrase that brought it, the name, and the words that tell of it."""

    words: Range
    name: Range
    kind: TellerKind
    gender: str
    many: bool
    proper: bool = False  # it has a name of its own
    told: set[str] = field(default_factory=set)
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an article mentions somebody, and the part they play in the sentence."""

    words: Range
    person: Person
    role: Role


class People:
    """Who is mentioned where, and which mentions are of the same one."""

    def __init__(self, reader: Reader, frames: list[Frame]) -> None:
        self._reader = reader
        self._limits = _name_limits(reader, frames)
        self._at: dict[Range, Person] = {}
        self._by_name: dict[str, Person] = {}
        self._by_last: dict[str, Person] = {}
        self._by_head: dict[str, list[Person]] = {}
        self._last: Person | None = None  # who spoke last
        self.mentions: list[Mention] = []
        self._meet(frames)

    def who(self, words: Range) -> Person:
        """The one that the phrase of a speaker tells of."""
        return self._at[words]

    def behind(self, frame: Frame) -> Mention | None:
        """The noun phrase right behind a finite verb of saying, which may be its subject: `ووصف | الوزير | الحادث بأنه ...`."""
        if frame.speaker is not None:
            return Mention(frame.speaker, self._at[frame.speaker], "behind")
        tokens, at = self._reader.tokens, frame.cue_range[1]
        if frame.cue.form.shape not in ("past", "present") or frame.cue.form.first_person or at >= len(tokens) or not tokens.is_word[at]:
            return None
        end = noun_phrase_end(tokens, at, verbs=self._reader.lexicon.verbs, attached=True)
        if end == at or at in self._reader.cue_at:
            return None
        self._limits.setdefault((at, end), max(end, frame.content))
        return Mention((at, end), self._person((at, end), "behind"), "behind")

    def _meet(self, frames: list[Frame]) -> None:
        """Every mention in the order of the text: the speakers and relays of the frames, and other phrases that could speak."""
        tokens = self._reader.tokens
        said: dict[int, list[tuple[Range, Role]]] = {}
        for frame in frames:
            if frame.relay:
                said.setdefault(frame.relay[0], []).append((frame.relay, "relay"))
            if frame.speaker:
                said.setdefault(frame.speaker[0], []).append((frame.speaker, "speaker"))
        past = 0
        for at in range(frames[-1].cue_range[0] + 1 if frames else 0):
            here = said.pop(at, None)
            if here is None and at >= past and (self._may_speak(tokens.folded[at]) or self._follows_verb(at)):
                phrase, role = self._phrase_at(at)
                here = [(phrase, role)] if phrase else None
            for words, role in here or ():
                person = self._person(words, role)
                self.mentions.append(Mention(words, person, role))
                past = max(words[1], person.name[1] if words == person.words else 0)
        for words, role in (pair for at in sorted(said) for pair in said[at]):
            self.mentions.append(Mention(words, self._person(words, role), role))

    def _phrase_at(self, at: int) -> tuple[Range | None, Role]:
        """The phrase of somebody who could speak, where one starts at token `at`, and the part it plays."""
        tokens, cue = self._reader.tokens, self._reader.cue_at.get(at)
        word = tokens.folded[at]
        if (cue is not None and cue.form.shape in ("past", "present")) or (at and is_definite(word) and is_definite(tokens.folded[at - 1])):
            return None, "other"  # a verb, an adjective
        known = without_article(word) in self._by_name
        if (not known and not is_agent(word) and self._is_thing(at)) or without_article(word) in speaker_words().documents:
            return None, "other"
        role = self._role(at)
        end = noun_phrase_end(tokens, at, verbs=self._reader.lexicon.verbs, attached=role in ("subject", "topic"))
        return (at, end) if end > at else ((at, at + 1) if known else None), role

    def _may_speak(self, word: str) -> bool:
        return is_agent(word) or without_article(word) in self._by_name

    def _follows_verb(self, at: int) -> bool:
        tokens = self._reader.tokens
        return at > 0 and tokens.is_word[at] and (at - 1 in self._reader.cue_at or tokens.folded[at - 1] in phrase_words().verbs)

    def _is_thing(self, at: int) -> bool:
        """Whether a word that is no listed head cannot be somebody: a verb, a number, a happening, a place."""
        tokens, words = self._reader.tokens, phrase_words()
        word = tokens.folded[at]
        bare = without_article(word)
        return (
            looks_like_verb(word, self._reader.lexicon.verbs)
            or looks_like_verbal_noun(word)
            or word[0].isdigit()
            or len(word) < 3
            or bare in words.generic | words.places
            or is_agent(word)
            or word[0] in "وفلت"
            or is_prepositional(word)
            or word in particles().before_subject
            or (word.endswith("ا") and "".join(tokens.folded[at + 1 : at + 2]).endswith("ا"))  # شيئا مهما
            or (tokens.text[tokens.end[at] - 1] in "ًا" and tokens.text[tokens.end[at] - 2 : tokens.end[at]] in ("ًا", "اً"))
        )

    def _role(self, at: int) -> Role:
        """The part that a phrase plays by what stands before it; words that may part a subject from its verb are passed over."""
        tokens, words = self._reader.tokens, people_words()
        first = tokens.sentences[tokens.sentence_of[at]][0]
        while at - 1 > first and tokens.folded[at - 1] in words.after_verbs:
            at -= 1
        before = tokens.folded[at - 1] if at > first else ""
        if not before or before in particles().before_subject or before in particles().that:
            return "topic"
        if not tokens.is_word[at - 1]:
            return "other"
        cue = self._reader.cue_at.get(at - 1)
        if cue.form.shape in ("past", "present") if cue else looks_like_verb(before) or self._opens_clause(at - 1, first):
            return "subject"
        further = tokens.folded[at - 2] if at - 1 > first else ""
        if before == "لسان" or (before in ("عن", "الي") and further in words.issued):
            return "subject"
        if before == "من" and without_article(further) in words.quantities:
            return self._role(at - 2)
        if without_article(before) in words.quantities:
            return self._role(at - 1)
        own = before in particles().adverbs or before in particles().times or is_definite(before)
        return "other" if own else "governed"  # by a preposition, or by a noun: قصف | قوات

    def _opens_clause(self, at: int, first: int) -> bool:
        """Whether a word that no list knows opens a clause: there it is mostly a verb (`هدم | الجيش`)."""
        tokens, words = self._reader.tokens, phrase_words()
        word, before = tokens.folded[at], tokens.folded[at - 1] if at > first else ""
        joined = word[0] in "وف" and len(word) > 3
        bare = word[1:] if joined else word
        opens = joined or not before or before in "،," or before in particles().joints | particles().relatives | people_words().before_verbs
        return opens and not (
            word in words.stops
            or bare in words.stops
            or is_definite(bare)
            or is_agent(bare)
            or bare in words.generic | words.places | words.bodies
            or word in people_words().links
            or word[0].isdigit()
            or tokens.text[tokens.end[at] - 1] == "ة"
        )

    def _person(self, words: Range, role: Role) -> Person:
        """The one that a phrase tells of: somebody mentioned before, or somebody new."""
        if words in self._at:
            return self._at[words]
        tokens = self._reader.tokens
        name = name_range(tokens, words)
        if name[1] == words[1] and words in self._limits:
            name = holder_name(tokens, words, self._limits[words], self._reader.lexicon.verbs) or name
        proper = self._is_proper(words, name)
        person = self._same(words, name, proper=proper) or Person(
            words, name, kind_of(tokens, words), self._gender(words), is_plural(tokens, words), proper
        )
        if proper and person.kind == "anonymous":
            person.kind = "person"  # نازح يدعى سامر
        person.mentions += 1
        if proper and not person.proper:
            person.name, person.proper = name, True
        person.told.update(self._telling(words[0], max(words[1], name[1])))
        self._keep(person, words, name, proper=proper)
        if role == "speaker":
            self._last = person
        return person

    def _keep(self, person: Person, words: Range, name: Range, *, proper: bool) -> None:
        """Remember by which names and offices somebody was mentioned."""
        tokens = self._reader.tokens
        self._at[words] = person
        head = tokens.folded[head_of(tokens, *words)]
        if proper or (words[1] - words[0] == 1 and not is_agent(head)):
            self._by_name[without_article(tokens.folded[name[1] - 1])] = person
        elif is_holder(head) and words[1] - words[0] > 2:
            self._by_last[without_article(tokens.folded[words[1] - 1])] = person  # الرئيس الباجي قائد | السبسي
        offices = {head, *(word for word in tokens.folded[words[0] : words[1]] if is_holder(word))}
        for office in map(without_article, offices if person.kind == "person" else {head}):
            heads = self._by_head.setdefault(office, [])
            if person in heads:
                heads.remove(person)
            heads.append(person)

    def _gender(self, words: Range) -> str:
        """The gender of a phrase; a name without office or title tells none by its form."""
        tokens = self._reader.tokens
        gender = gender_of(tokens, words)
        for at in range(*words):
            if tokens.text[tokens.end[at] - 1] == "ة" and without_article(tokens.folded[at]) in speaker_words().honorifics:
                return "f"  # عضو المجلس | الدكتورة
        head = tokens.folded[head_of(tokens, *words)]
        return gender if gender == "f" or is_agent(head) else "any"

    def _is_proper(self, words: Range, name: Range) -> bool:
        """Whether a name is one of its own: `سامر العلي`, not `وزير الخارجية`."""
        tokens = self._reader.tokens
        head = tokens.folded[head_of(tokens, *words)]
        return (name != words and (name[0] > words[0] or not is_agent(head))) or (
            name == words and not is_agent(head) and not is_definite(head)
        )

    def _telling(self, first: int, end: int) -> set[str]:
        return {
            without_article(word) for word in self._reader.tokens.folded[first:end] if len(word) > 2 and word not in phrase_words().stops
        }

    def _same(self, words: Range, name: Range, *, proper: bool) -> Person | None:
        """Somebody mentioned before whom the phrase may stand for: by the name, by the office, or as the one who spoke last."""
        tokens = self._reader.tokens
        head_word = tokens.folded[head_of(tokens, *words)]
        head, last, size = without_article(head_word), tokens.folded[words[1] - 1], words[1] - words[0]
        key = without_article(tokens.folded[name[1] - 1])
        named = self._by_name.get(key) or (self._by_last.get(key) if size == 1 else None)
        if named is not None and (proper or size <= 2) and self._names_agree(named, name):
            return named
        if tokens.folded[words[1] : words[1] + 1] in (["باسمه"], ["باسمها"], ["باسمهم"]):
            return None
        if not is_definite(head_word) and not (is_definite(last) and is_holder(head_word)) and size < 3:
            return None  # an indefinite phrase brings somebody new
        for person in reversed(self._by_head.get(head, ())):
            if not (proper and person.proper) and (is_definite(head_word) or person.kind != "anonymous") and self._fits(words, person):
                return person
        return self._stand_in(words, head, last) if is_definite(head_word) and not proper else None

    def _fits(self, words: Range, person: Person) -> bool:
        """Whether an office is told of as somebody's was: `الوزير`, `وزير المالية`, `المبعوث الدولي` after `المبعوث الأممي`."""
        tokens = self._reader.tokens
        at = head_of(tokens, *words)
        told = self._telling(at + 1, words[1]) - _THE_SAME
        if told <= person.told:
            return True
        if is_definite(tokens.folded[at]):
            return bool(told & person.told)
        return without_article(tokens.folded[min(at + 1, words[1] - 1)]) in person.told and 2 * len(told & person.told) >= len(told)

    def _stand_in(self, words: Range, head: str, last: str) -> Person | None:
        """Whom a word that stands for anybody means: `المسؤول الليبي` somebody of whom Libya was told, `المسؤول` the one who spoke last."""
        tokens, spoke, size = self._reader.tokens, self._last, words[1] - words[0]
        if spoke is None or size > 2:
            return None
        if kind_of(tokens, words) == "document" or head == "مصدر":
            return spoke
        if head not in speaker_words().anyone:
            return None
        gender = gender_of(tokens, words)
        if size == 1 or last in _THE_SAME:
            return spoke if spoke.kind in ("person", "anonymous") and spoke.gender in (gender, "any") else None
        stem = without_article(last).rstrip("هي")
        for mention in reversed(self.mentions):
            person = mention.person
            if person.kind == "person" and person.gender in (gender, "any") and any(word.startswith(stem) for word in person.told):
                return person
        return None

    def _names_agree(self, person: Person, name: Range) -> bool:
        """Whether two names with the same last word can be of one person: `سامر العلي` and `العلي`, not `سامر العلي` and `هند العلي`."""
        words = self._reader.tokens.folded
        shorter, longer = sorted((words[slice(*person.name)], words[slice(*name)]), key=len)
        return len(shorter) == 1 or shorter[0] in longer


def _name_limits(reader: Reader, frames: list[Frame]) -> dict[Range, int]:
    """The token up to which the name behind a speaker's phrase may run: the cue, or where what was said begins."""
    limits = {}
    for frame in frames:
        for words in (frame.speaker, frame.relay):
            if words is not None:
                ahead = [at for at in (frame.cue_range[0], frame.content) if at >= words[1]]
                limits[words] = min(ahead, default=words[1])
    return limits
