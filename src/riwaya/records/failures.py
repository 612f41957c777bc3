"""What the world did to us."""

from dataclasses import dataclass

from riwaya.records.spans import record_id
from riwaya.records.vocabulary import FailureReason, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something the world did to us: stored, counted, shown; nothing else is lost by it."""

    id: str  # record_id("failure", stage, address, reason)
    stage: Stage
    address: str
    reason: FailureReason
    detail: str  # one sentence for a person


def failed(stage: Stage, address: str, reason: FailureReason, detail: str) -> Failure:
    """A failure, with its id."""
    return Failure(id=record_id("failure", stage, address, reason), stage=stage, address=address, reason=reason, detail=detail)
