"""Story ids last: a story that grows keeps its id, and the id of one that went into another leads to it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from riwaya.records import record_id


@dataclass(frozen=True, slots=True)
class Lasting:
    """The id of each group, in the order of the groups, and where the ids lead that no group has any more."""

    ids: tuple[str, ...]
    redirects: Mapping[str, str]  # an id whose passages are all gone leads nowhere and is not in it


def lasting_ids(before: Mapping[str, Collection[str]], groups: Sequence[Collection[str]], taken: Collection[str] = ()) -> Lasting:
    """Ids for these groups of passages, given the stories there were before by id, each with its passages.

    An old id goes to the group that holds most of its passages; of several old ids one group keeps the one it shares most with, then the
    smaller, and the others redirect to it. A group without an old id gets one computed from its first passage, which is none of those
    `taken`.
    """
    group_of = {passage: number for number, group in enumerate(groups) for passage in group}
    shares = {key: Counter(group_of[p] for p in passages if p in group_of) for key, passages in before.items()}
    heirs = {key: min(share, key=lambda number: (-share[number], number)) for key, share in shares.items() if share}
    kept: dict[int, str] = {}
    for key, number in sorted(heirs.items(), key=lambda heir: (-shares[heir[0]][heir[1]], heir[0])):
        kept.setdefault(number, key)
    ids = tuple(kept.get(number) or _new_id(min(group), {*before, *taken}) for number, group in enumerate(groups))
    return Lasting(ids, {key: ids[number] for key, number in sorted(heirs.items()) if ids[number] != key})


def _new_id(first: str, taken: Collection[str]) -> str:
    """An id no story had before, since what was torn off must not take the id of what it was torn from."""
    return next(key for attempt in count(1) if (key := story_id(first, attempt)) not in taken)


def story_id(first: str, attempt: int = 1) -> str:
    """The id that a story may be given after its first passage; the next attempt where that is taken."""
    return record_id("story", first) if attempt == 1 else record_id("story", first, attempt)
