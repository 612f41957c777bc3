"""What stands before the whole desk: only this machine's own name, only forms of our own pages, safe headers on every answer."""

from typing import NamedTuple

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from riwaya.web.access import Role

_LOOPBACK = frozenset(["127.0.0.1", "localhost", "[::1]"])
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-cache",
}


class User(NamedTuple):
    """Who asks."""

    name: str
    role: Role


class Guard:
    """Around an application on a loopback address: refuses requests to any other host name (DNS rebinding), and forms that do not stand
    on a page of ours; lets `owner` in without login."""

    def __init__(self, app: ASGIApp, owner: User) -> None:
        self._app = app
        self._owner = owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if why := self._why_refused(scope):
            await ASGIResponse(body=why.encode(), status_code=403, media_type="text/plain")(scope, receive, with_headers)
            return
        scope["user"] = self._owner
        await self._app(scope, receive, with_headers)

    def _why_refused(self, scope: Scope) -> str | None:
        headers = Headers.from_scope(scope)
        host = headers.get("host", "")
        if host not in _LOOPBACK and host.rpartition(":")[0] not in _LOOPBACK:
            return "This desk answers only to the name of its own machine."
        if scope.get("method") not in ("GET", "HEAD", "OPTIONS") and not _from_our_page(scope, headers):
            return "This form was not sent by a page of this desk."
        return None


def _from_our_page(scope: Scope, headers: Headers) -> bool:
    """Whether the browser says that the form stood on a page of ours: a page of another site cannot send these headers otherwise."""
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    return headers.get("origin") == f"{scope['scheme']}://{headers.get('host', '')}"
