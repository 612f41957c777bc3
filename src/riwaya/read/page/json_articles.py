"""Articles that were given as JSON: posts of Telegram Desktop's exports, and lines of the interchange (docs/interchange.md)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from riwaya.read.interchange import article_of
from riwaya.read.page.origin import Origin
from riwaya.read.page.telegram import title_of_post
from riwaya.records import Article, Published, SetAside, SetAsideReason

_ASIDE: tuple[tuple[str, SetAsideReason], ...] = (
    ("forwarded_from", "boilerplate"), ("photo", "caption"), ("file", "caption"), ("location_information", "caption"),
)  # fmt: skip


def articles_in_json(text: str, origin: Origin) -> tuple[Article, ...] | None:
    """The posts of an export, or the article of an interchange line; None if the text is neither. An export may hold no post with text."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict):
        return None
    if isinstance(given.get("messages"), list):
        return tuple(_posts(given, origin))
    try:
        article = article_of(given)
    except ValueError:
        return None
    address = article.address or origin.web_address
    return (replace(article, id=origin.article_id(0), capture_id=origin.capture_id, address=address),)


def _posts(chat: dict[str, Any], origin: Origin) -> Iterator[Article]:
    """One article for each message with text.

    The outlet is the chat, the byline who signed or, in a group, who wrote. Whom it was forwarded from, what it answers and its media,
    which need not be there, are set aside. The time is that of the first version: an edited message keeps it.
    """
    outlet = str(chat.get("name") or "")
    for number, message in enumerate(chat["messages"]):
        text = "\n".join(line for part in _text(message).split("\n") if (line := part.strip())) if isinstance(message, dict) else ""
        if not text:
            continue
        author = str(message.get("author") or message.get("from") or "")
        yield Article(
            id=origin.article_id(number),
            capture_id=origin.capture_id,
            address=origin.web_address,
            outlet=outlet or author,
            title=title_of_post(text.split("\n")),
            byline="" if author == outlet else author,
            dateline="",
            published=_published(message),
            text=text,
            set_aside=tuple(_aside(message, origin.web_address)),
        )


def _text(message: dict[str, Any]) -> str:
    """The words of a message: they stand as one string, or as a list of strings and of marked parts (links, hashtags, bold)."""
    said = message.get("text")
    parts = said if isinstance(said, list) else [said]
    words = "".join(str(part.get("text") or "") if isinstance(part, dict) else part for part in parts if isinstance(part, dict | str))
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _published(message: dict[str, Any]) -> Published | None:
    try:
        at = datetime.fromtimestamp(int(message["date_unixtime"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        try:
            at = datetime.fromisoformat(str(message.get("date")))
        except ValueError:
            return None
    return Published(day=at.date(), at=at, rule="telegram")


def _aside(message: dict[str, Any], address: str) -> Iterator[SetAside]:
    for name, reason in _ASIDE:
        if message.get(name):
            yield SetAside(reason=reason, words=str(message[name]).encode("utf-8", "replace").decode("utf-8"))
    answered = message.get("reply_to_message_id")
    if answered:
        yield SetAside(reason="embedded post", words=str(answered), address=f"{address.rpartition('/')[0]}/{answered}")
