"""Why a wording means one actor rather than another: each reason is a function, its docstring is what the reviewer reads."""

from collections.abc import Callable
from typing import NamedTuple

from riwaya.knowledge.actors import Actor
from riwaya.read.links.actor_scene import Scene
from riwaya.read.links.wordings import Found, Meant


class Case(NamedTuple):
    """One actor that a wording in a text may mean."""

    meant: Meant
    found: Found
    scene: Scene
    before: str  # key of the actor named more fully before for which the wording may stand, or ""
    decided: str  # key of the actor that the same wording meant before, or ""
    alone: bool = False  # no other of a country that is spoken of has this wording
    introduced: bool = False  # a word or marks beside it say that it is a name


def has_it_in_any_context(case: Case) -> float:
    """The register has this wording for it in any context."""
    return not case.meant.wording.ambiguous


def named_with_its_country(case: Case) -> float:
    """Its country is named with it."""
    return case.found.country in case.meant.countries


def place_named_behind(case: Case) -> float:
    """Its country is named right behind it."""
    country = case.meant.actor.country
    return (
        case.scene.words[case.found.last : case.found.last + 1] == ["في"] and case.scene.countries.get(case.found.last + 1) == country != ""
    )


def in_the_sentence(case: Case) -> float:
    """Its country is named in the same sentence."""
    named = case.scene.by_sentence.get(case.scene.tokens.sentence_of[case.found.first])
    return named is not None and not named.isdisjoint(case.meant.countries)


def told_of_last(case: Case) -> float:
    """Its country is the last that was told of before."""
    return case.scene.last_before(case.found.first) in case.meant.countries


def share_of_the_article(case: Case) -> float:
    """Its country is named in the article."""
    return sum(case.scene.shares.get(country, 0.0) for country in case.meant.countries)


def in_the_title(case: Case) -> float:
    """Its country is named in the title."""
    return not case.scene.title.isdisjoint(case.meant.countries)


def filed_from_there(case: Case) -> float:
    """The article was filed from its country."""
    return not case.scene.filed_from.isdisjoint(case.meant.countries)


def at_home_there(case: Case) -> float:
    """The outlet is of its country."""
    return not case.meant.countries.isdisjoint(case.scene.outlet.values())


def named_elsewhere(case: Case) -> float:
    """The article names it beyond doubt elsewhere."""
    return case.meant.wording.ambiguous and case.meant.actor.key in case.scene.sure


def is_the_outlet(case: Case) -> float:
    """It is the outlet of the article."""
    return case.meant.actor.key in case.scene.outlet


def no_other_has_it(case: Case) -> float:
    """No other actor of a country spoken of has this wording."""
    strength = 1.0 if case.meant.actor.country else 1.5
    return strength if case.alone and " " in case.found.form else 0.0


def introduced_as_a_name(case: Case) -> float:
    """The words beside it say that it is a name, and no other of a country spoken of has it."""
    return case.alone and case.introduced


def of_one_named(case: Case) -> float:
    """What it belongs to, or what belongs to it, is named in the article."""
    return case.meant.actor.key in case.scene.kin or case.meant.actor.parent in case.scene.sure


def stands_for_one_before(case: Case) -> float:
    """It is the last one named before to which the word applies."""
    return case.meant.actor.key == case.before


def the_same_before(case: Case) -> float:
    """The same wording meant it before."""
    return case.meant.actor.key == case.decided


def was_over(case: Case) -> float:
    """It was over before the article was published."""
    until = case.meant.actor.until
    return bool(until and case.scene.month) and until < case.scene.month[: len(until)]


WEIGHTS: dict[Callable[[Case], float], float] = {
    has_it_in_any_context: 2.0,
    named_with_its_country: 6.0,
    place_named_behind: 3.0,
    in_the_sentence: 1.5,
    told_of_last: 0.4,
    share_of_the_article: 3.0,
    in_the_title: 1.0,
    filed_from_there: 1.5,
    at_home_there: 0.7,
    named_elsewhere: 3.0,
    is_the_outlet: 3.0,
    no_other_has_it: 1.0,
    introduced_as_a_name: 1.5,
    of_one_named: 1.0,
    stands_for_one_before: 5.0,
    the_same_before: 2.0,
    was_over: -3.0,
}


class Score(NamedTuple):
    """What speaks for one actor, in sum, and the reasons, the weightiest first."""

    total: float
    reasons: tuple[str, ...]


def score(case: Case) -> Score:
    """The sum of the weights of all reasons that hold, each as far as it holds."""
    parts = [(weight * reason(case), reason) for reason, weight in WEIGHTS.items()]
    holding = sorted((part for part in parts if part[0]), key=lambda part: -abs(part[0]))
    return Score(sum(part for part, _ in holding), tuple((reason.__doc__ or "").strip() for _, reason in holding))


def not_yet(actor: Actor, scene: Scene) -> bool:
    """Whether an actor did not exist when the article was published."""
    return bool(actor.since and scene.month) and actor.since > scene.month[: len(actor.since)]
