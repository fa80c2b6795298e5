"""What ``doctor`` finds wrong, each with what to do about it, and whether it keeps from working."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.production.desk.read_station import station_of
from broadcast.production.voicing import doctor
from broadcast.production.voicing.doctor import Finding, findings
from broadcast.production.voicing.voices import engines_here
from broadcast.speech import ENGINES
from productions_by_hand import SETTINGS, Production, Tones, new_production, with_engine

OWN = SETTINGS.replace("Vân Hải", "Sông Vân").replace("dai@vanhai", "dai@songvan")
PUBLIC = OWN.replace("http://127.0.0.1:8000/", "https://dai.vanhai.example.vn/")
BOTH = PUBLIC.replace('["tones"]', '["tones", "far"]')


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    """A station that wants for nothing, on a machine with one engine."""
    made = new_production(tmp_path / "station", monkeypatch)
    made.set("", PUBLIC)
    engines_are(tmp_path, monkeypatch)
    terminal_writes("utf-8", monkeypatch)
    return made


def engines_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *engines: Tones) -> None:
    for name in list(ENGINES):
        monkeypatch.delitem(ENGINES, name)
    for engine in engines:
        with_engine(engine, tmp_path / "engines", monkeypatch)


def terminal_writes(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding))


def raising(error: Exception) -> Callable[..., NoReturn]:
    def call(*_: Any, **__: Any) -> NoReturn:
        raise error

    return call


def amiss(station: Production) -> list[Finding]:
    return [one for one in findings(station.workspace, offline=False) if not one.works]


def only_fault(station: Production) -> Finding:
    (found,) = amiss(station)
    assert str(found.hint).endswith((".", "broadcast", "my-station"))
    return found


def test_where_nothing_is_wrong_everything_is_told_to_work(bridge: Production) -> None:
    told = [str(one.what) for one in findings(bridge.workspace, offline=False) if one.works]
    assert amiss(bridge) == []
    assert f"station Tiếng nói Sông Vân, in {bridge.root}" in told
    assert "the station's folder can be written to" in told
    assert "voice engine tones" in told
    assert "the terminal shows Vietnamese (utf-8)" in told
    assert any(what.startswith("sound: FFmpeg") for what in told)


@pytest.mark.parametrize("library", ["av", "lameenc", "soundfile", "soxr"])
def test_without_one_of_the_libraries_sound_cannot_be_made(
    bridge: Production, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    found = only_fault(bridge)
    assert str(found.what).startswith("sound cannot be made: ")
    assert library in str(found.what)
    assert found.matters


@pytest.mark.parametrize("error", [OSError("no such codec"), BroadcastError("no such codec")])
@pytest.mark.parametrize("step", ["write", "decode"])
def test_sound_that_is_not_encoded_or_not_read_back_cannot_be_made(
    bridge: Production, monkeypatch: pytest.MonkeyPatch, step: str, error: Exception
) -> None:
    monkeypatch.setattr(f"broadcast.media.{step}.{step}", raising(error))
    found = only_fault(bridge)
    assert (str(found.what), found.matters) == ("sound cannot be made: no such codec", True)


@pytest.mark.parametrize(("free", "enough"), [(499_999_999, False), (500_000_000, True)])
def test_less_room_than_an_hour_of_programme_needs_is_too_little(
    bridge: Production, monkeypatch: pytest.MonkeyPatch, free: int, enough: bool
) -> None:
    usage = {bridge.root: SimpleNamespace(free=free)}
    monkeypatch.setattr(doctor.shutil, "disk_usage", usage.__getitem__)
    (room,) = [
        one for one in findings(bridge.workspace, offline=False) if "MB free" in str(one.what)
    ]
    assert (room.works, room.matters) == (enough, True)
    assert str(room.what) == f"{free // 1_000_000} MB free on the disk"
    assert "500 MB" in str(room.hint)


def test_a_folder_that_cannot_be_written_to_is_told_with_the_systems_reason(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = PermissionError(errno.EACCES, "not yours")
    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", raising(refused))
    found = only_fault(bridge)
    assert (
        str(found.what)
        == "the station's folder cannot be written to: it is not allowed to you, or another "
        "program holds it"
    )
    assert found.matters


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a_base_url_on_this_machine_is_told_and_keeps_from_nothing(
    bridge: Production, host: str
) -> None:
    bridge.set("", OWN.replace("127.0.0.1", host))
    found = only_fault(bridge)
    assert (
        str(found.what) == f"base_url is this machine (http://{host}:8000/): nobody else can listen"
    )
    assert not found.matters


def test_what_still_is_the_samples_is_told_and_keeps_from_nothing(bridge: Production) -> None:
    bridge.set("", PUBLIC.replace("Tiếng nói Sông Vân", "Tiếng nói Vân Hải"))
    found = only_fault(bridge)
    assert str(found.what) == "Still the sample's: title “Tiếng nói Vân Hải”"
    assert not found.matters


def test_a_category_that_directories_do_not_have_is_told_and_keeps_from_nothing(
    bridge: Production,
) -> None:
    bridge.set("", PUBLIC.replace("[voices]", 'category = "Tin"\n[voices]'))
    found = only_fault(bridge)
    assert str(found.what) == 'Podcast directories have no category "Tin".'
    assert not found.matters


def test_a_terminal_without_vietnamese_is_told_and_keeps_from_nothing(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal_writes("cp1252", monkeypatch)
    found = only_fault(bridge)
    assert str(found.what).startswith("the terminal cannot show Vietnamese (cp1252)")
    assert not found.matters


def test_settings_that_are_wrong_are_told_with_their_line_and_the_rest_is_looked_at(
    bridge: Production,
) -> None:
    bridge.set("", PUBLIC.replace('language = "vi"', "language = 7"))
    wrong, *others = amiss(bridge)
    assert "station.toml:3" in str(wrong.what)
    assert wrong.matters
    assert others == []
    told = [str(one.what) for one in findings(bridge.workspace, offline=False)]
    assert "voice engine tones" in told
    assert not [what for what in told if "disk" in what]


def test_no_station_is_told_and_keeps_from_nothing(bridge: Production) -> None:
    (found,) = [one for one in findings(None, offline=False) if not one.works]
    assert (str(found.what), found.matters) == ("no station here", False)
    assert "broadcast init" in str(found.hint)


@pytest.fixture
def other(bridge: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tones:
    """A second engine, which works only online, and which the station names too."""
    bridge.set("", BOTH)
    made = Tones("far", online=True)
    engines_are(tmp_path, monkeypatch, made)
    return made


def fail(engine: Tones, monkeypatch: pytest.MonkeyPatch, words: str = "it is not here") -> None:
    monkeypatch.setattr(engine, "check", raising(EngineUnavailableError(words)))


def test_an_engine_that_does_not_work_matters_only_where_no_other_speaks(
    bridge: Production, other: Tones, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(bridge.engine, monkeypatch)
    found = only_fault(bridge)
    assert (str(found.what), found.matters) == ("voice engine tones: it is not here", False)
    assert str(found.hint) == "The others speak in its place."
    fail(other, monkeypatch)
    assert [(one.matters, str(one.hint)) for one in amiss(bridge)] == [
        (True, "Nothing can speak here.")
    ] * 2


@pytest.mark.parametrize("asked", ["by the command", "by station.toml"])
def test_offline_an_online_engine_is_not_asked(
    bridge: Production, other: Tones, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    fail(other, monkeypatch, "it was asked")
    by_command = asked == "by the command"
    bridge.set("", BOTH if by_command else BOTH.replace("[voices]", "[voices]\noffline = true"))
    found = [
        str(one.what) for one in findings(bridge.workspace, offline=by_command) if not one.works
    ]
    assert found == ["voice engine far: not asked: offline"]


@pytest.mark.parametrize("error", [ImportError("No module named 'far'"), BroadcastError("broken")])
def test_an_engine_that_is_not_wholly_installed_has_no_voices_and_says_why(
    bridge: Production, other: Tones, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(other, "voices", raising(error))
    station = station_of(bridge.workspace)
    far, tones = engines_here(bridge.workspace, station, "vi", offline=False)
    assert (far.name, far.voices) == ("far", ())
    assert str(error) in (str(far.unavailable or ""))
    assert (tones.name, tones.voices, tones.unavailable) == (
        "tones",
        bridge.engine.voices(),
        None,
    )
    fail(other, monkeypatch, "it is not installed")
    far, _ = engines_here(bridge.workspace, station, "vi", offline=False)
    assert str(far.unavailable) == "it is not installed"


def test_every_engine_is_tried_in_the_stations_language(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(bridge.engine, "check", asked.append)
    english = PUBLIC.replace('language = "vi"', 'language = "en"')
    bridge.set("", english.replace("Giọng máy.", "A synthetic voice."))
    for workspace in (bridge.workspace, None):
        list(findings(workspace, offline=False))
    assert asked == ["en", "vi"]
