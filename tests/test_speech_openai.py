"""The engine for any service that is asked as OpenAI's is: what it sends, and what it takes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.model import EngineVoices, Utterance, Voice
from broadcast.production.desk.read_station import station_of
from broadcast.speech import claims_of, offered, voice_for
from broadcast.speech.openai import Openai, OpenaiSettings
from broadcast.workspace import Workspace
from loopback_speech import KEY, KEY_VARIABLE, LoopbackSpeech, wav_tone

GREETING = "Xin chào quý vị và các bạn!"
SHOW = """[show]
title = "Tiếng nói Vân Hải"
language = "vi"
author = "Đài Truyền thanh Vân Hải"
email = "dai@vanhai.example.vn"
base_url = "http://127.0.0.1:8000"
"""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackSpeech]:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with LoopbackSpeech() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


def at(service: LoopbackSpeech, waits: list[float] | None = None, **settings: Any) -> Openai:
    chosen = {"url": service.url, "key_env": KEY_VARIABLE, **settings}
    return Openai(OpenaiSettings(**chosen), wait=None if waits is None else waits.append)


def greeting(words: str = GREETING, voice: str = "Mai Anh") -> Utterance:
    return Utterance(words, Voice("openai", voice, "vi"))


def samples_of(audio: bytes) -> np.ndarray[Any, Any]:
    with av.open(io.BytesIO(audio)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def test_it_asks_as_openai_is_asked_and_takes_a_wav_of_unknown_length(
    service: LoopbackSpeech,
) -> None:
    engine = at(service, model="vieneu-v3-turbo", extra=(("speed", 1.1), ("instructions", "tin")))
    speech = engine.speak(greeting())
    assert np.array_equal(samples_of(speech), samples_of(wav_tone(GREETING)))
    (asked,) = service.requests
    assert asked.address == "/v1/audio/speech"
    assert asked.authorization == f"Bearer {KEY}"
    assert asked.document == {
        "model": "vieneu-v3-turbo",
        "input": GREETING,
        "voice": "Mai Anh",
        "response_format": "wav",
        "speed": 1.1,
        "instructions": "tin",
    }


def test_no_key_is_sent_where_none_is_named(service: LoopbackSpeech) -> None:
    at(service, key_env="").speak(greeting())
    assert service.requests[0].authorization is None


def test_what_goes_to_this_machine_is_not_online_and_passes_no_proxy(
    service: LoopbackSpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(variable, raising=False)
    engine = at(service)
    assert (engine.online, engine.service) == (False, None)
    engine.check("vi")
    engine.speak(greeting())
    assert len(service.requests) == 1
    elsewhere = Openai()
    assert (elsewhere.online, elsewhere.service) == (True, "https://api.openai.com/v1")


def test_words_too_long_for_the_service_go_in_parts(service: LoopbackSpeech) -> None:
    words = "Chiều nay, Ủy ban họp báo; hai mươi xã dự, trong đó có bốn xã đảo. " * 3
    speech = at(service, longest=100).speak(greeting(words.strip()))
    assert all(len(one) <= 100 for one in service.words)
    assert " ".join(service.words) == words.strip()
    assert samples_of(speech).any()


def test_a_stations_own_voices_speak_for_its_roles() -> None:
    engine = Openai(OpenaiSettings(voices=("Mai Anh", "Minh Đức", "Ngọc Trân", "Quang Sơn")))
    none = EngineVoices(by_role={})
    speaking = [
        voice_for(engine, none, role, index, "vi").name
        for role, index in (("presenter", 0), ("reporter", 0), ("official", 0), ("official", 1))
    ]
    assert speaking == ["Mai Anh", "Minh Đức", "Ngọc Trân", "Quang Sơn"]
    assert [voice.name for voice in engine.voices()] == speaking
    assert Openai(OpenaiSettings(url="http://127.0.0.1:9/v1")).voices() == ()


def test_the_key_is_in_no_version_no_claim_and_no_error(
    service: LoopbackSpeech, waits: list[float]
) -> None:
    engine = at(service, waits)
    service.faults.extend(["400", "401"])
    told = [engine.version(), repr(claims_of(OpenaiSettings(key_env=KEY_VARIABLE)))]
    for _ in range(2):
        with pytest.raises(EngineUnavailableError) as failed:
            engine.speak(greeting())
        told += [str(failed.value.message), str(failed.value.hint), repr(failed.value)]
    assert KEY_VARIABLE in told[1]
    assert not [one for one in told if KEY[:6] in one]


def test_a_key_for_the_service_needs_leave() -> None:
    (claim,) = claims_of(OpenaiSettings())
    assert (claim.kind, claim.value, claim.to) == ("key", "OPENAI_API_KEY", OpenaiSettings().url)


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('extra = { voice = "x" }', "filled in by the engine"),
        ("extra = { steps = [1] }", "must be a text, a number"),
        ("extra = 3", "extra"),
    ],
)
def test_extra_fields_are_judged_with_their_line(tmp_path: Path, extra: str, told: str) -> None:
    file = tmp_path / "station.toml"
    file.write_text(f"{SHOW}\n[voices.openai]\n{extra}\n", "utf-8")
    with pytest.raises(BroadcastError, match=told) as failed:
        station_of(Workspace(tmp_path))
    assert failed.value.line == len(SHOW.splitlines()) + 3
    file.write_text(f"{SHOW}\n[voices.openai.extra]\nspeed = 1.1\nb = true\n", "utf-8")
    settings = station_of(Workspace(tmp_path)).voices["openai"].settings
    assert isinstance(settings, OpenaiSettings)
    assert settings.extra == (("b", True), ("speed", 1.1))


def test_it_is_there() -> None:
    found = offered("openai")
    assert found is not None
    assert found.package == ""
