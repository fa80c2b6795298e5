"""Any script → a clean one among the station's scripts, which reads back to the same turns."""

from __future__ import annotations

from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.model import Script
from broadcast.production.desk.find_script import STANDARD_INPUT, same_name
from broadcast.production.desk.read_script import script_of
from broadcast.production.desk.read_station import station_of
from broadcast.script.canonical import canonical_text
from broadcast.workspace import Workspace, episode_name
from broadcast.workspace.writing import write_atomic


def clean_script(workspace: Workspace, file: str, output: Path | None) -> tuple[Script, Path]:
    """Write a script anew as plain text, and give what was read and where it is.

    ``output`` is by default scripts/NAME.txt. Raises BroadcastError when the file cannot be read
    or nobody speaks in it, UsageError when the output exists (no script is ever overwritten) or
    would be the station's second script for one episode.
    """
    source = Path(file)
    if output is None:
        if source == STANDARD_INPUT:
            raise UsageError(
                Message("import.no-name", "A script from standard input needs a name."),
                hint=Message("import.no-name.hint", "Give one: -o scripts/NAME.txt"),
            )
        output = workspace.scripts / f"{episode_name(source)}.txt"
    if output.exists():
        raise UsageError(
            Message(
                "import.exists",
                "{file} exists, and no script is overwritten.",
                file=workspace.relative(output),
            ),
            hint=Message(
                "import.exists.hint", "Give another name with -o, or put the old one away."
            ),
        )
    if output.resolve().parent == workspace.scripts.resolve():
        _refuse_second(workspace, output)
    station = station_of(workspace)
    script = script_of(station, source)
    refuse_if_nobody_speaks(script, source)
    write_atomic(output, canonical_text(script, station.people).encode("utf-8"))
    return script, output


def refuse_if_nobody_speaks(script: Script, file: Path) -> None:
    """Raise BroadcastError for a script without a turn."""
    if not script.of_kind("turn"):
        raise BroadcastError(
            Message("import.nobody-speaks", "Nobody is seen to speak in this script."),
            file=file,
            hint=Message(
                "import.nobody-speaks.hint",
                "Begin each turn with the speaker and a colon, as in “Phóng viên: …”.",
            ),
        )


def _refuse_second(workspace: Workspace, output: Path) -> None:
    others = same_name(workspace, output)
    if others:
        raise UsageError(
            Message(
                "import.second",
                "{other} is a script of this station, and {file} would make the same episode.",
                other=others[0].name,
                file=output.name,
            ),
            hint=Message(
                "import.second.hint",
                "Give the clean one another name with -o, as in -o scripts/{name}-2.txt, or put "
                "{other} somewhere else and import it from there.",
                other=others[0].name,
                name=output.stem,
            ),
        )
