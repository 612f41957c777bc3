"""A passage as reasons compare it: its words by rarity, and what its events say of place, days, kind and tolls."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from riwaya.arabic.clitics import lemma
from riwaya.arabic.words import Tokens, tokens_in
from riwaya.records import Event, Passage, Reading, Span
from riwaya.relate.frequencies import Frequencies
from riwaya.relate.passages import EXACT_DAYS, passages_in
from riwaya.relate.wordlists import word_lists

_TELLING_RARITY = 0.3  # a word of more than about one passage in twenty tells nothing of what it is about

Vector = Mapping[str, float]  # word to weight; the squares of the weights sum to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A passage before it is known how rare its words are."""

    passage: Passage
    day: date | None  # published
    outlet: str
    opens: bool  # the article begins with it
    words: Mapping[str, int]  # dictionary forms, how often each stands in it
    title: frozenset[str]
    places: frozenset[str]  # words or gazetteer keys of where its events were; a country is no such place
    surroundings: frozenset[str]  # the same of all places it names
    names: frozenset[str]  # persons and organisations, folded, or keys of the register
    kinds: frozenset[str]
    days: frozenset[date]  # when its events were, where a text says so to a day or two
    points: frozenset[tuple[float, float, float]]  # latitude, longitude, radius in km of where its events were, where that is known
    tolls: frozenset[tuple[str, int, int | None]]
    numbers: frozenset[str]

    @property
    def terms(self) -> frozenset[str]:
        """Everything whose rarity counts: what `frequencies_of` takes."""
        return self.places | self.surroundings | self.names | self.words.keys()


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """An outline with the weight of each word."""

    of: Outline
    words: Vector
    title: Vector
    rarity: Mapping[str, float]  # of the words in places, surroundings, names and numbers

    @property
    def id(self) -> str:
        """The id of the passage."""
        return self.of.passage.id


def outlines_of(reading: Reading, tokens: Tokens | None = None) -> tuple[Outline, ...]:
    """The outline of every passage of an article; `tokens` are those of its text, where they are known."""
    tokens = tokens or tokens_in(reading.article.text)
    title = tokens_in(reading.article.title)
    title_words = frozenset(lemma(word) for word, is_word in zip(title.folded, title.is_word, strict=True) if is_word)
    events = {event.id: event for event in reading.events}
    return tuple(
        _outline(reading, tokens, passage, title_words, [events[key] for key in passage.events]) for passage in passages_in(reading, tokens)
    )


def sketch_of(outline: Outline, frequencies: Frequencies) -> Sketch:
    """The outline with its words weighed by how rare they are."""
    words = _weighed(outline.words, frequencies)
    named = outline.places | outline.surroundings | outline.names | outline.numbers
    return Sketch(
        of=outline,
        words=words,
        title=_weighed(dict.fromkeys(outline.title, 1), frequencies),
        rarity={word: frequencies.rarities[word] for word in named},
    )


def words_in(tokens: Tokens, span: Span) -> list[str]:
    """The folded words of a stretch of a text."""
    first, last = bisect_left(tokens.start, span.start), bisect_left(tokens.start, span.end)
    return [word for word, is_word in zip(tokens.folded[first:last], tokens.is_word[first:last], strict=True) if is_word]


def likeness(left: Vector, right: Vector) -> float:
    """The cosine of two vectors, 0 to 1."""
    if len(left) > len(right):
        left, right = right, left
    return math.fsum(weight * right[word] for word, weight in left.items() if word in right)  # whatever the order of the words


def _outline(reading: Reading, tokens: Tokens, passage: Passage, title: frozenset[str], events: list[Event]) -> Outline:
    article, span = reading.article, passage.span
    inside = [m for m in reading.mentions if span.start <= m.span.start < span.end]
    words = Counter(map(lemma, words_in(tokens, span)))
    keys = _keys(reading)
    countries = {link.span for link in reading.places if link.precision == "country"}
    where = [(e.place, e.within) for e in events]
    named = [m.span for m in inside if m.kind == "LOC"] + [within for _, within in where]
    return Outline(
        passage=passage,
        day=article.published.day if article.published else None,
        outlet=article.outlet,
        opens=span.start == tokens.start[0],
        words=words,
        title=title,
        places=_named(tokens, keys, (place for place, _ in where if place not in countries)),
        surroundings=_named(tokens, keys, (span for span in named if span not in countries)),
        names=frozenset(keys.get(m.span) or " ".join(words_in(tokens, m.span)) for m in inside if m.kind in ("PER", "ORG")),
        kinds=frozenset(e.kind for e in events),
        days=frozenset(day for e in events if e.days and (e.days.last - e.days.first).days < EXACT_DAYS for day in e.days),
        points=frozenset(
            (link.latitude, link.longitude, link.radius_km or 0.0)
            for link in reading.places
            if link.latitude is not None and link.longitude is not None and any(e.place == link.span for e in events)
        ),
        tolls=frozenset((t.kind, t.least, t.most) for e in events for t in e.tolls),
        numbers=frozenset(word for word in words if word.isdigit() and len(word) > 1),
    )


def _keys(reading: Reading) -> dict[Span, str]:
    """Spans whose place or actor is known, with its key."""
    places = {link.span: link.place_id for link in reading.places if link.place_id}
    return places | {link.span: link.actor_id for link in reading.actors if link.actor_id}


def _named(tokens: Tokens, keys: Mapping[Span, str], spans: Iterable[Span | None]) -> frozenset[str]:
    """The words of these spans in their dictionary form, without those that only say what a place is, and the keys of what is known."""
    found = set()
    for span in spans:
        if span is not None:
            found |= {lemma(word) for word in words_in(tokens, span)}
            found |= {keys[span]} if span in keys else set()
    return frozenset(found - word_lists().place_words)


def _weighed(words: Mapping[str, int], frequencies: Frequencies) -> dict[str, float]:
    weights = {
        word: (1 + math.log(count)) * rarity
        for word, count in sorted(words.items())  # in one order, so that two passages are as alike whichever asks
        if (rarity := frequencies.rarities[word]) > _TELLING_RARITY
    }
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}
