"""Which of the names that GeoNames keeps in Arabic script are Arabic, and which of their spellings is right."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from riwaya.knowledge.index import form_of

_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ")
_PERSIAN = str.maketrans({"\N{ARABIC LETTER FARSI YEH}": "ي", "\N{ARABIC LETTER KEHEH}": "ك", "\N{ARABIC TATWEEL}": None, "-": " "})
_TYPED = ("محافظة ", "منطقة ", "مدينة ", "ولاية ", "إمارة ", "قضاء ", "قرية ", "بلدة ", "إقليم ", "استان ", "ولايت ")
_ROMAN = str.maketrans(
    dict(zip("بتجدرزسفقكلمنه", "btjdrzsfqklmnh", strict=True))
    | {"ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh"}
    | {emphatic: f"{plain}\N{COMBINING CEDILLA}" for emphatic, plain in zip("حصضطظ", "hsdtz", strict=True)}
    | dict.fromkeys("ءآأؤإئاةوىيع ")
)


def arabic_names(names: Iterable[str]) -> list[str]:
    """The names that are written with the letters of Arabic alone, without vowel signs; Persian ya and kaf count as Arabic ones.

    Kurdish, Urdu and Persian names with letters of their own fall away, and so do names with a comma or with a word of one letter.
    """
    found = []
    for name in names:
        bare = "".join(c for c in unicodedata.normalize("NFC", name) if not unicodedata.combining(c)).translate(_PERSIAN)
        words = bare.split()
        if words and set(bare) <= _LETTERS and all(len(word) > 1 for word in words):
            found.append(" ".join(words))
    return found


def preferred(arabic: list[str], latin: Iterable[str]) -> str:
    """The best of several Arabic spellings: the one whose consonants agree best with a romanised name (GeoNames writes Ţarţūs, and
    that is طرطوس, not ترطوس) and that most others share but for hamza and ta marbuta; of equals that with the article, and with both."""
    names = list(map(untyped, arabic))
    shared = Counter(map(form_of, names))
    skeletons = {_latin_consonants(name) for name in latin}

    def merit(name: str) -> tuple[float, bool, int, str]:
        consonants = name.removeprefix("ال").translate(_ROMAN).rstrip("h")
        agreement = max((SequenceMatcher(None, consonants, other).ratio() for other in skeletons), default=0.0)
        marks = sum(letter in "أإآؤئءة" for letter in name)
        share = shared[form_of(name)] / len(names)
        return round(agreement + share, 1), name.startswith("ال"), marks, name

    return max(names, key=merit)


def untyped(name: str) -> str:
    """The name without a word in front that says what it names: محافظة درعا is درعا."""
    name = name.removesuffix(" ولايت")
    return next((name.removeprefix(typed) for typed in _TYPED if name.startswith(typed)), name)


def _latin_consonants(name: str) -> str:
    """The consonants of a romanised name with the cedillas of emphatic ones, without an article."""
    letters = unicodedata.normalize("NFKD", name.lower())
    for article in ("al ", "al-", "ar ", "as ", "ash ", "at ", "az ", "an ", "ad ", "adh "):
        letters = letters.removeprefix(article)
    return "".join(c for c in letters if c in "bcdfghjklmnpqrstvxz\N{COMBINING CEDILLA}").rstrip("h")


def has_arabic(name: str) -> bool:
    """Whether the name has an Arabic letter at all."""
    return any(letter in _LETTERS for letter in name.replace(" ", "").translate(_PERSIAN))
