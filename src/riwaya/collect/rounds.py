"""A round: the listings of outlets, asked in turn until one of each outlet names pages."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riwaya.collect.feeds import is_index, leads_in_feed
from riwaya.collect.outlets import Listing, Outlet
from riwaya.collect.polite import Fetcher, Wanted
from riwaya.collect.sections import leads_in_page
from riwaya.records import Failure, Lead, Served, Unchanged, failed

_SITEMAPS = 10  # of a sitemap of sitemaps, the newest are asked: a site has one for each section, or for each day


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What one listing gave: leads, or a page that is kept itself because it shows the posts (t.me), or why it gave nothing."""

    outlet: Outlet
    address: str
    found: tuple[Lead, ...] | Served | Failure


def listed(outlets: Sequence[Outlet], fetcher: Fetcher) -> Iterator[Listed]:
    """What the listings of outlets give. Those of one outlet are asked in their order, the next only where the last named no page."""
    waiting = {outlet: [[listing] for listing in outlet.listings] for outlet in outlets}
    for outlet in [outlet for outlet, steps in waiting.items() if not steps]:
        del waiting[outlet]
        why = failed("collect", outlet.home, "not a feed", f"The outlet {outlet.key!r} has no address that lists its pages.")
        yield Listed(outlet=outlet, address=outlet.home, found=why)
    while waiting:
        asked: dict[str, list[tuple[Outlet, Listing]]] = defaultdict(list)
        for outlet, steps in waiting.items():
            for listing in steps.pop(0):
                asked[listing.address].append((outlet, listing))
        done: set[Outlet] = set()
        for wanted, outcome in fetcher.fetch_all([Wanted(address=address) for address in asked]):
            for outlet, listing in asked[wanted.address]:
                if isinstance(outcome, Served) and listing.kind == "feed" and is_index(outcome):
                    waiting[outlet].insert(0, _newest(outcome, listing))
                    continue
                found = found_in(outcome, listing, outlet.key)
                yield Listed(outlet=outlet, address=listing.address, found=found)
                if not isinstance(found, Failure):
                    done.add(outlet)
        waiting = {outlet: [step for step in steps if step] for outlet, steps in waiting.items() if outlet not in done}
        waiting = {outlet: steps for outlet, steps in waiting.items() if steps}


def found_in(outcome: Served | Unchanged | Failure, listing: Listing, outlet: str) -> tuple[Lead, ...] | Served | Failure:
    """What a listing of this kind gives, once it has been fetched."""
    if isinstance(outcome, Failure):
        return outcome
    if isinstance(outcome, Unchanged):
        raise AssertionError("listings are asked for without conditions")
    if listing.kind == "feed":
        return leads_in_feed(outcome, outlet=outlet)
    leads = leads_in_page(outcome, outlet=outlet)
    return outcome if listing.kind == "telegram" and not isinstance(leads, Failure) else leads


def _newest(index: Served, listing: Listing) -> list[Listing]:
    """The sitemaps that changed last, of those that an index names; the first ones where it says of none when it changed."""
    leads = leads_in_feed(index)
    maps = [] if isinstance(leads, Failure) else sorted(leads, key=lambda lead: -lead.published.timestamp() if lead.published else 0.0)
    return [Listing(kind="feed", address=lead.address, sure=listing.sure) for lead in maps[:_SITEMAPS] if lead.address != listing.address]
