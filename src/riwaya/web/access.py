"""Guards of handlers: who may do what on the desk."""

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from riwaya.web.users import Role, may


def at_least(least: Role) -> Guard:
    """A guard for handlers: `@post(..., guards=[at_least("reviewer")])`."""

    def guard(connection: ASGIConnection, _: BaseRouteHandler) -> None:  # type: ignore[type-arg]
        if not may(connection.scope["user"].role, least):
            raise PermissionDeniedException(f"This needs the role {least}.")

    return guard
