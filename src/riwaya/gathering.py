"""Gathering: a library's new articles are brought together with those of the days around them, step by step.

Outlined: the passages of each new article are noted. Compared: copies are told, day by day. Linked: each new passage is compared with
those of near days. Grouped: what a new link may have changed is joined anew. Each step commits as it goes and finds in the store what is
left to do, and looks at the days around what is new.

With the same counts of words the result is that of `riwaya.relate.relating.relate` over all articles at once, in whatever order they
came: a small library takes the counts of our written corpus; one of a thousand passages counts its own, once, until it is rebuilt.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from sys import intern
from typing import NamedTuple

import msgspec
import numpy as np
from sqlalchemy import Connection, Engine

from riwaya.arabic.words import tokens_in
from riwaya.records import Copy, Link, Passage, Reading, Span, Story, event_place
from riwaya.relate.candidates import NEAR_DAYS, Window
from riwaya.relate.copies import Hashed, copies_of_day, prints_among, runs_of
from riwaya.relate.frequencies import Frequencies, frequencies_of, written_frequencies
from riwaya.relate.judgements import Decided, decided_by
from riwaya.relate.lasting import lasting_ids, story_id
from riwaya.relate.relating import groups_among, stories_in
from riwaya.relate.score import link_between
from riwaya.relate.sketches import Outline, Sketch, outlines_of, sketch_of, words_in
from riwaya.relate.stories import JOINED
from riwaya.store import copies, judged, passages, query, stories
from riwaya.store.copies import Text
from riwaya.store.passages import Outlined, OutlinedPassage
from riwaya.store.sqlite import reading, take_statistics
from riwaya.store.stories import Told

Progress = Callable[[int, int], None]

_ARTICLES = 50  # in one transaction
_STORIES = 50  # in one transaction
_COUNTED_FROM = 1000  # passages: a library that has as many counts how rare words are in it; before, our written corpus tells
_LEAST_COUNT = 2  # a word met once is as rare as one that was never met


def gather(engine: Engine, progress: Progress | None = None) -> int:
    """Relate all that is not related yet, and say how many articles that was; interrupted, the next call goes on with it.

    `progress` counts articles, then passages.
    """
    with reading(engine).connect() as connection:
        total = passages.unrelated_count(connection)
    done = 0
    while count := _outline_some(engine):
        done += count
        if progress:
            progress(done, max(done, total))
    with engine.begin() as connection:
        if passages.stored_frequencies(connection) is None:
            _count_words(connection)
    settle(engine, progress)
    if done:
        with engine.begin() as connection:
            take_statistics(connection)
    return done


def gather_anew(engine: Engine, progress: Progress | None = None) -> int:
    """Count how rare words are in the library as it is now, and relate everything anew by that."""
    with engine.begin() as connection:
        _count_words(connection)
    return gather(engine, progress)


def _count_words(connection: Connection) -> None:
    """Count in how many passages each word stands, where there are enough of them. From then on everything is linked by that."""
    outlines = (msgspec.msgpack.decode(one, type=Outline) for one in passages.all_outlines(connection))
    counted = frequencies_of(outline.terms for outline in outlines)
    if counted.passages - written_frequencies().passages >= _COUNTED_FROM:
        known = {word: count for word, count in counted.counts.items() if count >= _LEAST_COUNT}
        passages.take_frequencies(connection, counted.passages, msgspec.msgpack.encode(known))


def _frequencies(connection: Connection) -> Frequencies:
    stored = passages.stored_frequencies(connection)
    return _stored_frequencies(*stored) if stored else written_frequencies()


@lru_cache(maxsize=2)
def _stored_frequencies(passages: int, counts: bytes) -> Frequencies:
    return Frequencies(passages, msgspec.msgpack.decode(counts, type=dict[str, int]))


def settle(engine: Engine, progress: Progress | None = None) -> None:
    """Compare, link and group what is outlined or was judged."""
    with engine.begin() as connection:
        passages.set_judged(connection, _judged_passages(decided(connection)))
    while _compare_a_day(engine):
        pass
    with reading(engine).connect() as connection:
        total = passages.count_at(connection, "outlined")
        near = _Near(_frequencies(connection))
    done = 0
    while count := _link_a_day(engine, near):
        done += count
        if progress:
            progress(done, max(done, total))
    while _group(engine):
        pass


def decided(connection: Connection) -> Decided:
    """What people's judgements decide about the passages as they are now."""
    made = judged.all_judgements(connection)
    ids = {anchor.article_id for one in made for anchor in (one.left, one.right)}
    return decided_by(made, passages.passages_of(connection, ids))


def explained(connection: Connection, link: Link) -> Link:
    """A stored link with the reasons for and against it."""
    near = _Near(_frequencies(connection))
    outlines = passages.outlines_with(connection, (link.left, link.right))
    found = link_between(near.sketch(outlines[link.left]), near.sketch(outlines[link.right]))
    return replace(link, reasons=found.reasons) if found else link


def _judged_passages(decided: Decided) -> set[str]:
    return {passage for pair in decided.joined | decided.apart for passage in pair}


def _outline_some(engine: Engine) -> int:
    with engine.begin() as connection:
        captured = passages.next_unrelated(connection, _ARTICLES)
        found = [_outlined(one, captured[one.article.id]) for one in query.readings(connection, list(captured))]
        passages.note_outlined(connection, found)
    return len(found)


def _outlined(reading: Reading, captured: date) -> Outlined:
    """What relating keeps of an article. It is placed on its day of publication; without one, or with one that had not come yet when it
    was captured, on the day of that."""
    published = reading.article.published
    day = min(published.day, captured + timedelta(days=1)) if published else captured
    tokens = tokens_in(reading.article.text)
    found = []
    for outline in outlines_of(reading, tokens):
        content = msgspec.msgpack.encode(replace(outline, day=day))
        found.append(
            OutlinedPassage(passage=outline.passage, outline=content, runs=runs_of(words_in(tokens, outline.passage.span)).tobytes())
        )
    runs = runs_of(words_in(tokens, Span(0, len(tokens.text)))).tobytes()
    return Outlined(article_id=reading.article.id, day=day, runs=runs, passages=tuple(found))


def _hashed(text: Text) -> Hashed:
    return Hashed(text.id, text.day, np.frombuffer(text.runs, np.uint32))


def _compare_a_day(engine: Engine) -> bool:
    """Tell the copies of the earliest day that is to be compared; where its originals change, the days after it are to be, too."""
    with engine.begin() as connection:
        marked = copies.first_marked_day(connection)
        if marked is None:
            return False
        day = marked.day
        first, last = _days_before(day), day - timedelta(days=1) if day > date.min else day
        known = copies.copies_between(connection, first, day)
        articles = copies.article_texts(connection, first, day)
        here = {text.id for text in articles if text.day == day}
        old = [copy for copy in known if copy.copy in here]
        found = _copies_on(day, articles, prints_among(copy for copy in known if copy.copy not in here))
        copies.replace_copies(connection, old, found)
        copies.note_prints(connection, here, prints_among(found))
        before = copies.prints_between(connection, first, last) if first < day else {}
        was = copies.prints_between(connection, day, day)
        prints = prints_among(_copies_on(day, copies.passage_texts(connection, first, day), before))
        changed = {key: prints.get(key) for key in {*was, *prints} if was.get(key) != prints.get(key)}
        passages.set_originals(connection, changed)
        copies.unmark_day(connection, day)
        if marked.changed or changed or prints_among(old).keys() != prints_among(found).keys():
            later = _days_after(day)
            after = copies.days_with_texts(connection, day, later) - {day}
            copies.mark_days(connection, after, changed=False)
    return True


def _copies_on(day: date, texts: Iterable[Text], prints: Collection[str]) -> list[Copy]:
    """The copies among the texts of a day; of the texts of the days before it the originals count, which are no `prints`."""
    hashed = [_hashed(text) for text in texts if text.day == day or text.id not in prints]
    return copies_of_day([one for one in hashed if one.day == day], [one for one in hashed if one.day != day])


def _days_before(day: date) -> date:
    return date.fromordinal(max(1, day.toordinal() - NEAR_DAYS))


def _days_after(day: date) -> date:
    return date.fromordinal(min(date.max.toordinal(), day.toordinal() + NEAR_DAYS))


class _Near:
    """The sketches of linked passages of near days, kept from one day to the next."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._days: dict[date, list[Sketch]] = {}

    def around(self, connection: Connection, day: date) -> Iterator[Sketch]:
        """The sketches of all passages of near days that are linked."""
        first, last = _days_before(day).toordinal(), _days_after(day).toordinal()
        wanted = [date.fromordinal(number) for number in range(first, last + 1)]
        known = self._days
        self._days = {each: known.get(each) or [self.sketch(one) for one in passages.linked_on(connection, each)] for each in wanted}
        return (sketch for sketches in self._days.values() for sketch in sketches)

    def sketch(self, outline: bytes) -> Sketch:
        """The sketch of a stored outline."""
        found = msgspec.msgpack.decode(outline, type=Outline)
        return sketch_of(replace(found, words={intern(word): count for word, count in found.words.items()}), self._frequencies)

    def add(self, day: date, sketches: Iterable[Sketch]) -> None:
        """These passages are linked now."""
        self._days[day] = [*self._days[day], *sketches]


def _link_a_day(engine: Engine, near: _Near) -> int:
    """Link the passages of the earliest day that has some to link; how many they were."""
    with engine.begin() as connection:
        day = passages.day_to_link(connection)
        if day is None:
            return 0
        waiting = passages.to_link(connection, day)
        new = [near.sketch(outline) for outline in waiting.values() if outline is not None]
        if new:
            window = Window(near.around(connection, day))
            for sketch in new:
                window.add(sketch)
            passages.add_links(connection, _links(new, window))
            near.add(day, new)
        passages.set_stage(connection, waiting, "linked")
    return len(waiting)


def _links(new: Iterable[Sketch], window: Window) -> list[Link]:
    found: dict[str, Link] = {}
    seen: set[tuple[str, str]] = set()
    for sketch in new:
        for other in window.candidates(sketch):
            pair = min(sketch.id, other.id), max(sketch.id, other.id)
            if pair not in seen and (link := link_between(sketch, other)):
                found[link.id] = link
            seen.add(pair)
    return list(found.values())


class _Grouping(NamedTuple):
    """Passages by the happening they tell, as it follows from the store as it was when so much had been judged."""

    judged: int
    passages: dict[str, Passage]  # all that were looked at, by id
    prints: dict[str, str]
    told: dict[str, list[str]]  # the groups that two articles or more are in, by the id that their story is to have
    changed: list[str]  # those of these ids whose story is to be written
    before: frozenset[str]  # ids of the stories that any of the passages were in
    redirects: Mapping[str, str]


def _group(engine: Engine) -> bool:
    """Group the passages that are linked and not grouped yet, with all that they hang together with; whether there were some.

    What is found is written story by story, as long as nobody judges or takes articles out meanwhile: then it is to be done again.
    """
    with reading(engine).connect() as connection:
        seeds = passages.at(connection, "linked")
        if not seeds:
            return False
        found = _grouping(connection, seeds)
    written: set[str] = set()
    for first in range(0, len(found.changed), _STORIES):
        some = {key: found.told[key] for key in found.changed[first : first + _STORIES]}
        ids = {key for group in some.values() for key in group}
        with engine.begin() as connection:
            if not _still_holds(connection, found, ids):
                return True
            stories.drop_stories(connection, stories.members_of(connection, ids))
            readings = _readings(connection, {found.passages[key].article_id for key in ids})
            told = [_told(story, readings) for story in stories_in(some.items(), found.passages, readings, found.prints)]
            stories.write_stories(connection, told)
            written |= {each.story.id for each in told}
    with engine.begin() as connection:
        if _still_holds(connection, found, found.passages):
            kept = written | (found.told.keys() - set(found.changed))
            stories.drop_stories(connection, found.before - kept)
            stories.redirect(connection, {old: new for old, new in found.redirects.items() if new in kept})
            passages.set_stage(connection, found.passages, "grouped")
    return True


def _still_holds(connection: Connection, found: _Grouping, ids: Collection[str]) -> bool:
    return judged.count(connection) == found.judged and passages.are_there(connection, ids)


def _grouping(connection: Connection, seeds: Mapping[str, date]) -> _Grouping:
    made = decided(connection)
    ids = _hanging_together(connection, seeds, made)
    here = {one.id: one for one in passages.passages_with(connection, ids)}
    article_of = {one.id: one.article_id for one in here.values()}
    prints = {key: original for key, original in passages.originals_of(connection, ids).items() if original in here}
    unjudged = {key: original for key, original in prints.items() if key not in _judged_passages(made)}
    among = replace(made, joined=_among(made.joined, here), apart=_among(made.apart, here))
    groups = groups_among(article_of, passages.scores_among(connection, ids), among, unjudged)
    before = stories.members_of(connection, ids)
    lasting = lasting_ids(before, groups, _taken(connection, groups))
    told = {key: sorted(group) for key, group in zip(lasting.ids, groups, strict=True) if len({article_of[one] for one in group}) > 1}
    return _Grouping(
        judged=judged.count(connection),
        passages=here,
        prints=prints,
        told=told,
        changed=[key for key, group in told.items() if tuple(group) != before.get(key) or not seeds.keys().isdisjoint(group)],
        before=frozenset(before),
        redirects=lasting.redirects,
    )


def _readings(connection: Connection, articles: Collection[str]) -> dict[str, Reading]:
    return {one.article.id: one for batch in passages.batches(articles) for one in query.readings(connection, batch)}


def _hanging_together(connection: Connection, seeds: Mapping[str, date], decided: Decided) -> set[str]:
    """These passages with what their groups may depend on: what links of JOINED or more lead to on near days, since no group is joined
    over weaker ones, and the whole stories, prints and judged pairs of all of these."""
    first, last = _days_before(min(seeds.values())), _days_after(max(seeds.values()))
    reached, waiting = set(seeds), set(seeds)
    while waiting:
        waiting = passages.near(connection, waiting, JOINED, first, last) - reached
        reached |= waiting
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in decided.joined:
        joined[one].add(other)
        joined[other].add(one)
    waiting = reached
    while waiting:
        waiting = passages.tied_to(connection, waiting).union(*(joined[key] for key in waiting)) - reached
        reached = reached | waiting
    return reached


def _among(pairs: Iterable[tuple[str, str]], ids: Collection[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for pair in pairs if pair[0] in ids and pair[1] in ids)


def _taken(connection: Connection, groups: Iterable[Collection[str]]) -> frozenset[str]:
    """The ids that stories have or had among those that these groups might be given."""
    taken: set[str] = set()
    firsts, attempt = {min(group) for group in groups}, 1
    while firsts:
        wanted = {story_id(first, attempt): first for first in firsts}
        known = stories.known_ids(connection, wanted)
        taken |= known
        firsts, attempt = {wanted[key] for key in known}, attempt + 1
    return frozenset(taken)


def _told(story: Story, readings: Mapping[str, Reading]) -> Told:
    articles = [readings[key].article for key in story.articles]
    days = [article.published.day for article in articles if article.published]
    told = {key for account in story.accounts for key in account.events}
    events = [(event, readings[key]) for key in story.articles for event in readings[key].events if event.id in told]
    places = (event_place(event, reading.places) for event, reading in events)
    return Told(
        story=story,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        outlets=len({article.outlet for article in articles}),
        kinds=tuple(sorted({event.kind for event, _ in events})),
        countries=tuple(sorted({place.country for place in places if place and place.country})),
    )
