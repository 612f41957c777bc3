"""Which outlet calls it what: the wordings of an actor, and the words for a happening, by outlet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from riwaya.arabic.fold import folded
from riwaya.records import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What an outlet calls an actor or a kind of happening, and how often."""

    what: str  # a key of the register of actors, or an event kind
    outlet: str
    words: str  # the register's wording, or the folded words for the happening
    times: int


def actor_wordings(readings: Iterable[Reading]) -> tuple[Called, ...]:
    """The wordings of each actor that these articles link, by outlet; the most used first within each."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for reading in readings:
        for link in reading.actors:
            if link.actor_id and link.wording:
                counts[link.actor_id, reading.article.outlet, link.wording] += 1
    return _called(counts)


def happening_wordings(readings: Iterable[Reading], events: Iterable[str]) -> tuple[Called, ...]:
    """The words by which each outlet names the happenings of these event ids, for each kind; the most used first within each."""
    told = frozenset(events)
    counts: Counter[tuple[str, str, str]] = Counter()
    for reading in readings:
        for event in reading.events:
            if event.id in told:
                counts[event.kind, reading.article.outlet, folded(reading.article.text[slice(*event.trigger)])] += 1
    return _called(counts)


def _called(counts: Counter[tuple[str, str, str]]) -> tuple[Called, ...]:
    rows = sorted(counts.items(), key=lambda row: (row[0][:2], -row[1], row[0][2]))
    return tuple(Called(what=what, outlet=outlet, words=words, times=times) for (what, outlet, words), times in rows)
