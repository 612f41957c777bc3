"""From markup to an outline: the blocks of text that a browser would show, in order, each with where it stands and what it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import NamedTuple

from lxml import etree

from riwaya.read.page.encoding import shown
from riwaya.read.page.furniture import NOTHING, markup_says
from riwaya.read.page.layouts import Mark
from riwaya.records import SetAsideReason

_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
     "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)  # fmt: skip
_UNSHOWN = frozenset(
    ["audio", "button", "canvas", "datalist", "embed", "frameset", "head", "iframe", "input", "link", "map", "math", "meta", "noscript",
     "object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video"]
)  # fmt: skip
_CHROME_ROLES = frozenset(["navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog"])
_CHROME_TAGS = frozenset(["nav", "footer", "dialog"])
_REASONS_OF_TAGS: dict[str, SetAsideReason] = {"figcaption": "caption"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n]+")
_SENTENCE_ENDS = (".", "!", "?", "؟", "…", ":", "»", '"', "”", ")", "؛")
_MOST = 0.8  # share of a page that no menu, sidebar or related list has
_MOST_ELEMENTS = 60_000  # block-level elements or blocks of text; the longest news page seen has 1,700
_DEEPEST_DRESS = 4  # inline elements around one another that are looked at
_LONGEST_BYLINE = 200  # letters of a byline or of the words of a time element
_SHORT_LINE = 40  # letters: a line break after fewer was meant; after more it may only wrap an unfinished sentence
_EDGES = " \t\n\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"


_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")  # pictures written into the page are long too, but few attributes
_MOST_ATTRIBUTES = 5_000


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or other stretch of text that stands for itself on the page."""

    text: str  # white space collapsed as a browser does
    tag: str
    node: int  # number of its element in Outline.nodes
    linked: int  # how many of its characters are links
    links: int
    address: str | None  # where its first link leads
    reason: SetAsideReason | None  # what its markup says that it is
    chrome: bool  # it belongs to the site, not to the page
    beside: bool  # it stands beside the article
    byline: str  # the words that markup says name an author, "" if none


@dataclass(frozen=True, slots=True)
class Node:
    """A block-level element: its parent by number (-1: none), its tag, and whether its markup says that it holds the article."""

    parent: int
    tag: str
    holds_article: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that markup states: the machine form, the words shown, and the number of the block it stands in or before."""

    stated: str
    words: str
    block: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A page as a browser shows it: blocks in order, the elements they stand in, and the times stated among them."""

    blocks: tuple[Block, ...]
    nodes: tuple[Node, ...]
    moments: tuple[Moment, ...]
    body: int | None = None  # number of the element that the outlet's layout calls the body; None: it has none, or no text in it


def tree_of(text: str) -> etree._Element | None:
    """The element tree of a page; empty text gives an empty body.

    None if it nests deeper than the parser goes (2,048 elements), or has an element with thousands of attributes, on which the
    parser's time grows with their square.
    """
    if any(tag.count("=") + len(tag.split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    if root is None:
        return etree.Element("body")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return None
    return root


def outline_of(root: etree._Element, marks: Mapping[etree._Element, Mark] | None = None) -> Outline | None:
    """The blocks of a page in the order of its markup; scripts, hidden elements and form controls are not shown and left out.

    `marks`: what the layout of the outlet says of some elements. None if the page has more than 60,000 block-level elements or
    blocks of text.
    """
    walk = _Walk(marks=marks or {})
    walk.open_node(root)
    walk.add(root.text)
    iterator = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, element in iterator:
        if element is root:
            continue
        if event == "end":
            if element is not skipped:
                walk.leave(element)
            walk.add(element.tail)
        elif element.tag in _UNSHOWN or _is_hidden(element):
            skipped = element
            iterator.skip_subtree()
        else:
            walk.enter(element)
            if max(len(walk.nodes), len(walk.blocks)) > _MOST_ELEMENTS:
                return None
    walk.flush()
    return walk.outline() if len(walk.blocks) <= _MOST_ELEMENTS else None


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


@dataclass(slots=True)
class _OpenNode:
    parent: int
    tag: str
    reason: SetAsideReason | None
    chrome: bool
    beside: bool
    in_article: bool
    holds_article: bool
    byline: bool
    cleared: bool = False


@dataclass(slots=True)
class _OpenBlock:
    text: str
    node: int
    linked: int
    addresses: list[str]
    byline: str


def _names_author(element: etree._Element) -> bool:
    names = element.get("class")
    return bool(names and markup_says(names).byline) or "author" in (element.get("rel"), element.get("itemprop"))


def _words_in(element: etree._Element) -> str:
    """The first words inside an element, on one line."""
    return _SPACES.sub(" ", "".join(islice(element.itertext(), 20))[:_LONGEST_BYLINE]).strip(_EDGES)


class _Piece(NamedTuple):
    """A text between two tags of a block ("\n" for a <br>), where it links, and the inline element that it is set in, if any."""

    text: str
    link: str | None
    inline: etree._Element | None


@dataclass(slots=True)
class _Walk:
    """The state of one walk over a tree: open elements, the pieces of the block at hand, and what was found so far."""

    marks: Mapping[etree._Element, Mark]
    body: int | None = None
    nodes: list[_OpenNode] = field(default_factory=list)
    open_nodes: list[int] = field(default_factory=list)
    open_links: list[str] = field(default_factory=list)
    open_inlines: list[etree._Element] = field(default_factory=list)
    open_times: int = 0
    pieces: list[_Piece] = field(default_factory=list)
    byline: str = ""  # the words of an inline element of the block at hand that names an author
    blocks: list[_OpenBlock] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

    def enter(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS or self._is_set_apart(element):
            self.flush()
            self.open_node(element)
        elif tag == "br":
            self.pieces.append(_Piece("\n", None, None))
        else:
            self.enter_inline(element)
        self.add(element.text)

    def enter_inline(self, element: etree._Element) -> None:
        tag = element.tag
        self.open_inlines.append(element)
        if tag == "a" and element.get("href") is not None:
            self.open_links.append(element.get("href") or "")
        elif tag == "time":
            self.open_times += 1
            if self.open_times == 1:
                self.moments.append(Moment(element.get("datetime") or "", _words_in(element), len(self.blocks)))
        if not self.byline and element.attrib and _names_author(element):
            self.byline = _words_in(element)

    def leave(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS or self._is_set_apart(element):
            self.flush()
            self.open_nodes.pop()
            return
        if element.tag != "br":
            self.open_inlines.pop()
        if element.tag == "a" and element.get("href") is not None:
            self.open_links.pop()
        elif element.tag == "time":
            self.open_times -= 1

    def add(self, text: str | None) -> None:
        if text and (self.pieces or not text.isspace()):
            link = self.open_links[-1] if self.open_links else None
            inline = self.open_inlines[-1] if self.open_inlines else None
            self.pieces.append(_Piece(_SPACES.sub(" ", text), link, inline))

    def flush(self) -> None:
        """Close the block at hand: its pieces become one paragraph, or several where <br><br> parts them."""
        if not self.pieces:
            return
        for pieces in _paragraphs(self.pieces):
            text = shown(_SPACES.sub(" ", "".join(piece.text for piece in pieces)).strip(_EDGES))
            if text:
                linked = min(len(text), sum(len(piece.text.strip()) for piece in pieces if piece.link is not None))
                addresses = list(dict.fromkeys(piece.link for piece in pieces if piece.link is not None))
                self.blocks.append(_OpenBlock(text, self.open_nodes[-1], linked, addresses, self.byline))
                if self.nodes[self.blocks[-1].node].tag == "h1" and linked < len(text):
                    self._is_no_furniture(self.blocks[-1].node)
        self.pieces, self.byline = [], ""

    def _clear_layout(self) -> None:
        """A class that holds most of all text and of all blocks speaks of the layout of the page ("with-sidebar"), not of what it is."""
        letters, blocks = [0] * len(self.nodes), [0] * len(self.nodes)
        for block in self.blocks:
            letters[block.node] += len(block.text) - block.linked
            blocks[block.node] += 1
        for number in range(len(self.nodes) - 1, 0, -1):  # children before parents
            letters[self.nodes[number].parent] += letters[number]
            blocks[self.nodes[number].parent] += blocks[number]
        for number, node in enumerate(self.nodes):
            if letters[number] > _MOST * letters[0] and blocks[number] > _MOST * blocks[0] and node.reason != "comments":
                self._is_no_furniture(number)

    def outline(self) -> Outline:
        self._clear_layout()
        reasons: list[SetAsideReason | None] = []
        chromes: list[bool] = []
        besides: list[bool] = []
        bylines: list[bool] = []
        for node in self.nodes:  # a parent has a lower number than its children
            above = node.parent
            outer = reasons[above] if above >= 0 else None
            reasons.append(outer or node.reason)
            besides.append(node.beside or (above >= 0 and besides[above]))
            chromes.append(node.chrome or (above >= 0 and chromes[above]))
            bylines.append(node.byline or (above >= 0 and bylines[above] and node.tag != "article"))
        blocks = tuple(
            Block(
                text=block.text,
                tag=self.nodes[block.node].tag,
                node=block.node,
                linked=block.linked,
                links=len(block.addresses),
                address=block.addresses[0] if block.addresses else None,
                reason=reasons[block.node],
                chrome=chromes[block.node],
                beside=besides[block.node],
                byline=block.byline or (block.text if bylines[block.node] else ""),
            )
            for block in self.blocks
        )
        nodes = tuple(Node(node.parent, node.tag, node.holds_article) for node in self.nodes)
        return Outline(blocks, nodes, tuple(self.moments), self.body if self._has_text(self.body) else None)

    def _has_text(self, node: int | None) -> bool:
        """Whether an element holds a block that may be a part of the article."""
        held = {node}
        for number, each in enumerate(self.nodes):
            if each.parent in held and each.reason is None:
                held.add(number)
        return node is not None and any(block.node in held for block in self.blocks)

    def _is_set_apart(self, element: etree._Element) -> bool:
        """Whether an inline element is what its class or the layout says rather than a part of the sentence (a caption in a span)."""
        if element in self.marks:
            return True
        return element.tag == "span" and bool(names := element.get("class")) and markup_says(names).reason is not None

    def open_node(self, element: etree._Element) -> None:
        mark = self.marks.get(element)
        tag = "h1" if mark == "title" else str(element.tag)
        parent = self.open_nodes[-1] if self.open_nodes else -1
        names = "" if tag in ("html", "body") else f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        in_article = tag in ("article", "main") or (parent >= 0 and self.nodes[parent].in_article)
        chrome = tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES or (tag == "header" and not in_article)
        says = markup_says(names) if names else NOTHING
        chrome = chrome or says.chrome
        self.nodes.append(
            _OpenNode(
                parent=parent,
                tag=tag,
                reason="boilerplate" if mark == "set aside" else says.reason or _REASONS_OF_TAGS.get(tag),
                chrome=chrome and not in_article,
                beside=(chrome and in_article) or tag == "aside" or says.beside,
                in_article=in_article,
                holds_article=element.get("itemprop") == "articleBody" or says.body,
                byline=says.byline,
            )
        )
        self.open_nodes.append(len(self.nodes) - 1)
        if mark in ("title", "body") or tag == "main" or element.get("itemprop") == "articleBody":
            self._is_no_furniture(len(self.nodes) - 1)
        if mark == "body":
            self.body = len(self.nodes) - 1

    def _is_no_furniture(self, node: int) -> None:
        """What holds the headline or the body of the article is no menu and no related list, whatever its class says."""
        while node >= 0 and not self.nodes[node].cleared:
            self.nodes[node].reason = None
            self.nodes[node].chrome = self.nodes[node].beside = self.nodes[node].byline = False
            self.nodes[node].cleared = True
            node = self.nodes[node].parent


def _paragraphs(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Part the pieces of a block where line breaks are meant; any other is a space.

    Two together are, and one after a short line, after the end of a sentence, or after a line that is set off (bold, larger, a link).
    """
    if not any(piece.text == "\n" for piece in pieces):
        return [pieces]
    paragraphs: list[list[_Piece]] = [[]]
    line: list[_Piece] = []
    breaks = 0
    for piece in pieces:
        if piece.text == "\n":
            breaks += 1
        elif breaks and not piece.text.strip(_EDGES):
            continue
        else:
            if breaks and paragraphs[-1]:
                before = "".join(part.text for part in paragraphs[-1][-8:]).rstrip(_EDGES)
                if breaks > 1 or before.endswith(_SENTENCE_ENDS) or len(before) < _SHORT_LINE or _is_set_off(line, piece):
                    paragraphs.append([])
                else:
                    paragraphs[-1].append(_Piece(" ", None, None))
            if breaks:
                line = []
            breaks = 0
            line.append(piece)
            paragraphs[-1].append(piece)
    return paragraphs


def _is_set_off(line: list[_Piece], behind: _Piece) -> bool:
    """Whether the whole line is set in inline elements, and otherwise than what follows the break behind it."""
    inlines = list(dict.fromkeys(piece.inline for piece in line if piece.text.strip(_EDGES)))
    if None in inlines or behind.inline in inlines:
        return False
    return _dress(behind.inline) not in map(_dress, inlines)


def _dress(inline: etree._Element | None) -> tuple[object, ...]:
    """The inline elements that a text is set in, with their attributes, from within."""
    around = [inline, *islice(inline.iterancestors(), _DEEPEST_DRESS)] if inline is not None else []
    return tuple((element.tag, *element.items()) for element in takewhile(lambda element: element.tag not in _BLOCKS, around))
