"""What stands before the whole desk: who comes in, forms of our own pages only, safe headers on every answer."""

import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from riwaya.web.sessions import Sessions
from riwaya.web.users import User

COOKIE = "riwaya-session"
_DOOR = frozenset(["/login", "/session"])
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


class Guard:
    """Around an application. `by` says who comes in: a user means whoever sits at this machine, and then only requests to its own name
    are answered (else a page of another site could point a name of its own at it: DNS rebinding); sessions mean that people log in.
    """

    def __init__(self, app: ASGIApp, by: User | Sessions) -> None:
        self._app = app
        self._by = by

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or send to the login."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers.from_scope(scope)
        user = self._user(headers)
        if why := self._why_refused(scope, headers):
            await ASGIResponse(body=why.encode(), status_code=403, media_type="text/plain")(scope, receive, with_headers)
        elif user is None and scope["path"] not in _DOOR and not scope["path"].startswith("/assets/"):
            await _to_login(scope, headers)(scope, receive, with_headers)
        else:
            scope["user"] = user
            await self._app(scope, receive, with_headers)

    def _user(self, headers: Headers) -> User | None:
        if isinstance(self._by, User):
            return self._by
        word = session_word(headers)
        return self._by.user(word, time.monotonic()) if word else None

    def _why_refused(self, scope: Scope, headers: Headers) -> str | None:
        host = headers.get("host", "")
        if isinstance(self._by, User) and host not in _LOOPBACK and host.rpartition(":")[0] not in _LOOPBACK:
            return "This desk answers only to the name of its own machine."
        if scope.get("method") not in ("GET", "HEAD", "OPTIONS") and not _from_our_page(scope, headers):
            return "This form was not sent by a page of this desk."
        return None


def session_word(headers: Headers) -> str:
    """The word of the session that a browser sends; "" if it sends none."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _from_our_page(scope: Scope, headers: Headers) -> bool:
    """Whether the browser says that the form stood on a page of ours: a page of another site cannot send these headers otherwise."""
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    return headers.get("origin") == f"{scope['scheme']}://{headers.get('host', '')}"


def _to_login(scope: Scope, headers: Headers) -> ASGIResponse:
    if scope.get("method") not in ("GET", "HEAD") or "hx-request" in headers or scope["path"].startswith("/api"):
        return ASGIResponse(body=b"Log in first.", status_code=401, media_type="text/plain", headers={"HX-Redirect": "/login"})
    query = scope["query_string"].decode("latin-1")
    back = quote(f"{scope['path']}?{query}" if query else scope["path"])
    return ASGIResponse(status_code=303, headers={"Location": f"/login?to={back}"})
