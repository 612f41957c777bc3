"""What persons decided about links, held against each other: a no always cuts, a yes always joins, the later of two that contradict wins.

A judgement is anchored to words at a place in an article; it is about the passage that covers them after every new reading.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from riwaya.records import Anchor, Judgement, Passage


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A judgement that later ones contradict: it decides nothing, and is kept."""

    judgement: str  # ids
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What judgements decide: pairs of passages that are one happening, pairs that are not, and what could not be honoured."""

    joined: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    contradictions: tuple[Contradiction, ...] = ()
    without_finding: tuple[str, ...] = ()  # judgements whose words no passage covers any more


def decided_by(judgements: Iterable[Judgement], passages: Iterable[Passage]) -> Decided:
    """What the judgements decide about these passages. Of one person's judgements about one pair the latest counts.

    Judgements are honoured from the latest back. A yes is passed over if it would join what a later no cuts, a no if it would cut what
    later yeses join; either is reported with the judgements that contradict it. The result does not depend on the order they come in.
    """
    by_article: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_article[passage.article_id].append(passage)
    latest: dict[tuple[str, str, str], Judgement] = {}
    lost = []
    for judgement in sorted(judgements, key=lambda one: (one.at, one.id)):
        pair = _pair(judgement, by_article)
        if pair is None:
            lost.append(judgement.id)
        else:
            latest[(judgement.by, *pair)] = judgement
    parts = _Parts()
    contradictions = []
    for (_, left, right), judgement in sorted(latest.items(), key=lambda item: (item[1].at, item[1].id), reverse=True):
        against = parts.against(judgement, left, right)
        if against:
            contradictions.append(Contradiction(judgement.id, tuple(against)))
        elif judgement.verdict != "unsure":
            parts.take(judgement, left, right)
    return Decided(parts.joined, parts.apart, tuple(contradictions), tuple(lost))


class _Parts:
    """What the judgements honoured so far join and cut: for each passage the others, with the judgement that says so."""

    def __init__(self) -> None:
        self._joined: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._apart: defaultdict[str, dict[str, str]] = defaultdict(dict)

    @property
    def joined(self) -> frozenset[tuple[str, str]]:
        """The pairs that a yes joins, each sorted."""
        return frozenset((one, other) for one, others in self._joined.items() for other in others if one < other)

    @property
    def apart(self) -> frozenset[tuple[str, str]]:
        """The pairs that a no cuts, each sorted."""
        return frozenset((one, other) for one, others in self._apart.items() for other in others if one < other)

    def take(self, judgement: Judgement, left: str, right: str) -> None:
        """Honour a judgement."""
        parts = self._joined if judgement.verdict == "yes" else self._apart
        parts[left][right] = parts[right][left] = judgement.id

    def against(self, judgement: Judgement, left: str, right: str) -> list[str]:
        """The honoured judgements with which this one cannot stand."""
        if judgement.verdict == "unsure":
            return []
        reached = self._reached(left)
        if judgement.verdict == "no":
            return self._way(reached, left, right)
        second = self._reached(right)
        return sorted({key for one in reached for other, key in self._apart.get(one, {}).items() if other in second})

    def _way(self, reached: dict[str, tuple[str, str]], start: str, end: str) -> list[str]:
        """The judgements that join two passages, over others if need be; empty where they are not joined."""
        found = []
        while end != start and end in reached:
            end, key = reached[end]
            found.append(key)
        return sorted(found)

    def _reached(self, start: str) -> dict[str, tuple[str, str]]:
        """Every passage joined with `start`: from where it was reached, and by which judgement."""
        reached, waiting = {start: (start, "")}, deque([start])
        while waiting:
            at = waiting.popleft()
            for other, key in sorted(self._joined.get(at, {}).items()):
                if other not in reached:
                    reached[other] = (at, key)
                    waiting.append(other)
        return reached


def _pair(judgement: Judgement, by_article: Mapping[str, Sequence[Passage]]) -> tuple[str, str] | None:
    left, right = (covering(anchor, by_article.get(anchor.article_id, ())) for anchor in (judgement.left, judgement.right))
    if left is None or right is None or left == right:
        return None
    return (left, right) if left < right else (right, left)


def covering(anchor: Anchor, passages: Sequence[Passage]) -> str | None:
    """The id of that of an article's passages which covers most of the words that a judgement was about; None: none covers any."""
    shared = [(min(anchor.span.end, p.span.end) - max(anchor.span.start, p.span.start), p.id) for p in passages]
    most, key = max(shared, default=(0, ""))
    return key if most > 0 else None
