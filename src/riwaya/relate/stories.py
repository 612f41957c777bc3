"""Which passages are one happening: links and judgements in, groups of passages out.

Groups are joined from the most alike down, as long as their passages are on average alike enough (average linkage): one doubtful link
between two happenings joins nothing. Passages of one article are not compared with each other; they meet through other articles. Between
passages without a link stands 0; what a person joined counts as one passage. The result follows from links and judgements alone,
whatever their order.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from riwaya.records import Link
from riwaya.relate.judgements import Decided

JOINED = 0.55  # average score from which two groups are one happening

Pair = tuple[str, str]


class Groups:
    """Groups of passages while they are joined; a group is called by its smallest passage id."""

    def __init__(self, article_of: Mapping[str, str], links: Iterable[Link], decided: Decided) -> None:
        name_of = _names(article_of, decided.joined)
        self.members: dict[str, list[str]] = defaultdict(list)
        for passage in sorted(article_of):
            self.members[name_of[passage]].append(passage)
        self._articles = {name: Counter([article_of[name]]) for name in self.members}  # what a person joined counts as one
        self._size = dict.fromkeys(self.members, 1)
        self._sums: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        self._waiting: list[tuple[float, str, str]] = []
        for link in links:
            a, b = name_of[link.left], name_of[link.right]
            if article_of[a] != article_of[b] and a != b:
                self._sums[a][b] = self._sums[b][a] = max(link.score, self._sums[a].get(b, 0.0))
        for left, right in decided.apart:
            self._apart[name_of[left]].add(name_of[right])
            self._apart[name_of[right]].add(name_of[left])

    def joined(self) -> list[tuple[str, ...]]:
        """Join all that is alike enough; the groups, each sorted, in the order of their names."""
        self._waiting = [(-value, a, b) for a, sums in self._sums.items() for b, value in sums.items() if a < b and value >= JOINED]
        heapq.heapify(self._waiting)
        while self._waiting:
            value, a, b = heapq.heappop(self._waiting)
            if a in self.members and b in self.members and b not in self._apart[a] and -value == self._average(a, b):
                self._join(a, b)
        return [tuple(sorted(members)) for _, members in sorted(self.members.items())]

    def _average(self, a: str, b: str) -> float:
        """The average score of the pairs of passages of two groups that stand in different articles."""
        one, other = self._articles[a], self._articles[b]
        compared = self._size[a] * self._size[b] - sum([one[article] * other[article] for article in one.keys() & other.keys()])
        return self._sums[a].get(b, 0.0) / compared if compared else 0.0

    def _join(self, a: str, b: str) -> None:
        """Let group `b` go into group `a`, the one with the smaller name."""
        self.members[a] += self.members.pop(b)
        self._articles[a].update(self._articles.pop(b))
        self._size[a] += self._size.pop(b)
        gone = self._sums.pop(b, {})
        for other, value in gone.items():
            self._sums[other].pop(b)
            if other != a:
                total = self._sums[a].get(other, 0.0) + value
                self._sums[a][other] = self._sums[other][a] = total
        for other in self._apart.pop(b, ()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)
        for other in self._sums[a]:
            value = self._average(a, other)
            if value >= JOINED:
                heapq.heappush(self._waiting, (-value, min(a, other), max(a, other)))


def _names(passages: Iterable[str], joined: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The smallest passage with which each passage is joined, over others if need be."""
    name_of = {passage: passage for passage in passages}

    def name(passage: str) -> str:
        while name_of[passage] != passage:
            passage = name_of[passage]
        return passage

    for pair in joined:
        first, second = sorted(map(name, pair))
        name_of[second] = first
    return {passage: name(passage) for passage in name_of}


def groups_of(article_of: Mapping[str, str], links: Collection[Link], decided: Decided) -> list[tuple[str, ...]]:
    """The passages (each with its article's id) that tell one happening, as sorted groups in sorted order; one alone is its own group."""
    return Groups(article_of, links, decided).joined()
