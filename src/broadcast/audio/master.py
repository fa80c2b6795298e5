"""A take → a segment: levelled alone to the programme's loudness, its peaks held, ready to join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from broadcast import media
from broadcast.audio.filters import Samples, blocks_of
from broadcast.audio.limiter import amplified, gain_curve
from broadcast.audio.loudness import (
    Energies,
    energies_as_heard,
    integrated_lufs,
    lufs,
    true_peaks,
)
from broadcast.audio.performance import performance
from broadcast.cache import key_of
from broadcast.errors import BroadcastError
from broadcast.model import Segment, Sound, Span, Take

VERSION = 1
"""Part of every segment's key: raised when mastering changes what is heard."""

_TOLERANCE_LU = 0.05
_MOST_PASSES = 8
_FIRST_SLOPE = 1.8  # dB of gain for a LU of loudness where peaks are held, in speech
_MOST_GAIN_DB = 60.0
# Under this, gated loudness says too little (measured: joined programmes came out 1.2 LU low).
_SHORT_MS = 1_500
_WORDS_A_SECOND = 4.0
# How much an MP3 decoder's peaks may lie above what was encoded (measured: bench/audio.py).
_CODING_HEADROOM_DB = 0.8


def master(take: Take, sound: Sound, path: Path, neighbour: Take | None = None) -> Segment:
    """Level a take to ``sound.podcast_lufs`` and write it to ``path``, a 24-bit mono WAV.

    A take too short to be measured has the gain that it needs together with its ``neighbour``.
    Raises BroadcastError when a file of the take cannot be read or holds no sound.
    """
    performed = performance(take, sound.high_pass_hz)
    beside = performance(neighbour, sound.high_pass_hz).samples if neighbour else None
    levelled = _levelled(performed.samples, sound, beside)
    if levelled is None:
        raise BroadcastError(
            "There is only silence in this file.",
            file=take.pieces[0].audio,
            hint="Record it again, or take the file out of the folder.",
        )
    curve, energies = levelled
    media.write_wav(path, amplified(performed.samples, curve))
    return Segment(
        take=take,
        audio=path,
        samples=len(performed.samples),
        spans=performed.spans,
        energies=tuple(map(float, energies)),
        key=segment_key(take, sound, neighbour),
    )


def neighbours(takes: Sequence[Take]) -> Mapping[str, Take]:
    """Give for each take too short to be measured the nearest longer one of the same voice.

    By the take's key; a short take without such a neighbour is measured alone.
    """
    found: dict[str, Take] = {}
    for at, take in enumerate(takes):
        if not _is_short(take):
            continue
        alike = [
            (abs(other_at - at), other_at)
            for other_at, other in enumerate(takes)
            if _same_voice(take, other) and not _is_short(other)
        ]
        if alike:
            found[take.key] = takes[min(alike)[1]]
    return found


def segment_key(take: Take, sound: Sound, neighbour: Take | None) -> str:
    """Name the sound of a segment: everything that decides it."""
    beside = neighbour.key if neighbour else None
    levels = [sound.podcast_lufs, sound.ceiling_dbtp, sound.high_pass_hz]
    return key_of("segment", VERSION, take.key, levels, beside)


def segment_facts(segment: Segment) -> dict[str, Any]:
    """Give what was found out about a segment, for the cache: JSON can hold it."""
    return {
        "samples": segment.samples,
        "spans": [asdict(span) for span in segment.spans],
        "energies": [float(f"{energy:.6g}") for energy in segment.energies],
    }


def segment_from_facts(facts: Mapping[str, Any], take: Take, audio: Path, key: str) -> Segment:
    """Give the segment of a take that was mastered before."""
    return Segment(
        take=take,
        audio=audio,
        samples=facts["samples"],
        spans=tuple(
            # The words may be written otherwise now (capitals, say); where they are heard is kept.
            Span(sentence.written, span["start"], span["end"])
            for sentence, span in zip(take.sentences, facts["spans"], strict=True)
        ),
        energies=tuple(facts["energies"]),
        key=key,
    )


def _levelled(
    samples: Samples, sound: Sound, beside: Samples | None
) -> tuple[Samples, Energies] | None:
    """Give the gain curve that brings samples to the programme's loudness, and their energies then.

    None for silence.
    """
    before = energies_as_heard(blocks_of(samples))
    alone_lufs = _loudness(before)
    if not np.isfinite(alone_lufs):
        return None
    target_lufs = sound.podcast_lufs
    if beside is not None:
        # What is aimed at is how loud this take is when both together have the target.
        together = np.concatenate([before, energies_as_heard(blocks_of(beside))])
        target_lufs += alone_lufs - _loudness(together)
    gain_db = min(target_lufs - alone_lufs, _MOST_GAIN_DB)
    peaks = true_peaks(blocks_of(samples))
    ceiling_dbtp = sound.ceiling_dbtp - _CODING_HEADROOM_DB
    tried: list[tuple[float, float]] = []
    while True:
        curve = gain_curve(peaks, gain_db, ceiling_dbtp)
        if curve.min() == curve.max():
            return curve, before * 10 ** (gain_db / 10)
        energies = energies_as_heard(amplified(samples, curve))
        reached_lufs = _loudness(energies)
        missing = target_lufs - reached_lufs
        if abs(missing) <= _TOLERANCE_LU or len(tried) == _MOST_PASSES:
            return curve, energies
        # Limiting takes back part of the gain: how much more is needed is learnt on the way.
        slope = _FIRST_SLOPE
        if tried and abs(reached_lufs - tried[-1][1]) > 1e-3:
            slope = (gain_db - tried[-1][0]) / (reached_lufs - tried[-1][1])
            slope = min(max(slope, 1.0), 6.0)
        tried.append((gain_db, reached_lufs))
        gain_db = min(gain_db + missing * slope, _MOST_GAIN_DB)


def _loudness(energies: Energies) -> float:
    """Give the gated loudness, or for what is too short to be gated that of its loudest part."""
    gated_lufs = integrated_lufs(energies)
    if np.isfinite(gated_lufs) or not energies.any():
        return gated_lufs
    return float(lufs(energies[energies > energies.max() / 10].mean()))


def _is_short(take: Take) -> bool:
    if take.recording is not None:
        return sum(s.end_ms - s.start_ms for s in take.recording.stretches) < _SHORT_MS
    words = sum(len(sentence.spoken.split()) for sentence in take.sentences)
    return words / _WORDS_A_SECOND * 1000 < _SHORT_MS


def _same_voice(take: Take, other: Take) -> bool:
    return (take.kind, take.voice, take.turn.speaker) == (
        other.kind,
        other.voice,
        other.turn.speaker,
    )
