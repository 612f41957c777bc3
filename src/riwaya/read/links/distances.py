"""How far from a place, as a text tells it right before the name: على بعد 20 كيلومترًا جنوب تدمر."""

from typing import NamedTuple

from riwaya.arabic.numbers import numbers_in
from riwaya.arabic.words import Tokens
from riwaya.read.links.descriptions import between, place_talk

_BETWEEN = frozenset(("من", "عن", "الي", "مدينه", "بلده", "قريه", "مركز"))  # folded; between the distance and the name
_AWAY = frozenset(("بعد", "مسافه", "تبعد", "يبعد", "بنحو", "نحو", "حوالي", "بحوالي", "قرابه", "زهاء"))
_BACK = 5  # words between the unit and the name, at most
_NUMBER_WORDS = 4


class Distance(NamedTuple):
    """So many kilometres, and on which side in degrees from north if that is told."""

    km: float
    bearing: float | None


def distance_before(tokens: Tokens, first: int) -> Distance | None:
    """The distance that ends right before token `first`, on which a place's name begins; None if none is told there."""
    talk, bearing = place_talk(), None
    start = tokens.sentences[tokens.sentence_of[first]][0]
    at = first - 1
    while at > max(start, first - _BACK) and (tokens.folded[at] in _BETWEEN or tokens.folded[at] in talk.bearings):
        if tokens.folded[at] in talk.bearings:
            bearing = between(bearing, talk.bearings[tokens.folded[at]])
        at -= 1
    if at < start or tokens.folded[at] not in talk.units:
        return None
    unit = talk.units[tokens.folded[at]]
    numbers = numbers_in(tokens, max(start, at - _NUMBER_WORDS), at)
    if not numbers or numbers[-1].last != at:
        return None
    before = numbers[-1].first - 1
    if before < start or tokens.folded[before] not in _AWAY:
        return None
    return Distance(numbers[-1].least * unit, bearing)
