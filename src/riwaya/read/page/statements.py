"""What a page states about itself in its head: title, meta elements and JSON-LD, some of it right and some of the whole site."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lxml import etree

from riwaya.read.page.encoding import shown

_ARTICLE_KINDS = frozenset(
    ["NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "AnalysisNewsArticle", "BackgroundNewsArticle",
     "OpinionNewsArticle", "SocialMediaPosting", "Report"]
)  # fmt: skip
_PAGE_KINDS = frozenset(["WebPage", "ItemPage"])
_LONGEST = 5000  # letters of a title or a meta element; a post, the longest of them, has at most 4,096
_DEEPEST = 6  # levels of JSON-LD that are looked into


@dataclass(frozen=True, slots=True)
class Thing:
    """One JSON-LD object that speaks of the article or of its page; "" for what it does not state."""

    is_article: bool  # False: a WebPage
    headline: str
    published: str
    authors: tuple[str, ...]
    publisher: str
    address: str


@dataclass(frozen=True, slots=True)
class Statements:
    """What the head of a page states, cleaned of what cannot enter a record."""

    title: str  # the title element
    meta: dict[str, str]  # by lower-case name, property or itemprop; the first of each
    things: tuple[Thing, ...]  # articles before pages
    illustration: bool  # the page says that it is an invented sample


def statements_of(root: etree._Element) -> Statements:
    """Read title, meta and JSON-LD of a page; what is broken in them is as if it were not there."""
    title = next(("".join(element.itertext())[:_LONGEST] for element in root.iter("title")), "")
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            meta.setdefault(name.strip().lower(), _line(content[:_LONGEST]))
    things: list[Thing] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            things.extend(_things_in(script.text or ""))
    things.sort(key=lambda thing: not thing.is_article)
    return Statements(_line(title), meta, tuple(things), illustration=meta.get("riwaya:illustration") == "true")


def _things_in(text: str) -> Iterator[Thing]:
    try:
        found = json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    level = [found]
    for _ in range(_DEEPEST):
        below: list[object] = []
        for value in level:
            if isinstance(value, list):
                below.extend(value)
            elif isinstance(value, dict):
                kinds = set(_names(value.get("@type")))
                if kinds & _ARTICLE_KINDS or kinds & _PAGE_KINDS:
                    yield _thing(value, is_article=bool(kinds & _ARTICLE_KINDS))
                below.extend(value[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in value)
        level = below


def _thing(value: dict[str, object], *, is_article: bool) -> Thing:
    return Thing(
        is_article=is_article,
        headline=_first(value.get("headline")) or (_first(value.get("name")) if is_article else ""),
        published=_first(value.get("datePublished")),
        authors=tuple(name for name in _names(value.get("author")) if "://" not in name),
        publisher=_first(value.get("publisher")),
        address=_first(value.get("url")) or _address_of(value.get("mainEntityOfPage")),
    )


def _address_of(value: object) -> str:
    return _first(value.get("@id") or value.get("url") if isinstance(value, dict) else value)


def _first(value: object) -> str:
    return next(iter(_names(value)), "")


def _names(value: object) -> list[str]:
    """The strings that a JSON-LD value states: of itself, of the name of an object, or of each in a list of them."""
    if isinstance(value, str):
        return [_line(value)] if value.strip() else []
    if isinstance(value, dict):
        name = value.get("name")
        return [_line(name)] if isinstance(name, str) and name.strip() else []
    if isinstance(value, list):
        return [name for entry in value[:20] if not isinstance(entry, list) for name in _names(entry)]
    return []


def _line(text: str) -> str:
    """One line; character references are undone once more, because JSON-LD and meta often carry them escaped twice."""
    return " ".join(shown(unescape(text)).split()) if "&" in text else " ".join(shown(text).split())
