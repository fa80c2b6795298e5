"""A take's files → its performance: mono samples at 48 kHz, and where each sentence is heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from broadcast.audio.dead_air import SPEECH_DB, without_dead_air
from broadcast.audio.filters import Filter, Samples, blocks_of, high_pass
from broadcast.media.decode import decode
from broadcast.media.mono import mono_48k
from broadcast.model import Piece, Sentence, Span, Take, ms_to_samples

# Engines put silence around what they say; what is this far below the loudest of it is trimmed,
# and so much is left: a consonant begins softly and a vowel dies away.
_SILENCE_DB = -50.0
_LEFT_BEFORE_MS = 15
_LEFT_AFTER_MS = 40
_EDGE_MS = 2
_SAMPLE_BYTES = np.dtype(np.float32).itemsize


@dataclass(frozen=True, slots=True)
class Performance:
    """A take as it was performed, not yet levelled: samples of shape (n,) and its sentences."""

    samples: Samples
    spans: tuple[Span, ...]


def performance(take: Take, high_pass_hz: float = 0.0) -> Performance:
    """Read a take's pieces and join them with their pauses.

    ``high_pass_hz`` takes rumble out of recordings (0: nothing is taken out). Raises
    BroadcastError naming the file when a piece cannot be read.
    """
    # One growing buffer: a turn of many minutes is in memory once.
    sound = bytearray()
    borders: list[tuple[int, int]] = []
    for piece in take.pieces:
        begin = len(sound) // _SAMPLE_BYTES
        sound += _heard(take, piece, high_pass_hz).data
        borders.append((begin, len(sound) // _SAMPLE_BYTES))
        sound += bytes(ms_to_samples(piece.pause_ms) * _SAMPLE_BYTES)
    samples = np.frombuffer(sound, np.float32)
    if take.kind == "recorded":
        spans = shared_spans(take.sentences, len(samples))
    else:
        spans = tuple(
            Span(sentence.written, begin, end)
            for sentence, (begin, end) in zip(take.sentences, borders, strict=True)
        )
    return Performance(samples, spans)


def shared_spans(sentences: Sequence[Sentence], samples: int) -> tuple[Span, ...]:
    """Give each sentence of a recording its part of the time, in proportion to what is said."""
    ends = [0, *accumulate(max(1, len(sentence.spoken)) for sentence in sentences)]
    borders = [samples * end // ends[-1] for end in ends]
    return tuple(
        Span(sentence.written, begin, end, "estimated")
        for sentence, (begin, end) in zip(sentences, pairwise(borders), strict=True)
    )


def _heard(take: Take, piece: Piece, high_pass_hz: float) -> Samples:
    audio = decode(piece.audio, start_ms=piece.start_ms, end_ms=piece.end_ms)
    samples = mono_48k(audio)
    if take.kind == "synthetic":
        samples = _trimmed(samples)
    elif high_pass_hz:
        without_rumble = Filter(high_pass(high_pass_hz))
        samples = np.concatenate([without_rumble.next(block) for block in blocks_of(samples)])
    if take.kind == "recorded":
        samples = without_dead_air(samples, SPEECH_DB)
    _soften_edges(samples)
    return samples


def _trimmed(samples: Samples) -> Samples:
    """Leave out the silence that an engine puts before and after what it says."""
    threshold = float(np.abs(samples).max(initial=0.0)) * 10 ** (_SILENCE_DB / 20)
    loud = np.flatnonzero(np.abs(samples) > threshold)
    if not len(loud):
        return samples
    first = max(0, int(loud[0]) - ms_to_samples(_LEFT_BEFORE_MS))
    return samples[first : int(loud[-1]) + 1 + ms_to_samples(_LEFT_AFTER_MS)]


def _soften_edges(samples: Samples) -> None:
    """Begin and end a piece at zero, so that the pause beside it makes no click."""
    edge = min(ms_to_samples(_EDGE_MS), len(samples) // 2)
    if edge:
        ramp = np.linspace(0, 1, edge, dtype=np.float32)
        samples[:edge] *= ramp
        samples[-edge:] *= ramp[::-1]
