"""Saved Telegram pages: the posts of t.me/s/CHANNEL, and the one post of t.me/CHANNEL/123 or of its embedded form."""

import re
from datetime import datetime

from lxml import etree

from riwaya.read.page.encoding import shown
from riwaya.read.page.markup import outline_of
from riwaya.read.page.origin import Origin
from riwaya.read.page.statements import Statements
from riwaya.records import Article, Published, SetAside, SetAsideReason

_MARKUP = re.compile(r"class=[\"'][^\"'>]*\btgme_(?:widget_message|channel_info|page)\b")
_HOST = re.compile(r"^https?://(?:www\.)?(?:t|telegram)\.me/", re.IGNORECASE)
_ONE_POST = re.compile(r"/\d+/?(?:\?|$)")
_LONGEST_TITLE = 160  # letters
_ASIDE: tuple[tuple[str, SetAsideReason], ...] = (
    ("tgme_widget_message_forwarded_from", "boilerplate"),
    ("tgme_widget_message_reply", "embedded post"),
    ("tgme_widget_message_link_preview", "embedded post"),
    ("tgme_widget_message_document_wrap", "caption"),
    ("tgme_widget_message_views", "boilerplate"),
)


def is_telegram(markup: str, address: str) -> bool:
    """Whether a page is one of Telegram's, by the classes of its markup or by its address."""
    return _MARKUP.search(markup) is not None or _HOST.match(address) is not None


def posts_in(root: etree._Element, statements: Statements, origin: Origin) -> tuple[Article, ...]:
    """One article for each post that has text, in the order of the page; empty if none has.

    The outlet is the channel's title, the title is the post's first line if that stands apart and is no whole post, the byline is the
    author's signature. Whom a post was forwarded from, what it answers, previews of links and views are set aside.
    """
    channel = _first_text(root, "tgme_channel_info_header_title") or _without_platform(statements.meta.get("og:title", ""))
    messages = [found for found in _with_class(root, "tgme_widget_message") if not _inside(found, root, "tgme_widget_message")]
    posts = [_post(message, number, channel, origin, illustration=statements.illustration) for number, message in enumerate(messages)]
    found = tuple(post for post in posts if post)
    if found or messages:
        return found
    text = statements.meta.get("og:description", "")  # a saved t.me/CHANNEL/123 shows its post in a frame, and here
    if not text or not _ONE_POST.search(origin.web_address):
        return ()
    return (
        Article(
            id=origin.article_id(0),
            capture_id=origin.capture_id,
            address=origin.web_address,
            outlet=channel,
            title="",
            byline="",
            dateline="",
            published=None,
            text=text,
            illustration=statements.illustration,
        ),
    )


def _post(message: etree._Element, number: int, channel: str, origin: Origin, *, illustration: bool) -> Article | None:
    bodies = reversed(_with_class(message, "tgme_widget_message_text"))
    body = next((body for body in bodies if not _inside(body, message, "tgme_widget_message_reply")), None)
    outline = outline_of(body) if body is not None else None
    paragraphs = [block.text for block in outline.blocks] if outline else []
    if not paragraphs:
        return None
    aside = tuple(
        SetAside(reason=reason, words=words, address=_link(element))
        for name, reason in _ASIDE
        for element in _with_class(message, name)
        if (words := _text_of(element))
    )
    return Article(
        id=origin.article_id(number),
        capture_id=origin.capture_id,
        address=_post_address(message) or origin.web_address,
        outlet=_first_text(message, "tgme_widget_message_owner_name") or channel,
        title=title_of_post(paragraphs),
        byline=_first_text(message, "tgme_widget_message_from_author"),
        dateline="",
        published=_published(message),
        text="\n".join(paragraphs),
        set_aside=aside,
        illustration=illustration,
    )


def _post_address(message: etree._Element) -> str | None:
    stated = next((link.get("href") for link in _with_class(message, "tgme_widget_message_date")), None)
    post = message.get("data-post") or ""
    return stated or (f"https://t.me/{post}" if re.fullmatch(r"\w+/\d+", post) else None)


def title_of_post(paragraphs: list[str]) -> str:
    """The first line of a post if it stands apart and is no whole post, else ""."""
    first = paragraphs[0]
    return first if len(paragraphs) > 1 and len(first) <= _LONGEST_TITLE and not first.endswith((".", "،", ":")) else ""


def _published(message: etree._Element) -> Published | None:
    for moment in message.iter("time"):
        try:
            at = datetime.fromisoformat(moment.get("datetime") or "")
        except ValueError:
            continue
        return Published(day=at.date(), at=at, rule="telegram")
    return None


def _with_class(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter("div", "a", "span", "i", "blockquote") if name in (element.get("class") or "").split()]


def _inside(element: etree._Element, limit: etree._Element, name: str) -> bool:
    for above in element.iterancestors():
        if above is limit:
            return False
        if name in (above.get("class") or "").split():
            return True
    return False


def _text_of(element: etree._Element) -> str:
    return " ".join(shown("".join(element.itertext())).split())


def _first_text(root: etree._Element, name: str) -> str:
    return next((text for element in _with_class(root, name) if (text := _text_of(element))), "")


def _link(element: etree._Element) -> str | None:
    return element.get("href") or next((link.get("href") for link in element.iter("a") if link.get("href")), None)


def _without_platform(title: str) -> str:
    return re.sub(r"\s*[–-]\s*Telegram$", "", title).strip()
