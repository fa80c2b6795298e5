"""How a script's words will be said → what `check --spoken` prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadcast.cli.console import Screen
from broadcast.messages import Message, verbatim

if TYPE_CHECKING:
    from broadcast.model import Reading, Sentence, Turn
    from broadcast.production.desk.check_script import Checked


def show_readings(console: Screen, checked: Checked) -> None:
    """Print every reading that is not as written, and what the script explains itself."""
    console.write()
    console.say(Message("check.readings", "Said otherwise than written (? is explained below):"))
    told = 0
    for turn, said in zip(checked.script.turns, checked.sentences, strict=True):
        for sentence in said:
            for reading in sentence.readings:
                told += 1
                console.say(_reading_told(turn, sentence, reading), indent=2)
    if not told:
        console.say(Message("check.no-readings", "nothing"), indent=2)
    if checked.taught:
        console.write()
        console.say(Message("check.taught", "Explained by the script itself:"))
    for one in checked.taught or ():
        explained = Message(
            "check.taught-word",
            "line {line}: {written} is {words}",
            line=one.line,
            written=one.written,
            words=verbatim(one.words),
        )
        console.say(explained, indent=2)


def _reading_told(turn: Turn, sentence: Sentence, reading: Reading) -> Message:
    from broadcast.spoken.rule_names import rule_name

    read = Message(
        "check.reading",
        "{written} → {spoken}  [{rule}]",
        written=_written(sentence, reading),
        spoken=_spoken(reading),
        rule=rule_name(reading.rule),
    )
    line = sentence.line
    if turn.n is None:
        told = Message(
            "check.reading-of-part",
            "{part}, line {line}: {reading}",
            part=turn.name.said,
            line=line,
            reading=read,
        )
    else:
        told = Message(
            "check.reading-of-turn",
            "{n}, line {line}: {reading}",
            n=turn.n,
            line=line,
            reading=read,
        )
    return Message("check.reading-doubted", "{reading} ?", reading=told) if reading.doubt else told


def _written(sentence: Sentence, reading: Reading) -> str:
    """A sign alone is hard to find: it is shown with the words beside it, which are said."""
    written = reading.written.strip()
    if any(each.isalnum() for each in written):
        return written
    before = sentence.written[: reading.start].rstrip()
    after = re.match(r"\s*\S*", sentence.written[reading.end :])
    start = before.rfind(" ") + 1
    end = reading.end + (after.end() if after else 0)
    beside = sentence.written[start:end].strip()
    if reading.spoken.strip() or beside == written:
        return beside
    return f"{written} ({beside})"


def _spoken(reading: Reading) -> Message:
    if any(each.isalnum() for each in reading.spoken):
        return verbatim(reading.spoken.strip())
    if reading.spoken.strip():
        return Message("check.a-pause", "(a pause)")
    return Message("check.silent", "(silent)")
