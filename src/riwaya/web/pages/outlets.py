"""Outlets: what they bring, from whom they take it, how often they tell first and how often alone."""

from litestar import Response, get
from litestar.params import FromQuery

from riwaya.errors import NotFoundError
from riwaya.library import Library
from riwaya.store.outlets import OutletRow, all_outlets, kinds_of, latest_of, taken_by, taken_from
from riwaya.web.desk import AtDesk

_PAGE = 30  # articles


@get("/outlets", sync_to_thread=True)
def outlets(desk: AtDesk, name: FromQuery[str | None] = None, page: FromQuery[int] = 1) -> Response[str]:
    """All outlets, or the one of this name."""
    known = desk.memory.recall("outlets", lambda: _all(desk.library))
    if name is None:
        return desk.page("outlets", outlets=known)
    outlet = next((each for each in known if each.outlet == name), None)
    if outlet is None:
        raise NotFoundError("No article is of an outlet with this name.")
    with desk.library.connect() as connection:
        page = min(max(page, 1), 1 + (outlet.articles - 1) // _PAGE)
        return desk.page(
            "outlet",
            outlet=outlet,
            kinds=kinds_of(connection, name),
            taken_from=taken_from(connection, name),
            taken_by=taken_by(connection, name),
            articles=latest_of(connection, name, limit=_PAGE, offset=_PAGE * (page - 1)),
            page=page,
            pages=1 + (outlet.articles - 1) // _PAGE,
        )


def _all(library: Library) -> tuple[OutletRow, ...]:
    with library.connect() as connection:
        return all_outlets(connection)


HANDLERS = (outlets,)
