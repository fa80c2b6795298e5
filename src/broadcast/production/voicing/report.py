"""This machine, this station and what went wrong in it → a text to send to whoever helps.

Nothing of it is anybody's words: of settings, numbers and choices are shown and texts are not; what
was found is cleared of names, addresses, keys and of where this user's files are.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path

from broadcast import __version__
from broadcast.messages import Message
from broadcast.production.desk.last_errors import last_errors
from broadcast.production.voicing.doctor import Finding
from broadcast.workspace import Workspace

_CHOICES = {
    "language", "category", "interface", "engines", "formats", "stale", "preset", "thousand",
    "zero_tens", "four", "ranges", "house_slash", "price_per", "document_letters", "running_time",
    "bed_under", "presenter", "reporter", "official", "role",
}  # fmt: skip
"""Settings whose texts are choices among a few, or names of voices."""
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_SECRET = re.compile("key|token|secret|password", re.IGNORECASE)


def report(
    workspace: Workspace | None,
    found: Sequence[Finding],
    now: datetime,
    say: Callable[[Message], str],
) -> str:
    """Give the report as lines of text, which ``say`` puts into a language."""
    lines = [say(Message("report.head", "broadcast: a report for whoever helps"))]
    lines += [
        f"{now:%Y-%m-%d %H:%M}",
        "",
        say(Message("report.versions", "Versions")),
        *_versions(),
    ]
    if workspace is not None:
        lines += ["", say(Message("report.settings", "Settings (texts are left out)"))]
        lines += _settings(workspace, say)
        lines += ["", say(Message("report.station", "In the station")), *_counts(workspace, say)]
    lines += ["", say(Message("report.works", "What works"))]
    lines += [f"  {'+' if one.works else '-'} {one.what.code}: {say(one.what)}" for one in found]
    errors = last_errors(workspace) if workspace is not None else ()
    lines += ["", say(Message("report.errors", "The last errors, by their codes"))]
    for error in errors:
        lines += [f"  {error.at} {error.command}: {' < '.join(error.codes)}"]
        lines += [f"    {place}" for place in error.places]
    if not errors:
        lines += [f"  {say(Message('report.no-errors', 'none'))}"]
    return cleared("\n".join(lines), workspace, say) + "\n"


def cleared(text: str, workspace: Workspace | None, say: Callable[[Message], str]) -> str:
    """Give a text without texts of settings, addresses, keys and this user's folders."""
    hidden = {value: "…" for name, value in dict(os.environ).items() if _SECRET.search(name)}
    if workspace is not None:
        hidden |= {value: "…" for _, value in _texts(_read(workspace)) if len(value) > 3}
        hidden[str(workspace.root)] = say(Message("report.root", "[the station's folder]"))
    hidden[str(Path.home())] = "~"
    for private in sorted(hidden, key=len, reverse=True):
        if len(private) > 3:
            text = text.replace(private, hidden[private])
    return _MAIL.sub("…@…", text)


def _versions() -> Iterator[str]:
    yield f"  broadcast {__version__}, Python {platform.python_version()}"
    yield f"  {platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} CPU"
    yield (
        f"  {sys.stdout.encoding} {sys.getfilesystemencoding()} "
        f"BROADCAST_LANG={os.environ.get('BROADCAST_LANG', '')}"
    )
    for wanted in sorted(metadata.requires("broadcast") or (), key=str.casefold):
        name = re.split(r"[^\w.-]", wanted, maxsplit=1)[0]
        try:
            yield f"  {name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"  {name} –"


def _read(workspace: Workspace) -> dict[str, object]:
    try:
        return tomllib.loads(workspace.station_file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return {}


def _settings(workspace: Workspace, say: Callable[[Message], str]) -> Iterator[str]:
    settings = _read(workspace)
    if not settings:
        yield f"  {say(Message('report.no-settings', 'station.toml cannot be read'))}"
    for place, value in _leaves(settings):
        yield f"  {place} = {value if _may_be_shown(place, value) else '…'}"


def _leaves(values: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for key, value in values.items():
        place = f"{above}{key}"
        if isinstance(value, dict):
            yield from _leaves(value, f"{place}.")
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for one in value:
                yield from _leaves(one, f"{place}.") if isinstance(one, dict) else ()
        else:
            yield place, value


def _may_be_shown(place: str, value: object) -> bool:
    key = place.rpartition(".")[2]
    if isinstance(value, bool | int | float):
        return True
    return key in _CHOICES or (place.startswith("voices.") and ".languages." in place)


def _texts(settings: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give the texts of the settings that are not shown."""
    for place, value in _leaves(settings):
        if not _may_be_shown(place, value):
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str):
                    yield place, one


def _counts(workspace: Workspace, say: Callable[[Message], str]) -> Iterator[str]:
    for folder in ("scripts", "recordings", "episodes", "feed"):
        files = [file for file in (workspace.root / folder).rglob("*") if file.is_file()]
        kinds = sorted({file.suffix.lower() for file in files})
        size = sum(file.stat().st_size for file in files)
        told = Message(
            "report.folder",
            "{folder}: {count} ({kinds}), {megabytes:.1f} MB",
            folder=folder,
            count=len(files),
            kinds=", ".join(kinds),
            megabytes=size / 1e6,
        )
        yield f"  {say(told)}"
