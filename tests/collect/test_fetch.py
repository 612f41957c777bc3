"""Fetching from a real server on the loopback: what is served, and every way in which it fails."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import brotli
import httpx2
import pytest
from backports import zstd

from riwaya.collect.fetch import MAX_REDIRECTS, Limits, Web, fetch_page, validators_of
from riwaya.records import Failure, Served, Unchanged, Validators
from tests.collect.site import PAGE, Answer, Site, site

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with site() as running:
        yield running


def fetched(address: str, *, max_bytes: int = 100_000, max_seconds: int = 5) -> Served | Failure:
    return fetch_page(address, limits=Limits(bytes=max_bytes, seconds=max_seconds), now=NOW, loopback=True)


def test_a_page_comes_as_served_with_its_headers(running: Site) -> None:
    served = fetched(f"{running.address}/page")
    assert isinstance(served, Served)
    assert (served.payload, served.status, served.captured_at) == (PAGE, 200, NOW)
    assert served.media_type == "text/html; charset=utf-8"
    assert served.headers is not None
    assert ("X-Served-By", "حلب") in served.headers


def test_the_request_says_who_asks(running: Site) -> None:
    fetched(f"{running.address}/page")
    assert running.requests[-1]["user-agent"].startswith("riwaya/0.")


def test_redirects_are_followed_without_cookies(running: Site) -> None:
    served = fetched(f"{running.address}/hop{MAX_REDIRECTS}")
    assert isinstance(served, Served)
    assert served.address == f"{running.address}/page"
    assert not any("cookie" in request for request in running.requests)


def test_a_compressed_page_is_kept_as_the_page_and_says_so(running: Site) -> None:
    served = fetched(f"{running.address}/gzip")
    assert isinstance(served, Served)
    assert served.payload == PAGE
    headers = dict(served.headers or ())
    assert headers["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert "Content-Length" not in headers  # it was that of the compressed bytes


@pytest.mark.parametrize(
    ("encoding", "compress"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_what_is_compressed_is_undone_and_a_bomb_is_given_up(running: Site, encoding: str, compress: Callable[[bytes], bytes]) -> None:
    running.answers["/packed"] = Answer(compress(PAGE), headers={"Content-Encoding": encoding})
    running.answers["/bomb"] = Answer(compress(bytes(2_000_000)), headers={"Content-Encoding": encoding})
    packed, bomb = fetched(f"{running.address}/packed"), fetched(f"{running.address}/bomb")
    assert isinstance(packed, Served)
    assert packed.payload == PAGE
    assert isinstance(bomb, Failure)
    assert bomb.reason == "too large"
    assert encoding in running.requests[-1]["accept-encoding"]


def test_a_page_that_is_known_is_asked_for_with_what_the_server_told_of_it(running: Site) -> None:
    running.answers["/kept"] = Answer(headers={"ETag": '"one"', "Last-Modified": "Sun, 22 Nov 2026 10:00:00 GMT"})
    url, limits = httpx2.URL(f"{running.address}/kept"), Limits(bytes=100_000, seconds=5)
    with Web(loopback=True) as web:
        first = web.get(url, limits, NOW)
        assert isinstance(first, Served)
        validators = validators_of(first)
        assert validators == Validators(etag='"one"', last_modified="Sun, 22 Nov 2026 10:00:00 GMT")
        assert web.get(url, limits, NOW, validators) == Unchanged(address=str(url))
        assert running.requests[-1]["if-modified-since"] == "Sun, 22 Nov 2026 10:00:00 GMT"
        running.answers["/kept"] = Answer(b"<p>new</p>", headers={"ETag": '"two"'})
        changed = web.get(url, limits, NOW, validators)
        assert isinstance(changed, Served)
        assert changed.payload == b"<p>new</p>"


def test_who_asks_may_say_how_to_be_reached(running: Site) -> None:
    with Web(loopback=True, contact="desk@example.org") as web:
        web.get(httpx2.URL(f"{running.address}/page"), Limits(bytes=100_000, seconds=5), NOW)
    assert running.requests[-1]["user-agent"].endswith("(reads Arabic news; desk@example.org)")


def test_what_is_sent_is_kept_with_the_page(running: Site) -> None:
    served = fetched(f"{running.address}/page")
    assert isinstance(served, Served)
    assert served.request is not None
    assert {name.lower(): value for name, value in served.request} == running.requests[-1]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("404", "not found"),
        ("410", "not found"),
        ("403", "refused"),
        ("503", "unreachable"),
        ("304", "refused"),
        (f"hop{MAX_REDIRECTS + 1}", "unreachable"),
        ("away", "refused"),
        ("odd", "not a page"),
        ("endless", "too large"),
        ("short", "unreachable"),
        ("endless-head", "unreachable"),
        ("two-lengths", "unreachable"),
        ("no-length", "unreachable"),
    ],
)
def test_what_a_server_does_to_us_is_a_failure_with_its_reason(running: Site, path: str, reason: str) -> None:
    failure = fetched(f"{running.address}/{path}")
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.stage, failure.address) == (reason, "collect", f"{running.address}/{path}")


def test_what_follows_a_page_is_not_taken_for_the_next_one(running: Site) -> None:
    with Web(loopback=True) as web:
        pages = [
            web.get(httpx2.URL(f"{running.address}/{path}"), Limits(bytes=100_000, seconds=5), NOW) for path in ("long", "page", "page")
        ]
    assert [page.payload for page in pages if isinstance(page, Served)] == [PAGE] * 3


def test_cookies_are_not_kept_from_one_page_to_the_next(running: Site) -> None:
    running.answers["/cookie"] = Answer(headers={"Set-Cookie": "seen=1; Path=/; Max-Age=9999"})
    with Web(loopback=True) as web:
        for path in ("cookie", "page"):
            web.get(httpx2.URL(f"{running.address}/{path}"), Limits(bytes=100_000, seconds=5), NOW)
    assert "cookie" not in running.requests[-1]


@pytest.mark.parametrize("path", ["slow", "slow-head", "endless-continue"])
def test_a_page_or_a_head_that_trickles_in_is_given_up_in_time(running: Site, path: str) -> None:
    began = time.monotonic()
    failure = fetched(f"{running.address}/{path}", max_seconds=1)
    assert isinstance(failure, Failure)
    assert failure.reason == "unreachable"
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/page",
        "file:///etc/hostname",
        "http://",
        "http://me:secret@127.0.0.1/",
        "http://[::1",
        "http://a\udc80/",
    ],
)
def test_what_we_do_not_ask_for(address: str) -> None:
    failure = fetched(address)
    assert isinstance(failure, Failure)
    assert failure.reason == "refused"
    failure.address.encode()  # can be stored
    assert "secret" not in failure.address


def test_credentials_that_a_server_sends_us_on_with_are_not_used(running: Site) -> None:
    running.answers["/login"] = Answer(b"", 302, {"Location": running.address.replace("//", "//me:secret@") + "/page"})
    failure = fetched(f"{running.address}/login")
    assert isinstance(failure, Failure)
    assert failure.reason == "refused"
    assert "secret" not in failure.detail
    assert not any("authorization" in request for request in running.requests)


def test_nobody_answers() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    failure = fetched(f"http://127.0.0.1:{port}/")
    assert isinstance(failure, Failure)
    assert failure.reason == "unreachable"
