"""The question language: what somebody types into the search field, as what is asked for. Any text is a question; none is an error.

    words           every word must stand in the article, in any spelling and form
    "two words"     must follow one another; « » and “ ” do as well
    -word           must not stand in it; so with every other piece
    speaker:words   the words must stand in a field: speaker, actor, target, place, outlet
    act:denied      one of a fixed vocabulary: act, kind, status, country, precision
    killed>=10      a toll that was told: killed, wounded, captured, missing, displaced, arrested; >= > = < <= and ranges 5..10
    since:2017-02   days of publication: since, until, day; written days and relative ones too (منذ:أمس)

Fields have Arabic names as well (قائل: جهة: مكان: فعل: وسيلة: منذ: ...; questions.toml). A value of several words stands in quotation
marks. Several values of one field are alternatives, different fields must all hold. What makes no sense is ignored, with the reason.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

from babel import Locale

from riwaya.arabic.calendars import day_of, month_days, span_of, year_days
from riwaya.arabic.dates import times_in
from riwaya.arabic.fold import folded
from riwaya.arabic.numbers import numbers_in
from riwaya.arabic.words import tokens_in
from riwaya.knowledge.nationalities import nationalities
from riwaya.records import Days, TollKind
from riwaya.store.terms import Words, words_in

Field = Literal[
    "words", "speaker", "actor", "target", "place", "outlet", "act", "kind", "status", "country", "precision", "since", "until", "day",
    "killed", "wounded", "captured", "missing", "displaced", "arrested",
]  # fmt: skip
WhyIgnored = Literal["no word", "everywhere", "no value", "not a choice", "not a number", "not a day"]

_TOLLS = get_args(TollKind)
_DAYS = ("since", "until", "day")
_UNSEEN = dict.fromkeys([0, 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # marks of direction
_MINUS = re.compile(r"[-−–](?=\S)")
_FIELD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)?)\s*(>=|=>|<=|=<|[:=<>≥≤])\s*")
_QUOTES = '"“”„«»'
_VALUE = re.compile(r"""["“”„«»]([^"“”„«»]*)["“”„«»]|(\S+)""")
_SAME_SIGN = {"=>": ">=", "≥": ">=", "=<": "<=", "≤": "<=", "=": ":"}
_RANGE = re.compile(r"(\d{1,12})(?:\.\.|-|–|…)(\d{1,12})")
_AGO = re.compile(r"(\d{1,4})d")
_ISO_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MOST = 10**12  # nobody tells larger tolls, and databases do not hold them


class Numbers(NamedTuple):
    """A toll that is asked for: the numbers that were told must lie in it. `most` None: open upwards."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that is asked for.

    The value follows from the field: words for words, speaker, actor, target, place and outlet; a member of its vocabulary for act, kind,
    status, precision and country (ISO 3166, two letters); numbers for a toll; days of publication for since, until and day.
    """

    written: str  # this piece of the question
    field: Field
    value: Words | str | Numbers | Days
    excluded: bool  # an article must not have it


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A piece of a question that nothing was done about, and why."""

    written: str
    why: WhyIgnored
    field: Field  # whose value it was


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a text asks for, in the order in which it was written."""

    asked: tuple[Asked, ...]
    ignored: tuple[Ignored, ...]
    is_sentence: bool = False  # it is asked in a sentence (متى ...؟): what is nearest to its words answers, not only what holds them all

    @property
    def wanted(self) -> tuple[Words, ...]:
        """The words that an article is to hold, and that are shown in it."""
        return tuple(words for words, _ in self._words())

    @property
    def words(self) -> str:
        """The same as they were written; "" where some must stand so, in quotation marks, and no likeness of meaning will do."""
        written = [each for _, each in self._words()]
        return "" if any(each[0] in _QUOTES for each in written) else " ".join(written)

    def _words(self) -> Iterator[tuple[Words, str]]:
        for each in self.asked:
            if isinstance(each.value, Words) and each.field == "words" and not each.excluded:
                yield each.value, each.written

    def without(self, left_out: Asked) -> str:
        """The question as text, with one thing taken out of it."""
        return " ".join(each.written for each in self.asked if each is not left_out)


def question_in(text: str, today: date) -> Question:
    """What a text asks for; relative days count from `today`."""
    legible = text.translate(_UNSEEN).encode("utf-8", "replace").decode()  # a lone surrogate, which no database takes, becomes "?"
    pieces = tuple(_pieces(" ".join(legible.split()), today))
    asked = [piece for piece in pieces if isinstance(piece, Asked)]
    telling = [piece for piece in asked if not _is_everywhere(piece)]
    if telling and len(telling) < len(asked):  # في, من, ما are asked for only where there is nothing else
        everywhere = [Ignored(written=piece.written, why="everywhere", field="words") for piece in asked if piece not in telling]
    else:
        telling, everywhere = asked, []
    ignored = (*everywhere, *(piece for piece in pieces if isinstance(piece, Ignored)))
    return Question(asked=tuple(telling), ignored=ignored, is_sentence=_is_sentence(pieces))


def spelled(field: str, value: str) -> str:
    """A condition as it is written in a question; a value of several words in quotation marks."""
    value = re.sub(r"[\"“”„«»\s]+", " ", value).strip()
    return f'{field}:"{value}"' if " " in value else f"{field}:{value}"


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    fields: dict[str, Field]  # by folded name
    choices: dict[str, dict[str, str]]  # of a field: its members by folded name
    days: dict[str, int]  # days before today
    everywhere: frozenset[str]
    asking: frozenset[str]


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    table = tomllib.loads(files("riwaya.store").joinpath("questions.toml").read_text(encoding="utf-8"))
    choices = {
        field: {_choice(word): member for member, words in members.items() for word in (member, *words)}
        for field, members in table["values"].items()
    }
    return _Vocabulary(
        fields={folded(name): field for field, names in table["fields"].items() for name in names},
        choices=choices | {"country": _countries()},
        days=table["days"],
        everywhere=frozenset(map(folded, table["everywhere"]["words"])),
        asking=frozenset(map(folded, table["asking"]["words"])),
    )


def _countries() -> dict[str, str]:
    """Countries by code, by name in both languages (CLDR), and by what news calls them."""
    territories = ((str(code), str(name)) for language in ("en", "ar") for code, name in Locale(language).territories.items())
    names = {word: code for code, name in territories if len(code) == len("SY") for word in (_choice(name), code.lower())}
    return nationalities().names | names


def _choice(value: str) -> str:
    """The form in which a value is looked up: air-strike and Air strike are one."""
    return " ".join(words_in(value).folded)


def _is_sentence(pieces: Sequence[Asked | Ignored]) -> bool:
    """Whether somebody asks as one asks a person: with a question mark, or a word that asks in front."""
    words = [piece.written for piece in pieces if piece.field == "words"]
    return any(word.endswith(("?", "؟")) for word in words) or bool(words and folded(words[0]) in _vocabulary().asking)


def _is_everywhere(piece: Asked) -> bool:
    return piece.field == "words" and isinstance(piece.value, Words) and set(piece.value.folded) <= _vocabulary().everywhere


def _pieces(text: str, today: date) -> Iterator[Asked | Ignored]:
    """The pieces of a question whose blanks are single."""
    at = 0
    while at < len(text):
        first, excluded = at, bool(_MINUS.match(text, at))
        at += excluded
        named = _FIELD.match(text, at)
        field = _vocabulary().fields.get(folded(named[1])) if named else None
        at = named.end() if named and field else at
        found = _VALUE.match(text, at)
        value = (found[1] or found[2] or "") if found else ""
        at = found.end() if found else len(text)
        written = text[first:at]
        sign = _SAME_SIGN.get(named[2], named[2]) if named and field else ":"
        meant = _meaning(field or "words", sign, value, today)
        if meant is None:
            yield Ignored(written=written, field=field or "words", why=_why_not(field, value))
        else:
            yield Asked(written=written, field=field or "words", value=meant, excluded=excluded)
        at += text[at : at + 1] == " "


def _why_not(field: Field | None, value: str) -> WhyIgnored:
    if field is None:
        return "no word"
    if not value.strip():
        return "no value"
    if field in _vocabulary().choices:
        return "not a choice"
    return "not a number" if field in _TOLLS else "not a day" if field in _DAYS else "no word"


def _meaning(field: Field, sign: str, value: str, today: date) -> Words | str | Numbers | Days | None:
    """What is asked of a field; None: the value makes no sense there."""
    if field in _TOLLS:
        return _numbers(sign, value)
    if field in _DAYS:
        return _days(field, sign, value, today)
    if choices := _vocabulary().choices.get(field):
        return choices.get(_choice(value))
    words = words_in(value)
    return words if words.folded else None


def _numbers(sign: str, value: str) -> Numbers | None:
    if span := _RANGE.fullmatch(folded(value).strip()):
        least, most = sorted((int(span[1]), int(span[2])))
        return Numbers(least, most)
    tokens = tokens_in(value)
    number = next(iter(numbers_in(tokens)), None)
    if number is None or (number.first, number.last) != (0, len(tokens)) or number.least > _MOST:
        return None
    ranges: dict[str, Numbers] = {
        ">=": Numbers(number.least, None),
        ">": Numbers(number.least + 1, None),
        "<=": Numbers(0, number.least),
        "<": Numbers(0, number.least - 1),
        ":": Numbers(number.least, number.most),
    }
    return ranges[sign]


def _days(field: Field, sign: str, value: str, today: date) -> Days | None:
    """Days from the named one on, up to it, or those that are named; of a wider time its first or last day bounds."""
    days = _named_days(folded(value).strip(), today)
    if days is None or (field == "day" and sign == ":"):
        return days
    opens = {"since": Days(days.first, date.max), "until": Days(date.min, days.last)}
    return opens.get(field) or {">=": Days(days.first, date.max), "<=": Days(date.min, days.last)}.get(sign)


def _named_days(value: str, today: date) -> Days | None:
    ago = _AGO.fullmatch(value)
    before = int(ago[1]) if ago else _vocabulary().days.get(value)
    if before is not None:
        return Days(today - timedelta(days=before), today - timedelta(days=before))
    if iso := _ISO_DAY.fullmatch(value):
        year, month, day = (int(part) if part else None for part in iso.groups())
        if day and month and year:
            only = day_of("gregorian", year, month, day)
            return span_of(only, only)
        if year:
            return month_days("gregorian", year, month) if month else year_days("gregorian", year)
    tokens = tokens_in(value)
    times = times_in(tokens, today)
    return times[0].days if times and (times[0].first, times[0].last) == (0, len(tokens)) else None
