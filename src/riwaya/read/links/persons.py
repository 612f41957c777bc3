"""Which person of an article a name or an office stands for: the full name at first, then the family name or the office alone.

Nobody is one with a person of another article here: `person_id` follows from name, office and body, so that a later stage can propose it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from riwaya.arabic.words import Tokens
from riwaya.knowledge.index import form_of
from riwaya.knowledge.nationalities import nationalities
from riwaya.read.links.uses import link_words
from riwaya.read.wordkinds import is_holder, without_article
from riwaya.records import PersonLink, Reading, Span, Teller, actor_in, record_id

_SHORTEST_FAMILY = 4  # letters of a family name that is looked for alone
_OFFICE_WITHIN = 3  # tokens between an office and the name that follows it
_AS_NAMED = "It is the fullest name in the article."
_FAMILY = "It is a part of the full name."
_OFFICE = "It is the office of the last person before who holds one of that name."
_SPEAKER = "It is who speaks there."


@dataclass(slots=True)
class _Person:
    """A person of the article, as far as it has been read."""

    name: Span
    words: list[str]  # of the name, folded
    office: Span | None = None
    actor_id: str | None = None
    offices: set[str] = field(default_factory=set)  # the nouns for what the person is, without article


def person_links(reading: Reading, tokens: Tokens) -> tuple[PersonLink, ...]:
    """The persons of an article wherever it names them, in its order: by full name, by a part of it, by office.

    `reading` may lack the persons alone; `tokens` are those of its text. A short name that two persons of the article bear is left out.
    """
    people = _People(reading, tokens)
    found = dict(people.by_name())
    found |= {span: one for span, one in people.by_part(found) if span not in found}
    found |= {span: one for span, one in people.by_office() if span not in found}
    return tuple(people.link(span, *found[span]) for span in sorted(found))


class _People:
    """The persons of one article."""

    def __init__(self, reading: Reading, tokens: Tokens) -> None:
        self._reading = reading
        self._tokens = tokens
        self._persons: list[_Person] = []
        self._names = {mention.span.start for mention in reading.mentions if mention.kind == "PER"}

    def by_name(self) -> Iterator[tuple[Span, tuple[_Person, str]]]:
        """The names that were found as such; each person's fullest one first."""
        mentioned = {mention.span for mention in self._reading.mentions if mention.kind == "PER"}
        tellers = (teller for claim in self._reading.claims for teller in claim.tellers if teller.kind == "person")
        spans = mentioned | {
            teller.name
            for teller in tellers
            if teller.name
            and self._is_name(teller.name)
            and (_follows_title(teller) or any(_overlap(teller.name, one) for one in mentioned))
        }
        spans = {
            span for span in spans if not any(other != span and other.start <= span.start and span.end <= other.end for other in spans)
        }
        for span in sorted(spans, key=lambda one: (-len(self._words(one)), one)):
            words = self._words(span)
            bearers = [one for one in self._persons if _is_part(words, one.words)]
            if not bearers and len(words) > 1:
                bearers = [_Person(span, words)]
                self._persons += bearers
            if len(bearers) == 1:
                yield span, (bearers[0], _AS_NAMED if bearers[0].words == words else _FAMILY)
                self._note_office(bearers[0], span)

    def by_part(self, named: dict[Span, tuple[_Person, str]]) -> Iterator[tuple[Span, tuple[_Person, str]]]:
        """Family names that stand alone."""
        families: dict[str, list[_Person]] = {}
        for person in self._persons:
            families.setdefault(person.words[-1], []).append(person)
        covered = {at for span in named for at in self._range(span)}
        for at, word in [(at, word) for at, word in enumerate(self._tokens.folded) if word in families]:
            bearers = families[word]
            if len(bearers) == 1 and at not in covered and len(word) >= _SHORTEST_FAMILY and word not in nationalities().adjectives:
                yield self._tokens.span(at, at + 1), (bearers[0], _FAMILY)

    def by_office(self) -> Iterator[tuple[Span, tuple[_Person, str]]]:
        """Offices without a name: الوزير, المتحدث; and what speaks by the claim that it makes."""
        for claim in self._reading.claims:
            for teller in claim.tellers:
                if teller.kind == "person" and teller.words and teller.name and teller.name.start not in range(*teller.words):
                    words = self._words(teller.name)
                    bearers = [one for one in self._persons if _is_part(words, one.words)]
                    if len(bearers) == 1:
                        yield teller.words, (bearers[0], _SPEAKER)
        spoken = {at for c in self._reading.claims for t in c.tellers if t.words for at in self._range(t.words)}
        for at, word in [(at, word) for at, word in enumerate(self._tokens.folded) if word[:2] == "ال" and is_holder(word)]:
            if at not in spoken and self._stands_alone(at):
                before = [one for one in self._persons if one.name.start < self._tokens.start[at] and without_article(word) in one.offices]
                if before:
                    yield self._tokens.span(at, at + 1), (max(before, key=lambda one: one.name), _OFFICE)

    def link(self, span: Span, person: _Person, why: str) -> PersonLink:
        """The record of one place where a person is named."""
        office = form_of(self._tokens.words_of(person.office)).split()[:1] if person.office else []
        return PersonLink(
            span=span,
            person_id=record_id("person", " ".join(person.words), *map(without_article, office), person.actor_id or ""),
            name=person.name,
            office=person.office,
            actor_id=person.actor_id,
            reasons=(why,),
        )

    def _note_office(self, person: _Person, span: Span) -> None:
        """Keep what the person is: of the words at a cue those before the name, else an office right before the name."""
        words = next(
            (t.words for c in self._reading.claims for t in c.tellers if t.words and t.words.start < span.start < t.words.end), None
        )
        at = bisect_left(self._tokens.start, span.start)
        first = at
        if words:
            first = bisect_left(self._tokens.start, words.start)
        else:
            role = next((one for one in reversed(self._reading.actors) if one.span.end <= span.start), None)
            if role and role.sense == "role" and at - bisect_left(self._tokens.start, role.span.end) <= _OFFICE_WITHIN - 1:
                first = min(at, bisect_left(self._tokens.start, role.span.start - 2))
        while at > first and not self._tokens.is_word[at - 1]:
            at -= 1
        if at > first and person.office is None:
            person.office = self._tokens.span(first, at)
            link = actor_in(person.office, self._reading.actors)
            person.actor_id = link.actor_id if link else None
        person.offices |= {without_article(word) for word in self._tokens.folded[first:at] if is_holder(word)}

    def _stands_alone(self, at: int) -> bool:
        """Whether nothing behind an office tells whose it is or who holds it: الوزير, not الوزير الأول or الوزير سامي حداد."""
        after = self._tokens.folded[at + 1 : at + 2]
        if not after or not self._tokens.is_word[at + 1]:
            return True
        adjective = after[0][:2] == "ال" and after[0] not in link_words().epithets
        return not adjective and self._tokens.start[at + 1] not in self._names and after[0] not in ("باسم", "عن")

    def _is_name(self, span: Span) -> bool:
        words = self._words(span)
        return 1 < len(words) <= 5 and not any(map(is_holder, words)) and words[0][:2] != "ال"

    def _range(self, span: Span) -> range:
        return range(max(0, bisect_left(self._tokens.start, span.start)), bisect_left(self._tokens.start, span.end))

    def _words(self, span: Span) -> list[str]:
        return form_of(self._tokens.words_of(span)).split()


def _follows_title(teller: Teller) -> bool:
    return teller.words is not None and teller.name is not None and teller.words.start < teller.name.start < teller.words.end


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_part(words: list[str], name: list[str]) -> bool:
    """Whether words are the name or all stand in it and one of them is its last or first: الأسد, بشار of بشار الأسد."""
    return words == name or (set(words) <= set(name) and (name[-1] in words or name[0] in words))
