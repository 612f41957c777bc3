"""Folding: one spelling for what Arabic writers spell in many ways, and the way back to the original offsets.

Folded away: harakat, tatweel, bidi controls and joiners; alef with hamza or madda or wasla (to alef), hamza on waw and ya
(to their letter), final ya without dots, ta marbuta (to ha), presentation forms and ligatures (to their letters),
Persian keheh and yeh, Arabic-Indic digits (to 0-9). Nothing is ever folded in place: findings point at the original.
"""

import unicodedata
from array import array
from functools import lru_cache

from riwaya.records import Span

TATWEEL = "\N{ARABIC TATWEEL}"

_LETTERS = {
    "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "ا",
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "ا",
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "ا",
    "\N{ARABIC LETTER ALEF WASLA}": "ا",
    "\N{ARABIC LETTER ALEF MAKSURA}": "ي",
    "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": "ي",
    "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": "و",
    "\N{ARABIC LETTER TEH MARBUTA}": "ه",
    "\N{ARABIC LETTER FARSI YEH}": "ي",
    "\N{ARABIC LETTER KEHEH}": "ك",
}


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for first, last in ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)):
        for code in range(first, last + 1):
            letters = unicodedata.normalize("NFKC", chr(code))
            kept = "".join(_LETTERS.get(c, c) for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))
            kept = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in kept).replace(TATWEEL, "").strip()
            if kept != chr(code):
                table[code] = kept or None
    for code in (*range(0x0300, 0x0370), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0x00AD, 0xFEFF):
        table[code] = None
    for first in (ord("A"),):
        for code in range(first, first + 26):
            table[code] = chr(code).lower()
    return table


_TABLE = _table()


class Folded:
    """A folded copy of a text that knows the way back."""

    __slots__ = ("_origin", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original.translate(_TABLE)
        self._origin: array[int] | None = None

    def original_span(self, start: int, end: int) -> Span:
        """The span of the original that became folded characters `start` to `end` (half-open).

        Marks that sit on the last letter (harakat, tatweel) belong to the span. An empty folded span gives an empty span.
        """
        if self._origin is None:
            self._origin = array("L", (at for at, c in enumerate(self.original) for _ in _TABLE.get(ord(c), c) or ""))
        origin = self._origin
        if start >= end:
            at = origin[start] if start < len(origin) else len(self.original)
            return Span(at, at)
        last = origin[end - 1] + 1
        while last < len(self.original) and (self.original[last] == TATWEEL or unicodedata.category(self.original[last]) == "Mn"):
            last += 1
        return Span(origin[start], last)


def fold(text: str) -> Folded:
    """Fold a text; the result holds the folded copy and the way back to the offsets of `text`."""
    return Folded(text)


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """The folded form of one word or short phrase, remembered: news uses few words often."""
    return word.translate(_TABLE)
