"""The furniture of a news page: what its markup and its words say that is no part of the article, and what it is instead."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from riwaya.arabic.fold import folded
from riwaya.read.lexicon import load_table
from riwaya.records import SetAsideReason

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BREAKS = re.compile(r"[^a-z0-9]+")
_NOT_WORD = re.compile(r"[^\w]+")
_AFTER_OPENING = re.compile(r"\s*[:：]|$")
_BARS = re.compile(r"\s*[|•·]\s*")
_SHORT_BLOCK = 4  # words that may follow an opening which has no colon: "تابعونا على تلغرام ليصلكم كل جديد"


@lru_cache(maxsize=1)
def page_words() -> dict[str, Any]:
    """The tables of lexicon/page.toml, as written there, read once."""
    return load_table("page")


class Opening(NamedTuple):
    """What a block says of itself by its first words; `bare` if it says nothing else and so is the heading of what follows."""

    reason: SetAsideReason
    bare: bool


@dataclass(frozen=True, slots=True)
class _Furniture:
    chrome: re.Pattern[str]
    beside: re.Pattern[str]
    body: re.Pattern[str]
    byline: re.Pattern[str]
    markup: tuple[tuple[SetAsideReason, re.Pattern[str]], ...]
    openings: dict[str, list[tuple[str, SetAsideReason]]]  # by first word, longest first
    sentences: tuple[str, ...]
    at_end: tuple[str, ...]
    share_words: frozenset[str]


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?:^|[- ])(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")(?=[- ]|$)")


@lru_cache(maxsize=1)
def _furniture() -> _Furniture:
    table = page_words()
    openings: dict[str, list[tuple[str, SetAsideReason]]] = {}
    for entry in table["reason"]:
        for words in map(folded, entry["openings"]):
            openings.setdefault(words.split()[0], []).append((words, entry["reason"]))
    for found in openings.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return _Furniture(
        chrome=_any_of(table["chrome"]["markup"]),
        beside=_any_of(table["beside"]["markup"]),
        body=_any_of(table["body"]["markup"]),
        byline=_any_of(table["byline"]["markup"]),
        markup=tuple((entry["reason"], _any_of(entry["markup"])) for entry in table["reason"]),
        openings=openings,
        sentences=tuple(folded(words) for entry in table["reason"] for words in entry.get("sentences", ())),
        at_end=tuple(folded(words) for entry in table["reason"] for words in entry.get("at_end", ())),
        share_words=frozenset(folded(word) for entry in table["reason"] for phrase in entry.get("only", ()) for word in phrase.split()),
    )


class MarkupSays(NamedTuple):
    """What the classes and the id of an element say of it."""

    reason: SetAsideReason | None  # why it is no part of the article
    chrome: bool  # it belongs to the site (menu, footer, login), not to the page
    beside: bool  # it stands beside the article
    body: bool  # it holds the article
    byline: bool  # it names an author


NOTHING = MarkupSays(None, chrome=False, beside=False, body=False, byline=False)


@lru_cache(maxsize=1 << 14)
def markup_says(names: str) -> MarkupSays:
    """What classes and id (as written, parted by spaces) say of an element, by the words of lexicon/page.toml."""
    words, furniture = _words_of(names), _furniture()
    return MarkupSays(
        reason=next((reason for reason, pattern in furniture.markup if pattern.search(words)), None),
        chrome=bool(furniture.chrome.search(words)),
        beside=bool(furniture.beside.search(words)),
        body=bool(furniture.body.search(words)),
        byline=bool(furniture.byline.search(words)),
    )


def _words_of(names: str) -> str:
    return " ".join(_BREAKS.sub("-", _CAMEL.sub("-", name).lower()).strip("-") for name in names.split())


def opening_of(text: str) -> Opening | None:
    """What the first words of a block say that it is: "اقرأ أيضاً" (a heading) or "اقرأ أيضاً: ..."; None if it may be article text.

    A long sentence that happens to begin with such words is article text: what follows the words must be a colon or short.
    """
    plain = folded(text.strip(' \t»«-–—|•▪◄►*:"[]()')) if len(text) < 300 else folded(text[:60])
    first = plain.split(" ", 1)[0].rstrip(":،")
    if plain.startswith(_furniture().sentences) or text.startswith("©"):
        return Opening("boilerplate", bare=False)
    for words, reason in _furniture().openings.get(first, ()):
        if not plain.startswith(words):
            continue
        rest = plain[len(words) :]
        if rest and rest[0].isalnum():
            continue
        if _AFTER_OPENING.match(rest):
            return Opening(reason, bare=not rest.strip(" :.-"))
        if len(rest.split()) <= _SHORT_BLOCK and len(text) < 100:
            return Opening(reason, bare=len(rest.split()) <= 1 and not text.rstrip().endswith("."))
    return None


def is_rule_of_site(text: str) -> bool:
    """Whether a paragraph at the end of a page tells readers of the site's rules (privacy, use, comments)."""
    form = folded(text)
    return any(words in form for words in _furniture().at_end)


def reason_of_parts(text: str) -> SetAsideReason | None:
    """The reason to set a line aside whose parts, between bars or bullets, are each an opening or a share button."""
    parts = [part for part in _BARS.split(text) if part.strip()] if len(text) < 200 else []
    if len(parts) < 2:
        return "share" if is_share_line(text) else None
    reasons = [
        (opening.reason if opening else "share" if is_share_line(part) else None) for part in parts for opening in [opening_of(part)]
    ]
    return reasons[0] if all(reasons) else None


def is_share_line(text: str) -> bool:
    """Whether a block holds nothing but names of networks and the verbs of their buttons."""
    if len(text) > 120:
        return False
    words = [word for word in _NOT_WORD.split(folded(text)) if word and not word.isdigit()]
    return bool(words) and _furniture().share_words.issuperset(words)
