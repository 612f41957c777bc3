"""A web site on the loopback: what the tests fetch from."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<html><head><title>اشتباكات قرب السد</title></head><body><p>قالت الشرطة إن شخصين أصيبا.</p></body></html>".encode()


@dataclass
class Site:
    """Where the site is, and the headers of each request that it got."""

    address: str
    requests: list[dict[str, str]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.requests.append({name.lower(): value for name, value in self.headers.items()})
        path = self.path.strip("/")
        if path.isdigit():
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
        elif path == "slow":
            self._give_slowly()
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

    def _give_slowly(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(1000):
                self.wfile.write(b"x")
                time.sleep(0.2)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in http.server
        pass


class _Server(ThreadingHTTPServer):
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
