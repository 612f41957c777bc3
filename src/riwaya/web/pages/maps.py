"""Map: where the events of a filter were, each as exactly as it is told; beside it those that no mark can show. Zoomed by links."""

from datetime import date, timedelta
from functools import cache, partial
from typing import Literal, get_args

from litestar import Response, get
from litestar.params import FromQuery

from riwaya.knowledge.places import Gazetteer
from riwaya.library import Library
from riwaya.records import EventKind, Status
from riwaya.store.happenings import Asked, Times, Whereabouts, countries_of_events, times, whereabouts
from riwaya.web.desk import AtDesk
from riwaya.web.drawings.maps import NARROW, REGIONS, WIDE, Spot, frame_around, map_of, zoomed
from riwaya.web.lookup import place_address, towns
from riwaya.web.outlines import Frame, country_frame, outlines
from riwaya.web.pages.places import spot_of
from riwaya.web.wording import Language

Period = Literal["1", "3", "7", "30", "all"]
_LISTED = 12
_COUNTRIES = 14  # to zoom to


@get("/map", sync_to_thread=True)
def map_page(  # noqa: PLR0913 - the parameters of an address
    desk: AtDesk,
    period: FromQuery[Period | None] = None,
    first: FromQuery[str] = "",
    last: FromQuery[str] = "",
    country: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    status: FromQuery[str] = "",
    frame: FromQuery[str] = "",
) -> Response[str]:
    """The map."""
    t = desk.wording("map")
    told, countries = desk.memory.recall("map", lambda: _times_and_countries(desk.library))
    days = _days(told, period or "7", _day(first), _day(last))
    asked = Asked(first=days[0], last=days[1], country=country.upper(), kind=kind, status=status)
    found = desk.memory.recall(asked, lambda: _whereabouts(desk.library, asked))
    spots = [spot_of(each, t, address=place_address(each.place_id) if each.place_id else "") for each in found]
    shown = _frame(frame, spots, country)
    names = _country_names(t.language)
    drawn = partial(map_of, spots, shown, countries=names, landmarks=towns(t.language))
    wide, narrow = desk.memory.recall((asked, shown, t.language), lambda: (drawn(WIDE), drawn(NARROW)))
    return desk.page(
        "map", map=wide, narrow_map=narrow, found=found, asked=asked,
        period="" if first or last else period or "7", total=sum(each.events for each in found), listed=_LISTED,
        by_precision={name: [each for each in found if each.precision == name] for name in ("region", "country", "unknown")},
        undrawn=[each for each in found if each.latitude is None and each.precision not in ("country", "unknown")],
        countries=countries, kinds=get_args(EventKind), statuses=get_args(Status), regions=list(REGIONS), chosen=frame,
        zoom_to=_most_told(found), zoom_address=lambda frame: desk.here(frame=_written(frame)), names=names,
        nearer=_written(zoomed(shown, 0.5)), farther=_written(zoomed(shown, 2.0)),
        aside={way: _written(zoomed(shown, 1.0, east=east, north=north)) for way, east, north in _WAYS}, place_address=place_address,
    )  # fmt: skip


_WAYS = (("north", 0.0, 0.4), ("south", 0.0, -0.4), ("east", 0.4, 0.0), ("west", -0.4, 0.0))


def _times_and_countries(library: Library) -> tuple[Times | None, tuple[str, ...]]:
    with library.connect() as connection:
        return times(connection), countries_of_events(connection)


def _whereabouts(library: Library, asked: Asked) -> tuple[Whereabouts, ...]:
    with library.connect() as connection:
        return whereabouts(connection, asked)


def _days(told: Times | None, period: Period, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """The days asked for; a period ends with the last day that an article tells of."""
    if first or last:
        return first, last
    if period == "all" or told is None:
        return None, None
    return told.last - timedelta(days=int(period) - 1), told.last


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _frame(asked: str, spots: list[Spot], country: str) -> Frame:
    """A region by its name, a country by its letters, a frame by its four sides; else what shows all that was found."""
    if asked in REGIONS:
        return REGIONS[asked]
    sides = asked.split(",")
    if len(sides) == len(Frame._fields):
        try:
            west, south, east, north = map(float, sides)
        except ValueError:
            return frame_around(spots)
        if -400 <= west < east <= 400 and -90 <= south < north <= 90:
            return Frame(west, south, east, north)
    found = country_frame(asked or country)
    if found:
        return zoomed(found, 1.1)
    placed = [spot for spot in spots if spot.latitude is not None and spot.precision != "region"]
    return zoomed(frame_around(placed or spots), 1.25)


@cache
def _country_names(language: Language) -> dict[str, str]:
    """What countries are called, by their letters."""
    with Gazetteer.open() as gazetteer:
        countries = [place for code in outlines().countries if (place := gazetteer.place(code.lower()))]
    return {each.country: (each.name_ar if language == "ar" else each.name_en) or each.name_ar for each in countries}


def _written(frame: Frame) -> str:
    return ",".join(f"{side:.3f}" for side in frame)


def _most_told(found: tuple[Whereabouts, ...]) -> list[str]:
    """The countries of most events that can be drawn."""
    events: dict[str, int] = {}
    for each in found:
        if each.country in outlines().countries:
            events[each.country] = events.get(each.country, 0) + each.events
    return sorted(events, key=lambda code: -events[code])[:_COUNTRIES]


HANDLERS = (map_page,)
