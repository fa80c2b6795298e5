"""The engine that runs a program of the user's: what it is given, and every way in which it fails.

Its program is Python itself; what it does stands in the arguments.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError
from broadcast.model import Utterance, Voice
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.trust import decide
from broadcast.production.voicing.voices import engine_named, wanted_of
from broadcast.speech.command import Command, CommandSettings
from broadcast.speech.engine import wav_file
from broadcast.workspace import Workspace
from productions_by_hand import SETTINGS

SPEAKS = """
import sys, wave
text, out, *rest = sys.argv[1:]
words = open(text, encoding="utf-8", newline="").read()
open(text + ".seen", "w", encoding="utf-8").write(words)
with wave.open(out, "wb") as file:
    file.setnchannels(1), file.setsampwidth(2), file.setframerate(16_000)
    file.writeframes(bytes(range(1, 201)) * 20 * len(words))
"""


def command(source: str = SPEAKS, *rest: str, **settings: object) -> Command:
    words = (sys.executable, "-c", source, "{text_file}", "{out_wav}", *rest)
    return Command(CommandSettings(words, **settings))  # type: ignore[arg-type]


def say(engine: Command, words: str = "Xin chào bà con.", voice: str = "default") -> bytes:
    return engine.speak(Utterance(words, Voice("command", voice, "vi")))


def test_the_words_are_in_a_file_of_utf_8_and_what_the_program_wrote_is_the_speech(
    tmp_path: Path,
) -> None:
    seen = tmp_path / "seen.txt"
    source = f"{SPEAKS}\nimport shutil; shutil.copy(text, {str(seen)!r})"
    assert say(command(source)) == wav_file(bytes(range(1, 201)) * 20 * 17, 16_000)
    assert seen.read_bytes() == "Xin chào bà con.\n".encode()


def test_nothing_of_the_words_the_voice_or_the_language_comes_to_a_shell(tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    source = f"{SPEAKS}\nopen({str(told)!r}, 'w').write(repr(rest))"
    engine = command(source, "--v={voice}", "{language}", "$(id) `id` ; | & > {x}", voices=("lan",))
    say(engine, "$(id); `id` | rm -rf / & \"' \x00 {out_wav}", "lan")
    assert told.read_text() == "['--v=lan', 'vi', '$(id) `id` ; | & > {x}']"


@pytest.mark.parametrize("voice", ["-rf", "--help", "", "a/b", "$(id)", "a\nb"])
def test_no_voice_is_an_option(voice: str) -> None:
    with pytest.raises(BroadcastError):
        Command.declares.names.check(voice)


def test_a_voice_that_the_station_does_not_name_is_refused() -> None:
    with pytest.raises(BroadcastError, match="no voice “nam”"):
        say(command(voices=("lan",)), voice="nam")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("print('x'); raise SystemExit('no model here')", "status 1, saying: no model here"),
        ("import sys; print('y' * 9_000_000); sys.exit(7)", "status 7, saying: yyy"),
        ("pass", "it wrote no sound"),
        ("import sys; open(sys.argv[2], 'w')", "it wrote no sound"),
        ("import os, sys; os.symlink('/etc/passwd', sys.argv[2])", "it wrote no sound"),
        ("import os, sys; os.mkdir(sys.argv[2])", "it wrote no sound"),
    ],
)
def test_a_program_that_fails_is_told_of_by_its_own_last_words(source: str, told: str) -> None:
    with pytest.raises(OutsideError) as caught:
        say(command(source))
    assert told in str(caught.value)
    assert "Xin chào bà con." in str(caught.value)


def test_a_program_that_hangs_is_ended_with_all_that_it_started() -> None:
    source = (
        "import subprocess, sys, time\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "time.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(OutsideError, match="did not finish in 1 seconds"):
        say(command(source, seconds=1))
    assert time.monotonic() - began < 5
    assert not [one for one in psutil.Process().children(True) if one.status() != "zombie"]


def test_a_program_that_writes_without_end_is_ended() -> None:
    source = "import sys\nwith open(sys.argv[2], 'wb') as file:\n while 1: file.truncate(10**9)"
    with pytest.raises(OutsideError, match="more than 200 MB"):
        say(command(source))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "No command"),
        (("/no/such/program", "{text_file}", "{out_wav}"), "no program"),
        ((sys.executable, "{out_wav}"), "has no {text_file}"),
        ((sys.executable, "{text_file}"), "has no {out_wav}"),
    ],
)
def test_what_cannot_be_run_is_unavailable(words: tuple[str, ...], told: str) -> None:
    engine = Command(CommandSettings(words))
    engine.version()
    with pytest.raises(EngineUnavailableError, match=told):
        engine.check("vi")


def test_another_program_other_arguments_or_another_version_speak_again(tmp_path: Path) -> None:
    program = tmp_path / "prog"
    changes = [("1", "a", ""), ("2", "a", ""), ("2", "b", ""), ("2", "b", "9"), ("2", "b", "9")]
    versions = []
    for seconds, (contents, argument, version) in enumerate(changes, 1):
        program.write_text(contents)
        settings = CommandSettings((str(program), argument), (), seconds, version)
        versions.append(Command(settings).version())
    assert len(set(versions)) == 4
    assert str(tmp_path) not in "".join(versions)


def station(folder: Path, command: list[str]) -> Workspace:
    table = f"\n[voices.command]\ncommand = {command!r}\n".replace("'", '"')
    (folder / "station.toml").write_text(SETTINGS.replace('["tones"]', '["command"]') + table)
    return Workspace(folder)


def test_a_station_runs_nothing_before_its_user_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "station"
    folder.mkdir()
    ran = tmp_path / "ran"
    script = tmp_path / "speak.py"
    script.write_text(f"{SPEAKS}\nopen({str(ran)!r}, 'w')")
    workspace = station(folder, [sys.executable, str(script), "{text_file}", "{out_wav}"])
    settings = station_of(workspace)
    engine = engine_named("command", workspace, settings)
    utterance = Utterance("Xin chào.", Voice("command", "default", "vi"))
    for call in (lambda: engine.check("vi"), engine.voices, lambda: engine.speak(utterance)):
        with pytest.raises(EngineUnavailableError, match=f"run the program {sys.executable} "):
            call()
    assert not ran.exists()
    (wanted,) = wanted_of(workspace, settings)
    decide(wanted, allowed=True)
    assert engine.speak(utterance)
    assert ran.exists()


@pytest.mark.parametrize("where", [0, 1])
def test_neither_the_program_nor_what_it_is_given_may_come_with_the_station(
    tmp_path: Path, where: int
) -> None:
    inside = tmp_path / "tool"
    inside.touch()
    words = [sys.executable, "/usr/lib/speak.py", "{text_file}", "{out_wav}"]
    words[where] = str(inside)
    with pytest.raises(BroadcastError, match="station's own folder") as caught:
        station_of(station(tmp_path, words))
    assert caught.value.line
