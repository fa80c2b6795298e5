"""Every way in which an online engine can fail, and what all of them make of it.

One row in ENGINES brings another engine under all of it: a service of its own on loopback, which
speaks its real protocol, and how that calls each kind of failure.
"""

from __future__ import annotations

import io
import random
import ssl
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

import av
import pytest
import trustme

from broadcast.errors import EngineUnavailableError
from broadcast.model import Utterance, Voice
from broadcast.speech import Engine, online
from broadcast.speech.azure import Azure, AzureSettings
from broadcast.speech.edge import Edge, EdgeSettings
from broadcast.speech.gtts import Gtts, GttsSettings
from broadcast.speech.openai import Openai, OpenaiSettings
from loopback_azure import KEY as AZURE_KEY
from loopback_azure import LoopbackAzure
from loopback_edge import LoopbackEdge, instead_of_microsoft
from loopback_google import LoopbackGoogle
from loopback_speech import KEY, KEY_VARIABLE, LoopbackSpeech

GREETING = "Xin chào quý vị và các bạn!"
SECONDS = 1.75  # a quarter for each of the seven words
WAITS = [1.0, 2.0, 4.0]


class Loopback(Protocol):
    """What every service on loopback has."""

    faults: deque[Any]
    requests: list[Any]

    @property
    def url(self) -> str: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


@dataclass(frozen=True)
class Row:
    """An engine and its service.

    ``attempts`` are how often the service was asked, ``said`` the words that it got. ``names`` are
    the service's own for some failures; ``lacks`` are those that its protocol cannot have, or that
    nobody could tell: a part of an MP3 is an MP3.
    """

    service: Callable[[ssl.SSLContext | None], Loopback]
    engine: Callable[[Loopback, Callable[[float], object]], Engine]
    voice: str
    attempts: Callable[[Any], int] = lambda service: len(service.requests)
    said: Callable[[Any], list[str]] = lambda service: [one.words for one in service.requests]
    names: Mapping[str, str] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    tls_alone: bool = False

    def fault(self, kind: str) -> str:
        """Give the service's name for a failure."""
        return self.names.get(kind, kind)


ENGINES = {
    "gtts": Row(
        LoopbackGoogle,
        lambda at, wait: Gtts(GttsSettings(at.url), wait=wait),
        voice="vi",
        names={"page": "html", "refusal": "null"},
        lacks=("cut",),
    ),
    "openai": Row(
        LoopbackSpeech,
        lambda at, wait: Openai(OpenaiSettings(url=at.url, key_env=KEY_VARIABLE), wait=wait),
        voice="Mai Anh",
        said=lambda service: service.words,
    ),
    "azure": Row(
        LoopbackAzure,
        lambda at, wait: Azure(AzureSettings(url=at.url, a_minute=12_000), wait=wait),
        voice="vi-VN-HoaiMyNeural",
    ),
    "edge": Row(
        LoopbackEdge,  # type: ignore[arg-type]
        lambda _, wait: Edge(EdgeSettings(), wait=wait),
        voice="vi-VN-HoaiMyNeural",
        attempts=lambda service: len(service.signed),
        names={"cut": "unfinished", "refusal": "nothing"},
        tls_alone=True,
    ),
}

KINDS = ("429", "500", "503", "drop", "page", "refusal", "noise", "cut", "silent")
"""Failures that may pass. A ``refusal`` has a reason in the place of sound, and status 200."""
PASSING = [(name, kind) for name in ENGINES for kind in KINDS if kind not in ENGINES[name].lacks]


@pytest.fixture(params=ENGINES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def row(name: str) -> Row:
    return ENGINES[name]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """What makes the user's environment trust the authority."""

    def trust() -> None:
        bundle = tmp_path / "authority.pem"
        authority.cert_pem.write_to_path(str(bundle))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))

    return trust


@pytest.fixture(autouse=True)
def around(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(variable, raising=False)
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(variable, "127.0.0.1")
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    monkeypatch.setenv("AZURE_SPEECH_KEY", AZURE_KEY)


@contextmanager
def serving(
    row: Row, certificate: ssl.SSLContext | None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Loopback]:
    with row.service(certificate) as service:
        if isinstance(service, LoopbackEdge):
            instead_of_microsoft(service, monkeypatch)
        yield service


@pytest.fixture
def service(
    row: Row,
    certificate: ssl.SSLContext,
    trusted: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Loopback]:
    if row.tls_alone:
        trusted()
    with serving(row, certificate if row.tls_alone else None, monkeypatch) as there:
        yield there


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def engine(row: Row, service: Loopback, waits: list[float]) -> Engine:
    return row.engine(service, waits.append)


def said(engine: Engine, row: Row, words: str = GREETING) -> float:
    """Let an engine speak; give how many seconds another program hears."""
    audio = engine.speak(Utterance(words, Voice(engine.name, row.voice, "vi")))
    with av.open(io.BytesIO(audio)) as file:
        frames = list(file.decode(audio=0))
    return sum(frame.samples for frame in frames) / frames[0].sample_rate


@pytest.mark.parametrize(("name", "kind"), PASSING, indirect=["name"])
def test_what_may_pass_is_tried_again(
    engine: Engine, row: Row, service: Loopback, waits: list[float], kind: str
) -> None:
    service.faults.append(row.fault(kind))
    assert said(engine, row) == pytest.approx(SECONDS, abs=0.12)
    assert waits == [1.0]
    assert row.attempts(service) == 2


@pytest.mark.parametrize(("name", "kind"), PASSING, indirect=["name"])
def test_what_does_not_pass_is_given_up_and_told_and_never_used(
    engine: Engine, row: Row, service: Loopback, waits: list[float], kind: str
) -> None:
    service.faults.extend([row.fault(kind)] * 9)
    with pytest.raises(EngineUnavailableError) as failed:
        said(engine, row)
    assert (waits, row.attempts(service)) == (WAITS, 4)
    told = str(failed.value.message)
    if kind.isdecimal():
        assert f"busy (status {kind})" in told
    elif kind == "drop" or (kind, engine.name) == ("cut", "edge"):
        assert "connection" in told
    else:
        assert "no speech" in told
    assert "--offline" in str(failed.value.hint)


def test_the_service_may_ask_for_a_longer_wait(
    engine: Engine, row: Row, service: Loopback, waits: list[float]
) -> None:
    service.faults.extend(["429 in 7 s", "429"])
    said(engine, row)
    assert waits == [7.0, 2.0]


def test_a_service_that_asks_for_an_hour_is_given_up_at_once(
    engine: Engine, row: Row, service: Loopback, waits: list[float]
) -> None:
    service.faults.append("429 in an hour")
    with pytest.raises(EngineUnavailableError, match="60 minutes"):
        said(engine, row)
    assert (row.attempts(service), waits) == (1, [])


def test_a_refusal_is_told_once(
    engine: Engine, row: Row, service: Loopback, waits: list[float]
) -> None:
    service.faults.append("404")
    with pytest.raises(EngineUnavailableError, match="404"):
        said(engine, row)
    assert (row.attempts(service), waits) == (1, [])


def test_words_never_follow_a_redirect(
    engine: Engine, row: Row, service: Loopback, waits: list[float]
) -> None:
    service.faults.append("redirect")
    with pytest.raises(EngineUnavailableError, match="elsewhere"):
        said(engine, row)
    assert (row.attempts(service), waits) == (1, [])


def test_an_answer_without_end_is_ended(
    engine: Engine, row: Row, service: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "LARGEST_MB", 0.1)
    service.faults.append("endless")
    with pytest.raises(EngineUnavailableError, match=r"larger than 0\.1 MB"):
        said(engine, row)
    assert row.attempts(service) == 1


def test_a_stopped_engine_asks_nobody(engine: Engine, row: Row, service: Loopback) -> None:
    engine.stop()
    service.faults.append("endless")
    with pytest.raises(Exception, match="not waited for"):
        said(engine, row)


def test_a_certificate_is_verified_by_the_users_authorities(
    row: Row,
    waits: list[float],
    certificate: ssl.SSLContext,
    trusted: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(row, certificate, monkeypatch) as service:
        engine = row.engine(service, waits.append)
        with pytest.raises(EngineUnavailableError, match="certificate"):
            said(engine, row)
        with pytest.raises(EngineUnavailableError, match="certificate"):
            engine.check("vi")
        assert (row.attempts(service), waits) == (0, [])
        trusted()
        engine = row.engine(service, waits.append)
        engine.check("vi")
        assert said(engine, row) == pytest.approx(SECONDS, abs=0.12)


def test_of_ninety_requests_three_in_ten_fail_and_all_come_through_and_none_twice(
    engine: Engine, row: Row, service: Loopback, waits: list[float]
) -> None:
    dice = random.Random(20)
    kinds = [row.fault(kind) for name, kind in PASSING if ENGINES[name] is row]
    sentences = [f"Câu số {n}." for n in range(90)]
    for sentence in sentences:
        while sentence != sentences[0] and dice.random() < 0.3:
            service.faults.append(dice.choice(kinds))
        assert said(engine, row, sentence) == pytest.approx(0.75, abs=0.12)
    assert row.attempts(service) == 90 + len(waits)
    assert len(waits) > 20
    assert list(dict.fromkeys(row.said(service))) == sentences


def test_a_service_that_has_spoken_is_waited_for_longer(
    engine: Engine, row: Row, service: Loopback, waits: list[float]
) -> None:
    said(engine, row)
    service.faults.extend(["503"] * 9)
    said(engine, row)
    assert waits == [*WAITS, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0]
