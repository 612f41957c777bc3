"""Settings: riwaya.toml and the environment, read once, handed down as plain arguments."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from riwaya.errors import SettingsError

FILE_NAME = "riwaya.toml"
PREFIX = "RIWAYA_"
_MOST = 10**12

TEMPLATE = """\
# This folder is a riwaya library. Settings that may stand here, with their defaults; the environment
# (RIWAYA_JOBS=4 ...) has the last word.
#
# jobs = 0                    # processes that read pages; 0: one for each processor
# page_bytes = 20_000_000     # a larger page or file is not collected
# fetch_seconds = 30          # how long one address may take
# warc_bytes = 100_000_000    # a WARC file of this size is followed by a new one
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set; every value is a whole number."""

    jobs: int = 0
    page_bytes: int = 20_000_000
    fetch_seconds: int = 30
    warc_bytes: int = 100_000_000


def load_settings(folder: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the library in `folder` (None: no library), overridden by RIWAYA_... variables of the environment.

    Raises SettingsError on a key that is not known, a value that is no whole number of 0 or more, or broken TOML.
    """
    given: dict[str, object] = {}
    if folder:
        try:
            given |= tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise SettingsError(f"{folder / FILE_NAME} cannot be read as TOML: {error}") from error
    given |= {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    known = [field.name for field in fields(Settings)]
    for key in given:
        if key not in known:
            raise SettingsError(f"there is no setting {key!r}; the settings are {', '.join(known)}")
    return Settings(**{key: _whole_number(key, value) for key, value in given.items()})


def _whole_number(key: str, value: object) -> int:
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if not isinstance(number, int) or isinstance(number, bool) or not (key != "jobs") <= number <= _MOST:
        above = "" if key == "jobs" else f" from 1 to {_MOST:,}"
        raise SettingsError(f"the setting {key!r} must be a whole number{above}, not {value!r}")
    return number
