"""What people recorded for a script's turns, and the decisions about it."""

from __future__ import annotations

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
from broadcast.production.booth.long_recording import LongRecording, accepted, borders_ms, hear
from broadcast.production.booth.swaps import Swap, plan_of_folder, swap

__all__ = [
    "RECORD_SHEET",
    "Decision",
    "LongRecording",
    "Swap",
    "accepted",
    "borders_ms",
    "confirm",
    "decide",
    "doubts",
    "go_back",
    "hear",
    "plan_of_folder",
    "remember",
    "sheet",
    "swap",
    "turn_named",
    "usable",
    "use",
]
