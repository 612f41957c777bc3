"""Places by their names: names of the lexicon, what a word such as مدينة or مخيم introduces, and the next larger place named after it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from riwaya.arabic.clitics import bare_forms
from riwaya.arabic.fold import folded
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.events.triggers import is_attached_happening, verbs_known
from riwaya.read.lexicon import load_table
from riwaya.read.phrases import noun_phrase_end
from riwaya.read.placenames import NO_NAMES, OwnNames, gazetteer_names
from riwaya.read.wordkinds import is_definite, phrase_words
from riwaya.records import Span

_LONGEST_NAME = 4  # words of the longest name in the lexicon
_LONGEST_PLACE = 7  # tokens a typed place runs over: "محيط منطقة تل جورة الماء"
_AFTER_NAME = frozenset(
    (
        "الواقعه",
        "الواقع",
        "التابعه",
        "التابع",
        "القريبه",
        "القريب",
        "المحاذيه",
        "المحاذي",
        "المطله",
        "المطل",
        "الخاضعه",
        "الخاضع",
        "المجاوره",
        "المجاور",
        "المحيطه",
        "الموديه",
    )
)
_IN = frozenset(("في", "محيط", "داخل", "الي", "علي", "قرب", "وسط", "نحو", "باتجاه"))  # folded; announce a place
_NAME_WORDS = 2  # words of a name that the lexicon does not know: كفر عروق
_SIDES = frozenset(
    ("الشمالي", "الجنوبي", "الشرقي", "الغربي", "الشماليه", "الجنوبيه", "الشرقيه", "الغربيه", "الاوسط", "الوسطي", "القديمه", "القديم")
)


class Place(NamedTuple):
    """A place named in the text: tokens `first` to `last` (half-open) and the span without attached clitics."""

    first: int
    last: int
    span: Span
    size: int  # 0 a point, 1 a town or area, 2 a region, 3 a country
    preposition: bool  # whether one stands before it or is attached to it
    typed: bool
    party: bool = False  # what stands before it makes it a party or a topic: مع إيران


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The folded lists of lexicon/places.toml."""

    sizes: dict[str, int]  # what introduces a name, with the size of what it names
    near: frozenset[str]
    dropped: frozenset[str]
    names: dict[str, int]  # by size
    doubtful: frozenset[str]
    bare: frozenset[str]
    none: frozenset[str]
    parties: frozenset[str]
    prepositions: frozenset[str]
    beginnings: frozenset[str]
    persons: frozenset[str]
    cued: frozenset[str]  # the first words of names that are looked for after a cue alone


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The word lists, read once."""
    table = load_table("places")
    sizes = {folded(word): size for size, key in ((2, "large"), (1, "middle"), (0, "small")) for word in table[key]}
    names = {folded(name): 1 for name in table["places"]["names"]} | {folded(name): 3 for name in table["countries"]["names"]}
    doubtful = frozenset(map(folded, table["doubtful"]["names"]))
    names |= dict.fromkeys(doubtful, 1)
    beginnings = frozenset(name.split()[0] for name in names)
    announced = {name: size for name, size in gazetteer_names().items() if name not in names}
    names |= announced
    lists = {key: frozenset(map(folded, table[key])) for key in ("near", "dropped", "bare", "none", "parties", "prepositions")}
    return PlaceWords(
        sizes=sizes,
        names=names,
        doubtful=doubtful | announced.keys(),
        beginnings=beginnings | lists["bare"],
        persons=frozenset(map(folded, load_table("names")["given"].split())),
        cued=frozenset(name.partition(" ")[0] for name in announced),
        **lists,
    )


@lru_cache(maxsize=2)
def places_in(tokens: Tokens, own: OwnNames = NO_NAMES) -> tuple[Place, ...]:
    """Every place named in the text, in order; a typed place holds the name it introduces, and no two overlap.

    `own` are a library's own names, which count where a cue announces them. The last text is remembered: its events and its names ask
    for the same places.
    """
    places: list[Place] = []
    end = 0
    for at, word in enumerate(tokens.folded):
        begins = _may_begin(word)
        if at < end or not (begins or own.names):
            continue
        named = begins & 2 or (begins & 4 and _may_be_announced(tokens, at))
        place = (_typed_place(tokens, at) if begins & 1 else None) or (_named_place(tokens, at) if named else None)
        if place is None and own.names and not begins & 1 and _may_be_announced(tokens, at):
            place = _own_place(tokens, at, own)
        if place is not None:
            party = at > 0 and tokens.folded[at - 1] in place_words().parties and not place.typed
            party = party and not (place.size < 3 and tokens.folded[at - 1] == "علي")  # القصف على الزبداني
            places.append(place._replace(party=party))
            end = place.last
    return tuple(places)


@remembered
def _may_begin(word: str) -> int:
    """Whether a word can begin a place: 1 as a naming word, 2 as the first word of a name, 4 as that of one that needs a cue; their sum."""
    words = place_words()
    forms = [form for _, form in bare_forms(word)]
    kinds = (words.sizes, words.beginnings, words.cued)
    return sum(bit for bit, known in zip((1, 2, 4), kinds, strict=True) if any(form in known for form in forms))


def _named_place(tokens: Tokens, at: int) -> Place | None:
    words = place_words()
    names = words.names
    limit = min(at + _LONGEST_NAME, tokens.sentences[tokens.sentence_of[at]][1])
    for cut, form in bare_forms(tokens.folded[at]):
        for last in range(limit, at, -1):
            name = " ".join((form, *tokens.folded[at + 1 : last])) if last > at + 1 else form
            size = names.get(name, 1 if name in words.bare and last == at + 1 else None)
            if size is None or (cut and len(form) < 4 and form[:2] != "ال" and tokens.folded[at][0] != "ب"):
                continue
            if (name in words.doubtful or name in words.bare) and not _after_in(tokens, at, cut):
                continue
            last = _with_side(tokens, last, limit)
            return Place(at, last, _span(tokens, at, last, cut), size, _after_preposition(tokens, at, cut), typed=False)
    return None


def _own_place(tokens: Tokens, at: int, own: OwnNames) -> Place | None:
    """The longest of a library's own names that starts at a token, where a cue announces it."""
    limit = min(at + _LONGEST_NAME, tokens.sentences[tokens.sentence_of[at]][1])
    for cut, form in bare_forms(tokens.folded[at]):
        if form not in own.beginnings or not _after_in(tokens, at, cut):
            continue
        for last in range(limit, at, -1):
            if " ".join((form, *tokens.folded[at + 1 : last])) in own.names:
                return Place(at, last, _span(tokens, at, last, cut), 1, preposition=True, typed=False)
    return None


def _typed_place(tokens: Tokens, at: int) -> Place | None:
    """A naming word with the name that it introduces: مدينة حلب، حي المنشية، مطار دمشق الدولي."""
    words = place_words()
    cut, form = next((pair for pair in bare_forms(tokens.folded[at]) if pair[1] in words.sizes), (0, ""))
    end = _known_end(tokens, at + 1)
    if end is None:
        limit = min(at + _LONGEST_PLACE, tokens.sentences[tokens.sentence_of[at]][1])
        end = noun_phrase_end(tokens, at, limit, verbs=verbs_known())
        if end <= at + 1 or tokens.folded[at + 1] in words.none or not _introduces(tokens, at + 1, small=not words.sizes[form]):
            return None
        end = _cut_place(tokens, at, end)
    return Place(at, end, _span(tokens, at, end, cut), words.sizes[form], _after_preposition(tokens, at, cut), typed=True)


def _known_end(tokens: Tokens, at: int) -> int | None:
    """Where the name of the lexicon that starts right after a naming word ends, with the side that belongs to it."""
    limit = min(at + _LONGEST_NAME, tokens.sentences[tokens.sentence_of[at - 1]][1])
    for last in range(limit, at, -1):
        if " ".join(tokens.folded[at:last]) in place_words().names:
            return _with_side(tokens, last, limit)
    return None


def _introduces(tokens: Tokens, at: int, *, small: bool) -> bool:
    """Whether what follows a naming word can be a name: another naming word, a name, a quotation mark, or a definite word."""
    word, words = tokens.folded[at], place_words()
    if word in words.sizes or word in words.near or word[:2] == "ال" or tokens.folded[at] in '«"“(':
        return True
    if not tokens.is_word[at] or len(word) < 3 or word in phrase_words().generic or word[:3] in ("وال", "بال", "كان"):
        return False
    known = bool(_may_begin(word) & 2)
    return (
        known
        or (not small and word[-2:] not in ("يه", "ين"))
        or (word[-2:] not in ("ين", "ون", "ات", "يه", "ري") and word[0] not in "وبلفي")
    )


def _cut_place(tokens: Tokens, at: int, end: int) -> int:
    """Where the typed place ends: before the next place that is attached by a preposition or named larger (بريف، في محافظة),
    and before what only tells where it lies (الواقعة، التابعة) or follows a whole name (a verb that no lexicon knows)."""
    words = place_words()
    bare = 0
    for here in range(at + 1, end):
        word = tokens.folded[here]
        joined = word[0] == "و" and len(word) > 3
        if word in _AFTER_NAME or is_attached_happening(word):
            return here
        if here > at + 1 and tokens.folded[here - 1] in words.names and word[:2] != "ال" and not joined:
            return here
        if here > at + 1 and word not in words.sizes and not joined:
            after_whole = is_definite(tokens.folded[here - 1])
            bare = bare + 1 if word[:2] != "ال" else 0
            if (after_whole and word[:2] != "ال") or bare >= _NAME_WORDS:
                return here
        if word[0] in "بل" and len(word) > 3 and (word[1:] in words.names or word[1:] in words.sizes or word[1:3] == "ال"):
            return here
        if here > at + 1 and word in words.near and word not in words.sizes:
            return here
        if here > at + 1 and words.names.get(word) == 3 and tokens.folded[here - 1] not in words.sizes:
            return here
    return end


def _with_side(tokens: Tokens, last: int, limit: int) -> int:
    return last + 1 if last < limit and tokens.folded[last] in _SIDES else last


def _may_be_announced(tokens: Tokens, at: int) -> bool:
    word = tokens.folded[at]
    if word in place_words().persons:
        return False  # باراك
    return word[0] == "ب" or word[:2] == "وب" or (at > 0 and tokens.folded[at - 1] in _IN)


def _after_in(tokens: Tokens, at: int, cut: int) -> bool:
    return (cut > 0 and tokens.folded[at][cut - 1] == "ب") or (at > 0 and tokens.folded[at - 1] in _IN)


def _after_preposition(tokens: Tokens, at: int, cut: int) -> bool:
    letter = tokens.text[tokens.start[at] + cut - 1] if cut else ""
    return letter == "ب" or (at > 0 and tokens.folded[at - 1] in place_words().prepositions)


def _span(tokens: Tokens, first: int, last: int, cut: int) -> Span:
    """The span of a place, without the letters attached in front."""
    start, end = tokens.span(first, last)
    word = tokens.text[start : tokens.end[first]]
    letters = 0
    while cut and letters < len(word) - 1:
        cut -= bool(folded(word[letters]))
        letters += 1
    return Span(start + letters, end)


def leads_to(tokens: Tokens, place: Place) -> str:
    """The preposition that leads to a place, attached or before it, the nouns of side and neighbourhood among them; "" if none does."""
    if not place.preposition:
        return ""
    before = tokens.folded[place.first - 1] if place.first else ""
    return before if before in place_words().prepositions else "ب"


def stands_for_one(tokens: Tokens, place: Place) -> bool:
    """Whether a place is a mere definite noun that stands for one named elsewhere: المدينة، المطار."""
    return place.last == place.first + 1 and any(form in place_words().bare for _, form in bare_forms(tokens.folded[place.first]))


def is_named(tokens: Tokens, place: Place) -> bool:
    """Whether a typed place has a name (حي المنشية، بلدة بنش), and is not a mere noun with what describes it (منزل قائد، صالة مكتظة)."""
    rest = tokens.folded[place.first + 1 : place.last]
    return not rest or any(is_definite(word) or word in place_words().names or not tokens.is_word[place.first + 1] for word in rest)


def whole_span(tokens: Tokens, place: Place) -> Span:
    """The span of a place with the names that و joins to it right after: `بلدتي نبل | والزهراء`, `لحج | وأبين وتعز`."""
    names, limit = place_words().names, tokens.sentences[tokens.sentence_of[place.first]][1]
    last = place.last
    while last < limit and tokens.folded[last][0] == "و":
        joined = [(tokens.folded[last][1:], *tokens.folded[last + 1 : end]) for end in range(min(last + _LONGEST_NAME, limit), last, -1)]
        known = next(
            (words for words in joined if names.get(" ".join(words), 3) < 3 or (place.size == 3 and " ".join(words) in names)), None
        )
        if known is None:
            break
        last += len(known)
    return Span(place.span.start, max(place.span.end, tokens.end[last - 1]))


def larger_place(places: Collection[Place], place: Place) -> Place | None:
    """The next larger place named right after this one: `حي المنشية | في درعا البلد`, `بلدة بنش | بريف إدلب`."""
    for other in places:
        if other.first >= place.last:
            return other if other.first - place.last <= 2 and other.size >= place.size else None
    return None


def same_place(tokens: Tokens, left: Place, right: Place) -> bool:
    """Whether two places can be one: a shared name, or one of them only a country or region that may hold the other."""
    if left.size == 3 or right.size == 3:
        return True
    names = [{word for word in map(_name, tokens.folded[place.first : place.last]) if word} for place in (left, right)]
    return not names[0] or not names[1] or not names[0].isdisjoint(names[1])


@remembered
def _name(word: str) -> str:
    """The word without clitics and article; empty for a naming word, which tells nothing apart."""
    words = place_words()
    forms = [form for _, form in bare_forms(word)]
    if any(form in words.sizes or form in words.near or form in words.bare for form in forms):
        return ""
    return forms[-1][2:] if forms[-1][:2] == "ال" else forms[-1]
