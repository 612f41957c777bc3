"""Where a page came from: what every article read from it carries on."""

from dataclasses import dataclass
from datetime import datetime

from riwaya.records import Failure, FailureReason, record_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The address of a page, its capture if it was captured, and where it says that it was served if it was taken from a file."""

    address: str
    stated: str = ""  # an http(s) address, "" if none is needed or stated
    capture_id: str | None = None
    captured_at: datetime | None = None

    @property
    def web_address(self) -> str:
        """Where the page was served, as far as is known: its own address if that is none of a file, else what the page states."""
        return self.stated or self.address

    def article_id(self, number: int) -> str:
        """The id of the article with this number on the page."""
        return record_id("article", self.capture_id or self.address, number)

    def failure(self, reason: FailureReason, detail: str) -> Failure:
        """That this page gave no article, and why, in one sentence."""
        return Failure(
            id=record_id("failure", "read", self.address, reason), stage="read", address=self.address, reason=reason, detail=detail
        )
