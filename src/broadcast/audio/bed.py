"""Turns laid out one after another, and a tune → one segment: the music under their words.

The music alone begins before the first word and ends after the last; under speech it is down, and
it comes up again in a pause that is long enough for it. It is mixed in block by block, so that a
bed under many turns takes no more memory than under one; then peaks are held once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from broadcast.audio.filters import BLOCK, Samples, blocks_of
from broadcast.audio.join import slot_samples
from broadcast.audio.limiter import gain_curve, to_be_held
from broadcast.audio.loudness import ProgrammeMeter, energies_as_heard, integrated_lufs
from broadcast.audio.master import (
    VERSION,
    Levelled,
    ceiling_dbtp,
    music_decisions,
    written,
)
from broadcast.audio.true_peak import PEAK_HOP
from broadcast.cache import key_of
from broadcast.media.decode import decode
from broadcast.media.mono import mono_48k
from broadcast.model import RATE_HZ, Insert, Music, Segment, Slot, Sound, Timeline, ms_to_samples

_EDGE_MS = 10
_LOOP_MS = 1_000


def mix_bed(inner: Timeline, bed: Insert, sound: Sound, path: Path) -> Segment:
    """Mix ``bed`` under the turns of ``inner`` and write it to ``path``, a 32-bit mono WAV.

    The segment is longer than they are by ``before_ms`` and ``after_ms`` of the station's music,
    which is ``level_lu`` beside the programme's loudness alone and ``bed_lu`` under speech. A file
    that is too short is repeated. Raises BroadcastError naming the file when it cannot be read.
    """
    music = _LevelledBed(inner, bed, sound)
    ceiling = ceiling_dbtp(sound)
    meter = ProgrammeMeter(1, to_be_held(0.0, ceiling), PEAK_HOP)
    for block in music.mixed():
        meter.add(block[:, None])
    peaks = meter.peaks()
    curve = gain_curve(peaks, 0.0, ceiling)
    levelled = Levelled(meter.energies().astype(np.float32), peaks, curve)
    segment = written(bed, levelled, music.mixed(), path, (), bed_key(inner, bed, sound))
    return replace(segment, inside=slots_inside(inner, sound.music))


def bed_key(inner: Timeline, bed: Insert, sound: Sound) -> str:
    """Name the sound of a bed with its turns: everything that decides it."""
    turns = [[slot.segment.key, slot.start, slot.samples] for slot in inner.slots]
    tune = [bed.key, bed.start_ms, bed.end_ms]
    levels = [sound.podcast_lufs, sound.ceiling_dbtp, sound.fade_ms]
    return key_of("bed", VERSION, turns, tune, levels, music_decisions(sound.music))


def slots_inside(inner: Timeline, music: Music) -> tuple[Slot, ...]:
    """Give the slots of the turns as they lie in the segment that holds them."""
    before = ms_to_samples(music.before_ms)
    return tuple(replace(slot, start=slot.start + before) for slot in inner.slots)


class _LevelledBed:
    """A tune at its level, and where it is up and down."""

    def __init__(self, inner: Timeline, bed: Insert, sound: Sound) -> None:
        music = sound.music
        self._inner, self._sound = inner, sound
        self._before = ms_to_samples(music.before_ms)
        self._fades = _EDGE_MS, music.fade_ms
        self._total = self._before + inner.samples + ms_to_samples(music.after_ms)
        start_ms = bed.start_ms or 0
        needed_ms = start_ms + self._total * 1000 / RATE_HZ + _LOOP_MS
        end_ms = needed_ms if bed.end_ms is None else min(needed_ms, bed.end_ms)
        audio = decode(bed.file, start_ms=start_ms, end_ms=end_ms)
        self._tune = _Loop(mono_48k(audio), self._total)
        level_db = sound.podcast_lufs + music.level_lu - self._tune.loudness_lufs()
        self._level = np.float32(10 ** (level_db / 20)) if np.isfinite(level_db) else np.float32(1)
        self._places, self._levels_db = _ducking(inner, music)

    def mixed(self) -> Iterator[Samples]:
        """Give the music with the words over it, peaks yet to be held, in whole PEAK_HOPs."""
        begin = self._before
        yield from self._music(0, begin)
        for slot in self._inner.slots:
            for spoken in slot_samples(slot, self._sound):
                (under,) = self._music(begin, begin + len(spoken), len(spoken))
                yield under + spoken
                begin += len(spoken)
        yield from self._music(begin, self._total)

    def _music(self, begin: int, end: int, block: int = BLOCK) -> Iterator[Samples]:
        """Give the music from ``begin`` to ``end``, up and down as it shall be, in blocks."""
        for first in range(begin, end, block):
            positions = np.arange(first, min(end, first + block))
            decibels = np.interp(positions, self._places, self._levels_db)
            factor = (10 ** (decibels / 20)).astype(np.float32)
            in_ms, out_ms = self._fades
            factor *= _rising(positions, ms_to_samples(in_ms))
            factor *= _rising(self._total - 1 - positions, ms_to_samples(out_ms))
            yield self._tune.at(positions) * factor * self._level


class _Loop:
    """A tune made as long as it is needed, its end faded into its beginning where it repeats."""

    def __init__(self, tune: Samples, needed: int) -> None:
        overlap = min(ms_to_samples(_LOOP_MS), len(tune) // 4) if len(tune) < needed else 0
        self._tune = tune
        self._period = max(1, len(tune) - overlap)
        self._cycle = tune[: self._period].copy()
        ramp = np.sin(np.linspace(0, np.pi / 2, overlap)).astype(np.float32)
        self._cycle[:overlap] *= ramp
        self._cycle[:overlap] += tune[self._period :] * ramp[::-1]

    def loudness_lufs(self) -> float:
        return integrated_lufs(energies_as_heard(blocks_of(self._tune)))

    def at(self, positions: np.ndarray) -> Samples:
        first = positions < self._period
        heard: Samples = self._cycle[positions % self._period]
        heard[first] = self._tune[positions[first]]
        return heard


def _ducking(inner: Timeline, music: Music) -> tuple[list[int], list[float]]:
    """Give places and the music's level there in dB: down under speech, up where it has time."""
    before, after = ms_to_samples(music.before_ms), ms_to_samples(music.after_ms)
    attack, release = ms_to_samples(music.attack_ms), ms_to_samples(music.release_ms)
    down_db = music.bed_lu - music.level_lu
    spoken = [(before + slot.start, before + slot.speech_end) for slot in inner.slots]
    total = before + inner.samples + after
    places, levels_db = [0], [0.0]
    begin, end = spoken[0][0], spoken[-1][1]
    places += [max(0, begin - attack), begin]
    levels_db += [0.0, down_db]
    for (_, silent), (speaks, _) in pairwise(spoken):
        if speaks - silent > attack + release:
            places += [silent, silent + release, speaks - attack, speaks]
            levels_db += [down_db, 0.0, 0.0, down_db]
    places += [end, min(total, end + release), total]
    levels_db += [down_db, 0.0, 0.0]
    return places, levels_db


def _rising(positions: np.ndarray, over: int) -> Samples:
    """Give a quarter of a sine from 0 to 1 ``over`` so many samples, and 1 from there on."""
    angle = np.clip(positions / max(1, over), 0, 1) * (np.pi / 2)
    rising: Samples = np.sin(angle).astype(np.float32)
    return rising
