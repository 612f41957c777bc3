"""Which place each span of an article means: one that the gazetteer has, an area that a description tells, or none that can be told.

Places of one name are decided between by what the article tells (`place_reasons`); equals stay undecided, and both are kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from riwaya.arabic.words import Tokens
from riwaya.knowledge.places import Place, distance_km, kinds
from riwaya.read.links import areas
from riwaya.read.links.areas import Area
from riwaya.read.links.atlas import Atlas
from riwaya.read.links.descriptions import Description
from riwaya.read.links.place_reasons import CAPITAL, LEAST, MARGIN, SETTLEMENTS, VAGUE, Clues, sentence, weighed
from riwaya.read.links.place_scene import Scene, Spoken, scene_of, spoken_of
from riwaya.records import Article, Event, Mention, PlaceLink, Span

_APART = 2  # tokens between a place and the larger one that it is said to lie in
_LIVED_IN = SETTLEMENTS | {"quarter", "camp"}
_REACH = 20  # tokens from a site without a name to the town that it may lie in
_DIVISIONS = frozenset(("governorate", "district", "region"))
_NO_SITES = _DIVISIONS | SETTLEMENTS | {"country"}
_GOVERNORATE_KM, _DISTRICT_KM = 60.0, 25.0  # how far a division reaches that the gazetteer knows by its seat alone
_LARGEST_HOLDER = ("town", "point", "area")  # precisions of what is small enough to stand for a place in it

ONLY_ONE = "It is the only place of this name that the gazetteer has."
SEVERAL = "Several places are named: the area is that of all of them."
EQUALS = "Several places have this name, and nothing decides between them."
HOLDER = "The place itself is not known; what it lies in is named."
TOWN_SPOKEN_OF = "The place itself is not known; it is taken to lie in the town named before it."
SITE_OF_TOWN = "The site itself is not known; the town or region that it is called by is."
SEAT = "The division is known by its seat alone."
STANDS_FOR = "It stands for a place named before it."
COUNTRY_OF_ADJECTIVE = "Only an adjective tells the country."
ITS_CAPITAL = "It is called the capital of its country."
SIDE = "One side of a place is meant."
AROUND = "What lies around a place is meant."
COUNTRYSIDE = "The countryside of a town is meant."
DISTANCE = "It is told how far from a place it lies."
BORDER = "The border of two countries is meant."
CHOSEN = "A person chose it."


@dataclass(frozen=True, slots=True)
class Meant:
    """What words mean: the place, where that lies, and why; or the candidates that stay undecided."""

    place: Place | None = None
    area: Area | None = None
    country: str = ""
    reasons: tuple[str, ...] = ()
    candidates: tuple[Place, ...] = ()
    vague: bool = False  # only a large place is known that holds it

    @property
    def kinds(self) -> frozenset[str]:
        """What kinds of places it is."""
        places = (self.place,) if self.place else self.candidates if self.area else ()
        return frozenset(place.kind for place in places)


def place_links(
    article: Article, tokens: Tokens, mentions: Sequence[Mention], events: Sequence[Event], atlas: Atlas
) -> tuple[PlaceLink, ...]:
    """A link for each span that names or describes a place: mentions of places, and where events are said to have happened, in the
    order of the text. Never raises on any text."""
    within = {event.place: event.within for event in events if event.place and event.within}
    spans = {mention.span for mention in mentions if mention.kind == "LOC"}
    spans |= {span for event in events for span in (event.place, event.within) if span}
    spoken = [spoken_of(tokens, span, atlas) for span in sorted(spans)]
    linker = _Linker(tokens, spoken, scene_of(article, tokens, spoken, atlas), atlas)
    return tuple(linker.link(number, within.get(one.span)) for number, one in enumerate(spoken))


def link_to(span: Span, place: Place) -> PlaceLink:
    """The link of a span to the place that a person says it means."""
    return _link(span, _at(place, CHOSEN))


class _Linker:
    """Goes through the spans of one article in their order, and remembers what the last ones meant."""

    def __init__(self, tokens: Tokens, spoken: list[Spoken], scene: Scene, atlas: Atlas) -> None:
        self._tokens, self._spoken, self._scene, self._atlas = tokens, spoken, scene, atlas
        self._by_span = {one.span: one for one in spoken}
        self._known: dict[tuple[str, str, tuple[str, ...], bool, frozenset[str]], Meant] = {}  # what names meant
        self._before: list[tuple[int, Meant]] = []  # first tokens and what the spans meant, in order

    def link(self, number: int, within: Span | None) -> PlaceLink:
        """The link of one span; `within` is what holds it, if an event says so."""
        one = self._spoken[number]
        beside = self._by_span.get(within) if within else self._next(number)
        parts = [part for at, part in enumerate(one.descriptions) if at == 0 or part.joined]
        inside = [part for at, part in enumerate(one.descriptions) if at and not part.joined]
        holders = [*inside, *(beside.descriptions if beside else ())]
        own = {part.form for part in parts}
        keys = frozenset(place.key for holder in holders if holder.form not in own for place in self._atlas.named(holder.form))
        meant = _together([self._meant(one, part, keys) for part in parts])
        if one.distance and meant.place:
            km, bearing = one.distance
            area = areas.at_distance(meant.place, km, parts[0].bearing if bearing is None else bearing)
            meant = replace(meant, area=area, reasons=(*meant.reasons, DISTANCE))
        if meant.area is None and not meant.candidates:
            meant = self._held(one, parts[0], holders)
        self._before.append((one.first, meant))
        return _link(one.span, meant)

    def _next(self, number: int) -> Spoken | None:
        """The span that follows right after, in the same sentence: what it names can hold this one."""
        one, after = self._spoken[number], self._spoken[number + 1] if number + 1 < len(self._spoken) else None
        if after is None or not 0 <= after.first - one.last <= _APART:
            return None
        sentence_of = self._tokens.sentence_of
        joined = self._tokens.text[self._tokens.start[after.first]] == "و"
        return after if sentence_of[one.first] == sentence_of[after.first] and not joined else None

    def _meant(self, one: Spoken, part: Description, beside: frozenset[str]) -> Meant:
        if part.form:
            return self._described(part, self._named(one, part, beside))
        if part.manner == "border" and part.countries:
            return self._border((*part.countries, self._country_spoken_of(one)))
        if part.typed in CAPITAL and part.countries and (capital := self._atlas.capital(part.countries[0])):
            return self._described(part, _at(capital, ITS_CAPITAL))
        if part.stands_for and not part.countries and not part.unknown:
            return self._described(part, self._standing(one, part.stands_for))
        return Meant()

    def _named(self, one: Spoken, part: Description, beside: frozenset[str]) -> Meant:
        """The place that a name means; the same name with the same words around it means the same in one article."""
        key = (part.form, part.typed, part.countries, one.cued, beside)
        if key not in self._known:
            self._known[key] = self._decided(one, part, beside)
        return self._known[key]

    def _decided(self, one: Spoken, part: Description, beside: frozenset[str]) -> Meant:
        name = part.form.removeprefix(f"{part.typed} ")
        places = {place.key: place for form in (part.form, name) for place in self._atlas.named(form)}
        if part.typed or one.cued:
            places |= {place.key: place for place in self._atlas.typed(name, part.typed)}
        if not part.typed and any(place.kind == "country" for place in places.values()):
            places = {key: place for key, place in places.items() if place.kind != "village"}  # قطر is also a village
        scene = self._scene
        clues = Clues(part, one.cued, beside, scene.named, scene.told_by, scene.leading, scene.filed_from, scene.sure)
        rated = [(*weighed(place, self._atlas.larger(place), clues), place) for place in places.values()]
        rated.sort(key=lambda each: (-each[0], each[2].key))
        if not rated or rated[0][0] < LEAST:
            return Meant()
        best = [place for weight, _, place in rated if weight > rated[0][0] - MARGIN]
        if len(best) > 1 and (outer := self._holds_others(best)):
            best = [outer] if part.typed in VAGUE else [place for place in best if place is not outer]
        if len(best) > 1:
            countries = {place.country for place in best}
            return Meant(country=countries.pop() if len(countries) == 1 else "", reasons=(EQUALS,), candidates=tuple(best))
        rival = rated[1][1] if len(rated) > 1 else ()
        deciding = [sentence(reason) for reason in rated[0][1] if reason not in rival]
        return _at(best[0], *(deciding if len(rated) > 1 else (ONLY_ONE,)))

    def _holds_others(self, places: Sequence[Place]) -> Place | None:
        """The one of several places of a name that holds the others: a governorate that is called by its town."""
        outer = max(places, key=lambda place: place.radius_km)
        return outer if all(place is outer or distance_km(place, outer) < outer.radius_km for place in places) else None

    def _described(self, part: Description, meant: Meant) -> Meant:
        """A place with what is told of it: a side, what lies around it, a site in it."""
        place = meant.place
        if place is None:
            return meant
        if place.kind == "country" and part.typed in CAPITAL and (capital := self._atlas.capital(place.country)):
            return self._described(replace(part, typed=""), _at(capital, ITS_CAPITAL))
        if part.manner == "countryside":
            around = next((one for one in (place, *self._atlas.larger(place)) if one.kind == "governorate"), None)
            return _told(meant, areas.countryside_of(place, around, part.bearing), COUNTRYSIDE)
        if part.manner == "side" and part.bearing is not None:
            if place.kind == "country":
                return _told(meant, areas.side_of_country(place, part.bearing, self._atlas.settlements(place.country)), SIDE)
            return _told(meant, areas.side_of(place, part.bearing), SIDE)
        fitting = {kind for kind, words in kinds().items() if part.typed in words}
        if fitting and fitting <= _DIVISIONS and place.kind in SETTLEMENTS:
            large = "governorate" in fitting
            reach = _GOVERNORATE_KM if large else _DISTRICT_KM
            return _told(meant, Area(place.latitude, place.longitude, reach, "region" if large else "area"), SEAT)
        if fitting and place.kind not in fitting and not fitting & (_LIVED_IN | _DIVISIONS | {"country"}):
            return replace(meant, reasons=(*meant.reasons, SITE_OF_TOWN))
        return _told(meant, areas.near(place), AROUND) if part.manner == "near" else meant

    def _standing(self, one: Spoken, standing: frozenset[str]) -> Meant:
        """What المدينة, البلاد, هناك stand for."""
        if standing & {"country", "capital"}:
            code = self._country_spoken_of(one)
            place = self._atlas.capital(code) if "capital" in standing else self._atlas.country(code)
            return _at(place, STANDS_FOR) if place else Meant()
        paragraph = self._tokens.paragraph_of
        for first, meant in reversed(self._before):
            if "any" in standing or len(standing) > 3:
                if paragraph[first] != paragraph[one.first]:
                    break
                if meant.area and "country" not in meant.kinds:
                    return replace(meant, reasons=(STANDS_FOR,))
            elif meant.area and standing & meant.kinds:
                return replace(meant, reasons=(STANDS_FOR,))
        if "governorate" in standing:
            larger = (each for _, meant in reversed(self._before) if meant.place for each in self._atlas.larger(meant.place))
            governorate = next((each for each in larger if each.kind == "governorate"), None)
            return _at(governorate, STANDS_FOR) if governorate else Meant()
        return Meant()

    def _country_spoken_of(self, one: Spoken) -> str:
        """The country of the last place of the sentence, else the one that the article tells most of, else that of the last place."""
        sentence_of = self._tokens.sentence_of
        here = [meant.country for first, meant in self._before if meant.country and sentence_of[first] == sentence_of[one.first]]
        last = next((meant.country for _, meant in reversed(self._before) if meant.country), "")
        return (here[-1] if here else "") or self._scene.leading or last

    def _border(self, countries: Sequence[str]) -> Meant:
        """The border of the first two different countries."""
        two = [country for code in dict.fromkeys(countries) if code and (country := self._atlas.country(code))][:2]
        if len(two) < 2:
            return _at(two[0], BORDER) if two else Meant()
        return Meant(None, areas.border_between(two[0], two[1]), "", (BORDER,), tuple(two))

    def _held(self, one: Spoken, part: Description, holders: Iterable[Description]) -> Meant:
        """What holds a place that is not known: what is named beside it as larger, or the town spoken of before."""
        for holder in holders:
            if holder.form and (meant := self._described(holder, self._named(one, holder, frozenset()))).area:
                return replace(meant, vague=meant.area.precision not in _LARGEST_HOLDER, reasons=(HOLDER,))
        fitting = {kind for kind, words in kinds().items() if part.typed in words}
        if not fitting & _NO_SITES and (around := self._town_around(one)):
            return around
        country = self._atlas.country(part.countries[0]) if part.countries else None
        return self._described(part, _at(country, COUNTRY_OF_ADJECTIVE)) if country else Meant()

    def _town_around(self, one: Spoken) -> Meant | None:
        """The town named next after a site without a name in its sentence (سوق في مدينة مروة), else the last one before it there or in
        the sentence before."""
        sentence_of = self._tokens.sentence_of
        for after in self._spoken:
            if one.last <= after.first <= one.last + _REACH and sentence_of[after.first] == sentence_of[one.first]:
                for part in after.descriptions:
                    meant = self._named(after, part, frozenset()) if part.form else Meant()
                    if meant.place and meant.place.kind in SETTLEMENTS:
                        return replace(meant, reasons=(TOWN_SPOKEN_OF,))
        for first, meant in reversed(self._before):
            if sentence_of[one.first] - sentence_of[first] > 1:
                break
            if meant.area and meant.place and meant.place.kind in SETTLEMENTS and meant.area.precision == "town":
                return replace(meant, reasons=(TOWN_SPOKEN_OF,))
        return None


def _at(place: Place, *reasons: str) -> Meant:
    return Meant(place, areas.area_of(place), place.country, reasons)


def _told(meant: Meant, area: Area, reason: str) -> Meant:
    return replace(meant, area=area, reasons=(*meant.reasons, reason))


def _together(parts: Sequence[Meant]) -> Meant:
    """What several joined names mean together: the area over those that are known."""
    known = [part for part in parts if part.area]
    if len(known) <= 1:
        return known[0] if known else parts[0]
    countries = {part.country for part in known}
    places = dict.fromkeys(place for part in known for place in ((part.place,) if part.place else part.candidates))
    area = areas.over([part.area for part in known if part.area])
    return Meant(None, area, countries.pop() if len(countries) == 1 else "", (SEVERAL,), tuple(places))


def _link(span: Span, meant: Meant) -> PlaceLink:
    """The record. A whole country gets no coordinates, nor does a place of which no more is known than its governorate: a mark in the
    middle would tell something else than the words do."""
    place, area = meant.place, meant.area
    point = area if area and area.precision != "country" and not meant.vague else None
    return PlaceLink(
        span=span,
        place_id=place.key if place else None,
        name_ar=place.name_ar if place else "",
        name_en=place.name_en if place else "",
        country=meant.country,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        radius_km=point.radius_km if point else None,
        precision=area.precision if area else "unknown",
        reasons=meant.reasons,
        candidates=tuple(one.key for one in meant.candidates),
    )
