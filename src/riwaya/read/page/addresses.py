"""Where a page that was saved to a file says that it was served."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from lxml import etree

from riwaya.read.page.statements import Statements

# Notes that browsers (<!-- saved from url=(0042)https://... -->) and the SingleFile extension write at the top of what they save.
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://\S+)", re.IGNORECASE)
_TOP = 5000  # letters
_LONGEST = 2000  # letters of an address; servers as a rule refuse longer ones
_POST_IN_APP = re.compile(r"tg://resolve\?domain=(\w+)&post=(\d+)")


def is_web_address(address: str) -> bool:
    """Whether this is a whole http or https address with a host."""
    if not address.lower().startswith(("http://", "https://")) or len(address) > _LONGEST or not address.isprintable() or " " in address:
        return False
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def address_stated(root: etree._Element, statements: Statements, markup: str) -> str:
    """The http(s) address that a page states as its own, "" if it states none.

    What the program noted that saved it comes first, for a canonical address may be that of an article on another site which this one
    repeats; then canonical, og:url, JSON-LD and the post that Telegram's app is to open. The address of a whole site yields to any
    that leads to a page: some sites state it on each of their pages.
    """
    found = [address for address in _stated(root, statements, markup) if is_web_address(address)]
    return next((address for address in found if _leads_to_a_page(address)), next(iter(found), ""))


def _stated(root: etree._Element, statements: Statements, markup: str) -> Iterator[str]:
    saved = _SAVED.search(markup, 0, _TOP)
    if saved:
        yield unescape(saved.group(1).removesuffix("-->"))
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield (link.get("href") or "").strip()
    yield statements.meta.get("og:url", "")
    for thing in statements.things:
        yield thing.address
    post = _POST_IN_APP.search(statements.meta.get("al:ios:url") or statements.meta.get("al:android:url") or "")
    if post:
        yield f"https://t.me/{post.group(1)}/{post.group(2)}"


def _leads_to_a_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.strip("/") != "" or parts.query != ""
