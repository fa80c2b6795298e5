"""What every engine promises, held by each: one row in ENGINES brings another under all of it.

The promises stand in ``Engine`` in ``speech/engine.py``. ``SENTENCES=10000`` says so many random
sentences by each offline engine in place of a few (``make sentences`` does).
"""

from __future__ import annotations

import io
import os
import random
import ssl
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
import trustme

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Declaration, EngineVoices, Utterance, Voice
from broadcast.speech import Engine, VoiceInfo, about, voice_for
from broadcast.speech.azure import Azure, AzureSettings
from broadcast.speech.command import Command, CommandSettings
from broadcast.speech.edge import Edge, EdgeSettings
from broadcast.speech.espeak import Espeak
from broadcast.speech.gtts import Gtts, GttsSettings
from broadcast.speech.openai import Openai, OpenaiSettings
from broadcast.speech.sherpa import Sherpa, SherpaSettings
from loopback_azure import KEY as AZURE_KEY
from loopback_azure import LoopbackAzure
from loopback_edge import LoopbackEdge, instead_of_microsoft
from loopback_google import LoopbackGoogle
from loopback_speech import LoopbackSpeech, shown
from models_by_hand import piper
from productions_by_hand import Tones

HOW_MANY = int(os.environ.get("SENTENCES", "40"))
SENTENCE = "Cầu Mũi Sò thông xe ngày mồng hai tháng chín."
_SPEAKS = """
import sys, wave
words = open(sys.argv[1], encoding="utf-8").read()
with wave.open(sys.argv[2], "wb") as file:
    file.setnchannels(1), file.setsampwidth(2), file.setframerate(16_000)
    file.writeframes(bytes(range(200)) * 16 * len(words))
"""


@dataclass(frozen=True)
class Row:
    """An engine, made with what it needs around it; what it promises beside what all of them do.

    ``another`` is a voice it has not (None: only the service itself knows); ``same`` says that it
    gives the same bytes for the same words.
    """

    make: Callable[[ExitStack, Path], Callable[[], Engine]]
    voice: str = ""
    another: str | None = "qqq"
    same: bool = True


def _espeak(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    return Espeak


def _gtts(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    google = around.enter_context(LoopbackGoogle())
    return lambda: Gtts(GttsSettings(google.url), wait=lambda _: None)


def _openai(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    service = around.enter_context(LoopbackSpeech())
    settings = OpenaiSettings(url=service.url, key_env="", voices=("Mai Anh", "Minh Đức"))
    return lambda: Openai(settings, wait=lambda _: None)


def _azure(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    service = around.enter_context(LoopbackAzure())
    around.enter_context(pytest.MonkeyPatch.context()).setenv("AZURE_SPEECH_KEY", AZURE_KEY)
    return lambda: Azure(AzureSettings(url=service.url), wait=lambda _: None)


def _edge(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    context, authority = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), trustme.CA()
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    here = around.enter_context(pytest.MonkeyPatch.context())
    here.setenv("REQUESTS_CA_BUNDLE", str(folder / "authority.pem"))
    instead_of_microsoft(around.enter_context(LoopbackEdge(context)), here)
    return lambda: Edge(EdgeSettings(), wait=lambda _: None)


def _tones(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    return Tones


def _sherpa(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    piper(folder / "voices" / "hum", speakers=2)
    return lambda: Sherpa(SherpaSettings(str(folder / "voices"), variation=0))


def _command(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    settings = CommandSettings((sys.executable, "-c", _SPEAKS, "{text_file}", "{out_wav}"))
    return lambda: Command(settings)


def _of_the_page(around: ExitStack, folder: Path) -> Callable[[], Engine]:
    module = types.ModuleType("hum")
    exec(shown("Hum"), module.__dict__)
    return lambda: module.Hum(None)


ENGINES = {
    "espeak": Row(_espeak),
    "gtts": Row(_gtts),
    "openai": Row(_openai, another=None),
    "azure": Row(_azure),
    "edge": Row(_edge),
    "tones": Row(_tones, another=None),
    "sherpa": Row(_sherpa, voice="hum#1"),
    "command": Row(_command),
    "hum": Row(_of_the_page),
}
OFFLINE = ("espeak", "sherpa")


@pytest.fixture(params=ENGINES)
def row(request: pytest.FixtureRequest) -> Row:
    return ENGINES[request.param]


@pytest.fixture
def make(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Engine]]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ExitStack() as around:
        yield row.make(around, tmp_path)


@pytest.fixture
def engine(make: Callable[[], Engine]) -> Iterator[Engine]:
    made = make()
    yield made
    made.stop()


def said(engine: Engine, row: Row, words: str = SENTENCE) -> bytes:
    voice = voice_for(engine, EngineVoices({}), "presenter", 0, "vi").name
    return engine.speak(Utterance(words, Voice(engine.name, row.voice or voice, "vi")))


def seconds_of(audio: bytes) -> float:
    with av.open(io.BytesIO(audio)) as file:
        rate = file.streams.audio[0].rate
        return sum(frame.samples for frame in file.decode(audio=0)) / rate


def test_it_says_what_it_is(engine: Engine) -> None:
    assert engine.name == engine.name.lower()
    assert engine.jobs >= 1
    assert (engine.service is not None) == engine.online
    assert isinstance(engine.declares, Declaration)
    assert isinstance(engine.declares.licence, str)


def test_its_version_needs_no_start_and_is_the_same_each_time(make: Callable[[], Engine]) -> None:
    began = time.monotonic()
    first, second = make().version(), make().version()
    assert first == second
    assert first.strip()
    assert time.monotonic() - began < 2


def test_it_can_tell_within_3_seconds_that_it_speaks(engine: Engine) -> None:
    began = time.monotonic()
    engine.check("vi")
    assert time.monotonic() - began < 3


def test_it_lists_its_voices_by_names_that_a_station_may_write(engine: Engine) -> None:
    voices = engine.voices()
    assert len({voice.name for voice in voices}) == len(voices) > 0
    for voice in voices:
        assert isinstance(voice, VoiceInfo)
        assert isinstance(voice.description, str | Message)
        engine.declares.names.check(voice.name)


def test_whoever_has_a_role_has_a_voice(engine: Engine) -> None:
    for role in ("presenter", "reporter", "official"):
        for index in range(3):
            engine.declares.names.check(
                voice_for(engine, EngineVoices({}), role, index, "vi").name  # type: ignore[arg-type]
            )


def test_it_tells_of_one_voice_what_the_record_keeps(engine: Engine, row: Row) -> None:
    told = about(engine, row.voice or "vi")
    assert told.name
    assert isinstance(told.licence, str)
    assert isinstance(told.version, str)


def test_a_sentence_is_sound_that_others_can_read(engine: Engine, row: Row) -> None:
    audio = said(engine, row)
    assert 0.2 < seconds_of(audio) < 20
    with av.open(io.BytesIO(audio)) as file:
        loud = max(float(np.abs(frame.to_ndarray()).max()) for frame in file.decode(audio=0))
    assert loud > 0


@pytest.mark.parametrize("words", ["", " ", "…", "?!", "\n\t", "\u200b"])
def test_where_there_is_nothing_to_say_there_is_a_short_silence(
    engine: Engine, row: Row, words: str
) -> None:
    audio = said(engine, row, words)
    assert seconds_of(audio) < 1
    with av.open(io.BytesIO(audio)) as file:
        assert not any(frame.to_ndarray().any() for frame in file.decode(audio=0))


def test_the_same_words_are_the_same_sound_where_that_is_promised(
    make: Callable[[], Engine], row: Row
) -> None:
    engines = [make() for _ in range(2)]
    sounds = [said(engine, row) for engine in (*engines, engines[0])]
    for engine in engines:
        engine.stop()
    assert not row.same or len(set(sounds)) == 1


def test_several_threads_may_ask_it_at_once(engine: Engine, row: Row) -> None:
    sounds: list[float] = []

    def speak() -> None:
        sounds.append(seconds_of(said(engine, row)))

    threads = [threading.Thread(target=speak) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sounds) == 3
    assert len(set(sounds)) == 1


def test_a_voice_that_it_has_not_is_an_error_with_what_to_do(engine: Engine, row: Row) -> None:
    if row.another is not None:
        with pytest.raises(BroadcastError) as caught:
            engine.speak(Utterance(SENTENCE, Voice(engine.name, row.another, "vi")))
        assert caught.value.hint


def test_it_may_be_stopped_twice_and_before_it_began(make: Callable[[], Engine]) -> None:
    engine = make()
    engine.stop()
    engine.stop()


SYLLABLES = [*SENTENCE.split(), "nghiêng", "khuỷu", "quyết", "Đắk", "UBND", "PV", "12/3", "3,5%"]
SIGNS = [
    *("😀", "<b>", "[[x]]", "&amp;", "\u0301", "\u200b", "\x00", "\x1b[31m", "…", "–", "“", "漢字"),
    *(
        "Ωμέγα",
        "العربية",
        "\ud83d",
        "\U0010ffff",
        "1e999",
        "%s",
        "{x}",
        "\\",
        "'",
        '"',
        "\r\n",
        "ﬁ",
    ),
    *("a" * 400, "1" * 60, "٣", "Ⅷ", "½", "km²", "http://a.vn/?q=1&b", "A.B.C", "\u202e", "\ufeff"),
]


def random_sentences(count: int) -> Iterator[str]:
    """Give Vietnamese and whatever people paste, the same each time."""
    chance = random.Random(20)
    for _ in range(count):
        words = chance.choices([*SYLLABLES, *SIGNS], k=chance.randint(0, 9))
        if chance.random() < 0.3:
            words.append("".join(chr(chance.randrange(0x2_0000)) for _ in range(6)))
        yield chance.choice(["", " "]).join(words) if chance.random() < 0.1 else " ".join(words)


@pytest.mark.parametrize("name", OFFLINE)
def test_whatever_is_written_an_offline_engine_answers_with_sound(
    name: str, tmp_path: Path
) -> None:
    with ExitStack() as around:
        engine = ENGINES[name].make(around, tmp_path)()
        around.callback(engine.stop)
        for words in random_sentences(HOW_MANY):
            audio = said(engine, ENGINES[name], words)
            assert audio[:4] == b"RIFF", repr(words)
            assert len(audio) > 44, repr(words)
