"""One polite GET: a page as its server gives it to anybody, or why it cannot be had."""

import time
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

import httpx2

from riwaya.records import Failure, FailureReason, Served, failed

MAX_REDIRECTS = 5
_ENCODINGS = frozenset(["", "identity", "gzip", "deflate"])
_MISSING = frozenset([404, 410])


class _NotServedError(Exception):
    """Ends a fetch; its words become the failure."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(detail)
        self.reason: FailureReason = reason


def fetch_page(address: str, *, max_bytes: int, max_seconds: int, now: datetime) -> Served | Failure:
    """What a GET of `address` gives at `now`, redirects followed, no cookies; or the failure that it ends in.

    The body is asked for uncompressed and kept as the page's own bytes: where a server compresses or chunks it all the same,
    the headers that said so are kept under the names X-Archive-Orig-... that web archives use.
    """
    try:
        return _fetch(address, max_bytes=max_bytes, deadline=time.monotonic() + max_seconds, now=now)
    except _NotServedError as error:
        reason, detail = error.reason, str(error)
    except httpx2.InvalidURL as error:
        reason, detail = "refused", f"It is no address: {error}."
    except httpx2.TimeoutException:
        reason, detail = "unreachable", f"No answer within {max_seconds} seconds."
    except (httpx2.HTTPError, httpx2.StreamError) as error:
        reason, detail = "unreachable", f"The page could not be fetched: {error}."
    address = address.encode("utf-8", "replace").decode("utf-8")
    return failed("collect", address, reason, detail)


def _fetch(address: str, *, max_bytes: int, deadline: float, now: datetime) -> Served:
    url = httpx2.URL(address)
    agent = {
        "User-Agent": f"riwaya/{version('riwaya')} (reads Arabic news)",
        "Accept-Encoding": "identity",
        "Accept": "text/html, */*;q=0.5",
    }
    with httpx2.Client(headers=agent) as client:
        for _ in range(MAX_REDIRECTS + 1):
            refusal = why_refused(url)
            if refusal:
                raise _NotServedError("refused", refusal)
            client.cookies.clear()
            with client.stream("GET", url, timeout=_seconds_left(deadline)) as response:
                if response.next_request is None:
                    return _served(response, max_bytes, deadline, now)
                url = response.next_request.url
    raise _NotServedError("unreachable", f"The address redirects more than {MAX_REDIRECTS} times.")


def why_refused(url: httpx2.URL) -> str | None:
    """Why we do not ask for this address, as a sentence; None: we do. Every redirect passes here too."""
    if url.scheme not in ("http", "https") or not url.host:
        return "Only http and https addresses are fetched."
    if url.userinfo:
        return "An address with a user name or password is not fetched."
    return None


def _served(response: httpx2.Response, max_bytes: int, deadline: float, now: datetime) -> Served:
    status = response.status_code
    if status in _MISSING:
        raise _NotServedError("not found", f"The server answered {status}.")
    if not 200 <= status < 300:
        raise _NotServedError("unreachable" if status >= 500 else "refused", f"The server answered {status}.")
    if response.headers.get("content-encoding", "").lower() not in _ENCODINGS:
        raise _NotServedError("not a page", f"The body is compressed as {response.headers['content-encoding']!r}, which was not asked for.")
    payload = bytearray()
    for chunk in response.iter_bytes():
        payload += chunk
        if len(payload) > max_bytes:
            raise _NotServedError("too large", f"The page is larger than {max_bytes:,} bytes.")
        _seconds_left(deadline)
    return Served(
        address=str(response.url),
        captured_at=now,
        status=status,
        media_type=response.headers.get("content-type", ""),
        headers=tuple(_kept_headers(response)),
        payload=bytes(payload),
    )


def _kept_headers(response: httpx2.Response) -> Iterator[tuple[str, str]]:
    for name, value in response.headers.raw:
        undone = name.lower() in (b"content-encoding", b"transfer-encoding")
        yield ("X-Archive-Orig-" if undone else "") + name.decode("latin-1"), value.decode("utf-8", "replace")


def _seconds_left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _NotServedError("unreachable", "The page took too long to arrive.")
    return left
