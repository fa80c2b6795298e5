"""Speech as an engine gave it, and its words → what makes it doubtful that it says just these.

Measured by bench/speech_doubts.py on eSpeak NG in ten voices, at five rates, and on the same speech
damaged; docs/sound.md has the figures.
"""

from __future__ import annotations

from statistics import median

import numpy as np
from numpy.typing import NDArray

from broadcast.messages import Message
from broadcast.model import Utterance

Floats = NDArray[np.float32]

# An answer shorter than this is no speech, whatever it claims to be; nor is one shorter than this
# for each word: 450 words a minute, the fastest that eSpeak NG speaks, are 133 ms a word.
_SHORTEST_SPEECH_MS = 60
_SHORTEST_WORD_MS = 60
# Nor is one longer than this and a second for each character: at 80 words a minute, the slowest
# that eSpeak NG speaks, a character of Vietnamese takes a fifth of that.
_LONGEST_MS = 5_000
_LONGEST_CHARACTER_MS = 1_000

# A voice's sentences of four words and more take 0.77 to 1.8 times its usual time for a letter.
_PACE = (0.62, 2.1)
_PACE_WORDS = 4
_KNOWN_PACE = 8
_LENGTHENED = 1.1  # of the usual pace: what is said twice takes longer
_NORMAL_WPM = 175
_SILENCE_MS = 1_200  # 540 at most where a voice pauses at a comma, at 120 words a minute
_SILENCE_DB = -40.0
_END_S = 0.003
_END_DB = -25.0
_CLIPPED_SAMPLES = 4
_CLIPPED_PLACES = 3
_FULL_SCALE = 0.9995
_FRAME_MS = 10
_HOP_MS = 20  # a stretch that comes again is looked for in steps of this
_BANDS_HZ = np.geomspace(200, 6_500, 17)
_ALIKE = 0.4  # of the usual distance between two moments of the same sentence
_LEAST_LAG = 15  # hops
_REPEATED_MS = 400  # 340 at most where nothing is said twice
_LONGEST_COMPARED = 1_500  # hops: half a minute

_NOT_SPEECH = Message("speech.none", "there is no speech in it")


def is_no_speech(doubt: Message) -> bool:
    """Whether what came is no speech at all, rather than doubtful speech."""
    return doubt == _NOT_SPEECH


def pace_of(samples: Floats, rate_hz: int, words: str) -> float | None:
    """Give how long a letter takes, in milliseconds; None for words too few to tell."""
    if len(words.split()) < _PACE_WORDS:
        return None
    return len(samples) * 1000 / rate_hz / len(words)


def doubt_of(
    samples: Floats, rate_hz: int, utterance: Utterance, paces: list[float]
) -> Message | None:
    """Give what is doubtful about the speech of an utterance; None: nothing is.

    ``samples`` are one channel, ``paces`` what its voice took for a letter in other sentences.
    """
    words = utterance.words
    length_ms = len(samples) * 1000 / rate_hz
    shortest_ms = max(_SHORTEST_SPEECH_MS, _SHORTEST_WORD_MS * len(words.split()))
    longest_ms = _LONGEST_MS + _LONGEST_CHARACTER_MS * len(words)
    if not shortest_ms <= length_ms <= longest_ms or not samples.any():
        return _NOT_SPEECH
    usual = median(paces) if len(paces) >= _KNOWN_PACE else None
    pace = pace_of(samples, rate_hz, words)
    if usual and pace and pace < _PACE[0] * usual:
        return Message("speech.short", "it is too short for its words: some may be missing")
    if usual and pace and pace > _PACE[1] * usual:
        return Message("speech.long", "it is too long for its words: some may be said twice")
    slow = max(1.0, _NORMAL_WPM / (utterance.voice.rate or _NORMAL_WPM))
    if longest_silence_ms(samples, rate_hz) > _SILENCE_MS * slow:
        return Message("speech.silence", "there is silence in the middle of it")
    if is_clipped(samples):
        return Message("speech.clipped", "it is clipped")
    if is_cut_off(samples, rate_hz):
        return Message("speech.cut-off", "it is cut off at its end")
    # What is said twice takes longer; where the pace is known, only that is compared.
    if not (usual and pace and pace < _LENGTHENED * usual):
        own_ms = length_ms / max(1, len(words.split())) * _said_twice(words)
        if repeated_ms(samples, rate_hz) > own_ms + _REPEATED_MS * slow:
            return Message("speech.repeated", "a stretch of it is heard twice")
    return None


def longest_silence_ms(samples: Floats, rate_hz: int) -> int:
    """Give the longest time between two sounds: 40 dB below the speech is silence."""
    frame = rate_hz * _FRAME_MS // 1000
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    level = 10 * np.log10((frames**2).mean(axis=1) + 1e-10)
    loud = np.flatnonzero(level > np.quantile(level, 0.95) + _SILENCE_DB) if len(level) else level
    return int(np.diff(loud).max() - 1) * _FRAME_MS if len(loud) > 1 else 0


def is_clipped(samples: Floats) -> bool:
    """Whether several places of it are flat at full scale."""
    full = np.abs(samples) >= _FULL_SCALE
    edges = np.flatnonzero(np.diff(np.concatenate([[0], full.view(np.int8), [0]])))
    return int((edges[1::2] - edges[::2] >= _CLIPPED_SAMPLES).sum()) >= _CLIPPED_PLACES


def is_cut_off(samples: Floats, rate_hz: int) -> bool:
    """Whether it ends while it is loud: eSpeak NG's ends are 28 dB below its peak and more."""
    end = np.abs(samples[-max(1, round(_END_S * rate_hz)) :]).max()
    return bool(end > np.abs(samples).max() * 10 ** (_END_DB / 20))


def repeated_ms(samples: Floats, rate_hz: int) -> int:
    """Give the length of the longest stretch that is heard twice, silences left out."""
    bands = _bands_db(samples, rate_hz)[:_LONGEST_COMPARED]
    if len(bands) <= 2 * _LEAST_LAG:
        return 0
    loud = bands.max(axis=1) > bands.max() - 35
    bands = np.maximum(bands, bands.max() - 45)
    bands -= bands.mean(axis=0)
    squares = (bands**2).sum(axis=1)
    apart = squares[:, None] + squares[None] - 2 * bands @ bands.T
    alike = apart < _ALIKE**2 * max(0.0, float(np.median(apart[loud][:, loud])))
    longest = 0
    for lag in range(_LEAST_LAG, len(bands) - _LEAST_LAG):
        same = np.diagonal(alike, lag)
        if np.count_nonzero(same) <= longest:
            continue
        edges = np.flatnonzero(np.diff(np.concatenate([[0], same.view(np.int8), [0]])))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            longest = max(longest, int(np.count_nonzero(loud[begin:end])))
    return longest * _HOP_MS


def _bands_db(samples: Floats, rate_hz: int) -> Floats:
    """Give the level of 16 bands in every hop: shape (hops, 16)."""
    hop = rate_hz * _HOP_MS // 1000
    if len(samples) < 4 * hop:
        return np.zeros((0, 16), np.float32)
    window = np.hanning(4 * hop).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, 4 * hop)[::hop] * window
    power = np.abs(np.fft.rfft(frames)) ** 2
    borders = np.searchsorted(np.fft.rfftfreq(4 * hop, 1 / rate_hz), _BANDS_HZ)
    borders = np.minimum(borders, power.shape[1] - 1)
    summed = np.add.reduceat(power, borders[:-1], axis=1) / np.maximum(np.diff(borders), 1)
    return np.asarray(10 * np.log10(summed + 1e-9), np.float32)


def _said_twice(words: str) -> int:
    """Give how many words in a row the text itself says twice."""
    said = [word.strip(".,;:!?…()“”\"'").casefold() for word in words.split()]
    for length in range(1, len(said)):
        runs = [tuple(said[at : at + length]) for at in range(len(said) - length + 1)]
        if len(set(runs)) == len(runs):
            return length - 1
    return len(said)
