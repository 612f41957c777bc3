"""Names of persons in Latin letters: by a table of the parts of names, and letter by letter where that has none.

The table (latin_names.toml) has the commonest given and family names and those of foreigners as news in English writes them. What it does
not have is spelled by the simplified convention of BGN and PCGN, without marks for ع and the emphatic letters, ال as `al-`; between two
consonants, where Arabic writes no vowel, stands an `a`, which is right less than half the time.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files

from riwaya.arabic.fold import folded

_JOINED = {
    "بن": "bin", "ابن": "ibn", "بنت": "bint", "ابو": "Abu", "ابي": "Abi", "ابا": "Aba", "ام": "Umm", "ال": "Al", "ولد": "Ould",
    "عبد": "Abd", "ذو": "Dhu",
}  # fmt: skip
_OF_GOD = {
    "عبدالله": "Abdullah", "عبيدالله": "Ubaydullah", "نصرالله": "Nasrallah", "عطاالله": "Atallah",
    "سعدالله": "Saadallah", "عوضالله": "Awadallah",
}  # fmt: skip
_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "و": "w", "ي": "y", "ء": "", "پ": "p", "چ": "ch", "ڤ": "v", "گ": "g", "ژ": "zh",
}  # fmt: skip
_LONG = {"ا": "a", "و": "ou", "ي": "i"}
_WITH_ARTICLE = ("El", "Es")  # ElBaradei, Essebsi
_MARKS = "«»\"“”'()[]-–،,."


@lru_cache(maxsize=2)
def _table(*, article: bool) -> dict[str, str]:
    """Folded parts of names with their Latin forms; behind the article a family name wins over a given one (الحسني, حسني)."""
    table = tomllib.loads(files("riwaya.arabic").joinpath("latin_names.toml").read_text("utf-8"))
    groups = ("foreign", "given", "family", "of_god") if article else ("foreign", "of_god", "family", "given")
    pairs = (pair.strip().rsplit(" ", 1) for group in groups for pair in table[group].replace("\n", ",").split(","))
    return {folded(pair[0]): pair[1] for pair in pairs if len(pair) == 2}


@lru_cache(maxsize=1 << 14)
def latin_name(name: str) -> str:
    """A person's name in Latin letters, as said above: `سامر العلي` is `Samer al-Ali`. What is no Arabic letter stays as it is."""
    return " ".join(_parts([word for word in map(_bare, name.split()) if word]))


def _bare(word: str) -> str:
    return word.strip(_MARKS)


def _parts(words: list[str]) -> list[str]:
    """The words of a name one by one, عبد with what belongs to it."""
    found: list[str] = []
    at = 0
    while at < len(words):
        word, form = words[at], folded(words[at])
        following = folded(words[at + 1]) if at + 1 < len(words) else ""
        if following == "الله":
            found.append(_OF_GOD.get(form + following) or f"{_latin_word(word)}allah")
            at += 1
        elif form in ("عز", "نور", "سيف", "شمس", "صلاح", "علاء", "محي", "محيي", "نجم", "ضياء", "جمال", "حسام") and following == "الدين":
            found.append(f"{_latin_word(word)} al-Din")
            at += 1
        else:
            found.append(_JOINED.get(form) or _latin_word(word))
        at += 1
    return found


@lru_cache(maxsize=1 << 14)
def _latin_word(word: str) -> str:
    form = folded(word)
    if not any(letter in _LETTERS for letter in form):
        return word
    known = _OF_GOD.get(form) or _table(article=False).get(form)
    if known:
        return known
    if form.startswith("عبدال") and len(form) > 6:
        return f"Abd al-{_latin_word(word[word.index('ل') + 1 :])}"
    if form[:2] == "ال" and len(form) > 4 and word[:1] not in "إأآ":
        listed = _table(article=True).get(form[2:])
        return listed if listed and listed.startswith(_WITH_ARTICLE) else f"al-{listed or _latin_word(word[2:])}"
    return _spelled(word, form).capitalize()


def _spelled(word: str, form: str) -> str:
    """A word letter by letter: after a consonant و and ي are vowels, before ا they are not; where two consonants meet that no vowel parts,
    an `a` does, but for the end of a word of more than three letters."""
    latin: list[str] = []
    last = len(form) - 1
    for at, letter in enumerate(form):
        open_before = not latin or latin[-1][-1:] in "aiou"
        if letter == "ه" and at == last and word[-1] == "ة":
            latin.append("a")
        elif at == 0 and letter == "ا":
            latin.append("i" if word[0] == "إ" else "o" if form[1:2] == "و" and word[0] == "أ" else "a")
        elif at == 1 and letter in "وي" and form[0] == "ا":
            continue  # أوباما, إيمان: the first letter has said it
        elif at == 0 and letter == "ع" and form[1:2] not in _LONG:
            latin.append("a")
        elif letter in _LONG and letter != "ا" and at < last and form[at + 1] in _LONG and form[at + 1] != letter:
            latin.append({"ي": "y" if open_before else "iy", "و": "w" if open_before else "aw"}[letter])
        elif letter in _LONG and not open_before:
            latin.append(_LONG[letter])
        elif letter == "ي" and at == last:
            latin.append("i")
        elif letter == "ا":
            latin.append("")
        else:
            parted = not open_before and letter not in _LONG and (at < last or last < 3) and not _is_parted(latin)
            latin.append(("a" if parted else "") + _LETTERS.get(letter, letter))
    return "".join(latin)


def _is_parted(latin: list[str]) -> bool:
    """Whether a vowel stands before the consonant that was written last: another may then follow it."""
    before = latin[-2] if len(latin) > 1 else ""
    return before[-1:] in tuple("aiou") or (len(latin[-1]) > 1 and latin[-1][0] in "aiou")
