"""Outlets: what each one brings."""

from litestar import Response, get
from litestar.params import FromQuery

from riwaya.web.desk import AtDesk


@get("/outlets", sync_to_thread=True)
def outlets(desk: AtDesk, name: FromQuery[str] = "") -> Response[str]:
    """All outlets, or one."""
    return desk.page("outlets", name=name)


HANDLERS = (outlets,)
