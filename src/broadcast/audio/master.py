"""A take → a segment: levelled alone to the programme's loudness, its peaks held, ready to join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from broadcast.audio.filters import Samples, blocks_of
from broadcast.audio.limiter import amplified, gain_curve, to_be_held
from broadcast.audio.loudness import (
    HOP,
    MOMENTARY_HOP,
    Energies,
    energies_as_heard,
    integrated_lufs,
    lufs,
    max_momentary_lufs,
)
from broadcast.audio.music import insert_samples
from broadcast.audio.performance import performance, shared_spans
from broadcast.audio.true_peak import PEAK_HOP, dbtp, true_peaks
from broadcast.cache import key_of
from broadcast.errors import BroadcastError
from broadcast.media.write import write_wav
from broadcast.messages import Message
from broadcast.model import Insert, Music, Segment, Sound, Span, Take

VERSION = 4
"""Part of every segment's key: raised when mastering changes what is heard."""

_TOLERANCE_LU = 0.05
_MOST_PASSES = 8
_FIRST_SLOPE = 1.8  # dB of gain for a LU of loudness where peaks are held, in speech
_MOST_GAIN_DB = 60.0
_MORE_GAIN_DB = 3.0  # what limiting usually asks for above the first gain, and a margin
# Under this, gated loudness says too little (measured: joined programmes came out 1.2 LU low).
_SHORT_MS = 1_500
_WORDS_A_SECOND = 4.0
# How much an MP3 decoder's peaks may lie above what was encoded (measured: bench/audio.py).
_CODING_HEADROOM_DB = 0.8


class Levelled(NamedTuple):
    """What was measured of samples, and the factor that makes a segment of each PEAK_HOP of them.

    ``peaks`` is their true-peak envelope, exact where the factors hold it back.
    """

    energies_before: Samples
    peaks: Samples
    curve: Samples

    def energies(self, hop: int = HOP) -> Energies:
        """Give the energy of each ``hop``, once amplified.

        Worked out from the energies before: against measuring what is amplified, the loudness of
        speech differs by 0.001 LU, and by 0.03 LU where 15 dB are held back (25 turns).
        """
        before = self.energies_before
        curve = np.pad(self.curve, (0, len(before) - len(self.curve)), mode="edge")
        return _by_hop(before * np.square(curve), hop)


def master(take: Take, sound: Sound, path: Path, neighbour: Take | None = None) -> Segment:
    """Level a take to ``sound.podcast_lufs`` and write it to ``path``, a 32-bit mono WAV.

    A take too short to be measured has the gain that it needs together with its ``neighbour``.
    Raises BroadcastError when a file of the take cannot be read or holds no sound.
    """
    performed = performance(take, sound.high_pass_hz)
    beside = performance(neighbour, sound.high_pass_hz).samples if neighbour else None
    blocks = list(blocks_of(performed.samples))
    levelled = _levelled(blocks, sound, sound.podcast_lufs, beside)
    if levelled is None:
        raise _silent(take.pieces[0].audio)
    key = segment_key(take, sound, neighbour)
    return written(take, levelled, blocks, path, performed.spans, key)


def master_insert(insert: Insert, sound: Sound, path: Path) -> Segment:
    """Level music or a clip, and write it to ``path``, a 32-bit mono WAV.

    A clip is as loud as the programme, music ``level_lu`` beside it. Raises BroadcastError naming
    the file when it cannot be read or is silent.
    """
    samples = insert_samples(insert, sound.music)
    target_lufs = sound.podcast_lufs + (sound.music.level_lu if insert.kind == "music" else 0.0)
    blocks = list(blocks_of(samples))
    levelled = _levelled(blocks, sound, target_lufs, None)
    if levelled is None:
        raise _silent(insert.file)
    return written(insert, levelled, blocks, path, (), insert_key(insert, sound))


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


def insert_key(insert: Insert, sound: Sound) -> str:
    """Name the sound of an insert made ready to join."""
    levels = [sound.podcast_lufs, sound.ceiling_dbtp]
    stretch = [insert.kind, insert.start_ms, insert.end_ms]
    return key_of("insert", VERSION, insert.key, stretch, levels, music_decisions(sound.music))


def music_decisions(music: Music) -> list[float]:
    """Give what of the music's settings is heard in a segment."""
    times_ms = (music.before_ms, music.after_ms, music.attack_ms, music.release_ms, music.fade_ms)
    return [music.level_lu, music.bed_lu, *times_ms]


def _silent(file: Path) -> BroadcastError:
    return BroadcastError(
        Message("sound.silent", "There is only silence in this file."),
        file=file,
        hint=Message("sound.silent.hint", "Record it again, or take the file out of the folder."),
    )


def ceiling_dbtp(sound: Sound) -> float:
    """Give the highest true peak of a segment: what it is coded to may rise above it."""
    return sound.ceiling_dbtp - _CODING_HEADROOM_DB


class SegmentFacts(NamedTuple):
    """What was found out about a segment, rounded, to be kept beside its audio."""

    samples: int
    spans: tuple[tuple[int, int], ...]
    energies: tuple[float, ...]
    true_peak_dbtp: float
    max_momentary_lufs: float


def segment_facts(segment: Segment) -> SegmentFacts:
    """Give what is kept of a segment."""
    return SegmentFacts(
        samples=segment.samples,
        spans=tuple((span.start, span.end) for span in segment.spans),
        energies=tuple(float(f"{energy:.6g}") for energy in segment.energies),
        true_peak_dbtp=round(segment.true_peak_dbtp, 3),
        max_momentary_lufs=round(segment.max_momentary_lufs, 3),
    )


def segment_from_facts(
    facts: SegmentFacts, source: Take | Insert, audio: Path, key: str
) -> Segment:
    """Give the segment of a take or an insert that was mastered before.

    The words may be written otherwise now, and one recording may serve several turns: what is kept
    is where an engine's sentences are heard.
    """
    if isinstance(source, Take) and source.kind == "recorded":
        begin, end = (facts.spans[0][0], facts.spans[-1][1])
        spans = tuple(
            Span(span.written, begin + span.start, begin + span.end, span.timing)
            for span in shared_spans(source.sentences, end - begin)
        )
    else:
        sentences = source.sentences if isinstance(source, Take) else ()
        spans = tuple(
            Span(sentence.written, *borders)
            for sentence, borders in zip(sentences, facts.spans, strict=True)
        )
    return Segment(
        source=source,
        audio=audio,
        samples=facts.samples,
        spans=spans,
        energies=facts.energies,
        true_peak_dbtp=facts.true_peak_dbtp,
        key=key,
        max_momentary_lufs=facts.max_momentary_lufs,
    )


def written(
    source: Take | Insert,
    levelled: Levelled,
    blocks: Iterable[Samples],
    path: Path,
    spans: tuple[Span, ...],
    key: str,
) -> Segment:
    """Write what was levelled as a segment; ``blocks`` are its samples, in whole PEAK_HOPs."""
    samples = write_wav(path, amplified(blocks, levelled.curve))
    energies = tuple(map(float, levelled.energies()))
    peak_dbtp = dbtp(levelled.peaks * levelled.curve)
    momentary = max_momentary_lufs(levelled.energies(MOMENTARY_HOP))
    return Segment(source, path, samples, spans, energies, peak_dbtp, key, momentary)


def _levelled(
    blocks: Sequence[Samples], sound: Sound, target_lufs: float, beside: Samples | None
) -> Levelled | None:
    """Find the gain that brings samples to a loudness; None for silence."""
    energies = energies_as_heard(blocks, PEAK_HOP).astype(np.float32)
    alone_lufs = _loudness(_by_hop(energies))
    if not np.isfinite(alone_lufs):
        return None
    if beside is not None:
        # What is aimed at is how loud this take is when both together have the target.
        together = [_by_hop(energies), energies_as_heard(blocks_of(beside))]
        target_lufs += alone_lufs - _loudness(np.concatenate(together))
    ceiling = ceiling_dbtp(sound)
    gain_db, exact_to_db = min(target_lufs - alone_lufs, _MOST_GAIN_DB), -np.inf
    tried: list[tuple[float, float]] = []
    while True:
        if gain_db > exact_to_db:
            exact_to_db = gain_db + _MORE_GAIN_DB
            peaks = true_peaks(blocks, to_be_held(exact_to_db, ceiling))
        levelled = Levelled(energies, peaks, gain_curve(peaks, gain_db, ceiling))
        reached_lufs = _loudness(levelled.energies())
        missing = target_lufs - reached_lufs
        if abs(missing) <= _TOLERANCE_LU or len(tried) == _MOST_PASSES:
            return levelled
        # Limiting takes back part of the gain: how much more is needed is learnt on the way.
        slope = _FIRST_SLOPE
        if tried and abs(reached_lufs - tried[-1][1]) > 1e-3:
            slope = (gain_db - tried[-1][0]) / (reached_lufs - tried[-1][1])
            slope = min(max(slope, 1.0), 6.0)
        tried.append((gain_db, reached_lufs))
        gain_db = min(gain_db + missing * slope, _MOST_GAIN_DB)


def _by_hop(fine: Samples, hop: int = HOP) -> Energies:
    """Give the energy of each ``hop`` from that of each PEAK_HOP."""
    energies: Energies = fine.reshape(-1, hop // PEAK_HOP).mean(axis=1, dtype=np.float64)
    return energies


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
