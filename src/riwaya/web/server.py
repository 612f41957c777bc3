"""The desk on a socket: it serves until it is asked to end."""

import socket
from collections.abc import Callable

import uvicorn

from riwaya.library import Library
from riwaya.web.app import desk_app


def serve(library: Library, *, host: str = "127.0.0.1", port: int = 0, ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve the desk of a library until the process is asked to end (Ctrl-C); `ready` is told its address. OSError if the port is taken."""
    with socket.create_server((host, port)) as listening:
        config = uvicorn.Config(desk_app(library), log_level="warning", server_header=False, date_header=False, timeout_graceful_shutdown=2)
        ready(f"http://{host}:{listening.getsockname()[1]}/")
        uvicorn.Server(config).run([listening])
