"""Settings: riwaya.toml and the environment, read once, handed down as plain arguments."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

from riwaya.errors import SettingsError
from riwaya.records import ReaderKind

FILE_NAME = "riwaya.toml"
PREFIX = "RIWAYA_"
_MOST = 10**12
_MAY_BE_ZERO = frozenset(["vectors", "jobs", "delay_seconds", "again_hours", "again_days", "loopback", "timestamp_rounds"])

TEMPLATE = """\
# This folder is a riwaya library. Settings that may stand here, with their defaults; the environment
# (RIWAYA_JOBS=4 ...) has the last word.
#
# reader = "model"           # "model": the neural reader beside the rules; "rules": the rules alone, some twenty times as fast
# threads = 1               # threads of the neural reader within one process
# vectors = 1                 # 1: the neural reader gives articles vectors, by which search finds what is said in other words; 0: none
# jobs = 0                    # processes that read pages; 0: one for each processor
# page_bytes = 20_000_000     # a larger page or file is not collected
# fetch_seconds = 30          # how long one address may take
# delay_seconds = 2           # between two requests to one host; a longer pause that its robots.txt asks for wins
# hosts_at_once = 16          # hosts that are asked side by side
# again_hours = 12            # a page is asked for again when so much time has passed ...
# again_days = 3              # ... for so long after it was first seen: what an outlet changes after publishing is news
# loopback = 0                # 1: addresses of this machine itself may be fetched
# contact = ""                # how those who run a site can reach you; servers are told it
# warc_bytes = 100_000_000    # a WARC file of this size is followed by a new one
#
# user = ""                   # who works with this library, as the custody log writes it; "": the name of the system's user
#
# Time-stamps attest to others when the manifest was as it is. They tell an outside server a hash, and when you work.
# timestamp_authority = ""    # address of an RFC 3161 authority; "": none is asked
# timestamp_roots = ""        # PEM file of the certificates that its signature must lead to; "": the signature is not checked
# timestamp_calendars = ""    # addresses of OpenTimestamps calendars, with blanks between them; "": none is asked
# timestamp_rounds = 0        # 1: each round of riwaya collect and riwaya watch is stamped, too; 0: only riwaya stamp stamps
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set; every value is a whole number or text."""

    reader: ReaderKind = "model"
    threads: int = 1
    vectors: int = 1
    jobs: int = 0
    page_bytes: int = 20_000_000
    fetch_seconds: int = 30
    delay_seconds: int = 2
    hosts_at_once: int = 16
    again_hours: int = 12
    again_days: int = 3
    loopback: int = 0
    contact: str = ""
    warc_bytes: int = 100_000_000
    user: str = ""
    timestamp_authority: str = ""
    timestamp_roots: str = ""
    timestamp_calendars: str = ""
    timestamp_rounds: int = 0


def load_settings(folder: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the library in `folder` (None: no library), overridden by RIWAYA_... variables of the environment.

    Raises SettingsError on a key that is not known, a value that is no whole number of 0 or more where one is needed, or no text
    of one line where that is, or broken TOML.
    """
    given: dict[str, object] = {}
    if folder:
        try:
            given |= tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise SettingsError(f"{folder / FILE_NAME} cannot be read as TOML: {error}") from error
    given |= {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    known = {field.name: field.type for field in fields(Settings)}
    for key in given:
        if key not in known:
            raise SettingsError(f"there is no setting {key!r}; the settings are {', '.join(known)}")
    return Settings(**{key: _value(key, value, known[key]) for key, value in given.items()})


def _value(key: str, value: object, kind: Any) -> Any:
    if kind is str:
        return _text(key, value)
    return _whole_number(key, value) if kind is int else _choice(key, value, get_args(kind))


def _choice(key: str, value: object, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise SettingsError(f"the setting {key!r} must be one of {', '.join(choices)}, not {value!r}")
    return str(value)


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or len(value.splitlines()) > 1:
        raise SettingsError(f"the setting {key!r} must be text of one line, not {value!r}")
    return value.strip()


def _whole_number(key: str, value: object) -> int:
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    least = 0 if key in _MAY_BE_ZERO else 1
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= _MOST:
        above = f" from {least} to {_MOST:,}" if least else ""
        raise SettingsError(f"the setting {key!r} must be a whole number{above}, not {value!r}")
    return number
