"""Words as an index holds them and where they stand in a text: as written, and as stems; folded first always."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from riwaya.arabic.clitics import lemma
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens, tokens_in
from riwaya.records import Span

_ENDINGS = ("يه", "ات", "ه", "ي")  # of relation, feminine, plural: سوري and سورية, مدرسة and مدارس are one word to who searches
_SHORTEST_STEM = 3


class Words(NamedTuple):
    """The words of a text, without its marks, and of each its stem."""

    folded: tuple[str, ...]
    stems: tuple[str, ...]


def words_in(text: str) -> Words:
    """The words of a text for an index."""
    return _words(tokens_in(text))


def spans_of(terms: Iterable[Words], text: str) -> tuple[Span, ...]:
    """Where the terms stand in a text, in order, none twice: as written or as another form of the same words."""
    return tuple(sorted({span for found in _found(terms, text) for span in found}))


class Excerpt(NamedTuple):
    """A stretch of a text, of whole words and at most one paragraph, and where terms stand in it."""

    span: Span
    found: tuple[Span, ...]


def excerpt_of(terms: Sequence[Words], text: str, letters: int = 280) -> Excerpt:
    """About so many letters of the first paragraph that holds all the terms, else of the first that holds the most of them."""
    best: tuple[int, str, list[Span]] = (0, text.partition("\n")[0], [])
    most = start = 0
    for paragraph in text.split("\n") if terms else ():
        found = _found(terms, paragraph)
        if sum(map(bool, found)) > most:
            most = sum(map(bool, found))
            best = (start, paragraph, sorted({span for each in found for span in each}))
        if most == len(terms):
            break
        start += len(paragraph) + 1
    start, paragraph, spans = best
    opens = paragraph.rfind(" ", 0, max(0, spans[0].start - letters // 3)) + 1 if spans else 0
    closes = paragraph.find(" ", opens + letters)
    closes = len(paragraph) if closes < 0 else closes
    inside = [Span(start + span.start, start + span.end) for span in spans if opens <= span.start and span.end <= closes]
    return Excerpt(Span(start + opens, start + closes), tuple(inside))


def _found(terms: Iterable[Words], text: str) -> list[list[Span]]:
    """Where each of the terms stands."""
    tokens = tokens_in(text)
    places = [at for at in range(len(tokens)) if tokens.is_word[at]]
    words = _words(tokens)
    found: list[list[Span]] = []
    for term in terms:
        size = len(term.folded)
        last = len(places) - size + 1
        starts = [at for at in range(last) if words.folded[at : at + size] == term.folded or words.stems[at : at + size] == term.stems]
        found.append([tokens.span(places[at], places[at + size - 1] + 1) for at in starts])
    return found


def _words(tokens: Tokens) -> Words:
    folded = tuple(form for form, is_word in zip(tokens.folded, tokens.is_word, strict=True) if is_word)
    return Words(folded, tuple(map(_stem, folded)))


@remembered
def _stem(word: str) -> str:
    """The dictionary form of a word without the ending that makes it feminine, plural or an adjective (docs/decisions/0018-search.md)."""
    base = lemma(word)
    return next((base.removesuffix(end) for end in _ENDINGS if base.endswith(end) and len(base) - len(end) >= _SHORTEST_STEM), base)
