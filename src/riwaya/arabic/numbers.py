"""Numbers in Arabic text: digits, number words, duals and vague counts, with what their modifiers make of them.

A number is a range from `least` to `most`. GUIDE for tolls: "more than 100" and "at least 100" are 100 and open, "dozens" are 20 and
open, "about 40" is 40. Ordinals, percentages, fractions, clock times and written dates are no numbers here. A year or a sum of money is:
who counts persons looks at the noun that follows. The word lists stand in numbers.toml.
"""

from collections.abc import Iterable
from typing import NamedTuple

from riwaya.arabic.numberwords import NumberWord, number_words
from riwaya.arabic.words import Tokens

_OPENING = frozenset("(«“\"'[‹")
_PERCENT = frozenset(("%", "٪", "بالميه", "بالمايه"))
_DASHES = frozenset("-–—")
_ATTACHED = "وابفلك"  # the letters of which و ف ب ل ك ال consist, in front of digits: "الـ24", "بـ500"
_TENS = range(10, 100, 10)
_LOOK_AHEAD = 5  # how far behind the number "at least" may stand: "14 جنديا أفغانيا على الأقل"
_LONGEST_NUMBER = 20  # digits and their separators; no count of persons or money needs more


class Number(NamedTuple):
    """A number in a text: tokens `first` up to, not including, `last`, and the range it means (`most` None: open upwards)."""

    first: int
    last: int
    least: int
    most: int | None


class Cardinal(NamedTuple):
    """A plain number at a place: the token after it, its value, and the scale it ends in (1 if none)."""

    last: int
    value: int
    scale: int


def numbers_in(tokens: Tokens, first: int = 0, last: int | None = None) -> list[Number]:
    """The numbers among tokens `first` to `last` (all tokens if not given), in order and without overlap.

    The token range holds the number and the modifiers next to it ("أكثر من 100"); where "at least" stands behind the counted noun
    ("20 قتيلا على الأقل") it opens the range and is not part of it. "Less than" and "at most" give a `least` of 0.
    """
    end = len(tokens) if last is None else last
    lexicon = number_words()
    words, forms = lexicon.words, tokens.folded
    found: list[Number] = []
    at = first
    while at < end:
        form = forms[at]
        if form in words or "0" <= form[-1] <= "9":
            opens, closes = tokens.sentences[tokens.sentence_of[at]]
            number = _number_at(tokens, at, min(end, closes))
            if number is not None:
                floor = found[-1].last if found else first
                number = _modified(tokens, number, max(floor, opens), min(end, closes))
                found.append(number)
                at = number.last
                continue
        at += 1
    return found


def _number_at(tokens: Tokens, at: int, end: int) -> Number | None:
    """The number that begins at a token, ranges taken together, modifiers not yet looked at."""
    left = cardinal_at(tokens, at, end)
    if left is None:
        return _vague_at(tokens, at, end)
    if _is_percentage(tokens, left.last, end):
        return None
    right = _range_end(tokens, at, left, end)
    if right is not None:
        factor = right.scale if left.scale == 1 and left.value <= right.value // right.scale else 1
        if left.value * factor <= right.value:
            return Number(at, right.last, left.value * factor, right.value)
    return Number(at, left.last, left.value, left.value)


def _range_end(tokens: Tokens, at: int, left: Cardinal, end: int) -> Cardinal | None:
    """The second number of "بين 10 و15", "من 10 إلى 15", "10-15"."""
    forms, middle = tokens.folded, left.last
    if middle >= end:
        return None
    before = forms[at - 1] if at else ""
    if before in ("بين", "وبين") and (right := cardinal_at(tokens, middle, end)) and forms[middle][0] == "و":
        return right
    if before in ("بين", "وبين", "من", "ومن") and forms[middle] in ("الي", "و", "حتي"):
        sentence = tokens.sentences[tokens.sentence_of[at]][0]
        if before.endswith("من") and any(form.removeprefix("و") in number_words().change for form in forms[max(sentence, at - 8) : at]):
            return None
        return cardinal_at(tokens, middle + 1, end)
    if forms[middle] in _DASHES and forms[at].isdecimal() and middle + 1 < end and forms[middle + 1].isdecimal():
        another = middle + 2 < end and forms[middle + 2] in _DASHES
        return None if another else cardinal_at(tokens, middle + 1, end)
    return None


def _is_percentage(tokens: Tokens, at: int, end: int) -> bool:
    forms = tokens.folded
    if at >= end:
        return False
    return forms[at] in _PERCENT or (forms[at] == "في" and at + 1 < end and forms[at + 1] in ("الميه", "المايه"))


def _vague_at(tokens: Tokens, at: int, end: int) -> Number | None:
    """Dozens, hundreds, tens of thousands, a few: open or 3 to 9 times."""
    words, forms = number_words().words, tokens.folded
    for word in words.get(forms[at], ()):
        scale, after = 1, at + 1
        if word.kind in ("open", "few"):
            while after < end and (next_scale := _scale_at(forms[after])) and next_scale > scale:
                scale, after = scale * next_scale, after + 1
        if word.kind == "open":
            return Number(at, after, word.value * scale, None)
        if word.kind == "few":
            return Number(at, after, 3 * scale, 9 * scale)
        if word.kind == "dual":
            return Number(at, after, 2, 2)
    return None


def _scale_at(form: str) -> int:
    for word in number_words().words.get(form, ()):
        if not word.joined and word.kind == "scale":
            return word.value
        if not word.joined and word.kind == "open" and word.value <= 200:
            return word.value // 2
    return 0


def _modified(tokens: Tokens, number: Number, floor: int, end: int) -> Number:
    """The number with what the phrases before and after it say."""
    first, last, least, most = number
    meanings: list[str] = []
    while True:
        at = first - 1
        if at >= floor and tokens.folded[at] in _OPENING:
            at -= 1
        phrase = _phrase_before(tokens, at, floor)
        if phrase is None:
            break
        first, meaning = phrase
        meanings.append(meaning)
    phrase_after = _phrase_after(tokens, last, end)
    if phrase_after:
        after, meaning = phrase_after
        meanings.append(meaning)
        last = max(last, after)
    if "at_least" in meanings:
        most = None
    elif "at_most" in meanings:
        least = 0
    return Number(first, last, least, most)


def _phrase_before(tokens: Tokens, at: int, floor: int) -> tuple[int, str] | None:
    if at < floor:
        return None
    for phrase, meaning in number_words().before.get(tokens.folded[at], ()):
        first = at + 1 - len(phrase)
        if first >= floor and tuple(tokens.folded[first : at + 1]) == phrase:
            return first, meaning
    return None


def _phrase_after(tokens: Tokens, at: int, end: int) -> tuple[int, str] | None:
    """A phrase behind the number: its end if it stands next to it, else 0; and what it means."""
    lexicon, forms = number_words(), tokens.folded
    stop = min(end, at + _LOOK_AHEAD + 1)
    for place in range(at, stop):
        form = forms[place]
        for phrase, meaning in lexicon.after.get(form, ()):
            if tuple(forms[place : place + len(phrase)]) == phrase and place + len(phrase) <= end:
                return (place + len(phrase) if place == at else 0), meaning
        if form in lexicon.words or "0" <= form[-1] <= "9":
            return None
    return None


def cardinal_at(tokens: Tokens, at: int, end: int | None = None) -> Cardinal | None:
    """The exact number that begins at token `at`: digits, number words, or both ("3 آلاف و500"); None if there is none."""
    closes = tokens.sentences[tokens.sentence_of[at]][1] if at < len(tokens) else at
    end = closes if end is None else min(end, closes)
    return _Sum(tokens, at, end).read()


class _Sum:
    """Adds up number words from left to right: `total` holds closed scales, `group` what is below the next scale."""

    def __init__(self, tokens: Tokens, at: int, end: int) -> None:
        self.tokens, self.first, self.at, self.end = tokens, at, at, end
        self.total = self.group = 0
        self.fraction = 0.0
        self.scale = 1  # of the last closed group
        self.smallest = 10**12

    def read(self) -> Cardinal | None:
        while self.at < self.end and self._takes(self.tokens.folded[self.at]):
            self.at += 1
        if self.at == self.first or self.fraction:
            return None
        value = self.total + self.group
        return Cardinal(self.at, value, self.scale) if value or self.tokens.folded[self.first] == "0" else None

    def _takes(self, form: str) -> bool:
        if "0" <= form[-1] <= "9":
            return self._takes_digits(form)
        return any(self._takes_word(word) for word in number_words().words.get(form, ()))

    def _takes_digits(self, form: str) -> bool:
        starts = self.at == self.first
        if not starts and (self.group or not form.startswith("و")):
            return False
        value = _digits_value(form, self.at + 1 < self.end and bool(_scale_at(self.tokens.folded[self.at + 1])))
        if value is None or (not starts and value >= self.smallest):
            return False
        self.group, self.fraction = int(value), value - int(value)
        return True

    def _takes_word(self, word: NumberWord) -> bool:
        starts = self.at == self.first
        if word.kind == "value":
            return self._takes_value(word, starts)
        if word.kind == "scale":
            return self._takes_scale(word, starts)
        if word.kind == "twice" and (starts or (word.joined and not self.group and self.total)) and word.value < self.smallest:
            self._close(2, word.value)
            return True
        if word.kind == "part":
            return self._takes_part(word, starts)
        return False

    def _takes_value(self, word: NumberWord, starts: bool) -> bool:
        value, group = word.value, self.group
        if starts:
            fits = self._is_counting(value)
        elif not word.joined:
            fits = not self.fraction and ((value == 10 and 0 < group % 100 < 10) or (value == 100 and 2 < group < 10))
        elif not (group or self.total) or (value == 1 and self.tokens.folded[self.at] == "واحد" and not self._has_hamza()):
            fits = False
        elif value >= 100:
            fits = group == 0 and value < self.smallest
        elif 20 <= value < 100:
            fits = group % 100 < 10 and not self._ends_in_ten()
        else:
            fits = group % 100 == 0
        if not fits:
            return False
        self.group = group * 100 if value == 100 and not word.joined and not starts else group + value
        return True

    def _ends_in_ten(self) -> bool:
        return self.group % 100 >= 10

    def _is_counting(self, value: int) -> bool:
        """Whether a number word that begins a number is one: no ten of an ordinal, no أحد as "one of" unless a ten follows."""
        forms, at = self.tokens.folded, self.at
        if value in _TENS and at and forms[at - 1] in number_words().ordinals:
            return False
        if value != 1:
            return True
        if any(w.kind == "value" and (w.value >= 20 if w.joined else w.value == 10) for w in self._words_after()):
            return True
        if self._has_hamza() or not forms[at].endswith(("واحد", "واحده", "واحدا")):
            return False
        return not (at and forms[at - 1] in ("وقت", "ان", "كل", "لكل", "الوقت"))

    def _has_hamza(self) -> bool:
        """Whether واحد is written وأحد."""
        return "أ" in self.tokens.text[self.tokens.start[self.at] : self.tokens.end[self.at]]

    def _words_after(self) -> Iterable[NumberWord]:
        return number_words().words.get(self.tokens.folded[self.at + 1], ()) if self.at + 1 < self.end else ()

    def _takes_scale(self, word: NumberWord, starts: bool) -> bool:
        if starts or (word.joined and self.total and not self.group):
            if word.value >= self.smallest or self._is_plural(starts):
                return False
            self._close(1, word.value)
            return True
        if word.joined or not (self.group or self.fraction) or word.value >= self.smallest:
            return False
        self._close(self.group + self.fraction, word.value)
        return True

    def _is_plural(self, starts: bool) -> bool:
        """Whether a scale without a number before it is open (thousands) or two (الفا), not one."""
        return starts and any(w.kind in ("open", "twice") for w in number_words().words.get(self.tokens.folded[self.at], ()))

    def _takes_part(self, word: NumberWord, starts: bool) -> bool:
        """ "نصف مليون" before a scale, "مليون ونصف" behind one."""
        if starts:
            after = self.tokens.folded[self.at + 1] if self.at + 1 < self.end else ""
            scale = _scale_at(after.removeprefix("ال")) if _scale_at(after) >= 1000 else 0
            if scale:
                self.at += 1
                self._close(word.value / 100, scale)
            return bool(scale)
        if word.joined and self.total and not self.group and self.scale > 1:
            self.total += self.scale * word.value // 100
            if self.at + 1 < self.end and _scale_at(self.tokens.folded[self.at + 1]) == self.scale:
                self.at += 1  # "مليون ونصف المليون"
            return True
        return False

    def _close(self, count: float, scale: int) -> None:
        self.total += round(count * scale)
        self.group, self.fraction, self.scale, self.smallest = 0, 0.0, scale, scale


def _digits_value(form: str, scale_follows: bool) -> float | None:
    """What a token that ends in a digit is worth: "1,200", "ال24", "1.5"; None for dates, times, huge or broken ones."""
    digits = form.lstrip(_ATTACHED)
    if len(form) - len(digits) > 4 or not digits or len(digits) > _LONGEST_NUMBER:
        return None
    if digits.isdecimal():
        return int(digits)
    parts = digits.replace("٬", ",").replace("٫", ".").split("," if "," in digits or "٬" in digits else ".")
    if not all(part.isdecimal() for part in parts):
        return None
    if all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3 and not (scale_follows and len(parts) == 2):
        return int("".join(parts))
    return float(".".join(parts)) if len(parts) == 2 else None
