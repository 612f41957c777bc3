"""Quotation marks of a text as pairs, over paragraphs where the quotation runs on."""

from bisect import bisect_left

from riwaya.arabic.words import Tokens

_CLOSERS = {"«": "»", "“": "”“", "”": "”“", '"': '"', "„": "“”"}
_MOST_PARAGRAPHS = 30  # a mark still open after so many paragraphs was never closed


class Quotes:
    """Which marks pair up.

    `closer[i]` is the token number of the mark that closes the quotation opened by token `i`; `opener_of[i]` the number of the
    mark that opened the quotation in which token `i` stands, or -1. Only outermost quotations count. A quotation that is not
    closed in its paragraph runs on if a later paragraph closes it before opening another, or opens with the same mark again;
    otherwise it ends with its paragraph.
    """

    __slots__ = ("_openers", "closer", "opener_of")

    def __init__(self, tokens: Tokens) -> None:
        self.closer: dict[int, int] = {}
        self._openers: list[int] | None = None
        self.opener_of = [-1] * len(tokens)
        marks = [(first, last, [at for at in range(first, last) if tokens.folded[at] in '«»“”„"']) for first, last in tokens.paragraphs]
        opened = -1
        for number, (first, last, inside) in enumerate(marks):
            begun = first
            for at in inside:
                mark = tokens.folded[at]
                if mark == '"' and opened < 0 and _side(tokens, at) == "closes":
                    continue  # nothing is open
                if mark == '"' and opened >= 0 and tokens.folded[opened] == '"' and _side(tokens, at) == "opens":
                    self._pair(opened, at, begun)  # the last was never closed
                    opened = begun = at
                elif opened >= 0 and mark in _CLOSERS[tokens.folded[opened]] and not (at == first and mark == tokens.folded[opened]):
                    self._pair(opened, at, begun)
                    opened, begun = -1, at + 1
                elif opened < 0 and mark in _CLOSERS:
                    opened = begun = at
            if opened >= 0:
                runs_on = number + 1 < len(marks) and self._runs_on(tokens, opened, marks[number + 1])
                if runs_on and number - tokens.paragraph_of[opened] < _MOST_PARAGRAPHS:
                    self._fill(opened, begun, last)
                else:
                    self._fill(opened, begun, last)
                    self.closer.setdefault(opened, last)
                    opened = -1

    def opens_within(self, first: int, last: int) -> bool:
        """Whether a quotation opens between two token numbers."""
        openers = list(self.closer) if self._openers is None else self._openers
        self._openers = openers  # a dict keeps the order of the text
        at = bisect_left(openers, first)
        return at < len(openers) and openers[at] < last

    @staticmethod
    def _runs_on(tokens: Tokens, opened: int, following: tuple[int, int, list[int]]) -> bool:
        first, _, inside = following
        if not inside:
            return False
        mark = tokens.folded[inside[0]]
        again = mark == tokens.folded[opened]
        return (again and inside[0] == first) or (not again and mark in _CLOSERS[tokens.folded[opened]])

    def _pair(self, opened: int, at: int, begun: int) -> None:
        self.closer[opened] = at
        self._fill(opened, begun, at)

    def _fill(self, opened: int, first: int, last: int) -> None:
        for at in range(max(first, opened + 1), last):
            self.opener_of[at] = opened


def _side(tokens: Tokens, at: int) -> str:
    """Which side of a quotation a straight mark stands on, by the spaces around it: "opens", "closes", or "" where they do not tell."""
    text, start, end = tokens.text, tokens.start[at], tokens.end[at]
    space_before = start == 0 or text[start - 1].isspace()
    space_after = end == len(text) or text[end].isspace()
    return "" if space_before == space_after else "opens" if space_before else "closes"
