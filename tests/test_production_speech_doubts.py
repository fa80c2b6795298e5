"""What is doubtful about speech, told from the embedded voice's and from the same speech damaged.

bench/speech_doubts.py measures how much of each damage is caught in many voices and rates.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile

from broadcast.errors import OutsideError
from broadcast.model import Utterance, Voice
from broadcast.production.voicing.speech_doubts import doubt_of, repeated_ms
from broadcast.speech.engine import wav_file
from broadcast.speech.espeak import Espeak
from productions_by_hand import FIRST, NAME, Production, Samples, Tones, new_production, tones

WORDS = (
    "Cầu mới dài hai trăm mét, rộng mười hai mét, và hai bên đều có lối cho người đi bộ. "
    "Bà con hai xã đã chờ mười năm nay."
)
TWICE = "Mười sáu trên mười sáu thôn đã ký cam kết, mười sáu trên mười sáu thôn đã ký cam kết."


@cache
def said(words: str, name: str = "vi+Annie", rate: int | None = None) -> tuple[Samples, int]:
    wav = Espeak().speak(Utterance(words, Voice("espeak", name, "vi", rate)))
    return soundfile.read(io.BytesIO(wav), dtype="float32")


def doubt(samples: Samples, rate_hz: int, words: str = WORDS, paces: tuple[float, ...] = ()) -> str:
    found = doubt_of(samples, rate_hz, Utterance(words, Voice("espeak", "vi", "vi")), list(paces))
    return found.code if found else ""


@pytest.mark.parametrize("name", ["vi+Alex", "vi+robert", "vi-vn-x-south+belinda"])
@pytest.mark.parametrize("rate", [120, 175, 320])
@pytest.mark.parametrize("words", [WORDS, TWICE, "Vâng.", "Bao giờ thì xong, thưa ông?"])
def test_nothing_is_doubted_of_a_voice_that_is_whole(name: str, rate: int, words: str) -> None:
    assert doubt(*said(words, name, rate), words) == ""


def test_what_is_damaged_is_doubted() -> None:
    whole, rate_hz = said(WORDS)
    second = rate_hz
    silent = np.zeros(2 * second, np.float32)
    assert doubt(whole[: second // 2], rate_hz) == "speech.none"
    assert doubt(whole * 0, rate_hz) == "speech.none"
    middle = len(whole) // 2
    assert doubt(np.concatenate([whole[:middle], silent, whole[middle:]]), rate_hz) == (
        "speech.silence"
    )
    assert doubt(np.clip(whole * 30, -1, 1), rate_hz) == "speech.clipped"
    loud = int(np.abs(whole[: second * 2]).argmax())
    assert doubt(whole[: loud + 40], rate_hz, "Cầu mới.") == "speech.cut-off"
    again = np.concatenate([whole[: 3 * second], whole[second:]])
    assert doubt(again, rate_hz) == "speech.repeated"


def test_a_sentence_is_as_long_as_its_voice_takes_for_its_words() -> None:
    whole, rate_hz = said(WORDS)
    usual = (len(whole) * 1000 / rate_hz / len(WORDS),) * 8
    half = said(WORDS[: len(WORDS) // 2])[0]
    assert doubt(whole, rate_hz, paces=usual) == ""
    assert doubt(half, rate_hz, paces=usual) == "speech.short"
    assert doubt(whole, rate_hz, "Cầu mới dài hai trăm mét, rộng mười hai.", usual) == "speech.long"
    assert doubt(half, rate_hz, paces=usual[:7]) == ""


def test_words_that_are_said_twice_in_the_text_are_heard_twice() -> None:
    assert repeated_ms(*said(TWICE)) > 1_200
    assert repeated_ms(*said(WORDS)) < 400


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    return new_production(tmp_path / "station", monkeypatch)


def _cut(engine: Tones, monkeypatch: pytest.MonkeyPatch, longest: int) -> None:
    """Let the engine break off in what is longer than so many words."""
    whole = Tones.speak

    def speak(one: Tones, utterance: Utterance) -> bytes:
        said = whole(one, utterance)
        if len(utterance.words.split()) <= longest:
            return said
        samples = tones(utterance.words)[: -16_000 // 20]
        return wav_file((samples * 32_000).astype("<i2").tobytes(), 16_000)

    monkeypatch.setattr(Tones, "speak", speak)


def test_a_doubtful_sentence_is_asked_for_in_two_halves(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = bridge.engine
    _cut(engine, monkeypatch, 8)
    bridge.build()
    assert engine.spoken.count(FIRST) == 1
    assert "Cầu thông xe đúng ngày lễ," in engine.spoken
    assert "sớm hơn một tháng." in engine.spoken


def test_what_stays_doubtful_is_told_with_its_line_and_never_used(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut(bridge.engine, monkeypatch, 2)
    with pytest.raises(OutsideError, match="asked twice") as told:
        bridge.build()
    assert told.value.file is not None
    assert Path(told.value.file).stem == NAME
    assert told.value.line in (3, 5, 7, 9)
    assert bridge.files() == {}
