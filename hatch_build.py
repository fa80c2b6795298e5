"""Compiles the catalogues of messages where the package is built."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MESSAGES = Path("src/broadcast/messages")


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Writes each broadcast.mo, which is not kept beside its broadcast.po."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered."""
        messages = Path(self.root) / MESSAGES
        compiling = runpy.run_path(str(messages / "compiling.py"))
        compiling["compile_catalogues"](messages / "locale")
