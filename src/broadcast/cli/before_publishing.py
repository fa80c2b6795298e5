"""What is to be published → what its producer is told first, and asked where it is doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcast.cli.console import agreed, aligned, on_terminal, out
from broadcast.cli.telling import Telling
from broadcast.errors import BroadcastError, StoppedError
from broadcast.messages import Message, counted, verbatim
from broadcast.messages.rendering import clock

if TYPE_CHECKING:
    from datetime import datetime

    from broadcast.production.desk.approval import Approval
    from broadcast.production.desk.draft_record import DraftRecord
    from broadcast.production.public.summary import Summary
    from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Looked:
    """The names of what may be published, their drafts as they were shown, and the rest.

    ``refused`` gives by its name why one could not be; what a producer left out is in neither.
    """

    names: tuple[str, ...]
    seen: Mapping[str, DraftRecord]
    refused: Mapping[str, BroadcastError]


def looked_at(
    workspace: Workspace,
    names: Sequence[str],
    at: datetime | None,
    now: datetime,
    *,
    agrees: bool,
) -> Looked:
    """Show each draft in short, and ask about what is doubtful, unless somebody ``agrees``."""
    from broadcast.production.public.summary import summary_of

    wanted: list[str] = []
    seen: dict[str, DraftRecord] = {}
    refused: dict[str, BroadcastError] = {}
    for name in dict.fromkeys(names):
        try:
            with Telling() as telling:
                summary = summary_of(workspace, name, at, now, telling)
            if summary is None or _may_go(name, summary, agrees=agrees):
                wanted.append(name)
        except StoppedError:
            raise
        except BroadcastError as error:
            refused[name] = error
        else:
            if summary is not None:
                seen[name] = summary.record
    return Looked(tuple(wanted), seen, refused)


def _may_go(name: str, summary: Summary, *, agrees: bool) -> bool:
    show_summary(name, summary)
    if not summary.doubts or summary.is_out or agrees:
        return True
    if not on_terminal():
        raise BroadcastError(
            counted(
                "publish.doubts",
                "{name} is not published: its recordings leave a doubt, told above.",
                "{name} is not published: its recordings leave {count} doubts, told above.",
                count=len(summary.doubts),
                name=name,
            ),
            hint=Message(
                "publish.doubts.hint",
                "Look at them with: broadcast takes {name}\nTo publish it all the same, add --yes.",
                name=name,
            ),
        )
    if agreed(Message("publish.doubts.ask", "Publish it all the same?")):
        return True
    out().say(Message("publish.left-out", "{name} is not published.", name=name))
    return False


def show_summary(name: str, summary: Summary) -> None:
    """Show a draft in short, with what is doubtful of it."""
    console, record = out(), summary.record
    console.write(f"{name}: {record.title}")
    rows = [
        (Message("summary.length", "length"), verbatim(clock(record.duration_ms))),
        (Message("summary.loudness", "loudness"), _loudness(record)),
        (Message("summary.turns", "turns"), _turns(summary)),
        (Message("summary.told", "listeners are told"), _told(record)),
        (Message("summary.date", "date"), _date(summary)),
        (Message("summary.doubts", "doubts"), verbatim(str(len(summary.doubts)))),
    ]
    if (approval := summary.approval) is not None:
        rows.append((Message("summary.approved", "approved"), _approved(approval)))
    for label, (_, value) in zip(aligned([label for label, _ in rows]), rows, strict=True):
        row = Message("summary.row", "{label}  {value}", label=label, value=value)
        console.say(row, indent=2)
    for doubt in summary.doubts:
        console.say(doubt.placed, indent=4)


def _loudness(record: DraftRecord) -> Message:
    loudness = record.loudness.get("podcast")
    if loudness is None:
        return Message("summary.loudness.unknown", "not measured")
    measured = Message(
        "summary.measured",
        "{lufs:.1f} LUFS, peak {peak:.1f} dBTP",
        lufs=loudness.integrated_lufs,
        peak=loudness.true_peak_dbtp,
    )
    if loudness.passes:
        return Message("summary.passes", "{measured}: pass", measured=measured)
    return Message(
        "summary.fails",
        "{measured}: FAIL, see {report}",
        measured=measured,
        report=record.files.report,
    )


def _turns(summary: Summary) -> Message:
    return Message(
        "summary.real",
        "{real} real, {synthetic} synthetic",
        real=summary.real,
        synthetic=summary.synthetic,
    )


def _told(record: DraftRecord) -> Message:
    if record.disclosure:
        return verbatim(record.disclosure)
    if record.is_synthetic:
        return undisclosed(record.undisclosed_at)
    return Message("summary.nothing", "nothing: no answer is synthetic")


def undisclosed(at: datetime | None) -> Message:
    """Say that listeners are told nothing of synthetic voices, and since when that is agreed."""
    if at is None:
        return Message("undisclosed", "nothing of synthetic voices")
    return Message(
        "undisclosed.agreed",
        "nothing of synthetic voices (disclosure is off; agreed on {at:moment})",
        at=at.astimezone().isoformat(),
    )


def _approved(approval: Approval) -> Message:
    at = approval.at.astimezone().isoformat()
    return Message("summary.approved-by", "by {by}, {at:moment}", by=approval.by, at=at)


def _date(summary: Summary) -> Message:
    at = Message("summary.at", "{at:moment}", at=summary.at.isoformat())
    if summary.said is None or summary.said == summary.at.date():
        return at
    from broadcast.production.desk.standing_words import written_date

    return Message(
        "summary.said-otherwise",
        "{at}; the programme says {day}",
        at=at,
        day=written_date(summary.said, summary.record.language),
    )
