"""A case as its page shows it: each thing with its words, who said it and when, the notes on it, and the captures it rests on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from riwaya.casework import Dossier, Exhibit, Found
from riwaya.records import Event, EventKind, Item, ItemKind, Note, Reading, Span, Status, event_place
from riwaya.store.stories import Listed
from riwaya.web.accounts import Excerpt, excerpt
from riwaya.web.cards import MARK_OF_ACT
from riwaya.web.desk import article_address, story_address
from riwaya.web.meanings import place_meant, story_title
from riwaya.web.wording import Wording

KINDS: tuple[ItemKind, ...] = ("story", "article", "claim", "event")
Lost = Literal["", "finding", "gone", "untold", "forgotten"]


class Happened(NamedTuple):
    """What an event tells."""

    kind: EventKind
    status: Status
    place: str
    precision: str
    tolls: tuple[tuple[str, str], ...]  # kind and number


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing in a case."""

    item: Item
    anchor: str  # the id of its element on the page
    words: Excerpt  # a headline, or exact words with what stands around them; where nothing holds them now, as they were
    title: str = ""  # our name for it, of a story
    lost: Lost  # its finding is read no longer, its article is gone, its story is told no longer, or its capture was forgotten
    outlet: str = ""
    day: date | None = None  # of the happening, or on which it was told
    act: str = ""
    mark: str = ""
    speaker: str = ""
    happened: Happened | None = None
    story: Listed | None = None
    exhibits: tuple[int, ...] = ()  # their numbers


class Written(NamedTuple):
    """A note, and on which thing; None: on the case."""

    note: Note
    about: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A case with the things that bear a tag, or all."""

    shown: Mapping[ItemKind, Sequence[Shown]]  # those of each kind that there are
    tags: Sequence[tuple[str, int]]  # of all things in the case, the most frequent first
    notes: Sequence[Written]  # the newest first
    days: Sequence[tuple[date, Sequence[Shown]]]  # the day line
    exhibits: Sequence[tuple[int, Exhibit]]


def case_page(dossier: Dossier, tag: str, t: Wording) -> CasePage:
    """What the page of a case shows; a `tag` leaves out what does not bear it, "" nothing."""
    numbers = {key: number for number, key in enumerate(dossier.exhibits, 1)}
    wanted = [found for found in dossier.found if not tag or tag in found.item.tags]
    shown = [_shown(found, dossier, numbers, t) for found in wanted]
    by_kind = {kind: [each for each in shown if each.item.kind == kind] for kind in KINDS}
    needed = {number for each in shown for number in each.exhibits}
    tags = Counter(each for found in dossier.found for each in found.item.tags)
    return CasePage(
        shown={kind: each for kind, each in by_kind.items() if each},
        tags=sorted(tags.items(), key=lambda counted: (-counted[1], counted[0])),
        notes=_notes(dossier, shown, whole=not tag),
        days=_days(shown),
        exhibits=[(number, dossier.exhibits[key]) for key, number in numbers.items() if number in needed],
    )


def _notes(dossier: Dossier, shown: Iterable[Shown], *, whole: bool) -> list[Written]:
    written = [Written(note, None) for note in dossier.case.notes] if whole else []
    written += [Written(note, each) for each in shown for note in each.item.notes]
    return sorted(written, key=lambda each: each.note.made.at, reverse=True)


def _days(shown: Iterable[Shown]) -> list[tuple[date, list[Shown]]]:
    days: defaultdict[date, list[Shown]] = defaultdict(list)
    for each in shown:
        if each.day:
            days[each.day].append(each)
    return sorted(days.items())


def _shown(found: Found, dossier: Dossier, numbers: Mapping[str, int], t: Wording) -> Shown:
    anchor = f"i-{found.item.id[:12]}"
    if found.story:
        articles = dossier.stories[found.story.id].articles
        return Shown(
            item=found.item,
            anchor=anchor,
            title=story_title(dossier.subjects[found.story.id], t),
            words=Excerpt("", found.story.title, "", story_address(found.story.id)),
            lost="",
            day=found.story.first_day,
            story=found.story,
            exhibits=tuple(sorted(numbers[key] for key in articles if key in numbers)),
        )
    if found.reading is None:
        words = found.item.of.words if found.item.of else ""
        lost: Lost = "untold" if found.item.kind == "story" else "gone" if found.item.of else "forgotten"
        return Shown(item=found.item, anchor=anchor, words=Excerpt("", words, "", ""), lost=lost)
    return _of_article(found, found.reading, anchor, numbers, t)


def _of_article(found: Found, reading: Reading, anchor: str, numbers: Mapping[str, int], t: Wording) -> Shown:
    """An article, or a claim or event of one."""
    article, claim, event = reading.article, found.claim, found.event
    speaker = (claim.tellers[0].name or claim.tellers[0].words) if claim else None
    told = article.published.day if article.published else None
    return Shown(
        item=found.item,
        anchor=anchor,
        words=_words(found, reading),
        lost="" if found.ref else "finding",
        outlet=article.outlet or t.texts["unknown_outlet"],
        day=event.days.first if event and event.days else told,
        act=claim.act if claim else "",
        mark=MARK_OF_ACT[claim.act] if claim else "",
        speaker=_at(reading, speaker),
        happened=_happened(event, reading, t) if event else None,
        exhibits=(numbers[article.id],) if article.id in numbers else (),
    )


def _words(found: Found, reading: Reading) -> Excerpt:
    article = reading.article
    if found.item.kind == "article":
        return Excerpt("", article.title or f"{article.text[:90].rpartition(' ')[0]} …", "", article_address(article.id))
    if found.claim:
        return Excerpt("", _at(reading, found.claim.content), "", article_address(article.id, found.claim.content))
    span = found.event.trigger if found.event else found.item.of.span if found.item.of else Span(0, 0)
    return excerpt(reading, span)


def _at(reading: Reading, span: Span | None) -> str:
    return reading.article.text[slice(*span)] if span else ""


def _happened(event: Event, reading: Reading, t: Wording) -> Happened:
    link = event_place(event, reading.places)
    return Happened(
        kind=event.kind,
        status=event.status,
        place=place_meant(link, t) or _at(reading, event.place or event.within),
        precision=link.precision if link else "unknown",
        tolls=tuple((toll.kind, t.toll(toll)) for toll in event.tolls),
    )
