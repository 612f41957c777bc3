"""From the bytes of a page to its articles: title, outlet, byline, dateline, time, paragraphs, and what was set aside."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from riwaya.arabic.fold import folded
from riwaya.read.page.addresses import address_stated, is_web_address
from riwaya.read.page.body import Body, body_of, is_finished, why_a_list
from riwaya.read.page.dateline import Dateline, byline_in, clean_byline, dateline_at, is_name
from riwaya.read.page.encoding import Decoded, decoded
from riwaya.read.page.furniture import page_words
from riwaya.read.page.headline import Headline, headline_of, same_words, without_site
from riwaya.read.page.json_articles import articles_in_json
from riwaya.read.page.language import why_not_arabic
from riwaya.read.page.layouts import Layouts, layout_of, layouts_at, marks_on
from riwaya.read.page.markup import Block, Outline, outline_of, tree_of
from riwaya.read.page.origin import Origin
from riwaya.read.page.plain import plain_article
from riwaya.read.page.statements import Statements, statements_of
from riwaya.read.page.telegram import is_telegram, posts_in
from riwaya.read.page.times import Stated, date_line, date_lines, in_json_ld, in_meta, in_moments, published_in
from riwaya.records import Article, Failure, Layout, SetAside, SetAsideReason

NO_LAYOUTS: Layouts = {}
LARGEST_PAGE_BYTES = 5_000_000  # the largest news page seen has 0.5 MB
_LEAST_LETTERS = 25  # of an article: the shortest one-line bulletin
_WALL_LETTERS = 400  # a shorter page that asks for an account is a wall
_HEAD_BLOCKS = 12  # between headline and body where lines of who, where and when are looked for
_BYLINE_WORDS = 8
_LONG = 40  # letters from which a block at the head is text
_MAGIC = (
    (b"%PDF", "a PDF document"), (b"\x89PNG", "a PNG image"), (b"GIF8", "a GIF image"), (b"\xff\xd8\xff", "a JPEG image"),
    (b"RIFF", "a WebP image or sound"), (b"\x00\x00\x01\x00", "an icon"), (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"), (b"Rar!", "a rar archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"BZh", "a bzip2 archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"), (b"ID3", "a sound"), (b"OggS", "a sound or film"),
)  # fmt: skip
_FILM = re.compile(rb"^.{4}ftyp", re.DOTALL)
_TAG = re.compile(
    r"<(?:!--|(?:!doctype|html|head|body|div|p|br|table|article|meta|title|h[1-6]|span|a|script|main|section|ul|b|i|center|font)\b)",
    re.IGNORECASE,
)
_FEED = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(rss|feed|urlset|sitemapindex|rdf:RDF|svg)\b", re.DOTALL)


def articles_in(
    payload: bytes,
    *,
    address: str,
    media_type: str = "",
    capture_id: str | None = None,
    captured_at: datetime | None = None,
    layouts: Layouts = NO_LAYOUTS,
) -> tuple[Article, ...] | Failure:
    """Read the articles of one page: one as a rule, one for each post of a saved Telegram page or of an export.

    `payload` are the bytes as served, `address` its URL or file: address, `media_type` what the header declared; `layouts` those of
    outlets, of which the one is used that held when the article was published, or captured where it does not say when that was.
    A Failure says in one sentence why there is no article: empty, too large, not a page, too deep, no article, not arabic. Never raises
    on any bytes.
    """
    origin = Origin(address=address, capture_id=capture_id, captured_at=captured_at)
    refused = _why_no_page(payload, origin)
    if refused:
        return refused
    page = decoded(payload, media_type)
    if not page.text.strip():
        return origin.failure("empty", "The page holds nothing but white space.")
    what = _other_format(page.text)
    given = articles_in_json(page.text, origin) if what == "JSON" else None
    if given is not None:
        return _if_arabic(given, origin) if given else origin.failure("no article", "The export holds no post with text.")
    if what:
        return origin.failure("not a page", f"The file holds {what}, not a page.")
    if media_type.lower().startswith("text/plain") or address.lower().endswith(".txt") or not _TAG.search(page.text):
        article = plain_article(page, origin)
        return _if_arabic((article,), origin) if article else origin.failure("no article", "The text holds no sentence.")
    root = tree_of(page.text)
    if root is None:
        return origin.failure("too deep", "The markup nests elements more than 2,000 deep, or gives one thousands of attributes.")
    statements = statements_of(root)
    if not is_web_address(address):
        origin = replace(origin, stated=address_stated(root, statements, page.text))
    if is_telegram(page.text, origin.web_address):
        posts = posts_in(root, statements, origin)
        return _if_arabic(posts, origin) if posts else origin.failure("no article", "The Telegram page shows no post with text.")
    found = _article(root, statements, origin, page)
    known = layouts_at(layouts, origin.web_address)
    if known:
        said = found.published if isinstance(found, Article) else None
        layout = layout_of(root, known, said.day if said else captured_at.date() if captured_at else None)
        found = _article(root, statements, origin, page, layout) if layout else found
    return found if isinstance(found, Failure) else _if_arabic((found,), origin)


def _article(
    root: etree._Element, statements: Statements, origin: Origin, page: Decoded, layout: Layout | None = None
) -> Article | Failure:
    outline = outline_of(root, marks_on(root, layout) if layout else None)
    if outline is None:
        return origin.failure("too large", "The page has more than 60,000 paragraphs, list items or other elements.")
    return _Page(outline, statements, origin, page).article()


def _why_no_page(payload: bytes, origin: Origin) -> Failure | None:
    if not payload.strip():
        return origin.failure("empty", "The page holds no bytes.")
    if len(payload) > LARGEST_PAGE_BYTES:
        return origin.failure(
            "too large", f"The page has {len(payload) / 1e6:.1f} MB; pages over {LARGEST_PAGE_BYTES // 1_000_000} MB are not read."
        )
    what = next((what for mark, what in _MAGIC if payload.startswith(mark)), None) or (_FILM.match(payload) and "a film")
    return origin.failure("not a page", f"The file is {what}, whatever its name says.") if what else None


def _other_format(text: str) -> str | None:
    """What a text is if it is data for programs: JSON or a feed."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        try:
            json.loads(text)
        except RecursionError:
            return "JSON"
        except ValueError:
            return None
        return "JSON"
    feed = _FEED.match(text)
    return f"XML ({feed.group(1)})" if feed else None


def _if_arabic(articles: tuple[Article, ...], origin: Origin) -> tuple[Article, ...] | Failure:
    why = why_not_arabic("\n".join(article.text for article in articles[:20]))
    return origin.failure("not arabic", why) if why else articles


@dataclass(slots=True)
class _Page:
    """One page while it is read: what it shows, what it states, and what has been found at the head of its body."""

    outline: Outline
    statements: Statements
    origin: Origin
    decoded: Decoded
    byline: str = ""
    dateline: str = ""
    aside: dict[int, SetAsideReason] = field(default_factory=dict)

    def article(self) -> Article | Failure:
        outline = self.outline
        headline = headline_of(outline.blocks, self.statements, self.origin.web_address)
        body = body_of(outline, headline.title, headline.block)
        if body is None:
            return self.origin.failure("no article", "The page shows no text but links, menus and forms.")
        self.aside = dict(body.set_aside)
        paragraphs = self._without_head(outline.blocks, body, headline)
        texts = [outline.blocks[number].text for number in paragraphs]
        why = _why_no_article(outline.blocks, body, headline, texts)
        if why:
            return self.origin.failure("no article", why)
        return Article(
            id=self.origin.article_id(0),
            capture_id=self.origin.capture_id,
            address=self.origin.web_address,
            outlet=headline.outlet,
            title=headline.title,
            byline=self.byline or self._stated_byline(headline.outlet),
            dateline=self.dateline,
            published=published_in(self._times(outline, body, headline), self.origin.web_address, self.origin.captured_at),
            text="\n".join(texts),
            set_aside=self._set_aside(outline.blocks),
            undecodable=self.decoded.undecodable,
            illustration=self.statements.illustration,
        )

    def _without_head(self, blocks: tuple[Block, ...], body: Body, headline: Headline) -> list[int]:
        """The paragraphs without the lines at their head (and a date line at their end) that say who, where and when."""
        for number in range(max(0, body.first - _HEAD_BLOCKS, headline.block or 0), body.first):
            free = not blocks[number].chrome and number not in self.aside and number != headline.block
            if free and self._reason_at_edge(blocks[number], at_head=True, outlet=headline.outlet) == "dateline":
                self.aside[number] = "dateline"
        kept: list[int] = []
        at_head = True
        for position, number in enumerate(body.paragraphs):
            block = blocks[number]
            at_edge = at_head or position + 2 >= len(body.paragraphs)
            reason = self._reason_at_edge(block, at_head=at_head, outlet=headline.outlet) if at_edge else None
            if reason and len(body.paragraphs) > 1:
                self.aside[number] = reason
                continue
            if at_head and len(block.text) >= _LONG:
                self._note(dateline_at(block.text, headline.outlet))
            kept.append(number)
            at_head = at_head and len(block.text) < _LONG and len(kept) < _HEAD_BLOCKS
        return kept

    def _reason_at_edge(self, block: Block, *, at_head: bool, outlet: str) -> SetAsideReason | None:
        text, words = block.text, len(block.text.split())
        if words <= (18 if at_head else 8) and not is_finished(text) and date_line(text):
            self._credit(text, block, outlet)
            return "dateline"
        if not at_head or words > 14:
            return None
        line = dateline_at(text, outlet)
        if line and line.length == len(text) and not text.endswith("."):
            self._note(line)
            return "dateline"
        if self._credit(text, block, outlet):
            return "dateline"
        return "boilerplate" if words <= 3 and not is_finished(text) else None

    def _note(self, line: Dateline | None) -> None:
        if line:
            self.dateline, self.byline = self.dateline or line.place, self.byline or line.byline

    def _credit(self, text: str, block: Block, outlet: str) -> bool:
        """Take the name out of a line that credits somebody; False if it credits nobody."""
        marked = clean_byline(block.byline) if len(block.byline.split()) <= _BYLINE_WORDS else ""
        name = marked if is_name(marked) and not any(map(str.isdigit, marked)) else byline_in(text)
        if name is None:
            return False
        if any(map(str.isdigit, name)):  # "name - date"
            name = next((part for part in re.split(r"\s+[-–—|•]\s+|،\s", name) if not any(map(str.isdigit, part))), "")
        self.byline = self.byline or without_site(name, outlet)
        return True

    def _stated_byline(self, outlet: str) -> str:
        stated = [name for thing in self.statements.things if thing.is_article for name in thing.authors] or [
            name for name in (self.statements.meta.get("author"), self.statements.meta.get("article:author")) if name and "://" not in name
        ]
        names = [name for name in map(clean_byline, dict.fromkeys(stated)) if name and folded(name) != folded(outlet)]
        return "، ".join(names)

    def _times(self, outline: Outline, body: Body, headline: Headline) -> list[Stated]:
        """What the page states of its time, in the order of trust."""
        blocks, title = outline.blocks, headline.title
        same = [same_words(title, thing.headline) or same_words(thing.headline, title) for thing in self.statements.things]
        first = max(0, (headline.block if headline.block is not None else body.first) - 4)
        near = [found for found in outline.moments if first <= found.block <= body.last + 2 and not _is_furniture(blocks, found.block)]
        head = range(first, max(body.paragraphs[0], body.first, first) + 1)
        foot = range(max(first, body.last - 2), min(body.last + 3, len(blocks)))
        around = sorted({*head, *foot, *(number for number, reason in self.aside.items() if reason == "dateline")})
        return [
            *in_json_ld(self.statements, title, same),
            *in_meta(self.statements),
            *in_moments(near, blocks),
            *date_lines(blocks, around, headline.block or 0),
        ]

    def _set_aside(self, blocks: tuple[Block, ...]) -> tuple[SetAside, ...]:
        found = (
            SetAside(reason=reason, words=blocks[number].text, address=self._resolved(blocks[number].address))
            for number, reason in sorted(self.aside.items())
        )
        return tuple(dict.fromkeys(found))  # lists of links are often there twice, for wide and narrow screens

    def _resolved(self, link: str | None) -> str | None:
        if not link or link.startswith(("#", "javascript:")):
            return None
        try:
            return urljoin(self.origin.web_address, link.strip())
        except ValueError:
            return link


def _is_furniture(blocks: tuple[Block, ...], number: int) -> bool:
    return number < len(blocks) and (blocks[number].chrome or blocks[number].reason in ("related", "comments", "embedded post"))


def _why_no_article(blocks: tuple[Block, ...], body: Body, headline: Headline, texts: list[str]) -> str | None:
    letters = sum(map(len, texts))
    if letters < _LEAST_LETTERS:
        return "The page shows no paragraph of text."
    folded_text = folded(" ".join([headline.title, *texts])) if letters < _WALL_LETTERS else ""
    if any(folded(words) in folded_text for words in page_words()["wall"]["words"]):
        return "The page asks for an account or a payment and shows no article."
    if not headline.sure and folded(headline.title) == folded(headline.outlet) and letters < _WALL_LETTERS:
        return "The page is that of a site, not of an article."
    return why_a_list(blocks, body)
