"""The word lists that reading goes by: one TOML table a module, spelled properly and folded when it is loaded."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from riwaya.arabic.fold import folded


def load_table(name: str) -> dict[str, Any]:
    """The table `lexicon/NAME.toml`, as written there."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def folded_lists(lists: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Lists of words, each one string parted by spaces, as sets of folded words under the same names."""
    return {name: frozenset(map(folded, words.split())) for name, words in lists.items()}
