"""The layouts of outlets: where on their pages the title and the body stand, for as long as the pages were built so.

What a layout does not find is looked for by the rules that hold for all pages; so a layout that is out of date does no harm.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree

from riwaya.records import Layout

Layouts = Mapping[str, Sequence[Layout]]  # by host, without www
Mark = Literal["title", "body", "set aside"]


def layout_at(layouts: Layouts, address: str, day: date | None) -> Layout | None:
    """The layout that the pages of a host had on a day (None: the one they have now): of those that still held, the first to end."""
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    held = [each for each in layouts.get(host, ()) if each.valid_until is None or (day is not None and day <= each.valid_until)]
    return min(held, key=lambda each: each.valid_until or date.max, default=None)


def marks_on(root: etree._Element, layout: Layout) -> dict[etree._Element, Mark]:
    """The elements of a page that its layout names. The first title and body count; what is set aside may be many elements."""
    marks: dict[etree._Element, Mark] = dict.fromkeys(_selected(root, layout.set_aside), "set aside")
    marks |= dict.fromkeys(_selected(root, layout.title)[:1], "title")
    return marks | dict.fromkeys(_selected(root, layout.body)[:1], "body")


def _selected(root: etree._Element, path: str) -> list[etree._Element]:
    found = _compiled(path)(root) if path else []
    return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


@lru_cache(maxsize=1000)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path)
