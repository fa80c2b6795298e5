"""What people recorded for a script's turns, and the decisions about it."""

from __future__ import annotations

from broadcast.production.booth.borders import Cut, read_borders
from broadcast.production.booth.decisions import (
    Decision,
    confirm,
    decide,
    go_back,
    remember,
    turn_named,
    use,
)
from broadcast.production.booth.found_recordings import RECORD_SHEET, doubts, sheet, usable
from broadcast.production.booth.long_recording import (
    LongRecording,
    accepted,
    hear,
    write_cuts,
)
from broadcast.production.booth.swaps import Swap, plan_of_folder, swap

__all__ = [
    "RECORD_SHEET",
    "Cut",
    "Decision",
    "LongRecording",
    "Swap",
    "accepted",
    "confirm",
    "decide",
    "doubts",
    "go_back",
    "hear",
    "plan_of_folder",
    "read_borders",
    "remember",
    "sheet",
    "swap",
    "turn_named",
    "usable",
    "use",
    "write_cuts",
]
