"""Names of persons, organisations and places, without their clitics.

A place is a name of the place lexicon or what a naming word introduces (the name alone after مدينة, the whole after حي). An organisation
is a known name or a naming word with what belongs to it (وزارة الصحة). A person is a given name with what follows it, or what follows a
title. Spans do not overlap: places give way to organisations that hold them, persons come first.
"""

from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.clitics import bare_forms
from riwaya.arabic.fold import folded
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.events.places import Place, place_words, places_in
from riwaya.read.events.triggers import is_verb, verbs_known
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.phrases import noun_phrase_end, noun_span
from riwaya.read.placenames import NO_NAMES, OwnNames
from riwaya.read.wordkinds import is_definite, is_holder, looks_like_verb, phrase_words
from riwaya.records import Article, Mention, MentionKind, Span, record_id

RULE = "mention 1"
_LONGEST_NAME = 4  # tokens of a person's name: محمد بن سالم الحربي
_LONGEST_BODY = 6  # tokens of an organisation's: بعثة الأمم المتحدة للدعم في ليبيا is cut
_CONFIDENCE: dict[MentionKind, float] = {"LOC": 0.8, "ORG": 0.7, "PER": 0.8, "MISC": 0.5}


@dataclass(frozen=True, slots=True)
class NameWords:
    """The folded word lists of lexicon/names.toml."""

    titles: frozenset[str]
    offices: frozenset[str]
    bodies: frozenset[str]
    sole: frozenset[str]
    given: frozenset[str]
    joins: frozenset[str]
    openers: frozenset[str]  # أبو and عبد: a name of two words begins
    doubtful: frozenset[str]
    whole: frozenset[str]
    beginnings: frozenset[str]  # first words of `whole`


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """The word lists, read once."""
    table = load_table("names")
    whole = frozenset(map(folded, table.pop("whole")))
    return NameWords(**folded_lists(table), whole=whole, beginnings=frozenset(name.split()[0] for name in whole))


def mentions_in(article: Article, tokens: Tokens, own: OwnNames = NO_NAMES) -> tuple[Mention, ...]:
    """The names of the text, in its order: persons, organisations, places; the places of the events are among them. `own` are a
    library's own names of places."""
    found: list[tuple[int, MentionKind, Span]] = []
    places = {place.first: place for place in places_in(tokens, own)}
    begins = {at for at, word in enumerate(tokens.folded) if _may_open(word)} | places.keys()
    begins |= {at for at, before in enumerate(tokens.folded[:-1], 1) if _is_title(before)}
    end = 0
    for at in sorted(begins):
        if at < end:
            continue
        place = places.get(at)
        whole = place is not None and not place.typed and place.last > at + 1  # الشيخ زويد is no sheikh
        name = None if whole else _person_at(tokens, at) or _body_at(tokens, at)
        if name is None and place:
            name = _place_name(tokens, place)
        if name is not None:
            found.append(name)
            end = name[0]
    return tuple(
        Mention(id=record_id("mention", article.id, kind, span), span=span, kind=kind, rule=RULE, confidence=_CONFIDENCE[kind])
        for _, kind, span in found
    )


@remembered
def _is_title(word: str) -> bool:
    titles = name_words().titles
    return word in titles or (word[:1] == "و" and word[1:] in titles)


@remembered
def _may_open(word: str) -> bool:
    """Whether a word can begin a name without a title before it."""
    words = name_words()
    lists = (words.given, words.openers, words.beginnings, words.bodies, words.sole)
    return any(form in names for _, form in bare_forms(word) for names in lists)


def _place_name(tokens: Tokens, place: Place) -> tuple[int, MentionKind, Span] | None:
    """A place without the word that only says what it is: مدينة | حلب; a quarter, an airport, a countryside keep theirs."""
    words, first, last = place_words(), place.first, place.last
    forms = [form for _, form in bare_forms(tokens.folded[first])]
    if any(form in words.bare for form in forms):
        return None
    kind = next((form for form in forms if form in words.sizes), "") if place.typed else ""
    if last == first + 1 and (kind in words.near or kind in words.dropped):
        return None  # العاصمة alone names no place
    if kind in words.dropped and " ".join((kind, *tokens.folded[first + 1 : last])) not in words.names:
        return (last, "LOC", tokens.span(first + 1, last)) if not _is_adjective(tokens.folded[first + 1]) else None
    return last, "LOC", place.span


def _describes_body(word: str) -> bool:
    """Whether a definite word can be the adjective of an organisation: الخارجية التركية، الدعم السريع."""
    return word[:2] == "ال" and word.endswith(("يه", "ي", "حده", "عامه", "عام", "سريع", "احمر", "عليا", "سلحه", "شترك", "شتركه"))


def _is_adjective(word: str) -> bool:
    return word[:2] == "ال" and word.endswith(("يه", "ي"))


def _body_at(tokens: Tokens, at: int) -> tuple[int, MentionKind, Span] | None:
    """The organisation that starts at a token: a known name, or a naming word with what belongs to it."""
    words = name_words()
    starts, introduces, sole = _body_word(tokens.folded[at])
    limit = min(at + _LONGEST_BODY, tokens.sentences[tokens.sentence_of[at]][1])
    if starts is not None:
        for last in range(limit, at + 1, -1):
            if " ".join((starts[1], *tokens.folded[at + 1 : last])) in words.whole:
                return last, "ORG", _cut(tokens, at, last, starts[0])
    if introduces is not None:
        last = _body_end(tokens, at, noun_phrase_end(tokens, at, limit, verbs=verbs_known(), coordinated=False))
        if last > at + 1:
            return last, "ORG", _cut(tokens, at, last, introduces[0])
    if sole is not None:
        described = at + 1 < limit and sole[1][:2] == "ال" and is_definite(tokens.folded[at + 1])
        last = at + 2 if described and not _ends_name(tokens.folded[at + 1]) else at + 1
        return last, "ORG", _cut(tokens, at, last, sole[0])
    return None


@remembered
def _body_word(word: str) -> tuple[tuple[int, str] | None, ...]:
    """The form of a word, with the letters cut, that begins a known name, that introduces one, that is a name by itself."""
    words = name_words()
    lists = (words.beginnings, words.bodies, words.sole)
    return tuple(next((pair for pair in bare_forms(word) if pair[1] in names), None) for names in lists)


def _body_end(tokens: Tokens, at: int, end: int) -> int:
    """Where an organisation ends in its noun phrase: after the first definite word and the definite words that follow it."""
    for here in range(at + 1, end):
        word = tokens.folded[here]
        if not tokens.is_word[here]:
            return at + 1
        if (word in name_words().sole and not is_definite(word)) or (here == at + 1 and word in place_words().names):
            return here + 1
        if is_definite(word):
            last = here + 1
            while last < end and _describes_body(tokens.folded[last]):
                last += 1
            return last
    return at + 1


def _ends_name(word: str) -> bool:
    return word in phrase_words().stops or word in phrase_words().days


def _cut(tokens: Tokens, first: int, last: int, cut: int) -> Span:
    """The span without the `cut` folded letters that are attached in front of its first word."""
    span = noun_span(tokens, first, last)
    start = span.start
    while cut > 0 and start < tokens.end[first] - 1:
        cut -= bool(folded(tokens.text[start]))
        start += 1
    return Span(start, span.end)


def _person_at(tokens: Tokens, at: int) -> tuple[int, MentionKind, Span] | None:
    """The person's name that starts at a token: a given name with more, or any name right after a title."""
    words = name_words()
    limit = min(at + _LONGEST_NAME, tokens.sentences[tokens.sentence_of[at]][1])
    before = tokens.folded[at - 1] if at and tokens.sentence_of[at - 1] == tokens.sentence_of[at] else ""
    titled = bool(before) and _is_title(before)
    cut, form = next((pair for pair in bare_forms(tokens.folded[at]) if pair[1] in words.given), (0, ""))
    follows = tokens.folded[at + 1] if at + 1 < limit else ""
    opens = bool(follows) and tokens.folded[at] in words.openers and _can_be_name(tokens, at + 1)
    if form == "علي":
        titled = titled and (follows in words.given or follows[:2] == "ال")
    sure = opens or titled or (form and (form not in words.doubtful or follows in words.given or follows in words.joins))
    if not sure or (titled and not form and (not _can_be_name(tokens, at) or is_definite(tokens.folded[at]))):
        return None
    last = at + 1 + opens
    while last < limit and (tokens.folded[last] in words.given or tokens.folded[last] in words.joins or _is_family(tokens, last)):
        last += 1
        if tokens.folded[last - 1][:2] == "ال":
            break  # the family name ends it
    while last > at + 1 and tokens.folded[last - 1] in words.joins and tokens.folded[last - 1] not in words.given:
        last -= 1
    if last == at + 1 and not titled:
        return None
    return last, "PER", _cut(tokens, at, last, cut)


def _can_be_name(tokens: Tokens, at: int) -> bool:
    word = tokens.folded[at]
    return (
        tokens.is_word[at]
        and len(word) > 2
        and word[0] != "ل"
        and word[:4] != "باسم"
        and not word[0].isdigit()
        and word not in phrase_words().stops
        and word not in phrase_words().days
        and not is_verb(word)
        and not looks_like_verb(word)
        and not is_holder(word)
        and word not in name_words().bodies
    )


def _is_family(tokens: Tokens, at: int) -> bool:
    """Whether a word can go on a person's name: a definite word that is no office, or an unknown bare one right before the name ends."""
    word = tokens.folded[at]
    if not _can_be_name(tokens, at) or word[0] in "بلو" or word in name_words().titles or word in place_words().names:
        return False
    if word[:2] == "ال":
        return word[2:] not in phrase_words().generic and not word.endswith(("يه", "ات"))
    return tokens.folded[at - 1] in name_words().joins or tokens.folded[at - 1] in name_words().given
