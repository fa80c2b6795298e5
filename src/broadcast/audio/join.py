"""A slot of the timeline → its sound: what is said and the pause after it, joined with pydub."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from broadcast.model import RATE_HZ, Slot, Sound, ms_to_samples

if TYPE_CHECKING:
    from pydub import AudioSegment

_WIDTH = 4  # bytes in a sample: segments are 32-bit integers, as pydub works on them
_BLOCK = 10 * RATE_HZ


def slot_blocks(slot: Slot, sound: Sound) -> Iterator[NDArray[np.int32]]:
    """Give exactly ``slot.samples`` mono samples at RATE_HZ, full scale ±2³¹, in blocks.

    The speech is faded in and out over ``sound.fade_ms``. A block is at most 11 s, so that a long
    turn takes no more memory than a short one. Silence is made from bytes: pydub's own is a sample
    short at every thirteenth length.
    """
    import soundfile

    fade = ms_to_samples(sound.fade_ms)
    with soundfile.SoundFile(slot.segment.audio) as speech:
        starts = list(range(0, speech.frames, _BLOCK))
        # The end of the speech is not split off by itself: it must be long enough to fade.
        if len(starts) > 1 and speech.frames - starts[-1] < RATE_HZ:
            del starts[-1]
        for start, end in zip(starts, [*starts[1:], speech.frames], strict=True):
            samples = speech.read(end - start, dtype="int32")
            fades_in, fades_out = start == 0, end == speech.frames
            # pydub loses what is over a whole millisecond where it fades: it is given the fades
            # alone, which are whole milliseconds.
            head = min(fade, len(samples) // 2) if fades_in else 0
            tail = min(fade, len(samples) // 2) if fades_out else 0
            block = _audio_segment(samples[head : len(samples) - tail])
            if head:
                begin = _audio_segment(samples[:head])
                block = begin.fade_in(len(begin)).append(block, crossfade=0)
            if tail:
                ending = _audio_segment(samples[-tail:])
                block = block.append(ending.fade_out(len(ending)), crossfade=0)
            if fades_out:
                pause = np.zeros(slot.samples - slot.segment.samples, np.int32)
                block = block.append(_audio_segment(pause), crossfade=0)
            yield np.frombuffer(block.raw_data, np.int32)


def slot_samples(slot: Slot, sound: Sound) -> Iterator[NDArray[np.float32]]:
    """Give what ``slot_blocks`` gives, full scale ±1."""
    for block in slot_blocks(slot, sound):
        yield block.astype(np.float32) * np.float32(2**-31)


def _audio_segment(samples: NDArray[np.int32]) -> AudioSegment:
    with warnings.catch_warnings():
        # pydub looks for a system ffmpeg, which we never use, and its source has stray escapes.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment(data=samples.tobytes(), sample_width=_WIDTH, frame_rate=RATE_HZ, channels=1)
