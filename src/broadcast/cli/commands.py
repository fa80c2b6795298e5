"""Every command, each registered with the program in the order that --help lists them."""

from __future__ import annotations

from broadcast.cli import (  # noqa: F401  # noqa: F401
    aligning,
    making,
    publishing,
    recording,
    renaming,
    scripts,
    trusting,
    uploading,
    voices,
    voicing,
    words,
)
from broadcast.cli.app import app

__all__ = ["app"]
