"""A text as words, marks, sentences and paragraphs: what every reading rule walks over."""

import re

from riwaya.arabic.fold import TATWEEL, folded
from riwaya.records import Span

_TOKEN = re.compile(
    r"\d+(?:[.,٫٬/:]\d+)*"  # 1,200  3.5  12/2/2017  10:30 are one token each
    r"|[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069]+"  # a word with all it carries
    r"|\n"
    r"|[^\s\w]"
)
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
        self.start: list[int] = []
        self.end: list[int] = []
        self.folded: list[str] = []
        self.is_word: list[bool] = []
        self.sentences: list[tuple[int, int]] = []
        self.paragraphs: list[tuple[int, int]] = []
        paragraph = 0
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word == "\n":
                self._close_paragraph(paragraph)
                paragraph = len(self.start)
                continue
            form = folded(word) or ("-" if TATWEEL in word else "")  # عدن ـ قال: a dash
            if form:  # a lone mark or bidi control is no token
                self.start.append(match.start())
                self.end.append(match.end())
                self.folded.append(form)
                self.is_word.append(form[0].isalnum() or form[0] == "_")
        self._close_paragraph(paragraph)
        self.sentence_of = [number for number, (first, last) in enumerate(self.sentences) for _ in range(first, last)]
        self.paragraph_of = [number for number, (first, last) in enumerate(self.paragraphs) for _ in range(first, last)]

    def __len__(self) -> int:
        return len(self.start)

    def span(self, first: int, last: int) -> Span:
        """The span of the text from token `first` up to, not including, token `last`."""
        return Span(self.start[first], self.end[last - 1])

    def words_of(self, span: Span) -> str:
        """The words of a span, as published."""
        return self.text[span.start : span.end]

    def _close_paragraph(self, first: int) -> None:
        last = len(self.start)
        if first == last:
            return
        self.paragraphs.append((first, last))
        at = first
        while at < last:
            if self.folded[at] in _STOPS and self._is_full_stop(at):
                at += 1
                while at < last and self.folded[at] in _STOPS:
                    at += 1
                quote = at  # a quotation mark right after the stop closes what the sentence opened
                while at < last and self.folded[at] in _CLOSERS and self.start[at] == self.end[at - 1]:
                    at += 1
                if at > quote and at < last and self.folded[at] in ("،", ",", "؛"):
                    continue  # «...؟»، قال: the sentence goes on
                self.sentences.append((first, at))
                first = at
            else:
                at += 1
        if first < last:
            self.sentences.append((first, last))

    def _is_full_stop(self, at: int) -> bool:
        """Whether the mark ends a sentence: not inside `example.com`, not after the title in `د. حسن`."""
        if self.folded[at] != "." or not at or self.start[at] != self.end[at - 1]:
            return True
        before = self.folded[at - 1]
        glued = at + 1 < len(self) and self.start[at + 1] == self.end[at] and self.is_word[at + 1]
        return not (before in _TITLES or (glued and before.isascii() and not before.isdigit()))


def tokens_in(text: str) -> Tokens:
    """Split a text into tokens, sentences and paragraphs; a newline ends both a sentence and a paragraph."""
    return Tokens(text)
