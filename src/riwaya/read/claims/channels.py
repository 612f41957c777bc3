"""Where or to whom something was said: في بيان، عبر صفحته على فيسبوك، لوكالة رويترز، للصحفيين."""

from functools import lru_cache

from riwaya.arabic.words import Tokens
from riwaya.read.lexicon import folded_lists, load_table
from riwaya.read.phrases import OPENERS, noun_phrase_end, quoted_end
from riwaya.read.wordkinds import is_definite, phrase_words, without_article

_ENDINGS = ("ها", "هم", "ه", "نا", "ي")
_MORE = frozenset(["في", "علي", "عبر", "مع", "الي", "امام", "باسم", "خلال", "عقب", "بعد"])
PUBLISHED = frozenset(
    verb + pronoun for verb in ("نقلت", "بثت", "نشرت", "اوردت", "تناقلت", "نقل", "بث", "نشر", "اورد") for pronoun in ("ه", "ها", "هم")
)  # of a statement, with the outlet that published it
_LONGEST_NAME = 6  # tokens of an outlet's name in quotation marks, the marks counted


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return folded_lists(load_table("channels"))


def channel_end(tokens: Tokens, at: int, limit: int, governed: frozenset[str] = frozenset()) -> int | None:
    """The token number after the channel phrase that starts at token `at`; None if none starts there.

    `governed` are the prepositions that lead to what was said: the phrase does not run over them.

    A channel is a preposition with a channel noun (`في بيان لها`), or `ل` with those spoken to (`لوكالة رويترز`, `لـ«الحياة»`).
    """
    word = tokens.folded[at]
    if word == "في" and word in governed:
        return None  # شكك في شهادة الحارس: doubted, not said in
    if word in ("من", "ومن") and at + 2 < limit and tokens.folded[at + 1] == "خلال":
        at, word = at + 1, "خلال"
    if word in _words()["prepositions"] and at + 1 < limit and is_channel_noun(tokens.folded[at + 1]):
        return _with_more(tokens, noun_phrase_end(tokens, at + 1, limit), limit, governed)
    if word in ("ل", "الي") and at + 1 < limit:
        return _named(tokens, at + 1, limit, governed, needs_hearer=word == "الي")
    if word[:1] == "ل" and len(word) > 2 and without_article(word[1:] if word[:2] != "لل" else word) in _words()["hearers"]:
        return _with_more(tokens, max(noun_phrase_end(tokens, at, limit), at + 1), limit, governed)
    return None


def is_channel_noun(word: str) -> bool:
    """Whether a folded word is a channel noun, with its article or an attached pronoun."""
    nouns = _words()["nouns"]
    bare = without_article(word)
    if bare in nouns:
        return True
    for ending in _ENDINGS:
        if bare.endswith(ending):
            stem = bare[: -len(ending)]
            return stem in nouns or (stem.endswith("ت") and stem[:-1] + "ه" in nouns)
    return False


def is_hearer(word: str) -> bool:
    """Whether a folded word (with ل or without) names media or the people of media."""
    bare = word[1:] if word[:1] == "ل" and word[:2] != "لل" else word
    return without_article(bare) in _words()["hearers"]


def _named(tokens: Tokens, at: int, limit: int, governed: frozenset[str], *, needs_hearer: bool) -> int | None:
    """After a bare ل: a name in marks (`لـ«الحياة»`, `لـ(سانا)`) or a noun of media; after إلى only the latter."""
    if tokens.folded[at] in OPENERS:
        end = quoted_end(tokens, at, limit, _LONGEST_NAME)
        return None if end is None or needs_hearer else _with_more(tokens, end, limit, governed)
    if is_hearer(tokens.folded[at]) and not is_definite(tokens.folded[at]):
        return _with_more(tokens, noun_phrase_end(tokens, at, limit), limit, governed)
    return None if needs_hearer else min(at + 2, limit) if tokens.folded[at] not in phrase_words().stops else None


def _with_more(tokens: Tokens, end: int, limit: int, governed: frozenset[str]) -> int:
    """A channel with what says more of it: `في بيان له`, `في تصريحات لـ«الحياة»`, `في مؤتمر صحافي في دمشق`."""
    while end < limit:
        word = tokens.folded[end]
        if word in PUBLISHED and end + 1 < limit and noun_phrase_end(tokens, end + 1, limit) > end + 1:
            return end  # في بيان | نشرته وكالة الأنباء
        if word in PUBLISHED or word in (
            "له",
            "لها",
            "لهم",
            "صادر",
            "صادره",
            "صحافي",
            "صحفي",
            "نشر",
            "اصدره",
            "اصدرته",
            "مشترك",
            "به",
            "فيه",
        ):
            end += 1
        elif word in _MORE and word not in governed and end + 1 < limit:
            after = noun_phrase_end(tokens, end + 1, limit)
            if after == end + 1:
                return end
            end = after
        else:
            more = channel_end(tokens, end, limit) if word[:1] == "ل" else None
            if more is None:
                return end
            end = more
    return end
