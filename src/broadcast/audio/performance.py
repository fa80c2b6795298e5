"""A take's files → its performance: mono samples at 48 kHz, and where each sentence is heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from broadcast import media
from broadcast.audio.filters import Samples, filtered, high_pass
from broadcast.model import Sentence, Span, Take, ms_to_samples

# Engines put silence around what they say; what is this far below the loudest of it is trimmed,
# and so much is left: a consonant begins softly and a vowel dies away.
_SILENCE_DB = -50.0
_LEFT_BEFORE_MS = 15
_LEFT_AFTER_MS = 40
_EDGE_MS = 2


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
    heard = [_piece(take, number, high_pass_hz) for number in range(len(take.pieces))]
    parts: list[Samples] = []
    borders: list[tuple[int, int]] = []
    position = 0
    for piece, samples in zip(take.pieces, heard, strict=True):
        silence = np.zeros(ms_to_samples(piece.pause_ms), np.float32)
        parts += [samples, silence]
        borders.append((position, position + len(samples)))
        position += len(samples) + len(silence)
    samples = np.concatenate(parts)
    if take.kind == "recorded":
        spans = tuple(_shared(take.sentences, 0, len(samples)))
    else:
        spans = tuple(
            Span(sentence.written, start, end)
            for sentence, (start, end) in zip(take.sentences, borders, strict=True)
        )
    return Performance(samples, spans)


def _piece(take: Take, number: int, high_pass_hz: float) -> Samples:
    piece = take.pieces[number]
    audio = media.decode(piece.audio, start_ms=piece.start_ms, end_ms=piece.end_ms)
    samples = media.mono_48k(audio)
    if take.kind == "synthetic":
        samples = _trimmed(samples)
    elif high_pass_hz:
        samples = filtered(samples, high_pass(high_pass_hz))
    return _with_soft_edges(samples)


def _trimmed(samples: Samples) -> Samples:
    """Leave out the silence that an engine puts before and after what it says."""
    threshold = float(np.abs(samples).max(initial=0.0)) * 10 ** (_SILENCE_DB / 20)
    loud = np.flatnonzero(np.abs(samples) > threshold)
    if not len(loud):
        return samples
    first = max(0, int(loud[0]) - ms_to_samples(_LEFT_BEFORE_MS))
    return samples[first : int(loud[-1]) + 1 + ms_to_samples(_LEFT_AFTER_MS)]


def _with_soft_edges(samples: Samples) -> Samples:
    """Begin and end a piece at zero, so that the pause beside it makes no click."""
    edge = min(ms_to_samples(_EDGE_MS), len(samples) // 2)
    if not edge:
        return samples
    samples = samples.copy()
    ramp = np.linspace(0, 1, edge, dtype=np.float32)
    samples[:edge] *= ramp
    samples[-edge:] *= ramp[::-1]
    return samples


def _shared(sentences: Sequence[Sentence], start: int, end: int) -> Iterator[Span]:
    """Give each sentence its part of the time, in proportion to the words that are said."""
    lengths = [max(1, len(sentence.spoken)) for sentence in sentences]
    said = 0
    for sentence, length in zip(sentences, lengths, strict=True):
        begin = start + (end - start) * said // sum(lengths)
        said += length
        yield Span(sentence.written, begin, start + (end - start) * said // sum(lengths))
