"""Addresses of the web: what is asked for, what is kept, and which numbers are public."""

import os
import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2

_CREDENTIALS = re.compile(r"^(\s*[A-Za-z][A-Za-z0-9+.-]*://)[^/?#\\]*@")
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291: all that was ever given out; what lies outside wraps IPv4 or is of this network
_DOCUMENTATION = IPv6Network("3fff::/20")  # RFC 9637
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_NOT_FOR_GUESTS = (
    IPv4Network("168.63.129.16/32"),  # Azure answers its own machines there, at a number that is public in form
    IPv4Network("192.0.0.0/24"),  # RFC 6890: protocol assignments; Oracle's cloud answers its own machines in it
)


def without_credentials(address: str) -> str:
    """The address without a user name and password: these are never stored, shown or sent on."""
    return _CREDENTIALS.sub(r"\1", address)


def web_address(address: str, page: str = "") -> str | None:
    """An http or https address in the one spelling that it is stored and asked for in; a relative one starts from the `page` it stands on.

    Letters that are not ASCII are written as %XX, the part after # goes, and so do credentials. None: it is no such address.
    """
    if not address.strip():
        return None
    try:
        url = httpx2.URL(without_credentials(urljoin(page, address.strip())).partition("#")[0])
        port = urlsplit(str(url)).port  # raises where the number is too large
    except (httpx2.InvalidURL, ValueError):
        return None
    if url.scheme not in ("http", "https") or not url.host or "%" in url.host or port == 0:
        return None
    return str(url)


def file_address(path: Path) -> str:
    """The file: address of a file or folder, the same from wherever it is named; a link is known by its own place."""
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 - Path.absolute leaves /a/../b as it is


def host_of(address: str) -> str:
    """The host of an address with its port, where one is given; "" if it has none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet, also where it wraps another (mapped, NAT64, 6to4, Teredo)."""
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address):
        within = address.ipv4_mapped or (IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None)
        if within:
            return _is_public(within)
        tunnelled = [each for each in (address.sixtofour, *(address.teredo or ())) if each is not None]
        if address not in _GLOBAL_UNICAST or address in _DOCUMENTATION or not all(map(_is_public, tunnelled)):
            return False
    return _is_public(address)


def is_loopback(number: str) -> bool:
    """Whether an IP address is one of this machine itself: 127.0.0.0/8 or ::1."""
    return ip_address(number.partition("%")[0]).is_loopback


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast and not any(address in network for network in _NOT_FOR_GUESTS)
