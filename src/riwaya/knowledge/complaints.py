"""What is wrong with one line of a list of places or actors."""

from typing import NamedTuple


class Complaint(NamedTuple):
    """A line that cannot be used, and why."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"
