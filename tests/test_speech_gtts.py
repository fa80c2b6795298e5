"""The online voice: Google's protocol over verified connections, patient but never for ever."""

from __future__ import annotations

import email.utils
import io
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
import trustme

from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.model import EngineVoices, Utterance, Voice
from broadcast.speech import gtts, offered, online, voice_for
from broadcast.speech.gtts import Gtts, GttsSettings
from broadcast.text import folded
from loopback_google import Fault, LoopbackGoogle, mp3_tone

GREETING = "Xin chào quý vị và các bạn!"
LONG = (
    "Trong năm qua, cán bộ và nhân dân thành phố đã đoàn kết, nỗ lực vượt qua nhiều khó khăn, "
    "hoàn thành nhiều chỉ tiêu, và đón hơn hai triệu lượt khách du lịch trong và ngoài nước."
)


@pytest.fixture(autouse=True)
def plain_network(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(variable, "127.0.0.1")
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", gtts.ADDRESS_VARIABLE):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def engine(google: LoopbackGoogle, waits: list[float]) -> Gtts:
    return at(google.url, waits)


def at(url: str, waits: list[float] | None = None) -> Gtts:
    return Gtts(GttsSettings(url), wait=None if waits is None else waits.append)


def greeting(name: str = "vi", words: str = GREETING) -> Utterance:
    return Utterance(words, Voice("gtts", name, "vi"))


def seconds_of(audio: bytes) -> float:
    with av.open(io.BytesIO(audio)) as container:
        frames = list(container.decode(audio=0))
    return sum(frame.samples for frame in frames) / frames[0].sample_rate


def test_speech_is_the_mp3_the_service_sent(engine: Gtts, google: LoopbackGoogle) -> None:
    speech = engine.speak(greeting())
    assert speech == mp3_tone(GREETING)
    # Seven words of a quarter of a second, and the encoder's padding.
    assert seconds_of(speech) == pytest.approx(1.75, abs=0.12)
    (asked,) = google.requests
    assert (asked.words, asked.language, asked.slow) == (GREETING, "vi", None)


def test_a_long_sentence_goes_in_parts_of_at_most_100_characters_and_is_one_file(
    engine: Gtts, google: LoopbackGoogle
) -> None:
    speech = engine.speak(greeting(words=LONG))
    assert len(google.requests) > 1
    assert folded(" ".join(asked.words for asked in google.requests)) == folded(LONG)
    assert seconds_of(speech) == pytest.approx(
        len(LONG.split()) / 4, abs=0.2 * len(google.requests)
    )


def test_one_engine_speaks_from_two_threads_at_once(engine: Gtts) -> None:
    heard: dict[str, bytes] = {}

    def speak(words: str) -> None:
        heard[words] = engine.speak(greeting(words=words))

    threads = [threading.Thread(target=speak, args=(f"câu số {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {words: mp3_tone(words) for words in heard}
    assert len(heard) == 8


@pytest.mark.parametrize("words", ["", "…", " \n", "\ud800"])
def test_words_with_nothing_to_say_are_silence_and_never_sent(
    engine: Gtts, google: LoopbackGoogle, words: str
) -> None:
    assert seconds_of(engine.speak(greeting(words=words))) == pytest.approx(0.1)
    assert not google.requests


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("12", 12),
        ("soon", 0),
        ("", 0),
        ("-5", 0),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_not_understood(
    header: str, seconds: float | None
) -> None:
    if seconds is None:
        assert online.retry_after_s(header) > online.LONGEST_WAIT_S
    else:
        assert online.retry_after_s(header) == pytest.approx(seconds, abs=2)


def test_retry_after_may_be_a_date() -> None:
    in_ten_minutes = email.utils.formatdate(time.time() + 600, usegmt=True)
    assert online.retry_after_s(in_ten_minutes) == pytest.approx(600, abs=5)


@pytest.mark.parametrize("fault", ["html", "no jQ1olc", "null", "empty"])
def test_an_answer_that_is_no_speech_may_mean_that_gtts_is_too_old(
    engine: Gtts, google: LoopbackGoogle, waits: list[float], fault: Fault
) -> None:
    google.faults.extend([fault] * 4)
    with pytest.raises(EngineUnavailableError, match="no speech") as failed:
        engine.speak(greeting())
    assert "gTTS too old" in str(failed.value.hint)
    assert waits == [1.0, 2.0, 4.0]


def test_a_refusal_says_that_the_protocol_may_have_changed(
    engine: Gtts, google: LoopbackGoogle
) -> None:
    google.faults.append("404")
    with pytest.raises(EngineUnavailableError, match="404") as failed:
        engine.speak(greeting())
    assert "--upgrade gTTS" in (str(failed.value.hint or ""))
    assert len(google.requests) == 1


@pytest.mark.parametrize("fault", ["hang", "trickle"])
def test_an_answer_that_never_ends_is_not_waited_for(
    engine: Gtts, google: LoopbackGoogle, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(online, "ANSWER_S", 0.2)
    google.faults.extend([fault] * 4)
    with pytest.raises(EngineUnavailableError, match="in time"):
        engine.speak(greeting())
    monkeypatch.setattr(online, "ANSWER_S", 1)
    google.faults.append(fault)
    assert engine.speak(greeting()) == mp3_tone(GREETING)


def test_a_check_asks_the_service_and_sends_it_no_words(
    engine: Gtts, google: LoopbackGoogle
) -> None:
    engine.check("vi")
    assert (google.checks, google.requests) == (1, [])


def test_a_check_fails_when_nobody_listens() -> None:
    with socket.socket() as deaf:  # the port is taken, so that nobody else will listen there
        deaf.bind(("127.0.0.1", 0))
        with pytest.raises(EngineUnavailableError, match="without internet"):
            at(f"http://127.0.0.1:{deaf.getsockname()[1]}").check("vi")


def test_a_check_of_a_service_that_swallows_everything_ends_in_three_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert online.CHECK_S < 3
    monkeypatch.setattr(online, "CHECK_S", 0.3)
    started = time.monotonic()
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(EngineUnavailableError, match="in time"),
    ):
        at(f"http://127.0.0.1:{silent.getsockname()[1]}").check("vi")
    assert time.monotonic() - started < online.CONNECT_S


def test_a_check_ends_in_time_though_the_name_server_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered = threading.Event()

    def never(*_: object, **__: object) -> None:
        answered.wait(30)
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setattr(online, "CHECK_S", 0.3)
    started = time.monotonic()
    with pytest.raises(EngineUnavailableError, match=r"translate\.google\.com.*in time"):
        Gtts().check("vi")
    assert time.monotonic() - started < 15
    answered.set()


def test_a_check_of_a_language_google_does_not_speak_asks_nobody(
    engine: Gtts, google: LoopbackGoogle
) -> None:
    with pytest.raises(EngineUnavailableError, match="tlh"):
        engine.check("tlh")
    assert google.checks == 0


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def google_with_certificate(authority: trustme.CA) -> Iterator[LoopbackGoogle]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with LoopbackGoogle(certificate=context) as server:
        yield server


def test_a_certificate_nobody_vouches_for_is_refused_and_no_words_are_sent(
    google_with_certificate: LoopbackGoogle, waits: list[float]
) -> None:
    engine = at(google_with_certificate.url, waits)
    with pytest.raises(EngineUnavailableError, match="certificate"):
        engine.check("vi")
    with pytest.raises(EngineUnavailableError, match="certificate"):
        engine.speak(greeting())
    assert google_with_certificate.requests == []
    assert waits == []


def test_the_stations_own_authority_is_trusted_when_the_environment_names_it(
    google_with_certificate: LoopbackGoogle,
    authority: trustme.CA,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    engine = at(google_with_certificate.url)
    engine.check("vi")
    assert engine.speak(greeting()) == mp3_tone(GREETING)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "gone.pem"))
    with pytest.raises(EngineUnavailableError, match=r"gone\.pem"):
        engine.check("vi")


def test_the_environment_names_another_service(
    google: LoopbackGoogle, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = offered("gtts")
    assert there is not None
    usual = there.make(GttsSettings())
    for variable, value in google.environment.items():
        monkeypatch.setenv(variable, value)
    engine = there.make(GttsSettings("http://127.0.0.1:9"))
    assert engine.speak(greeting()) == mp3_tone(GREETING)
    assert engine.service == google.url
    assert usual.service == "Google Translate (translate.google.com)"
    # What another service said is never taken for Google's.
    assert usual.version().startswith("gTTS 2.")
    assert engine.version() == f"{usual.version()} at {google.url}"


def test_an_address_that_is_none_is_said_to_be_so() -> None:
    with pytest.raises(EngineUnavailableError, match="nonsense"):
        at("nonsense").check("vi")


@pytest.mark.parametrize(
    ("name", "language"),
    [("vi", "vi"), ("vi-VN", "vi"), ("en@co.uk", "en"), ("pt-pt", "pt-PT"), ("he", "iw")],
)
def test_a_voice_is_a_language_and_perhaps_a_domain(
    engine: Gtts, google: LoopbackGoogle, name: str, language: str
) -> None:
    engine.speak(greeting(name))
    assert google.requests[0].language == language


def test_an_accent_is_asked_for_at_its_own_domain() -> None:
    assert Gtts()._address("co.uk") == "https://translate.google.co.uk"


@pytest.mark.parametrize("name", ["xx", "vi+f2", "en@", "en@example.org", "vi@com/../x", ""])
def test_a_voice_that_does_not_exist_is_named_with_the_way_to_list_them(
    engine: Gtts, google: LoopbackGoogle, name: str
) -> None:
    with pytest.raises(BroadcastError) as failed:
        engine.speak(greeting(name))
    assert failed.value.exit_status == 1
    assert f"“{name}”" in str(failed.value.message)
    assert "broadcast voices" in (str(failed.value.hint or ""))
    assert not google.requests


def test_the_voices_are_googles_languages_and_their_accents() -> None:
    listed = {voice.name: voice for voice in Gtts().voices()}
    assert str(listed["vi"].description) == "Vietnamese"
    assert listed["en@co.uk"].language == "en"
    assert str(listed["en@co.uk"].description) == "English, accent of translate.google.co.uk"
    assert len(listed) > 60


def test_every_role_has_a_voice_in_vietnamese() -> None:
    for role in ("presenter", "reporter", "official"):
        voice = voice_for(Gtts(), EngineVoices(by_role={}), role, 0, "vi")
        assert voice == Voice("gtts", "vi", "vi")
