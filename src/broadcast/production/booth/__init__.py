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
from broadcast.production.booth.found_recordings import (
    RECORD_SHEET,
    doubts,
    found_as_known,
    sheet,
    usable,
)
from broadcast.production.booth.long_recording import (
    LongRecording,
    accepted,
    hear,
    write_cuts,
)
from broadcast.production.booth.said_in_takes import ready_words
from broadcast.production.booth.swaps import Swap, plan_of_folder, swap, trim
from broadcast.production.booth.turn_takes import TurnTake, outline, takes_of

__all__ = [
    "RECORD_SHEET",
    "Cut",
    "Decision",
    "LongRecording",
    "Swap",
    "TurnTake",
    "accepted",
    "confirm",
    "decide",
    "doubts",
    "found_as_known",
    "go_back",
    "hear",
    "outline",
    "plan_of_folder",
    "read_borders",
    "ready_words",
    "remember",
    "sheet",
    "swap",
    "takes_of",
    "trim",
    "turn_named",
    "usable",
    "use",
    "write_cuts",
]
