"""A text as words, marks, sentences and paragraphs: what every reading rule walks over."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, repeat

from riwaya.arabic.fold import TATWEEL, folded
from riwaya.arabic.remembered import remembered
from riwaya.records import Span

_TOKEN = re.compile(
    r"\d+(?:[.,٫٬/:]\d+)*"  # 1,200  3.5  12/2/2017  10:30 are one token each
    r"|[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069]+"  # a word with all it carries
    r"|[^\s\w]"
)
_LINE_END = re.compile("\n")
_STOPS = frozenset(".!?؟…")
_CLOSERS = frozenset("\"”»“)]'’")
_TITLES = frozenset(["د", "ا", "م", "ص", "ب", "ف", "ق", "ه"])  # "د. حسن": a title of one letter ends no sentence


class Tokens:
    """The words, numbers and marks of one text, as parallel lists, one entry a token.

    `start` and `end` are offsets in `text`; `folded` holds the folded form (a mark stands for itself); `is_word` is False for
    punctuation. `sentences` and `paragraphs` are half-open ranges of token numbers; `sentence_of[i]` is the number of the
    sentence that token `i` stands in, `paragraph_of[i]` likewise. Lists, not objects, because rules ask for one field of many
    tokens far more often than for one whole token.
    """

    __slots__ = ("end", "folded", "is_word", "paragraph_of", "paragraphs", "sentence_of", "sentences", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in _TOKEN.finditer(text)]
        forms = [_form_of(text[start:end]) for start, end in spans]
        if "" in forms:  # a lone mark or bidi control is no token
            spans = [span for span, form in zip(spans, forms, strict=True) if form]
            forms = [form for form in forms if form]
        self.start = [start for start, _ in spans]
        self.end = [end for _, end in spans]
        self.folded = forms
        self.is_word = [form[0].isalnum() or form[0] == "_" for form in forms]
        breaks = [0, *(bisect_left(self.start, match.start()) for match in _LINE_END.finditer(text)), len(spans)]
        self.paragraphs = [(first, last) for first, last in pairwise(breaks) if first < last]
        self.sentences = list(self._sentences())
        self.sentence_of = _numbers_of(self.sentences)
        self.paragraph_of = _numbers_of(self.paragraphs)

    def __len__(self) -> int:
        return len(self.start)

    def span(self, first: int, last: int) -> Span:
        """The span of the text from token `first` up to, not including, token `last`."""
        return Span(self.start[first], self.end[last - 1])

    def words_of(self, span: Span) -> str:
        """The words of a span, as published."""
        return self.text[span.start : span.end]

    def _sentences(self) -> Iterator[tuple[int, int]]:
        stops = [at for at, form in enumerate(self.folded) if form in _STOPS]
        for first, last in self.paragraphs:
            at = first
            for stop in stops[bisect_left(stops, first) : bisect_left(stops, last)]:
                if stop < at or not self._is_full_stop(stop):
                    continue
                at = stop + 1
                while at < last and self.folded[at] in _STOPS:
                    at += 1
                quote = at  # a quotation mark right after the stop closes what the sentence opened
                while at < last and self.folded[at] in _CLOSERS and self.start[at] == self.end[at - 1]:
                    at += 1
                if at > quote and at < last and self.folded[at] in ("،", ",", "؛"):
                    continue  # «...؟»، قال: the sentence goes on
                yield first, at
                first = at
            if first < last:
                yield first, last

    def _is_full_stop(self, at: int) -> bool:
        """Whether the mark ends a sentence: not inside `example.com`, not after the title in `د. حسن`."""
        if self.folded[at] != "." or not at or self.start[at] != self.end[at - 1]:
            return True
        before = self.folded[at - 1]
        glued = at + 1 < len(self) and self.start[at + 1] == self.end[at] and self.is_word[at + 1]
        return not (before in _TITLES or (glued and before.isascii() and not before.isdigit()))


@remembered
def _form_of(word: str) -> str:
    return folded(word) or ("-" if TATWEEL in word else "")  # عدن ـ قال: a dash


def _numbers_of(ranges: Sequence[tuple[int, int]]) -> list[int]:
    """The number of the range that holds each token."""
    return list(chain.from_iterable(repeat(number, last - first) for number, (first, last) in enumerate(ranges)))


def tokens_in(text: str) -> Tokens:
    """Split a text into tokens, sentences and paragraphs; a newline ends both a sentence and a paragraph."""
    return Tokens(text)
