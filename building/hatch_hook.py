"""Builds the gazetteer and the register of actors when the package is built or installed, editable too."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects the files of a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write places.sqlite and actors.sqlite into the package."""
        sys.path[:0] = [self.root, str(Path(self.root) / "src")]
        from building.gazetteer import build

        build(Path(self.root) / "src" / "riwaya" / "knowledge")
