"""Why a line was taken for what it is → what `check --explain` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from broadcast.cli.console import Screen, out, shortened
from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.production.desk.check_script import Checked
    from broadcast.script.explained import Evidence, Explained

_SURELY = {
    "certain": Message("explain.certain", "certain: it is said outright, or can be nothing else"),
    "sure": Message("explain.sure", "sure"),
    "likely": Message("explain.likely", "likely"),
    "close": Message("explain.close", "close: look at it"),
}


def show_explained(checked: Checked) -> None:
    """Print what stands in the line that was asked about, and what decided."""
    console = out()
    for one in checked.explained or ():
        console.write(shortened(one.text, max(12, console.console.width - 1)))
        console.say(_taken(one, checked), indent=2)
        console.say(_SURELY[one.sure], indent=2)
        if one.rival is not None:
            console.say(
                Message("explain.rival", "if not: {part}", part=one.rival),
                indent=2,
            )
        _show_signs(console, Message("explain.for", "For it:"), one.speaking_for)
        _show_signs(console, Message("explain.against", "Against it:"), one.speaking_against)


def _taken(one: Explained, checked: Checked) -> Message:
    turn = checked.turn_at(one.line)
    if turn is None or turn.kind != "turn":
        return Message(
            "explain.taken", "line {line}: taken for {part}", line=one.line, part=one.taken_for
        )
    return Message(
        "explain.taken-of-turn",
        "line {line}: taken for {part} ({turn}, {speaker})",
        line=one.line,
        part=one.taken_for,
        turn=turn.name.said,
        speaker=turn.speaker,
    )


def _show_signs(console: Screen, head: Message, signs: Sequence[Evidence]) -> None:
    if not signs:
        return
    console.say(head, indent=2)
    for one in signs:
        told = Message(
            "explain.sign", "{weight:.0f}  {words}", weight=abs(one.weight), words=one.words
        )
        console.say(told, indent=4)
