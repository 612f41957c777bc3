"""The body of a page: which of its blocks are the article, and why the others near it are not."""

from collections.abc import Sequence
from dataclasses import dataclass

from riwaya.arabic.fold import folded
from riwaya.read.page.furniture import is_rule_of_site, opening_of, reason_of_parts
from riwaya.read.page.markup import Block, Outline
from riwaya.records import SetAsideReason

_LEAST_PROSE = 20  # letters of a block that may be a paragraph
_PASSED_UP = 0.8  # share of its prose that an element passes to its parent: a body in two halves is found in what holds both
_LEVELS = 7  # how far up prose counts
_NAMED_BODY = 1.5  # an element whose markup says that it is the article's body is believed so far
_STOPS = (".", "!", "؟", "?", "…", ":", "؛")
_CLOSERS = "\"»”)]'’ "
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_MOST_LEADS = 6  # blocks between the headline and the body: more are another part of the page
_HEADLINE_WORDS = range(4, 21)  # how long headlines in a list are


@dataclass(frozen=True, slots=True)
class Body:
    """Block numbers of an article: where it starts and ends (half-open), which are its paragraphs, and why others are not."""

    first: int
    last: int
    paragraphs: tuple[int, ...]
    set_aside: dict[int, SetAsideReason]


def body_of(outline: Outline, title: str, title_block: int | None) -> Body | None:
    """Find the element that holds most of the prose, and sort what stands in it; None if the page has no prose.

    Prose is text that is not mostly links and that neither markup nor its first words call something else. Each stretch counts for
    the elements around it, less with each level. Lists of linked headlines, with or without a heading, lists of plain headlines
    after a heading or at the very end, share lines and tags are set aside wherever they stand.
    """
    blocks = outline.blocks
    by_words = _set_aside_by_words(blocks, (title_block or -1) + 1)
    prose = [number not in by_words and _is_prose(block) for number, block in enumerate(blocks)]
    found = _holder(outline, prose)
    if found is None:
        return None
    first, last = found
    if outline.body is None and title_block is not None:  # a layout says itself where its body begins
        first = _first(blocks, prose, title_block, found)
    reasons = {number: reason for number, reason in by_words.items() if not blocks[number].chrome}
    reasons.update({number: "boilerplate" for number in range(first, last) if blocks[number].beside and number not in reasons})
    inside = [number for number in range(first, last) if not blocks[number].chrome and number not in reasons]
    reasons.update(_linked_headlines(blocks, inside))
    inside = [number for number in inside if number not in reasons]
    reasons.update(_plain_headlines_at_end(blocks, inside))
    for number in reversed([number for number in inside if number not in reasons]):
        if not is_rule_of_site(blocks[number].text):
            break
        reasons[number] = "boilerplate"
    paragraphs = tuple(number for number in inside if number not in reasons and folded(blocks[number].text) != folded(title))
    return Body(first, last, paragraphs, reasons)


def _first(blocks: Sequence[Block], prose: Sequence[bool], title_block: int, found: tuple[int, int]) -> int:
    """Where a body begins whose element is found: with the leads that stand before it under the headline, or behind the headline in it."""
    first, last = found
    if title_block < first:
        leads = [number for number in range(title_block + 1, first) if prose[number] and len(blocks[number].text) > 2 * _LEAST_PROSE]
        return leads[0] if 0 < len(leads) <= _MOST_LEADS else first
    return title_block + 1 if title_block < last else first


def why_a_list(blocks: Sequence[Block], body: Body) -> str | None:
    """One sentence for a person if what was found is a page of teasers (a home page, a section), each under a linked headline."""
    prose = [number for number in body.paragraphs if len(blocks[number].text) > _LEAST_PROSE and blocks[number].tag not in _HEADINGS]
    cards = sum(_is_linked(blocks[number - 1]) for number in prose if number)
    headlines = sum(_is_linked(blocks[number]) for number in range(body.first, body.last))
    if cards > 2 and cards * 2 >= len(prose):
        return f"The page is a list: {cards} of its {len(prose)} paragraphs stand under a linked headline."
    if headlines > 12 and headlines > 4 * len(prose):
        return f"The page is a list of {headlines} links with {len(prose)} paragraphs among them."
    return None


def is_finished(text: str) -> bool:
    """Whether a block ends as a sentence does."""
    return text.rstrip(_CLOSERS).endswith(_STOPS)


def _is_linked(block: Block) -> bool:
    return block.linked >= 0.8 * len(block.text) and len(block.text.split()) > 2


def _is_prose(block: Block) -> bool:
    return (
        not block.chrome
        and not block.beside
        and not block.reason
        and len(block.text) >= _LEAST_PROSE
        and block.linked * 2 < len(block.text)
        and block.tag not in _HEADINGS
        and " " in block.text
    )


def _holder(outline: Outline, prose: Sequence[bool]) -> tuple[int, int] | None:
    """The first and last (half-open) block of the element that holds most of the prose."""
    scores: dict[int, float] = {}
    for block, is_prose in zip(outline.blocks, prose, strict=True):
        if not is_prose:
            continue
        share, node = float(len(block.text)), block.node
        if outline.nodes[node].tag in ("p", "li", "blockquote", "pre") and outline.nodes[node].parent >= 0:
            node = outline.nodes[node].parent
        for _ in range(_LEVELS):
            scores[node] = scores.get(node, 0.0) + share
            node, share = outline.nodes[node].parent, share * _PASSED_UP
            if node < 0:
                break
    best = outline.body
    if best is None:
        if not scores:
            return None
        best = max(scores, key=lambda node: scores[node] * (_NAMED_BODY if outline.nodes[node].holds_article else 1.0))
    end = best + 1  # nodes are numbered as their tags open: what an element holds follows it without a gap
    while end < len(outline.nodes) and outline.nodes[end].parent >= best:
        end += 1
    inside = [number for number, block in enumerate(outline.blocks) if best <= block.node < end]
    return inside[0], inside[-1] + 1


def _set_aside_by_words(blocks: Sequence[Block], start: int) -> dict[int, SetAsideReason]:
    """What markup or first words set aside, and what follows a heading such as "اقرأ أيضاً" up to the next sentence."""
    reasons: dict[int, SetAsideReason] = {number: block.reason for number, block in enumerate(blocks) if block.reason}
    heading: SetAsideReason | None = None  # what the list at hand is
    plain = False  # whether unlinked headlines belong to it
    in_body = False
    for number in range(start, len(blocks)):
        block = blocks[number]
        if block.reason or block.chrome:
            heading = None
            continue
        opening = opening_of(block.text)
        if opening:
            reasons[number] = opening.reason
            heading = opening.reason if opening.reason in ("related", "tags") or (opening.reason == "comments" and in_body) else None
            plain = opening.bare
        elif parts := reason_of_parts(block.text):
            reasons[number] = parts
        elif heading and (heading == "comments" or _continues(block, plain=plain, tags=heading == "tags")):
            reasons[number] = heading
        else:
            heading = None
            in_body = in_body or len(block.text) > 4 * _LEAST_PROSE
    return reasons


def _continues(block: Block, *, plain: bool, tags: bool) -> bool:
    if block.linked * 2 >= len(block.text):
        return True
    words = len(block.text.split())
    return plain and not is_finished(block.text) and words <= (4 if tags else _HEADLINE_WORDS[-1])


def _linked_headlines(blocks: Sequence[Block], inside: Sequence[int]) -> dict[int, SetAsideReason]:
    """Blocks that are nothing but links: several short ones are tags, a headline is a related article.

    Headlines may ask or exclaim; a linked block that ends in a full stop is a sentence of the article if not all of it is linked.
    """
    found: dict[int, SetAsideReason] = {}
    for number in inside:
        block = blocks[number]
        if block.linked < (0.95 if block.text.endswith(".") else 0.8) * len(block.text):
            continue
        words = len(block.text.split())
        found[number] = "tags" if words <= 3 * max(1, block.links) and words <= 3 + block.links * 2 else "related"
    return found


def _plain_headlines_at_end(blocks: Sequence[Block], inside: Sequence[int]) -> dict[int, SetAsideReason]:
    """Headlines without link or heading after the last sentence of a body whose paragraphs otherwise end as sentences do."""
    tail = len(inside)
    while tail and not is_finished(blocks[inside[tail - 1]].text) and len(blocks[inside[tail - 1]].text.split()) in _HEADLINE_WORDS:
        tail -= 1
    before = [number for number in inside[:tail] if len(blocks[number].text) > 2 * _LEAST_PROSE]
    finished = sum(is_finished(blocks[number].text) for number in before)
    ends_with_colon = bool(before) and blocks[before[-1]].text.endswith(":")
    if len(inside) - tail < 2 or len(before) < 2 or finished < 0.7 * len(before) or ends_with_colon:
        return {}
    return dict.fromkeys(inside[tail:], "related")
