"""The word lists that reading goes by: one TOML table a module, spelled properly and folded by whoever loads it."""

import tomllib
from importlib.resources import files
from typing import Any


def load_table(name: str) -> dict[str, Any]:
    """The table `lexicon/NAME.toml`, as written there."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
