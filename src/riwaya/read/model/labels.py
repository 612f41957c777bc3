"""What the network decides: the labels of its heads and the parts its pointers look for, in the order of its outputs."""

from typing import get_args

from riwaya.records import Act, EventKind, MentionKind, Status, TollKind

NAME_KINDS: tuple[MentionKind, ...] = ("PER", "LOC", "ORG", "MISC")
TOLLS: tuple[TollKind, ...] = get_args(TollKind)
ACTS: tuple[Act, ...] = get_args(Act)
KINDS: tuple[EventKind, ...] = get_args(EventKind)
STATUSES: tuple[Status, ...] = get_args(Status)
CLAIM_PARTS = ("content", "speaker", "channel", "via", "name")
EVENT_PARTS = ("actor", "target", "place", "within", "when")


def _tags(*kinds: str) -> tuple[str, ...]:
    """Tags of a head that finds spans: outside, then first and inside of each kind."""
    return ("O", *(f"{part}-{kind}" for kind in kinds for part in "BI"))


HEADS: dict[str, tuple[str, ...]] = {
    "names": _tags(*NAME_KINDS),
    "cue": _tags("cue"),
    "trigger": _tags("trigger"),
    "toll": _tags(*TOLLS),
    "role": _tags("speaker", "channel", "via"),
    "opens": ("O", "content"),
    "closes": ("O", "content"),
}
