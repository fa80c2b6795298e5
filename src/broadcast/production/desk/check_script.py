"""A script → what a producer wants to know of it before anything is built."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from broadcast.model import Problem, Script, Sentence, Turn
from broadcast.production.desk.cues_meant import Meaning, meanings
from broadcast.production.desk.expected_length import expected_ms, words_ms
from broadcast.production.desk.read_script import document_of, lexicon_of, understood_in
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.same_words import copies_told, namesakes, renamed_told
from broadcast.production.desk.standing_words import closing_left_out
from broadcast.spoken import Taught, doubts, limits_of, sentences, style_from, taught_by
from broadcast.workspace import Workspace

if TYPE_CHECKING:
    from broadcast.script.explained import Evidence, Explained

# As many characters (two hours on air) are said to learn their length; beyond, words are counted.
_MOST_SAID = 100_000


@dataclass(frozen=True, slots=True)
class Checked:
    """A script, the sentences of its turns, what its cues do, and how long it will be on air."""

    script: Script
    sentences: tuple[tuple[Sentence, ...], ...]
    turns_ms: tuple[int, ...]
    estimated_ms: int
    cues: tuple[Meaning, ...]
    problems: tuple[Problem, ...]
    taught: tuple[Taught, ...] | None = None
    """The abbreviations that the script explains; None where readings are not asked for."""
    explained: tuple[Explained, ...] | None = None
    """What stands in the line that is asked about; None where none is."""

    def document(self) -> dict[str, Any]:
        """Give what ``check --json`` prints."""
        script = self.script
        return {
            "file": script.file.as_posix(),
            "title": script.title,
            "lead": _text_of(script, "lead"),
            "byline": _text_of(script, "byline"),
            "turns": [
                {
                    "n": turn.n,
                    "id": turn.id,
                    "kind": turn.kind,
                    "speaker": turn.speaker,
                    "role": turn.role,
                    "line": turn.line,
                    "text": turn.text,
                }
                for turn in script.of_kind("turn")
            ],
            "cues": [
                {
                    "line": one.cue.line,
                    "kind": one.cue.kind,
                    "after": one.cue.after,
                    "file": one.cue.file,
                    "text": one.cue.written,
                    "does": one.does,
                }
                for one in self.cues
            ],
            "dropped": [
                {
                    "line": dropped.line,
                    "text": dropped.text,
                    "code": dropped.why.code,
                    "why": dropped.why,
                }
                for dropped in script.dropped
            ],
            "problems": [problem.document() for problem in self.problems],
            "estimated_ms": self.estimated_ms,
            **({} if self.taught is None else self._readings(self.taught)),
            **(
                {}
                if self.explained is None
                else {"explained": [self._explained(one) for one in self.explained]}
            ),
        }

    def turn_at(self, line: int) -> Turn | None:
        """Give the turn that has words of a line."""
        turns = self.script.turns
        return next(
            (turn for turn in turns if any(one.line == line for one in turn.paragraphs)), None
        )

    def _explained(self, one: Explained) -> dict[str, Any]:
        turn = self.turn_at(one.line)
        return {
            "line": one.line,
            "text": one.text,
            "tag": one.tag,
            "taken_for": one.taken_for,
            "speaker": turn.speaker if turn else None,
            "sure": one.sure,
            "margin": round(one.margin, 1),
            "rival": one.rival,
            "for": [_evidence(each) for each in one.speaking_for],
            "against": [_evidence(each) for each in one.speaking_against],
        }

    def _readings(self, taught: tuple[Taught, ...]) -> dict[str, Any]:
        """Give all that is said otherwise than written, and what the script explains."""
        return {
            "spoken": [
                {
                    "turn": turn.n,
                    "kind": turn.kind,
                    "line": sentence.line,
                    "written": reading.written,
                    "said": reading.spoken,
                    "rule": reading.rule,
                    "sure": reading.doubt is None,
                    "doubt": reading.doubt,
                }
                for turn, said in zip(self.script.turns, self.sentences, strict=True)
                for sentence in said
                for reading in sentence.readings
            ],
            "taught": [
                {"line": one.line, "written": one.written, "words": one.words, "sure": one.sure}
                for one in taught
            ],
        }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {"sign": one.sign, "words": one.words, "weight": round(one.weight, 1)}


def check(
    workspace: Workspace, file: Path, *, readings: bool, explain: int | None = None
) -> Checked:
    """Read and understand a script, and estimate its length; nothing is built.

    With ``readings``, what is uncertain about how its words are said is among the problems.
    ``explain`` is a line to be explained. Raises BroadcastError when the file cannot be read, or
    that line has no words; other problems stand in the script's own.
    """
    station = station_of(workspace)
    document = document_of(file)
    script = understood_in(station, document)
    if explain is None:
        return check_understood(workspace, script, readings=readings)
    # Weights are read again for nothing else.
    from broadcast.script.explained import explained_line

    explained = explained_line(document, station.people, explain)
    return replace(check_understood(workspace, script, readings=readings), explained=explained)


def check_understood(workspace: Workspace, script: Script, *, readings: bool) -> Checked:
    """Give what ``check`` does of a script that is understood already."""
    station, file = station_of(workspace), script.file
    lexicon = lexicon_of(workspace, script)
    within = script.turns if readings else _first_turns(script)
    style = style_from(station.spoken)
    said = tuple(
        sentences(turn, language=script.language, lexicon=lexicon, style=style) for turn in within
    )
    pauses = station.sound.pauses
    turns_ms = (
        *(expected_ms(turn, script.language, pauses) for turn in said),
        *(
            words_ms(len(turn.text.split()), script.language)
            for turn in script.turns[len(within) :]
        ),
    )
    between_ms = pauses.other_speaker_ms * max(0, len(turns_ms) - 1)
    uncertain = (
        problem
        for turn, spoken in zip(within, said, strict=True)
        for problem in (doubts(spoken, turn.n) if readings else ())
    )
    unread = limits_of(script.language)
    limits = (Problem(None, "note", unread),) if unread else ()
    cues = tuple(meanings(script, station.sound.music, workspace.root))
    left_out = closing_left_out(script, station)
    unplayed = (cue.problem for cue in cues if cue.problem is not None)
    alike = namesakes(workspace, file, script.turns)
    renamed = (*renamed_told(file, alike), *copies_told(file, alike))
    problems = sorted(
        (*script.problems, *unplayed, *filter(None, [left_out]), *uncertain, *limits, *renamed),
        key=lambda problem: problem.line or 0,
    )
    taught = taught_by(script.turns) if readings else None
    length_ms = sum(turns_ms) + between_ms
    return Checked(script, said, turns_ms, length_ms, cues, tuple(problems), taught)


def _first_turns(script: Script) -> tuple[Turn, ...]:
    """The turns of as long a programme as there can be; a script without end is not said whole."""
    length = 0
    for at, turn in enumerate(script.turns):
        length += len(turn.text)
        if length > _MOST_SAID:
            return script.turns[:at]
    return script.turns


def _text_of(script: Script, kind: Literal["lead", "byline"]) -> str | None:
    turns = script.of_kind(kind)
    return turns[0].text if turns else None
