"""What names a speaker, in its phrase or behind it past what says more of an office, and of what kind the speaker is."""

from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.claims.speakers import Range, is_agent, speaker_words
from riwaya.read.phrases import OPENERS, head_of, is_stop, quoted_end
from riwaya.read.wordkinds import is_definite, is_holder, looks_like_verb, looks_like_verbal_noun, phrase_words, without_article
from riwaya.records import TellerKind

_WAY = 16  # tokens from an office to the name of who holds it: `المتحدث | باسم القوات في المحافظة، العقيد الركن | سامر العلي`
_LONGEST = 6  # tokens of a person's name
_NAME_IN_MARKS = 6  # tokens of a body's name in quotation marks, the marks counted
COMMAS = ("،", ",", "-", "–")  # and dashes, which stand like them
_ALSO_NAMES = frozenset(["عوده", "فان", "سلامه", "رافع", "مقبل"])  # inside a name: وائل | عودة | الله
_DESCENT = frozenset(["بن", "ابن", "بنت", "ولد", "منت"])
_JOINED_TO_NEXT = _DESCENT | frozenset(["عبد", "ابو", "ابي", "ابا", "ام", "ال", "الله", "سيف", "نور", "شمس", "علاء"])


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
        while (
            at < end
            and tokens.is_word[at]
            and (tokens.folded[at - 1] in _DESCENT or not (_is_office(tokens.folded[at]) or is_stop(tokens, at)))
        ):
            at += 1
        if at - begun >= 3 and is_definite(head) and tokens.folded[begun - 1] in speaker_words().bodies:
            begun += 1  # شرطة بغلان | سامر العلي: the first word owns the body
            best = (begun, at)
        elif at - begun >= 2 and _may_precede_name(tokens, begun - 1):
            best = (begun, at)
            if without_article(tokens.folded[begun - 1]) in speaker_words().honorifics:
                break
    return best or (first, comma)


@remembered
def _is_office(word: str) -> bool:
    bare = without_article(word)
    return is_holder(word) or bare in speaker_words().titles or bare in speaker_words().bodies


def _begins_name(tokens: Tokens, at: int) -> bool:
    word = tokens.folded[at]
    if not tokens.is_word[at] or word[0].isdigit() or is_stop(tokens, at) or _is_office(word):
        return False
    if word in phrase_words().names:
        return word != "باسم" or tokens.folded[at + 1 : at + 2] == []
    if word[0] == "ل" and without_article(tokens.folded[at - 1]) in speaker_words().titles and is_definite(tokens.folded[at - 1]):
        return False  # الأمين العام | لأوبك
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


def holder_name(tokens: Tokens, speaker: Range, limit: int, verbs: frozenset[str]) -> Range | None:
    """The name of the person whose office a speaker's phrase tells, where it stands between the phrase and token `limit`.

    Walks over what says more of the office: `المدير | العام للصحة في المحافظة، الدكتور | سامر العلي`, `نازح من القرية يدعى | سامر`.
    None if no name is met: the words in between are then anything.
    """
    first, end = speaker
    head = tokens.folded[head_of(tokens, first, end)]
    if not (is_holder(head) or without_article(head) in speaker_words().honorifics or not is_agent(head)):
        return None
    at = end
    if end - first > 1 and (is_definite(tokens.folded[end - 2]) or not tokens.is_word[end - 2]) and _is_name_word(tokens, end - 1, verbs):
        at = end - 1  # العامل اليمني سامر | علي العلي
    limit = min(limit, end + _WAY)
    called, comma = False, False
    while at < limit:
        word = tokens.folded[at]
        if word in speaker_words().called:
            called, at = True, at + 1
            continue
        before = without_article(tokens.folded[at - 1])
        titled = at >= end and (before in speaker_words().honorifics or before == "اول")  # الملازم أول
        if called or titled or at <= end or before.startswith("باسم") or _may_precede_name(tokens, at - 1):
            name = _name_at(tokens, at, limit, verbs, surely=called or titled)
            if name is not None:
                return name
        after = _past(tokens, at, limit, called=called)
        if after is None or (comma and tokens.folded[at] in COMMAS):
            return None
        comma = comma or tokens.folded[at] in COMMAS
        at = after
    return None


def _past(tokens: Tokens, at: int, limit: int, *, called: bool) -> int | None:
    """Past one part of what says more of an office; None if the word at `at` is no part of it."""
    word = tokens.folded[at]
    if word in COMMAS or (word == "." and tokens.folded[at - 1] in ("د", "م", "ا")):
        return at + 1
    if word in OPENERS:
        return quoted_end(tokens, at, limit, _NAME_IN_MARKS)
    if not tokens.is_word[at]:
        return None
    if word in speaker_words().within:
        return quoted_end(tokens, at + 1, limit, _NAME_IN_MARKS) if at + 1 < limit and tokens.folded[at + 1] in OPENERS else at + 2
    if word in ("هو", "هي", "وهو", "وهي"):
        return at + 1  # نازح، هو | سامر العلي
    bare = word[1:] if word[0] in "بلو" and len(word) > 3 else word
    if is_definite(word) or word[0] in "بل" or is_holder(word) or _tells_of_office(without_article(bare)) or called:
        return at + 1
    return at + 1 if _tells_of_office(tokens.folded[at - 1]) or tokens.folded[at - 1][0] in "بل" else None


@remembered
def _tells_of_office(word: str) -> bool:
    """Whether a folded word without its article is listed as what an office may be of, or as a title."""
    words = phrase_words()
    return any(word in listed for listed in (words.places, words.bodies, words.states, speaker_words().titles))


def _name_at(tokens: Tokens, at: int, limit: int, verbs: frozenset[str], *, surely: bool) -> Range | None:
    """The name that begins at token `at`: two words or more, or one where a word before it says that a name follows."""
    word = tokens.folded[at]
    if not _is_name_word(tokens, at, verbs) or (is_definite(word) and not surely):
        return None
    if word[0] in "بل" and word not in phrase_words().names and not surely:
        return None  # للإذاعة, بصوت خافت
    begun = at
    while at < limit and at - begun < _LONGEST and (_is_name_word(tokens, at, verbs) or (at > begun and tokens.folded[at] in _ALSO_NAMES)):
        at += 1
        if at - begun >= 2 and is_definite(tokens.folded[at - 1]) and tokens.folded[at - 2] not in _JOINED_TO_NEXT:
            break
    while at - begun > 1 and tokens.folded[at - 1] in _JOINED_TO_NEXT - {"الله"}:
        at -= 1
    if tokens.text[tokens.end[begun] - 1] == "ه" and (at < limit or at - begun < 2 or not tokens.is_word[begun - 1]):
        return None  # مقره; but المتحدث | أندريه كوتوف | إن
    return (begun, at) if at - begun >= (1 if surely else 2) else None


def _is_name_word(tokens: Tokens, at: int, verbs: frozenset[str]) -> bool:
    """Whether a word can be part of a person's name, by all that it is not."""
    word, before = tokens.folded[at], tokens.folded[at - 1]
    if not tokens.is_word[at] or word[0].isdigit() or len(word) < 2:
        return False
    if word == "علي":
        return tokens.text[tokens.end[at] - 1] == "ي"
    if word in phrase_words().names or word in _JOINED_TO_NEXT or before in _DESCENT:
        return word != "باسم"
    if "\N{ARABIC FATHATAN}" in tokens.text[tokens.start[at] : tokens.end[at]] or _is_common(word) or word in verbs:
        return False
    if _is_attribute(tokens, at) or (word[0] in "بل" and len(word) > 6 and (is_definite(before) or not tokens.is_word[at - 1])):
        return False  # للمساعدات, but أندريه | ليسينكو
    return not looks_like_verb(word, verbs) or word[0] == "ي" or word.endswith("وا")


def _is_attribute(tokens: Tokens, at: int) -> bool:
    """Whether a word says something else of the person here: `دائمة العضوية`, `(47 عاماً) بصوت خافت`, a verbal noun with what it governs."""
    word, before = tokens.folded[at], tokens.folded[at - 1]
    following = tokens.folded[at + 1] if at + 1 < len(tokens) else ""
    if tokens.text[tokens.end[at] - 1] == "ة" and is_definite(following):
        return True
    if word[0] == "ب" and before in (")", "،", "»"):
        return True
    return looks_like_verbal_noun(word) and (is_definite(following) or bool({following, before} & phrase_words().stops))


@remembered
def _is_common(word: str) -> bool:
    """Whether a folded word is no part of a name by the lists or by its form."""
    words = phrase_words()
    bare = without_article(word)
    return (
        any(word in listed for listed in (words.stops, words.days, words.verbs, speaker_words().called, speaker_words().within))
        or any(bare in listed for listed in (words.generic, words.places, words.bodies, words.media))
        or _is_office(word)
        or is_agent(word)
        or word in ("غير", "قبل", "بعد", "دون")
        or word[:2] == "لل"
        or word[:3] in ("بال", "وال", "فال", "كال")
        or word.endswith(("ته", "اه", "ها", "هم"))
        or (is_definite(word) and len(word) > 6 and word.endswith(("ين", "ات")))
        or (word[0] in "بل" and (without_article(word[1:]) in words.places | words.bodies | words.media or is_holder(word[1:])))
    )
