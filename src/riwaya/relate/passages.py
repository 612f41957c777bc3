"""An article as passages: stretches that each tell one happening, since a news item may tell of ten.

A passage begins at a paragraph, or in a long paragraph at a sentence, that tells a happening of these days; what follows without a
happening of its own belongs to it, until the article turns to something else. A happening of which it is not said where, when or with
what toll is none of its own: "the attack" is the one told before. What tells no happening is in no passage.
"""

from collections.abc import Iterator
from typing import NamedTuple

from riwaya.arabic.words import Tokens
from riwaya.records import Event, Passage, Reading, Span, record_id
from riwaya.relate.wordlists import word_lists

BACKGROUND_DAYS = 6  # what happened longer before the article is its background
EXACT_DAYS = 3  # a time of fewer days says when something happened; a longer one (this month) only roughly
_LONGEST_PIECE = 60  # tokens; a longer paragraph is cut at the next full stop
_LONGEST_TURN = 3  # words


class _Piece(NamedTuple):
    first: int
    last: int  # tokens, half-open
    events: list[Event]


def passages_in(reading: Reading, tokens: Tokens) -> tuple[Passage, ...]:
    """The passages of an article, in its order, with the events told in each; none where the article tells no happening of its days."""
    passages: list[Passage] = []
    told: list[_Piece] = []
    for piece in _pieces(reading, tokens):
        goes_on = told and not any(map(_is_told_apart, piece.events))
        if _turns(tokens, piece.first) or (piece.events and not goes_on):
            passages += _passage(reading, tokens, told)
            told = [piece] if piece.events else []
        elif told:
            told.append(piece)
    return (*passages, *_passage(reading, tokens, told))


def _passage(reading: Reading, tokens: Tokens, pieces: list[_Piece]) -> list[Passage]:
    if not pieces:
        return []
    span = Span(tokens.start[pieces[0].first], tokens.end[pieces[-1].last - 1])
    events = tuple(event.id for piece in pieces for event in piece.events)
    return [Passage(id=record_id("passage", reading.article.id, span.start), article_id=reading.article.id, span=span, events=events)]


def _pieces(reading: Reading, tokens: Tokens) -> Iterator[_Piece]:
    """The paragraphs, the long ones cut at full stops, each with the events of these days whose trigger stands in it."""
    events = iter(sorted((e for e in reading.events if _is_of_these_days(e, reading)), key=lambda e: e.trigger))
    event = next(events, None)
    sentence = 0
    for start, end in tokens.paragraphs:
        first = start
        while sentence < len(tokens.sentences) and tokens.sentences[sentence][1] <= end:
            last = tokens.sentences[sentence][1]
            sentence += 1
            if last - first < _LONGEST_PIECE and last < end:
                continue
            own = []
            while event is not None and event.trigger.start < tokens.end[last - 1]:
                own.append(event)
                event = next(events, None)
            yield _Piece(first, last, own)
            first = last


def _is_of_these_days(event: Event, reading: Reading) -> bool:
    published = reading.article.published
    if event.status == "planned":
        return False
    return event.days is None or published is None or (published.day - event.days.last).days <= BACKGROUND_DAYS


def _is_told_apart(event: Event) -> bool:
    return bool(event.place or event.tolls or (event.days and (event.days.last - event.days.first).days < EXACT_DAYS))


def _turns(tokens: Tokens, first: int) -> bool:
    """Whether the words from `first` on turn to something else: من جهة أخرى."""
    turns = word_lists().turns
    words: tuple[str, ...] = ()
    for at in range(first, min(first + _LONGEST_TURN + 1, len(tokens))):
        if tokens.is_word[at]:
            words = (*words, tokens.folded[at])
            if words in turns:
                return True
    return False
