"""A record sheet, and what was decided about takes → what the producer is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from broadcast.cli.console import make_table, named, out, shortened
from broadcast.cli.interface import text_of
from broadcast.messages import Message, verbatim
from broadcast.messages.rendering import clock
from broadcast.model.naming import about, short_name

if TYPE_CHECKING:
    from broadcast.model import Turn
    from broadcast.recordings.sheet import Row, Sheet


def show_sheet(sheet: Sheet, page: str, persons: Mapping[str, str]) -> None:
    """Show a record sheet; ``page`` is the one to print."""
    console = out()
    table = make_table(
        Message("column.turn", "turn"),
        Message("column.speaker", "speaker"),
        Message("column.first-words", "first words"),
        Message("column.length", "length"),
        Message("column.voice", "voice"),
        Message("column.level", "level"),
        right=(0, 3),
    )
    for row in sheet.rows:
        table.add_row(
            text_of(short_name(row.turn.name)),
            named(row.turn.speaker, persons.get(row.turn.speaker, ""), 15),
            shortened(row.turn.text, 15),
            clock(row.length_ms),
            text_of(_voice(row)),
            "" if row.level_dbfs is None else text_of(_level(row.level_dbfs)),
        )
    console.show(table)
    for row in sheet.rows:
        all_of_it: list[Message | str] = [_takes(row)] if row.takes else []
        for what in (*all_of_it, *row.doubts, *([row.change] if row.change else [])):
            console.say(about(row.turn.name, what), indent=2)
    for orphan in sheet.orphans:
        take = orphan.take
        told = Message(
            "takes.without-turn",
            "without a turn: {files} ({speaker}: {words})",
            files=orphan.files,
            speaker=named(take.speaker, persons.get(take.speaker, ""), 22),
            words=shortened(take.heard, 40),
        )
        console.say(told, indent=2)
        if orphan.place:
            console.say(orphan.place, indent=4)
            console.say(orphan.hint, indent=4)
    for note in sheet.notes:
        console.say(note, indent=2)
    console.write()
    console.say(Message("takes.total", "{total}.", total=sheet.total))
    console.say(Message("takes.to-print", "To print for the studio: {page}", page=page))


def _voice(row: Row) -> Message:
    """Say which voice a turn has."""
    takes, number = len(row.takes), row.number
    if number is None:
        if row.stale:
            return Message("voice.synthetic-stale", "synthetic, stale")
        if takes:
            return Message("voice.synthetic-kept", "synthetic, {takes} kept", takes=takes)
        return Message("voice.synthetic", "synthetic")
    if takes == 1:
        return (
            Message("voice.stale", "stale") if row.stale else Message("voice.recorded", "recorded")
        )
    if row.stale:
        return Message("voice.stale-of", "stale, {number} of {takes}", number=number, takes=takes)
    return Message("voice.recorded-of", "recorded, {number} of {takes}", number=number, takes=takes)


def _level(level_dbfs: float) -> Message:
    return Message("takes.level", "{level:.0f} dB", level=level_dbfs)


def _takes(row: Row) -> Message:
    """Give a turn's takes as --use counts them, the one that is heard marked."""
    if len(row.takes) == 1:
        return verbatim(row.takes[0])
    takes = [
        Message("takes.heard", "({number}) {name} is heard", number=number, name=name)
        if number == row.number
        else Message("takes.one", "({number}) {name}", number=number, name=name)
        for number, name in enumerate(row.takes, 1)
    ]
    return Message("takes.list", "{takes}", takes=tuple(takes))


def chosen(turn: Turn, take: int) -> Message:
    """Say which of a turn's takes is heard from now on."""
    if turn.n is None:
        return Message(
            "take.chosen-of-part",
            "Take {take} of the {part} is heard from the next build on.",
            take=take,
            part=turn.name.said,
        )
    return Message(
        "take.chosen",
        "Take {take} of turn {turn} is heard from the next build on.",
        take=take,
        turn=turn.n,
    )


def confirmed(turn: Turn) -> Message:
    """Say that a turn's recording is right as it is, and says its present words."""
    if turn.n is None:
        return Message(
            "take.confirmed-of-part",
            "The recording of the {part} is right: it says these words, and no doubt about it is "
            "told any more.",
            part=turn.name.said,
        )
    return Message(
        "take.confirmed",
        "The recording of turn {turn} is right: it says these words, and no doubt about it is "
        "told any more.",
        turn=turn.n,
    )


def gone_back(turn: Turn, *, changed: bool) -> Message:
    """Say that a turn is synthetic; not ``changed``: that it was so before."""
    part = turn.name.said
    if changed and turn.n is None:
        return Message(
            "unswapped-part",
            "The {part} is spoken by the synthetic voice again; its recording is kept.",
            part=part,
        )
    if changed:
        return Message(
            "unswapped",
            "Turn {turn} is spoken by the synthetic voice again; its recording is kept.",
            turn=turn.n or 0,
        )
    if turn.n is None:
        return Message(
            "unswapped-part.before",
            "The {part} is spoken by the synthetic voice already.",
            part=part,
        )
    return Message(
        "unswapped.before", "Turn {turn} is spoken by the synthetic voice already.", turn=turn.n
    )
