"""A text as the windows that the encoder reads: whole paragraphs packed together, after the title and the words before them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens

PIECES = 384  # of a window's own words; with title and context it stays under the 512 positions of the encoder
TITLE = 32  # pieces of the title before each window
CONTEXT = 64  # pieces of the words right before the window, read and not decided again
_LONGEST_WORD = 32  # pieces; a longer word is cut
_START, _END, _UNKNOWN = 0, 2, 3  # <s>, </s>, <unk> of the XLM-R vocabulary
_UNREAD = re.compile(
    "[\N{ARABIC TATWEEL}\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
_LETTERS = str.maketrans("یکہ", "يكه")  # Persian and Urdu forms that Arabic pages hold by mistake
_STOPS = frozenset(".!?؟…")


class Pieces:
    """The vocabulary: the numbers of the word pieces of one word, remembered."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self.of = remembered(self._pieces_of)

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        plain = _UNREAD.sub("", word).translate(_LETTERS)
        return tuple(self._tokenizer.encode(plain, add_special_tokens=False).ids[:_LONGEST_WORD]) or (_UNKNOWN,)


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder. Tokens `context` to `last` of the text are in it; those from `first` on are decided here."""

    context: int
    first: int
    last: int
    ids: list[int]
    starts: list[int]  # for each token from `context` on: the place of its first piece in `ids`
    ends: list[int]  # and of its last


def windows_of(tokens: Tokens, title: Tokens, pieces: Pieces, breaks: Collection[int] = ()) -> list[Window]:
    """All windows of a text, in order, which together decide every token once; `breaks` are paragraphs that must begin a window."""
    ids = [pieces.of(tokens.text[start:end]) for start, end in zip(tokens.start, tokens.end, strict=True)]
    sizes = [len(word) for word in ids]
    lead = [_START]
    for start, end in zip(title.start, title.end, strict=True):
        lead += pieces.of(title.text[start:end])
    lead = [*lead[:TITLE], _END] if len(lead) > 1 else lead
    return [_window(ids, lead, first, last) for first, last in _packed(tokens, sizes, breaks)]


def _window(ids: list[tuple[int, ...]], lead: list[int], first: int, last: int) -> Window:
    context, room = first, CONTEXT
    while context and len(ids[context - 1]) <= room:
        context -= 1
        room -= len(ids[context])
    row, starts, ends = list(lead), [], []
    for at in range(context, last):
        starts.append(len(row))
        row += ids[at]
        ends.append(len(row) - 1)
    return Window(context, first, last, [*row, _END], starts, ends)


def _packed(tokens: Tokens, sizes: list[int], breaks: Collection[int]) -> list[tuple[int, int]]:
    """Consecutive paragraphs, or parts of one, as token ranges of at most `PIECES` pieces."""
    packed: list[tuple[int, int]] = []
    filled = 0
    for number, (first, last) in enumerate(tokens.paragraphs):
        for start, end in _parts(tokens, sizes, first, last):
            size = sum(sizes[start:end])
            if packed and filled + size <= PIECES and not (number in breaks and start == first):
                packed[-1] = (packed[-1][0], end)
                filled += size
            else:
                packed.append((start, end))
                filled = size
    return packed


def _parts(tokens: Tokens, sizes: list[int], first: int, last: int) -> list[tuple[int, int]]:
    """A paragraph, cut after full stops, or anywhere if there are none, where it is too long for a window."""
    parts: list[tuple[int, int]] = []
    start, filled, stop = first, 0, first
    at = first
    while at < last:
        if filled + sizes[at] > PIECES:
            cut = stop if stop > start else at
            parts.append((start, cut))
            start, filled = cut, sum(sizes[cut:at])
            continue
        filled += sizes[at]
        at += 1
        if tokens.folded[at - 1] in _STOPS:
            stop = at
    if start < last:
        parts.append((start, last))
    return parts
