"""Connections to the public web only: a name is resolved once, what it gives is checked, and that very number is connected to.

Nothing is connected to by name, so that no second look-up can give another number, and every redirect comes through here too. How a
number is spelled (2130706433, 0x7f.1) does not matter: what counts is what the system makes of it.
"""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from ssl import SSLContext
from typing import Any

import httpcore2
from httpcore2 import ConnectError, ConnectTimeout, NetworkStream

from riwaya.collect.addresses import is_loopback, is_public

_DEADLINE: ContextVar[float] = ContextVar("deadline")


class NotPublicError(Exception):
    """A name leads to a machine that is not of the public internet; its text is a sentence that says so."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """All that is sent and received within must be done in so many seconds, however slowly each part comes."""
    token = _DEADLINE.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _DEADLINE.reset(token)


class PublicNetwork(httpcore2.NetworkBackend):
    """What httpcore2 connects by. `loopback`: this machine itself may be asked too."""

    def __init__(self, *, loopback: bool = False) -> None:
        self._loopback = loopback
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> NetworkStream:
        """Connect to the first number of `host` that answers. Raises NotPublicError if any of its numbers is not public."""
        for number in (numbers := self._numbers(host, port)):
            try:
                return _Stream(self._plain.connect_tcp(number, port, _left(timeout), local_address, socket_options))
            except (ConnectError, ConnectTimeout):
                if number == numbers[-1]:
                    raise
        raise ConnectError(f"{host} has no address")

    def _numbers(self, host: str, port: int) -> list[str]:
        try:
            numbers = _looked_up(host, port)
        except TimeoutError as error:
            raise ConnectTimeout(f"{host} could not be looked up in time") from error
        except (OSError, UnicodeError) as error:
            raise ConnectError(f"{host} is not known") from error
        for number in numbers:
            if not (is_public(number) or (self._loopback and is_loopback(number))):
                raise NotPublicError(f"The address leads to {number}, which is no public address.")
        return numbers


class _Stream(NetworkStream):
    """A connection that keeps to the time limit as a whole, where timeouts of its own hold for one read or write."""

    def __init__(self, stream: NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _looked_up(host: str, port: int) -> list[str]:
    """The numbers of a name. The system's look-up knows no time limit: it has a thread of its own, which is left behind when time is up."""
    found: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.set_result(list(dict.fromkeys(str(address[0]) for *_, address in answers)))
        except (OSError, UnicodeError) as error:
            found.set_exception(error)

    threading.Thread(target=look_up, daemon=True).start()
    return found.result(_left(None))


def _left(timeout: float | None) -> float:
    left = _DEADLINE.get() - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time is up")
    return left if timeout is None else min(left, timeout)
