"""One GET: a page as its server gives it to anybody, or why it cannot be had."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from ssl import SSLContext
from typing import Self

import httpcore2
import httpx2

from riwaya.collect.addresses import web_address, without_credentials
from riwaya.collect.network import NotPublicError, PublicNetwork, time_limit
from riwaya.records import Failure, FailureReason, Served, Unchanged, Validators, failed

MAX_REDIRECTS = 5
AGENT = "riwaya"  # the word by which robots.txt speaks of us
_ENCODINGS = frozenset(["", "identity", "gzip", "x-gzip", "deflate", "br", "zstd"])
_UNDONE = (b"content-encoding", b"transfer-encoding")
_MISSING = frozenset([404, 410])
_LATER = frozenset([408, 425, 429, 500, 502, 503, 504])  # statuses after which the same request may succeed
_LONGEST_WAIT = 10**6  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one answer may hold, and how long it may take from the first look-up to the last byte."""

    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The server answered with another address."""

    to: httpx2.URL


@dataclass(frozen=True, slots=True, kw_only=True)
class NotServed:
    """Why there is no page."""

    reason: FailureReason
    detail: str
    status: int = 0  # 0: there was no answer
    later: bool = False  # the same request may succeed later
    wait_seconds: float | None = None  # what the server asks us to wait
    silent: bool = False  # nobody answered at all


Hop = Served | Unchanged | Moved | NotServed


class Web:
    """Connections to the public web, shared by all threads; close it, or use it in a `with`. It keeps no cookies and asks no proxy.

    Each page has a connection of its own: what a server sends beyond the length that it gave is never taken for the next page.
    """

    def __init__(self, *, loopback: bool = False, contact: str = "") -> None:
        pool = httpcore2.ConnectionPool(
            ssl_context=_tls(), max_connections=None, max_keepalive_connections=0, network_backend=PublicNetwork(loopback=loopback)
        )
        self._client = httpx2.Client(
            transport=_Transport(pool),
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={
                "User-Agent": _user_agent(contact),
                "Accept-Encoding": "gzip, deflate, br, zstd",
                "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5",
                "Accept-Language": "ar, *;q=0.5",
            },
        )

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, url: httpx2.URL, limits: Limits, now: datetime, validators: Validators | None = None) -> Hop:
        """What one GET gives; redirects are not followed. `validators`: what the server told of the page that we have already."""
        refusal = why_refused(url)
        if refusal:
            return NotServed(reason="refused", detail=refusal)
        try:
            with time_limit(limits.seconds), self._client.stream("GET", url, headers=_conditions(validators), timeout=None) as response:
                return _answer(response, limits, now, conditional=validators is not None)
        except NotPublicError as error:
            return NotServed(reason="refused", detail=str(error))
        except httpx2.InvalidURL as error:
            return NotServed(reason="refused", detail=f"It is no address: {error}.")
        except httpcore2.TimeoutException as error:
            silent = isinstance(error, httpcore2.ConnectTimeout)
            return NotServed(reason="unreachable", detail="It took too long to answer.", later=True, silent=silent)
        except (httpcore2.ConnectError, httpcore2.ReadError, httpcore2.WriteError) as error:
            silent = isinstance(error, httpcore2.ConnectError)
            return NotServed(reason="unreachable", detail=f"The page could not be fetched: {error}.", later=True, silent=silent)
        except (httpcore2.ProtocolError, httpx2.HTTPError, httpx2.StreamError) as error:
            return NotServed(reason="unreachable", detail=f"The page could not be fetched: {error}.")


def fetch_page(address: str, *, limits: Limits, now: datetime, loopback: bool = False) -> Served | Failure:
    """What a GET of `address` gives at `now`, redirects followed, as when a person looks at one page; or the failure that it ends in.

    The body is kept as the page's own bytes: where a server compresses or chunks it, the headers that said so are kept under the
    names X-Archive-Orig-... that web archives use.
    """
    ends = time.monotonic() + limits.seconds
    with Web(loopback=loopback) as web:
        outcome = follow(address, lambda url: web.get(url, Limits(bytes=limits.bytes, seconds=ends - time.monotonic()), now))
    if isinstance(outcome, Unchanged):
        raise AssertionError("an answer of 304 to a request without validators is a failure")
    return outcome


def follow(address: str, get: Callable[[httpx2.URL], Hop]) -> Served | Unchanged | Failure:
    """What `get` makes of an address when the redirects that it meets are followed."""
    shown = without_credentials(address).encode("utf-8", "replace").decode("utf-8")
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL as error:
        return failed("collect", shown, "refused", f"It is no address: {error}.")
    for _ in range(MAX_REDIRECTS + 1):
        hop = get(url)
        if isinstance(hop, NotServed):
            return failed("collect", shown, hop.reason, hop.detail)
        if not isinstance(hop, Moved):
            return hop
        url = hop.to
    return failed("collect", shown, "unreachable", f"The address redirects more than {MAX_REDIRECTS} times.")


def why_refused(url: httpx2.URL) -> str | None:
    """Why we do not ask for this address, as a sentence; None: we do. Every redirect passes here too."""
    if url.scheme not in ("http", "https") or not url.host:
        return "Only http and https addresses are fetched."
    if url.userinfo:
        return "An address with a user name or password is not fetched."
    return None


def validators_of(served: Served) -> Validators | None:
    """What a server told of a page by which it can be asked later whether the page has changed; None if it told nothing."""
    headers = {name.lower(): value for name, value in served.headers or ()}
    etag, last_modified = headers.get("etag", ""), headers.get("last-modified", "")
    return Validators(etag=etag, last_modified=last_modified) if etag or last_modified else None


def _conditions(validators: Validators | None) -> Mapping[str, str]:
    conditions = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified} if validators else {}
    return {name: value for name, value in conditions.items() if value and value.isascii() and value.isprintable()}


def _answer(response: httpx2.Response, limits: Limits, now: datetime, *, conditional: bool) -> Hop:
    status = response.status_code
    if response.next_request is not None:
        return Moved(to=response.next_request.url.copy_with(fragment=None))
    if status == 304 and conditional:
        return Unchanged(address=str(response.url))
    if status in _MISSING:
        return NotServed(reason="not found", detail=f"The server answered {status}.", status=status)
    if not 200 <= status < 300:
        reason: FailureReason = "unreachable" if status >= 500 else "refused"
        wait = _wait_seconds(response.headers.get("retry-after", ""), now) if status in _LATER else None
        said = f"The server answered {status}."
        return NotServed(reason=reason, detail=said, status=status, later=status in _LATER, wait_seconds=wait)
    encodings = {each.strip() for each in response.headers.get("content-encoding", "").lower().split(",")}
    if not encodings <= _ENCODINGS:
        return NotServed(reason="not a page", detail=f"The body is compressed as {', '.join(sorted(encodings))}, which was not asked for.")
    payload = bytearray()
    for chunk in response.iter_bytes():
        payload += chunk
        if len(payload) > limits.bytes:
            return NotServed(reason="too large", detail=f"The page is larger than {limits.bytes:,} bytes.")
    return Served(
        address=web_address(str(response.url)) or str(response.url),
        captured_at=now,
        status=status,
        media_type=response.headers.get("content-type", ""),
        headers=tuple(_kept_headers(response)),
        payload=bytes(payload),
        request=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.request.headers.raw),
    )


def _kept_headers(response: httpx2.Response) -> Iterator[tuple[str, str]]:
    compressed = response.headers.get("content-encoding", "identity").lower() not in ("", "identity")
    for name, value in response.headers.raw:
        undone = name.lower() in _UNDONE or (compressed and name.lower() == b"content-length")
        yield ("X-Archive-Orig-" if undone else "") + name.decode("latin-1"), value.decode("utf-8", "replace")


def _wait_seconds(retry_after: str, now: datetime) -> float | None:
    """What a Retry-After header asks for: seconds, or a date; None: nothing that can be read."""
    if retry_after.strip().isdecimal():
        return min(float(retry_after), _LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()), _LONGEST_WAIT)


class _Transport(httpx2.BaseTransport):
    """Carries httpx2's requests over our own connections; what goes wrong is raised as httpcore2 names it."""

    def __init__(self, pool: httpcore2.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        response = self._pool.handle_request(
            httpcore2.Request(request.method, target, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx2.Response(response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _user_agent(contact: str) -> str:
    """Who asks; `contact` is how the user can be reached, left out if it has letters that a header cannot hold."""
    words = ["reads Arabic news", *([contact] if contact.isascii() and contact.isprintable() and contact else [])]
    return f"{AGENT}/{version('riwaya')} ({'; '.join(words)})"


@lru_cache(maxsize=1)
def _tls() -> SSLContext:
    """The system's certificates, loaded once: it takes longer than to fetch a page."""
    return httpx2.create_ssl_context()
