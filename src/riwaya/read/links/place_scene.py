"""What a whole article tells of where it is set: its spans that speak of places, the countries it tells of, the places no other rivals."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from riwaya.arabic.clitics import bare_forms
from riwaya.arabic.fold import folded
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.knowledge.nationalities import nationalities
from riwaya.knowledge.places import Place
from riwaya.read.links.atlas import Atlas
from riwaya.read.links.descriptions import Description, descriptions_in
from riwaya.read.links.distances import Distance, distance_before
from riwaya.read.links.place_reasons import LARGE
from riwaya.records import Article, Span

_CUES = frozenset(("في", "قرب", "داخل", "الي", "من", "محيط", "نحو", "باتجاه", "وسط", "ريف", "عند"))  # folded


@dataclass(frozen=True, slots=True)
class Spoken:
    """A span that speaks of a place: its tokens (half-open), and what its words tell."""

    span: Span
    first: int
    last: int
    descriptions: tuple[Description, ...]
    cued: bool  # a word before it says that a place follows
    distance: Distance | None  # so far from what is named


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an article is set; countries by ISO code."""

    told_by: Mapping[str, frozenset[str]]  # the countries told of, with the words that tell
    leading: str  # the one told of most, "" if there is none
    filed_from: str  # that of the dateline, "" if there is none
    named: Mapping[str, frozenset[str]]  # keys of places that the article may name, with the forms by which it does
    sure: tuple[tuple[str, Place], ...]  # forms that only one place has, and the place


def spoken_of(tokens: Tokens, span: Span, atlas: Atlas) -> Spoken:
    """A span of the text with what its words tell of a place."""
    first = min(bisect_left(tokens.end, span.start + 1), len(tokens) - 1)
    last = max(first + 1, bisect_left(tokens.start, span.end))
    words = [folded(tokens.text[max(span.start, tokens.start[first]) : tokens.end[first]]), *tokens.folded[first + 1 : last]]
    words = [word for word in words if word and (word[0].isalnum() or word[0] == "_")]
    attached = span.start > tokens.start[first] and tokens.text[span.start - 1] == "ب"
    cued = attached or (first > 0 and tokens.folded[first - 1] in _CUES)
    return Spoken(span, first, last, descriptions_in(words, atlas, cued=cued), cued, distance_before(tokens, first))


def scene_of(article: Article, tokens: Tokens, spoken: Iterable[Spoken], atlas: Atlas) -> Scene:
    """What the words of an article, its title and its dateline tell of where it is set."""
    telling = [(country, word) for word in (*tokens.folded, *map(folded, article.title.split())) if (country := _country_told(word))]
    countries = Counter(country for country, _ in telling)
    told_by: defaultdict[str, set[str]] = defaultdict(set)
    for country, word in telling:
        told_by[country].add(word)
    named: defaultdict[str, set[str]] = defaultdict(set)
    sure = []
    for form, typed in {(part.form, part.typed) for one in spoken for part in one.descriptions if part.form}:
        names = {form, form.removeprefix(f"{typed} ")}
        places = [place for name in names for place in atlas.named(name)]
        for place in places:
            named[place.key].add(form)
        if len({place.country for place in places}) == 1 and places[0].kind in LARGE - {"country"}:
            countries[places[0].country] += 1
            told_by[places[0].country].add(form)
        if len({place.key for place in places}) == 1 and places[0].kind not in ("country", "governorate", "region"):
            sure.append((form, places[0]))
    most = countries.most_common(2)
    leading = most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else ""
    return Scene(_frozen(told_by), leading, _filed_from(article, atlas), _frozen(named), tuple(sure))


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in sets.items()}


def _filed_from(article: Article, atlas: Atlas) -> str:
    words = [folded(word) for word in article.dateline.replace("،", " ").split() if word[0].isalpha()]
    forms = [part.form for part in descriptions_in(words, atlas, cued=True)] if words else []
    countries = {place.country for form in forms for place in atlas.named(form)}
    return countries.pop() if len(countries) == 1 else ""


@remembered
def _country_told(word: str) -> str:
    """The country that one folded word tells of, by its name or nationality; "" if it tells of none."""
    words = nationalities()
    found = (words.adjectives.get(form) or words.names.get(form) for _, form in bare_forms(word))
    return next(filter(None, found), "")
