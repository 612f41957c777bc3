"""When a page says that it was published: what it states in JSON-LD, meta, time elements and date lines, weighed against each other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from riwaya.arabic.datelines import date_line_in
from riwaya.arabic.fold import folded
from riwaya.read.page.furniture import page_words
from riwaya.read.page.markup import Block, Moment
from riwaya.read.page.statements import Statements
from riwaya.records import Published, TimeRule

_ISO = re.compile(
    r"\s*(\d{4})[-/](\d\d?)[-/](\d\d?)(?:(?:\s*T\s*|\s+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d(?!\d))?)?(?![\d-])",
    re.IGNORECASE,
)
_META = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "publishdate", "publish-date",
    "publish_date", "pubdate", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date",
    "article.published", "date",
)  # fmt: skip
_ADDRESS = re.compile(r"(?<!\d)(19[89]\d|20\d\d)[/-]?(0?[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01]|[1-9])(?!\d)")
_BY_THE_CLOCK_OF = re.compile(r"بتوقيت\s+(\w+(?:\s+\w+)?)")
_GMT = re.compile(r"\b(?:GMT|UTC)(?:\s*([+-])\s*(\d{1,2})(?::?(\d\d))?)?", re.IGNORECASE)
_LONGEST_DATE_LINE = 120  # letters; a longer block that names a day is a sentence
_OLDEST = date(1990, 1, 1)  # no news page is older
_LATEST = date(2099, 12, 31)  # where the time of the capture is not known: 2107 is a slip for 2017
_FARTHEST = timedelta(hours=14)  # from Greenwich, in the time zone database
_FAR = timedelta(days=1)  # zones and midnight part what is the same day


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement of the page about its time."""

    day: date
    at: datetime | None
    rule: TimeRule


def published_in(candidates: Iterable[Stated], address: str, captured_at: datetime | None) -> Published | None:
    """The publication time, by the first statement that holds; None if the page makes none (a copyright year is none).

    `candidates` come in their order of trust. One does not hold if its day lies after the capture or before 1990, if two other
    kinds of statement (or another and the day in the address) agree on another day, or if it is the day of the capture while the
    page shows an earlier one: then the server stamped the page. Without a clock time it yields to one that has it for the same day.
    A page that shows only when it was last changed was published by then: that time is given, with the rule "last change".
    """
    latest = captured_at.date() + _FAR if captured_at else _LATEST
    held = [stated for stated in candidates if _OLDEST <= stated.day <= latest]
    found = [stated for stated in held if stated.rule != "last change"] or held
    if not found:
        return None
    witness = _day_in(address)
    chosen = next((stated for stated in found if not _outvoted(stated, found, witness, captured_at)), found[0])
    if chosen.at is None:
        chosen = next((stated for stated in found if stated.at and stated.day == chosen.day), chosen)
    return Published(day=chosen.day, at=chosen.at, rule=chosen.rule)


def _outvoted(stated: Stated, found: list[Stated], witness: date | None, captured_at: datetime | None) -> bool:
    others = {other.rule: other.day for other in reversed(found) if other.rule != stated.rule}
    days = [*others.values(), *([witness] if witness else [])]
    against = [day for day in days if abs(day - stated.day) > _FAR]
    if len(against) < len(days):
        return False  # somebody agrees
    if len(against) > 1 and max(against) - min(against) <= _FAR:
        return True
    of_serving = captured_at is not None and abs(stated.day - captured_at.date()) <= _FAR
    return of_serving and any(day < stated.day - _FAR for day in against)


def in_json_ld(statements: Statements, title: str, is_same: Iterable[bool]) -> list[Stated]:
    """What JSON-LD states of this article; `is_same` tells of each thing whether its headline is that of the page (`title`)."""
    trusted = [
        _stated(thing.published, "json-ld")
        for thing, same in zip(statements.things, is_same, strict=True)
        if thing.published and (same or not thing.headline or not title)
    ]
    return [stated for stated in trusted if stated]


def in_meta(statements: Statements) -> list[Stated]:
    """What meta elements state, the most telling name first."""
    found = [_stated(statements.meta[name], "meta") for name in _META if name in statements.meta]
    return [stated for stated in found if stated]


def in_moments(moments: Iterable[Moment], blocks: tuple[Block, ...]) -> list[Stated]:
    """What time elements state, in machine form or in words; the line around one may say that it is the time of the last change."""
    found = []
    for moment in moments:
        around = blocks[moment.block].text if moment.block < len(blocks) else ""
        of_change = len(around) <= _LONGEST_DATE_LINE and is_about_change(around)
        rule: TimeRule = "last change" if of_change else "time element"
        stated = _stated(moment.stated, rule) or date_line(moment.words, rule)
        if stated:
            found.append(stated)
    return found


def date_line(text: str, rule: TimeRule = "date line") -> Stated | None:
    """The day, and the clock time with its zone if it names one, of a line that gives an absolute date in Arabic words or digits."""
    if not text or len(text) > _LONGEST_DATE_LINE:
        return None
    machine = _ISO.search(text)
    stated = _of_match(machine, text, rule) if machine else None
    if stated and stated.at and stated.at.tzinfo:
        return stated
    found = date_line_in(text)  # knows "08:15 م"
    if found is None or (stated and (found[0] != stated.day or found[1] is None)):
        return stated
    day, clock = found
    at = datetime.combine(day, clock) if clock else None
    return Stated(day, _zoned(at, text) if at else None, rule)


def is_about_change(text: str) -> bool:
    """Whether a date line tells of the last change and not of publication."""
    form = folded(text)
    table = page_words()["time"]
    return any(folded(words) in form for words in table["changed"]) and not any(folded(words) in form for words in table["published"])


def date_lines(blocks: tuple[Block, ...], numbers: Iterable[int], title: int) -> list[Stated]:
    """The date lines among the blocks with these numbers that are no furniture.

    Those of change say so by their rule. What follows the headline (block `title`) comes before what stands above it: above it many
    sites print the day on which the page is served.
    """
    found = []
    for number in numbers:
        block = blocks[number]
        if block.chrome or block.reason in ("related", "comments", "embedded post", "caption") or not any(map(str.isdigit, block.text)):
            continue
        stated = date_line(block.text, "last change" if is_about_change(block.text) else "date line")
        if stated and len(block.text.split()) <= _words_of_date_line(block.text):
            found.append((number < title, stated))
    return [stated for _, stated in sorted(found, key=lambda entry: entry[0])]


def _words_of_date_line(text: str) -> int:
    """How many words a block may have and still be a date line: a sentence ends in a stop, a date line as a rule does not."""
    return 8 if text.endswith((".", "؟", "!")) else 18


def _stated(text: str, rule: TimeRule) -> Stated | None:
    if not text:
        return None
    match = _ISO.match(text)
    if match:
        return _of_match(match, text, rule)
    try:
        at = parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return date_line(text, rule)
    return Stated(at.date(), at, rule)


def _of_match(match: re.Match[str], text: str, rule: TimeRule) -> Stated | None:
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return None
    try:
        at = datetime.combine(on, time(int(hour), int(minute), int(second or 0))) if hour else None
    except ValueError:
        at = None  # 25:00 is no time, and the day is one all the same
    if at:
        at = at.replace(tzinfo=_offset(zone)) if zone else _zoned(at, text)
    return Stated(on, at, rule)


def _offset(zone: str) -> timezone | None:
    """The zone "Z", "+03:00" or "-0330"; None if there is none so far from Greenwich."""
    if zone[0] not in "+-":
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[-2:]) if len(zone) > 3 else 0
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > _FARTHEST or minutes > 59:
        return None
    return timezone(-offset if zone[0] == "-" else offset)


def _zoned(at: datetime, text: str) -> datetime:
    """The time with the zone that the line names ("بتوقيت دمشق", "GMT+3"), as an offset; unchanged if it names none."""
    gmt = _GMT.search(text)
    if gmt:
        offset = timedelta(hours=int(gmt.group(2) or 0), minutes=int(gmt.group(3) or 0))
        return at.replace(tzinfo=timezone(-offset if gmt.group(1) == "-" else offset)) if offset <= _FARTHEST else at
    named = _BY_THE_CLOCK_OF.search(text)
    if named:
        words = folded(named.group(1))
        zone = _zones().get(words) or _zones().get(words.split()[0])
        try:
            there = at.replace(tzinfo=ZoneInfo(zone)).utcoffset() if zone else None
        except ZoneInfoNotFoundError:
            there = None
        if there is not None:
            return at.replace(tzinfo=timezone(there))
    return at


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {folded(words): zone for words, zone in page_words()["time"]["zone"].items()}


def _day_in(address: str) -> date | None:
    match = _ADDRESS.search(address)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
