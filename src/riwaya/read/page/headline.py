"""The headline of a page without the slogan of its site, and the outlet that publishes it."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from riwaya.arabic.fold import folded
from riwaya.read.page.furniture import page_words
from riwaya.read.page.markup import Block
from riwaya.read.page.statements import Statements

_PARTS = re.compile(r"\s+(?:\|+|-+|–|—|::+|»+|«+|•|·|~|ـ)\s+|\s*\|+\s*|\s*::+\s*")
_COLON = re.compile(r"\s*:\s*")
_WORD = re.compile(r"\w+")
_MOSTLY = 0.7  # share of the words of a headline that a statement must repeat to speak of the same article
_MOST_CUTS = 8  # bars and dashes of a title that are looked at
_LONGEST_NAME = 5  # words: a longer site name is a slogan


class _SiteWords(NamedTuple):
    outlets: frozenset[str]  # words that stand in names of outlets
    sections: frozenset[str]  # words that names of sections of a site are made of


class Headline(NamedTuple):
    """Title and outlet of a page, and the number of the block that shows the title (None: no block does)."""

    title: str
    outlet: str
    block: int | None
    sure: bool  # the page shows it as its heading, or two of its statements agree on it


def headline_of(blocks: tuple[Block, ...], statements: Statements, address: str) -> Headline:
    """Title and outlet, by comparing what the page shows as its headings with what its title, og: and JSON-LD state.

    og:title and the title element carry the slogan of the site, and og: and JSON-LD may speak of the whole site: a heading that
    two of them repeat is the headline; without a heading, what two of them share; else the title without its last part.
    """
    name = _stated_outlet(statements)
    host = host_of(address)
    stated = [text for text in (statements.title, statements.meta.get("og:title"), statements.meta.get("twitter:title")) if text]
    stated += [thing.headline for thing in statements.things if thing.headline]
    shown = _heading_shown(blocks, stated, {folded(name), folded(host)})
    if shown is not None:
        title, sure = blocks[shown].text, True
    else:
        title, sure = _title_stated(blocks, statements, stated, name)
    title = without_site(title, name)
    return Headline(title, name or _outlet_in_title(statements.title, title) or host, _block_of(blocks, title, shown), sure)


def host_of(address: str) -> str:
    """The host of an address without www, "" if it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same_words(left: str, right: str) -> bool:
    """Whether most words of the first text stand in the second: both speak of the same article."""
    words = _words(left)
    return bool(words) and len(words & _words(right)) >= _MOSTLY * len(words)


def without_site(title: str, outlet: str) -> str:
    """A title without the name of its site at either end: after a bar or dash, or a colon if nothing but the name stands there."""
    names = {folded(outlet), folded(outlet).replace(" ", "")} - {""}
    for pattern in (_PARTS, _COLON):
        cuts = list(pattern.finditer(title))
        if not cuts:
            continue
        for cut in cuts:
            if _is_name(title[cut.end() :], names) or any(_is_name(part, names) for part in pattern.split(title[cut.end() :])[:1]):
                return title[: cut.start()].strip()
        if _is_name(title[: cuts[0].start()], names):
            return title[cuts[0].end() :].strip()
    return title


def _is_name(text: str, names: set[str]) -> bool:
    form = folded(text.strip())
    return form in names or form.replace(" ", "") in names


def _words(text: str) -> set[str]:
    return set(_WORD.findall(folded(text)))


def _stated_outlet(statements: Statements) -> str:
    candidates = [statements.meta.get("og:site_name", "")]
    candidates += [thing.publisher for thing in statements.things]
    candidates += [statements.meta.get("application-name", ""), statements.meta.get("apple-mobile-web-app-title", "")]
    candidates = [_PARTS.split(name)[0].strip() for name in candidates if name]
    return next((name for name in candidates if len(name.split()) <= _LONGEST_NAME), "")


def _heading_shown(blocks: tuple[Block, ...], stated: list[str], names: set[str]) -> int | None:
    """The number of the h1 (or of a heading that the statements repeat) that is the headline."""
    parts = [folded(part.strip()) for part in _PARTS.split(stated[0])] if stated else []
    site = {part for part in parts if len(part.split()) <= _LONGEST_NAME and part != max(parts, key=len)}
    best: tuple[bool, int, int, bool, int] | None = None
    found = None
    for number, block in enumerate(blocks):
        if block.tag not in ("h1", "h2", "h3") or block.reason or folded(block.text) in names:
            continue
        support = sum(same_words(block.text, text) for text in stated) if len(block.text) < 400 else 0
        if block.tag != "h1" and (support < 1 or len(_words(block.text)) < 3):
            continue
        if not support and (block.chrome or block.linked * 2 > len(block.text)):
            continue
        rank = (folded(block.text) not in site, support, len(_words(block.text)), block.tag == "h1", -number)
        if best is None or rank > best:
            best, found = rank, number
    return found


def _title_stated(blocks: tuple[Block, ...], statements: Statements, stated: list[str], outlet: str) -> tuple[str, bool]:
    """Without a heading: what the page shows as a block, else the shortest statement that another repeats, else the title's head."""
    cut = [shorter for text in stated for shorter in _cut(text)]
    candidates = [text for text in dict.fromkeys(stated + cut) if len(_words(text)) > 2 and folded(text) != folded(outlet)]
    visible = {folded(block.text) for block in blocks if len(block.text) < 400 and not block.chrome}
    agreed = [text for text in candidates if folded(text) in visible]
    if agreed:
        return max(agreed, key=len), True
    agreed = [text for text in candidates if sum(same_words(text, other) for other in stated) > 1]
    if agreed:
        return min(agreed, key=lambda text: (-sum(same_words(text, other) for other in stated), len(text))), True
    title = statements.title or next(iter(stated), "")
    cuts = list(_PARTS.finditer(title))
    if cuts and _names_a_site(title[: cuts[0].start()]) and not _names_a_site(title[cuts[-1].end() :]):
        return title[cuts[0].end() :], False
    if not cuts:
        return title, False
    last = title[cuts[-1].end() :]
    head = title[: cuts.pop().start()]
    while cuts and _names_a_section(head[cuts[-1].end() :]):
        head = head[: cuts.pop().start()]
    return (head if len(head.split()) > 2 or (head and _names_a_site(last)) else title), False


def _cut(stated: str) -> list[str]:
    """All stretches of a statement between two of its bars and dashes, or between one and an end."""
    cuts = list(_PARTS.finditer(stated))[:_MOST_CUTS]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(stated)]
    return [stated[start:end].strip() for number, start in enumerate(starts) for end in ends[number:]] if cuts else []


def _outlet_in_title(stated: str, title: str) -> str:
    """What the title element says besides the headline: the first of its parts that are short enough for a name and no section of a

    site; one that says what it is ("صحيفة ...", "... نيوز") comes first.
    """
    parts = [part.strip() for part in _PARTS.split(stated)]
    if len(parts) < 2:
        return ""
    rest = [part for part in parts if part and not same_words(part, title) and len(part.split()) <= _LONGEST_NAME]
    rest = [part for part in rest if not _names_a_section(part)]
    return next(filter(_names_a_site, rest), next(iter(rest), ""))


def _names_a_site(text: str) -> bool:
    words = folded(text).split()
    return len(words) <= _LONGEST_NAME and not _site_words().outlets.isdisjoint(words)


def _names_a_section(text: str) -> bool:
    return _site_words().sections.issuperset(folded(text).split())


@lru_cache(maxsize=1)
def _site_words() -> _SiteWords:
    table = page_words()["site"]
    return _SiteWords(outlets=frozenset(map(folded, table["outlets"])), sections=frozenset(map(folded, table["sections"])))


def _block_of(blocks: tuple[Block, ...], title: str, shown: int | None) -> int | None:
    if shown is not None:
        return shown
    form = folded(title)
    return next((number for number, block in enumerate(blocks) if len(block.text) < 400 and folded(block.text) == form and form), None)
