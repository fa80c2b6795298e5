"""One engine speaks a whole episode: which it is, what follows when it fails, and what is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from broadcast.errors import EngineUnavailableError, OutsideError, UsageError
from broadcast.production.voicing import before
from broadcast.speech import VoiceInfo
from broadcast.speech.engine import wav_file
from productions_by_hand import (
    FIRST,
    NAME,
    RATE_HZ,
    SCRIPT,
    SECOND,
    SETTINGS,
    Production,
    Tones,
    new_production,
    reasons_of,
    with_engine,
)

FAILS = "The first voice has lost its connection."
BOTH = SETTINGS.replace('["tones"]', '["first", "tones"]')


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tones:
    """An engine that is tried before the offline one."""
    return with_engine(Tones("first", online=True), tmp_path, monkeypatch)


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Tones) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    made.set("", BOTH)
    return made


def failing(at: str, error: type[OutsideError] = OutsideError) -> Callable[[str], None]:
    def speak(words: str) -> None:
        if words == at:
            raise error(FAILS)

    return speak


def characters(spoken: list[str]) -> int:
    return sum(map(len, spoken))


def engines(station: Production) -> set[str]:
    return {turn["take"]["engine"] for turn in station.episode()["turns"]}


@pytest.mark.parametrize("error", [OutsideError, EngineUnavailableError])
def test_when_an_engine_fails_in_the_middle_the_next_speaks_the_whole_episode(
    bridge: Production, first: Tones, error: type[OutsideError]
) -> None:
    first.before = failing(SECOND, error)
    bridge.build()
    assert len(first.spoken) == 4
    assert bridge.engine.spoken == [*first.spoken, SECOND]
    assert engines(bridge) == {"tones"}
    assert bridge.episode()["engine"] == "tones"
    assert bridge.reporter.said == [
        f"{characters(bridge.engine.spoken)} characters go to somebody else to be spoken.",
        f"{FAILS} Going on with tones, for the whole episode.",
    ]


def test_the_engine_of_an_episode_stays_though_one_before_it_works_again(
    bridge: Production, first: Tones
) -> None:
    first.before = failing(SECOND)
    bridge.build()
    first.before = lambda words: None
    first.spoken.clear()
    bridge.write(SCRIPT.replace("một tháng", "hai tháng"))
    assert reasons_of(bridge.build()) == ("2: words changed",)
    assert first.spoken == []
    assert engines(bridge) == {"tones"}


def test_engines_that_a_station_names_anew_speak_the_next_build(
    bridge: Production, first: Tones
) -> None:
    bridge.set("", SETTINGS)
    bridge.build()
    assert engines(bridge) == {"tones"}
    bridge.set("", BOTH)
    assert reasons_of(bridge.build())[0] == "another voice engine"
    assert engines(bridge) == {"first"}
    assert not bridge.build().reasons


def test_another_episode_tries_them_in_their_order(bridge: Production, first: Tones) -> None:
    first.before = failing(SECOND)
    bridge.build()
    first.before = lambda words: None
    bridge.write(SCRIPT, "cau-cu")
    bridge.build("cau-cu")
    assert bridge.episode("cau-cu")["engine"] == "first"


def test_an_engine_that_is_asked_for_speaks_everything_and_is_then_the_episodes(
    bridge: Production, first: Tones
) -> None:
    bridge.build()
    assert engines(bridge) == {"first"}
    assert reasons_of(bridge.build(engine="tones"))[0] == "another voice engine"
    assert engines(bridge) == {"tones"}
    assert not bridge.build().reasons
    bridge.write(SCRIPT.replace("một tháng", "hai tháng"))
    bridge.build()
    assert engines(bridge) == {"tones"}


def test_an_engine_that_fails_later_takes_the_whole_episode_with_it(
    bridge: Production, first: Tones
) -> None:
    bridge.build()
    first.before = failing(FIRST.replace("một", "hai"))
    bridge.write(SCRIPT.replace("một tháng", "hai tháng"))
    bridge.build()
    assert engines(bridge) == {"tones"}
    assert len(bridge.engine.spoken) == 5


def test_what_an_engine_that_failed_had_said_is_kept(bridge: Production, first: Tones) -> None:
    first.before = failing(SECOND)
    with pytest.raises(OutsideError):
        bridge.build(engine="first")
    first.before = lambda words: None
    first.spoken.clear()
    bridge.build()
    assert first.spoken == [SECOND]


def test_when_the_only_engine_fails_it_is_told_and_the_old_draft_stays(
    bridge: Production, first: Tones
) -> None:
    bridge.build()
    before = bridge.files()
    bridge.write(SCRIPT.replace("một tháng", "hai tháng"))
    first.before = failing(FIRST.replace("một", "hai"))
    bridge.set("", SETTINGS.replace('"tones"', '"first"'))
    with pytest.raises(OutsideError, match=FAILS) as caught:
        bridge.build()
    assert caught.value.exit_status == 3
    assert bridge.files() == before


def test_when_the_last_engine_fails_too_its_error_is_told(bridge: Production, first: Tones) -> None:
    first.before = failing(FIRST)
    bridge.engine.before = failing(SECOND)
    with pytest.raises(OutsideError, match=FAILS):
        bridge.build()
    assert bridge.files() == {}


@pytest.mark.parametrize("asked", ["by the command", "by station.toml"])
def test_offline_no_online_engine_is_used_and_nothing_is_said_of_it(
    bridge: Production, first: Tones, asked: str
) -> None:
    if asked == "by station.toml":
        bridge.set("", BOTH.replace("[voices]", "[voices]\noffline = true"))
    bridge.build(offline=asked == "by the command")
    assert first.spoken == []
    assert engines(bridge) == {"tones"}
    assert bridge.reporter.said == []


def test_offline_an_online_engine_alone_is_refused(bridge: Production, first: Tones) -> None:
    with pytest.raises(EngineUnavailableError, match="first needs the network") as caught:
        bridge.build(engine="first", offline=True)
    assert "espeak" in (str(caught.value.hint or ""))
    assert first.spoken == []
    assert bridge.files() == {}


def test_offline_what_an_online_engine_said_before_is_used(
    bridge: Production, first: Tones
) -> None:
    bridge.build()
    for file in bridge.workspace.draft(NAME).iterdir():
        file.unlink()
    first.spoken.clear()
    bridge.build(offline=True)
    assert first.spoken == []
    assert engines(bridge) == {"first"}


def test_no_engine_is_asked_when_nothing_needs_speaking(bridge: Production, first: Tones) -> None:
    bridge.build()
    first.before = failing(FIRST)
    for engine in (first, bridge.engine):
        engine.check = None  # type: ignore[assignment, method-assign]
    bridge.record("04.wav", SECOND)
    bridge.build()
    assert bridge.turn(4)["take"]["kind"] == "recorded"


@pytest.mark.parametrize(
    "sound",
    [
        b"<html>busy</html>",
        wav_file(bytes(2 * RATE_HZ), RATE_HZ),
        wav_file(b"\x00\x20" * (RATE_HZ // 5), RATE_HZ),
        wav_file(b"\x00\x20" * (120 * RATE_HZ), RATE_HZ),
    ],
    ids=["a page", "silence", "a fifth of a second for a sentence", "two minutes for a sentence"],
)
def test_a_sound_that_is_no_speech_is_never_kept(
    bridge: Production, monkeypatch: pytest.MonkeyPatch, sound: bytes
) -> None:
    monkeypatch.setattr(Tones, "speak", lambda engine, utterance: sound)
    with pytest.raises(OutsideError, match=r"not speech|does not say this right"):
        bridge.build()
    monkeypatch.undo()
    assert bridge.files() == {}


def test_how_many_characters_leave_the_computer_is_told_before_they_do(
    bridge: Production, first: Tones
) -> None:
    said_before: list[list[str]] = []
    first.before = lambda words: said_before.append(list(bridge.reporter.said))
    bridge.build()
    whole = f"{characters(first.spoken)} characters go to somebody else to be spoken."
    assert said_before == [[whole]] * len(first.spoken)
    bridge.write(SCRIPT.replace("một tháng", "hai tháng"))
    bridge.build()
    more = f"{len(first.spoken[-1])} characters go to somebody else to be spoken."
    assert bridge.reporter.said == [whole, more]
    bridge.build()
    assert bridge.reporter.said == [whole, more]


def test_how_long_it_takes_is_told_by_how_fast_it_spoke(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(before, "_WORTH_TELLING_S", 0)
    bridge.build()
    bridge.write(SCRIPT.replace("một tháng", "hai tháng"))
    bridge.build()
    assert [one for one in bridge.reporter.said if "it takes 0:0" in one] == [
        bridge.reporter.said[-1]
    ]


def test_without_fallback_nothing_else_speaks(bridge: Production, first: Tones) -> None:
    bridge.set("", BOTH.replace("[voices]", "[voices]\nfallback = false"))
    first.before = failing(SECOND)
    with pytest.raises(OutsideError, match="lost its connection"):
        bridge.build()
    assert bridge.engine.spoken == []
    first.before = lambda words: None
    bridge.build()
    assert engines(bridge) == {"first"}
    assert len(first.spoken) == len(set(first.spoken))  # nothing was spoken twice


def test_without_fallback_a_build_that_stays_offline_takes_the_first_offline_voice(
    bridge: Production, first: Tones
) -> None:
    bridge.set("", BOTH.replace("[voices]", "[voices]\nfallback = false"))
    bridge.build(offline=True)
    assert (engines(bridge), first.spoken) == ({"tones"}, [])


def test_an_engine_that_nobody_knows_is_a_wrong_command(bridge: Production) -> None:
    with pytest.raises(UsageError, match="There is no engine 'siri'"):
        bridge.build(engine="siri")


def test_the_record_says_of_every_turn_which_engine_voice_licence_and_version_spoke_it(
    bridge: Production, first: Tones
) -> None:
    first.about = lambda voice: VoiceInfo(  # type: ignore[attr-defined]
        f"model {voice}", "vi", "a model", licence="CC-BY-4.0", version="3f5a"
    )
    bridge.build()
    takes = [turn["take"] for turn in bridge.episode()["turns"]]
    assert {(take["engine"], take["licence"], take["version"]) for take in takes} == {
        ("first", "CC-BY-4.0", "1 3f5a")
    }
    assert {take["voice"] for take in takes} == {"model vi+p", "model vi+r", "model vi+o"}


def test_another_version_of_a_voice_speaks_again(bridge: Production, first: Tones) -> None:
    voice = VoiceInfo("vi", "vi", "a model", version="1")
    first.about = lambda name: voice  # type: ignore[attr-defined]
    bridge.build()
    spoken = len(first.spoken)
    bridge.build()
    assert len(first.spoken) == spoken
    voice = replace(voice, version="2")
    bridge.build()
    assert len(first.spoken) == 2 * spoken
