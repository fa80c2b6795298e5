"""What people recorded for a script's turns, and the decisions about it."""

from __future__ import annotations

from broadcast.production.booth.decisions import (
    RECORD_SHEET,
    Decision,
    Swap,
    confirm,
    decide,
    go_back,
    plan_of_folder,
    remember,
    sheet,
    swap,
    turn_named,
    usable,
    use,
)

__all__ = [
    "RECORD_SHEET",
    "Decision",
    "Swap",
    "confirm",
    "decide",
    "go_back",
    "plan_of_folder",
    "remember",
    "sheet",
    "swap",
    "turn_named",
    "usable",
    "use",
]
