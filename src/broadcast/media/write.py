"""Samples → a file: of the kind its name says, or the WAV that a programme is joined from."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import soundfile

from broadcast.errors import OutsideError
from broadcast.media.samples import Audio, Samples
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words, system_reason
from broadcast.model import RATE_HZ

WRITABLE = {".wav": "PCM_24", ".flac": "PCM_24", ".mp3": "MPEG_LAYER_III"}
"""The endings ``write`` knows, and the subtype libsndfile writes for each."""

_BELOW_ONE = np.nextafter(np.float32(1), np.float32(0))


def write(file: Path, audio: Audio) -> None:
    """Write samples to a file of the kind its ending says, one of WRITABLE.

    Raises OutsideError when the disk refuses.
    """
    suffix = file.suffix.lower()
    rate_hz = audio.rate_hz
    samples = np.clip(audio.samples, -1.0, 1.0)
    try:
        soundfile.write(
            file, samples, rate_hz, WRITABLE[suffix], format=suffix.removeprefix(".").upper()
        )
    except (OSError, soundfile.LibsndfileError) as error:
        raise OutsideError(
            Message(
                "sound.not-written",
                "The file cannot be written: {reason}.",
                reason=system_reason(error)
                if isinstance(error, OSError)
                else others_words(error.error_string),
            ),
            file=file,
        ) from error


def write_wav(file: Path, blocks: Iterable[Samples]) -> int:
    """Write mono blocks at RATE_HZ as a 32-bit WAV, whatever the file's name; give their length.

    24 bits would be enough, and take libsndfile three times as long to read.
    """
    length = 0
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 4, RATE_HZ, 0, "NONE", "not compressed"))
        for block in blocks:
            samples = np.clip(block, -1.0, _BELOW_ONE)
            samples *= np.float32(2**31)
            sound.writeframesraw(samples.astype("<i4").data)
            length += len(block)
    return length
