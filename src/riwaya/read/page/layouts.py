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


def layouts_at(layouts: Layouts, address: str) -> Sequence[Layout]:
    """The layouts that the pages of an address had at any time."""
    try:
        return layouts.get((urlsplit(address).hostname or "").removeprefix("www."), ())
    except ValueError:
        return ()


def layout_of(root: etree._Element, layouts: Sequence[Layout], day: date | None) -> Layout | None:
    """The layout of a page of a day (None: it is not known, and so of today): of those that had not ended, the first to end that is on it.

    A page that an outlet shows in its new clothes years after has a later one, one that was saved and is collected years after its own.
    """
    held = (each for each in layouts if each.valid_until is None or (day is not None and day <= each.valid_until))
    return next((each for each in sorted(held, key=lambda each: each.valid_until or date.max) if _selected(root, each.body)), None)


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
