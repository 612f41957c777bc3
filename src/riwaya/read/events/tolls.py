"""How many were killed, wounded, captured, arrested, missing, displaced: counts of people next to a word of harm.

A count stands after its word (مقتل أربعة جنود، أصيب نحو ثلاثين), before it (أن أربعة جنود قتلوا), or names the harmed itself (ثلاثة
قتلى). Without a number, one person is 1, and more are 1 and open (مقتل مدنيين، سقوط قتلى وجرحى). A part of a total that was just
told (بينهم طفلان) is no toll of its own.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from riwaya.arabic.fold import folded
from riwaya.arabic.numbers import Number, numbers_in
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.events.triggers import asides_in, cores_of, noun_forms, verb_forms
from riwaya.read.lexicon import load_table
from riwaya.read.phrases import noun_phrase_end, noun_span
from riwaya.read.wordkinds import is_definite
from riwaya.records import Span, Toll, TollKind

_AHEAD = 9  # tokens from a verb over its subject to the count: قتلت قوات الأمن في المدينة أربعة
_BACK = 7  # tokens from a verb back to the count before it
_BACK_OVER = 14  # tokens from مصرعهم back over its subject to the count: لقي سبعة من عناصر الجماعة مصرعهم
_ONE_OF = frozenset(("احد", "احدي", "احدهم", "احدهما", "احداهن"))
_NOTHING_MORE = frozenset(("في", "خلال", "جراء", "اثر", "بجروح", "ايضا", "بينهم", "منذ", "قبل", "علي", "قتلوا", "الي"))
_CLAUSE_ENDS = frozenset("،,؛;:.!?؟…")
_KINDS: tuple[TollKind, ...] = ("killed", "wounded", "captured", "arrested", "missing", "displaced")


class Harm(NamedTuple):
    """What a word says of harm: the kind, and the part of speech."""

    kind: TollKind
    form: str  # verb | noun | victim


class FoundToll(NamedTuple):
    """A toll and where it stands: tokens `first` to `last` (half-open) of its words, and `cue`, the word of harm."""

    first: int
    last: int
    cue: int
    toll: Toll


@dataclass(frozen=True, slots=True)
class TollWords:
    """The folded word lists of lexicon/tolls.toml, with their forms spelled out."""

    harms: dict[str, tuple[Harm, ...]]
    one: frozenset[str]
    many: frozenset[str]
    units: frozenset[str]
    parts: frozenset[str]
    vague: frozenset[str]
    leaving: frozenset[str]
    without: frozenset[str]
    tally: frozenset[str]
    years: frozenset[str]
    never: frozenset[str]  # look like a word of harm and are another: a family is no capture


@lru_cache(maxsize=1)
def toll_words() -> TollWords:
    """The word lists, read once."""
    table = load_table("tolls")
    harms: dict[str, dict[Harm, None]] = {}
    for kind in _KINDS:
        for key, form in (("victims", "victim"), ("nouns", "noun"), ("verbs", "verb")):
            for word in table[kind].get(key, ()):
                for spelling in [f for f, _ in verb_forms(word)] if form == "verb" else [*noun_forms(folded(word)), folded(word) + "ون"]:
                    harms.setdefault(spelling, {})[Harm(kind, form)] = None
    one, many = _people(table["people"])
    lists = ("units", "parts", "vague", "leaving", "without", "tally", "years", "never")
    other = {key: frozenset(map(folded, table["other"][key])) for key in lists}
    return TollWords({word: tuple(found) for word, found in harms.items()}, one, many, **other)


def _people(table: dict[str, list[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """The words for one person, and those for several, with the sound plurals spelled out."""
    one = {folded(word) for word in table["one"]}
    stems = {word[:-1] + "ت" if word.endswith("ه") else word for word in one}
    many = {folded(word) for word in table["many"]} | {stem + end for stem in stems for end in ("ين", "ون", "ي", "ان")}
    many |= {stem[:-1] + "ات" for stem in stems if stem.endswith("ت")}
    accusative = {word + "ا" for word in one} - {"تركيا", "سوريا", "ليبيا"}
    return frozenset(one | accusative), frozenset(many - one)


@remembered
def harms_of(word: str) -> tuple[Harm, ...]:
    """What a word, with its clitics, may say of harm to people."""
    harms, never = toll_words().harms, toll_words().never
    return next((harms[core] for core, _ in cores_of(word) if core in harms and core not in never), ())


@remembered
def person_number(word: str) -> int:
    """1 for a word that names one person (جندي، والطفل), 2 for one that names several, 0 for any other word."""
    words = toll_words()
    for core, _ in cores_of(word):
        if core in words.many:
            return 2
        if core in words.one:
            return 1
    return 0


@lru_cache(maxsize=1)
def tolls_in(tokens: Tokens) -> tuple[FoundToll, ...]:
    """Every toll of the text, in order of its words."""
    marks = {at: harms for at, word in enumerate(tokens.folded) if (harms := harms_of(word))}
    if not marks:
        return ()
    numbers = {number.first: number for number in numbers_in(tokens)}
    reader = _Reader(tokens, marks, numbers)
    found: dict[tuple[TollKind, int], FoundToll] = {}
    for at in marks:
        for toll in reader.tolls_at(at):
            found.setdefault((toll.toll.kind, toll.first), toll)
    return tuple(sorted(found.values(), key=lambda toll: (toll.first, toll.toll.kind)))


class _Reader:
    """The words of harm and the counts of one text."""

    def __init__(self, tokens: Tokens, marks: dict[int, tuple[Harm, ...]], numbers: dict[int, Number]) -> None:
        self.tokens, self.marks, self.numbers = tokens, marks, numbers
        self.inside = {at: number for number in numbers.values() for at in range(number.first, min(number.last, number.first + 12))}
        self.words = toll_words()
        self.asides = asides_in(tokens)

    def tolls_at(self, at: int) -> list[FoundToll]:
        """The tolls that the word of harm `at` tells."""
        first, last = self._clause(at)
        if self._in_part(at, first) or self._is_denied(at, first):
            return []
        forms = {harm.form: harm.kind for harm in self.marks[at]}
        if "victim" in forms and (toll := self._of_victims(at, forms["victim"], first, last)):
            return [toll]
        for form in ("noun", "verb"):
            if form in forms:
                if self.tokens.folded[at].endswith(("وا", "هم", "هما", "ا")):
                    found = self._before(at, forms[form], first, form) or self._after(at, forms[form], last, form)
                else:
                    found = self._after(at, forms[form], last, form) or self._before(at, forms[form], first, form)
                if found:
                    return found
        return []

    def _is_denied(self, at: int, first: int) -> bool:
        return any(self.tokens.folded[here] in self.words.without for here in range(max(first, at - 4), at))

    def _clause(self, at: int) -> tuple[int, int]:
        """The clause of a word, at most 24 tokens either way."""
        low, high = self.tokens.sentences[self.tokens.sentence_of[at]]
        first, last = at, at + 1
        while first > max(low, at - 24) and (self.tokens.folded[first - 1] not in _CLAUSE_ENDS or first - 1 in self.asides):
            first -= 1
        while last < min(high, at + 24) and (self.tokens.folded[last] not in _CLAUSE_ENDS or last in self.asides):
            last += 1
        return first, last

    def _in_part(self, at: int, first: int) -> bool:
        return any(self.tokens.folded[here] in self.words.parts for here in range(max(first, at - 4), at))

    def _of_victims(self, at: int, kind: TollKind, first: int, last: int) -> FoundToll | None:
        """Three dead; dozens of wounded; قتيلين; and without a number سقوط قتلى وجرحى."""
        number = self.inside.get(at) or (self.inside.get(at - 1) if at > first else None)
        if number and number.last >= at:
            return self._found(kind, number, max(number.last, at + 1), at)
        if at > first and self.tokens.folded[at - 1] in self.words.tally:
            return self._tallied(at, kind, last)
        if at > first and self.tokens.folded[at - 1] in self.words.vague:
            return self._counted(kind, at - 1, at + 1, at, None)
        word = self.tokens.folded[at]
        before = self.tokens.folded[max(first, at - 3) : at]
        led = any(w in self.words.leaving or (w[1:] in self.words.leaving and w[0] in "وف") for w in before)
        joined = at > first and word[0] == "و" and at - 1 in self.marks
        if (led or joined) and not is_definite(word) and word[-1] != "ه":
            return self._counted(kind, at, at + 1, at, None)
        return None

    def _tallied(self, at: int, kind: TollKind, last: int) -> FoundToll | None:
        """ارتفع عدد القتلى إلى 36: the last count of the clause after the word."""
        numbers = [self.numbers[there] for there in range(at + 1, min(last, at + 14)) if there in self.numbers]
        numbers = [number for number in numbers if self._people_after(number, last)]
        return self._found(kind, numbers[-1], self._people_after(numbers[-1], last) or numbers[-1].last, at) if numbers else None

    def _after(self, at: int, kind: TollKind, last: int, form: str) -> list[FoundToll]:
        """The count or the person that the word governs, and counts joined to it; a verb may have its subject between."""
        here = at + 1
        while here < last and self.tokens.folded[here][0] == "و" and here in self.marks:
            here += 1  # قتل وأصيب سبعة
        for particle in ("القبض", "علي"):
            here += here < last and self.tokens.folded[here] == particle
        found: list[FoundToll] = []
        reach = min(last, here + (_AHEAD if form == "verb" else 2))
        there = here
        while there < reach:
            if there in self.asides:
                there, reach = there + 1, min(last, reach + 1)
                continue
            number = self.numbers.get(there)
            if there > here and there in self.marks and not number:
                break
            end = self._people_after(number, last) if number else None
            if number and end and (toll := self._found(kind, number, end, at)):
                joined = self.tokens.folded[there][0] == "و"
                found = [*found, toll] if joined or not found else [toll]  # a second count is the object: قتل أربعة مسلحين 67 شخصا
                reach, there = min(last, end + 4), end
                continue
            if self.tokens.folded[there] in self.words.parts:
                break
            there += 1
        if not found and here < last and (toll := self._unnumbered(at, here, kind, last)):
            return [toll]
        return found

    def _unnumbered(self, at: int, here: int, kind: TollKind, last: int) -> FoundToll | None:
        """One person (مقتل جندي), several (مقتل مدنيين، إصابة آخرين), or how many is not said (عدد من)."""
        word = self.tokens.folded[here]
        if word in self.words.vague and here + 1 < last:
            end = here + 1
            if self.tokens.folded[end] == "من" and end + 1 < last:
                end += 1
            return self._counted(kind, here, end + 1, at, None) if person_number(self.tokens.folded[end]) else None
        if not self.tokens.is_word[here] or word[:2] in ("وا", "لل"):
            return None
        several = person_number(word)
        if word in _ONE_OF:
            return self._counted(kind, here, min(here + 2, last), at, 1)
        if several == 2:
            two = self._is_marked_dual(here)
            return None if is_definite(word) else self._toll(kind, (here, here + 1), at, (2, 2) if two else (1, None))
        if several == 1:
            return self._counted(kind, here, noun_phrase_end(self.tokens, here, min(last, here + 4)) or here + 1, at, 1)
        return None

    def _is_marked_dual(self, at: int) -> bool:
        """Whether a fatha tells the dual from the plural, which are spelled alike: مدنيَّين."""
        word = self.tokens.text[self.tokens.start[at] : self.tokens.end[at]]
        return word.replace("\N{ARABIC SHADDA}", "").replace("\N{ARABIC SUKUN}", "").endswith("\N{ARABIC FATHA}ين")

    def _before(self, at: int, kind: TollKind, first: int, form: str) -> list[FoundToll]:
        """The counts before a verb in the plural (أربعة جنود قتلوا), or before مصرعهم (لقي خمسة مصرعهم)."""
        word = self.tokens.folded[at]
        ends = word.endswith(("هم", "هما")) or word[:4] in ("مصرع", "حتفه")
        if form == "noun" and kind == "displaced" and self.tokens.folded[at - 1] in ("الي", "علي"):
            at -= 1  # دفعت ألف شخص | إلى النزوح
        elif form == "noun" and not ends:
            return []
        found = []
        for there in range(at - 1, max(first, at - (_BACK_OVER if ends else _BACK)) - 1, -1):
            if there in self.marks and not any(h.form == "victim" for h in self.marks[there]):
                break
            number = self.numbers.get(there)
            if number and number.last <= at and self.tokens.folded[there][:2] != "ال" and (end := self._people_after(number, at)):
                toll = self._found(kind, number, end, at)
                found += [toll] if toll else []
                if self.tokens.folded[there][0] != "و":
                    break
        if (
            not found
            and form == "verb"
            and at - 2 >= first
            and self.tokens.folded[at - 2] in _ONE_OF
            and person_number(self.tokens.folded[at - 1])
        ):
            return [self._counted(kind, at - 2, at, at, 1)]
        if found or at - 2 < first or self.tokens.folded[at - 2] not in ("ان", "لكن", "بان"):
            return found
        if person_number(self.tokens.folded[at - 1]) == 1:
            return [self._counted(kind, at - 1, at, at, 1)]
        return found

    def _people_after(self, number: Number, last: int) -> int | None:
        """Where the counted people end, if the number counts people: the noun after it says so, or nothing follows."""
        folded_words, at = self.tokens.folded, number.last
        if number.first and folded_words[number.first - 1] in self.words.years:
            return None
        if person_number(folded_words[at - 1]) or self._is_victim(at - 1):
            return at  # a dual, or a noun that the number took in
        if at < last and folded_words[at] == ")":
            at += 1
        if at >= last or not self.tokens.is_word[at]:
            return at if at == last or folded_words[at] in '،,.؛)»"!' else None
        word = folded_words[at]
        if person_number(word) or self._is_victim(at):
            return at + 1
        if word in ("من", "منهم"):
            return min(at + 2, last)
        if word in self.words.units:
            return None
        if at + 1 < last and person_number(folded_words[at + 1]) and not is_definite(word):
            return at + 2
        return at if word in _NOTHING_MORE or word[0] == "و" else None

    def _is_victim(self, at: int) -> bool:
        return any(harm.form == "victim" for harm in harms_of(self.tokens.folded[at]))

    def _found(self, kind: TollKind, number: Number, end: int, cue: int) -> FoundToll | None:
        if not 0 < number.least < 50_000_000:
            return None
        return self._toll(kind, (number.first, end), cue, (number.least, number.most))

    def _counted(self, kind: TollKind, first: int, end: int, cue: int, most: int | None) -> FoundToll:
        return self._toll(kind, (first, end), cue, (1, most))

    def _toll(self, kind: TollKind, words: tuple[int, int], cue: int, count: tuple[int, int | None]) -> FoundToll:
        first, end = words
        toll = Toll(kind=kind, least=count[0], most=count[1], words=self.tokens.span(first, end), whom=self._whom(first, end))
        return FoundToll(first, end, cue, toll)

    def _whom(self, first: int, end: int) -> Span | None:
        """Who they are, if more is said than that they are people: `جنديا أفغانيا`, `من رجال الشرطة`, `في صفوف الميليشيا`."""
        limit = self.tokens.sentences[self.tokens.sentence_of[first]][1]
        start = end
        if start < limit and self.tokens.folded[start] == "من":
            start += 1
        elif start + 1 < limit and self.tokens.folded[start : start + 2] in (["في", "صفوف"], ["من", "صفوف"], ["بين", "صفوف"]):
            start += 2
        elif person_number(self.tokens.folded[end - 1]):
            start = end - 1
        else:
            return None
        stop = noun_phrase_end(self.tokens, start, min(limit, start + 8)) if start < limit else start
        return noun_span(self.tokens, start, stop) if stop > start else None
