"""Where a text uses a wording of the register: the longest one from each word on, whatever is attached in front of it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from riwaya.arabic.clitics import bare_forms
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.knowledge.actors import Actor, Register, Wording
from riwaya.knowledge.index import as_it_is, form_of
from riwaya.knowledge.nationalities import countries_in, nationalities

_MARKS_INSIDE = frozenset("«»\"“”‘’'-–")  # تنظيم «الدولة الإسلامية» is one wording
_RARE_CLITICS = ("ك", "ف", "فك", "وك")  # كامل is no one's أمل: before a name of one word they are not cut
_LONGEST_DERIVED = 3  # words before an adjective or a country: نائب وزير خارجية | مصر


class Meant(NamedTuple):
    """An actor that a wording may mean, the wording as the register has it, and the countries that speak for it."""

    actor: Actor
    wording: Wording
    countries: frozenset[str]  # its own; of one that belongs to none, those that its names tell of (دعم الشرعية في اليمن)


class Found(NamedTuple):
    """A wording in a text: tokens from `first` up to `last`, without the letters attached in front."""

    first: int
    last: int
    cut: int  # folded letters attached in front
    form: str  # by which the register has it
    country: str | None  # the country that the wording itself names beside what the register has: الجيش | السوداني


class Roll:
    """The register with all its forms in memory; an actor is fetched when it is first asked for, and kept."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._forms = register.forms()
        self._beginnings = {" ".join(words[:count]) for words in map(str.split, self._forms) for count in range(1, len(words) + 1)}
        self.meant = lru_cache(maxsize=None)(self._meant)
        self.actor = lru_cache(maxsize=None)(register.actor)
        self.countries = lru_cache(maxsize=None)(self._countries)
        self._starts = remembered(self._starts_of)

    def has(self, form: str) -> bool:
        """Whether the register has a wording of this form."""
        return form in self._forms

    def _meant(self, form: str) -> tuple[Meant, ...]:
        return tuple(Meant(actor, wording, self.countries(actor)) for actor, wording in self._register.named(form))

    def _countries(self, actor: Actor) -> frozenset[str]:
        if actor.country:
            return frozenset((actor.country,))
        return frozenset(country for name in actor.names for _, country in countries_in(form_of(name).split()))

    def longest(self, words: Sequence[str], at: int, end: int) -> Found | None:
        """The longest wording from word `at` on and not past `end`; of two as long the one with less cut off in front."""
        best: Found | None = None
        for cut, form in self._starts(words[at]):
            last = at + 1
            while True:
                if form in self._forms and (best is None or last > best.last) and not (last == at + 1 and words[at][:cut] in _RARE_CLITICS):
                    best = Found(at, last, cut, form, None)
                while last < end and words[last] == "":
                    last += 1
                if last >= end or (longer := f"{form} {words[last]}") not in self._beginnings:
                    break
                form, last = longer, last + 1
        return best

    def _starts_of(self, word: str) -> tuple[tuple[int, str], ...]:
        return tuple((cut, form) for cut, form in bare_forms(word) if form in self._beginnings)


def words_of(tokens: Tokens) -> list[str]:
    """The forms of the tokens by which names are looked up: "" for marks that may stand inside a wording, "." for those that may not."""
    return [
        form_of(word) if is_word else ("" if word in _MARKS_INSIDE else ".")
        for word, is_word in zip(tokens.folded, tokens.is_word, strict=True)
    ]


def wordings_in(tokens: Tokens, words: Sequence[str], roll: Roll) -> list[Found]:
    """The wordings of a text in its order, none inside another: as the register has them, or as it would have them if they were
    definite (قوات روسية) or had the adjective for the country (وزير خارجية مصر)."""
    derived = {found.first: found for first, end in tokens.sentences for found in _derived(words, first, end, roll)}
    found: list[Found] = []
    for first, end in tokens.sentences:
        at = first
        while at < end:
            one = roll.longest(words, at, end)
            if at in derived and (one is None or derived[at].last > one.last):
                one = derived[at]
            one = one and _with_country(one, words, end)
            if one is None or (one.country and all(meant.actor.country != one.country for meant in roll.meant(one.form))):
                at += 1  # الشرطة الصينية is none that the register has
                continue
            found.append(one)
            at = one.last
    return found


def _with_country(found: Found, words: Sequence[str], end: int) -> Found:
    """The wording with the adjective of nationality behind it, if there is one: الجيش | السوداني where the register has no such army."""
    if found.country or found.last >= end or words[found.last][:2] != "ال":
        return found
    country = nationalities().adjectives.get(words[found.last])
    return found._replace(last=found.last + 1, country=country) if country else found


def _derived(words: Sequence[str], first: int, end: int, roll: Roll) -> Iterator[Found]:
    """Wordings that the register has in another form, each from its first word on, the longest last."""
    known, telling = nationalities(), _telling()
    for at in range(first + 1, end):
        word = words[at]
        if word not in telling:
            continue
        adjective = known.adjectives.get(word)
        name = known.names.get(word)
        long_name = known.names.get(" ".join(words[at : at + 2])) if name is None and at + 1 < end else None
        country = adjective or name or long_name
        for count in range(1, min(_LONGEST_DERIVED, at - first) + 1) if country else ():
            before = words[at - count : at]
            if not all(before) or "." in before:
                break
            for cut, begun in bare_forms(before[0]):
                phrase = [begun, *before[1:]]
                forms = _made_definite(phrase, word) if adjective else _with_adjectives(phrase, known.definite.get(country or "", ()))
                yield from (Found(at - count, at + (2 if long_name else 1), cut, form, country) for form in forms if roll.has(form))


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """The words that tell of a country at the end of a wording: indefinite adjectives, and the first words of names."""
    known = nationalities()
    return frozenset(word for word in known.adjectives if word[:2] != "ال") | {name.split()[0] for name in known.names}


def _made_definite(phrase: list[str], adjective: str) -> tuple[str, ...]:
    """قوات خاصة روسية as the register has it: القوات الخاصة الروسية."""
    if any(word[:2] == "ال" for word in phrase):
        return ()
    return (" ".join(f"ال{word}" for word in (*phrase, adjective)),)


def _with_adjectives(phrase: list[str], adjectives: tuple[str, ...]) -> tuple[str, ...]:
    """خارجية مصر as the register has it: الخارجية المصرية."""
    if phrase[-1][:2] == "ال":
        return ()
    return tuple(" ".join((*phrase[:-1], f"ال{phrase[-1]}", adjective)) for adjective in adjectives)


def open_roll(own: Path | None = None) -> Roll:
    """The register and the actors of a library's own file, if it is there; opened once until that changes. Raises KnowledgeError."""
    return _opened(*as_it_is(own))


@lru_cache(maxsize=2)
def _opened(own: Path | None, _: int) -> Roll:
    return Roll(Register.open(own))
