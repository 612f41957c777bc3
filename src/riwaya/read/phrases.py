"""The noun phrase that starts at a token: where it ends, where its head stands, and its span without attached clitics.

Token numbers in, token numbers out (half-open). There is no tagger behind this: a phrase runs on until a word or mark that no
noun phrase contains. The words that tell are in lexicon/phrases.toml; verbs are known by form (`يعلن`) or because a caller's
lexicon names them (`verbs`).
"""

from riwaya.arabic.words import Tokens
from riwaya.read.wordkinds import (
    is_definite,
    is_holder,
    is_prepositional,
    looks_like_verb,
    looks_like_verbal_noun,
    phrase_words,
    without_article,
)
from riwaya.records import Span

LONGEST = 24  # tokens: the longest speaker of the written corpus has 21
OPENERS = {"«": "»", '"': '"', "“": "”", "”": "“", "(": ")", "[": "]", "‘": "’", "'": "'", "„": "“"}
_NO_VERBS: frozenset[str] = frozenset()
_QUOTED_NAME = 6  # tokens: a longer quotation is speech, not a name
_ATTACHED = frozenset(["باسم", "بإسم"])
_NOUN_LIKE = frozenset(["نقل", "ذكر", "كشف", "طلب", "رد", "بحث", "وصف", "حمل"])  # verbs that are nouns after a body
_RANKS = frozenset(["اللواء", "العميد", "العقيد", "المقدم", "الرائد", "النقيب", "الفريق", "الملازم"])  # العميد | شرطة
_AND_TO = "والي"  # وإلى, or a governor
_DEMONSTRATIVES = frozenset(["هذا", "هذه", "ذلك", "تلك", "هولاء"])
_PREFERRING = frozenset(["فضل", "فضلت", "فضلا", "فضلوا", "اثر", "اثرت", "اثروا"])  # شاهد | فضّل عدم ذكر اسمه; else a name, a noun
_ONE_OF = frozenset(["احد", "احدي", "بعض", "عدد", "كبار"])  # أحد الأسرى المحررين: an adjective, no object
_KNOWING = frozenset(["مطلع", "مطلعه", "مطلعون", "مطلعين", "مسوول", "مشرف", "مشرفه", "مقرب"])  # مسؤول | عن، مطلع | على
_SPOKEN_IN = frozenset(
    ["بيان", "تصريح", "تصريحات", "موتمر", "حديث", "مقابله", "تغريده", "اتصال", "كلمه", "خطاب", "رساله", "حوار", "لقاء", "تقرير"]
)  # في | بيان is a channel, not where the office is


def quoted_end(tokens: Tokens, at: int, last: int, longest: int = 400) -> int | None:
    """The token number just after the mark that closes the quotation or parenthesis opened by the mark `at`; None: unclosed.

    Looks at most `longest` tokens ahead and not past `last`.
    """
    closer = OPENERS.get(tokens.folded[at])
    if closer is None:
        return None
    closers = (closer, "«") if closer == "»" else (closer,)
    for there in range(at + 1, min(last, at + 1 + longest)):
        if tokens.folded[there] in closers:
            return there + 1
    return None


def noun_phrase_end(
    tokens: Tokens,
    first: int,
    last: int | None = None,
    *,
    verbs: frozenset[str] = _NO_VERBS,
    attached: bool = False,
    coordinated: bool = True,
) -> int:
    """Where the noun phrase that starts at token `first` ends: the token number after it; `first` itself if none starts there.

    tokens      the text
    first       number of the first token of the phrase (which may carry clitics: `بالمدينة`)
    last        the phrase does not run past it (default: the end of the sentence of `first`)
    verbs       folded words that the caller knows to be verbs
    attached    take the prepositional phrase after the holder of an office in (`مسؤول | في وزارة الصحة`), and the apposition after
                a comma that begins with such a word (`سامي حداد، رئيس البلدية`): right for speakers, wrong for places
    coordinated take in what `و` joins (`الجيش والشرطة`)

    Holds: titles with names, chains (`قائد شرطة المدينة`), adjectives, short names in quotation marks or parentheses, `باسم ...`,
    `لل...` and `ل` after a holder. Stops at punctuation, function words, relative pronouns, days, verbs.
    """
    if first >= len(tokens):
        return first
    limit = min(first + LONGEST, tokens.sentences[tokens.sentence_of[first]][1], len(tokens) if last is None else last)
    begun = first + 1 if first < limit and tokens.folded[first] in _DEMONSTRATIVES else first
    if begun >= limit or (tokens.is_word[begun] and _cannot_begin(tokens, begun, verbs, attached=attached)):
        return first
    at, held = begun, False
    while at < limit:
        if not tokens.is_word[at]:
            after = _past_mark(tokens, begun, at, limit, attached=attached and at > begun, held=held)
            if after is None:
                break
            at = after
            continue
        ends = at > begun and _ends_before(tokens, begun, at, verbs, coordinated=coordinated, held=held)
        if ends and not (attached and held and _takes_preposition(tokens, begun, at, limit)):
            break
        held = held or is_holder(tokens.folded[at])
        at += 1
    while at > begun and tokens.folded[at - 1] in phrase_words().stops:
        at -= 1
    return at if at > begun else first


def _cannot_begin(tokens: Tokens, at: int, verbs: frozenset[str], *, attached: bool) -> bool:
    """Whether no noun phrase begins with the word: a function word, a listed verb; no speaker with an attached preposition either."""
    word, words = tokens.folded[at], phrase_words()
    if word == "غير" or (word == _AND_TO and is_stop(tokens, at)):
        return True
    if word in words.names or is_holder(word):
        return False
    if word in ("ام", "ابو"):
        return False  # أم خالد
    bare = word[1:] if word[0] in "وف" and len(word) > 3 else word
    if is_stop(tokens, at) or (bare != word and bare in words.stops) or word in verbs or word in words.verbs or bare in words.verbs:
        return True
    return attached and is_prepositional(bare)


def head_of(tokens: Tokens, first: int, end: int) -> int:
    """The number of the head token of a phrase: its first word that is no mark and no demonstrative; `first` if there is none."""
    for at in range(first, end):
        if tokens.is_word[at] and tokens.folded[at] not in _DEMONSTRATIVES:
            return at
    return first


def noun_span(tokens: Tokens, first: int, end: int, clitics: str = "") -> Span:
    """The span of a phrase, trimmed: no quotation mark left unpaired at its edges, and the clitics named cut from its first word.

    clitics   letters that may be attached in this place, e.g. "و" after a comma, "بل" after a verb that governs them, "" to cut
              nothing. `لل` is left whole: the article has merged with the preposition and cannot be cut without it. At least
              two letters of the word stay.
    """
    while first < end - 1 and not tokens.is_word[first] and (tokens.folded[first] not in OPENERS or quoted_end(tokens, first, end) is None):
        first += 1
    while end > first + 1 and not tokens.is_word[end - 1] and not _closes(tokens, first, end - 1):
        end -= 1
    inner = quoted_end(tokens, first, end)
    if inner == end and end - first > 2:  # the marks hold the whole phrase
        first, end = first + 1, end - 1
    start, stop = tokens.span(first, end)
    while (
        clitics
        and tokens.is_word[first]
        and tokens.end[first] - start > 3
        and tokens.text[start] in clitics
        and tokens.text[start + 1] != "ل"
    ):
        start += 1
        clitics = clitics[clitics.index(tokens.text[start - 1]) + 1 :]
    return Span(start, stop)


def _closes(tokens: Tokens, first: int, at: int) -> bool:
    mark = tokens.folded[at]
    return any(OPENERS.get(tokens.folded[there]) == mark for there in range(first, at))


def _past_mark(tokens: Tokens, begun: int, at: int, limit: int, *, attached: bool, held: bool) -> int | None:
    """The token after a mark that a phrase may run over: short quoted names, parentheses, hyphens inside words, `د.`, apposition."""
    mark = tokens.folded[at]
    if mark in OPENERS:
        end = quoted_end(tokens, at, limit, 12 if mark in "([" else _QUOTED_NAME)
        if end is None or end - at <= 2 or (mark not in "([" and at > begun and not _is_name(tokens, at, end, limit)):
            return None
        return end
    glued = at and tokens.end[at - 1] == tokens.start[at]
    if mark in "-–./" and glued and at + 1 < limit and (tokens.start[at + 1] == tokens.end[at] or mark == "."):
        return at + 1
    if mark in ("،", ",") and attached and at + 1 < limit and tokens.is_word[at + 1]:
        if is_holder(tokens.folded[at + 1]) and tokens.folded[at + 1][0] != "و":
            return at + 1
        return _past_name(tokens, at + 1, limit) if held else None
    return None


def _is_name(tokens: Tokens, at: int, end: int, limit: int) -> bool:
    """Whether the quotation from `at` to `end` is a name: تنظيم «الفجر», المبعوث «سامي حداد» إن; not الوزير «لن نقبل»."""
    words, word = phrase_words(), tokens.folded[at - 1]
    bare = without_article(word)
    if any(tokens.folded[there] in words.stops or looks_like_verb(tokens.folded[there]) for there in range(at + 1, end - 1)):
        return False
    if is_holder(word) or is_definite(word):  # a person may just as well begin to speak
        spoken = end >= limit or (not tokens.is_word[end] and tokens.folded[end] != "؛")
        if spoken and bare not in words.bodies and bare not in words.media:
            return False
    return (
        is_definite(word)
        or is_holder(word)
        or word in ("في", "باسم", "من")
        or bare in words.bodies
        or bare in words.generic
        or bare in words.places
        or bare in words.media
    )


def _past_name(tokens: Tokens, at: int, limit: int) -> int | None:
    """The token after a bare name in commas (`قائد الشرطة، سامر العلي، إن`); None if the words are no name."""
    words = phrase_words()
    end = at
    while end < limit and tokens.is_word[end] and end - at < _QUOTED_NAME:
        word = tokens.folded[end]
        if word not in words.names and (
            word in words.stops or word in words.days or word in words.generic or word[0].isdigit() or looks_like_verb(word)
        ):
            break
        end += 1
    if (
        end - at < 2
        or end >= limit
        or tokens.folded[at][:2] in ("ال", "لل")
        or (tokens.folded[at][0] in "وبلف" and tokens.folded[at] not in words.names)
    ):
        return None
    return end if tokens.folded[end] in ("،", ",", ":") or tokens.folded[end] in ("ان", "انه", "بان") else None


def _ends_before(tokens: Tokens, begun: int, at: int, verbs: frozenset[str], *, coordinated: bool, held: bool) -> bool:
    """Whether the word `at` cannot belong to the phrase that began at `begun`."""
    words = phrase_words()
    word, before = tokens.folded[at], tokens.folded[at - 1]
    if word in words.names:
        return False
    if word in _PREFERRING and tokens.folded[at + 1 : at + 2] in (["عدم"], ["الا"], ["حجب"]):
        return True
    if word in _NOUN_LIKE and before in words.bodies:
        return False  # رئيس جمعية | نقل البضائع
    if is_stop(tokens, at) or word in words.days or looks_like_verb(word, verbs):
        return word == "علي" or word not in _names_after(before)
    if word[0] == "و" and len(word) > 3 and word[1:] in words.stops:
        return True
    if word[:3] == "وال" or (word[0] == "و" and is_holder(word)):
        return not coordinated
    if before == "باسم" or word in _ATTACHED:
        return False
    if word[0] == "ب" and held and before in words.bodies and word[:3] != "بال" and not is_prepositional(word):
        return False  # المتحدث باسم شرطة | بغلان
    if word[0] in "بل" and held and _is_family_name(tokens, begun, at):
        return False
    if word[0] in "وبل" and len(word) > 3 and word not in words.bodies and word not in words.generic and word not in words.states:
        clitic = {"و": _joins_not, "ل": _leads_on_not, "ب": _is_adverbial}[word[0]]
        return (word[0] == "و" and not coordinated) or clitic(tokens, at, held)
    return _begins_own_phrase(tokens, begun, at, held)


def _is_family_name(tokens: Tokens, begun: int, at: int) -> bool:
    """Whether a word that may begin with ب or ل stands where a family name is due: after one bare first name (`الأممي | فولكر | بيرتس`)."""
    words, word, first = phrase_words(), tokens.folded[at], tokens.folded[at - 1]
    if at - begun < 2 or len(word) < 5 or word[:3] == "بال" or word[:2] == "لل" or is_prepositional(word) or word[1:] in words.media:
        return False
    if any(common in words.common or common in words.stops for common in (first, word[1:])):
        return False
    bare_name = not is_definite(first) and not is_holder(first) and first[0] not in "وبل"
    return bare_name and is_definite(tokens.folded[at - 2]) and not looks_like_verbal_noun(word[1:])


def _is_accusative_plural(word: str, before: str) -> bool:
    """الطرفين after الوزير: an object; not after a word of the same form, whose adjective it is (المتظاهرين السلميين)."""
    return len(word) > 6 and word.endswith("ين") and word not in phrase_words().states and not before.endswith(("ين", "ات", "دين", "الصين"))


def _is_body(word: str) -> bool:
    """A body, also with ب or ل before it (`الناطق | بشرطة`)."""
    bodies = phrase_words().bodies
    return word in bodies or (word[0] in "بل" and word[1:] in bodies)


def _joins_not(tokens: Tokens, at: int, held: bool) -> bool:
    """`و` before a word without the article joins only bodies, states, or names without office."""
    words, word = phrase_words(), tokens.folded[at]
    return not (word[1:] in words.bodies or word[1:] in words.states or not (held or word[:-1] in words.generic))


def _leads_on_not(tokens: Tokens, at: int, held: bool) -> bool:
    """`ل` leads on from an office or a definite noun (`الأمين العام للأمم المتحدة`), not to media, nor from a plain definite noun."""
    words, word, before = phrase_words(), tokens.folded[at], tokens.folded[at - 1]
    if without_article(before) in ("مصدر", "مصادر"):
        return True  # المصدر | لنوافذ المدينة
    if word[1] == "ل" or held or without_article(word[1:]) in words.media:
        hearer = without_article(word) in words.media or word[1:] in words.media
        return hearer or not (is_definite(before) or is_holder(before) or before in words.bodies)
    return is_definite(before)


def _is_adverbial(tokens: Tokens, at: int, held: bool) -> bool:
    """`ب` leads on from an office only to an institution, a place or a title (`أستاذ بجامعة`, `بالمدينة العقيد`)."""
    words, place = phrase_words(), without_article(tokens.folded[at][1:])
    following = tokens.folded[at + 1] if at + 1 < len(tokens) else ""
    if without_article(tokens.folded[at - 1]) in ("مكلف", "مكلفه"):
        return False
    return not (held and (place in words.bodies or place in words.places or (place != tokens.folded[at][1:] and is_holder(following))))


def _begins_own_phrase(tokens: Tokens, begun: int, at: int, held: bool) -> bool:
    """Whether the word begins the next noun phrase: an object after a subject (`الجيش | مدينة`, `المصرف | إفلاسه`)."""
    words, word, before = phrase_words(), tokens.folded[at], tokens.folded[at - 1]
    after_definite, possessed = is_definite(before), _is_possessed(tokens, at)
    if before in words.stops:
        return False  # قائد في | قوات الحدود
    if word in words.things and (at - begun >= 2 or possessed) and not is_holder(before) and not _is_body(before):
        return True
    if after_definite and without_article(word) in words.common:
        return before not in _RANKS
    if after_definite and (
        looks_like_verbal_noun(word) if word[:2] != "ال" else tokens.folded[begun] not in _ONE_OF and _is_accusative_plural(word, before)
    ):
        return True
    if "\N{ARABIC FATHATAN}" in tokens.text[tokens.start[at] : tokens.end[at]] or (word[-1] == "ا" and word[:-1] in words.generic):
        return after_definite or before in words.states or word[:-1] in words.generic  # an object or adverb in the accusative
    if word in words.states and before in words.states:
        return True
    return after_definite and (possessed or (word in words.states and not held))


def is_stop(tokens: Tokens, at: int) -> bool:
    """Whether a word is a function word; علي is told from على by its last letter, والي from وإلى by both ends."""
    word = tokens.folded[at]
    if word == _AND_TO:
        written = tokens.text[tokens.start[at] : tokens.end[at]]
        return "إ" in written or written[-1] == "ى"
    if word != "علي" or tokens.text[tokens.end[at] - 1] != "ي":
        return word in phrase_words().stops
    if at and (tokens.folded[at - 1] in ("بن", "ابن", "ابو") or tokens.folded[at - 1] in _RANKS):
        return False
    following = tokens.folded[at + 1] if at + 1 < len(tokens) and tokens.is_word[at + 1] else ""
    return not following or following[:2] == "ال" or following in phrase_words().stops


def _is_possessed(tokens: Tokens, at: int) -> bool:
    """Whether a noun carries a possessive pronoun (`إفلاسه`, `قواتها`): after a definite noun it begins a phrase of its own."""
    word = tokens.folded[at]
    if len(word) < 5 or word[:2] == "ال":
        return False
    return word.endswith(("ها", "هم")) or (word[-1] == "ه" and tokens.text[tokens.end[at] - 1] == "ه")


def _names_after(before: str) -> tuple[str, ...]:
    """Words that are function words by themselves but names after `عبد`, `أبو` and the like."""
    return ("الاحد", "السبت", "الجمعه", "علي", "حسن", "صالح") if before in ("ابو", "ام", "بن", "ابن", "ال") or is_holder(before) else ()


def _takes_preposition(tokens: Tokens, begun: int, at: int, limit: int) -> bool:
    """Whether the preposition `at` opens a phrase that belongs to the holder before it (`مسؤول في وزارة الدفاع`, `أحد من`)."""
    word = tokens.folded[at]
    if word == "الي":
        return without_article(tokens.folded[begun]) in ("مبعوث", "سفير", "موفد", "مبعوثه", "مندوب") and at + 1 < limit
    if word not in ("في", "من", "علي", "لدي", "عن") or at + 1 >= limit:
        return False
    if not tokens.is_word[at + 1]:
        return word == "في" and tokens.folded[at + 1] in '«“"'
    if word in ("علي", "عن") and without_article(tokens.folded[at - 1]) not in _KNOWING:
        return False
    following = tokens.folded[at + 1]
    if word == "من" and (is_definite(tokens.folded[at - 1]) or looks_like_verbal_noun(following)):
        return False  # مسؤول | من الوزارة; not حذر المدير | من انهيار الجسر
    return following not in phrase_words().stops and without_article(following) not in _SPOKEN_IN
