"""What an article tells of where it plays: the countries it names, who is named in it beyond doubt, when and by whom it is published."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from riwaya.arabic.words import Tokens
from riwaya.knowledge.actors import Actor
from riwaya.knowledge.index import form_of
from riwaya.knowledge.nationalities import countries_in
from riwaya.read.links.wordings import Found, Roll
from riwaya.records import Reading


@dataclass(frozen=True)
class Scene:
    """One article as linking sees it. Countries are ISO 3166, two letters."""

    reading: Reading
    tokens: Tokens
    words: Sequence[str]  # of the tokens, as names are looked up
    roll: Roll
    found: Sequence[Found]
    persons: frozenset[int]  # tokens of the names of persons, and one behind

    @cached_property
    def countries(self) -> dict[int, str]:
        """The countries that words of the text tell of, by token."""
        named = {at: country for at, country in countries_in(self.words) if at not in self.persons}  # منصور التركي is no Turk
        for place in self.reading.places:
            if place.country:
                named.setdefault(bisect_right(self.tokens.start, place.span.start) - 1, place.country)
        for found, actor in self._beyond_doubt:
            if actor.country:
                named.setdefault(found.first, actor.country)
        return named

    @cached_property
    def shares(self) -> dict[str, float]:
        """How much of all that tells of countries tells of each: 0 to 1."""
        counted = Counter(self.countries.values())
        return {country: count / counted.total() for country, count in counted.items()}

    @cached_property
    def by_sentence(self) -> dict[int, set[str]]:
        """The countries of each sentence, by its number."""
        found = defaultdict(set)
        for at, country in self.countries.items():
            found[self.tokens.sentence_of[at]].add(country)
        return found

    @cached_property
    def _in_order(self) -> list[int]:
        return sorted(self.countries)

    def last_before(self, at: int) -> str | None:
        """The country that was told of last before a token, in its paragraph."""
        number = bisect_left(self._in_order, at) - 1
        if number < 0 or self._in_order[number] < self.tokens.paragraphs[self.tokens.paragraph_of[at]][0]:
            return None
        return self.countries[self._in_order[number]]

    @cached_property
    def title(self) -> frozenset[str]:
        """The countries that the title tells of."""
        return frozenset(country for _, country in countries_in(form_of(self.reading.article.title).split()))

    @cached_property
    def filed_from(self) -> frozenset[str]:
        """The countries that the dateline tells of."""
        return frozenset(country for _, country in countries_in(form_of(self.reading.article.dateline).split()))

    @cached_property
    def outlet(self) -> dict[str, str]:
        """The keys and countries of the outlets that the article may be of by its name."""
        meant = self.roll.meant(form_of(self.reading.article.outlet))
        return {one.actor.key: one.actor.country for one in meant if one.actor.kind == "media"}

    @cached_property
    def known(self) -> frozenset[str]:
        """All countries that anything tells of."""
        return frozenset(self.shares) | self.title | self.filed_from | frozenset(self.outlet.values()) - {""}

    @cached_property
    def _beyond_doubt(self) -> list[tuple[Found, Actor]]:
        meant = ((found, self.roll.meant(found.form)) for found in self.found)
        return [(found, one[0].actor) for found, one in meant if len(one) == 1 and not one[0].wording.ambiguous]

    @cached_property
    def sure(self) -> frozenset[str]:
        """The keys of the actors that a wording names beyond doubt."""
        return frozenset(actor.key for _, actor in self._beyond_doubt)

    @cached_property
    def kin(self) -> frozenset[str]:
        """The keys of what the sure ones belong to, of what belongs to that, and of theirs."""
        above = {actor.parent for key in self.sure if (actor := self.roll.actor(key)) and actor.parent}
        return self.sure | above

    @cached_property
    def month(self) -> str:
        """When it was published: YYYY-MM, "" if not known."""
        published = self.reading.article.published
        return published.day.isoformat()[:7] if published else ""
