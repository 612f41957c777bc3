"""The desk over the demo library, as a browser meets it: served on a loopback address."""

import os
import socket
import threading
import time
import tomllib
from collections.abc import Iterator
from importlib.resources import as_file, files
from shutil import which

import httpx2
import pytest
import uvicorn
from argon2 import PasswordHasher
from litestar.types import ASGIApp
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from riwaya.library import Library
from riwaya.web.app import desk_app

CHROMIUM = which("chromium")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # Argon2id as in earnest, but cheap


class Served:
    """An application that listens on a free port of this machine until it is closed."""

    def __init__(self, app: ASGIApp) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def close(self) -> None:
        """Stop listening."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


@pytest.fixture(scope="session")
def demo_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library of the sample pages, read by the rules and related. For tests that change nothing."""
    with as_file(files("riwaya") / "samples") as samples, Library.create(tmp_path_factory.mktemp("demo") / "library") as library:
        pages = tomllib.loads((samples / "expected.toml").read_text(encoding="utf-8"))["page"]
        addresses = {samples / "pages" / page["file"]: page["address"] for page in pages}
        library.collect(addresses, addresses=addresses)
        library.reader = "rules"
        library.read(jobs=1)
        library.accounting.relate()
        yield library


@pytest.fixture(scope="session")
def demo_desk(demo_library: Library) -> Iterator[str]:
    """The address of the desk over the demo library."""
    served = Served(desk_app(demo_library))
    yield served.address
    served.close()


@pytest.fixture
def client(demo_desk: str) -> Iterator[httpx2.Client]:
    """An HTTP client of the desk over the demo library, as a browser that sends a form from the desk's own page."""
    with httpx2.Client(base_url=demo_desk, headers={"Origin": demo_desk}) as client:
        yield client


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    if CHROMIUM is None and os.environ.get("CHROMIUM") == "needed":
        pytest.fail("there is no chromium on this machine, and the browser tests are needed here (.ci/run)")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine: the browser tests are skipped (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, demo_desk: str) -> Iterator[BrowserContext]:
    """A new profile of the browser: no cookies, 1440 pixels wide."""
    context = chromium.new_context(base_url=demo_desk, viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@pytest.fixture
def address(own: Library) -> Iterator[str]:
    """Where a library of the test's own, its fixture `own`, is served."""
    served = Served(desk_app(own))
    yield served.address
    served.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of the browser; `page.goto("/outlets")` asks the desk over the demo library."""
    return context.new_page()
