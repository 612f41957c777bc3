"""riwaya: reads Arabic news into a ledger of accounts."""

from typing import TYPE_CHECKING, Any

from riwaya.errors import ArchiveError, LibraryError, NotFoundError, RiwayaError, SettingsError
from riwaya.records import (
    Article,
    Capture,
    Claim,
    Days,
    Event,
    Failure,
    Mention,
    NotCounted,
    Published,
    Reading,
    SetAside,
    Span,
    Teller,
    Toll,
)

if TYPE_CHECKING:
    from riwaya.library import Library, read_page
    from riwaya.read.text import read_text

__all__ = [
    "ArchiveError",
    "Article",
    "Capture",
    "Claim",
    "Days",
    "Event",
    "Failure",
    "Library",
    "LibraryError",
    "Mention",
    "NotCounted",
    "NotFoundError",
    "Published",
    "Reading",
    "RiwayaError",
    "SetAside",
    "SettingsError",
    "Span",
    "Teller",
    "Toll",
    "read_page",
    "read_text",
]

_LATE = {"Library": "riwaya.library", "read_page": "riwaya.library", "read_text": "riwaya.read.text"}


def __getattr__(name: str) -> Any:
    """Import what takes time when it is asked for."""
    if name not in _LATE:
        raise AttributeError(f"module 'riwaya' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATE[name]), name)
