"""Places: which the articles name; and of each, what happened there, on a map and a time line, by which words it is named and why."""

from datetime import date, timedelta
from typing import NamedTuple

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from riwaya.knowledge.index import form_of
from riwaya.knowledge.places import Place
from riwaya.library import Library
from riwaya.records import PlacePrecision
from riwaya.store import happenings
from riwaya.store import places as store
from riwaya.store.actors import Named
from riwaya.store.happenings import Whereabouts
from riwaya.web.desk import AtDesk, Desk
from riwaya.web.drawings.calendar import Telling, calendar
from riwaya.web.drawings.maps import NARROW, Map, Size, Spot, frame_around, map_of, zoomed
from riwaya.web.lookup import around, place_address, places_known, towns
from riwaya.web.wording import Wording

_PAGE, _PART, _NAMES = 50, 12, 40
_HALF_PAGE = Size(620, 420)
_A_YEAR, _A_MONTH = timedelta(days=366), timedelta(days=31)
_PRECISION_OF_KIND: dict[str, PlacePrecision] = {
    "city": "town", "town": "town", "village": "town", "governorate": "region", "district": "region", "region": "region",
    "country": "country",
}  # fmt: skip


class Listed(NamedTuple):
    """A place in the list."""

    named: Named
    place: Place | None  # None: the gazetteer has it no longer


class Timeline(NamedTuple):
    """Days with their numbers, and how many lie too far from what the articles tell of to be drawn."""

    days: dict[date, int]
    beyond: int


@get("/places", sync_to_thread=True)
def places(desk: AtDesk, q: FromQuery[str] = "", country: FromQuery[str] = "", page: FromQuery[int] = 1) -> Response[str]:
    """The places that the articles name, those first that most independent articles name."""
    named, countries = desk.memory.recall(("places", country.upper()), lambda: _named(desk.library, country.upper()))
    first = _PAGE * (max(page, 1) - 1)
    wanted = list(named)
    if q.strip():
        known = places_known(desk.library, (each.key for each in named))
        wanted = [
            each for each in named if any(form_of(q) in form_of(name) for name in (known[each.key].names if each.key in known else ()))
        ]
    shown = wanted[first : first + _PAGE]
    known = places_known(desk.library, (each.key for each in shown))
    return desk.page(
        "named", section="places", entries=[Listed(each, known.get(each.key)) for each in shown], total=len(wanted), all=len(named),
        size=_PAGE, page=max(page, 1), q=q, country=country.upper(), countries=countries, kinds=(), address_of=place_address,
    )  # fmt: skip


@get("/places/{key:str}", sync_to_thread=True)
def place(desk: AtDesk, key: FromPath[str], page: FromQuery[int] = 1) -> Response[str]:
    """One place."""
    found = places_known(desk.library, [key]).get(key)
    if found is None:
        raise NotFoundException("The gazetteer has no such place.")
    with desk.library.connect() as connection:
        told = happenings.happenings_with(connection, happenings.events_at(key), _PART, _PART * (min(max(page, 1), 10**6) - 1))
    where, line, names, reasons = desk.memory.recall(("place", key), lambda: _counted(desk.library, key))
    t = desk.wording("place")
    drawn = calendar(Telling(t.texts["by_day"], line.days), None, t.day, mirrored=t.language == "ar") if line.days else None
    wide, narrow = _maps(desk, found, where)
    return desk.page(
        "place", place=found, larger=around(desk.library, found), where=where, total=sum(each.events for each in where), happenings=told,
        page=max(page, 1), size=_PART, timeline=drawn, beyond=line.beyond, names=names, reasons=reasons, map=wide, narrow_map=narrow,
        place_address=place_address,
    )  # fmt: skip


def _named(library: Library, country: str) -> tuple[tuple[Named, ...], tuple[str, ...]]:
    with library.connect() as connection:
        return store.places_named(connection, country), happenings.countries_of_events(connection)


def _counted(library: Library, key: str) -> tuple[tuple[Whereabouts, ...], Timeline, tuple[store.Written, ...], tuple[store.Reason, ...]]:
    """Of a place: how exactly its events are placed, on which days they were, by which words it is named and why."""
    with library.connect() as connection:
        days = happenings.event_days(connection, happenings.events_at(key))
        return (
            happenings.whereabouts_of(connection, key),
            _timeline(days, happenings.times(connection)),
            store.names_written(connection, key, _NAMES),
            store.reasons_for(connection, key),
        )


def _maps(desk: Desk, place: Place, where: tuple[Whereabouts, ...]) -> tuple[Map, Map]:
    """For a wide and a narrow screen. Where no event is placed, the place itself."""
    spots = [spot_of(each, desk.wording("place"), address="") for each in where]
    if not spots:
        precision = _PRECISION_OF_KIND.get(place.kind, "point")
        is_country = precision == "country"
        spots = [
            Spot(
                name=place.name_ar or place.name_en, latitude=None if is_country else place.latitude,
                longitude=None if is_country else place.longitude, radius_km=place.radius_km, precision=precision,
                country=place.country, count=0,
            )
        ]  # fmt: skip
    frame = zoomed(frame_around(spots), 1.15 if spots[0].precision in ("region", "country") else 3.2)
    marks = towns(desk.language)
    return map_of(spots, frame, _HALF_PAGE, landmarks=marks), map_of(spots, frame, NARROW, landmarks=marks)


def spot_of(where: Whereabouts, t: Wording, *, address: str) -> Spot:
    """What a map shows of where events were."""
    return Spot(
        name=t.name(where) or where.words, latitude=where.latitude, longitude=where.longitude, radius_km=where.radius_km,
        precision=where.precision, country=where.country, count=where.events, address=address,
    )  # fmt: skip


def _timeline(days: dict[date, int], told: happenings.Times | None) -> Timeline:
    """The days within a year before and a month after what articles tell; an event of another century is no bar at the end of a desert."""
    if told is None:
        return Timeline({}, sum(days.values()))
    near = {day: number for day, number in days.items() if told.first - _A_YEAR <= day <= told.last + _A_MONTH}
    return Timeline(near, sum(days.values()) - sum(near.values()))


HANDLERS = (places, place)
