"""What online engines share, by the engine that docs/engines.md shows: patient, and discreet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError
from broadcast.model import Utterance, Voice
from broadcast.speech import Engine, offered, online
from broadcast.speech.settings import sounding
from loopback_google import mp3_tone
from loopback_speech import KEY, KEY_VARIABLE, Fault, LoopbackSpeech, example_package

GREETING = "Xin chào quý vị và các bạn!"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackSpeech]:
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(variable, "127.0.0.1")
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    monkeypatch.setattr(online, "WAITS_S", (0.0, 0.0, 0.0))
    with LoopbackSpeech() as server:
        yield server


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(example_package(tmp_path / "package"))
    yield
    sys.modules.pop("example_voices", None)


def example(**settings: Any) -> Engine:
    found = offered("example")
    assert found is not None
    assert found.declares.settings is not None
    return found.make(found.declares.settings(**settings))


def utterance(words: str = GREETING, name: str = "nova") -> Utterance:
    return Utterance(words, Voice("example", name, "vi"))


def test_words_go_as_json_with_the_key_and_come_back_as_sound(service: LoopbackSpeech) -> None:
    assert example(url=service.url).speak(utterance()) == mp3_tone(GREETING)
    (asked,) = service.requests
    assert asked.address == "/v1/audio/speech"
    assert asked.authorization == f"Bearer {KEY}"
    assert asked.document == {
        "model": "small",
        "input": GREETING,
        "voice": "nova",
        "response_format": "mp3",
    }


def test_without_a_variable_or_with_an_empty_one_no_key_is_sent(
    service: LoopbackSpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    example(url=service.url, key_env="").speak(utterance())
    monkeypatch.delenv(KEY_VARIABLE)
    example(url=service.url).speak(utterance())
    assert [one.authorization for one in service.requests] == [None, None]


def test_a_password_of_the_users_netrc_is_never_sent(
    service: LoopbackSpeech, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    engine = example(url=service.url, key_env="")
    engine.check("vi")
    engine.speak(utterance())
    assert service.checks == [None]
    assert [one.authorization for one in service.requests] == [None]


def test_a_check_sends_neither_words_nor_key(service: LoopbackSpeech) -> None:
    example(url=service.url).check("vi")
    assert (service.checks, service.requests) == ([None], [])


def test_the_users_proxy_is_honoured(
    service: LoopbackSpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{service.host}")
    monkeypatch.setenv("http_proxy", f"http://{service.host}")
    example(url="http://speech.example.vn/v1").speak(utterance())
    assert service.requests[0].address == "http://speech.example.vn/v1/audio/speech"


@pytest.mark.parametrize("faults", [["429"], ["500", "drop"], ["drop", "429", "500"]])
def test_what_may_pass_is_tried_again(service: LoopbackSpeech, faults: list[Fault]) -> None:
    service.faults.extend(faults)
    assert example(url=service.url).speak(utterance()) == mp3_tone(GREETING)
    assert len(service.requests) == len(faults) + 1


def refused(service: LoopbackSpeech, fault: Fault, **settings: Any) -> EngineUnavailableError:
    service.faults.append(fault)
    with pytest.raises(EngineUnavailableError) as failed:
        example(url=service.url, **settings).speak(utterance())
    assert len(service.requests) == 1
    return failed.value


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("400", "refused the request (status 400): Voice 'x' is unknown. You sent Bearer …"),
        ("404", "refused the request (status 404)."),
        ("401", f"does not accept the key in {KEY_VARIABLE} (status 401)"),
        ("redirect", "sends us elsewhere"),
        ("huge", "larger than 50 MB"),
    ],
)
def test_what_does_not_pass_is_told_once_and_with_what_the_service_says(
    service: LoopbackSpeech, fault: Fault, told: str
) -> None:
    error = refused(service, fault)
    assert told in str(error.message)
    assert service.url in str(error.message)
    assert KEY[:6] not in f"{error.message} {error.hint} {error!r}"


def test_a_service_that_wants_a_key_where_none_is_named_says_so(service: LoopbackSpeech) -> None:
    error = refused(service, "401", key_env="")
    assert "a request without a key" in str(error.message)
    assert "station.toml" in str(error.hint)


@pytest.mark.parametrize("key", ["abc\ndef", "abc def", "chìa-khoá", "abc\x07"])
def test_what_cannot_be_a_key_is_not_sent_and_not_told(
    service: LoopbackSpeech, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, key)
    with pytest.raises(EngineUnavailableError, match=KEY_VARIABLE) as failed:
        example(url=service.url).speak(utterance())
    assert key not in f"{failed.value.message} {failed.value.hint}"
    assert service.requests == []


def test_a_stopped_engine_waits_for_nothing(service: LoopbackSpeech) -> None:
    engine = example(url=service.url)
    engine.stop()
    with pytest.raises(OutsideError, match="not waited for"):
        engine.speak(utterance())


def test_what_changes_the_sound_is_in_the_version_and_the_key_is_not(
    service: LoopbackSpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = [
        example().version(),
        example(model="large").version(),
        example(url=service.url).version(),
    ]
    assert len(set(versions)) == 3
    assert example(longest=200).version() == versions[0]
    assert example(key_env="OTHER_KEY").version() == versions[0]
    monkeypatch.setenv(KEY_VARIABLE, "another")
    assert example().version() == versions[0]


def test_a_limit_of_the_engines_is_a_setting(service: LoopbackSpeech) -> None:
    with pytest.raises(BroadcastError, match="as long as"):
        example(url=service.url, longest=100).speak(utterance("la " * 60))
    assert service.requests == []


def test_an_engine_without_settings_has_none_that_sound() -> None:
    found = offered("espeak")
    assert found is not None
    assert found.declares.settings is not None
    assert sounding(found.declares.settings()) == ""
