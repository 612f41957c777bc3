"""Words that speak: heads of phrases that can say something, their gender and number."""

from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.phrases import head_of
from riwaya.read.wordkinds import is_holder, without_article

Range = tuple[int, int]  # of token numbers, half-open


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """The folded word lists of lexicon/speakers.toml."""

    anonymous: frozenset[str]
    documents: frozenset[str]
    outlets: frozenset[str]
    bodies: frozenset[str]
    titles: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    plural: frozenset[str]
    singular: frozenset[str]
    standards: frozenset[str]
    honorifics: frozenset[str]
    called: frozenset[str]
    anyone: frozenset[str]
    within: frozenset[str]


@lru_cache(maxsize=1)
def speaker_words() -> SpeakerWords:
    """The word lists, read once."""
    return SpeakerWords(**folded_lists(load_table("speakers")))


@remembered
def is_agent(word: str) -> bool:
    """Whether a folded word is the head of a phrase that can speak: an office, a body, an outlet, a document, an unnamed person."""
    words = speaker_words()
    bare = without_article(word)
    return is_holder(word) or any(
        bare in listed or word in listed for listed in (words.bodies, words.outlets, words.documents, words.anonymous, words.feminine)
    )


def gender_of(tokens: Tokens, speaker: Range) -> str:
    """Grammatical gender of a speaker's phrase: "f" or "m"."""
    words = speaker_words()
    at = head_of(tokens, *speaker)
    head = tokens.folded[at]
    bare = without_article(head)
    raw = tokens.text[tokens.end[at] - 1]
    masculine = bare in words.masculine
    return "f" if (raw == "ة" and not masculine) or bare in words.feminine or head in words.feminine else "m"


def is_plural(tokens: Tokens, speaker: Range) -> bool:
    """Whether a speaker is several persons (`شهود عيان`, `مسؤولون`)."""
    head = without_article(tokens.folded[head_of(tokens, *speaker)])
    return head in speaker_words().plural or (head.endswith("ون") and head not in speaker_words().singular)


def agrees(tokens: Tokens, speaker: Range, gender: str) -> bool:
    """Whether a verb of that gender ("m", "f", "any") can follow the speaker as its subject.

    Proper names tell no gender by their form: only a head that is feminine by form or list, or an office without ta marbuta, counts.
    """
    if gender == "any" or is_plural(tokens, speaker):
        return True
    if gender_of(tokens, speaker) == "f":
        return gender == "f"
    head = tokens.folded[head_of(tokens, *speaker)]
    return gender == "m" or not is_agent(head) or head.endswith("ات")
