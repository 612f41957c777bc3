"""The desk as an application: the pages over one library."""

import logging
from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException, InternalServerException
from litestar.types import ASGIApp

from riwaya.errors import NotFoundError
from riwaya.library import Library
from riwaya.store.memory import Memory
from riwaya.web.api import API, PAIRS, description
from riwaya.web.assets import AS_IT_IS, asset
from riwaya.web.desk import Desk
from riwaya.web.guard import Guard
from riwaya.web.pages import HANDLERS
from riwaya.web.sessions import Sessions
from riwaya.web.users import User, Users

_log = logging.getLogger(__name__)


def desk_app(library: Library, users: Users | None = None) -> ASGIApp:
    """The desk over an open library, which stays the caller's to close. Without `users` whoever reaches it may do everything: it must
    then listen on this machine alone."""
    sessions = Sessions(users) if users else None
    memory = Memory(library.connect())

    def desk(request: Request[Any, Any, Any]) -> Desk:
        return Desk(library, request, memory, sessions)

    def bug(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
        return wrong(request, InternalServerException())

    def wrong(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
        status = error.status_code if isinstance(error, HTTPException) else 404
        detail = error.detail if isinstance(error, HTTPException) else str(error)
        return Desk(library, request, memory, sessions).page("wrong", status=status, code=status, detail=detail)

    app = Litestar(
        route_handlers=[asset, *HANDLERS, API],
        dependencies={"desk": Provide(desk, sync_to_thread=False)},
        exception_handlers={HTTPException: wrong, NotFoundError: wrong, 500: bug},
        compression_config=CompressionConfig(backend="brotli", brotli_quality=4, gzip_compress_level=4, exclude_opt_key=AS_IT_IS),
        openapi_config=description(),
        include_in_schema=False,
        plugins=[PAIRS],
        on_shutdown=[memory.close],
        logging_config=None,
        request_max_body_size=1_000_000,
    )
    return Guard(app, sessions or User(library.keeping.custody.who, "manager"))
