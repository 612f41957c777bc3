"""What lies in a case, as the library knows it now: after a new reading, after stories have merged, after captures were forgotten."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from riwaya.errors import NotFoundError
from riwaya.records import Anchor, Capture, Case, Claim, Event, Item, ItemKind, Reading, Span, Story
from riwaya.relate.judgements import covering
from riwaya.store import passages, query, stories
from riwaya.store.overview import Headline, headlines
from riwaya.store.stories import Listed
from riwaya.store.subjects import Subject, subjects_of

_BESIDE = 60  # letters of a passage by which a story is held where it tells no event
_Finding = TypeVar("_Finding", Claim, Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A thing in a case with what the library knows of it now. All but `item` None: the library has it no longer."""

    item: Item
    reading: Reading | None = None  # of its article
    claim: Claim | None = None  # the one that covers its words now
    event: Event | None = None
    story: Listed | None = None

    @property
    def ref(self) -> str:
        """The id that it has now; "" if it has none."""
        if self.item.kind == "story":
            return self.story.id if self.story else ""
        if self.reading is None:
            return ""
        finding = self.claim or self.event
        return self.reading.article.id if self.item.kind == "article" else finding.id if finding else ""


class Exhibit(NamedTuple):
    """An article that a case rests on, with the capture it was read from."""

    headline: Headline
    capture: Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A case with all that lies in it."""

    case: Case
    found: tuple[Found, ...]  # in the order in which they were put in
    exhibits: Mapping[str, Exhibit]  # by the id of the article; those of its items in their order, then those that tell its stories
    stories: Mapping[str, Story]  # by the ids that they have now
    subjects: Mapping[str, Subject]  # what these are about


class Target(NamedTuple):
    """What is to be put into a case."""

    kind: ItemKind
    ref: str
    of: Anchor


def dossier_of(connection: Connection, case: Case) -> Dossier:
    """A case with all that lies in it."""
    found = found_now(connection, case.present)
    told = {one.story.id: stories.story_of(connection, one.story.id) for one in found if one.story}
    own = [one.reading.article.id for one in found if one.reading]
    ids = list(dict.fromkeys([*own, *(key for story in told.values() for key in story.articles)]))
    named, captures = headlines(connection, ids), query.captures_of(connection, ids)
    exhibits = {key: Exhibit(named[key], captures[key]) for key in ids if key in captures}
    return Dossier(case=case, found=found, exhibits=exhibits, stories=told, subjects=subjects_of(connection, told))


def target_of(connection: Connection, ref: str) -> Target:
    """What has this id, or the beginning of one. Raises NotFoundError."""
    wanted = ref.strip().lower()
    try:
        article_id = query.article_with(connection, wanted)
    except NotFoundError as no_article:
        try:
            return _story_target(connection, stories.story_with(connection, wanted))
        except NotFoundError:
            raise no_article from None
    (found,) = query.readings(connection, [article_id])
    if article_id.startswith(wanted):
        return Target("article", article_id, _anchor(found, Span(0, 0)))
    for claim in found.claims:
        if claim.id.startswith(wanted):
            return Target("claim", claim.id, _anchor(found, claim.content))
    event = next(event for event in found.events if event.id.startswith(wanted))
    return Target("event", event.id, _anchor(found, event.trigger))


def _story_target(connection: Connection, story_id: str) -> Target:
    """A story, held by the words that name the happening in the first of its passages."""
    story = stories.story_of(connection, story_id)
    passage = passages.passage_with(connection, story.passages[0])
    (found,) = query.readings(connection, [passage.article_id])
    start = passage.span.start
    words = next((event.trigger for event in found.events if event.id in passage.events), Span(start, start + _BESIDE))
    return Target("story", story_id, _anchor(found, words))


def _anchor(found: Reading, span: Span) -> Anchor:
    words = found.article.text[slice(*span)]
    return Anchor(capture_id=found.article.capture_id or "", article_id=found.article.id, span=span, words=words)


def found_now(connection: Connection, items: Sequence[Item]) -> tuple[Found, ...]:
    """What the library knows now of some things."""
    wanted = [item.of.article_id for item in items if item.of and item.kind != "story"]
    there = list(headlines(connection, wanted))
    readings = {each.article.id: each for each in query.readings(connection, there)}
    ids = {item.id: key for item in items if item.kind == "story" and (key := _story(connection, item))}
    listed = {each.id: each for each in stories.list_of(connection, list(dict.fromkeys(ids.values())))}
    found = []
    for item in items:
        one = readings.get(item.of.article_id) if item.of and item.kind != "story" else None
        claims = one.claims if one and item.kind == "claim" else ()
        events = one.events if one and item.kind == "event" else ()
        found.append(
            Found(
                item=item,
                reading=one,
                claim=_covering(item, [(claim.content, claim) for claim in claims]),
                event=_covering(item, [(event.trigger, event) for event in events]),
                story=listed.get(ids.get(item.id, "")),
            )
        )
    return tuple(found)


def _story(connection: Connection, item: Item) -> str:
    """The id that a story has now: where its own leads, else that of the story that tells the words by which it was held; "" for none."""
    with suppress(NotFoundError):
        return stories.story_with(connection, item.ref)
    if item.of is None:
        return ""
    passage = covering(item.of, passages.passages_of(connection, [item.of.article_id]))
    near = stories.stories_with(connection, item.of.article_id)
    return next((key for key in near if passage in stories.story_of(connection, key).passages), "")


def _covering(item: Item, among: Sequence[tuple[Span, _Finding]]) -> _Finding | None:
    """The finding with the id that it had, else the one that shares most of its words; None: none shares any."""
    if item.of is None:
        return None
    (start, end), best, most = item.of.span, None, 0
    for span, finding in among:
        shared = min(end, span.end) - max(start, span.start)
        if finding.id == item.ref:
            return finding
        if shared > most:
            best, most = finding, shared
    return best
