"""A draft → what whoever answers for it looks at first, each with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from broadcast.errors import BroadcastError
from broadcast.messages import Message, counted
from broadcast.model.script import TurnName
from broadcast.production.desk.draft_record import DraftRecord, TurnFacts
from broadcast.production.desk.heard import heard_of, sounds_of
from broadcast.production.public.summary import Summary, summary_of
from broadcast.station import Station
from broadcast.studio.quiet import Quiet
from broadcast.studio.understood import Understanding, count_of
from broadcast.workspace import Workspace

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: whether it is as it should be, what it is, and where it is mended.

    ``place`` is a screen of the programme, with the turn's place there ("": there is nothing to
    mend), ``do`` what is done there.
    """

    kind: Literal["fine", "look", "must"]
    what: Message
    more: tuple[Message, ...] = ()
    place: str = ""
    do: Message | None = None


def checks_of(
    workspace: Workspace, station: Station, name: str, understanding: Understanding, now: datetime
) -> tuple[Check, ...]:
    """Give what is to be looked at before a draft is approved; none without a draft.

    Raises BroadcastError naming a record that is damaged.
    """
    summary = summary_of(workspace, name, None, now, Quiet())
    if summary is None:
        return ()
    record = summary.record
    return (
        *_of_script(workspace, record, understanding),
        _synthetic(summary),
        _heard(workspace, record),
        *_of_recordings(summary),
        _loudness(record),
        *_length(station, record),
    )


def _of_script(
    workspace: Workspace, record: DraftRecord, understanding: Understanding
) -> Iterator[Check]:
    mend = Message("studio.check.to-script", "To the script")
    file = workspace.root / record.script
    if not file.is_file():
        yield Check(
            "look",
            Message("studio.check.no-script", "The script is gone; the draft is as it was built."),
        )
        return
    try:
        checked = understanding.of(file)
    except BroadcastError as error:
        yield Check("must", error.message, (), "script", mend)
        return
    built = [turn.id for turn in record.turns if turn.kind in ("lead", "turn", "byline")]
    if sorted(built) != sorted(turn.id for turn in checked.script.turns):
        yield Check(
            "must",
            Message("studio.check.changed", "The script was changed since the build"),
            (Message("studio.check.changed.more", "What is heard has other words. Build it."),),
            "script",
            mend,
        )
    must, look = (count_of(checked.problems, level) for level in ("error", "warning"))
    if must or look:
        yield Check(
            "must" if must else "look",
            counted(
                "studio.check.places",
                "The script has {count} place to look at",
                "The script has {count} places to look at",
                count=must + look,
            ),
            (),
            "script",
            mend,
        )
    else:
        yield Check("fine", Message("studio.check.script", "Nothing in the script is in the way"))


def _synthetic(summary: Summary) -> Check:
    record, count = summary.record, summary.synthetic
    if not count:
        return Check(
            "fine", Message("studio.check.all-real", "Everybody speaks with their own voice")
        )
    what = counted(
        "studio.check.synthetic",
        "Synthetic voice: {count} of {all} turns",
        "Synthetic voice: {count} of {all} turns",
        count=count,
        all=count + summary.real,
    )
    whose = dict.fromkeys(
        turn.speaker
        for turn in record.interview
        if turn.role == "official" and turn.take.kind == "synthetic"
    )
    if not whose:
        return Check("fine", what, (Message("studio.check.no-official", "No guest's words"),))
    people = tuple(whose)
    told = (
        Message("studio.check.told", "The words of {people:and}; listeners are told", people=people)
        if record.disclosure
        else Message(
            "studio.check.untold",
            "The words of {people:and}; listeners are not told",
            people=people,
        )
    )
    do = Message("studio.check.to-voices", "Use real voices")
    return Check("look", what, (told,), "hear", do)


def _heard(workspace: Workspace, record: DraftRecord) -> Check:
    heard, sounds = heard_of(workspace, record.name), sounds_of(record)
    left = [turn for turn in record.turns if sounds.get(turn.id) not in heard]
    if not left:
        return Check("fine", Message("studio.check.heard", "All of it was listened to"))
    if len(left) == len(record.turns):
        what = Message("studio.check.unheard", "Nothing of it was listened to yet")
    else:
        what = Message(
            "studio.check.unheard-turns", "Not listened to: {turns:and}", turns=_named(left)
        )
    return Check(
        "look",
        what,
        (),
        f"hear#{_anchor(left[0])}",
        Message("studio.check.to-hear", "Listen"),
    )


def _named(turns: Sequence[TurnFacts]) -> tuple[Message, ...]:
    names = tuple(TurnName(turn.kind, turn.n).said for turn in turns[:_MOST_NAMED])
    if (more := len(turns) - _MOST_NAMED) <= 0:
        return names
    return (
        *names,
        counted("studio.check.more-turns", "{count} more", "{count} more", count=more),
    )


def _anchor(turn: TurnFacts) -> str:
    return f"turn-{turn.kind if turn.n is None else turn.n}"


def _of_recordings(summary: Summary) -> Iterator[Check]:
    doubts = summary.doubts
    if doubts:
        yield Check(
            "look",
            counted(
                "studio.check.doubts",
                "The recordings leave {count} doubt",
                "The recordings leave {count} doubts",
                count=len(doubts),
            ),
            tuple(doubt.placed for doubt in doubts[:_MOST_NAMED]),
            "hear",
            Message("studio.check.to-takes", "To the recordings"),
        )
    elif summary.real:
        yield Check("fine", Message("studio.check.recordings", "The recordings have their words"))


def _loudness(record: DraftRecord) -> Check:
    loudness = record.loudness.get("podcast")
    if loudness is None:
        return Check("look", Message("studio.check.unmeasured", "Its loudness was not measured"))
    measured = Message(
        "summary.measured",
        "{lufs:.1f} LUFS, peak {peak:.1f} dBTP",
        lufs=loudness.integrated_lufs,
        peak=loudness.true_peak_dbtp,
    )
    if loudness.passes:
        return Check("fine", Message("studio.check.loud", "As loud as it should be"), (measured,))
    return Check(
        "must", Message("studio.check.not-loud", "Not as loud as it should be"), (measured,)
    )


def _length(station: Station, record: DraftRecord) -> Iterator[Check]:
    """Hold the programme's length against the one that it shall have, if there is one."""
    asked = record.asked.running_time_ms
    wanted = station.sound.running_time_ms if asked is None else asked
    if not wanted:
        return
    length, off = record.duration_ms, record.duration_ms - wanted
    told = Message(
        "studio.check.length.more", "{length:clock} of {wanted:clock}", length=length, wanted=wanted
    )
    if abs(off) < 1000:
        yield Check("fine", Message("studio.check.length", "It fits its running time"), (told,))
    else:
        yield Check(
            "look",
            Message("studio.check.length.off", "It does not fit its running time"),
            (told,),
        )
