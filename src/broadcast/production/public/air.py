"""What is published → air/, from which playout pulls: a WAV of each programme, and the newest one.

Each file is replaced as one change. Only files whose cart chunk says that they were made here are
ever replaced or removed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from broadcast.audio.broadcast_wave import PRODUCER, cart_of
from broadcast.cache import file_digest
from broadcast.feed.published import PublishedFacts, newest_first
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.progress import Reporter
from broadcast.workspace import Workspace

LATEST = "latest"
_ENDING = ".wav"


def give_to_playout(workspace: Workspace, draft: Draft, reporter: Reporter) -> None:
    """Put the air master of a programme that is published into air/, unless it is there.

    Why it cannot be is told: listeners have the programme all the same.
    """
    name, file = draft.record.name, draft.record.files.air
    if file is None:
        reporter.say(
            Message(
                "air.no-master",
                "{name} has no WAV for playout: it was built before [air] asked for one. Build and "
                "publish it again.",
                name=name,
            )
        )
    elif name == LATEST:
        reporter.say(
            Message(
                "air.name-taken",
                "{name} has no file of its own in air/: {name}.wav is the newest programme. Give "
                "it another name: broadcast rename",
                name=name,
            )
        )
    else:
        _put(draft.folder / file, _of(workspace, name), draft.record.digests[file], reporter)


def bring_air_up_to_date(
    workspace: Workspace,
    episodes: Iterable[PublishedFacts],
    shown: Collection[str],
    today: date,
    reporter: Reporter,
) -> None:
    """Remove what is not to be played any more, and let latest.wav be the newest of the ``shown``.

    ``episodes`` are all that are recorded. Nothing is done where nothing was ever put into air/.
    """
    there = {file.stem for file in workspace.air.glob(f"*{_ENDING}")} - {LATEST}
    latest = _of(workspace, LATEST)
    if not there and not latest.exists():
        return
    known = [episode for episode in episodes if episode.name in there]
    for episode in known:
        file = _of(workspace, episode.name)
        if episode.state != "published" or _is_over(file, today):
            _remove(file, reporter)
    stands = (_of(workspace, each.name) for each in newest_first(known) if each.name in shown)
    newest = next((file for file in stands if file.is_file()), None)
    if newest is None:
        _remove(latest, reporter)
        return
    with suppress(FileNotFoundError):  # it was taken away just now
        _put(newest, latest, file_digest(newest), reporter)


def rename_for_playout(workspace: Workspace, old: str, new: str, reporter: Reporter) -> None:
    """Let a programme's file in air/ go along with its name."""
    file, target = _of(workspace, old), _of(workspace, new)
    try:
        if LATEST not in (old, new) and _is_ours(file) and not target.exists():
            file.rename(target)
    except OSError as error:
        reporter.say(_refused(file, error))


def _of(workspace: Workspace, name: str) -> Path:
    return workspace.air / f"{name}{_ENDING}"


def _put(source: Path, target: Path, digest: str, reporter: Reporter) -> None:
    """Copy a file beside its place and rename it: who pulls has the old one whole, or the new."""
    try:
        if target.exists():
            if not _is_ours(target):
                reporter.say(_foreign(target))
                return
            same_size = target.stat().st_size == source.stat().st_size
            if same_size and file_digest(target) == digest:
                return
        target.parent.mkdir(exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        try:
            shutil.copyfile(source, part)
            with part.open("rb+") as copied:
                os.fsync(copied.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reporter.say(_refused(target, error))
    else:
        reporter.say(
            Message("air.put", "For playout: {file}", file=f"{target.parent.name}/{target.name}")
        )


def _remove(file: Path, reporter: Reporter) -> None:
    try:
        if _is_ours(file):
            file.unlink()
    except OSError as error:
        reporter.say(_refused(file, error))


def _is_ours(file: Path) -> bool:
    if not file.is_file():
        return False
    cart = cart_of(file)
    return cart is not None and cart.producer == PRODUCER


def _is_over(file: Path, today: date) -> bool:
    """Whether its last day has passed; what cannot be read is left to whoever put it there."""
    with suppress(OSError):
        cart = cart_of(file)
        return cart is not None and "" < cart.last_day < today.isoformat()
    return False


def _foreign(file: Path) -> Message:
    return Message(
        "air.foreign",
        "{file} was not made by broadcast; it is left as it is. Put it elsewhere, then publish "
        "again.",
        file=f"{file.parent.name}/{file.name}",
    )


def _refused(file: Path, error: OSError) -> Message:
    return Message(
        "air.refused",
        "{file} is as it was: {reason}. Let playout close it, then publish again.",
        file=f"{file.parent.name}/{file.name}",
        reason=system_reason(error),
    )
