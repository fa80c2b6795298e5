"""What came of a build → what its producer is told: files, levels, which voices are synthetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcast.cli.console import out
from broadcast.messages import Message, counted, verbatim
from broadcast.model.script import TurnName

if TYPE_CHECKING:
    from broadcast.production.desk.draft_record import DraftRecord, LoudnessFacts
    from broadcast.production.making.orders import Built
    from broadcast.workspace import Workspace

_PURPOSES = {
    "podcast": Message("file.podcast", "podcast"),
    "air": Message("file.air", "air"),
    "air_mp3": Message("file.air-mp3", "air_mp3"),
}

# Further forms of what stands beside them.
_FURTHER = ("cue_sheet_table", "timeline", "cover_small")


def tell_shortly(built: Built, name: str, *, explain: bool) -> None:
    """Say of one of several, called ``name``, what came of it, and what of it should be heard."""
    _tell_what(built, name, explain=explain)
    record = built.draft.record
    for purpose, loudness in record.loudness.items():
        if not loudness.passes:
            out().say(_loudness_told(purpose, loudness, record.files.report), indent=2)


def _tell_what(built: Built, name: str, *, explain: bool) -> None:
    console, record = out(), built.draft.record
    if built.reasons:
        console.say(Message("built", "Built {name}: {title}", name=name, title=record.title))
    else:
        console.say(
            Message(
                "built.up-to-date",
                "{name} is up to date: nothing has changed since it was built.",
                name=name,
            )
        )
    if explain:
        for reason in built.reasons:
            console.say(Message("built.why", "why: {why}", why=reason), indent=2)
        if (kept := _kept_told(record)) is not None:
            console.say(kept, indent=2)


def tell(workspace: Workspace, built: Built, *, explain: bool) -> None:
    """Say what came of a build; with ``explain``, why it was made again."""
    _tell_what(built, built.name, explain=explain)
    console, record = out(), built.draft.record
    length = Message("built.length", "{length:clock} long", length=record.duration_ms)
    console.say(length, indent=2)
    for purpose, loudness in record.loudness.items():
        console.say(_loudness_told(purpose, loudness, record.files.report), indent=2)
    console.say(_voices_told(record), indent=2)
    for purpose, file in record.files.by_purpose():
        if purpose.startswith("transcript_") or purpose in _FURTHER:
            continue
        console.write(f"  {workspace.relative(built.draft.folder / file)}")


def _kept_told(record: DraftRecord) -> Message | None:
    """Say of an engine that says a thing differently each time what is heard again."""
    from broadcast.speech import offered

    engines = {one.take.engine for one in record.turns if one.take.kind == "synthetic"}
    varying = [
        name for name in engines if name and (found := offered(name)) and not found.declares.repeats
    ]
    if not varying:
        return None
    return Message(
        "built.kept-speech",
        "{engine} may say a thing differently each time: what it said is kept, and heard again "
        "while it is in the cache",
        engine=varying[0],
    )


def _loudness_told(purpose: str, loudness: LoudnessFacts, report: str) -> Message:
    """Say how loud one of the files is, and whether it shall be so."""
    measured = Message(
        "built.measured",
        "loudness {lufs:.1f} LUFS, range {range:.0f} LU, peak {peak:.1f} dBTP",
        lufs=loudness.integrated_lufs,
        range=loudness.range_lu,
        peak=loudness.true_peak_dbtp,
    )
    name = _PURPOSES.get(purpose, verbatim(purpose))
    if loudness.passes:
        return Message("built.loudness", "{file}: {measured}: pass", file=name, measured=measured)
    return Message(
        "built.loudness.fails",
        "{file}: {measured}: FAIL, see {report}",
        file=name,
        measured=measured,
        report=report,
    )


def _voices_told(record: DraftRecord) -> Message:
    """Say which turns an engine speaks, in the words of the record sheet."""
    turns = record.interview
    synthetic = [turn for turn in record.turns if turn.take.kind == "synthetic"]
    if not synthetic:
        return counted(
            "built.all-recorded",
            "The only turn is a recorded voice.",
            "All {count} turns are recorded voices.",
            count=len(turns),
        )
    engine = record.engine or ""
    if len(synthetic) == len(record.turns):
        return counted(
            "built.all-synthetic",
            "The only turn is spoken by a synthetic voice ({engine}).",
            "All {count} turns are spoken by a synthetic voice ({engine}).",
            count=len(turns),
            engine=engine,
        )
    return Message(
        "built.some-synthetic",
        "Synthetic voice ({engine}): {turns}. Recorded: all others.",
        engine=engine,
        turns=tuple(dict.fromkeys(TurnName(turn.kind, turn.n).said for turn in synthetic)),
    )
