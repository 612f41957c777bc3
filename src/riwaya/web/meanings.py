"""What the words of an article stand for, in the words of a language: a place of the gazetteer, an actor of the register."""

from collections.abc import Iterable

from riwaya.arabic.fold import folded
from riwaya.arabic.latin_names import latin_name
from riwaya.knowledge.index import form_of
from riwaya.read.wordkinds import is_holder
from riwaya.records import ActorLink, PlaceLink, Reading, Teller, teller_actor
from riwaya.store.subjects import Subject
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


def speaker_in_latin(teller: Teller | None, text: str) -> str:
    """The name of a person who speaks in Latin letters; "" for an office without a name, and for all who are no named person."""
    span = (teller.name or teller.words) if teller and teller.kind == "person" else None
    name = text[span.start : span.end] if span else ""
    return "" if not name or is_holder(folded(name.split()[0])) else latin_name(name)


def speaker_meant(teller: Teller, reading: Reading, t: Wording) -> str:
    """What the register calls the one for whom a teller speaks, and in English the name of a person in Latin letters."""
    span, text = teller.name or teller.words, reading.article.text
    meant = actor_meant([text[span.start : span.end]] if span else [], teller_actor(teller, reading.actors), t)
    latin = speaker_in_latin(teller, text) if t.language == "en" else ""
    return " · ".join(filter(None, (latin and t.texts["transliterated"].format(name=latin), meant)))


def story_title(subject: Subject, t: Wording) -> str:
    """Our name for a story, by what it is about: «قصف في درعا البلد». Its articles have headlines of their own."""
    what = t.label("kinds", subject.kind) if subject.kind else t.texts["a_happening"]
    what, where = f"{what[:1].upper()}{what[1:]}", t.name(subject)
    return t.texts["happening_at"].format(what=what, where=where) if where else what
