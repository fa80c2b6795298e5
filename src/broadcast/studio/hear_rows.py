"""Turns as they are heard, with the takes that they have and what they need next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadcast.messages import Message
from broadcast.model import Turn
from broadcast.model.naming import role_name
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import MadePart, TurnFacts
from broadcast.production.desk.heard import sounds_of
from broadcast.production.desk.inputs import Inputs
from broadcast.production.voicing.part import recording_key, words_key
from broadcast.recordings.find import FoundTakes
from broadcast.recordings.folder import audio_files
from broadcast.recordings.sheet import Row, record_sheet
from broadcast.studio.script_rows import colours, letter_of


@dataclass(frozen=True, slots=True)
class HearRow:
    """A turn on the hear screen; ``row`` is what the record sheet says of it.

    ``facts`` are the draft's (None: these words are in no draft), ``is_built`` says whether the
    draft has the turn in the voice that it has now. ``sound`` is what it is made from there.
    """

    row: Row
    colour: int
    letter: str
    facts: TurnFacts | None
    is_built: bool
    sound: str
    is_heard: bool
    sentences: tuple[tuple[int, int, str], ...]

    @property
    def turn(self) -> Turn:
        """The turn."""
        return self.row.turn

    @property
    def place(self) -> str:
        """What its address ends in: its number, or its kind where there is but one."""
        return place_of(self.turn)

    @property
    def role(self) -> Message:
        """What its speaker is in the programme."""
        return role_name(self.turn.role)

    @property
    def is_real(self) -> bool:
        """Whether a person is heard, also one who is heard in every programme."""
        if self.row.is_recorded:
            return True
        return self.is_built and self.facts is not None and self.facts.take.kind == "recorded"

    @property
    def length_ms(self) -> int:
        """How long it is in the draft, else how long it is expected to be."""
        return self.facts.end_ms - self.facts.start_ms if self.facts else self.row.length_ms


def place_of(turn: Turn) -> str:
    """Give what a turn's address ends in."""
    return str(turn.n or turn.kind)


def colours_of(inputs: Inputs) -> Mapping[str, int]:
    """Give everybody's colour: those of the script's speakers as its own screen has them."""
    return colours([*inputs.script.turns, *inputs.standing.turns])


def hear_rows(
    inputs: Inputs, found: FoundTakes, draft: Draft | None, heard: frozenset[str]
) -> tuple[HearRow, ...]:
    """Give all turns in order of air."""
    sheet = record_sheet(inputs.standing.turns, found, inputs.expected_ms())
    return tuple(_rows(inputs, found, sheet.rows, draft, heard))


def _rows(
    inputs: Inputs,
    found: FoundTakes,
    rows: Sequence[Row],
    draft: Draft | None,
    heard: frozenset[str],
) -> Iterator[HearRow]:
    colour = colours_of(inputs)
    record = draft.record if draft else None
    facts = {one.id: one for one in record.turns} if record else {}
    parts = {one.id: one for one in record.made_from.parts} if record else {}
    sounds = sounds_of(record) if record else {}
    sentences: dict[str, list[tuple[int, int, str]]] = {}
    for one in record.sentences if record else ():
        sentences.setdefault(one.turn, []).append((one.start_ms, one.end_ms, one.text))
    is_announced = bool(audio_files(inputs.workspace.announcer))
    for row in rows:
        turn = row.turn
        sound = sounds.get(turn.id, "")
        yield HearRow(
            row,
            colour.get(turn.speaker, 1),
            letter_of(turn.speaker),
            facts.get(turn.id),
            _is_built(inputs, turn, found, parts.get(turn.id), is_announced=is_announced),
            sound,
            sound in heard,
            tuple(sentences.get(turn.id, ())),
        )


def _is_built(
    inputs: Inputs, turn: Turn, found: FoundTakes, part: MadePart | None, *, is_announced: bool
) -> bool:
    """Whether the draft has a turn in the voice that it has now, and in these words."""
    if part is None:
        return False
    recording = found.recordings.get(turn.id)
    if recording is not None:
        return part.recording == recording_key(recording)
    if part.recording is not None:  # what serves every programme is no recording of this one
        return is_announced and turn.is_standing
    return part.words == words_key(inputs.said(turn))
