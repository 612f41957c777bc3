"""Function words that the rules of reported speech ask for, from lexicon/particles.toml."""

from dataclasses import dataclass
from functools import lru_cache

from riwaya.read.lexicon import folded_lists, load_table


@dataclass(frozen=True, slots=True)
class Particles:
    """The folded word lists of lexicon/particles.toml, which tells what each holds."""

    that: frozenset[str]
    inner_that: frozenset[str]
    questions: frozenset[str]
    leading: frozenset[str]
    relatives: frozenset[str]
    adverbs: frozenset[str]
    stepped_over: frozenset[str]
    named_by: frozenset[str]
    object_openers: frozenset[str]
    addressed: frozenset[str]
    elsewhere: frozenset[str]
    headline: frozenset[str]
    turns: frozenset[str]
    before_subject: frozenset[str]
    joints: frozenset[str]
    auxiliaries: frozenset[str]
    times: frozenset[str]
    before_nouns: frozenset[str]
    negations: frozenset[str]
    impersonal: frozenset[str]
    anonymity: frozenset[str]
    afterthoughts: frozenset[str]


@lru_cache(maxsize=1)
def particles() -> Particles:
    """The word lists, read once."""
    return Particles(**folded_lists(load_table("particles")))
