"""Desk: what a handler of the desk works with: the library, who asks, in which language; and how it answers with a page."""

from datetime import timedelta
from functools import cache
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.di import NamedDependency

from riwaya.library import Library
from riwaya.records import Span
from riwaya.store.memory import Memory
from riwaya.web.assets import asset_address
from riwaya.web.hand import COOKIE, Hand
from riwaya.web.highlight import anchor
from riwaya.web.sessions import Sessions
from riwaya.web.users import Role, User, may
from riwaya.web.wording import Language, Wording, wording

SECTIONS = (  # the navigation: a key of [sections] in texts/desk.toml, and an address
    ("today", "/"),
    ("stories", "/stories"),
    ("search", "/search"),
    ("map", "/map"),
    ("actors", "/actors"),
    ("places", "/places"),
    ("outlets", "/outlets"),
    ("review", "/review"),
    ("cases", "/cases"),
)
A_YEAR = int(timedelta(days=365).total_seconds())


class Desk:
    """What one request works with. Made for every request; `library` is one for all, its connections are pooled."""

    def __init__(self, library: Library, request: Request[Any, Any, Any], memory: Memory, sessions: Sessions | None) -> None:
        self.library = library
        self.memory = memory  # what was counted once, until the store changes
        self.sessions = sessions  # None: whoever sits at this machine comes in without login
        self.request = request
        self.language: Language = "en" if self._chosen("lang") == "en" else "ar"
        self.theme = self._chosen("theme") if self._chosen("theme") in ("light", "dark") else ""
        user: User | None = request.scope["user"]  # None only at the door
        self.who = user.name if user else ""
        self.role: Role = user.role if user else "reader"
        self.hand = Hand(library.cases, request.cookies.get(COOKIE, ""))

    def _chosen(self, name: str) -> str:
        return self.request.query_params.get(name) or self.request.cookies.get(name) or ""

    def wording(self, page: str) -> Wording:
        """The texts of a page, beside those that all pages share."""
        return self.wording_in(self.language, page)

    def wording_in(self, language: Language, page: str) -> Wording:
        """The same in a language that is not the page's own."""
        return wording(language, "desk", "reasons", "corrections", page)

    def page(self, name: str, /, *, status: int = 200, **context: Any) -> Response[str]:
        """The page that `templates/NAME.html` makes of the context, with the texts of `texts/NAME.toml`."""
        t = self.wording(name)
        text = _environment().get_template(f"{name}.html").render(t=t, s=t.texts, desk=self, **context)
        kept = [name for name in ("lang", "theme") if self.request.query_params.get(name)]
        cookies = [Cookie(key=name, value=self._chosen(name)[:5], max_age=A_YEAR, samesite="lax", httponly=name == "lang") for name in kept]
        return Response(text, status_code=status, media_type="text/html", cookies=cookies)

    def may(self, least: Role) -> bool:
        """Whether who asks may do what this role may."""
        return may(self.role, least)

    def here(self, **changed: str | int | None) -> str:
        """The address of this page with some of its parameters changed; None takes one away."""
        kept = [(key, value) for key, value in self.request.query_params.multi_items() if key not in changed]
        query = urlencode([*kept, *((key, value) for key, value in changed.items() if value is not None)])
        path = f"/{self.request.url.path.lstrip('/')}"  # two slashes would lead to another host
        return f"{path}?{query}" if query else path


AtDesk: TypeAlias = NamedDependency[Desk]  # how a handler asks for it: `def today(desk: AtDesk)`


def article_address(article_id: str, span: Span | None = None) -> str:
    """The address of an article's page; with a span, of its words there, which the page marks."""
    at = f"?at={span.start}-{span.end}#{anchor(article_id[:12], span)}" if span else ""
    return f"/articles/{quote(article_id)}{at}"


def story_address(story_id: str) -> str:
    """The address of a story's page."""
    return f"/stories/{quote(story_id)}"


def outlet_address(outlet: str) -> str:
    """The address of an outlet's page, by its name in the articles."""
    return f"/outlets?{urlencode({'name': outlet})}"


def own_address(address: str) -> str:
    """An address of this desk; the first page for any other, which would send people away."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable() else "/"


@cache
def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("riwaya.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    addresses = {"article_address": article_address, "outlet_address": outlet_address, "story_address": story_address}
    environment.globals |= {"sections": SECTIONS, "asset": asset_address, **addresses}
    return environment
