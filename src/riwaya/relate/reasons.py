"""The reasons for and against two passages telling one happening: one function each, whose docstring is what a reviewer reads.

Each takes the sketches of two passages, in either order, and gives how strongly it holds, 0 to 1, with the words that show it; or None
where it does not hold. What each weighs stands in weights.toml, fitted on annotated pairs.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from riwaya.relate.sketches import Sketch, likeness

_MOST_SHOWN = 6  # words
_FAR_DAYS = 3  # so many days apart or more is as far as it gets
_MANY_WORDS = 150
_SILENT_TITLE = 0.12  # a title less like a passage does not speak of it
_MANY_NAMES = 4
_TELLING_TOLL = 3  # one killed in both says little


class Met(NamedTuple):
    """How strongly a reason holds, 0 to 1, and the words that show it."""

    strength: float
    words: tuple[str, ...] = ()


Condition = Callable[[Sketch, Sketch], Met | None]


def rare_words_are_shared(left: Sketch, right: Sketch) -> Met | None:
    """The two passages use the same words, rare ones counting most."""
    shared = _shared_words(left, right)
    return Met(min(1.0, -fsum(less for less, _ in shared)), tuple(word for _, word in shared[:_MOST_SHOWN])) if shared else None


def much_of_both_is_shared(left: Sketch, right: Sketch) -> Met | None:
    """So much of what either passage says, by the weight of its words, stands in the other too; that with less of it counts."""
    shared = _shared_words(left, right)
    return Met(min(math.sqrt(sum([of.words[word] ** 2 for _, word in shared])) for of in (left, right))) if shared else None


def many_words_are_shared(left: Sketch, right: Sketch) -> Met | None:
    """The two passages share many words that are not common; a hundred and fifty count fully, ten about half."""
    count = len(_shared_words(left, right))
    return Met(min(1.0, math.log1p(count) / math.log1p(_MANY_WORDS))) if count else None


def titles_are_alike(left: Sketch, right: Sketch) -> Met | None:
    """The titles of the two articles use the same rare words."""
    alike = likeness(left.title, right.title)
    return Met(min(1.0, alike), tuple(sorted(left.title.keys() & right.title.keys()))) if alike else None


def titles_share_no_word(left: Sketch, right: Sketch) -> Met | None:
    """The titles of the two articles have no word in common but common ones."""
    return Met(1.0) if left.title and right.title and not left.title.keys() & right.title.keys() else None


def titles_give_other_figures(left: Sketch, right: Sketch) -> Met | None:
    """Both titles give figures, and none that both give."""
    first, second = ({word for word in sketch.of.title if word.isdigit()} for sketch in (left, right))
    return Met(1.0, tuple(sorted(first | second))) if first and second and not first & second else None


def a_title_tells_it(left: Sketch, right: Sketch) -> Met | None:
    """The title of one article uses the words of the other's passage."""
    alike = _told_by_title(left, right)
    return Met(min(1.0, alike)) if alike else None


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


def each_has_a_place_of_its_own(left: Sketch, right: Sketch) -> Met | None:
    """Each says that it happened at a place which the other does not name, and which is named as seldom as any where both say it was."""
    first = left.of.places - right.of.places - right.of.surroundings
    second = right.of.places - left.of.places - left.of.surroundings
    if not first or not second:
        return None
    rarity = min(max(left.rarity[word] for word in first), max(right.rarity[word] for word in second))
    shared = max((left.rarity[word] for word in left.of.places & right.of.places), default=0.0)
    return Met(rarity, tuple(sorted(first | second))[:_MOST_SHOWN]) if rarity >= shared else None


def same_places_are_named(left: Sketch, right: Sketch) -> Met | None:
    """The two passages name the same places, rare ones counting most."""
    return _share(left, right, left.of.places | left.of.surroundings, right.of.places | right.of.surroundings)


def happening_is_of_another_kind(left: Sketch, right: Sketch) -> Met | None:
    """What the one tells and what the other tells are of no kind in common: an air strike, an arrest, a meeting."""
    first, second = left.of.kinds, right.of.kinds
    return Met(1.0, tuple(sorted(first | second))) if first and second and not first & second else None


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


def each_names_others(left: Sketch, right: Sketch) -> Met | None:
    """Each names persons or bodies that the other does not; four on either side count fully."""
    first, second = left.of.names - right.of.names, right.of.names - left.of.names
    return (
        Met(min(1.0, min(len(first), len(second)) / _MANY_NAMES), tuple(sorted(first | second))[:_MOST_SHOWN]) if first and second else None
    )


def same_figures_are_given(left: Sketch, right: Sketch) -> Met | None:
    """The two passages give the same figures of two digits or more."""
    shared = left.of.numbers & right.of.numbers
    return Met(min(1.0, fsum(left.rarity[number] for number in shared) / 2), tuple(sorted(shared))[:_MOST_SHOWN]) if shared else None


def both_open_their_article(left: Sketch, right: Sketch) -> Met | None:
    """Both articles begin with it."""
    return Met(1.0) if left.of.opens and right.of.opens else None


def one_opens_its_article(left: Sketch, right: Sketch) -> Met | None:
    """One of the articles begins with it, the other comes to it later."""
    return Met(1.0) if left.of.opens != right.of.opens else None


def articles_open_with_other_news(left: Sketch, right: Sketch) -> Met | None:
    """Both articles begin with it, but the title of neither speaks of what the other tells."""
    return Met(1.0) if left.of.opens and right.of.opens and _told_by_title(left, right) < _SILENT_TITLE else None


def one_outlet_tells_both(left: Sketch, right: Sketch) -> Met | None:
    """Both stand in one outlet, which seldom prints one happening twice."""
    return Met(1.0, (left.of.outlet,)) if left.of.outlet and left.of.outlet == right.of.outlet else None


def one_is_told_vaguely(left: Sketch, right: Sketch) -> Met | None:
    """One of them, or each, says neither when, nor at which known place, nor with what toll."""
    vague = sum(not (sketch.of.tolls or sketch.of.days or sketch.of.points) for sketch in (left, right))
    return Met(vague / 2) if vague else None


REASONS: tuple[Condition, ...] = (
    rare_words_are_shared,
    much_of_both_is_shared,
    many_words_are_shared,
    titles_are_alike,
    titles_share_no_word,
    titles_give_other_figures,
    a_title_tells_it,
    happened_at_one_place,
    happened_at_other_places,
    each_has_a_place_of_its_own,
    same_places_are_named,
    happening_is_of_another_kind,
    happened_on_one_day,
    happened_on_other_days,
    toll_is_the_same,
    each_names_others,
    same_figures_are_given,
    both_open_their_article,
    one_opens_its_article,
    articles_open_with_other_news,
    one_outlet_tells_both,
    one_is_told_vaguely,
)
AGAINST = frozenset(
    (
        titles_share_no_word,
        titles_give_other_figures,
        happened_at_other_places,
        each_has_a_place_of_its_own,
        happening_is_of_another_kind,
        happened_on_other_days,
        each_names_others,
        articles_open_with_other_news,
        one_outlet_tells_both,
        one_is_told_vaguely,
    )
)


@lru_cache(maxsize=1)
def _shared_words(left: Sketch, right: Sketch) -> list[tuple[float, str]]:
    """The words of both passages, each after its part of their likeness, which is below 0 so that they sort: the largest part first."""
    first, second = left.words, right.words
    return sorted((-first[word] * second[word], word) for word in first.keys() & second.keys())


def _told_by_title(left: Sketch, right: Sketch) -> float:
    return max(likeness(left.title, right.words), likeness(right.title, left.words))


def _rarest(shared: frozenset[str], sketch: Sketch) -> Met | None:
    return Met(max(sketch.rarity[word] for word in shared), tuple(sorted(shared))) if shared else None


def _share(left: Sketch, right: Sketch, first: frozenset[str], second: frozenset[str]) -> Met | None:
    """How much of the rarity of the smaller set the two share."""
    shared = first & second
    if not shared:
        return None
    whole = min(fsum(left.rarity[word] for word in first), fsum(right.rarity[word] for word in second))
    return Met(min(1.0, fsum(left.rarity[word] for word in shared) / (whole or 1.0)), tuple(sorted(shared))[:_MOST_SHOWN])
