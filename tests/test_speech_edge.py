"""Microsoft Edge's reading voice: edge-tts's own client against its protocol, and how it fails."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import trustme

from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.model import Utterance, Voice
from broadcast.speech import edge
from broadcast.speech.edge import Edge, EdgeSettings
from loopback_edge import Fault, LoopbackEdge, instead_of_microsoft
from loopback_google import mp3_tone

VOICE = "vi-VN-NamMinhNeural"
GREETING = "Xin chào quý vị và các bạn!"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LoopbackEdge]:
    context, authority = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), trustme.CA()
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    with LoopbackEdge(context) as server:
        instead_of_microsoft(server, monkeypatch)
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


def greeting(words: str = GREETING, voice: str = VOICE) -> Utterance:
    return Utterance(words, Voice("edge", voice, "vi"))


def engine(waits: list[float], **settings: Any) -> Edge:
    return Edge(EdgeSettings(**settings), wait=waits.append)


def test_speech_is_the_mp3_that_came_in_frames(service: LoopbackEdge, waits: list[float]) -> None:
    assert engine(waits, percent=-5).speak(greeting()) == mp3_tone(GREETING)
    (asked,) = service.requests
    assert (asked.words, asked.rate) == (GREETING, "-5%")
    assert "NamMinhNeural" in asked.voice
    assert service.signed[0]


def test_words_are_never_markup(service: LoopbackEdge, waits: list[float]) -> None:
    words = 'A & B <break time="9s"/> </prosody>'
    engine(waits).speak(greeting(words))
    assert service.requests[0].words == words


def test_long_words_go_in_parts(
    service: LoopbackEdge, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "_LONGEST_BYTES", 200)
    words = ", ".join(f"một câu thật dài số {n} & nữa" for n in range(9))
    assert engine(waits).speak(greeting(words))[:4] == b"RIFF"
    assert " ".join(asked.words for asked in service.requests) == words
    assert all(len(escape(asked.words).encode()) <= 200 for asked in service.requests)


@pytest.mark.parametrize("fault", ["nothing", "garbage"])
def test_what_may_pass_is_tried_again(
    service: LoopbackEdge, waits: list[float], fault: Fault
) -> None:
    service.faults.append(fault)
    assert engine(waits).speak(greeting()) == mp3_tone(GREETING)
    assert waits == [1.0]


def test_a_clock_that_is_wrong_is_set_right_for_the_second_attempt(
    service: LoopbackEdge, waits: list[float]
) -> None:
    service.faults.append("403 and an hour")
    assert engine(waits).speak(greeting()) == mp3_tone(GREETING)
    assert len(set(service.signed)) == 2
    assert waits == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [("403", "for weeks"), ("403 and an hour", "its clock is 60 minutes off")],
)
def test_being_turned_away_is_told_in_words(
    service: LoopbackEdge, waits: list[float], fault: Fault, told: str
) -> None:
    service.faults.extend([fault] * 2)
    with pytest.raises(EngineUnavailableError, match=told):
        engine(waits).speak(greeting())
    assert (service.requests, waits) == ([], [])


def test_words_never_follow_a_redirect_to_another_host(
    service: LoopbackEdge, waits: list[float]
) -> None:
    service.faults.append("redirect")
    with pytest.raises(EngineUnavailableError, match="elsewhere"):
        engine(waits).speak(greeting())
    assert (service.elsewhere, service.requests) == ([], [])


def test_the_users_proxy_is_asked(
    service: LoopbackEdge, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(EngineUnavailableError, match="proxy"):
        engine(waits).speak(greeting())
    assert service.requests == []


def test_that_it_is_unofficial_is_told_where_it_is_chosen() -> None:
    assert "unofficial" in str(Edge.declares.caution)


def test_without_its_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(edge, "version", none)
    for use in (Edge().version, lambda: Edge().check("vi"), lambda: Edge().speak(greeting())):
        with pytest.raises(EngineUnavailableError, match="not installed") as failed:
            use()
        assert "broadcast[edge]" in str(failed.value.hint)


def test_it_never_asks_where_a_voice_is_none(service: LoopbackEdge, waits: list[float]) -> None:
    with pytest.raises(BroadcastError):
        engine(waits).speak(greeting(voice="HoaiMy"))
    assert service.signed == []
