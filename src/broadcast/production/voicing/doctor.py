"""This machine and this station → what works here, what is missing and how to get it."""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from broadcast import __version__
from broadcast.errors import BroadcastError
from broadcast.production.desk.read_station import station_of
from broadcast.production.voicing.voices import engines_here
from broadcast.speech import passed_over
from broadcast.station import Station
from broadcast.workspace import Workspace

_ROOM_MB = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it works, what was found, and what to do when it does not.

    ``matters`` is False for what only some need.
    """

    works: bool
    what: str
    hint: str = ""
    matters: bool = True


def findings(workspace: Workspace | None, *, offline: bool) -> Iterator[Finding]:
    """Look at what a programme needs, one thing after the other; nothing is changed."""
    yield Finding(True, f"broadcast {__version__} on Python {platform.python_version()}")
    yield _sound()
    station = None
    if workspace is None:
        yield Finding(
            False,
            "no station here",
            "Go into your station's folder, or make one: broadcast init my-station",
            matters=False,
        )
    else:
        try:
            station = station_of(workspace)
        except BroadcastError as error:
            yield Finding(False, str(error), str(error.hint or ""))
        else:
            yield Finding(True, f"station {station.show.title}, in {workspace.root}")
            yield from _station(workspace, station)
    language = station.show.language if station else "vi"
    offline = offline or bool(station and station.offline)
    here = engines_here(workspace, station, language, offline=offline)
    some_voice = any(engine.unavailable is None for engine in here)
    for engine in here:
        if engine.unavailable is None:
            yield Finding(True, f"voice engine {engine.name}")
        else:
            yield Finding(
                False,
                f"voice engine {engine.name}: {engine.unavailable}",
                "The others speak in its place." if some_voice else "Nothing can speak here.",
                matters=not some_voice,
            )
    for told in passed_over():
        hint = "Uninstall it, or ask who made it for another name."
        yield Finding(False, str(told), hint, matters=False)
    encoding = sys.stdout.encoding or "ascii"
    try:
        "Tiếng Việt".encode(encoding)
        yield Finding(True, f"the terminal shows Vietnamese ({encoding})")
    except UnicodeEncodeError:
        yield Finding(
            False,
            f"the terminal cannot show Vietnamese ({encoding}); letters lose their marks",
            "Set PYTHONUTF8=1, or use a terminal with UTF-8. What is built is not affected.",
            matters=False,
        )


def _sound() -> Finding:
    """Decode, resample and encode a moment of silence with the libraries that programmes need."""
    try:
        import av
        import lameenc
        import numpy as np
        import soundfile
        import soxr

        from broadcast.media import Audio, decode, write

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "moment.mp3"
            write(file, Audio(np.zeros((48_000, 1), np.float32), 48_000))
            decode(file)
        lameenc.Encoder()
        soxr.resample(np.zeros(100, np.float32), 1, 2)
    except (ImportError, OSError, BroadcastError) as error:
        return Finding(
            False,
            f"sound cannot be made: {error}",
            "Install broadcast again: python -m pip install --force-reinstall broadcast",
        )
    return Finding(
        True,
        f"sound: FFmpeg's libraries in PyAV {av.__version__}, libsndfile "
        f"{soundfile.__libsndfile_version__}, LAME and soxr (no other program is needed)",
    )


def _station(workspace: Workspace, station: Station) -> Iterator[Finding]:
    free_mb = shutil.disk_usage(workspace.root).free // 1_000_000
    yield Finding(
        free_mb >= _ROOM_MB,
        f"{free_mb:,} MB free on the disk",
        f"Make room: an hour of programme needs about {_ROOM_MB} MB while it is made.",
    )
    try:
        with tempfile.TemporaryFile(dir=workspace.root):
            pass
        yield Finding(True, "the station's folder can be written to")
    except OSError as error:
        yield Finding(
            False,
            f"the station's folder cannot be written to: {error.strerror}",
            "Check whose folder it is and what you may do there.",
        )
    host = urlsplit(station.show.base_url).hostname or ""
    if host in ("localhost", "127.0.0.1", "::1"):
        yield Finding(
            False,
            f"base_url is this machine ({station.show.base_url}): nobody else can listen",
            "Set base_url in station.toml to where feed/ will be, before you go public.",
            matters=False,
        )
