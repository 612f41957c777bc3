"""Fetching from a real server on the loopback: what is served, and every way in which it fails."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from riwaya.collect.fetch import MAX_REDIRECTS, Limits, fetch_page
from riwaya.records import Failure, Served
from tests.collect.site import PAGE, Site, site

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
    assert ("X-Archive-Orig-Content-Encoding", "gzip") in (served.headers or ())


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
    ],
)
def test_what_a_server_does_to_us_is_a_failure_with_its_reason(running: Site, path: str, reason: str) -> None:
    failure = fetched(f"{running.address}/{path}")
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.stage, failure.address) == (reason, "collect", f"{running.address}/{path}")


def test_a_page_that_trickles_in_is_given_up_in_time(running: Site) -> None:
    began = time.monotonic()
    failure = fetched(f"{running.address}/slow", max_seconds=1)
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


def test_nobody_answers() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    failure = fetched(f"http://127.0.0.1:{port}/")
    assert isinstance(failure, Failure)
    assert failure.reason == "unreachable"
