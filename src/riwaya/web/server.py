"""The desk on a socket: it serves until it is asked to end."""

import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import uvicorn

from riwaya.errors import SettingsError
from riwaya.library import Library
from riwaya.web.app import desk_app
from riwaya.web.users import Users

PORT = 7317  # where the desk is looked for first


class Certificate(NamedTuple):
    """The PEM files of a TLS certificate and of its key."""

    chain: Path
    key: Path


def serve(
    library: Library, *, host: str, port: int | None, login: bool, certificate: Certificate | None, ready: Callable[[str], None]
) -> None:
    """Serve the desk of a library until the process is asked to end (Ctrl-C); `ready` is told the address that a browser opens.

    `port` None means PORT, or any free one if that is taken. People must log in with `login`, and at every address that others can reach.
    Raises SettingsError if nobody could, OSError if the address cannot be listened at.
    """
    users = Users(library.folder) if login or not is_loopback(host) else None
    if users and not users.all():
        raise SettingsError(f"Others can reach {host}, so people must log in, and there is no user yet: riwaya users add NAME.")
    with _listening(host, port) as listening:
        config = uvicorn.Config(
            desk_app(library, users), log_level="warning", proxy_headers=False, server_header=False, timeout_graceful_shutdown=2,
            ssl_certfile=certificate.chain if certificate else None, ssl_keyfile=certificate.key if certificate else None,
        )  # fmt: skip
        shown = f"[{host}]" if ":" in host else host
        ready(f"http{'s' if certificate else ''}://{shown}:{listening.getsockname()[1]}/")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listening])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int | None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if port is not None:
        return socket.create_server((host, port), family=family)
    try:
        return socket.create_server((host, PORT), family=family)
    except OSError:
        return socket.create_server((host, 0), family=family)
