"""What speaks for and against one of several places of a name: one function a reason, whose docstring is what the user reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from riwaya.knowledge.index import form_of
from riwaya.knowledge.places import Place, distance_km, kinds
from riwaya.read.links.descriptions import Description, place_talk

NEARBY_KM = 60.0
SETTLEMENTS = frozenset(("city", "town", "village"))
LARGE = frozenset(("country", "governorate", "region", "city", "river", "lake", "island"))
SMALL = frozenset(("village", "quarter", "landmark", "hospital", "road", "mountain", "crossing", "dam"))
CAPITAL = frozenset(("عاصمه", "العاصمه"))
VAGUE = frozenset(("منطقه",))  # folded; may stand before the name of anything that people live in
_LIVED_IN = SETTLEMENTS | {"quarter", "camp", "district", "region", "governorate"}


@dataclass(frozen=True, slots=True)
class Clues:
    """What decides between the places of one name; the sets hold keys of places, countries are ISO codes."""

    description: Description
    cued: bool  # a word before it says that a place follows
    beside: frozenset[str]  # what is named right after it as holding it
    named: Mapping[str, frozenset[str]]  # what the article names, with the forms by which it does
    told_by: Mapping[str, frozenset[str]]  # the countries that the article tells of, with the words that do
    leading: str  # the country it tells of most; "" if there is none
    filed_from: str  # the country of its dateline
    sure: tuple[tuple[str, Place], ...]  # forms that only one place has, and the place


Reason = Callable[[Place, tuple[Place, ...], Clues], bool]


def named_beside(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """What it lies in is named beside it."""
    return any(one.key in clues.beside for one in larger)


def adjective_of_its_country(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """An adjective beside the name tells its country."""
    return place.country in clues.description.countries


def adjective_of_another_country(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """An adjective beside the name tells another country."""
    return bool(clues.description.countries) and place.country not in clues.description.countries


def kind_told(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """The word before the name says what it is."""
    typed = clues.description.typed
    if typed in CAPITAL:
        return place.kind in ("city", "country")  # عاصمة تشاد
    if typed and clues.description.form.startswith(f"{typed} ") and clues.description.form in map(form_of, place.names):
        return True  # مضيق هرمز: a word of its name
    return typed in kinds()[place.kind] or (typed in VAGUE and place.kind in _LIVED_IN)


def another_kind_told(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """The word before the name says that it is something else."""
    return bool(clues.description.typed) and not kind_told(place, larger, clues)


def larger_place_told(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """The article names what it lies in."""
    return any(clues.named.get(one.key, frozenset()) - {clues.description.form} for one in larger if one.kind != "country")


def leading_country(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """The article tells of its country more than of any other."""
    return bool(clues.leading) and place.country == clues.leading and country_told(place, larger, clues)


def country_told(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """The article tells of its country."""
    words = clues.told_by.get(place.country, frozenset())
    own = clues.description.form
    return any(word != own and not word.endswith(own) for word in words)


def filed_from_its_country(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """The article was filed from its country."""
    return bool(clues.filed_from) and place.country == clues.filed_from


def nearby(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """It lies near another place of the article."""
    return any(form != clues.description.form and distance_km(place, other) < NEARBY_KM for form, other in clues.sure)


def known_by_name(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """A place of its size is named without a word on what it is or where."""
    return place.kind in LARGE


def out_of_the_story(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """It is small or called by common words, and nothing is told of its country."""
    first = clues.description.form.partition(" ")[0]
    common = first in place_talk().stand_ins or first.removeprefix("ال") in VAGUE
    explained = country_told(place, larger, clues) or adjective_of_its_country(place, larger, clues) or named_beside(place, larger, clues)
    return (common or place.kind in SMALL) and not explained


def town_of_the_name(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """A name alone means the town, not the governorate around it."""
    return place.kind in SETTLEMENTS and not clues.description.typed


def preferred_name(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """It is what the place is called first of all."""
    form = clues.description.form
    return form_of(place.name_ar) in (form, form.removeprefix(f"{clues.description.typed} "))


def by_another_name(place: Place, larger: tuple[Place, ...], clues: Clues) -> bool:
    """It is one of the towns and villages of the world that GeoNames has under several names, and this is not the first."""
    return place.key.startswith("gn-") and place.kind != "city" and not preferred_name(place, larger, clues)


WEIGHTS: dict[Reason, float] = {  # set by hand, in the order of how much each tells; a point is about what two homonyms must differ by
    named_beside: 5.0,
    adjective_of_its_country: 4.0,
    adjective_of_another_country: -4.0,
    kind_told: 2.0,
    another_kind_told: -2.0,
    larger_place_told: 2.0,
    leading_country: 2.0,
    country_told: 1.0,
    filed_from_its_country: 1.0,
    nearby: 1.0,
    known_by_name: 1.5,
    out_of_the_story: -4.0,
    town_of_the_name: 1.0,
    preferred_name: 0.5,
    by_another_name: -2.0,
}
LEAST = 1.5  # what one that nothing else rivals must weigh
MARGIN = 0.75  # by how much the best must be better than the next


def sentence(reason: Reason) -> str:
    """What the user reads."""
    return (reason.__doc__ or "").partition("\n")[0]


def weighed(place: Place, larger: tuple[Place, ...], clues: Clues) -> tuple[float, tuple[Reason, ...]]:
    """How much speaks for a place, and what does, the heaviest first."""
    holding = tuple(reason for reason in WEIGHTS if reason(place, larger, clues))
    return sum(WEIGHTS[reason] for reason in holding), holding
