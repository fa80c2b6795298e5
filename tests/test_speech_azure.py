"""Microsoft's Speech service by key: what it is sent, at which pace, and how it fails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.model import EngineVoices, Utterance, Voice
from broadcast.speech import claims_of, online, voice_for
from broadcast.speech.azure import Azure, AzureSettings
from loopback_azure import KEY, LoopbackAzure

VOICE = "vi-VN-HoaiMyNeural"
GREETING = "Xin chào quý vị và các bạn!"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackAzure]:
    monkeypatch.setenv("AZURE_SPEECH_KEY", KEY)
    with LoopbackAzure() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


def at(service: LoopbackAzure, waits: list[float], **settings: Any) -> Azure:
    return Azure(AzureSettings(url=service.url, **settings), wait=waits.append)


def greeting(words: str = GREETING, voice: str = VOICE) -> Utterance:
    return Utterance(words, Voice("azure", voice, "vi"))


def test_words_go_as_ssml_in_a_voice_and_its_language(
    service: LoopbackAzure, waits: list[float]
) -> None:
    speech = at(service, waits).speak(greeting())
    assert speech[:4] == b"RIFF"
    (asked,) = service.requests
    assert (asked.words, asked.voice, asked.language) == (GREETING, VOICE, "vi-VN")
    assert asked.tags == ("speak", "voice")


@pytest.mark.parametrize(
    "words",
    [
        "A & B < C > D \"E\" 'F'",
        '</voice></speak><speak><voice name="x">khác',
        '<break time="10s"/> nghỉ',
        "]]> &amp; &#60;",
    ],
)
def test_words_are_never_markup(service: LoopbackAzure, waits: list[float], words: str) -> None:
    at(service, waits).speak(greeting(words))
    assert (service.requests[0].words, service.requests[0].tags) == (words, ("speak", "voice"))


def test_what_xml_has_no_place_for_is_left_out(service: LoopbackAzure, waits: list[float]) -> None:
    at(service, waits).speak(greeting("một\x00hai\uffffba\ud800bốn\x1b"))
    assert service.requests[0].words.split() == ["một", "hai", "ba", "bốn"]


def test_a_rate_is_a_part_of_the_markup_and_of_the_version(
    service: LoopbackAzure, waits: list[float]
) -> None:
    engine = at(service, waits, percent=-8)
    engine.speak(greeting())
    assert service.requests[0].rate == "-8%"
    assert engine.version() != at(service, waits).version()
    assert at(service, waits, a_minute=200).version() == at(service, waits).version()


def test_a_free_resource_is_asked_twenty_times_a_minute(
    service: LoopbackAzure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "MINUTE_S", 0.6)
    engine = Azure(AzureSettings(url=service.url))
    began = time.monotonic()
    for n in range(41):
        engine.speak(greeting(f"Câu {n}."))
    assert time.monotonic() - began >= 1.2
    assert len(service.requests) == 41


def test_a_stopped_engine_does_not_wait_for_its_minute(service: LoopbackAzure) -> None:
    engine = Azure(AzureSettings(url=service.url, a_minute=1))
    engine.speak(greeting())
    engine.stop()
    with pytest.raises(BroadcastError, match="not waited for"):
        engine.speak(greeting())


@pytest.mark.parametrize("status", ["400", "404"])
def test_a_refusal_is_told_once(service: LoopbackAzure, waits: list[float], status: str) -> None:
    service.faults.append(status)
    with pytest.raises(EngineUnavailableError, match=status):
        at(service, waits).speak(greeting())
    assert (len(service.requests), waits) == (1, [])


def test_a_wrong_key_is_told_by_the_name_of_its_variable(
    service: LoopbackAzure, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_SPEECH_KEY", "wrong-key-0123")
    with pytest.raises(EngineUnavailableError) as failed:
        at(service, waits).speak(greeting())
    told = f"{failed.value.message} {failed.value.hint} {failed.value!r}"
    assert "AZURE_SPEECH_KEY" in told
    assert "wrong-key" not in told


def test_a_check_sends_no_key_and_no_words(service: LoopbackAzure, waits: list[float]) -> None:
    at(service, waits).check("vi")
    assert service.requests == []


@pytest.mark.parametrize("region", ["", "evil.example/", "south east", "a@b", "đông"])
def test_a_region_is_a_name_and_nothing_that_leads_elsewhere(region: str) -> None:
    engine = Azure(AzureSettings(region=region))
    with pytest.raises(EngineUnavailableError, match="no region"):
        engine.check("vi")
    with pytest.raises(EngineUnavailableError, match="no region"):
        engine.speak(greeting())


def test_a_region_is_the_services_address_and_the_key_needs_leave() -> None:
    settings = AzureSettings(region="SouthEastAsia")
    assert Azure(settings).service == "https://southeastasia.tts.speech.microsoft.com"
    assert [(one.kind, one.value) for one in claims_of(settings)] == [("key", "AZURE_SPEECH_KEY")]


def test_a_woman_has_a_womans_voice_and_a_man_a_mans() -> None:
    listed = {voice.name: voice.gender for voice in Azure().voices()}
    genders = {"woman": "female", "man": "male"}
    for gender, names in Azure.declares.by_gender.items():
        assert {listed[name] for name in names} == {genders[gender]}
    assert set(Azure.declares.by_gender) == set(genders)


def test_who_asks_and_who_answers_have_voices_of_their_own() -> None:
    none = EngineVoices(by_role={})
    asks, answers = (
        voice_for(Azure(), none, role, 0, "vi").name for role in ("reporter", "official")
    )
    assert (asks, answers) == ("vi-VN-HoaiMyNeural", "vi-VN-NamMinhNeural")
    assert voice_for(Azure(), none, "official", 0, "en").name == "en-GB-SoniaNeural"


@pytest.mark.parametrize("voice", ["", "vi", "HoaiMy", 'vi-VN-"><x/>Neural'])
def test_a_voice_that_is_none_is_said_to_be_so(
    service: LoopbackAzure, waits: list[float], voice: str
) -> None:
    with pytest.raises(BroadcastError) as failed:
        at(service, waits).speak(greeting(voice=voice))
    assert failed.value.exit_status == 1
    assert service.requests == []
