"""The people and bodies of an article in the order in which they are mentioned, each with the name it goes by."""

from dataclasses import dataclass, field
from functools import lru_cache

from riwaya.arabic.fold import folded
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.claims.frames import Frame, Range, Reader
from riwaya.read.claims.names import COMMAS, holder_name, kind_of, name_range
from riwaya.read.claims.particles import particles
from riwaya.read.claims.roles import Role, role_of
from riwaya.read.claims.speakers import gender_of, is_agent, is_plural, speaker_words
from riwaya.read.lexicon import load_table
from riwaya.read.phrases import head_of, is_stop, noun_phrase_end, quoted_end
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

_ORDINALS = frozenset(["الثاني", "الثالث", "الثالثه", "التالي"])
_IN_NAME_OF = ("باسمه", "باسمها", "باسمهم")
_STATE = "جمهوري"
_SAME_OFFICE = {"حكومه": "وزراء"}  # رئيس الحكومة, رئيس الوزراء
_THE_SAME = frozenset(["نفسه", "نفسها", "ذاته", "ذاتها"])  # المصدر | نفسه


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """The folded given names of lexicon/names.toml, read once."""
    return frozenset(map(folded, load_table("names")["given"].split()))


@remembered
def _is_listed_verb(word: str) -> bool:
    return word in phrase_words().verbs or (word[:1] in "وف" and word[1:] in phrase_words().verbs)


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

    def __init__(self, reader: Reader, frames: list[Frame], title: frozenset[str] = frozenset()) -> None:
        self._reader = reader
        self._title = title
        self._limits = _name_limits(reader, frames)
        self._at: dict[Range, Person] = {}
        self._by_name: dict[str, Person] = {}
        self._by_last: dict[str, Person] = {}
        self._by_head: dict[str, list[Person]] = {}
        self._last: Person | None = None  # who spoke last
        self._alone = {words for frame in frames if (words := frame.speaker) and _is_one_word(reader.tokens, frame, words)}
        self.mentions: list[Mention] = []
        self._meet(frames)

    def who(self, words: Range) -> Person:
        """The one that the phrase of a speaker tells of."""
        return self._at[words]

    def named_by(self, words: Range) -> Person:
        """The one that a phrase tells of, whoever it is."""
        return self._person(words, "other")

    def behind(self, frame: Frame) -> Mention | None:
        """The noun phrase right behind a finite verb of saying, which may be its subject: `ووصف | الوزير | الحادث بأنه ...`."""
        if frame.speaker is not None:
            return Mention(frame.speaker, self._at[frame.speaker], "behind")
        tokens, at = self._reader.tokens, frame.cue_range[1]
        if frame.cue.form.shape not in ("past", "present") or frame.cue.form.first_person or at >= len(tokens) or not tokens.is_word[at]:
            return None
        end = noun_phrase_end(tokens, at, verbs=self._reader.lexicon.verbs, attached=True)
        if (
            end == at
            or at in self._reader.cue_at
            or tokens.folded[at] in phrase_words().days
            or (frame.content < end and self._is_doing(at))
        ):
            return None
        self._limits.setdefault((at, end), max(end, frame.content))
        return Mention((at, end), self._person((at, end), "behind"), "behind")

    def _is_doing(self, at: int) -> bool:
        """Whether an indefinite noun tells what is done, not who: `نفى | إلقاء القبض عليه`; of أفعال the hamza tells (أنصار)."""
        tokens = self._reader.tokens
        word = tokens.folded[at]
        plural = word[0] == "ا" and len(word) < 6 and tokens.text[tokens.start[at]] != "إ"
        return looks_like_verbal_noun(word) and not (is_agent(word) or is_definite(word) or word in phrase_words().generic or plural)

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
        bare = [without_article(word) for word in tokens.folded[: frames[-1].cue_range[0] + 1 if frames else 0]]
        speaks = [is_agent(word) for word in tokens.folded[: len(bare)]]
        for at, word in enumerate(bare):
            here = said.pop(at, None)
            may_speak = here is None and at >= past and (speaks[at] or word in self._by_name or self._follows_verb(at))
            if may_speak and not is_stop(tokens, at):
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
        role = role_of(self._reader, at)
        end = noun_phrase_end(tokens, at, verbs=self._reader.lexicon.verbs, attached=role in ("subject", "topic"))
        return (at, end) if end > at else ((at, at + 1) if known else None), role

    def _follows_verb(self, at: int) -> bool:
        tokens = self._reader.tokens
        return at > 0 and tokens.is_word[at] and (at - 1 in self._reader.cue_at or _is_listed_verb(tokens.folded[at - 1]))

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
            or bare in words.things
            or is_agent(word)
            or word[0] in "وفلت"
            or is_prepositional(word)
            or word in particles().before_subject
            or (word.endswith("ا") and "".join(tokens.folded[at + 1 : at + 2]).endswith("ا"))  # شيئا مهما
            or (tokens.text[tokens.end[at] - 1] in "ًا" and tokens.text[tokens.end[at] - 2 : tokens.end[at]] in ("ًا", "اً"))
        )

    def _person(self, words: Range, role: Role) -> Person:
        """The one that a phrase tells of: somebody mentioned before, or somebody new."""
        if words in self._at:
            return self._at[words]
        tokens = self._reader.tokens
        if inner := self._in_marks(words):
            self._at[words] = self._person(inner, role)
            return self._at[words]
        name = name_range(tokens, words)
        if name[1] == words[1]:
            limit = self._limits.get(words) or self._past_comma(words[1])
            name = holder_name(tokens, words, limit, self._reader.lexicon.verbs) or name
        proper = self._is_proper(words, name)
        person = self._same(words, name, role, proper=proper) or Person(
            words, name, kind_of(tokens, words), self._gender(words), is_plural(tokens, words), proper
        )
        if proper and person.kind == "anonymous":
            person.kind = "person"  # نازح يدعى سامر
        person.mentions += 1
        if not person.proper and (proper or (person is self._last and self._is_family_name(words))):
            person.name, person.proper = name, True
        person.told.update(self._telling(words[0], max(words[1], name[1])))
        self._keep(person, words, name, proper=proper)
        if role == "speaker":
            self._last = person
        return person

    def _past_comma(self, end: int) -> int:
        """Where a name in commas behind an office ends: `التقى وزير المالية، | سامر العلي|، الوفد`; else where the office ends."""
        tokens = self._reader.tokens
        last = tokens.sentences[tokens.sentence_of[end - 1]][1]
        end += end < last and tokens.folded[end] in _IN_NAME_OF
        if end >= last or tokens.folded[end] not in COMMAS:
            return end
        return next((at for at in range(end + 1, min(last, end + 6)) if not tokens.is_word[at]), end)

    def _in_marks(self, words: Range) -> Range | None:
        """What stands between the marks that hold a whole phrase: «المسؤول اليمني»."""
        first, end = words
        whole = end - first > 2 and quoted_end(self._reader.tokens, first, end) == end
        return (first + 1, end - 1) if whole else None

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
        """The words that tell of somebody, an adjective in one gender, an office by one of its names."""
        words = self._reader.tokens.folded[first:end]
        told = {plain(without_article(word)) for word in words if len(word) > 2 and word not in phrase_words().stops}
        return told | {_STATE} if "الرييس" in words else told  # الرئيس التونسي is رئيس الجمهورية

    def _is_family_name(self, words: Range) -> bool:
        """Whether one word names who spoke last, of whom only the office was told: `قال وزير السياحة ... وقال | العلي: ...`."""
        last, tokens = self._last, self._reader.tokens
        if words not in self._alone or last is None or last.kind != "person" or last.proper or last.many:
            return False
        word, listed = tokens.folded[words[0]], phrase_words()
        known = word in listed.states or word in listed.things or is_agent(word) or word in _ORDINALS
        a_name = word in self._title or (word[:2] == "ال" and word[-1] == "ي") or word in given_names()
        return a_name and not known and is_holder(tokens.folded[head_of(tokens, *last.words)])

    def _same(self, words: Range, name: Range, role: Role, *, proper: bool) -> Person | None:
        """Somebody mentioned before whom the phrase may stand for: by the name, by the office, or as the one who spoke last."""
        tokens = self._reader.tokens
        head_word = tokens.folded[head_of(tokens, *words)]
        head, last, size = without_article(head_word), tokens.folded[words[1] - 1], words[1] - words[0]
        key = without_article(tokens.folded[name[1] - 1])
        named = self._by_name.get(key) or (self._by_last.get(key) if size == 1 else None)
        if named is not None and (proper or size <= 2) and self._names_agree(named, name):
            return named
        if self._is_family_name(words):
            return self._last
        if words[1] < len(tokens) and tokens.folded[words[1]] in _IN_NAME_OF:
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
        if told <= person.told or (len(told) == 1 and person is self._only_body(tokens.folded[at])):
            return True
        if is_definite(tokens.folded[at]):
            return bool(told & person.told - {_STATE})
        return plain(without_article(tokens.folded[min(at + 1, words[1] - 1)])) in person.told and 2 * len(told & person.told) >= len(told)

    def _only_body(self, head: str) -> Person | None:
        """The one body that was called so, which an adjective may tell more of: `المنظمة الحقوقية`."""
        called = self._by_head.get(without_article(head), ()) if is_definite(head) else ()
        return called[0] if len(called) == 1 and called[0].kind == "org" else None

    def _stand_in(self, words: Range, head: str, last: str) -> Person | None:
        """Whom a word that stands for anybody means: `المسؤول الليبي` somebody of whom Libya was told, `المسؤول` the one who spoke last."""
        tokens, spoke, size = self._reader.tokens, self._last, words[1] - words[0]
        if size > 2:
            return None
        if kind_of(tokens, words) == "document" or head == "مصدر":
            return spoke
        if head not in speaker_words().anyone:
            return None
        gender = gender_of(tokens, words)
        if size == 1 or last in _THE_SAME:
            return spoke if spoke and spoke.kind in ("person", "anonymous") and spoke.gender in (gender, "any") else None
        stem = without_article(last).rstrip("هي")
        spoke_first = sorted(self.mentions, key=lambda one: (one.role == "speaker", one.words), reverse=True)
        for person in (mention.person for mention in spoke_first):
            if person.kind == "person" and person.gender in (gender, "any") and any(word.startswith(stem) for word in person.told):
                return person
        return None

    def _names_agree(self, person: Person, name: Range) -> bool:
        """Whether two names with the same last word can be of one person: `سامر العلي` and `العلي`, not `سامر العلي` and `هند العلي`."""
        words = self._reader.tokens.folded
        shorter, longer = sorted((words[slice(*person.name)], words[slice(*name)]), key=len)
        return len(shorter) == 1 or shorter[0] in longer


def plain(word: str) -> str:
    """A folded word that tells of somebody in the form that stands for its like: an adjective in one gender, an office by one name."""
    return _SAME_OFFICE.get(word) or (word[:-1] if word.endswith("يه") and len(word) > 4 else word)


def _is_one_word(tokens: Tokens, frame: Frame, words: Range) -> bool:
    """Whether one word stands between a verb and what was said: `وقال | العلي | إن`."""
    return words == (frame.cue_range[1], words[0] + 1) and frame.opened and 0 <= frame.content - words[1] <= 1


def _name_limits(reader: Reader, frames: list[Frame]) -> dict[Range, int]:
    """The token up to which the name behind a speaker's phrase may run: the cue, or where what was said begins."""
    limits = {}
    for frame in frames:
        for words in (frame.speaker, frame.relay):
            if words is not None:
                ahead = [at for at in (frame.cue_range[0], frame.content) if at >= words[1]]
                limits[words] = min(ahead, default=words[1])
    return limits
