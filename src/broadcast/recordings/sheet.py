"""A script's turns and its recordings → the record sheet: what is real, and what is to record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from broadcast.messages import Message
from broadcast.messages.listeners import RecordSheet, words_for
from broadcast.model import Turn
from broadcast.recordings.changed import changed_words
from broadcast.recordings.choose import used_take
from broadcast.recordings.find import FoundTakes
from broadcast.recordings.orphans import Orphan, orphans_of


@dataclass(frozen=True, slots=True)
class Row:
    """A turn on the record sheet.

    ``length_ms`` is that of its recording, else what its words are expected to take. ``takes`` are
    the file names of all its takes, oldest first, and ``number`` which of them is heard (None: the
    synthetic voice). ``change`` shows in which words a stale take differs.
    """

    turn: Turn
    length_ms: int
    number: int | None
    takes: tuple[str, ...]
    stale: bool
    change: str
    level_dbfs: float | None
    doubts: tuple[Message, ...]

    @property
    def is_recorded(self) -> bool:
        """Whether a person is heard."""
        return self.number is not None

    def document(self) -> dict[str, Any]:
        """Give what ``takes --json`` prints of it."""
        turn = self.turn
        return {
            "n": turn.n,
            "id": turn.id,
            "kind_of_turn": turn.kind,
            "speaker": turn.speaker,
            "kind": "recorded" if self.is_recorded else "synthetic",
            "stale": self.stale,
            "change": self.change or None,
            "file": self.takes[self.number - 1] if self.number is not None else None,
            "take": self.number,
            "takes": list(self.takes),
            "length_ms": self.length_ms,
            "level_dbfs": self.level_dbfs,
            "doubts": list(self.doubts),
        }


@dataclass(frozen=True, slots=True)
class Sheet:
    """A script's record sheet; ``orphans`` are takes that are with no turn now."""

    rows: tuple[Row, ...]
    orphans: tuple[Orphan, ...]
    notes: tuple[Message, ...]

    @property
    def total(self) -> Message:
        """Say how much is real: "5 of 7 turns real, 71 % of airtime".

        Lead, byline, opening and closing are no interview turns, but are on air as these are; short
        of all of it, it is never 100 %.
        """
        turns = [row for row in self.rows if row.turn.kind == "turn"]
        real = [row for row in turns if row.is_recorded]
        airtime_ms = sum(row.length_ms for row in self.rows)
        real_ms = sum(row.length_ms for row in self.rows if row.is_recorded)
        share = 100.0 if real_ms == airtime_ms else min(99.0, 100 * real_ms / max(1, airtime_ms))
        return Message(
            "sheet.total",
            "{real} of {all} turns real, {share:.0f} % of airtime",
            real=len(real),
            all=len(turns),
            share=share,
        )

    def document(self) -> dict[str, Any]:
        """Give what ``takes --json`` prints."""
        return {
            "turns": [row.document() for row in self.rows],
            "orphans": [
                {
                    "speaker": one.take.speaker,
                    "words": one.take.heard,
                    "files": [part.file for part in one.take.files],
                    "turns": [turn.id for turn in one.turns],
                }
                for one in self.orphans
            ],
            "total": self.total,
            "notes": list(self.notes),
        }


def record_sheet(turns: Sequence[Turn], found: FoundTakes, expected_ms: Mapping[str, int]) -> Sheet:
    """Give the record sheet of a script's turns."""
    notes = [problem.message for problem in found.problems if problem.whose is None]
    rows = tuple(_row(turn, found, expected_ms[turn.id]) for turn in turns)
    return Sheet(rows, orphans_of(found.standing), tuple(notes))


def record_sheet_html(sheet: Sheet, title: str, language: str) -> str:
    """Give a page to print: every turn to record, anew where it is stale, in large type."""
    words = words_for(language).record_sheet
    turns = [row for row in sheet.rows if row.turn.kind == "turn"]
    total = words.total.format(recorded=sum(row.is_recorded for row in turns), all=len(turns))
    speakers: dict[str, list[Row]] = {}
    for row in turns:
        if row.stale or not row.is_recorded:
            speakers.setdefault(row.turn.speaker, []).append(row)
    sections = [
        f"<section><h2>{escape(speaker)}</h2>\n"
        + "\n".join(_article(row, words) for row in rows)
        + "</section>"
        for speaker, rows in speakers.items()
    ]
    body = "\n".join(sections) or f"<p>{words.nothing}</p>"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{words.sheet}: {escape(title)}</title>\n<style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>"
        f"<p>{words.sheet} · {total}</p>\n"
        f"{body}\n</body></html>\n"
    )


_STYLE = (
    "body{font:22px/1.6 Georgia,serif;max-width:40em;margin:2em auto;padding:0 1em}"
    "h1{font-size:1.2em}h2{border-bottom:2px solid;margin-top:2em}"
    "article{break-inside:avoid;margin:1.5em 0}header{font:bold .8em sans-serif}"
    "p{margin:.5em 0}@media print{section+section{break-before:page}body{margin:0}}"
)


def _article(row: Row, words: RecordSheet) -> str:
    paragraphs = "".join(f"<p>{escape(p.text)}</p>" for p in row.turn.paragraphs)
    minutes, seconds = divmod(round(row.length_ms / 1000), 60)
    change = f"<p><small>{escape(row.change)}</small></p>" if row.change else ""
    header = words.turn.format(n=row.turn.n, length=f"{minutes}:{seconds:02}")
    return f"<article><header>{header}</header>{paragraphs}{change}</article>"


def _row(turn: Turn, found: FoundTakes, expected_ms: int) -> Row:
    of_turn = found.standing.takes.of_turn(turn.id)
    recording = found.recordings.get(turn.id)
    take = used_take(of_turn, turn)
    stale = take is not None and not take.says(turn.text)
    files = [part.file for part in take.files] if take else []
    levels = [found.heard[file].level_dbfs for file in files if file in found.heard]
    return Row(
        turn=turn,
        length_ms=expected_ms
        if recording is None
        else sum(stretch.end_ms - stretch.start_ms for stretch in recording.stretches),
        number=recording.number if recording else None,
        takes=tuple(" + ".join(part.file for part in take.files) for take in of_turn),
        stale=stale,
        change=changed_words(take.heard, turn.text) if take and stale else "",
        level_dbfs=max(levels) if levels and recording else None,
        doubts=tuple(one.message for one in found.problems if one.whose == turn.name),
    )
