"""Withholding what would endanger people: by a list that the user keeps, in everything that leaves the library.

    [[withhold]]
    words = ["سمير الحداد", "أبو جاد الحداد"]    # every spelling that the pages use; hamza, ta marbuta and harakat do not matter
    shown = "شاهد 1"                            # what stands in its place
    why = "witness"                             # told in the pack: witness, minor, address, place ...

    [points]
    decimals = 1                                # coordinates become areas: 32.6189, 36.1021 is written 32.6, 36.1 (about 11 km)

Words are found as whole words, also behind و ف ب ل ك and ال. A pack never says the words, nor a hash of them, which could be guessed.
"""

import html
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from riwaya.arabic.fold import fold, folded
from riwaya.errors import SettingsError
from riwaya.records import Reading, Span

Value = TypeVar("Value")

HIDDEN_ADDRESS = "https://withheld.invalid/"  # .invalid names nothing, ever (RFC 2606)
_SHOWN = "[…]"
_POINT = re.compile(r"(?<![\d.])(-?\d{1,3}\.\d{3,})([^\d.]{1,24})(-?\d{1,3}\.\d{3,})(?!\d)")  # 32.6189, 36.1021
_MINUTES = re.compile(r"(\d{1,3})\s*°\s*(\d{1,2}(?:\.\d+)?)\s*['′’]?(?:\s*\d{1,2}(?:\.\d+)?\s*(?:[\"″”]|''))?")  # 32°37'08"
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^>]*>")
_CHARSETS = ("utf-8", "cp1256", "utf-16", "iso8859-6")
_BEFORE = r"(?<!\w)(?:[وف]?[بلك]?(?:ال)?|لل)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What a pack tells of a thing that it does not say."""

    number: int  # of the entry in the user's list, from 1
    why: str
    shown: str
    times: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the list."""

    words: tuple[str, ...]
    shown: str = _SHOWN
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """A list of what is to be withheld."""

    entries: tuple[Entry, ...]
    decimals: int | None = None  # how many decimals of a degree are kept; None: all

    def stretches(self, text: str) -> list[tuple[Span, str, int]]:
        """What is to be replaced in a text, in order, without overlaps: the span, what is shown, the number of the entry (0: a point)."""
        copy = fold(text)
        found = [
            (copy.original_span(*match.span(1)), entry.shown, number)
            for number, (entry, pattern) in enumerate(zip(self.entries, self._patterns, strict=True), 1)
            for match in pattern.finditer(copy.text)
        ]
        if self.decimals is not None:
            found += [(copy.original_span(*span), shown, 0) for span, shown in _coarse_points(copy.text, self.decimals)]
        return list(_without_overlaps(sorted(found, key=lambda each: (each[0].start, -each[0].end))))

    def is_in(self, content: bytes) -> bool:
        """Whether bytes of a page hold any of it, in whatever charset, behind entities, escapes or tags."""
        for charset in _charsets_of(content):
            text = unquote(content.decode(charset, "ignore"))
            text = html.unescape(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
            if self.stretches(text) or self.stretches(_TAG.sub("", text)) or self.stretches(_TAG.sub(" ", text)):
                return True
        return False

    def is_told_by(self, link: object) -> bool:
        """Whether a link of a name to a place or an actor names a part of it: what lies in a street that is withheld names the street."""
        texts = [value for field in fields(link) if isinstance(value := getattr(link, field.name), str)]  # type: ignore[arg-type]
        whole = " ".join(folded(each) for entry in self.entries for each in entry.words)
        return any(len(text) > 2 and folded(text) in whole for text in texts)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_pattern(entry.words) for entry in self.entries)


def load_redaction(file: Path) -> Redaction:
    """The list in a TOML file. Raises SettingsError if it is none."""
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
        entries = tuple(Entry(**{**each, "words": _words(each.get("words"))}) for each in given.pop("withhold", []))
        points = given.pop("points", {})
        decimals = points.pop("decimals", None)
        if given or points or not isinstance(decimals, int | None) or not all(isinstance(e.shown + e.why, str) for e in entries):
            raise SettingsError(f"{file}: it may hold [[withhold]] with words, shown and why, and [points] with decimals")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, TypeError) as error:
        raise SettingsError(f"{file} cannot be used as a list of what to withhold: {error}") from error
    if not entries and decimals is None:
        raise SettingsError(f"{file} withholds nothing")
    return Redaction(entries=entries, decimals=decimals)


def named(words: str) -> Redaction:
    """The list that holds one name. Raises SettingsError if it has no letters."""
    return Redaction(entries=(Entry(words=_words([words])),))


def masked(reading: Reading, redaction: Redaction) -> tuple[Reading, tuple[Withheld, ...]]:
    """A reading without what is to be withheld, its spans those of the masked text; and what a pack may tell of it.

    Names that are masked lose what they were linked to, and so does what was linked to them: the key of a person or place says who or
    where it is. What was read before people corrected it, and their notes, are left out.
    """
    found = redaction.stretches(reading.article.text)
    hidden = [span for span, _, _ in found]
    linked: dict[str, Any] = {
        name: tuple(each for each in getattr(reading, name) if not _touches(each, hidden) and not redaction.is_told_by(each))
        for name in ("mentions", "places", "actors", "persons")
    }
    text, shift = _replaced(reading.article.text, found)
    rest = _Mask(redaction, shift)
    article = replace(rest.of(replace(reading.article, text="")), text=text)
    if reading.article.address and redaction.is_in(reading.article.address.encode()):
        article = replace(article, address=HIDDEN_ADDRESS + reading.article.id)
    without = replace(rest.of(replace(reading, article=article, corrected=(), **linked)), article=article)
    numbers = [number for _, _, number in found] + rest.numbers
    told = (Withheld(number=at, why=entry.why, shown=entry.shown, times=numbers.count(at)) for at, entry in enumerate(redaction.entries, 1))
    points = Withheld(number=0, why="exact point", shown="", times=numbers.count(0))
    return without, tuple(each for each in (*told, points) if each.times)


class _Mask:
    """Masks what is in a record: its texts by the list, its spans by what was replaced before them."""

    def __init__(self, redaction: Redaction, shift: "list[tuple[Span, int]]") -> None:
        self.redaction = redaction
        self.shift = shift
        self.numbers: list[int] = []  # of the entries that were found in texts

    def of(self, value: Value) -> Value:
        """The value without what is withheld."""
        masked: Any = value
        if isinstance(value, Span):
            masked = Span(_moved(value.start, self.shift, ends=False), _moved(value.end, self.shift, ends=True))
        elif isinstance(value, str):
            found = self.redaction.stretches(value)
            self.numbers += [number for _, _, number in found]
            masked, _ = _replaced(value, found)
        elif type(value) is tuple:
            masked = tuple(self.of(each) for each in masked)
        elif is_dataclass(value) and not isinstance(value, type):
            changed = {field.name: self.of(getattr(value, field.name)) for field in fields(value)}
            masked = replace(value, **{name: self._coarse(name, each) for name, each in changed.items()})
        return masked  # type: ignore[no-any-return]

    def _coarse(self, name: str, value: object) -> object:
        is_coordinate = name in ("latitude", "longitude") and isinstance(value, float)
        return round(value, self.redaction.decimals) if is_coordinate and self.redaction.decimals is not None else value  # type: ignore[call-overload]


def _charsets_of(content: bytes) -> Iterable[str]:
    """The charsets in which bytes may be Arabic: UTF-8 alone where they are that, and cannot be UTF-16."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _CHARSETS
    return _CHARSETS if b"\0" in content else ("utf-8",)


def _words(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not given or not all(isinstance(each, str) and re.search(r"\w", each) for each in given):
        raise SettingsError(f"words must be a list of names or phrases, not {given!r}")
    return tuple(given)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """The words in folded text, with any blanks between them; group 1 is what is masked."""
    spellings = sorted({r"[\s_\-+]+".join(map(re.escape, folded(each).split())) for each in words}, key=len, reverse=True)
    return re.compile(rf"{_BEFORE}({'|'.join(spellings)})(?!\w)", re.IGNORECASE)


def _coarse_points(text: str, decimals: int) -> Iterator[tuple[Span, str]]:
    """Coordinates in a text, each with what is shown of it: pairs of decimal degrees, degrees with minutes."""
    for match in _POINT.finditer(text):
        for group in (1, 3):
            yield Span(*match.span(group)), f"{float(match[group]):.{decimals}f}"
    for match in _MINUTES.finditer(text):
        yield Span(*match.span()), f"{int(match[1]) + float(match[2]) / 60:.{decimals}f}°"


def _without_overlaps(found: Iterable[tuple[Span, str, int]]) -> Iterator[tuple[Span, str, int]]:
    end = 0
    for each in found:
        if each[0].start >= end:
            end = each[0].end
            yield each


def _touches(record: object, hidden: list[Span]) -> bool:
    spans = [value for field in fields(record) if isinstance(value := getattr(record, field.name), Span)]  # type: ignore[arg-type]
    return any(span.start < other.end and other.start < span.end for span in spans for other in hidden)


def _replaced(text: str, found: list[tuple[Span, str, int]]) -> tuple[str, list[tuple[Span, int]]]:
    """The text with what is shown in the place of what was found; and what was replaced, with the length of what stands there now."""
    parts, at = [], 0
    for span, shown, _ in found:
        parts += [text[at : span.start], shown]
        at = span.end
    return "".join([*parts, text[at:]]), [(span, len(shown)) for span, shown, _ in found]


def _moved(at: int, shift: list[tuple[Span, int]], *, ends: bool) -> int:
    """Where a place in the text lies after the replacements; one within what was replaced goes to its edge."""
    moved = at
    for span, length in shift:
        if span.end <= at:
            moved += length - (span.end - span.start)
        elif span.start < at:
            return moved + span.start - at + (length if ends else 0)
    return moved
