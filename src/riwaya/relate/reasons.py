"""The reasons for and against two passages telling one happening: one function each, whose docstring is what a reviewer reads.

Each takes the sketches of two passages, in either order, and gives how strongly it holds, 0 to 1, with the words that show it; or None
where it does not hold. What each weighs stands in weights.toml, fitted on annotated pairs.
"""

from collections.abc import Callable
from typing import NamedTuple

from riwaya.relate.distance import gap_km
from riwaya.relate.sketches import Sketch, likeness

_MOST_SHOWN = 6  # words
_FAR_DAYS = 3  # so many days apart or more is as far as it gets
_FAR_KM = 50.0
_TELLING_TOLL = 3  # one killed in both says little


class Met(NamedTuple):
    """How strongly a reason holds, 0 to 1, and the words that show it."""

    strength: float
    words: tuple[str, ...] = ()


Condition = Callable[[Sketch, Sketch], Met | None]


def rare_words_are_shared(left: Sketch, right: Sketch) -> Met | None:
    """The two passages use the same words, rare ones counting most."""
    alike = likeness(left.words, right.words)
    if not alike:
        return None
    shared = sorted(left.words.keys() & right.words.keys(), key=lambda word: (-left.words[word] * right.words[word], word))
    return Met(min(1.0, alike), tuple(shared[:_MOST_SHOWN]))


def titles_are_alike(left: Sketch, right: Sketch) -> Met | None:
    """The titles of the two articles use the same rare words."""
    alike = likeness(left.title, right.title)
    return Met(min(1.0, alike), tuple(sorted(left.title.keys() & right.title.keys()))) if alike else None


def happened_at_one_place(left: Sketch, right: Sketch) -> Met | None:
    """Both say that it happened at the same place; a place that is seldom named counts more."""
    return _rarest(left.of.places & right.of.places, left)


def happened_at_other_places(left: Sketch, right: Sketch) -> Met | None:
    """Each says where it happened, and neither names the place of the other."""
    first, second = left.of, right.of
    if not first.places or not second.places:
        return None
    if first.places & (second.places | second.surroundings) or second.places & first.surroundings:
        return None
    rarity = min(max(left.rarity[word] for word in first.places), max(right.rarity[word] for word in second.places))
    return Met(rarity, tuple(sorted(first.places | second.places))[:_MOST_SHOWN])


def places_lie_apart(left: Sketch, right: Sketch) -> Met | None:
    """Both say where it happened, it is known where that is, and the places cannot be one; fifty kilometres apart count fully."""
    gap = min((gap_km(one, other) for one in left.of.points for other in right.of.points), default=0.0)
    return Met(min(1.0, gap / _FAR_KM), (f"{gap:.0f} km",)) if gap else None


def same_places_are_named(left: Sketch, right: Sketch) -> Met | None:
    """The two passages name the same places, rare ones counting most."""
    return _share(left, right, left.of.places | left.of.surroundings, right.of.places | right.of.surroundings)


def happening_is_of_one_kind(left: Sketch, right: Sketch) -> Met | None:
    """Both tell the same kind of happening: an air strike, an arrest, a meeting."""
    shared = left.of.kinds & right.of.kinds
    return Met(len(shared) / min(len(left.of.kinds), len(right.of.kinds)), tuple(sorted(shared))) if shared else None


def happened_on_one_day(left: Sketch, right: Sketch) -> Met | None:
    """Both say when it happened, and it was the same day."""
    shared = left.of.days & right.of.days
    return Met(1.0, tuple(day.isoformat() for day in sorted(shared))) if shared else None


def happened_on_other_days(left: Sketch, right: Sketch) -> Met | None:
    """Each says when it happened, and the days differ; three days apart or more count fully."""
    first, second = left.of.days, right.of.days
    if not first or not second or first & second:
        return None
    apart = min(abs((one - other).days) for one in first for other in second)
    return Met(min(1.0, apart / _FAR_DAYS), tuple(day.isoformat() for day in sorted(first | second)))


def toll_is_the_same(left: Sketch, right: Sketch) -> Met | None:
    """Both give the same number of killed, wounded, captured ...; one or two is no more than a hint."""
    shared = left.of.tolls & right.of.tolls
    if not shared:
        return None
    strength = 1.0 if any(least >= _TELLING_TOLL for _, least, _ in shared) else 0.3
    return Met(strength, tuple(sorted(f"{kind} {least}" for kind, least, _ in shared)))


def tolls_cannot_both_be_true(left: Sketch, right: Sketch) -> Met | None:
    """Both count the killed, wounded or captured, and no two of their numbers agree: other accounts of it, or another happening."""
    apart = set()
    for kind in {toll[0] for toll in left.of.tolls} & {toll[0] for toll in right.of.tolls}:
        first = [toll for toll in left.of.tolls if toll[0] == kind]
        second = [toll for toll in right.of.tolls if toll[0] == kind]
        if not any(_may_agree(one, other) for one in first for other in second):
            apart |= {f"{kind} {least}" for _, least, _ in first + second}
    return Met(1.0, tuple(sorted(apart))) if apart else None


def same_names_are_named(left: Sketch, right: Sketch) -> Met | None:
    """The two passages name the same persons or bodies; two of them count fully."""
    shared = left.of.names & right.of.names
    return Met(min(1.0, len(shared) / 2), tuple(sorted(shared))[:_MOST_SHOWN]) if shared else None


def same_sides_take_part(left: Sketch, right: Sketch) -> Met | None:
    """The same did it, or it was done to the same."""
    return _share(left, right, left.of.sides, right.of.sides)


def same_figures_are_given(left: Sketch, right: Sketch) -> Met | None:
    """The two passages give the same figures of two digits or more."""
    shared = left.of.numbers & right.of.numbers
    return Met(min(1.0, sum(left.rarity[number] for number in shared) / 2), tuple(sorted(shared))[:_MOST_SHOWN]) if shared else None


def both_open_their_article(left: Sketch, right: Sketch) -> Met | None:
    """Both articles begin with it."""
    return Met(1.0) if left.of.opens and right.of.opens else None


REASONS: tuple[Condition, ...] = (
    rare_words_are_shared,
    titles_are_alike,
    happened_at_one_place,
    happened_at_other_places,
    places_lie_apart,
    same_places_are_named,
    happening_is_of_one_kind,
    happened_on_one_day,
    happened_on_other_days,
    toll_is_the_same,
    tolls_cannot_both_be_true,
    same_names_are_named,
    same_sides_take_part,
    same_figures_are_given,
    both_open_their_article,
)


def _rarest(shared: frozenset[str], sketch: Sketch) -> Met | None:
    return Met(max(sketch.rarity[word] for word in shared), tuple(sorted(shared))) if shared else None


def _share(left: Sketch, right: Sketch, first: frozenset[str], second: frozenset[str]) -> Met | None:
    """How much of the rarity of the smaller set the two share."""
    shared = first & second
    if not shared:
        return None
    whole = min(sum(left.rarity[word] for word in first), sum(right.rarity[word] for word in second))
    return Met(min(1.0, sum(left.rarity[word] for word in shared) / (whole or 1.0)), tuple(sorted(shared))[:_MOST_SHOWN])


def _may_agree(one: tuple[str, int, int | None], other: tuple[str, int, int | None]) -> bool:
    (_, least, most), (_, other_least, other_most) = one, other
    return (most is None or other_least <= most) and (other_most is None or least <= other_most)
