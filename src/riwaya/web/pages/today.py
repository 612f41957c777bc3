"""Today: what came in, what is new, what failed."""

from litestar import Response, get

from riwaya.web.desk import AtDesk


@get("/", sync_to_thread=True)
def today(desk: AtDesk) -> Response[str]:
    """The first page."""
    return desk.page("today", counts=desk.library.counts())


HANDLERS = (today,)
