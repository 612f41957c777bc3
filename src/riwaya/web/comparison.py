"""Comparison: two passages side by side, with the words they share, what each says otherwise, and why they were proposed as one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from inspect import getdoc
from typing import NamedTuple, get_args

from markupsafe import Markup

from riwaya.accounting import Proposed, Side
from riwaya.arabic.clitics import lemma
from riwaya.arabic.words import Tokens, tokens_in
from riwaya.records import Event, EventKind, Span, event_place
from riwaya.relate import reasons
from riwaya.relate.frequencies import written_frequencies
from riwaya.web.drawings.beam import beam
from riwaya.web.drawings.pen import Drawing
from riwaya.web.highlight import Mark, paragraphs_marked
from riwaya.web.meanings import place_meant
from riwaya.web.wording import Wording

_TELLING_RARITY = 0.3  # a more frequent word says nothing of what a text is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One passage, as shown."""

    side: Side
    letter: str
    paragraphs: list[Markup]
    kinds: tuple[str, ...]
    days: tuple[str, ...]
    places: tuple[tuple[str, str], ...]  # what is meant, and how exactly it is known
    tolls: tuple[tuple[str, str], ...]  # which kind, how many


class Pull(NamedTuple):
    """A reason in words, and how far it pulls."""

    why: str
    in_english: bool  # where the language of the page has no words for it
    words: tuple[str, ...]
    pull: float  # in logits; negative: against
    beam: Drawing


def compared(proposed: Proposed, t: Wording) -> tuple[Compared, Compared]:
    """Both sides: shared words marked `same`; of a toll, a time, a place and an actor what the other does not say marked `diff`."""
    sides = (proposed.left, proposed.right)
    tokens = [tokens_in(_text(side)) for side in sides]
    lemmas = [[lemma(word) if is_word else "" for word, is_word in zip(of.folded, of.is_word, strict=True)] for of in tokens]
    shared = {word for word in set(lemmas[0]) & set(lemmas[1]) if word and written_frequencies().rarity(word) > _TELLING_RARITY}
    left, right = (
        _compared(side, of, words, shared, set(other), t)
        for side, of, words, other in zip(sides, tokens, lemmas, lemmas[::-1], strict=True)
    )
    return left, right


def _text(side: Side) -> str:
    return side.reading.article.text[slice(*side.passage.span)]


def _compared(side: Side, tokens: Tokens, lemmas: list[str], shared: set[str], others: set[str], t: Wording) -> Compared:
    events = [event for event in side.reading.events if event.id in side.passage.events]
    own = [Span(tokens.start[first], tokens.end[last]) for first, last in _runs(tokens, lemmas, shared)]
    apart = [span for span in _telling(events, side.passage.span) if not _words_in(span, tokens, lemmas) & others]
    marks = [*(Mark(span, "same") for span in own), *(Mark(span, "diff") for span in apart)]
    links = {link.place_id: link for event in events if (link := event_place(event, side.reading.places)) and link.place_id}
    days = (event.days for event in events if event.days)
    return Compared(
        side=side,
        letter="",
        paragraphs=paragraphs_marked(_text(side), marks, side.passage.id[:12]),
        kinds=tuple(dict.fromkeys(t.label("kinds", event.kind) for event in events)),
        days=tuple(dict.fromkeys(t.days(each) for each in days)),
        places=tuple((place_meant(link, t), link.precision) for link in links.values()),
        tolls=tuple(dict.fromkeys((t.label("tolls", toll.kind), t.toll(toll)) for event in events for toll in event.tolls)),
    )


def _runs(tokens: Tokens, lemmas: list[str], shared: set[str]) -> Iterator[tuple[int, int]]:
    """First and last token of each stretch of shared words in one sentence."""
    first = None
    for at, word in enumerate(lemmas):
        if word in shared:
            first = at if first is None else first
            if at + 1 == len(lemmas) or lemmas[at + 1] not in shared or tokens.sentence_of[at + 1] != tokens.sentence_of[at]:
                yield first, at
                first = None


def _telling(events: Iterable[Event], inside: Span) -> Iterator[Span]:
    """The spans of what the events say of how many, when, where and who, as offsets in the passage."""
    found = set()
    for event in events:
        for span in (*(toll.words for toll in event.tolls), event.when, event.place, event.actor):
            if span and inside.start <= span.start and span.end <= inside.end:
                found.add(Span(span.start - inside.start, span.end - inside.start))
    yield from sorted(found)


def _words_in(span: Span, tokens: Tokens, lemmas: list[str]) -> set[str]:
    return {word for start, word in zip(tokens.start, lemmas, strict=True) if span.start <= start < span.end and word}


def pulls(proposed: Proposed, t: Wording) -> list[Pull]:
    """The reasons of a link, those for it first, the strongest first."""
    made = [(reason.strength * reason.weight, reason) for reason in proposed.link.reasons]
    strongest = max((abs(pull) for pull, _ in made), default=1.0)
    names: dict[str, str] = {}
    for side in (proposed.left, proposed.right):
        names |= {link.place_id: t.name(link) for link in side.reading.places if link.place_id}
        names |= {link.actor_id: t.name(link) for link in side.reading.actors if link.actor_id}
    found = []
    for pull, reason in sorted(made, key=lambda each: -each[0]):
        own = t.texts["link_reasons"].get(reason.name, "")
        words = tuple(dict.fromkeys(_readable(word, names, t) for word in reason.words))
        drawn = beam(pull, strongest, mirrored=t.language == "ar")
        found.append(Pull(own or (getdoc(getattr(reasons, reason.name, None)) or reason.name), not own, words, pull, drawn))
    return found


def _readable(word: str, names: dict[str, str], t: Wording) -> str:
    """A word of a reason as people read it: of a key its name, of a kind its word, of a day the day, of a toll kind and number."""
    if word in names:
        return names[word]
    if word in get_args(EventKind):
        return t.label("kinds", word)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word):
        return t.day(date.fromisoformat(word))
    kind, _, number = word.partition(" ")
    return f"{t.label('tolls', kind)} {number}" if kind in t.texts["tolls"] and number else word
