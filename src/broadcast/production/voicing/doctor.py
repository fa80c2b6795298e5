"""This machine and this station → what works here, what is missing and how to get it."""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from broadcast import __version__
from broadcast.errors import BroadcastError
from broadcast.feed.addresses import this_machine
from broadcast.feed.categories import unknown_category
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words, system_reason
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.sample_values import OWN_VALUES, still_the_samples
from broadcast.production.voicing.voices import engines_here
from broadcast.speech import passed_over
from broadcast.station import Station
from broadcast.workspace import Workspace

_ROOM_MB = 500
_OTHERS_SPEAK = Message("doctor.others-speak", "The others speak in its place.")
_NOTHING_SPEAKS = Message("doctor.nothing-speaks", "Nothing can speak here.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it works, what was found, and what to do when it does not.

    ``matters`` is False for what only some need.
    """

    works: bool
    what: Message
    hint: Message | None = None
    matters: bool = True


def findings(workspace: Workspace | None, *, offline: bool) -> Iterator[Finding]:
    """Look at what a programme needs, one thing after the other; nothing is changed."""
    yield Finding(
        True,
        Message(
            "doctor.version",
            "broadcast {version} on Python {python}",
            version=__version__,
            python=platform.python_version(),
        ),
    )
    yield _sound()
    station = None
    if workspace is None:
        yield Finding(
            False,
            Message("doctor.no-station", "no station here"),
            Message(
                "doctor.no-station.hint",
                "Go into your station's folder, or make one: broadcast init my-station",
            ),
            matters=False,
        )
    else:
        try:
            station = station_of(workspace)
        except BroadcastError as error:
            yield Finding(False, error.placed, error.hint)
        else:
            yield Finding(
                True,
                Message(
                    "doctor.station",
                    "station {title}, in {folder}",
                    title=station.show.title,
                    folder=workspace.root,
                ),
            )
            yield from _station(workspace, station)
    language = station.show.language if station else "vi"
    offline = offline or bool(station and station.offline)
    here = engines_here(workspace, station, language, offline=offline)
    relied_on = station.engines if station else ("gtts", "espeak")
    some_voice = any(engine.unavailable is None for engine in here)
    for engine in here:
        if engine.unavailable is not None and not engine.named:
            continue  # nobody misses it
        if engine.unavailable is None:
            yield Finding(True, Message("doctor.engine", "voice engine {name}", name=engine.name))
        else:
            yield Finding(
                False,
                Message(
                    "doctor.no-engine",
                    "voice engine {name}: {why}",
                    name=engine.name,
                    why=engine.unavailable,
                ),
                # What nobody relies on has no others in its place; it may be wanted.
                (engine.hint if engine.name not in relied_on else None)
                or (_OTHERS_SPEAK if some_voice else _NOTHING_SPEAKS),
                matters=not some_voice,
            )
    for told in passed_over():
        hint = Message(
            "engine.passed-over.hint", "Uninstall it, or ask who made it for another name."
        )
        yield Finding(False, told, hint, matters=False)
    encoding = sys.stdout.encoding or "ascii"
    try:
        "Tiếng Việt".encode(encoding)
        yield Finding(
            True,
            Message(
                "doctor.terminal", "the terminal shows Vietnamese ({encoding})", encoding=encoding
            ),
        )
    except UnicodeEncodeError:
        yield Finding(
            False,
            Message(
                "doctor.plain-terminal",
                "the terminal cannot show Vietnamese ({encoding}); letters lose their marks",
                encoding=encoding,
            ),
            Message(
                "doctor.plain-terminal.hint",
                "Set PYTHONUTF8=1, or use a terminal with UTF-8. What is built is not affected.",
            ),
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

        from broadcast.media.decode import decode
        from broadcast.media.samples import Audio
        from broadcast.media.write import write

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "moment.mp3"
            write(file, Audio(np.zeros((48_000, 1), np.float32), 48_000))
            decode(file)
        lameenc.Encoder()
        soxr.resample(np.zeros(100, np.float32), 1, 2)
    except BroadcastError as error:
        return _no_sound(error.placed)
    except (ImportError, OSError) as error:
        return _no_sound(others_words(str(error)))
    return Finding(
        True,
        Message(
            "doctor.sound",
            "sound: FFmpeg's libraries in PyAV {av}, libsndfile {libsndfile}, LAME and soxr "
            "(no other program is needed)",
            av=av.__version__,
            libsndfile=soundfile.__libsndfile_version__,
        ),
    )


def _no_sound(why: Message) -> Finding:
    return Finding(
        False,
        Message("doctor.no-sound", "sound cannot be made: {why}", why=why),
        Message(
            "install-again",
            "Install broadcast again: python -m pip install --force-reinstall broadcast",
        ),
    )


def _station(workspace: Workspace, station: Station) -> Iterator[Finding]:
    free_mb = shutil.disk_usage(workspace.root).free // 1_000_000
    yield Finding(
        free_mb >= _ROOM_MB,
        Message("doctor.disk", "{room:bytes} free on the disk", room=free_mb * 1_000_000),
        Message(
            "doctor.disk.hint",
            "Make room: an hour of programme needs about {mb} MB while it is made.",
            mb=_ROOM_MB,
        ),
    )
    try:
        with tempfile.TemporaryFile(dir=workspace.root):
            pass
        yield Finding(True, Message("doctor.writable", "the station's folder can be written to"))
    except OSError as error:
        yield Finding(
            False,
            Message(
                "doctor.not-writable",
                "the station's folder cannot be written to: {why}",
                why=system_reason(error),
            ),
            Message(
                "doctor.not-writable.hint", "Check whose folder it is and what you may do there."
            ),
        )
    if unknown := unknown_category(station.show.category):
        yield Finding(False, unknown.message, unknown.hint, matters=False)
    if told := still_the_samples(station.show):
        yield Finding(False, told, OWN_VALUES, matters=False)
    if this_machine(station.show):
        yield Finding(
            False,
            Message(
                "doctor.loopback",
                "base_url is this machine ({url}): nobody else can listen",
                url=station.show.base_url,
            ),
            Message(
                "doctor.loopback.hint",
                "Set base_url in station.toml to where feed/ will be, before you go public.",
            ),
            matters=False,
        )
