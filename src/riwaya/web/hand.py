"""The case in hand: into which case somebody puts things with one press, and which cases hold a thing already."""

from collections.abc import Mapping
from functools import cached_property

from riwaya.casework import Cases
from riwaya.records import Case

COOKIE = "case"


class Hand:
    """Of one request; asks for the cases only if a page shows them. `chosen` is the id of the case that was last worked in, "" if none."""

    def __init__(self, cases: Cases, chosen: str) -> None:
        self._cases = cases
        self._chosen = chosen

    @cached_property
    def open(self) -> tuple[Case, ...]:
        """The open cases, the last changed first."""
        return tuple(case for case in self._cases.all() if case.closed is None)

    @property
    def case(self) -> Case | None:
        """The case in hand: the one last worked in, else the one last changed by anybody; None: there is no open case."""
        return next((case for case in self.open if case.id == self._chosen), self.open[0] if self.open else None)

    @cached_property
    def _holding(self) -> Mapping[str, tuple[Case, ...]]:
        return self._cases.holding()

    def holding(self, ref: str) -> tuple[Case, ...]:
        """The cases that hold the thing of this id."""
        return self._holding.get(ref, ())
