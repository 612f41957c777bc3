"""The part that somebody plays in a sentence by the words that stand before them, and the word lists of lexicon/people.toml."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from riwaya.read.claims.frames import Reader
from riwaya.read.claims.particles import particles
from riwaya.read.claims.speakers import is_agent
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.phrases import OPENERS
from riwaya.read.wordkinds import is_definite, looks_like_verb, phrase_words, without_article

Role = Literal["speaker", "relay", "subject", "topic", "governed", "other", "behind"]


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """The folded word lists of lexicon/people.toml."""

    after_verbs: frozenset[str]
    before_verbs: frozenset[str]
    links: frozenset[str]
    issued: frozenset[str]
    quantities: frozenset[str]
    speeches: frozenset[str]
    issuing: frozenset[str]


@lru_cache(maxsize=1)
def people_words() -> PeopleWords:
    """The word lists, read once."""
    return PeopleWords(**folded_lists(load_table("people")))


def role_of(reader: Reader, at: int) -> Role:
    """The part that a phrase plays by what stands before it; words that may part a subject from its verb are passed over."""
    tokens, words = reader.tokens, people_words()
    first = tokens.sentences[tokens.sentence_of[at]][0]
    while at - 1 > first and tokens.folded[at - 1] in words.after_verbs:
        at -= 1
    before = tokens.folded[at - 1] if at > first else ""
    if before in OPENERS and at - 2 >= first:
        before, at = tokens.folded[at - 2], at - 1  # وكان | «جيش الفتح»
    if not before or before in particles().before_subject or before in particles().that:
        return "topic"
    if not tokens.is_word[at - 1]:
        return "other"
    cue = reader.cue_at.get(at - 1)
    if cue.form.shape in ("past", "present") if cue else looks_like_verb(before) or _opens_clause(reader, at - 1, first):
        return "subject"
    further = tokens.folded[at - 2] if at - 1 > first else ""
    if before == "لسان" or (before in ("عن", "الي") and further in words.issued):
        return "subject"
    if before == "من" and without_article(further) in words.quantities:
        return role_of(reader, at - 2)
    if without_article(before) in words.quantities:
        return role_of(reader, at - 1)
    own = before in particles().adverbs or before in particles().times or is_definite(before)
    return "other" if own else "governed"  # by a preposition, or by a noun: قصف | قوات


def _opens_clause(reader: Reader, at: int, first: int) -> bool:
    """Whether a word that no list knows opens a clause: there it is mostly a verb (`هدم | الجيش`)."""
    tokens, words = reader.tokens, phrase_words()
    word, before = tokens.folded[at], tokens.folded[at - 1] if at > first else ""
    joined = word[0] in "وف" and len(word) > 3
    bare = word[1:] if joined else word
    opens = (
        joined
        or not before
        or before in "،,"
        or any(before in listed for listed in (particles().joints, particles().relatives, people_words().before_verbs))
    )
    return opens and not (
        word in words.stops
        or bare in words.stops
        or is_definite(bare)
        or is_agent(bare)
        or bare in words.common
        or word in people_words().links
        or word[0].isdigit()
        or tokens.text[tokens.end[at] - 1] == "ة"
    )
