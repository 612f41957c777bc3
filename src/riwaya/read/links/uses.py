"""Whether words that may name an actor do so here: a state that acts or is dealt with, an everyday word that has a cue beside it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.clitics import bare_forms
from riwaya.arabic.words import Tokens
from riwaya.knowledge.nationalities import nationalities
from riwaya.read.events.triggers import is_verb
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.links.wordings import Found, Meant
from riwaya.read.phrases import OPENERS
from riwaya.read.wordkinds import looks_like_verb, looks_like_verbal_noun, without_article
from riwaya.records import Reading

_FEMININE_VERB = re.compile(r"(?!ال)\w{3,}(?<!ا)ت(ه|ها|هم)?|س?ت\w{2,}[^ه]|س?ت\w{2,}ه[ام]")  # رفضت، عيّنته، تستضيف، ستواجهها
_NO_VERB = re.compile(r"ت\w\wي\w|تجاه|تحت|تلك|تراب|\w*يات")  # تحرير العراق
_ADDRESSED_WITHIN = 6  # words from the verb
_BETWEEN = frozenset(["علي", "من", "الي", "عن", "تجاه", "ازاء", "حيال", "لدي"])  # عقوبات | على إيران
_PLACING = frozenset(["في", "الي", "من", "عبر", "داخل", "خارج", "نحو", "شمال", "جنوب", "شرق", "غرب", "وسط", "قرب"])
_ADJECTIVES = ("يه", "ي", "يين", "يون")
_TO_IT = frozenset(["اليه", "اليها", "عليه", "عليها", "به", "بها", "منه", "منها", "له", "لها", "فيه", "فيها", "عنه", "عنها"])


@dataclass(frozen=True, slots=True)
class LinkWords:
    """The folded word lists of lexicon/actor_links.toml."""

    bodies: frozenset[str]
    before: frozenset[str]
    dealing: frozenset[str]
    placing: frozenset[str]
    motion: frozenset[str]
    masculine: frozenset[str]
    epithets: frozenset[str]
    realms: frozenset[str]
    particles: frozenset[str]
    that: frozenset[str]
    wider: frozenset[str]
    addressing: frozenset[str]
    notions: frozenset[str]
    heads: frozenset[str]


@lru_cache(maxsize=1)
def link_words() -> LinkWords:
    """The word lists, read once."""
    return LinkWords(**folded_lists(load_table("actor_links")))


def participants(reading: Reading) -> frozenset[int]:
    """Where in the text the words begin for those who speak, act or undergo."""
    spans = [span for claim in reading.claims for teller in claim.tellers for span in (teller.words, teller.name)]
    spans += [span for event in reading.events for span in (event.actor, event.target)]
    return frozenset(span.start for span in spans if span)


def is_state_name(meant: Sequence[Meant], found: Found) -> bool:
    """Whether the wording is the name of a country or its capital, which may be a mere place."""
    if found.form in link_words().realms:
        return True
    return found.form in nationalities().names and any(one.actor.kind in ("state", "government body") for one in meant)


def state_acts(tokens: Tokens, found: Found, begins: frozenset[int], *, joined: bool) -> bool:
    """Whether a country's name stands for the state: it speaks, acts, undergoes, is the subject of a verb or one that is dealt with.

    begins   where those who speak, act or undergo begin (`participants`)
    joined   it is joined by و to a state that does
    """
    first = found.first
    before, prefix = _before(tokens, first), tokens.folded[first][: found.cut]
    if tokens.start[first] in begins or tokens.start[first] + found.cut in begins or (prefix in ("و", "ف") and joined):
        return True
    if prefix in ("ب", "وب") or before in link_words().motion or before[1:] in link_words().motion:
        return False
    if prefix in ("ل", "ول", "لل"):
        return without_article(before) in link_words().dealing
    return _is_dealt_with(tokens, found, before) or _is_addressed(tokens, first, before) or _is_subject(tokens, found, before)


def _is_dealt_with(tokens: Tokens, found: Found, before: str) -> bool:
    """Whether somebody deals with the state: بين روسيا وتركيا, بدعم من إيران, على السعودية أن تتخذ."""
    words = link_words()
    if before in ("علي", "وعلي") and tokens.folded[found.last : found.last + 1] == ["ان"]:
        return True
    dealing = before in ("مع", "بين", "ومع", "وبين") or (before in _BETWEEN and _before(tokens, found.first - 1) in words.dealing)
    if not dealing and before:
        dealing = any(form in words.dealing or looks_like_verbal_noun(form) for _, form in bare_forms(before))
    return dealing and not _places(tokens, found.first)


def _is_subject(tokens: Tokens, found: Found, before: str) -> bool:
    """Whether the state is the subject of the verb before it or behind it."""
    if before in _TO_IT:
        before = _before(tokens, found.first - 1)  # ما توصلت إليه | واشنطن
    return (before != "" and _verb_agrees(before, tokens.folded[found.first][found.cut :])) or _is_topic(tokens, found)


def _before(tokens: Tokens, at: int) -> str:
    return tokens.folded[at - 1] if at and tokens.sentence_of[at - 1] == tokens.sentence_of[at] and tokens.is_word[at - 1] else ""


def _places(tokens: Tokens, at: int) -> bool:
    start = max(at - 4, tokens.sentences[tokens.sentence_of[at]][0])
    return any(form in link_words().placing for word in tokens.folded[start:at] for _, form in bare_forms(word))


def _is_addressed(tokens: Tokens, at: int, before: str) -> bool:
    """Whether somebody calls upon the state or accuses it: اتهم الوزير | إيران, طالبت المنظمة | دمشق بالإفراج."""
    start = max(at - _ADDRESSED_WITHIN, tokens.sentences[tokens.sentence_of[at]][0])
    cues = [number for number in range(start, at) if any(form in link_words().addressing for _, form in bare_forms(tokens.folded[number]))]
    return bool(cues) and before not in _PLACING and all(tokens.is_word[number] for number in range(cues[-1], at))


def _verb_agrees(verb: str, name: str) -> bool:
    """Whether a verb beside a country's name can have it as its subject: they are feminine but for a few (أعلنت روسيا، أعلن العراق)."""
    bare = verb[1:] if verb[0] in "وف" and len(verb) > 3 else verb
    feminine = _FEMININE_VERB.fullmatch(bare) is not None and not _NO_VERB.fullmatch(bare)
    if not (feminine or is_verb(verb) or looks_like_verb(verb)):
        return False
    return feminine != (name in link_words().masculine)


def _is_topic(tokens: Tokens, found: Found) -> bool:
    """Whether the name follows أن, or begins its sentence or follows a particle, and a verb follows that agrees: روسيا تنفي."""
    at, end = found.first, tokens.sentences[tokens.sentence_of[found.first]][1]
    words, before = link_words(), _before(tokens, at)
    if before in words.that:
        return True
    verb = found.last
    while verb < end and (not tokens.is_word[verb] or tokens.folded[verb] in words.particles):
        verb += 1
    if tokens.folded[found.last : found.last + 1] in (["التي"], ["الذي"]) and before not in _PLACING:
        verb = found.last + 1  # روسيا التي تدعم
        return verb < end and _verb_agrees(tokens.folded[verb], tokens.folded[at][found.cut :])
    opens = before in ("", "لكن", "ولكن", "فيما", "بينما", "حيث", "كانت", "كان", "وكانت", "وكان", "اما", "واما")
    return opens and verb < end and _verb_agrees(tokens.folded[verb], tokens.folded[at][found.cut :])


def is_introduced(tokens: Tokens, found: Found) -> bool:
    """Whether what stands beside a wording says that it is a name: marks around it, or a word that introduces one (حركة، قناة)."""
    first, last = found.first, found.last
    if first > 0 and last < len(tokens) and OPENERS.get(tokens.folded[first - 1], "?") == tokens.folded[last]:
        return True
    before = _before(tokens, first)
    return any(form in link_words().before for _, form in bare_forms(before)) if before else False


def is_described_otherwise(tokens: Tokens, found: Found, words: Sequence[str]) -> bool:
    """Whether the words beside an ambiguous wording make it another thing: البرلمان | الأوروبي, النظام | التعليمي, الإذاعة | الخارجية."""
    lists, after = link_words(), words[found.last] if found.last < len(words) else ""
    if after in lists.wider:
        return True
    if found.last > found.first + 1:
        return False
    if found.form in lists.notions and after[:2] == "ال" and after not in lists.epithets:
        return True
    before = _before(tokens, found.first)
    adjective = found.form.endswith(_ADJECTIVES) and not found.cut
    return adjective and before not in lists.that and (before[:2] == "ال" or before[1:3] == "ال" or before.endswith("ها"))


def of_persons(reading: Reading, tokens: Tokens) -> frozenset[int]:
    """The tokens that belong to the name of a person, and the one behind: بدر العلي is no militia, سلمان آل سعود no hostile word."""
    spans = [mention.span for mention in reading.mentions if mention.kind == "PER"]
    ranges = ((bisect_left(tokens.start, span.start - 2), bisect_left(tokens.start, span.end)) for span in spans)
    return frozenset(at for first, last in ranges for at in range(first, last + 1))
