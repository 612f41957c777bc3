"""What the words of an article stand for, in the words of a language: a place of the gazetteer, an actor of the register."""

from collections.abc import Iterable

from riwaya.knowledge.index import form_of
from riwaya.records import ActorLink, PlaceLink
from riwaya.web.wording import Wording


def place_meant(link: PlaceLink | None, t: Wording) -> str:
    """Where that is, with its country and how exactly it is known: «المنشية، سوريا · موقع». Of a place that is not decided how many it
    may be; "" where nothing is known."""
    if link is None:
        return ""
    if link.precision == "unknown" and not link.place_id:
        return f"{t.texts['undecided']} {t.count('candidates', len(link.candidates))}" if link.candidates else ""
    country, name = t.country(link.country) if link.country else "", t.name(link)
    where = f"{name}{t.texts['comma']} {country}" if name and country and name != country else name or country
    return f"{where} · {t.label('precisions', link.precision)}" if where else ""


def actor_meant(words: Iterable[str], link: ActorLink | None, t: Wording) -> str:
    """The name that the register has for an actor; "" where none is meant, or one of the words shown says it already."""
    name = t.name(link) if link else ""
    return "" if any(form_of(name) in form_of(shown) for shown in words) else name
