"""What kind of word stands there, as far as its form and the lists of lexicon/phrases.toml tell: definite, a holder of names, a verb."""

import re
from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.remembered import remembered
from riwaya.read.lexicon import folded_lists, load_table

_VERBAL_NOUN = re.compile(r"(ا\w{2,4}ا\w|ت\w{1,2}ي\w|م\wا\w\wه)(ه|ها|هم|هما)?$")
_WITHOUT_PRONOUN = re.compile(r"(?<=\w{4})(ها|هم|هما|ه)$")
_NO_VERBS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The folded word lists of lexicon/phrases.toml."""

    stops: frozenset[str]
    days: frozenset[str]
    holders: frozenset[str]
    generic: frozenset[str]
    places: frozenset[str]
    verbs: frozenset[str]
    media: frozenset[str]
    bodies: frozenset[str]
    states: frozenset[str]
    names: frozenset[str]
    manners: frozenset[str]
    ya_nouns: frozenset[str]
    things: frozenset[str]  # `generic` and `places`
    common: frozenset[str]  # these and `bodies`
    al_nouns: frozenset[str]


@lru_cache(maxsize=1)
def phrase_words() -> PhraseWords:
    """The word lists, read once."""
    lists = folded_lists(load_table("phrases"))
    things = lists["generic"] | lists["places"]
    return PhraseWords(**lists, things=things, common=things | lists["bodies"])


@remembered
def without_article(word: str) -> str:
    """A folded word without its definite article: `الوزير` and `وزير` give the same; `لل...` too."""
    if len(word) > 4 and word[:2] == "ال":
        return word if _begins_with_al(word) else word[2:]
    return word[2:] if len(word) > 4 and word[:2] == "لل" else word


def is_definite(word: str) -> bool:
    """Whether a folded word carries the article (`الوزير`, `والوزير`, `للوزير`, `بالوزير`)."""
    if word[:2] == "ال":
        return not _begins_with_al(word)
    return (word[1:3] == "ال" and word[0] in "وفبك" and not _begins_with_al(word[1:])) or word[:2] == "لل"


@remembered
def _begins_with_al(word: str) -> bool:
    """Whether the first two letters are no article, but of the word itself: `إلقاء`, `التزامها`."""
    return _WITHOUT_PRONOUN.sub("", word) in phrase_words().al_nouns or word in phrase_words().al_nouns


@remembered
def is_holder(word: str) -> bool:
    """Whether a folded word names the holder of an office or an unnamed person (`الوزير`, `ومسؤول`), by the list."""
    holders = phrase_words().holders
    bare = without_article(word)
    return bare in holders or (bare[:1] == "و" and without_article(bare[1:]) in holders)


def looks_like_verb(word: str, verbs: frozenset[str] = _NO_VERBS) -> bool:
    """Whether a folded word is a verb by its form (`يعلن`, `ويؤكد`, `سيتم`, `أعلنوا`) or by the caller's list."""
    if _looks_like_verb(word) or word in verbs:
        return True
    return len(word) > 3 and word[0] in "وف" and word[1:] in verbs


@remembered
def _looks_like_verb(word: str) -> bool:
    bare = word[1:] if len(word) > 3 and word[0] in "وف" else word
    if bare.endswith(("ته", "تها", "تهم")) and bare[: bare.rindex("ت") + 1] in phrase_words().verbs:
        return True  # بيان نشرته الوزارة
    if word in phrase_words().verbs or bare in phrase_words().verbs:
        return True
    if len(bare) > 4 and bare[0] == "س" and bare[1] in "يت" and bare[1:3] not in ("يا", "تا", "يد"):
        bare = bare[1:]
        return bare[0] == "ي" and bare not in phrase_words().ya_nouns
    if len(bare) > 4 and bare.endswith("وا"):
        return True
    return len(bare) > 2 and bare[0] == "ي" and bare not in phrase_words().ya_nouns


@remembered
def looks_like_verbal_noun(word: str) -> bool:
    """Whether a folded word has the form of a verbal noun of a derived verb (`إيقاف`, `استقبال`, `تسجيل`, `مواصلة`), or is listed."""
    words = phrase_words()
    bare = without_article(word)
    if bare in words.generic or word in words.states or word in words.names:
        return bare in words.generic
    return _VERBAL_NOUN.match(bare) is not None and not bare.endswith("ان")


@remembered
def is_prepositional(word: str) -> bool:
    """Whether a folded word carries ب as a preposition (`بالمدينة`, `بقوات`), so far as its form or the lists tell."""
    words = phrase_words()
    if word[:1] != "ب" or len(word) < 4 or word in words.names or word in words.generic:
        return False
    return (
        word[:3] == "بال"
        or word in words.manners
        or without_article(word[1:]) in words.generic
        or without_article(word[1:]) in words.bodies
        or is_holder(word[1:])
    )
