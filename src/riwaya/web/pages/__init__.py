"""The pages of the desk: one module each, which exports its HANDLERS."""

from litestar.types import ControllerRouterHandler

from riwaya.web.pages import article, login, outlets, search, stories, today

HANDLERS: tuple[ControllerRouterHandler, ...] = (*today.HANDLERS, *article.HANDLERS, *stories.HANDLERS, *search.HANDLERS, *outlets.HANDLERS, *login.HANDLERS)
