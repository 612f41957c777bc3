"""What is searched for and where it stands: words as written and words in their dictionary form, folded first always."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from riwaya.arabic.clitics import lemma
from riwaya.arabic.fold import folded
from riwaya.arabic.words import Tokens, tokens_in
from riwaya.records import Span

_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|(\S+)')

_EVERYWHERE = frozenset(
    map(folded, ["في", "من", "على", "إلى", "عن", "مع", "أن", "إن", "ما", "لا", "أو", "ثم", "بين", "هذا", "هذه", "التي", "الذي"])
)


class Words(NamedTuple):
    """The words of a text, without its marks, and for each its dictionary form: what an index holds."""

    folded: tuple[str, ...]
    lemmas: tuple[str, ...]


def words_in(text: str) -> Words:
    """The words of a text for an index."""
    return _words(tokens_in(text))


def terms_in(query: str) -> tuple[Words, ...]:
    """What a query asks for: every term must be there. Quoted words are one term and must follow one another.

    Words that stand in every text (في، من ...) are not asked for, unless the query has no others or quotes them.
    """
    found = [term for quoted, alone in _QUOTED.findall(query) if (term := words_in(quoted or alone)).folded]
    telling = [term for term in found if len(term.folded) > 1 or term.folded[0] not in _EVERYWHERE]
    return tuple(telling or found)


def spans_of(terms: Iterable[Words], text: str) -> tuple[Span, ...]:
    """Where the terms stand in a text, in order, none twice: as written or as another form of the same words."""
    tokens = tokens_in(text)
    places = [at for at in range(len(tokens)) if tokens.is_word[at]]
    words = _words(tokens)
    spans = set()
    for term in terms:
        size = len(term.folded)
        for at in range(len(places) - size + 1):
            if words.folded[at : at + size] == term.folded or words.lemmas[at : at + size] == term.lemmas:
                spans.add(tokens.span(places[at], places[at + size - 1] + 1))
    return tuple(sorted(spans))


def _words(tokens: Tokens) -> Words:
    folded = tuple(form for form, is_word in zip(tokens.folded, tokens.is_word, strict=True) if is_word)
    return Words(folded, tuple(lemma(form) for form in folded))
