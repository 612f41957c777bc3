"""What the words of a span tell of a place: its name, what kind of place it is, on which side of another it lies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import atan2, cos, degrees, radians, sin
from typing import Literal

from riwaya.arabic.fold import folded
from riwaya.knowledge.nationalities import nationalities
from riwaya.knowledge.places import kinds
from riwaya.read.lexicon import load_table
from riwaya.read.links.atlas import Atlas

Manner = Literal["at", "near", "side", "countryside", "border"]


@dataclass(frozen=True, slots=True)
class Description:
    """One place, as the words of a text tell of it; forms are folded."""

    form: str = ""  # its name as the gazetteer has it; "": none that is known
    typed: str = ""  # the word that says what kind of place it is: مدينة
    manner: Manner = "at"
    bearing: float | None = None  # on which side, in degrees from north by the clock's way round
    countries: tuple[str, ...] = ()  # ISO codes that adjectives beside the name tell: مدينة سروج التركية
    stands_for: frozenset[str] = frozenset()  # no name: the kinds of places that the word can stand for, المدينة
    unknown: int = 0  # words that tell nothing known
    joined: bool = False  # with و to the one before; a name that is not holds the one before: حي المنشية في درعا


@dataclass(frozen=True, slots=True)
class PlaceTalk:
    """The folded word lists of lexicon/place_links.toml."""

    manners: dict[str, Manner]
    inside: frozenset[str]
    many: dict[str, str]  # بلدتي: بلدة
    stand_ins: dict[str, frozenset[str]]
    bearings: dict[str, float]
    units: dict[str, float]  # kilometres
    typed: frozenset[str]


@lru_cache(maxsize=1)
def place_talk() -> PlaceTalk:
    """The word lists, read once."""
    table = load_table("place_links")
    manners: dict[str, Manner] = {folded(word): "near" for word in table["near"].split()}
    manners |= {folded(word): "countryside" for word in table["countryside"].split()}
    manners |= {folded(word): "border" for word in table["border"].split()}
    return PlaceTalk(
        manners=manners,
        inside=frozenset(map(folded, table["inside"].split())),
        many={folded(many): folded(one) for one, words in table["many"].items() for many in words.split()},
        stand_ins={folded(word): frozenset(of.split()) for word, of in table["stand_ins"].items()},
        bearings={folded(word): float(bearing) for bearing, words in table["sides"].items() for word in words.split()},
        units={folded(word): float(km) for km, words in table["units"].items() for word in words.split()},
        typed=frozenset(word for words in kinds().values() for word in words),
    )


def descriptions_in(words: Sequence[str], atlas: Atlas, *, cued: bool) -> tuple[Description, ...]:
    """The places that the folded words of one span tell of, in order. `cued`: a word before the span says that a place follows.

    A span that names none gives one description without a form.
    """
    found: list[Description] = []
    now = Description()
    at = 0
    while at < len(words):
        joined = bool(found) and words[at][0] == "و"
        name = atlas.name_at(words, at, typed=cued or bool(now.typed))
        word = _bare(words[at])
        if name and (name.words > 1 or not _tells(word)):
            at, after = _past_adjectives(words, at + name.words, countryside=now.manner == "countryside")
            typed = name.form.partition(" ")[0]
            found.append(
                replace(
                    now,
                    form=name.form,
                    typed=typed if typed in place_talk().typed and name.words > 1 else now.typed,
                    bearing=after.bearing if after.bearing is not None else now.bearing,
                    countries=now.countries + after.countries,
                    joined=joined,
                )
            )
            shared = at < len(words) and words[at][0] == "و"
            now = Description(typed=now.typed, manner=now.manner, bearing=now.bearing) if shared else Description()
            continue
        now = _with(now, word, words[at])
        at += 1
    return tuple(found) or (now,)


def _with(now: Description, word: str, written: str) -> Description:
    """A description with what one more word tells, before its name."""
    talk = place_talk()
    if word in talk.bearings:
        return replace(now, manner="side", bearing=between(now.bearing, talk.bearings[word]))
    if word in talk.manners:
        return replace(now, manner=talk.manners[word])
    if word in talk.inside:
        return now
    if country := _country(written):
        return replace(now, countries=(*now.countries, country))
    kind = talk.many.get(word, word)
    standing = talk.stand_ins.get(word) or talk.stand_ins.get(f"ال{kind}", frozenset()) if word[:2] == "ال" else frozenset()
    if word == "هناك":
        standing = talk.stand_ins[word]
    if kind in talk.typed:
        return replace(now, typed=kind, stands_for=standing)
    if standing:
        return replace(now, stands_for=standing)
    return now if word[:2] == "ال" and now.stands_for else replace(now, unknown=now.unknown + 1)


def _past_adjectives(words: Sequence[str], at: int, *, countryside: bool) -> tuple[int, Description]:
    """The number of the word after the adjectives that follow a name, and what they tell: التركية، الدولي، الغربي."""
    told = Description()
    while at < len(words) and words[at][:2] == "ال" and words[at] not in place_talk().stand_ins:
        if (bearing := place_talk().bearings.get(words[at])) is not None:
            told = replace(told, bearing=between(told.bearing, bearing)) if countryside else told
        elif country := _country(words[at]):
            told = replace(told, countries=(*told.countries, country))
        elif not words[at].endswith(("ي", "يه", "ه")):
            break
        at += 1
    return at, told


def _country(word: str) -> str | None:
    adjectives = nationalities().adjectives
    return adjectives.get(word) if word[:2] == "ال" else None


def _bare(word: str) -> str:
    """The word without و, ب or ل in front, if what is left tells something of places."""
    if _tells(word):
        return word
    for cut in (1, 2):
        if word[0] in "وبل" and len(word) > cut + 2 and _tells(word[cut:]):
            return word[cut:]
    return word


def _tells(word: str) -> bool:
    talk = place_talk()
    return (
        word in talk.typed
        or word in talk.many
        or word in talk.manners
        or word in talk.bearings
        or word in talk.inside
        or word in talk.stand_ins
    )


def between(one: float | None, other: float) -> float:
    """The bearing half way between two: north and west give north-west."""
    if one is None:
        return other
    north, east = (sum(turn(radians(bearing)) for bearing in (one, other)) for turn in (cos, sin))
    return degrees(atan2(east, north)) % 360
