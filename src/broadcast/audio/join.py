"""A slot of the timeline → its sound: what is said and the pause after it, joined with pydub."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from broadcast.model import RATE_HZ, Slot, Sound

_WIDTH = 4  # bytes in a sample: pydub works on 32-bit integers without loss for 24-bit sound


def slot_samples(slot: Slot, sound: Sound) -> NDArray[np.int32]:
    """Give exactly ``slot.samples`` mono samples at RATE_HZ, full scale ±2³¹, faded at both ends.

    Silence is made from bytes: pydub's own is a sample short at every thirteenth length.
    """
    import soundfile

    segment, _ = soundfile.read(slot.segment.audio, dtype="int32")
    said = _audio_segment(np.asarray(segment, np.int32))
    fade_ms = min(sound.fade_ms, len(said) // 2)
    if fade_ms:
        said = said.fade_in(fade_ms).fade_out(fade_ms)
    pause = _audio_segment(np.zeros(slot.samples - slot.segment.samples, np.int32))
    joined = said.append(pause, crossfade=0)
    return np.frombuffer(joined.raw_data, np.int32)


def _audio_segment(samples: NDArray[np.int32]):  # type: ignore[no-untyped-def]
    with warnings.catch_warnings():
        # pydub looks for a system ffmpeg, which we never use, and its source has stray escapes.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment(data=samples.tobytes(), sample_width=_WIDTH, frame_rate=RATE_HZ, channels=1)
