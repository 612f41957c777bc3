"""A new outlet from its home page: which feed it names, or has where feeds as a rule are."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from riwaya.collect.addresses import web_address
from riwaya.collect.outlets import Listing, ListingKind, Outlet
from riwaya.collect.polite import Fetcher, Wanted
from riwaya.collect.rounds import found_in
from riwaya.collect.sections import FEED_PATHS, feeds_named_in, title_of
from riwaya.records import Failure, Lead, Served, Unchanged, failed


def proposal_for(home: str, fetcher: Fetcher) -> tuple[Outlet, tuple[Lead, ...]] | Failure:
    """An outlet with the first listing that names pages, and these; its country is left open, its kind is "site" until somebody knows.

    Tried are the feeds that the page names, then the usual paths, then the page itself as a list of links.
    """
    address = web_address(home)
    if address is None:
        return failed("collect", home, "refused", "It is no http or https address.")
    page = fetcher.fetch(Wanted(address=address))
    if isinstance(page, Failure):
        return page
    if isinstance(page, Unchanged):
        raise AssertionError("a home page is asked for without conditions")
    for kind, listing_address in _tried(page):
        listing = Listing(kind=kind, address=listing_address, sure="tried")
        outcome = page if kind == "section" else fetcher.fetch(Wanted(address=listing_address))
        leads = found_in(outcome, listing, key_of(page.address))
        if isinstance(leads, tuple):
            name = title_of(page) or key_of(page.address)
            outlet = Outlet(
                key=key_of(page.address),
                name=name,
                name_en="",
                country="",
                kind="site",
                home=page.address,
                delay_seconds=None,
                listings=(listing,),
            )
            return outlet, leads
    return failed("collect", address, "not a feed", "The page names no feed, has none where feeds usually are, and lists no articles.")


def key_of(address: str) -> str:
    """The key of an outlet at an address: its host without www and the last part, in small letters, digits and hyphens."""
    host = urlsplit(address).hostname or ""
    parts = [part for part in host.removeprefix("www.").split(".") if part]
    named = parts[:-1] if len(parts) > 1 and not host.replace(".", "").isdigit() else parts
    return re.sub(r"[^a-z0-9]+", "-", "-".join(named).lower()).strip("-") or "outlet"


def _tried(page: Served) -> Iterator[tuple[ListingKind, str]]:
    named = feeds_named_in(page)
    for address in named:
        yield "feed", address
    for path in FEED_PATHS:
        usual = web_address(path, page.address)
        if usual and usual not in named:
            yield "feed", usual
    yield "section", page.address
