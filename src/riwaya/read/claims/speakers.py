"""Who speaks: the phrase before a cue, the kind of speaker, the one meant where none is named, and the shortest name."""

from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.words import Tokens
from riwaya.read.claims.particles import particles
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.phrases import OPENERS, head_of, noun_phrase_end
from riwaya.read.wordkinds import is_definite, is_holder, looks_like_verb, phrase_words, without_article
from riwaya.records import TellerKind

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
    plural: frozenset[str]
    standards: frozenset[str]
    honorifics: frozenset[str]


@lru_cache(maxsize=1)
def speaker_words() -> SpeakerWords:
    """The word lists, read once."""
    return SpeakerWords(**folded_lists(load_table("speakers")))


def is_agent(word: str) -> bool:
    """Whether a folded word is the head of a phrase that can speak: an office, a body, an outlet, a document, an unnamed person."""
    words = speaker_words()
    bare = without_article(word)
    return is_holder(word) or any(
        bare in listed or word in listed for listed in (words.bodies, words.outlets, words.documents, words.anonymous, words.feminine)
    )


def kind_of(tokens: Tokens, speaker: Range) -> TellerKind:
    """The kind of a speaker by the head of its phrase."""
    words = speaker_words()
    head = tokens.folded[head_of(tokens, *speaker)]
    bare = without_article(head)
    if bare in words.documents or head in words.documents:
        return "document"
    if bare in words.outlets or head in words.outlets:
        return "outlet"
    named = name_range(tokens, speaker)
    if bare in words.anonymous and named == speaker:
        return "anonymous"
    if is_holder(head):
        return "person"
    return "org" if bare in words.bodies or head in words.feminine or head[-1] == "ه" else "person"


def name_range(tokens: Tokens, speaker: Range) -> Range:
    """The shortest part of a speaker's phrase that names it: a person without titles and offices, else the phrase up to its first comma."""
    first, end = speaker
    comma = next((at for at in range(first + 1, end) if tokens.folded[at] in ("،", ",")), end)
    if comma < end and comma - first >= 2 and not any(_is_office(tokens.folded[at]) for at in range(first, comma)):
        return (first, comma)  # زيجمار جابرييل، نائب المستشارة
    best: Range | None = None
    head = tokens.folded[head_of(tokens, first, end)]
    if not is_holder(head) and is_agent(head):
        return (first, comma)  # مكتب رئيس الوزراء سامر العلي is the office
    at = first + 1
    while at < end:
        if not _begins_name(tokens, at):
            at += 1
            continue
        begun = at
        while at < end and tokens.is_word[at] and not _is_office(tokens.folded[at]) and tokens.folded[at] not in phrase_words().stops:
            at += 1
        if at - begun >= 3 and is_definite(head) and tokens.folded[begun - 1] in speaker_words().bodies:
            begun += 1  # شرطة بغلان | سامر العلي: the first word owns the body
            best = (begun, at)
        elif at - begun >= 2 and _may_precede_name(tokens, begun - 1):
            best = (begun, at)
            if without_article(tokens.folded[begun - 1]) in speaker_words().honorifics:
                break
    return best or (first, comma)


def _is_office(word: str) -> bool:
    return is_holder(word) or without_article(word) in speaker_words().titles or without_article(word) in speaker_words().bodies


def _begins_name(tokens: Tokens, at: int) -> bool:
    word = tokens.folded[at]
    if not tokens.is_word[at] or word[0].isdigit() or word in phrase_words().stops or _is_office(word):
        return False
    if word in phrase_words().names:
        return word != "باسم" or tokens.folded[at + 1 : at + 2] == []
    return (
        word[:2] not in ("ال", "لل")
        and word[:3] != "وال"
        and not (
            word[0] in "بل" and (len(word) > 5 or (len(word) > 4 and is_definite("".join(tokens.folded[at + 1 : at + 2]))))
        )  # لحقوق الإنسان
        and tokens.text[tokens.end[at] - 1] != "ة"
    )


def _may_precede_name(tokens: Tokens, at: int) -> bool:
    """A name follows a definite word (`المتحدث باسم الجيش | سامر العلي`) or a mark, not the noun of an إضافة (`وزير | خارجية`)."""
    word = tokens.folded[at]
    return word[:2] in ("ال", "لل") or word[1:3] == "ال" or not tokens.is_word[at] or word in phrase_words().states


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


def gender_of(tokens: Tokens, speaker: Range) -> str:
    """Grammatical gender of a speaker's phrase: "f" or "m"."""
    words = speaker_words()
    at = head_of(tokens, *speaker)
    head = tokens.folded[at]
    bare = without_article(head)
    raw = tokens.text[tokens.end[at] - 1]
    masculine = bare in ("داعيه", "خليفه", "علامه", "اسامه", "حمزه", "طلحه", "معاويه")
    return "f" if (raw == "ة" and not masculine) or bare in words.feminine or head in words.feminine else "m"


def is_plural(tokens: Tokens, speaker: Range) -> bool:
    """Whether a speaker is several persons (`شهود عيان`, `مسؤولون`)."""
    head = without_article(tokens.folded[head_of(tokens, *speaker)])
    return head in speaker_words().plural or head.endswith("ون")


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
