"""Takes made from sound in memory, as an engine or a recorder would have left them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import soundfile

from broadcast.cache import file_digest, key_of
from broadcast.model import (
    RATE_HZ,
    Paragraph,
    Piece,
    Recording,
    Sentence,
    Stretch,
    Take,
    Turn,
    Utterance,
    Voice,
)
from broadcast.speech import ENGINES

WORDS = (
    "Thưa ông, ban tổ chức đã chuẩn bị những gì cho ngày hội đua thuyền năm nay?",
    "Vâng.",
    "Chúng tôi đã làm việc với các đơn vị từ tháng trước, kiểm tra từng bến, từng tàu.",
    "Bà con yên tâm ra khơi, vì đội trực cứu hộ túc trực suốt ngày đêm ở cả ba cửa biển.",
)
Samples = np.ndarray[Any, np.dtype[np.float32]]


def speech(words: str, folder: Path, voice: str = "vi") -> Path:
    """Let the offline voice say words into a WAV file."""
    file = folder / f"{key_of(words, voice)}.wav"
    if not file.exists():
        said = ENGINES["espeak"]().speak(Utterance(words, Voice("espeak", voice, "vi", 175)))
        file.write_bytes(said)
    return file


def synthetic(
    sentences: Sequence[str], folder: Path, n: int = 1, voice: str = "vi", pause_ms: int = 350
) -> Take:
    """A take of an engine: a piece for each sentence."""
    files = [speech(words, folder, voice) for words in sentences]
    pauses = [pause_ms] * (len(files) - 1) + [0]
    return Take(
        turn=turn(sentences, n),
        kind="synthetic",
        pieces=tuple(Piece(f, pause) for f, pause in zip(files, pauses, strict=True)),
        sentences=tuple(Sentence(words, words) for words in sentences),
        key=key_of(list(sentences), voice, pause_ms),
        engine="espeak",
        voice=voice,
    )


def recorded(samples: Samples, file: Path, sentences: Sequence[str], n: int = 1) -> Take:
    """A take somebody recorded: one file at 48 kHz, used whole."""
    soundfile.write(file, samples, RATE_HZ, subtype="FLOAT")
    end_ms = len(samples) * 1000 // RATE_HZ
    digest = file_digest(file)
    return Take(
        turn=turn(sentences, n),
        kind="recorded",
        pieces=(Piece(file, 0, 0, end_ms),),
        sentences=tuple(Sentence(words, words) for words in sentences),
        key=digest,
        recording=Recording((Stretch(file, digest, 0, end_ms),), " ".join(sentences)),
    )


def turn(
    sentences: Sequence[str],
    n: int = 1,
    speaker: str = "Ông Đỗ Văn Lâm",
    kind: Literal["lead", "turn", "byline"] = "turn",
) -> Turn:
    """A turn of one paragraph."""
    words = " ".join(sentences)
    return Turn(kind, speaker, "official", (Paragraph(n, words),), key_of(words, n)[:10], n)
