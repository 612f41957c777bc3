"""Accounting: what a library knows of happenings that many articles tell. It relates, lists stories, and keeps what people judge."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, get_args

from sqlalchemy import Connection, Engine

from riwaya.errors import LibraryError, NotFoundError
from riwaya.gathering import decided, explained, gather, gather_anew, settle
from riwaya.preserve.custody import Custody
from riwaya.records import (
    Admiralty,
    Anchor,
    Copy,
    Grade,
    Judgement,
    Link,
    Passage,
    Reading,
    Story,
    Verdict,
    record_id,
)
from riwaya.relate.accounts import teller_key
from riwaya.relate.judgements import Contradiction
from riwaya.relate.related import RelatedArticle, related_articles
from riwaya.relate.relating import Related
from riwaya.relate.tolls import Coded, SaidToll, coded_values, tolls_said
from riwaya.relate.wording import Called, actor_wordings, happening_wordings
from riwaya.store import copies, judged, passages, query, stories
from riwaya.store.sqlite import reading
from riwaya.store.stories import Listed, Wanted
from riwaya.workers.lock import alone

Progress = Callable[[int, int], None]


class Brought(NamedTuple):
    """What `Accounting.relate` did, and what there is now."""

    articles: int  # newly related
    stories: int  # in the library
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A story with all that a page on it shows."""

    story: Story
    readings: Mapping[str, Reading]  # of its articles, its reactions and those that carry its accounts, by article id
    tolls: tuple[SaidToll, ...]
    coded: tuple[Coded, ...]  # what ACLED, UCDP GED and Airwars would write, each with its rule
    copies: tuple[Copy, ...]  # among its articles
    asked: str  # the id it was asked by, where that leads here; "" else


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One passage of a link, with where it stands."""

    passage: Passage
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A link with both its sides, for a person to judge."""

    link: Link
    left: Side
    right: Side
    judgements: tuple[Judgement, ...]  # on these two passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All that people judged about passages, and what of it cannot stand."""

    judgements: tuple[Judgement, ...]  # the oldest first
    contradictions: tuple[Contradiction, ...]  # those that later ones contradict: they decide nothing
    without_finding: tuple[str, ...]  # ids of those whose words no passage covers any more


class Accounting:
    """The accounts of one library; `Library.accounting`."""

    def __init__(self, folder: Path, engine: Engine, custody: Custody) -> None:
        self._folder = folder
        self._engine = engine
        self._custody = custody

    def unrelated(self) -> int:
        """How many articles were read and are not related yet."""
        with reading(self._engine).connect() as connection:
            return passages.unrelated_count(connection)

    def relate(self, *, anew: bool = False, progress: Progress | None = None) -> Brought:
        """Relate all articles that are not related yet; resumable. Raises LibraryError if another process is relating.

        `anew`: count how rare words are in the library now, and relate everything by that.
        """
        with alone(self._folder / "relate.lock", "relating the articles of this library"):
            articles = (gather_anew if anew else gather)(self._engine, progress)
        with reading(self._engine).connect() as connection:
            return Brought(articles=articles, stories=stories.count(connection, Wanted()), copies=copies.count(connection))

    def count(self, wanted: Wanted | None = None) -> int:
        """How many stories there are of those that are wanted (None: all)."""
        with reading(self._engine).connect() as connection:
            return stories.count(connection, wanted or Wanted())

    def stories(self, wanted: Wanted | None = None, *, limit: int = 20, offset: int = 0) -> tuple[Listed, ...]:
        """The stories that are wanted (None: all), in their order."""
        with reading(self._engine).connect() as connection:
            return stories.listed(connection, wanted or Wanted(), limit, offset)

    def story(self, beginning: str) -> Shown:
        """The story that has this id or its beginning; an id of a story that went into another leads there. Raises NotFoundError."""
        with reading(self._engine).connect() as connection:
            story_id = stories.story_with(connection, beginning)
            story = stories.story_of(connection, story_id)
            carriers = {key for account in story.accounts for key in account.carried_by}
            ids = sorted({*story.articles, *story.reactions, *carriers})
            readings = {one.article.id: one for one in query.readings(connection, ids)}
            found = copies.copies_of(connection, ids)
        said = tolls_said(story.accounts, readings)
        return Shown(
            story=story,
            readings=readings,
            tolls=said,
            coded=coded_values(said),
            copies=tuple(copy for copy in found if copy.original in readings and copy.copy in readings),
            asked="" if story_id.startswith(beginning.strip().lower()) else beginning,
        )

    def stories_of(self, beginning: str) -> tuple[Listed, ...]:
        """The stories that the article of this id, or of this claim or event, tells or reacts to. Raises NotFoundError."""
        with reading(self._engine).connect() as connection:
            article = query.article_with(connection, beginning)
            return stories.list_of(connection, stories.stories_with(connection, article))

    def related(self, beginning: str, *, limit: int = 10) -> tuple[RelatedArticle, ...]:
        """The articles most closely related to the one of this id, with why. Raises NotFoundError."""
        with reading(self._engine).connect() as connection:
            article = query.article_with(connection, beginning)
            own = passages.passages_of(connection, [article])
            links = passages.links_of(connection, [one.id for one in own])
            others = {key for link in links for key in (link.left, link.right)} - {one.id for one in own}
            around = Related(
                passages=(*own, *passages.passages_with(connection, others)),
                links=links,
                stories=tuple(stories.story_of(connection, key) for key in stories.stories_with(connection, article)),
                redirects={},
                copies=copies.copies_of(connection, [article]),
                contradictions=(),
                without_finding=(),
            )
            return related_articles(article, around, limit, partial(explained, connection))

    def wording(self, what: str) -> tuple[Called, ...]:
        """Which outlet calls it what: the happenings of the story of this id, with its actors, or an actor by the key of the register.

        Raises NotFoundError if it is neither.
        """
        with reading(self._engine).connect() as connection:
            ids = query.articles_naming(connection, what)
            readings = list(query.readings(connection, ids))
        if readings:
            return tuple(called for called in actor_wordings(readings) if called.what == what)
        shown = self.story(what)
        events = {key for account in shown.story.accounts for key in account.events}
        told = [shown.readings[key] for key in shown.story.articles]
        return (*happening_wordings(told, events), *actor_wordings(told))

    def to_review(self, *, limit: int = 20) -> tuple[Proposed, ...]:
        """The links that are most worth a person's look: those that the reasons leave open, and that nobody has judged."""
        with reading(self._engine).connect() as connection:
            made = judged.all_judgements(connection)
            found = (_proposed(connection, link, made) for link in passages.unsure_links(connection, limit + len(made)))
            return tuple([one for one in found if not one.judgements][:limit])

    def link(self, beginning: str) -> Proposed:
        """The link of this id or its beginning with both its sides. Raises NotFoundError."""
        with reading(self._engine).connect() as connection:
            link = passages.link_with(connection, beginning)
            if link is None:
                raise NotFoundError(f"No link has the id {beginning!r}.")
            return _proposed(connection, link, judged.all_judgements(connection))

    def judge(self, verdict: Verdict, left: str, right: str = "", *, by: str = "", note: str = "") -> Judgement:
        """Keep what a person decided about two passages (their ids), or about a link (its id alone). It is never lost; a new one undoes it.

        Raises NotFoundError. `by`: the name of who judges; by default who works with the library.
        """
        with self._engine.begin() as connection:
            link = None if right else passages.link_with(connection, left)
            if link is None and not right:
                raise NotFoundError(f"No link has the id {left!r}; two passages need two ids.")
            ids = (link.left, link.right) if link else (left, right)
            anchors = [_anchor(connection, passages.passage_with(connection, key)) for key in ids]
            at = datetime.now(UTC)
            by = by or self._custody.who
            key = record_id("judgement", *anchors, verdict, by, at.isoformat())
            made = Judgement(id=key, left=anchors[0], right=anchors[1], verdict=verdict, by=by, at=at, note=note)
            before = decided(connection)
            self._custody.judge(made, at)
            judged.add_judged(connection, [made])
            after = decided(connection)
            changed = {key for pair in (before.joined ^ after.joined) | (before.apart ^ after.apart) for key in pair}
            passages.loosen(connection, changed)
        with suppress(LibraryError), alone(self._folder / "relate.lock", "relating the articles of this library"):
            settle(self._engine)  # where another process is relating, it counts when that one relates again
        return made

    def judgements(self) -> Judged:
        """All that people judged about passages."""
        with reading(self._engine).connect() as connection:
            made, now = judged.all_judgements(connection), decided(connection)
        return Judged(judgements=made, contradictions=now.contradictions, without_finding=now.without_finding)

    def grade(self, beginning: str, grade: Admiralty, *, by: str = "", note: str = "") -> Grade:
        """Keep a person's grade: a letter for the teller of the claim of this id, a digit for what the claim says. Raises NotFoundError."""
        if grade not in get_args(Admiralty):
            raise NotFoundError(f"{grade!r} is no grade: A to F for a teller, 1 to 6 for a claim.")
        with self._engine.begin() as connection:
            (found,) = query.readings(connection, [query.article_with(connection, beginning)])
            claim = next((one for one in found.claims if one.id.startswith(beginning.strip().lower())), None)
            if claim is None:
                raise NotFoundError(f"No claim has the id {beginning!r}.")
            words = found.article.text[slice(*claim.content)]
            anchor = Anchor(capture_id=found.article.capture_id or "", article_id=found.article.id, span=claim.content, words=words)
            teller = teller_key(claim.tellers[0], found) if grade.isalpha() else ""
            at, by = datetime.now(UTC), by or self._custody.who
            key = record_id("grade", anchor, teller, grade, by, at.isoformat())
            made = Grade(id=key, grade=grade, teller=teller, of=anchor, by=by, at=at, note=note)
            self._custody.judge(made, at)
            judged.add_judged(connection, [made])
        return made

    def grades(self) -> tuple[Grade, ...]:
        """All grades, the oldest first."""
        with reading(self._engine).connect() as connection:
            return judged.all_grades(connection)


def _anchor(connection: Connection, passage: Passage) -> Anchor:
    (found,) = query.readings(connection, [passage.article_id])
    words = found.article.text[slice(*passage.span)]
    return Anchor(capture_id=found.article.capture_id or "", article_id=passage.article_id, span=passage.span, words=words)


def _proposed(connection: Connection, link: Link, made: Sequence[Judgement]) -> Proposed:
    sides = []
    for key in (link.left, link.right):
        passage = passages.passage_with(connection, key)
        (found,) = query.readings(connection, [passage.article_id])
        sides.append(Side(passage=passage, reading=found))
    left, right = sides
    return Proposed(
        link=explained(connection, link),
        left=left,
        right=right,
        judgements=tuple(one for one in made if _is_on(one, left.passage, right.passage)),
    )


def _is_on(judgement: Judgement, left: Passage, right: Passage) -> bool:
    """Whether a judgement is about words of these two passages."""

    def covers(passage: Passage, anchor: Anchor) -> bool:
        meet = max(anchor.span.start, passage.span.start) < min(anchor.span.end, passage.span.end)
        return meet and anchor.article_id == passage.article_id

    one, other = judgement.left, judgement.right
    return (covers(left, one) and covers(right, other)) or (covers(left, other) and covers(right, one))
