"""Where what was said ends, and what an attribution in the middle or at the end of a clause attributes."""

from riwaya.arabic.words import Tokens
from riwaya.read.claims.frames import Frame, Reader
from riwaya.read.claims.particles import particles
from riwaya.records import Form

_LONGEST = 800  # tokens: what is said runs no further, however long its paragraph
_LONGEST_CLAUSE = 200  # tokens before an attribution
_STOPS = frozenset(".!؟?…")
_LONGEST_DATELINE = 8  # tokens
_COMMAS = frozenset("،,؛")
_CLOSING = frozenset("»”“\"'’)")
_NEW_CLAUSE_PAIRS = {("وهو", "ما"), ("الامر", "الذي"), ("في", "المقابل"), ("في", "اشاره")}
_TURN_PAIRS = {("في", "حين"), ("في", "وقت"), ("وفي", "حين"), ("في", "الوقت")}


class Ends:
    """Where what each frame of an article says ends.

    `siblings` are the frames by the number of their cue's first token. What reaches a sibling or a quotation ends in the same
    place for all frames of one kind, so that a paragraph is walked once for each kind and not once for each frame.
    """

    def __init__(self, reader: Reader, siblings: dict[int, Frame]) -> None:
        self._reader, self._siblings = reader, siblings
        self._known: dict[tuple[int, int, str, bool, bool], int] = {}

    def end(self, frame: Frame, begun: int) -> int:
        """The token number after the last token of what was said, which begins at token `begun`.

        It runs to the end of the sentence (of the quotation, where it is one) unless a sibling cue or somebody else's clause
        begins before that.
        """
        tokens = self._reader.tokens
        kind = (self._reader.quotes.opener_of[begun], frame.rule, frame.opened, frame.cue.form.shape == "past")
        passed: list[int] = []
        end = self._walked(frame, begun, kind, passed)
        for at in passed:
            self._known[(at, *kind)] = end
        return min(end, begun + _LONGEST) if end <= tokens.paragraphs[tokens.paragraph_of[begun]][1] else end

    def _walked(self, frame: Frame, begun: int, kind: tuple[int, str, bool, bool], passed: list[int]) -> int:
        reader, siblings = self._reader, self._siblings
        tokens, quotes = reader.tokens, reader.quotes
        paragraph_end = tokens.paragraphs[tokens.paragraph_of[begun]][1]
        at, outer = begun, kind[0]
        while at < paragraph_end:
            if at > begun and (at in siblings or at in quotes.closer):
                if (at, *kind) in self._known:
                    return self._known[(at, *kind)]
                passed.append(at)
            if at in quotes.closer:
                close = quotes.closer[at]
                if close >= paragraph_end:
                    return min(close + 1, len(tokens))
                if at == begun and _is_complete(reader, close, paragraph_end, siblings, frame):
                    return close + 1
                at = close + 1
                if tokens.folded[close - 1] in _STOPS and close - 1 > begun and _ends_after_quote(reader, at, paragraph_end):
                    return at
                continue
            word = tokens.folded[at]
            if outer >= 0 and quotes.closer.get(outer, -1) == at:
                return at
            if word in _STOPS and tokens.sentences[tokens.sentence_of[at]][1] <= at + 3 and _closes_sentence(reader, at):
                return at
            if word in _COMMAS and _begins_another(reader, at + 1, paragraph_end, siblings, frame, comma=True):
                return at
            if at > begun and _begins_another(reader, at, paragraph_end, siblings, frame, comma=False):
                return at
            at += 1
        return paragraph_end


def _closes_sentence(reader: Reader, at: int) -> bool:
    return all(not reader.tokens.is_word[there] for there in range(at, reader.tokens.sentences[reader.tokens.sentence_of[at]][1]))


def _ends_after_quote(reader: Reader, at: int, paragraph_end: int) -> bool:
    return at >= paragraph_end or reader.tokens.folded[at] not in _COMMAS


def _is_complete(reader: Reader, close: int, paragraph_end: int, siblings: dict[int, Frame], own: Frame) -> bool:
    """Whether nothing of the speech follows the quotation closed at `close`."""
    tokens = reader.tokens
    at = close + 1
    if at >= paragraph_end or tokens.folded[close - 1] in _STOPS:
        return True
    if tokens.folded[at] in _STOPS or tokens.folded[at] in _COMMAS:
        return True
    return _begins_another(reader, at, paragraph_end, siblings, own, comma=True)


def _begins_another(reader: Reader, at: int, paragraph_end: int, siblings: dict[int, Frame], own: Frame, *, comma: bool) -> bool:
    """Whether at this token a sibling cue, an attribution or somebody else's clause begins."""
    if at >= paragraph_end:
        return False
    word = reader.tokens.folded[at]
    sibling = siblings.get(at)
    if sibling is not None:
        form = sibling.cue.form
        if form.shape == "participle":
            return True
        if form.shape in ("preposition", "conjunction"):
            return True
        if form.shape in ("past", "present"):
            return (form.joined or comma) and (form.shape == "past" or own.cue.form.shape != "past")
        return False
    if not own.opened and own.rule in ("verb", "participle", "noun") and word in particles().afterthoughts:
        return True
    if not comma:
        return False
    following = reader.tokens.folded[at + 1] if at + 1 < paragraph_end else ""
    if not own.opened and own.rule == "verb" and (word, following) in _TURN_PAIRS:
        return True
    if word in particles().turns and at + 1 in siblings and siblings[at + 1].cue.form.shape in ("past", "present"):
        return True
    if (word, following) in _TURN_PAIRS and at + 2 in siblings and siblings[at + 2].cue.form.shape in ("past", "present"):
        return True
    return (word, following) in _NEW_CLAUSE_PAIRS


def clause_before(reader: Reader, at: int, cues: dict[int, Frame]) -> tuple[int, int] | None:
    """The clause that an attribution at token `at` closes: from the start of its sentence, or from the content of the cue before."""
    tokens = reader.tokens
    first = max(_past_dateline(tokens, tokens.sentences[tokens.sentence_of[at]][0]), at - _LONGEST_CLAUSE)
    end = at
    while end > first and not tokens.is_word[end - 1] and tokens.folded[end - 1] not in _CLOSING:
        end -= 1
    if end <= first:
        return None
    opener = reader.quotes.opener_of[end - 2] if end - 2 >= first and tokens.folded[end - 1] in _CLOSING else -1
    if (
        opener >= 0
        and reader.quotes.closer[opener] == end - 1
        and (opener <= first or not tokens.is_word[opener - 1])
        and opener >= first - 1
        and opener - first < 2
    ):
        return (opener, end)
    start = first
    for there in range(end - 1, first - 1, -1):
        frame = cues.get(there)
        if frame is not None and frame.cue.form.shape in ("past", "present", "participle") and first <= frame.content < end:
            start = frame.content
            break
    return (start, end) if end > start else None


def _past_dateline(tokens: Tokens, first: int) -> int:
    """Past the place and agency that open a paragraph: `دمشق (الميزان) - | ...`; `first` where there are none."""
    if first != tokens.paragraphs[tokens.paragraph_of[first]][0]:
        return first
    for at in range(first + 1, min(first + _LONGEST_DATELINE, len(tokens))):
        spaced = tokens.text[tokens.end[at] : tokens.end[at] + 1].isspace()
        if tokens.folded[at] in "-–—" and (spaced or tokens.folded[at - 1] == ")"):
            return at + 1
        if not tokens.is_word[at] and tokens.folded[at] not in "()،,/":
            break
    return first


def trimmed(reader: Reader, first: int, last: int) -> tuple[int, int]:
    """A content without the marks at its edges that do not belong to it: commas, stops, the marks of a quotation that holds it whole."""
    tokens, quotes = reader.tokens, reader.quotes
    if last - first > 4 and tokens.folded[last - 2] == tokens.folded[last - 4] == "#":
        while last - first > 2 and tokens.folded[last - 2] == "#":
            last -= 2  # tags of the post, two or more
    while last - first > 1 and not tokens.is_word[last - 1] and tokens.folded[last - 1] not in ')»”"“؟?!':
        last -= 1
    while last - first > 1 and not tokens.is_word[first] and first not in quotes.closer and tokens.folded[first] not in "(#":
        first += 1
    if first in quotes.closer and quotes.closer[first] >= last - 1 and last - first > 2:
        first += 1
        if quotes.closer[first - 1] == last - 1:
            last -= 1
    while last - first > 1 and tokens.folded[last - 1] in '«»”"“' and not _paired(reader, first, last - 1):
        last -= 1
    while last - first > 1 and tokens.folded[last - 1] in "،,؛.:":
        last -= 1
    return first, last


def _paired(reader: Reader, first: int, at: int) -> bool:
    opener = reader.quotes.opener_of[at - 1]
    return at not in reader.quotes.closer and opener >= first and reader.quotes.closer[opener] == at


def form_of(reader: Reader, first: int, last: int) -> Form:
    """Direct if the content stands inside one quotation, mixed if a quotation is a part of it, else indirect."""
    opener = reader.quotes.opener_of[first]
    if opener >= 0 and reader.quotes.closer[opener] >= last - 1:
        return "direct"
    return "mixed" if reader.quotes.opens_within(first, last) else "indirect"
