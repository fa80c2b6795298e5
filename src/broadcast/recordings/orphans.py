"""Takes that are with no turn → where their words stand now, and what to do with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadcast.messages import Message
from broadcast.model import Problem, Turn
from broadcast.model.naming import short_name
from broadcast.recordings.changed import first_words
from broadcast.recordings.standing import Standing, used_takes
from broadcast.recordings.takes_file import KnownTake
from broadcast.recordings.words_within import takes_within, turns_within

NOTICE = "notice"
"""The id of the spoken notice, which comes and goes with the synthetic voices it tells of."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A take of the episode ``name`` that is with no turn.

    ``turns`` are those in which its words stand now, in their order: none when nobody says them
    any more. ``together`` are the orphans that the words of its one turn are made of, in order.
    """

    name: str
    take: KnownTake
    turns: tuple[Turn, ...] = ()
    together: tuple[KnownTake, ...] = ()

    @property
    def files(self) -> str:
        """The names of its files, as they are told."""
        return " + ".join(dict.fromkeys(part.file for part in self.take.files))

    @property
    def place(self) -> Message | None:
        """Say in which turns its words stand now; None when they do in none."""
        if not self.turns:
            return None
        return Message(
            "orphan.place",
            "the words of {files} are in {turns:and} now",
            files=self.files,
            turns=tuple(turn.name.said for turn in self.turns),
        )

    @property
    def told(self) -> Message:
        """Say that it is not heard, and why."""
        if not self.turns:
            return Message(
                "take.without-turn",
                "{files} is not used: no turn has its words, or words like them "
                "({speaker}: {words})",
                files=self.files,
                speaker=self.take.speaker,
                words=first_words(self.take.heard),
            )
        return Message(
            "take.in-other-turns",
            "{files} is not used: its words are in {turns:and} now ({speaker}: {words})",
            files=self.files,
            turns=tuple(turn.name.said for turn in self.turns),
            speaker=self.take.speaker,
            words=first_words(self.take.heard),
        )

    @property
    def hint(self) -> Message:
        """Say how it is used all the same."""
        if not self.turns:
            return Message(
                "take.without-turn.hint",
                "Use it all the same with: broadcast swap NAME TURN FILE; or put it away.",
            )
        if len(self.turns) > 1:
            return Message(
                "take.in-several-turns.hint",
                "Use of it what each turn needs: broadcast swap {name} TURN {files} --in TIME "
                "--out TIME",
                name=self.name,
                files=self._paths([self.take]),
            )
        if len(self.together) > 1:
            return Message(
                "take.with-others.hint",
                "The turn is made of several takes now; use them as one, in this order: "
                "broadcast swap {name} {turn} {files}",
                name=self.name,
                turn=short_name(self.turns[0].name),
                files=self._paths(self.together),
            )
        return Message(
            "take.in-another-turn.hint",
            "Listen to it; if it is right there: broadcast swap {name} {turn} {files}",
            name=self.name,
            turn=short_name(self.turns[0].name),
            files=self._paths([self.take]),
        )

    def _paths(self, takes: Sequence[KnownTake]) -> str:
        """Give files as a command in the station's folder is given them."""
        names = dict.fromkeys(part.file for take in takes for part in take.files)
        return " ".join(f'"recordings/{self.name}/{file}"' for file in names)


def orphans_of(standing: Standing) -> tuple[Orphan, ...]:
    """Give the takes that are with no turn, each with the turns its words stand in."""
    orphans = standing.pairing.orphans
    turns = [turn for turn in standing.turns if not turn.is_standing]
    texts = [turn.text for turn in turns]

    def orphan(take: KnownTake) -> Orphan:
        within = tuple(turns[at] for at in turns_within(take.heard, texts))
        return Orphan(standing.folder.name, take, within, _together(within, orphans))

    return tuple(map(orphan, orphans))


def without_turn(standing: Standing) -> tuple[Problem, ...]:
    """Give the recordings that would be heard, had their words not left the script or their turn.

    A notice that is not needed now is not lost; nor is what stands in turns that are recorded.
    """
    used = used_takes(standing)
    missing = standing.pairing.missing
    newest = {one.take.turn: one for one in orphans_of(standing) if one.take.use}
    return tuple(
        Problem(None, "warning", one.told, one.hint)
        for turn_id, one in newest.items()
        if turn_id != NOTICE
        and not missing.intersection(one.take.files)
        and not (one.turns and all(turn.id in used for turn in one.turns))
    )


def _together(turns: Sequence[Turn], orphans: Sequence[KnownTake]) -> tuple[KnownTake, ...]:
    """Give the orphans that one turn's words are made of, the newest of each turn that is gone."""
    if len(turns) != 1:
        return ()
    newest = list({take.turn or take.heard: take for take in orphans if take.use}.values())
    within = takes_within(turns[0].text, [take.heard for take in newest])
    return tuple(newest[at] for at in within)
