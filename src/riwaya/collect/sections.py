"""Pages that list others as leads: a section of a site, a channel on t.me; and the feeds that a home page names."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from riwaya.collect.addresses import web_address
from riwaya.collect.feeds import time_in
from riwaya.records import Failure, Lead, Served, failed

FEED_PATHS = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/sitemap-news.xml", "/news-sitemap.xml")
"""Where the outlets that we list have their feeds, the most frequent first."""

_FEED_TYPES = frozenset(["application/rss+xml", "application/atom+xml", "application/rdf+xml"])
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m3u8|zip|apk|css|js|xml|rss|json)$", re.IGNORECASE)
_NO_ARTICLE = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|writers?|pages?|search|about|contact|login|privacy|terms)(?:/|$)", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{4,}")
_LEAST_TITLE = 20  # letters of a headline
_LEAST_SLUG_PARTS = 4  # words of a headline that is written into its address


def leads_in_page(served: Served, *, outlet: str = "") -> tuple[Lead, ...] | Failure:
    """The articles that a section page links to, or the posts that a t.me/s page shows, in the order of the page.

    A link is taken for an article if it stays on the site, its address holds a number of four digits or a headline, and its words are as
    many as those of a headline; the longest words win where several links lead to one address.
    """
    tree = _tree(served)
    if tree is None:
        return failed("collect", served.address, "not a page", "The page cannot be read as HTML.")
    leads = tuple(_posts(tree, outlet, served.address)) or tuple(_articles(tree, outlet, served.address))
    return leads or failed("collect", served.address, "not a feed", "The page links to nothing that looks like an article.")


def feeds_named_in(served: Served) -> tuple[str, ...]:
    """The addresses of the feeds that a page names in its head (<link rel="alternate">), those for comments last."""
    tree = _tree(served)
    found = []
    for link in () if tree is None else tree.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        if "alternate" in rel and (link.get("type") or "").lower().split(";")[0].strip() in _FEED_TYPES:
            found.append(web_address(link.get("href") or "", served.address))
    addresses = dict.fromkeys(address for address in found if address)
    return tuple(sorted(addresses, key=lambda address: "comment" in address))


def title_of(served: Served) -> str:
    """What a page calls its site: og:site_name, else the title."""
    tree = _tree(served)
    if tree is None:
        return ""
    names = [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:site_name"]
    names += ["".join(title.itertext()) for title in tree.iter("title")]
    return next((" ".join(name.split()) for name in names if name.strip()), "")


def _tree(served: Served) -> etree._Element | None:
    """The page as a tree; the bytes are read as UTF-8 where they can be, else as the page declares."""
    try:
        text = served.payload.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    try:
        parser = html.HTMLParser(encoding="utf-8" if text else None)
        return html.document_fromstring(served.payload, parser=parser) if served.payload.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _posts(tree: etree._Element, outlet: str, page: str) -> Iterator[Lead]:
    for post in tree.iter("div"):
        name = post.get("data-post") or ""
        if not re.fullmatch(r"[A-Za-z]\w+/\d+", name):
            continue
        times = [time_in(each.get("datetime") or "") for each in post.iter("time")]
        yield Lead(address=f"https://t.me/{name}", published=next((at for at in times if at), None), outlet=outlet, found_in=page)


def _articles(tree: etree._Element, outlet: str, page: str) -> Iterator[Lead]:
    titles: dict[str, str] = {}
    for link in tree.iter("a"):
        address = web_address(link.get("href") or "", page)
        if address and _looks_like_article(address, page):
            words = " ".join("".join(link.itertext()).split()) or " ".join((link.get("title") or "").split())
            titles[address] = max(titles.get(address, ""), words, key=len)
    for address, title in titles.items():
        if len(title) >= _LEAST_TITLE:
            yield Lead(address=address, title=title, outlet=outlet, found_in=page)


def _looks_like_article(address: str, page: str) -> bool:
    there, here = urlsplit(address), urlsplit(page)
    path = unquote(there.path)
    if _site(there.hostname) != _site(here.hostname) or _NO_PAGE.search(path) or _NO_ARTICLE.search(path):
        return False
    slug = max(path.split("/"), key=len)
    return bool(_NUMBER.search(path + "?" + there.query)) or len([part for part in re.split(r"[-_\s]", slug) if part]) >= _LEAST_SLUG_PARTS


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")
