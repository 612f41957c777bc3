"""What is attached to an Arabic word (و ف ب ل ك س ال in front, pronouns behind), and the lemma that a search index keeps.

A word may be split in several ways; the cheapest wins. A way is cheap if its stem is a closed word or in simplemma's Arabic dictionary
(looked up in folded form), and dear by how rare in news its attached words are. The word lists stand in clitics.toml.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from riwaya.arabic.fold import folded
from riwaya.arabic.remembered import remembered

_LONGEST_WORD = 40  # letters; what is longer is no word, and is left whole
_PREFIX_COSTS = {
    "": 0.0, "ال": -0.5, "لل": -0.5, "بال": -0.1, "وال": -0.1, "و": 1.0, "ب": 1.2, "ل": 1.2, "س": 1.2, "ف": 1.8, "ك": 2.0,
    "وس": 1.4, "فس": 2.0, "وب": 1.6, "ول": 1.6, "وك": 2.5, "فب": 2.5, "فل": 2.5,
    "ولل": 0.5, "وبال": 0.5, "فال": 1.2, "كال": 1.4, "وكال": 2.5, "فلل": 2.5, "فبال": 2.5,
}  # fmt: skip
_SUFFIX_COSTS = {"": 0.0, "ها": 0.8, "ه": 0.4, "هم": 1.0, "هما": 1.2, "هن": 1.6, "نا": 2.0, "كم": 2.2, "ك": 3.2, "كما": 3.0, "ني": 2.6}
_SURE_PRONOUNS = ("ها", "هم", "هما")  # few stems end so
_UNKNOWN_STEM = 3.0
_IMPOSSIBLE = 100.0
_CLOSED = -2.0  # وقد, منهم, بدرعا: closed words say it for certain
_LAM_STEM = -2.0  # للجنة is of لجنة, not of جنة
_SHORT_STEM = 0.6  # the dictionary has many of two letters, news few
_DERIVED_WORD = 1.3
_DERIVED_STEM = 0.5  # known only without its ending: ترشيحات by ترشيح
_ENDINGS = ("ات", "ين", "ون", "ان", "يه", "ا", "ه", "ي", "وا")
_SHORTEST_BASE = 4
_LEFT_INFLECTED = ("ون", "ين")  # the dictionary gives some plural verbs and adjectives as their own lemma


class Split(NamedTuple):
    """A folded word in three parts; joined they are the word again."""

    prefixes: str
    stem: str
    suffixes: str


class _Lists(NamedTuple):
    names: frozenset[str]
    bearing: frozenset[str]  # particles that take a pronoun
    closed: frozenset[str]  # names and all particles


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    table = tomllib.loads(files("riwaya.arabic").joinpath("clitics.toml").read_text(encoding="utf-8"))
    rows = table["names"]["words"], table["particles"]["with_pronoun"], table["particles"]["without"]
    names, bearing, without = (frozenset(map(folded, row)) for row in rows)
    return _Lists(names, bearing, names | bearing | without)


@lru_cache(maxsize=1)
def _lemmas() -> dict[str, str]:
    """Folded word to folded lemma; where several words fold to one form, the one that is its own lemma wins."""
    found: dict[str, str] = {}
    for word, base_word in DefaultDictionaryFactory().get_dictionary("ar").items():
        form, base = _fold(word), _fold(base_word)
        if form not in found or base == form:
            found[form] = base
    return found


_fold = folded.__wrapped__  # 300,000 words of a dictionary would push the words of news out of the cache


@remembered
def bare_forms(word: str) -> tuple[tuple[int, str], ...]:
    """The word as it stands and without what may be attached before a name: (letters cut, rest)."""
    forms = [(0, word)]
    if len(word) > 3:
        if word[0] in "وف":
            forms.append((1, word[1:]))
            if len(word) > 4 and word[1] in "بلك":
                forms.append((2, word[2:]))
        if word[0] in "بلك":
            forms.append((1, word[1:]))
        if word.startswith("لل"):
            forms.append((1, "ا" + word[1:]))
    return tuple(forms)


def is_dictionary_word(form: str) -> bool:
    """Whether a folded word stands in the dictionary as it is; the first call reads it (a second of processor time)."""
    return form in _lemmas()


@remembered
def split_clitics(word: str) -> Split:
    """A word, as written or folded, split into attached words before, stem, and attached pronoun.

    As written is better: a final ة or an alef with hamza say that nothing is attached there.
    """
    form = folded(word)
    whole = Split("", form, "")
    if len(form) > _LONGEST_WORD or form in _lists().names:
        return whole
    best, least = whole, _stem_cost(whole)
    for prefixes, prefix_cost in _PREFIX_COSTS.items():
        if not form.startswith(prefixes):
            continue
        for suffixes, suffix_cost in _SUFFIX_COSTS.items():
            if not form.endswith(suffixes) or not (prefixes or suffixes):
                continue
            split = Split(prefixes, form[len(prefixes) : len(form) - len(suffixes)], suffixes)
            if not split.stem or not _can_attach(word, split):
                continue
            cost = prefix_cost + suffix_cost + _stem_cost(split)
            if suffixes and _is_inside(split):
                cost = min(cost, prefix_cost - 0.5)
            if cost < least:
                best, least = split, cost
    return best


def _can_attach(word: str, split: Split) -> bool:
    """What the spelling and grammar allow: no pronoun behind ال or on ة, س only before an imperfect verb, ال without hamza."""
    prefixes, stem, suffixes = split
    if suffixes and (word[-1] == "ة" or prefixes.endswith(("ال", "لل"))):
        return False
    if prefixes.endswith("س") and (stem[0] not in "يتنا" or len(stem) < 4):
        return False
    article = prefixes.find("ال")
    return not (article >= 0 and len(word) > article and word[article] in "أإآ")


def _is_inside(split: Split) -> bool:
    """Whether the dictionary has the stem with its pronoun as one word: under the lemma of the stem, or unanalysed."""
    _, stem, suffixes = split
    lemmas = _lemmas()
    together = stem + suffixes
    if suffixes == "ه" or stem not in lemmas or together not in lemmas:
        return False
    return lemmas[together] == lemmas[stem] or (lemmas[together] == together and len(stem) > 2 and suffixes in _SURE_PRONOUNS)


def _stem_cost(split: Split) -> float:
    prefixes, stem, suffixes = split
    lists, lemmas = _lists(), _lemmas()
    if stem in (lists.bearing if suffixes else lists.closed) and not prefixes.endswith(("ال", "لل")):
        return _CLOSED
    if len(stem) < 2:
        return _IMPOSSIBLE
    if prefixes == "ل" and len(stem) > 3 and stem[0] == lemmas.get(stem, " ")[0] == "ل":
        return _LAM_STEM
    if stem in lemmas and (not stem.startswith("ال") or lemmas[stem].startswith("ال")):
        return 0.0 if len(stem) > 2 else _SHORT_STEM
    if suffixes and any(other in lemmas for other in _before_pronoun(stem)):
        return 0.0
    if _without_ending(stem):
        return _DERIVED_STEM if prefixes or suffixes else _DERIVED_WORD
    return _UNKNOWN_STEM


def _before_pronoun(stem: str) -> tuple[str, ...]:
    """How a stem may be spelled without its pronoun: مدينته from مدينة, أعضائه from أعضاء, رفعوها from رفعوا, منفاه from منفى."""
    if stem[-1] == "ت":
        return (stem[:-1] + "ه",)
    if stem.endswith(("او", "اي")):
        return (stem[:-1] + "ء",)
    if stem[-1] == "و":
        return (stem + "ا", stem + "ن")
    if stem[-1] == "ا":
        return (stem[:-1] + "ي",)
    return ()


def _without_ending(stem: str) -> str | None:
    """The dictionary word that a stem is the plural, dual, feminine or accusative of, if the dictionary has it."""
    for ending in _ENDINGS:
        base = stem.removesuffix(ending)
        if len(base) >= _SHORTEST_BASE and base != stem and not (ending == "ا" and base[-1] == "ه"):
            for word in (base, base + "ه"):
                if word in _lemmas():
                    return word
    return None


@remembered
def lemma(word: str) -> str:
    """The folded dictionary form of a word without what is attached to it; a name, or a word the dictionary lacks, is its own stem."""
    _, stem, suffixes = split_clitics(word)
    if stem in _lists().closed:
        return stem
    lemmas = _lemmas()
    for candidate in (*(_before_pronoun(stem) if suffixes else ()), stem):
        if candidate in lemmas:
            found = lemmas[candidate]
            if found == candidate and found.endswith(_LEFT_INFLECTED):
                return lemmas.get(_without_ending(found) or found, found)
            return found
    return lemmas.get(_without_ending(stem) or stem, stem)
