"""What was found of a script's recordings → the record sheet: what is real, and what is not yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from broadcast.recordings.find import Found, Row
from broadcast.recordings.pair import is_stale
from broadcast.recordings.takes_file import KnownTake
from broadcast.text import folded

_FIRST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Totals:
    """How much of an episode is heard in real voices."""

    real: int
    turns: int
    real_ms: int
    all_ms: int

    def __str__(self) -> str:
        percent = round(100 * self.real_ms / self.all_ms) if self.all_ms else 0
        return f"{self.real} of {self.turns} turns real, {percent} % of airtime"


def totals(rows: Sequence[Row]) -> Totals:
    """Count the turns that are heard in real voices, and the time they take."""
    real = [row for row in rows if row.recording]
    return Totals(
        len(real), len(rows), sum(r.length_ms for r in real), sum(r.length_ms for r in rows)
    )


def first_words(text: str) -> str:
    """Give enough of a text to know it by."""
    words = text.split()
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")


def take_place(row: Row) -> str:
    """Say which take of how many stands for a turn: "2 of 3" ("" when it has none)."""
    if row.take is None:
        return f"0 of {len(row.takes)}" if row.takes else ""
    return f"{row.takes.index(row.take) + 1} of {len(row.takes)}"


def changed_words(before: str, after: str) -> str:
    """Say what changed between two texts: "hai → ba; + thêm; − hết". Punctuation does not count."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, [folded(w) for w in old], [folded(w) for w in new], False)
    changes = []
    for kind, a, b, c, d in matcher.get_opcodes():
        gone, came = " ".join(old[a:b]), " ".join(new[c:d])
        if kind == "replace":
            changes.append(f"{gone} → {came}")
        elif kind == "delete":
            changes.append(f"− {gone}")
        elif kind == "insert":
            changes.append(f"+ {came}")
    return "; ".join(changes)


def what_changed(row: Row) -> str:
    """Say how a turn's words differ from those heard in its take ("" when they do not)."""
    if row.take is None or not is_stale(row.take, row.turn):
        return ""
    return changed_words(row.take.heard, row.turn.text)


def takes_document(found: Found) -> dict[str, Any]:
    """Give what ``takes --json`` prints."""
    return {
        "turns": [_turn_entry(row) for row in found.rows],
        "orphans": [_take_entry(take) for take in found.orphans],
        "unpaired": list(found.unpaired),
        "total": str(totals(found.rows)),
    }


def _turn_entry(row: Row) -> dict[str, Any]:
    return {
        "n": row.turn.n,
        "id": row.turn.id,
        "speaker": row.turn.speaker,
        "kind": "recorded" if row.recording else "synthetic",
        "stale": row.stale,
        "file": _file_of(row.take) if row.take and row.recording else None,
        "length_ms": row.length_ms,
        "level_dbfs": row.level_dbfs,
        "changed": what_changed(row),
        "takes": [
            {
                "number": number,
                "used": row.recording is not None and take is row.take,
                "stale": is_stale(take, row.turn),
                **_take_entry(take),
            }
            for number, take in enumerate(row.takes, 1)
        ],
        "doubts": [doubt.message for doubt in row.doubts],
    }


def _take_entry(take: KnownTake) -> dict[str, Any]:
    return {
        "file": _file_of(take),
        "files": [
            {"file": part.file, "in_ms": part.in_ms, "out_ms": part.out_ms} for part in take.files
        ],
        "speaker": take.speaker,
        "words": take.heard,
    }


def _file_of(take: KnownTake) -> str:
    return " + ".join(dict.fromkeys(part.file for part in take.files))
