"""RSS and Atom feeds and news sitemaps as leads.

Feeds are read by feedparser, which forgives what is broken in them; sitemaps (sitemaps.org, and the news extension) are a closed
vocabulary and are read as they stream in. What stands before the root element reaches no parser: without a document type no entity
is ever defined, and none can grow or open a file.
"""

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import NamedTuple

import feedparser
from lxml import etree

from riwaya.collect.addresses import web_address
from riwaya.records import Failure, Lead, Served, failed

_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]*\bencoding\s*=\s*[\"']([\w.-]+)[\"']")
_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)\b", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|script)\b", re.IGNORECASE)
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
_WORDS = re.compile(r"^\s*\w+,\s*")  # a day of the week in any language before the date
_MOST = 5000  # leads of one feed; a news sitemap holds at most 1,000 (the news extension), a section page fewer
_LONGEST_TITLE = 500
_MOST_BYTES = 2_000_000  # of a feed; what is newest comes first, and a hostile one takes some seconds for each million


def leads_in_feed(served: Served, *, outlet: str = "") -> tuple[Lead, ...] | Failure:
    """The pages that a feed or sitemap names, in its order; or why there are none: it is HTML, broken before its first item, or empty.

    The addresses in a sitemap of sitemaps are those of further sitemaps: `is_index` tells.
    """
    root = _root(served.payload)
    if root is None:
        what = "an HTML page" if _HTML.search(_decoded(served.payload)) else "something else"
        return failed("collect", served.address, "not a feed", f"The address gives {what}, no RSS, Atom or sitemap.")
    items = _sitemap_items(root.document) if root.name in ("urlset", "sitemapindex") else _feed_items(root.document)
    leads: dict[str, Lead] = {}
    for link, title, published in items:
        address = web_address(link, served.address)
        if address and address not in leads:
            leads[address] = Lead(
                address=address, title=title[:_LONGEST_TITLE], published=published, outlet=outlet, found_in=served.address
            )
        if len(leads) >= _MOST:
            break
    if not leads:
        return failed("collect", served.address, "not a feed", "The feed names no page.")
    return tuple(leads.values())


def is_index(served: Served) -> bool:
    """Whether a sitemap is one of sitemaps."""
    root = _root(served.payload)
    return root is not None and root.name == "sitemapindex"


def time_in(text: str) -> datetime | None:
    """A time as feeds write it (RFC 822, ISO 8601), aware; the day of the week may be a word of any language. None: it is none."""
    for read in (datetime.fromisoformat, _rfc_822):
        try:
            at = read(text.strip())
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _rfc_822(text: str) -> datetime:
    return parsedate_to_datetime(_WORDS.sub("", text))


class _Root(NamedTuple):
    name: str  # of the root element, without prefix, in small letters
    document: bytes  # the root element alone, in UTF-8


def _root(payload: bytes) -> _Root | None:
    """The feed or sitemap that bytes hold; None if they hold none."""
    text = _decoded(payload)
    root = _ROOT.search(text)
    if root is None or _HTML.search(text, 0, root.start()):
        return None
    return _Root(root.group(1).lower(), text[root.start() :].translate(_NOT_IN_XML).encode("utf-8", "replace"))


def _decoded(payload: bytes) -> str:
    """The bytes as text: by the mark or the shape of a wide encoding, else as the XML declaration says, else as UTF-8."""
    wide = next((encoding for mark, encoding in _WIDE if payload.startswith(mark)), None)
    declared = _DECLARED.match(payload)
    encoding = wide or (declared.group(1).decode("ascii") if declared else "utf-8")
    try:
        text = payload.decode(encoding, "replace")
    except (LookupError, ValueError):  # an encoding that is none, or none of text
        text = payload.decode("utf-8", "replace")
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _feed_items(payload: bytes) -> Iterator[tuple[str, str, datetime | None]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of feedparser about itself
        parsed = feedparser.parse(BytesIO(payload[:_MOST_BYTES]), sanitize_html=False, resolve_relative_uris=False)
    for entry in parsed.entries:
        links = [entry.get("link"), *(each.get("href") for each in entry.get("links", ())), entry.get("id")]
        said = next((entry[name] for name in ("published", "updated", "created") if entry.get(name)), "")
        yield next((link for link in links if link), ""), _text(entry.get("title", "")), time_in(said)


def _text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def _sitemap_items(payload: bytes) -> Iterator[tuple[str, str, datetime | None]]:
    """The <url> or <sitemap> elements, each freed when it has been read; one that is broken ends what can be read."""
    events = etree.iterparse(BytesIO(payload), events=("end",), recover=True, resolve_entities=False, no_network=True)
    try:
        for _, element in events:
            if _name(element) not in ("url", "sitemap"):
                continue
            said = {_name(each): (each.text or "").strip() for each in element.iter(etree.Element)}
            yield said.get("loc", ""), said.get("title", ""), time_in(said.get("publication_date") or said.get("lastmod") or "")
            element.clear()
    except etree.XMLSyntaxError:
        return


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
