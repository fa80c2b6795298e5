"""The command that builds what arrives in a station's folder: watch."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.cli.app import StationOption, command, station_here, told_of
from broadcast.cli.console import out
from broadcast.cli.help import help_text
from broadcast.cli.interface import text_of
from broadcast.cli.making import OfflineOption
from broadcast.cli.noting import note
from broadcast.errors import OutsideError
from broadcast.messages import Message
from broadcast.workspace import STATION_FILE
from broadcast.workspace.writing import write_atomic

if TYPE_CHECKING:
    from broadcast.workspace import Workspace

_LOOK_MS = 1_000
_LOOKS_AFTER_NEWS = 8
"""What has changed is looked at until it has been steady for a while."""
_UNASKED_LOOKS = 30
"""After so many looks it is looked though nobody told of a change: network drives tell of none."""
_MOST_LOG_BYTES = 256_000
_KEPT_LINES = 200


@command(
    "watch",
    help_text(
        "command.watch", "Build drafts of what arrives in scripts/ and recordings/, until Ctrl-C."
    ),
)
def watch_(offline: OfflineOption = False, station: StationOption = None) -> None:
    from broadcast.network.watch import Watch, watch

    workspace = station_here(station)
    log = Log(workspace.watch_log)
    asked = Watch(
        workspace=workspace,
        say=log.say,
        told_of=told_of,
        note=note,
        clock_s=time.monotonic,
        now=lambda: datetime.now().astimezone(),
        offline=offline,
    )
    # To be ended is how it ends, from the keyboard or by the system.
    with suppress(KeyboardInterrupt, SystemExit):
        watch(asked, looks(workspace, log))
    log.say(Message("watch.ended", "The watch has ended."))


def looks(workspace: Workspace, log: Log) -> Iterator[None]:
    """Give when to look: soon after something changed, else now and then; until Ctrl-C."""
    try:
        import watchfiles
    except ImportError as error:
        raise OutsideError(
            Message("watch.none", "Watching needs a package that is not here."),
            hint=Message("watch.none.hint", 'Get it with: pip install "broadcast[watch]"'),
        ) from error
    log.say(Message("watch.begins", "Watching {folder}.", folder=workspace.root))
    while True:
        folders = _folders(workspace)
        yield
        if not folders:
            time.sleep(_LOOK_MS / 1000)
            continue
        news = _LOOKS_AFTER_NEWS
        with suppress(OSError):  # a folder may go as it is about to be watched: a look tells
            changed = watchfiles.watch(
                *folders, rust_timeout=_LOOK_MS, yield_on_timeout=True, watch_filter=None
            )
            for quiet, changes in enumerate(changed, 1):
                news = _LOOKS_AFTER_NEWS if changes else news - 1
                if news > 0 or quiet % _UNASKED_LOOKS == 0:
                    yield
                if _folders(workspace) != folders:
                    break


def _folders(workspace: Workspace) -> list[Path]:
    return [one for one in (workspace.scripts, workspace.announcer) if one.is_dir()]


class Log:
    """Says lines with their time on the screen and in a file, which is kept small."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._unwritten: list[str] = []

    def say(self, message: Message) -> None:
        """Say a message in one line. One that cannot be written waits until the file can be."""
        moment = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        line = f"{moment}  {' '.join(text_of(message).split())}"
        out().write(line)
        self._unwritten = [*self._unwritten, line][-_KEPT_LINES:]
        with suppress(OSError):
            self._write()

    def _write(self) -> None:
        if not (self._file.parent / STATION_FILE).is_file():
            return  # the drive is gone, or nothing but the place it was at is there
        text = "".join(f"{line}\n" for line in self._unwritten)
        if self._file.is_file() and self._file.stat().st_size > _MOST_LOG_BYTES:
            kept = self._file.read_bytes()[-_MOST_LOG_BYTES // 2 :].partition(b"\n")[2]
            write_atomic(self._file, kept)
        with self._file.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        self._unwritten = []
