"""What the pages say in each language: texts, plural forms, numbers and days."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, Protocol

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from hijridate import Gregorian

from riwaya.knowledge.places import Gazetteer, Place
from riwaya.records import Days, Published, Toll

Language = Literal["ar", "en"]
WEAK = 0.5  # of an event's confidence: below it events are wrong more often than right (docs/accuracy.md)


class Named(Protocol):
    """What has a name in both languages; "" where it has none."""

    @property
    def name_ar(self) -> str: ...
    @property
    def name_en(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language with CLDR's numbers, plurals and days; `t` in the templates, its plain texts `s`."""

    language: Language
    texts: dict[str, Any]
    locale: Locale

    def label(self, vocabulary: str, word: str) -> str:
        """The visible word for one member of a fixed vocabulary, as `label("acts", "deny")`."""
        label: str = self.texts[vocabulary][word]
        return label

    def count(self, what: str, number: int) -> str:
        """A number with its noun in the right form: 3 -> «3 أقوال», 11 -> «11 قولًا», 2 -> «قولان»."""
        forms = self.texts["plural"][what]
        category = self.locale.plural_form(number)
        form: str = forms.get(category, forms["other"])
        return form.replace("{n}", self.number(number))

    def number(self, number: int) -> str:
        """A number in the digits and grouping of the language; European digits in both."""
        return _number(self.locale, number)

    def day(self, day: date) -> str:
        """A day in words: 21 شباط 2017."""
        return _day(self.locale, day)

    def today(self, day: date) -> str:
        """A day with its weekday, and the day of the Islamic calendar it falls on: الجمعة 24 شباط 2017، 27 جمادى الأولى 1438."""
        hijri = Gregorian.fromdate(day).to_hijri()
        weekday = format_date(day, "EEEE", locale=self.locale)
        return f"{weekday} {self.day(day)}{self.texts['comma']} {hijri.day} {hijri.month_name(self.language)} {hijri.year}"

    def country(self, code: str) -> str:
        """A country's name by its ISO 3166 letters: as the gazetteer has it, which is how it is spoken of («السعودية»), else CLDR's."""
        place = _country(code.lower())
        return (self.name(place) if place else "") or str(self.locale.territories.get(code.upper(), code))

    def name(self, named: Named) -> str:
        """What an actor or a place is called in this language; in the other where it has no name in this one."""
        return (named.name_ar or named.name_en) if self.language == "ar" else (named.name_en or named.name_ar)

    def month(self, day: date) -> str:
        """A month in words: شباط 2017."""
        return _european(format_date(day, "MMMM y", locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """A clock time: 14:05."""
        return _european(format_time(moment, "HH:mm", locale=self.locale))

    def days(self, days: Days) -> str:
        """One day, or a range in words: a dash between digits would flip in right-to-left text."""
        if days.first == days.last:
            return self.day(days.first)
        return f"{self.texts['from']} {self.day(days.first)} {self.texts['to']} {self.day(days.last)}"

    def published(self, published: Published) -> str:
        """When an article was published, or last changed if it says only that, with the clock time where there is one."""
        day = self.day(published.day)
        if published.rule == "last change":
            day = f"{self.texts['last_change']} {day}"
        return f"{day}{self.texts['comma']} {self.moment(published.at)}" if published.at else day

    def toll(self, toll: Toll) -> str:
        """How many, in words where a sign would flip or mislead: a number, a range, "or more", or that no number is given."""
        if toll.most == toll.least:
            return self.number(toll.least)
        if toll.most is not None:
            return f"{self.texts['from']} {self.number(toll.least)} {self.texts['to']} {self.number(toll.most)}"
        return self.texts["no_number"] if toll.least <= 1 else f"{self.number(toll.least)} {self.texts['or_more']}"

    def letter(self, number: int) -> str:
        """The letter that an event bears beside the numbers of claims: أ ب ج ... in abjad order, A B C ... in English."""
        letters = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ" if self.language == "ar" else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return letters[number - 1] if number <= len(letters) else self.number(number)


@cache
def wording(language: Language, *pages: str) -> Wording:
    """The wording of a language: "ar" or "en". It has the texts of `web/texts.toml`, and those of each page (`web/texts/PAGE.toml`)."""
    web = files("riwaya.web")
    texts: dict[str, Any] = {}
    for catalogue in (web / "texts.toml", *(web / "texts" / f"{page}.toml" for page in pages)):
        texts = _with(texts, tomllib.loads(catalogue.read_text(encoding="utf-8"))[language])
    return Wording(language=language, texts=texts, locale=Locale.parse(texts["locale"]))


def _with(texts: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    tables = {key: _with(texts[key], table) for key, table in more.items() if isinstance(texts.get(key), dict)}
    return {**texts, **more, **tables}


@lru_cache(maxsize=1 << 14)  # a page has hundreds of numbers and days, and most are on every page
def _number(locale: Locale, number: int) -> str:
    return str(format_decimal(number, locale=locale, numbering_system="latn"))


@lru_cache(maxsize=1 << 12)
def _day(locale: Locale, day: date) -> str:
    return _european(format_date(day, "d MMMM y", locale=locale))


def _european(text: str) -> str:
    return text.translate({ord("٠") + n: str(n) for n in range(10)})


@cache
def _country(code: str) -> Place | None:
    with Gazetteer.open() as gazetteer:
        return gazetteer.place(code) if code else None
