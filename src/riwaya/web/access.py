"""Who may do what on the desk."""

from typing import Literal, get_args

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

Role = Literal["reader", "reviewer", "manager"]  # each may do what those before it may
ROLES: tuple[Role, ...] = get_args(Role)


def may(role: Role, least: Role) -> bool:
    """Whether a role is at least `least`."""
    return ROLES.index(role) >= ROLES.index(least)


def at_least(least: Role) -> Guard:
    """A guard for handlers: `@post(..., guards=[at_least("reviewer")])`."""

    def guard(connection: ASGIConnection, _: BaseRouteHandler) -> None:  # type: ignore[type-arg]
        if not may(connection.scope["user"].role, least):
            raise PermissionDeniedException(f"This needs the role {least}.")

    return guard
