"""Where a page came from: what every article read from it carries on."""

from dataclasses import dataclass
from datetime import datetime

from riwaya.records import Failure, FailureReason, record_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The address of a page, and its capture if it was captured."""

    address: str
    capture_id: str | None = None
    captured_at: datetime | None = None

    def article_id(self, number: int) -> str:
        """The id of the article with this number on the page."""
        return record_id("article", self.capture_id or self.address, number)

    def failure(self, reason: FailureReason, detail: str) -> Failure:
        """That this page gave no article, and why, in one sentence."""
        return Failure(
            id=record_id("failure", "read", self.address, reason), stage="read", address=self.address, reason=reason, detail=detail
        )
