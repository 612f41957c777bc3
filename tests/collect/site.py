"""A web site on the loopback: what the tests fetch from."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<html><head><title>اشتباكات قرب السد</title></head><body><p>قالت الشرطة إن شخصين أصيبا.</p></body></html>".encode()

_OK = b"HTTP/1.1 200 OK\r\n"
_UNENDING = {  # what never ends: how it begins, what then comes again and again, with which pause in seconds
    "slow": (_OK + b"Content-Length: 1000\r\n\r\n", b"x", 0.1),
    "slow-head": (_OK, b"x", 0.1),
    "endless-head": (_OK, b"X-More: x\r\n", 0),
    "endless-continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0),
    "two-lengths": (_OK + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\n", b"x", 0.1),
    "no-length": (_OK + b"Content-Length: -5\r\n\r\n", b"x", 0.1),
}


@dataclass
class Answer:
    """What the site gives at a path; a status of 200 with an ETag is answered with 304 to who knows that ETag."""

    body: bytes = PAGE
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """Where the site is, the headers of each request that it got, and what it gives beside its usual pages."""

    address: str
    requests: list[dict[str, str]] = field(default_factory=list)
    asked: list[tuple[float, str]] = field(default_factory=list)  # when (monotonic), path
    answers: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    most_at_once: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for _, path in self.asked if path != "/robots.txt"]

    @contextmanager
    def counted(self, path: str, headers: dict[str, str]) -> Iterator[None]:
        with self._lock:
            self.requests.append(headers)
            self.asked.append((time.monotonic(), path))
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet
    site: Site

    def do_GET(self) -> None:
        with self.site.counted(self.path, {name.lower(): value for name, value in self.headers.items()}):
            answer = self.site.answers.get(self.path)
            if answer is None:
                self._usual(self.path.strip("/"))
            else:
                self._answer(answer() if callable(answer) else answer)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def _answer(self, answer: Answer) -> None:
        etag = answer.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            self._give(304, b"", ETag=etag)
        else:
            self._give(answer.status, answer.body, **answer.headers)

    def _usual(self, path: str) -> None:
        if path == "robots.txt":
            self._give(404, b"")
        elif path.isdigit():
            self._give(int(path), b"")
        elif path.startswith("hop"):
            left = int(path.removeprefix("hop"))
            self._give(302, b"moved", Location=f"/hop{left - 1}" if left > 1 else "/page", **{"Set-Cookie": "seen=1"})
        elif path == "away":
            self._give(302, b"", Location="file:///etc/hostname")
        elif path == "gzip":
            self._give(200, gzip.compress(PAGE), **{"Content-Encoding": "gzip"})
        elif path == "odd":
            self._give(200, PAGE, **{"Content-Encoding": "sdch"})
        elif path == "endless":
            self._give_endless()
        elif path in _UNENDING:
            self._give_without_end(*_UNENDING[path])
        elif path == "long":
            self._give(200, PAGE + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison", **{"Content-Length": str(len(PAGE))})
        elif path == "short":
            self._give(200, PAGE, **{"Content-Length": str(len(PAGE) + 100)})
            self.close_connection = True
        else:
            self._give(200, PAGE, **{"X-Served-By": "حلب".encode().decode("latin-1")})

    def _give(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _give_endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
        except OSError:
            self.close_connection = True

    def _give_without_end(self, head: bytes, part: bytes, pause_seconds: float) -> None:
        try:
            self.wfile.write(head)
            while True:
                self.wfile.write(part)
                if pause_seconds:
                    self.wfile.flush()
                    time.sleep(pause_seconds)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in http.server
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is what some tests are about."""


@contextmanager
def site() -> Iterator[Site]:
    """A running site, stopped at the end."""

    class Handler(_Handler):
        pass

    server = _Server(("127.0.0.1", 0), Handler)
    Handler.site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Handler.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
