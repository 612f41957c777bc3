"""Outlets: who publishes, and where their new pages are listed. One TOML file each; its name is the outlet's key.

    name = "وكالة المثال"        # as it calls itself
    name_en = "Example Agency"
    country = "SY"               # ISO 3166, of the newsroom; where that is scattered, of what it covers; "" if not known
    kind = "agency"
    home = "https://example.org"
    delay_seconds = 2            # between two requests; may be left out

    [[feed]]                     # RSS, Atom or a news sitemap; the listings are asked in their order until one names pages
    address = "https://example.org/feed"
    sure = "reported"

    [[section]]                  # a page that links to the new ones
    address = "https://example.org/news"
    sure = "unchecked"

    [telegram]
    handle = "example"
    sure = "unchecked"

    [[layout]]                   # where its articles stand on its pages, by somebody who had one at hand; seldom needed
    body = "//div[@class='story']"            # XPath; likewise title, and set_aside for what is within the body and not of it
    valid_until = 2019-12-31     # the last day on which pages were built so: what was published until then is read by it for ever

How sure an address is: "tried" (riwaya asked it, and it named pages), "reported" (somebody says that they fetched it), "used" (it
stands in the settings of a running program), "unchecked".
"""

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec
from lxml import etree

from riwaya.collect.addresses import host_of, web_address
from riwaya.errors import OutletError
from riwaya.records import Layout

FOLDER = "outlets"
Kind = Literal["agency", "broadcaster", "newspaper", "site", "party-media", "government", "monitor", "fact-checker"]
Sure = Literal["tried", "reported", "used", "unchecked"]
ListingKind = Literal["feed", "section", "telegram"]

_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_COUNTRY = re.compile(r"[A-Z]{2}|")
_HANDLE = re.compile(r"[A-Za-z]\w{3,31}")
_LONGEST_DELAY = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An address at which an outlet lists its new pages."""

    kind: ListingKind
    address: str
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes."""

    key: str
    name: str
    name_en: str
    country: str
    kind: Kind
    home: str
    delay_seconds: float | None  # None: as the library's settings say
    listings: tuple[Listing, ...]  # feeds, sections, Telegram
    layouts: tuple[Layout, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Address:
    address: str
    sure: Sure


@dataclass(frozen=True, kw_only=True)
class _Channel:
    handle: str
    sure: Sure


@dataclass(frozen=True, kw_only=True)
class _File:
    name: str
    name_en: str
    country: str
    kind: Kind
    home: str
    delay_seconds: float | None = None
    feed: tuple[_Address, ...] = ()
    section: tuple[_Address, ...] = ()
    telegram: _Channel | None = None
    layout: tuple[Layout, ...] = ()


def load_outlets(own: Path | None = None) -> Mapping[str, Outlet]:
    """All outlets by key: those that come with riwaya and those of the folder `own`, which win. Raises OutletError."""
    shipped = files("riwaya.collect") / FOLDER
    found = (*own_outlets(Path(str(shipped))), *own_outlets(own))
    return {outlet.key: outlet for outlet in found}


def own_outlets(folder: Path | None) -> tuple[Outlet, ...]:
    """The outlets of a folder, by key; none if it does not exist. Raises OutletError if a file cannot be used."""
    return tuple(outlet_in(text, name) for name, text in _texts(folder)) if folder else ()


def chosen_outlets(outlets: tuple[Outlet, ...], keys: Collection[str]) -> tuple[Outlet, ...]:
    """The outlets with these keys, all if there are no keys. Raises OutletError if a key is of none of them, or there are none."""
    unknown = sorted(set(keys) - {outlet.key for outlet in outlets})
    if unknown:
        raise OutletError(f"The library has no outlet {unknown[0]!r}: riwaya outlets list shows those that can be added.")
    if not outlets:
        raise OutletError("The library has no outlets yet: riwaya outlets list shows some, riwaya outlets add KEY takes them in.")
    return tuple(outlet for outlet in outlets if not keys or outlet.key in keys)


def outlet_in(text: str, key: str) -> Outlet:
    """The outlet that a TOML text describes. Raises OutletError with a sentence that names the key and what is wrong."""
    try:
        given = tomllib.loads(text)
        file = msgspec.convert(given, _File)
    except tomllib.TOMLDecodeError as error:
        raise OutletError(f"The outlet {key!r} is no TOML: {error}.") from error
    except msgspec.ValidationError as error:
        raise OutletError(f"The outlet {key!r} cannot be used: {error}.") from error
    complaint = next(_complaints(key, given, file), None)
    if complaint:
        raise OutletError(f"The outlet {key!r} cannot be used: {complaint}.")
    listings = [Listing(kind="feed", address=each.address, sure=each.sure) for each in file.feed]
    listings += [Listing(kind="section", address=each.address, sure=each.sure) for each in file.section]
    if file.telegram:
        listings.append(Listing(kind="telegram", address=f"https://t.me/s/{file.telegram.handle}", sure=file.telegram.sure))
    return Outlet(
        key=key,
        name=file.name,
        name_en=file.name_en,
        country=file.country,
        kind=file.kind,
        home=file.home,
        delay_seconds=file.delay_seconds,
        listings=tuple(listings),
        layouts=file.layout,
    )


def toml_of(outlet: Outlet) -> str:
    """An outlet as the text of its file."""
    head = {"name": outlet.name, "name_en": outlet.name_en, "country": outlet.country, "kind": outlet.kind, "home": outlet.home}
    lines = [f"{name} = {_quoted(value)}" for name, value in head.items()]
    if outlet.delay_seconds is not None:
        lines.append(f"delay_seconds = {outlet.delay_seconds:g}")
    for listing in outlet.listings:
        if listing.kind == "telegram":
            lines += ["", "[telegram]", f"handle = {_quoted(listing.address.rpartition('/')[2])}"]
        else:
            lines += ["", f"[[{listing.kind}]]", f"address = {_quoted(listing.address)}"]
        lines.append(f"sure = {_quoted(listing.sure)}")
    for layout in outlet.layouts:
        paths = {"body": layout.body, "title": layout.title, "set_aside": layout.set_aside}
        lines += ["", "[[layout]]", *(f"{name} = {_quoted(path)}" for name, path in paths.items() if path)]
        lines += [f"valid_until = {layout.valid_until}"] if layout.valid_until else []
    return "\n".join(lines) + "\n"


def delays_of(outlets: tuple[Outlet, ...]) -> Mapping[str, float]:
    """The pause that each host asks for, as its outlet says; the longest, where outlets share a host."""
    delays: dict[str, float] = {}
    for outlet in outlets:
        for address in (outlet.home, *(listing.address for listing in outlet.listings)):
            if outlet.delay_seconds is not None:
                delays[host_of(address)] = max(delays.get(host_of(address), 0.0), outlet.delay_seconds)
    return delays


def layouts_of(outlets: Iterable[Outlet]) -> Mapping[str, tuple[Layout, ...]]:
    """The layouts of outlets by the host of their home page, without www; hosts that have none are left out."""
    return {host_of(outlet.home).removeprefix("www."): outlet.layouts for outlet in outlets if outlet.layouts}


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.toml")):
        try:
            yield path.stem, path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise OutletError(f"The outlet {path.stem!r} cannot be read: {error}.") from error


def _complaints(key: str, given: Mapping[str, Any], file: _File) -> Iterator[str]:
    if not _KEY.fullmatch(key):
        yield "its key, the name of its file, must be small Latin letters, digits and hyphens"
    yield from (f"there is no field {name!r}" for name in _unknown(given))
    if not file.name.strip():
        yield "it has no name"
    if not _COUNTRY.fullmatch(file.country):
        yield f"country must be two capital letters, not {file.country!r}"
    if file.telegram and not _HANDLE.fullmatch(file.telegram.handle):
        yield f"{file.telegram.handle!r} is no handle of a Telegram channel"
    if file.delay_seconds is not None and not 0 <= file.delay_seconds <= _LONGEST_DELAY:
        yield f"delay_seconds must lie between 0 and {_LONGEST_DELAY}"
    for layout in file.layout:
        yield from (f"{path!r} is no XPath of elements" for path in (layout.body, layout.title, layout.set_aside) if not _is_path(path))
        if not layout.body:
            yield "a layout has no body"
    for address in (file.home, *(each.address for each in (*file.feed, *file.section))):
        if web_address(address) is None:
            yield f"{address!r} is no http or https address"


def _unknown(given: Mapping[str, Any]) -> Iterator[str]:
    yield from given.keys() - _File.__dataclass_fields__.keys()
    for name in ("feed", "section"):
        for each in given.get(name, ()):
            yield from each.keys() - _Address.__dataclass_fields__.keys()
    for each in given.get("layout", ()):
        yield from each.keys() - Layout.__dataclass_fields__.keys()
    yield from given.get("telegram", {}).keys() - _Channel.__dataclass_fields__.keys()


def _is_path(path: str) -> bool:
    """Whether an expression selects elements, or is none."""
    try:
        return not path or isinstance(etree.XPath(path)(etree.Element("html")), list)
    except etree.XPathError:
        return False


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
