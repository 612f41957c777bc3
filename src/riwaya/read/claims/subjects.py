"""The subject that stands before a verb: `المتحدث باسم الوزارة | قال`, `أما | الجيش | فأعلن`."""

from riwaya.arabic.words import Tokens
from riwaya.read.claims.particles import particles
from riwaya.read.claims.speakers import Range, is_agent
from riwaya.read.phrases import OPENERS, head_of, noun_phrase_end
from riwaya.read.wordkinds import looks_like_verb, phrase_words


def subject_before(tokens: Tokens, at: int, first: int, verbs: frozenset[str]) -> Range | None:
    """The noun phrase right before the verb at token `at` that may be its subject (`المتحدث باسم الوزارة | قال`), not before `first`."""
    end = at
    while end > first and (tokens.folded[end - 1] in particles().auxiliaries or _is_time(tokens, end - 1)):
        end -= 1
    if end <= first:
        return None
    if tokens.folded[end - 1] in ("الذي", "التي", "الذين"):
        return _antecedent(tokens, end - 1, first, verbs)
    if tokens.folded[end - 1] in ("،", ",", "-", "–"):
        return _before_comma(tokens, end - 1, first, verbs)
    segment = end
    while segment > max(first, end - 25) and tokens.is_word[segment - 1] and tokens.folded[segment - 1] not in particles().joints:
        segment -= 1
    if segment == end and tokens.folded[end - 1] in (")", "»", '"', "”"):
        segment = _before_marks(tokens, end, first)
    if segment == end or tokens.folded[segment] in particles().relatives:
        return _before_clause(tokens, segment, first, verbs) if segment < end and tokens.folded[segment] in particles().relatives else None
    return _subject_from(tokens, segment, end, verbs)


def topic_before(tokens: Tokens, at: int, first: int, verbs: frozenset[str]) -> Range | None:
    """The topic that the verb at token `at`, written with ف, says something of: `أما | الجيش | فأعلن`."""
    for start in range(at - 1, max(first, at - 30) - 1, -1):
        if tokens.folded[start] in ("اما", "واما"):
            end = noun_phrase_end(tokens, start + 1, at, verbs=verbs, attached=True)
            return (start + 1, end) if end > start + 1 else None
    return None


def _subject_from(tokens: Tokens, start: int, end: int, verbs: frozenset[str]) -> Range | None:
    """The noun phrase from token `start` on, if with its prepositional phrases it reaches token `end`."""
    while start < end and (tokens.folded[start] in particles().before_subject or _is_time(tokens, start)):
        start += 2 if tokens.folded[start : start + 2] in (["غير", "ان"], ["بيد", "ان"]) else 1
    if start >= end:
        return None
    reached = noun_phrase_end(tokens, start, end, verbs=verbs, attached=True)
    if (
        reached == start
        or ("\N{ARABIC FATHATAN}" in tokens.text[tokens.start[start] : tokens.end[start]] and not _after_sister_of_that(tokens, start))
        or _past_prepositions(tokens, reached, end, verbs) < end
    ):
        return None
    return (start, reached)


def _after_sister_of_that(tokens: Tokens, at: int) -> bool:
    """Whether a subject stands in the accusative here: `لكن | مصدراً في البلدية قال`."""
    return at > 0 and tokens.folded[at - 1] in ("ان", "لكن", "ولكن")


def _before_comma(tokens: Tokens, comma: int, first: int, verbs: frozenset[str]) -> Range | None:
    """The subject before a comma: a phrase that runs up to it, or the head of the sentence before what stands in commas."""
    commas = [at for at in range(max(first, comma - 30), comma) if tokens.folded[at] in ("،", ",", "-", "–")]
    for start in (first, *(at + 1 for at in commas)):
        if comma - start > 30:
            continue
        subject = _subject_from(tokens, start, comma, verbs)
        if subject is not None and is_agent(tokens.folded[head_of(tokens, *subject)]):
            return subject
    if commas and comma - first <= 30:
        subject = _subject_from(tokens, first, commas[0], verbs)
        if subject is not None and is_agent(tokens.folded[head_of(tokens, *subject)]):
            return subject
    return None


def _past_prepositions(tokens: Tokens, at: int, end: int, verbs: frozenset[str]) -> int:
    """Past the prepositional phrases after a subject: `السفارة | في العاصمة | أعلنت`."""
    while at < end and (tokens.folded[at] in ("في", "من", "لدي", "علي") or tokens.folded[at][0] in "بل"):
        first = at + 1 if tokens.folded[at] in phrase_words().stops else at
        reached = noun_phrase_end(tokens, first, end, verbs=verbs)
        if reached <= first:
            return max(at, reached)
        at = reached
    return at


def _is_time(tokens: Tokens, at: int) -> bool:
    return tokens.folded[at] in particles().times or tokens.folded[at].isdigit()


def _before_marks(tokens: Tokens, end: int, first: int) -> int:
    """The start of a phrase that ends with a parenthesis or a name in marks."""
    opener = next((at for at in range(end - 2, max(first, end - 10) - 1, -1) if tokens.folded[at] in OPENERS), end)
    segment = opener
    while segment > max(first, opener - 12) and tokens.is_word[segment - 1] and tokens.folded[segment - 1] not in particles().joints:
        segment -= 1
    return segment


def _antecedent(tokens: Tokens, relative: int, first: int, verbs: frozenset[str]) -> Range | None:
    """The noun phrase before a relative pronoun: `أعلن المتحدث | الذي قال`."""
    end = relative
    if end > first and tokens.folded[end - 1] in ("،", ","):
        end -= 1
    start = end
    stops = phrase_words().stops
    while start > max(first, end - 12) and (
        tokens.is_word[start - 1] and tokens.folded[start - 1] not in stops and not looks_like_verb(tokens.folded[start - 1], verbs)
    ):
        start -= 1
    return (start, end) if start < end and noun_phrase_end(tokens, start, end, verbs=verbs, attached=True) == end else None


def _before_clause(tokens: Tokens, clause: int, first: int, verbs: frozenset[str]) -> Range | None:
    """The subject before a clause in commas: `الوزير، الذي زار المدينة، قال`."""
    end = clause
    if end > first and tokens.folded[end - 1] in ("،", ","):
        end -= 1
    return _antecedent(tokens, end, first, verbs) if end > first else None
