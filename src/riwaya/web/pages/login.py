"""Coming in and going out."""

import time
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from riwaya.web.desk import AtDesk, own_address
from riwaya.web.guard import COOKIE, session_word
from riwaya.web.sessions import SESSION_SECONDS, Sessions


@dataclass(frozen=True, slots=True)
class Login:
    """What somebody gives to come in."""

    name: str
    password: str
    to: str = "/"


@get("/login", sync_to_thread=True)
def login_page(desk: AtDesk, to: FromQuery[str] = "/") -> Response[str]:
    """The form."""
    return desk.page("login", to=own_address(to), wrong="")


@post("/session", sync_to_thread=True)
def log_in(desk: AtDesk, request: Request[Any, Any, Any], data: URLEncodedBody[Login]) -> Response[Any]:
    """Come in, or the form again with the reason why not."""
    sessions = _sessions(desk)
    client = request.client.host if request.client else ""
    word = sessions.log_in(data.name, data.password, client, time.monotonic())
    if word is None:
        waits = sessions.is_waiting(data.name, client, time.monotonic())
        return desk.page("login", status=429 if waits else 401, to=own_address(data.to), wrong="waits" if waits else "wrong_password")
    cookie = Cookie(
        key=COOKIE, value=word, max_age=SESSION_SECONDS, httponly=True, samesite="lax", secure=request.url.scheme == "https", path="/"
    )
    return Redirect(own_address(data.to), status_code=303, cookies=[cookie])


@post("/session/end", sync_to_thread=False)
def log_out(desk: AtDesk, request: Request[Any, Any, Any]) -> Redirect:
    """Go out: the session ends here, not only in the browser."""
    _sessions(desk).log_out(session_word(request.headers))
    return Redirect("/login", status_code=303, cookies=[Cookie(key=COOKIE, value="", max_age=0, path="/")])


def _sessions(desk: AtDesk) -> Sessions:
    if desk.sessions is None:
        raise NotFoundException("Nobody logs in to this desk: it serves this machine alone.")
    return desk.sessions


HANDLERS = (login_page, log_in, log_out)
