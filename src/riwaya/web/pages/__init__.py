"""The pages of the desk: one module each, which exports its HANDLERS."""

from litestar.types import ControllerRouterHandler

from riwaya.web.pages import actors, article, cases, corrections, login, maps, outlets, places, review, search, searches, stories, today

_PAGES = (actors, article, cases, corrections, login, maps, outlets, places, review, search, searches, stories, today)
HANDLERS: tuple[ControllerRouterHandler, ...] = tuple(handler for page in _PAGES for handler in page.HANDLERS)
