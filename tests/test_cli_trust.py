"""`broadcast trust`, and what the other commands say and ask before it was given."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from broadcast.speech import ENGINES
from conftest import StationFolder, new_station
from loopback_speech import KEY, KEY_VARIABLE, LoopbackSpeech, example_package
from packages_by_hand import installed

SCRIPT = "Phóng viên: Có khoẻ không?\n\nBà Hà: Có.\n"
SENDS = f"send the key in your variable {KEY_VARIABLE} to"


@pytest.fixture
def service() -> Iterator[LoopbackSpeech]:
    with LoopbackSpeech() as server:
        yield server


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user with a key, and with the package of the page on engines."""
    return {
        "PYTHONPATH": str(example_package(tmp_path / "package")),
        "XDG_CONFIG_HOME": str(tmp_path / "configuration"),
        KEY_VARIABLE: KEY,
        "BROADCAST_GTTS_URL": "http://127.0.0.1:9",  # nobody is there, and nobody further away
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


@pytest.fixture
def given(tmp_path: Path, service: LoopbackSpeech) -> StationFolder:
    """A station that somebody gave, which sends words and a key to a service of its choice."""
    station = new_station(tmp_path / "station")
    file = station.root / "station.toml"
    text = file.read_text("utf-8").replace('["espeak"]', '["example", "espeak"]')
    file.write_text(f'{text}\n[voices.example]\nurl = "{service.url}"\n', encoding="utf-8")
    (station.root / "scripts" / "ngan.txt").write_text(SCRIPT, encoding="utf-8")
    return station


def test_a_build_says_what_is_not_allowed_and_after_trust_it_is_done(
    given: StationFolder, service: LoopbackSpeech, environment: dict[str, str]
) -> None:
    told = given.run("build", "ngan", environment=environment).stderr
    assert "example is not used: nobody has allowed this station to" in told
    assert f"send words to {service.url} and {SENDS} {service.url}." in told
    assert "To allow it: broadcast trust. Going on with espeak, for the whole episode." in told
    assert (service.requests, service.checks) == ([], [])
    for command in ("voices", "doctor"):
        assert "broadcast trust" in given.run(command, environment=environment).stdout
    assert (service.requests, service.checks) == ([], [])

    told = given.run("trust", environment=environment).stdout
    assert str(given.root) in told
    assert f"example may {SENDS} {service.url}" in told
    given.run("build", "ngan", "--engine", "example", environment=environment)
    assert "Có khoẻ không?" in service.words
    assert given.episode("ngan")["engine"] == "example"
    assert "example (online): works here" in given.run("voices", environment=environment).stdout
    assert KEY not in "".join(
        file.read_text("utf-8", "replace") for file in given.root.rglob("*") if file.is_file()
    )

    heard = len(service.requests)
    told = given.run("trust", ".", "--revoke", environment=environment).stdout
    assert "Taken back" in told
    assert "Nothing" in given.run("trust", "--revoke", environment=environment).stdout
    given.run("say", "Xin chào.", "-o", "a.wav", environment=environment)
    assert len(service.requests) == heard


def test_an_engine_that_the_station_does_not_name_is_allowed_by_its_name(
    station: StationFolder, environment: dict[str, str]
) -> None:
    build = ("build", "bien-sach-van-hai", "--engine", "example")
    told = station.run(*build, status=3, environment=environment).stderr
    assert "To allow it: broadcast trust --engine example." in told
    assert "wants nothing" in station.run("trust", environment=environment).stdout
    told = station.run("trust", "--engine", "example", environment=environment).stdout
    assert f"example may {SENDS} https://speech.example/v1" in told
    told = station.run("trust", "--engine", "siri", status=2, environment=environment).stderr
    assert f"Known: {', '.join([*ENGINES, 'example'])}." in told


def test_a_station_that_wants_nothing_is_told_so(
    station: StationFolder, environment: dict[str, str], tmp_path: Path
) -> None:
    told = station.run("trust", station.root, environment=environment).stdout
    assert "wants nothing" in told
    assert not (tmp_path / "configuration").exists()


def test_trust_of_what_is_no_station_is_refused(
    station: StationFolder, environment: dict[str, str], tmp_path: Path
) -> None:
    told = station.run("trust", tmp_path, status=1, environment=environment).stderr
    assert "no station" in told


@pytest.mark.skipif(os.name == "nt", reason="terminals are made otherwise there")
@pytest.mark.parametrize(
    ("answer", "engine"), [("y", "example"), ("yes", "example"), ("", "espeak"), ("n", "espeak")]
)
def test_in_a_terminal_it_is_asked_once(
    given: StationFolder,
    service: LoopbackSpeech,
    environment: dict[str, str],
    answer: str,
    engine: str,
) -> None:
    first = in_a_terminal(given, environment, answer)
    assert f"{SENDS} {service.url}" in first
    assert "[y/N]" in first
    assert given.episode("ngan")["engine"] == engine
    script = given.root / "scripts" / "ngan.txt"
    script.write_text(SCRIPT.replace("Có.", "Khoẻ."), encoding="utf-8")
    assert "[y/N]" not in in_a_terminal(given, environment, "")
    assert bool(service.requests) is (engine == "example")


def in_a_terminal(station: StationFolder, environment: dict[str, str], answer: str) -> str:
    """Build in a terminal of its own, where ``answer`` is typed; give what it showed."""
    import pty  # there is none on Windows

    shown = bytearray()
    command = [sys.executable, "-m", "broadcast", "build", "ngan", "--station", str(station.root)]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(environment, COLUMNS="200", PYTHONUTF8="1", TERM="dumb")
        os.execv(command[0], command)
    os.write(terminal, f"{answer}\n".encode())
    with suppress(OSError):  # raised when the other end is closed: it has ended
        while data := os.read(terminal, 4_096):
            shown += data
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, shown.decode()
    return shown.decode("utf-8", "replace")


def test_a_package_that_takes_a_built_in_engines_name_is_told(
    station: StationFolder, tmp_path: Path
) -> None:
    package = installed(tmp_path / "evil", "evil-voices", {"espeak": "evil_voices:Evil"})
    environment = {"PYTHONPATH": str(package)}
    for command in ("voices", "doctor"):
        told = station.run(command, "--offline", environment=environment).stdout
        assert "The package evil-voices offers an engine 'espeak'" in told


def test_a_broken_package_is_told_and_no_traceback_is_shown(
    station: StationFolder, tmp_path: Path
) -> None:
    package = installed(
        tmp_path / "broken", "broken-voices", {"broken": "broken_voices:Voice"}, "1 / 0\n"
    )
    environment = {"PYTHONPATH": str(package)}
    told = station.run("voices", "--offline", environment=environment).stdout
    assert "broken (offline): The engine broken of the package broken-voices is broken" in told
    told = station.run(
        "build",
        "bien-sach-van-hai",
        *("--engine", "broken"),
        status=3,
        environment=environment,
    ).stderr
    assert "broken-voices" in told
    told = station.run("build", "bien-sach-van-hai", "--engine", "siri", status=2).stderr
    assert f"Known: {', '.join(ENGINES)}" in told
