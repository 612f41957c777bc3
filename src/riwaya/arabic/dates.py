"""Time expressions in Arabic text, as ranges of days relative to the publication.

An expression is the whole of its words: part of the day, "يوم", weekday, date and what else names the same day ("صباح أمس (الأحد)").
A bare weekday is the latest one up to the day of publication. Beside أمس or اليوم it wins over them and says which day the text calls
today, because pages are dated by the day they were collected: from it the whole text is read.
"منذ" and "قبل" with a count name the time when it began; with a date they stand outside the expression.
Numbers that Arabic leaves open ("قبل أيام") give an expression without days.
"""

from datetime import date
from typing import Literal, NamedTuple

from riwaya.arabic.calendars import (
    Direction,
    Unit,
    months_days,
    portion,
    shifted,
    span_of,
    unit_around,
    weekday_from,
    weekday_near,
    year_days,
)
from riwaya.arabic.lags import MOST_UNITS, UNITS, counted_unit_at
from riwaya.arabic.numbers import cardinal_at
from riwaya.arabic.timewords import Match, time_words
from riwaya.arabic.words import Tokens
from riwaya.arabic.written_dates import day_number_at, written_date_at, year_number_at
from riwaya.records import Days

_OPENING = frozenset("(«“\"'[")
_CLOSING = frozenset(")»”\"']")
_DASHES = frozenset("-–—/")
_SAME_DAY = ("الموافق", "موافق", "المصادف", "الموافقه")
_OFFSETS = {"before_last": -2, "last": -1, "this": 0, "next": 1}
_BARE_YEAR_AFTER = frozenset(("في", "منذ", "حتي", "خلال", "وفي", "ومنذ", "بعد", "قبل"))
_LATEST = 3  # days from a text to its page; farther off, the weekday is taken for a slip of the pen


class TimeExpression(NamedTuple):
    """A time expression: tokens `first` up to, not including, `last`; its days, None if it names none or publication is not known.

    `turns` is the unit after which its name comes again, where nothing in it says which one is meant: the week of a bare weekday, the
    year of a date without one. A happening's tense may decide for another than the nearest.
    """

    first: int
    last: int
    days: Days | None
    turns: Literal["week", "year"] | None = None


class _Core(NamedTuple):
    """One naming of a time inside an expression; the one of the highest rank decides the days."""

    last: int
    days: Days | None
    rank: int
    weekday: int | None = None
    turns: Literal["week", "year"] | None = None


_RELATIVE, _WEEKDAY, _HIJRI, _GREGORIAN = 1, 2, 3, 4


def times_in(tokens: Tokens, published: date | None) -> list[TimeExpression]:
    """The time expressions of a text in order, without overlap; `published` is the day that relative ones count from."""
    reader = _Reader(tokens, published)
    found = reader.expressions()
    return found if reader.today == published else _Reader(tokens, reader.today).expressions()


class _Reader:
    """Reads the expression that begins at a token."""

    def __init__(self, tokens: Tokens, published: date | None) -> None:
        self.tokens, self.published, self.words = tokens, published, time_words()
        self.forms = tokens.folded
        self.today = published  # the day that the text calls today

    def expressions(self) -> list[TimeExpression]:
        found: list[TimeExpression] = []
        after = 0
        for at, form in enumerate(self.forms):
            if at < after or not (form in self.words.starts or "0" <= form[-1] <= "9"):
                continue
            expression = self.expression_at(at)
            if expression is not None:
                found.append(expression)
                after = expression.last
        return found

    def expression_at(self, first: int) -> TimeExpression | None:
        at = self._lead(first)
        core = self._core_at(at)
        if core is None or not self._in_one_sentence(first, core.last):
            return None
        best = core
        while following := self._same_time(core):
            best = _chosen(best, following)
            core = following
        last = core.last
        adverb = self.words.match("adverb", self.tokens, last) if core.rank in (_RELATIVE, _WEEKDAY) else None
        if adverb and self._in_one_sentence(first, adverb.last):
            last = adverb.last
        return TimeExpression(first, last, best.days, best.turns if best is core else None)

    def _in_one_sentence(self, first: int, last: int) -> bool:
        return self.tokens.sentence_of[first] == self.tokens.sentence_of[last - 1]

    def _form(self, at: int) -> str:
        return self.forms[at] if at < len(self.forms) else ""

    def _lead(self, at: int) -> int:
        """Past the words in front of a day: "في ساعة متأخرة من مساء يوم"."""
        for kind in ("opener", "part", "day"):
            found = self.words.match(kind, self.tokens, at)
            if found:
                at = found.last
                if self._form(at) == "من" and kind != "day":
                    at += 1
        return at

    def _same_time(self, core: _Core) -> _Core | None:
        """Another naming of the same day right behind: "أمس (الأحد)", "الأحد 12 شباط", "10 شوال الموافق 26 يوليو"."""
        if not core.rank:
            return None
        at, joined = self._joint(core.last)
        following = self._core_at(at)
        if following is None or not self._names_the_same(core, following, joined) or self.forms[at][0] == "و":
            return None
        if not self._in_one_sentence(core.last - 1, following.last):
            return None
        last = following.last
        if self._form(at - 1) in _OPENING and self._form(last) in _CLOSING and self._in_one_sentence(at, last + 1):
            last += 1
        if core.rank == _RELATIVE and following.weekday is not None and core.days:
            only = weekday_near(core.days.first, following.weekday)
            if only and self.published and self.today == self.published and (core.days.first - only).days <= _LATEST:
                self.today = shifted(self.published, (only - core.days.first).days)
            return _Core(last, span_of(only, only), _WEEKDAY, following.weekday)
        return following._replace(last=last)

    def _joint(self, at: int) -> tuple[int, str]:
        """Past what may stand between two namings of a day, and the mark or word that joins them."""
        while self._form(at) in _CLOSING:
            at += 1
        joined = self._form(at)
        if joined in _SAME_DAY:
            at += 2 if self._form(at + 1) in ("ل", ":") else 1
        elif joined == "،":
            at += 1
        while self._form(at) in _OPENING:
            at += 1
        day = self.words.match("day", self.tokens, at) if joined in _SAME_DAY else None
        return (day.last if day else at), joined

    @staticmethod
    def _names_the_same(core: _Core, following: _Core, joined: str) -> bool:
        if not following.rank or following.rank == core.rank:
            return False
        if joined == "،" and following.rank < core.rank:
            return False
        return core.rank < _HIJRI or following.rank >= _HIJRI

    def _core_at(self, at: int) -> _Core | None:
        if at >= len(self.forms):
            return None
        return (
            self._relative_at(at)
            or self._weekday_at(at)
            or self._written_at(at)
            or self._ago_at(at)
            or self._edge_at(at)
            or self._unit_at(at)
            or self._counted_at(at)
            or self._year_at(at)
        )

    def _relative_at(self, at: int) -> _Core | None:
        found = self.words.match("relative", self.tokens, at)
        if found is None:
            return None
        if found.last == at + 1 and found.value == "0" and not self._is_today(at):
            return None
        only = shifted(self.published, int(found.value)) if self.published else None
        return _Core(found.last, span_of(only, only), _RELATIVE)

    def _is_today(self, at: int) -> bool:
        before, after = self._form(at - 1) if at else "", self._form(at + 1)
        if after in self.words.sets["after_today"] or any(self.words.match(kind, self.tokens, at + 1) for kind in ("direction", "ordinal")):
            return False
        return before not in self.words.sets["before_today"] and not (before in _OPENING and after in _CLOSING)

    def _weekday_at(self, at: int) -> _Core | None:
        found = self.words.match("weekday", self.tokens, at)
        if found is None or (at and self.forms[at - 1] in self.words.sets["before_day"]):
            return None
        weekday, last = int(found.value), found.last
        second = self.words.match("weekday", self.tokens, last + (self._form(last) in _DASHES))
        direction = self.words.match("direction", self.tokens, last)
        if direction and direction.value in ("last", "next"):
            last = direction.last
        toward: Direction | None = (
            "next" if direction and direction.value == "next" else "last" if direction and direction.value == "last" else None
        )
        first = weekday_from(self.published, weekday, toward) if self.published else None
        if second and int(second.value) == (weekday + 1) % 7 and self.forms[second.last - 1][0] != "و":
            if first and self.published and first == self.published:
                first = shifted(first, -7)
            return _Core(second.last, span_of(first, shifted(first, 1) if first else None), _WEEKDAY)
        return _Core(last, span_of(first, first), _WEEKDAY, weekday, None if toward else "week")

    def _written_at(self, at: int) -> _Core | None:
        found = written_date_at(self.tokens, at, self.published)
        if found is None or (not found.has_year and self._names_something(at)):
            return None
        rank = (_HIJRI if found.calendar == "hijri" else _GREGORIAN) if found.has_day else 0
        return _Core(found.last, found.days, rank, turns="year" if found.turns else None)

    def _names_something(self, at: int) -> bool:
        """Whether a date is (the month of) a name: "شارع 15 | مايو", "مدينة السادس من | أكتوبر"."""
        before = at - 1
        while before > 0 and (self._form(before) == "من" or day_number_at(self.tokens, before)):
            before -= 1
        return before >= 0 and self.forms[before] in self.words.sets["before_date"]

    def _ago_at(self, at: int) -> _Core | None:
        """ "قبل ثلاثة أيام", "منذ أسبوعين": the day, week, month or year that lies so far back."""
        ago = self.words.match("ago", self.tokens, at)
        if ago is None:
            return None
        counted = counted_unit_at(self.tokens, ago.last)
        if counted is None:
            return None
        last, count, unit = counted
        if count == 1 and (self._form(last) in ("واحد", "واحده")):
            last += 1
        if self._form(last) == "من" or year_number_at(self.tokens, last)[0] or self._core_follows(last):
            return None
        if count is None or self.published is None:
            return _Core(last, None, 0)
        return _Core(last, unit_around(self.published, unit, -count), 0)

    def _core_follows(self, at: int) -> bool:
        return bool(
            self.words.match("weekday", self.tokens, at)
            or self.words.match("month", self.tokens, at)
            or self.words.match("hijri", self.tokens, at)
        )

    def _edge_at(self, at: int) -> _Core | None:
        """ "مطلع الشهر الحالي", "أواخر نيسان", "النصف الأول من العام الجاري"."""
        edge = self.words.match("edge", self.tokens, at)
        half = None if edge else self.words.match("half", self.tokens, at)
        if half:
            which = self.words.match("ordinal", self.tokens, half.last)
            if which is None or int(which.value) > int(half.value):
                return None
            number, of, place = int(which.value), int(half.value), which.last + (self._form(which.last) in ("من", "ل"))
        elif edge:
            number, of, place = int(edge.value), 3, edge.last + (self._form(edge.last) == "من")
        else:
            return None
        whole = self._written_at(place) or self._unit_at(place)
        if whole is None:
            year, last = year_number_at(self.tokens, place)
            whole = _Core(last, year_days("gregorian", year), 0) if year else self._running_unit(place)
        if whole is None or whole.rank:
            return None
        return whole._replace(days=portion(whole.days, number, of) if whole.days else None)

    def _running_unit(self, at: int) -> _Core | None:
        """ "مطلع الشهر": a unit of which nothing is said is the running one."""
        kind, unit = self.words.definite_units.get(self._form(at), ("", ""))
        if kind != "one" or unit not in ("week", "month", "year"):
            return None
        return _Core(at + 1, unit_around(self.published, UNITS[unit], 0) if self.published else None, 0)

    def _unit_at(self, at: int) -> _Core | None:
        """ "الأسبوع الماضي", "هذا العام", "عام 2011", "صيف 2014", "الأيام الثلاثة الماضية"."""
        this = self.words.match("this", self.tokens, at)
        place = this.last if this else at
        definite = self.words.definite_units.get(self._form(place))
        season = self.words.match("season", self.tokens, place)
        if season:
            return self._season_from(season, this)
        if definite and definite[0] == "one":
            return self._named_unit(place + 1, UNITS[definite[1]], this is not None)
        if self.words.match("one", self.tokens, at):
            year = self.words.match("one", self.tokens, at)
            return self._year_from(year.last) if year and year.value == "year" else None
        years = self.words.match("years", self.tokens, at)
        if years and year_number_at(self.tokens, years.last)[0]:
            return self._year_from(years.last)
        return self._last_units(place)

    def _named_unit(self, at: int, unit: Unit, this: bool) -> _Core | None:
        direction = self.words.match("direction", self.tokens, at)
        if direction:
            if unit == "hour" or (unit == "day" and direction.value != "this"):
                return None
            return _Core(direction.last, unit_around(self.published, unit, _OFFSETS[direction.value]) if self.published else None, 0)
        if unit == "year" and (year := self._year_from(at)):
            return year
        if this and unit != "hour":
            return _Core(at, unit_around(self.published, unit, 0) if self.published else None, 0)
        return None

    def _season_from(self, season: Match, this: Match | None) -> _Core | None:
        place = season.last + (self._form(season.last) in ("عام", "العام", "سنه", "من"))
        year, last = year_number_at(self.tokens, place)
        month = int(season.value)
        if year:
            return _Core(last, months_days(year, month, month + 2), 0)
        direction = self.words.match("direction", self.tokens, season.last)
        if not (direction or this):
            return None
        last = direction.last if direction else season.last
        toward = direction.value if direction else "this"
        if self.published is None:
            return _Core(last, None, 0)
        years = range(self.published.year - 2, self.published.year + 3)
        seasons = [days for year in years if (days := months_days(year, month, month + 2))]
        if toward == "last":
            seasons = [days for days in seasons if days.last < self.published][-1:]
        elif toward == "next":
            seasons = [days for days in seasons if days.first > self.published][:1]
        else:
            seasons = [days for days in seasons if days.last >= self.published][:1]
        return _Core(last, seasons[0] if seasons else None, 0)

    def _last_units(self, at: int) -> _Core | None:
        """ "اليومين الماضيين", "الأيام الثلاثة الماضية", "الساعات الـ24 المقبلة"."""
        kind, unit = self.words.definite_units.get(self._form(at), ("", ""))
        if kind not in ("two", "many"):
            return None
        count, place = (2 if kind == "two" else None), at + 1
        if kind == "many" and (number := cardinal_at(self.tokens, place)):
            count, place = number.value, number.last
        return self._toward(place, count, UNITS[unit])

    def _counted_at(self, at: int) -> _Core | None:
        """ "الـ24 ساعة الماضية", "الأربع والعشرين ساعة المقبلة"."""
        if not ("0" <= self.forms[at][-1] <= "9" or self.forms[at].startswith("ال")):
            return None
        counted = counted_unit_at(self.tokens, at)
        return self._toward(counted[0], counted[1], counted[2]) if counted and counted[1] else None

    def _toward(self, at: int, count: int | None, unit: Unit) -> _Core | None:
        """So many units up to the publication, or from it on."""
        direction = self.words.match("direction", self.tokens, at)
        if direction is None or direction.value not in ("last", "next"):
            return None
        if count is None or self.published is None or count > MOST_UNITS:
            return _Core(direction.last, None, 0)
        if unit == "hour":
            count, unit = -(-count // 24), "day"
        if direction.value == "last":
            far = unit_around(self.published, unit, -count)
            return _Core(direction.last, span_of(far.first, self.published) if far else None, 0)
        far = unit_around(self.published, unit, count)
        return _Core(direction.last, span_of(self.published, far.last) if far else None, 0)

    def _year_from(self, at: int) -> _Core | None:
        """A year or several, behind عام: "2011", "2012 و2013", "2011-2014"."""
        year, last = year_number_at(self.tokens, at)
        if year is None:
            return None
        first = last_year = year_days("hijri" if year < 1500 else "gregorian", year)
        place = last + (self._form(last) in ("-", "–", "و", "الي", "حتي"))
        second = self._form(place).removeprefix("و")
        if (place > last or self._form(place).startswith("و")) and len(second) == 4 and second.isdecimal() and second.isascii():
            later = year_days("hijri" if int(second) < 1500 else "gregorian", int(second))
            if first and later and int(second) > year:
                last, last_year = place + 1, later
        return _Core(last, span_of(first.first, last_year.last) if first and last_year else None, 0)

    def _year_at(self, at: int) -> _Core | None:
        """A bare year: behind a preposition ("منذ 2011"), alone in brackets, or with its sign ("2003م")."""
        year, last = year_number_at(self.tokens, at)
        if year is None:
            return None
        before = self.forms[at - 1] if at else ""
        if last > at + 1 or (before in _OPENING and self._form(last) in _CLOSING):
            return self._year_from(at)
        return self._year_from(at) if before in _BARE_YEAR_AFTER and self._form(last) not in ("%", "٪") else None


def _chosen(best: _Core, following: _Core) -> _Core:
    if following.days is None or (best.days is not None and following.rank < best.rank):
        return best
    return following
