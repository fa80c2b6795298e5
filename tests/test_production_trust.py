"""A station's folder from somebody else: what it may do before and after its user allows it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.trust import Wanted, decide, forget, is_allowed
from broadcast.production.voicing.doctor import findings
from broadcast.production.voicing.say_line import say_line
from broadcast.production.voicing.voices import engines_here, wanted_of
from broadcast.speech import online
from broadcast.speech.gtts import ADDRESS_VARIABLE
from loopback_speech import KEY, KEY_VARIABLE, LoopbackSpeech, example_package
from productions_by_hand import (
    AGAIN,
    SCRIPT,
    SETTINGS,
    Notebook,
    Production,
    new_production,
)

BOTH = SETTINGS.replace('["tones"]', '["example", "tones"]')
ELSEWHERE = '[voices.example]\nurl = "http://speech.example.vn/v1"\n'
WITHOUT_KEY = 'key_env = ""\n'
ADDRESS = "http://speech.example.vn/v1"
PLAINLY = "where others can read it on the way"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackSpeech]:
    """What stands between this machine and every other one, and answers as a speech service."""
    with LoopbackSpeech() as server:
        for variable in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(variable, f"http://{server.host}")
        for variable in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(variable, "127.0.0.1")
        monkeypatch.setattr(online, "WAITS_S", ())
        yield server


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's configuration is."""
    place = tmp_path / "configuration"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place))
    return place


@pytest.fixture
def bridge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: LoopbackSpeech, kept: Path
) -> Iterator[Production]:
    """A station whose first engine is that of the page on engines, on a machine with a key."""
    monkeypatch.syspath_prepend(example_package(tmp_path / "package"))
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    made = new_production(tmp_path / "station", monkeypatch)
    made.set(ELSEWHERE, BOTH)
    yield made
    sys.modules.pop("example_voices", None)


def wanted(station: Production) -> Wanted:
    (one,) = wanted_of(station.workspace, station_of(station.workspace))
    return one


def allow(station: Production) -> None:
    decide(wanted(station), allowed=True)


def nothing_went_out(service: LoopbackSpeech) -> bool:
    return (service.requests, service.checks) == ([], [])


@pytest.mark.parametrize(
    "lines",
    [
        ELSEWHERE + WITHOUT_KEY,
        ELSEWHERE,
        "",
        "[voices.example]\nmodel = 'large'\n",
        "[voices.example]\nurl = 'HERE'\n",
    ],
)
def test_before_its_user_allows_it_nothing_goes_out_and_the_next_engine_speaks(
    bridge: Production, service: LoopbackSpeech, lines: str
) -> None:
    bridge.set(lines.replace("HERE", service.url), BOTH)
    bridge.build()
    assert nothing_went_out(service)
    assert bridge.episode()["engine"] == "tones"
    (told,) = bridge.reporter.said
    assert told.startswith("example is not used: nobody has allowed this station to send ")
    assert told.endswith(
        "To allow it: broadcast trust. Going on with tones, for the whole episode."
    )


def test_the_only_engine_is_refused_with_what_to_do(
    bridge: Production, service: LoopbackSpeech
) -> None:
    with pytest.raises(EngineUnavailableError, match="broadcast trust") as refused:
        bridge.build(engine="example")
    assert refused.value.exit_status == 3
    assert nothing_went_out(service)
    assert bridge.files() == {}


def test_once_allowed_words_and_key_go_where_it_was_said(
    bridge: Production, service: LoopbackSpeech
) -> None:
    allow(bridge)
    bridge.build()
    assert bridge.episode()["engine"] == "example"
    assert AGAIN in service.words
    assert {(one.address, one.authorization) for one in service.requests} == {
        ("http://speech.example.vn/v1/audio/speech", f"Bearer {KEY}")
    }


def test_an_address_on_this_machine_without_a_key_needs_no_leave(
    bridge: Production, service: LoopbackSpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge.set(f'[voices.example]\nurl = "{service.url}"\n{WITHOUT_KEY}', BOTH)
    bridge.build()
    assert bridge.episode()["engine"] == "example"
    bridge.set(f'[voices.example]\nurl = "{service.url}"\nmodel = "large"\n', BOTH)
    monkeypatch.delenv(KEY_VARIABLE)
    bridge.build()
    assert {one.document["model"] for one in service.requests} == {"small", "large"}
    assert bridge.reporter.asked == []


def test_somebody_at_a_terminal_is_asked_once_and_the_answer_is_kept(
    bridge: Production, service: LoopbackSpeech
) -> None:
    asked = Notebook(answer=True)
    bridge.build(reporter=asked)
    assert asked.asked == [
        (
            "example",
            f"send words to {ADDRESS}",
            f"send the key in your variable {KEY_VARIABLE} to {ADDRESS}, {PLAINLY}",
        )
    ]
    bridge.write(SCRIPT.replace("một tháng", "hai tháng"))
    bridge.build(reporter=asked)
    assert len(asked.asked) == 1
    assert bridge.episode()["engine"] == "example"


def test_a_no_is_kept_too_until_the_command_allows_it(
    bridge: Production, service: LoopbackSpeech
) -> None:
    asked = Notebook(answer=False)
    for months in ("hai", "ba"):
        bridge.write(SCRIPT.replace("một tháng", f"{months} tháng"))
        bridge.build(reporter=asked)
        shutil.rmtree(bridge.workspace.draft("cau-moi"))
    assert len(asked.asked) == 1
    assert nothing_went_out(service)
    allow(bridge)
    bridge.build(reporter=asked)
    assert bridge.episode()["engine"] == "example"


def test_where_nobody_can_be_asked_nothing_is_kept(bridge: Production, kept: Path) -> None:
    bridge.build()
    assert not kept.exists()


@pytest.mark.parametrize(
    ("lines", "again"),
    [
        (ELSEWHERE, False),
        (ELSEWHERE + 'model = "large"\npresenter = "alloy"\n', False),
        (ELSEWHERE.replace("example.vn", "example.net"), True),
        (ELSEWHERE.replace("http:", "https:"), True),
        (ELSEWHERE + 'key_env = "OTHER_KEY"\n', True),
        (ELSEWHERE + WITHOUT_KEY, True),
        ("", True),
    ],
)
def test_a_change_of_what_needs_trust_needs_it_anew(
    bridge: Production, lines: str, again: bool
) -> None:
    allow(bridge)
    bridge.set(lines, BOTH)
    assert is_allowed(wanted(bridge)) is (None if again else True)


def test_another_folder_with_the_same_settings_needs_its_own_leave(
    bridge: Production, tmp_path: Path, service: LoopbackSpeech
) -> None:
    allow(bridge)
    bridge.build()
    heard = len(service.requests)
    copy = bridge.copied_to(tmp_path / "from-a-stick")
    # Its draft names the engine, so that it would be the first to be tried.
    copy.write(SCRIPT.replace("một tháng", "hai tháng"))
    copy.build()
    assert len(service.requests) == heard
    assert copy.episode()["engine"] == "tones"


def test_a_folder_is_the_one_it_really_is(bridge: Production, tmp_path: Path) -> None:
    allow(bridge)
    link = tmp_path / "link"
    try:
        link.symlink_to(bridge.root, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert is_allowed(wanted(Production(link, bridge.engine))) is True


def test_a_station_that_brings_decisions_along_is_not_believed(
    bridge: Production, kept: Path, service: LoopbackSpeech
) -> None:
    allow(bridge)
    for place in ("trusted", ".config/broadcast/trusted", ".broadcast/trusted"):
        shutil.copytree(kept / "broadcast" / "trusted", bridge.root / place)
    shutil.rmtree(kept)
    bridge.build()
    assert nothing_went_out(service)


@pytest.mark.parametrize("place", ["station", "station/configuration"])
def test_what_the_station_could_write_itself_is_not_believed(
    bridge: Production, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    asks = wanted(bridge)
    allow(bridge)
    file = next(bridge.root.parent.glob("configuration/**/*.json"))
    configuration = bridge.root.parent / place
    planted = configuration / "broadcast" / "trusted" / file.name
    planted.parent.mkdir(parents=True)
    shutil.copy(file, planted)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(configuration))
    assert is_allowed(asks) is None
    with pytest.raises(OutsideError, match="could write it"):
        decide(asks, allowed=True)


def test_a_configuration_beside_whoever_asks_is_not_believed(
    bridge: Production, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = wanted(bridge)
    allow(bridge)
    monkeypatch.chdir(kept.parent)  # a stick, say, with a station and a folder of this name
    monkeypatch.setenv("XDG_CONFIG_HOME", kept.name)
    assert is_allowed(asks) is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"allowed": "yes"}', b'{"allowed": 1}'])
def test_a_damaged_decision_allows_nothing(bridge: Production, kept: Path, data: bytes) -> None:
    allow(bridge)
    (file,) = (kept / "broadcast" / "trusted").iterdir()
    file.write_bytes(data)
    assert not is_allowed(wanted(bridge))


def test_what_was_allowed_can_be_read_and_taken_back(
    bridge: Production, tmp_path: Path, kept: Path
) -> None:
    allow(bridge)
    other = bridge.copied_to(tmp_path / "other")
    allow(other)
    place = kept / "broadcast" / "trusted"
    read = [json.loads(file.read_text("utf-8")) for file in place.iterdir()]
    assert {one["folder"] for one in read} == {str(bridge.root), str(other.root)}
    assert all("http://speech.example.vn/v1" in one["what"][0] for one in read)
    assert forget(bridge.root) == 1
    assert forget(bridge.root) == 0
    assert is_allowed(wanted(bridge)) is None
    assert is_allowed(wanted(other)) is True


def test_the_key_is_in_no_file_no_name_and_nothing_that_is_told(
    bridge: Production, service: LoopbackSpeech, tmp_path: Path
) -> None:
    asked = Notebook(answer=True)
    service.faults.extend(["401"])
    bridge.build(reporter=asked)
    bridge.build(engine="example", reporter=asked)
    assert KEY in (service.requests[-1].authorization or "")
    assert [file.name for file in tmp_path.rglob("*.json")]
    for file in tmp_path.rglob("*"):
        assert KEY not in file.name
        assert not file.is_file() or KEY.encode() not in file.read_bytes(), file
    told = " ".join([*asked.said, *(" ".join(one) for one in asked.asked)])
    assert KEY_VARIABLE in told
    assert KEY[:8] not in told


def test_voices_and_doctor_tell_it_and_send_nothing(
    bridge: Production, service: LoopbackSpeech
) -> None:
    station = station_of(bridge.workspace)
    bridge.set(ELSEWHERE, BOTH.replace("[voices]", "[voices]\noffline = false"))
    here = {
        one.name: one
        for one in engines_here(bridge.workspace, station, "vi", offline=False)
        if one.name == "example"
    }
    assert "To allow it: broadcast trust" in (str(here["example"].unavailable or ""))
    assert here["example"].voices == ()
    told = [str(one.what) for one in findings(bridge.workspace, offline=True)]
    assert [one for one in told if "example" in one] == ["voice engine example: not asked: offline"]
    assert nothing_went_out(service)
    allow(bridge)
    (example,) = (
        one
        for one in engines_here(bridge.workspace, station, "vi", offline=False)
        if one.name == "example"
    )
    assert example.unavailable is None
    assert [voice.name for voice in example.voices] == ["alloy", "echo", "nova"]


def test_a_line_is_said_by_the_next_engine_too_until_it_is_allowed(
    bridge: Production, service: LoopbackSpeech, tmp_path: Path
) -> None:
    def said_by(voice: str | None = None) -> str:
        spoken = say_line(
            bridge.workspace,
            station_of(bridge.workspace),
            "Xin chào.",
            tmp_path / "line.wav",
            bridge.reporter,
            voice=voice,
            engine=None,
            offline=False,
        )
        return f"{spoken.voice.engine} {spoken.voice.name}"

    assert said_by() == "tones vi+p"
    assert "broadcast trust" in bridge.reporter.said[0]
    assert nothing_went_out(service)
    allow(bridge)
    assert said_by() == "example nova"
    assert said_by("alloy") == "example alloy"


@pytest.mark.parametrize("variable", [None, "http://10.1.2.3:8080"])
def test_an_address_of_the_users_own_environment_needs_no_leave(
    bridge: Production, monkeypatch: pytest.MonkeyPatch, variable: str | None
) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    if variable:
        monkeypatch.setenv(ADDRESS_VARIABLE, variable)
    bridge.set('[voices.gtts]\nurl = "http://translate.example.vn"\n')
    claims = [one.claims for one in wanted_of(bridge.workspace, station_of(bridge.workspace))]
    assert len(claims) == (0 if variable else 1)
