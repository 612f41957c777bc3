"""The head of a report: the place it was filed from and the one who filed it, before the first sentence."""

import re
from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.fold import folded
from riwaya.read.page.furniture import page_words

_LONGEST_HEAD = 110  # letters in which the whole head must stand
_PART = re.compile(r"\s*(?:--+|[-–—]|(?<=\s)ـ+(?=\s)|[:：]|/|\|)\s*")
_CREDIT = re.compile(r"\s*[(（]([^()（）]{2,40})[)）]\s*")
_QUOTED = re.compile(r"""\s*[«"“]([^«»"“”]{2,30})[»"”]""")
_DATE = re.compile(r"[\d٠-٩]{1,4}[^:/]{0,20}")
_BETWEEN_PLACES = re.compile(r"\s*[،,]\s*|\s+و(?=\w)")
_TRIM = ' \t«»"“”[]()،,.\N{NO-BREAK SPACE}'


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was filed from and by whom ("" if not said), and how many letters of the paragraph say so."""

    place: str
    byline: str
    length: int


@dataclass(frozen=True, slots=True)
class _Words:
    agencies: frozenset[str]
    places: frozenset[str]
    place_words: tuple[str, ...]
    not_names: frozenset[str]
    nobody: frozenset[str]
    credits: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = page_words()["dateline"]
    return _Words(
        agencies=frozenset(map(folded, table["agencies"])),
        places=frozenset(map(folded, table["places"])),
        place_words=tuple(folded(word) + " " for word in table["place_words"]),
        nobody=frozenset(map(folded, table["nobody"])),
        not_names=frozenset(map(folded, table["not_names"])),
        credits=tuple(sorted(map(folded, table["credits"]), key=len, reverse=True)),
    )


def dateline_at(paragraph: str, outlet: str) -> Dateline | None:
    """The dateline with which a paragraph begins; its `length` is that of the whole paragraph if nothing else stands there.

    Known: `دمشق - سانا:`, `بلدي نيوز - درعا (كاتب)`, `عدن: «الصحيفة»`, `غزة/ الأناضول/ كاتب/`, `القاهرة (رويترز) -`. At least one
    part must be a known place, a known agency or the outlet, so that a sentence with a dash in it is no dateline.
    """
    kinds: list[tuple[str, str]] = []
    at = 0
    while len(kinds) < 5:
        cut = _PART.search(paragraph, at, _LONGEST_HEAD)
        end = cut.start() if cut else len(paragraph)
        if end - at > 60:
            break
        part = _part(paragraph[at:end], outlet, first=not kinds, last=cut is None)
        if part is None:
            break
        kinds.extend(part)
        if cut is None:
            at = end
            break
        at = cut.end()
        quoted = _QUOTED.match(paragraph, at)
        if quoted and (_kind(quoted.group(1), outlet) == "agency" or quoted.end() == len(paragraph)):
            kinds.append(("agency", quoted.group(1)))
            at = quoted.end()
            more = _PART.match(paragraph, at)
            if more is None or more.end() == at:
                break
            at = more.end()
    return _dateline(kinds, at, len(paragraph), outlet)


def _dateline(kinds: list[tuple[str, str]], length: int, whole: int, outlet: str) -> Dateline | None:
    known = [kind for kind, _ in kinds if kind in ("place", "agency")]
    if not known or (length == whole and len(kinds) < 2):
        return None
    if kinds[0][0] == "person" and "agency" not in known:
        return None
    places = [words for kind, words in kinds if kind == "place"]
    if not places and kinds[0][0] == "person":
        places = [kinds.pop(0)[1]]  # "قرية ... - خاص": what stands before the agency is where it was filed from
    persons = [words for kind, words in kinds if kind == "person"]
    if not places and len(persons) > 1 and known:
        places = [persons.pop(0)]  # "الصحيفة - حي ... (كاتب)": the one in brackets is the author
    agencies = [words for kind, words in kinds if kind == "agency" and folded(words) not in _words().nobody]
    others = [words for words in agencies if not _is_outlet(folded(words), outlet)]
    return Dateline(place=places[0] if places else "", byline="، ".join(persons + others) or "، ".join(agencies), length=length)


def _part(text: str, outlet: str, *, first: bool, last: bool) -> list[tuple[str, str]] | None:
    """The kinds and words of one part of a dateline, with the credit in brackets after it; None if it is no such part."""
    found: list[tuple[str, str]] = []
    credit = _CREDIT.search(text)
    if credit and credit.end() < len(text):
        return None  # the sentence goes on after the brackets
    words = (text[: credit.start()] if credit else text).strip(_TRIM)
    if not words and not credit:
        return [] if not last and not first else None
    if words:
        kind = _kind(words, outlet)
        if kind is None or (last and kind == "person" and not credit and len(words.split()) > 3):
            return None
        found.append((kind, words))
    if credit:
        name = credit.group(1).strip(_TRIM)
        found.append(("agency" if _kind(name, outlet) == "agency" else "person", name))
    return [(kind, words) for kind, words in found if kind != "date"] or []


def _kind(words: str, outlet: str) -> str | None:
    form = folded(words.strip(_TRIM))
    if form in _words().places or all(part in _words().places for part in _BETWEEN_PLACES.split(form)):
        return "place"
    if _is_outlet(form, outlet) or form in _words().agencies or form.removeprefix("وكاله ") in _words().agencies:
        return "agency"
    if form.startswith(_words().place_words) and len(form.split()) <= 3:
        return "place"
    if _DATE.fullmatch(form):
        return "date"
    names = form.split()
    if len(names) > 4 or any(mark in form for mark in '«»".،؛!؟') or not _words().not_names.isdisjoint(names):
        return None
    return "person"


def _is_outlet(form: str, outlet: str) -> bool:
    """Whether folded words are the outlet's name or a part of it: "السنديان" for "وكالة السنديان للأنباء"."""
    words = set(form.split())
    return bool(words) and words <= set(folded(outlet).split())


def byline_in(text: str) -> str | None:
    """The name in a line that credits somebody ("بقلم: سامر الحسن", "By ..."), "" if it credits nobody by name, None if it is none."""
    form = folded(text.strip())
    if len(form) > 90:
        return None
    for word in _words().credits:
        if form.startswith(word) and not form[len(word) : len(word) + 1].isalnum():
            return clean_byline(
                text.strip()[len(word) :] if len(form) == len(text.strip()) else " ".join(text.split()[len(word.split()) :])
            )
    return None


def clean_byline(name: str) -> str:
    """A name without credit word and marks around it; "" for editors' desks and machine accounts."""
    name = " ".join(name.split()).strip(_TRIM + ":|-–/")
    for word in _words().credits:
        if folded(name).startswith((word + " ", word + ":")):
            name = name.split(" ", 1)[1].strip(_TRIM + ":|-–/") if " " in name else ""
            break
    return "" if folded(name) in _words().nobody else name


def is_name(words: str) -> bool:
    """Whether what markup calls an author can be one: two words or more, or an agency; one word is as a rule a section of the site."""
    return " " in words or folded(words) in _words().agencies
