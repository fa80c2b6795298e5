"""Where turns are cut out of a long recording ↔ a file of text in which that may be changed.

    1	0:01.20	0:09.85
    2	0:10.40	0:31.02
    # 3	0:31.90	0:40.10	…

A turn by its number or its name, begin and end, of the whole recording; what comes after # is not
read, and a turn that has several lines is read several times: the last is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.align.heard_script import HeardScript, HeardTurn
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Turn
from broadcast.model.naming import short_name
from broadcast.recordings.file_names import called_turn

# What is left on before and after a turn, or half of the pause where that is shorter.
_BEFORE_MS, _AFTER_MS = 150, 250
_TIME = r"((?:\d{1,3}:){0,2}\d{1,6}(?:[.,]\d{1,3})?)"
_LINE = re.compile(rf"(\S.*?)\s+{_TIME}\s+{_TIME}")
_LARGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Cut:
    """A turn, and where it is cut out of a recording, in ms."""

    turn: Turn
    begin_ms: int
    end_ms: int


def cuts_of(turn: Turn, heard: HeardTurn, script: HeardScript) -> tuple[Cut, ...]:
    """Give the cuts of a turn that is heard, once for each time it is read, the last last."""
    if heard.begin_ms is None or heard.end_ms is None:
        return ()
    readings = (*heard.earlier, (heard.begin_ms, heard.end_ms))
    return tuple(Cut(turn, *with_breath(script, *reading)) for reading in readings)


def with_breath(script: HeardScript, begin_ms: int, end_ms: int) -> tuple[int, int]:
    """Give where a stretch is cut: a breath beside its words, but half of a shorter pause."""
    others = [(one.begin_ms, one.end_ms) for one in script.turns]
    others += [(one.begin_ms, one.end_ms) for one in script.extra]
    others += [reading for one in script.turns for reading in one.earlier]
    ends = [end for _, end in others if end is not None and end <= begin_ms]
    begins = [begin for begin, _ in others if begin is not None and begin >= end_ms]
    before = (begin_ms - max(ends, default=-2 * _BEFORE_MS)) // 2
    after = (min(begins, default=script.duration_ms + _AFTER_MS) - end_ms) // 2
    return (
        max(0, begin_ms - min(_BEFORE_MS, before)),
        min(script.duration_ms, end_ms + max(0, min(_AFTER_MS, after))),
    )


def borders_text(
    turns: Sequence[Turn],
    script: HeardScript,
    notes: Sequence[str],
    words: Sequence[str],
    told: Callable[[Message], str],
) -> str:
    """Write what may be changed: ``notes`` above it, and of each turn in ``words`` how it is heard.

    A turn that is not sure stands after #. ``told`` puts a turn's name into the user's language.
    """
    lines = [f"# {note}" for note in notes]
    for turn, heard, word in zip(turns, script.turns, words, strict=True):
        said = f"{word}: {turn.text[:40]}".replace("\n", " ")
        cuts, name = cuts_of(turn, heard, script), told(short_name(turn.name))
        off = "" if heard.is_sure else "# "
        lines += [
            f"{off}{name}\t{_written(cut.begin_ms)}\t{_written(cut.end_ms)}\t# {said}"
            for cut in cuts
        ] or [f"# {name}\t# {said}"]
    return "\n".join(lines) + "\n"


def read_borders(file: Path, turns: Sequence[Turn], duration_ms: int) -> tuple[Cut, ...]:
    """Read the cuts that a file tells. Raises BroadcastError where it is none, naming the line."""
    cuts = []
    for number, line in enumerate(_lines(file), 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        found = _LINE.fullmatch(text)
        if found is None:
            raise _fault(
                file,
                number,
                Message("borders.no-line", "“{line}” is no turn with begin and end.", line=text),
            )
        turn, begin_ms, end_ms = called_turn(found[1], turns), _ms(found[2]), _ms(found[3])
        if turn is None:
            raise _fault(
                file,
                number,
                Message("turn.unknown", "There is no turn “{reference}”.", reference=found[1]),
            )
        if not begin_ms < end_ms <= duration_ms:
            raise _fault(
                file,
                number,
                Message(
                    "borders.no-stretch",
                    "The recording, {seconds:.1f} s long, has no stretch from {begin} to {end}.",
                    seconds=duration_ms / 1000,
                    begin=found[2],
                    end=found[3],
                ),
            )
        cuts.append(Cut(turn, begin_ms, end_ms))
    return tuple(cuts)


def _lines(file: Path) -> list[str]:
    try:
        if file.stat().st_size > _LARGEST_BYTES:
            raise ValueError
        return file.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise BroadcastError(
            Message("borders.unreadable", "It is no file of borders."),
            file=file,
            hint=Message("borders.unreadable.hint", "broadcast align writes one, and says where."),
        ) from error


def _fault(file: Path, line: int, message: Message) -> BroadcastError:
    return BroadcastError(
        message,
        file=file,
        line=line,
        hint=Message("borders.hint", "A line is: turn, begin, end, such as: 3 1:02.5 1:40.25"),
    )


def _written(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes}:{rest / 1000:06.3f}"


def _ms(text: str) -> int:
    seconds = 0.0
    for part in text.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds * 1000)
