"""Music and clips → samples ready to be levelled, and a bed mixed under levelled speech."""

from __future__ import annotations

import numpy as np

from broadcast import media
from broadcast.audio.filters import Samples, blocks_of
from broadcast.audio.loudness import energies_as_heard, integrated_lufs
from broadcast.model import Insert, Music, Sound, ms_to_samples

_EDGE_MS = 10
_LOOP_MS = 1_000


def insert_samples(insert: Insert, music: Music) -> Samples:
    """Read an insert: mono at RATE_HZ, faded out where music is cut before its own end.

    Raises BroadcastError naming the file when it cannot be read.
    """
    audio = media.decode(insert.file, start_ms=insert.start_ms, end_ms=insert.end_ms)
    samples = media.mono_48k(audio)
    is_cut = insert.kind == "music" and insert.end_ms is not None
    _fade(samples, _EDGE_MS, music.fade_ms if is_cut else _EDGE_MS)
    return samples


def with_bed(speech: Samples, bed: Insert, sound: Sound) -> Samples:
    """Give levelled speech with music before, under and after it; peaks are yet to be held.

    The music alone is ``level_lu`` beside the programme's loudness. It is down at ``bed_lu`` when
    the first word comes, stays there, rises again after the last, and fades out. A file that is
    too short is repeated. The result is longer than the speech by ``before_ms`` and ``after_ms``.
    """
    music = sound.music
    before, after = ms_to_samples(music.before_ms), ms_to_samples(music.after_ms)
    tune = media.mono_48k(media.decode(bed.file, start_ms=bed.start_ms, end_ms=bed.end_ms))
    loudness_lufs = integrated_lufs(energies_as_heard(blocks_of(tune)))
    level_db = sound.podcast_lufs + music.level_lu - loudness_lufs
    mixed = _repeated(tune, before + len(speech) + after)
    if np.isfinite(level_db):
        mixed *= np.float32(10 ** (level_db / 20))
    mixed *= _ducking(len(speech), music)
    mixed[before : before + len(speech)] += speech
    return mixed


def _ducking(speech: int, music: Music) -> Samples:
    """Give the factor of a bed: full, down before the speech, up after it, and out."""
    before, after = ms_to_samples(music.before_ms), ms_to_samples(music.after_ms)
    attack = min(ms_to_samples(music.attack_ms), before)
    release = min(ms_to_samples(music.release_ms), after)
    down_db = music.bed_lu - music.level_lu
    total = before + speech + after
    places = [0, before - attack, before, before + speech, before + speech + release, total]
    levels_db = [0.0, 0.0, down_db, down_db, 0.0, 0.0]
    decibels = np.interp(np.arange(total), places, levels_db)
    factor = (10 ** (decibels / 20)).astype(np.float32)
    _fade(factor, _EDGE_MS, music.fade_ms)
    return factor


def _fade(samples: Samples, in_ms: int, out_ms: int) -> None:
    """Fade in and out in place, along a quarter of a sine."""
    begin = min(ms_to_samples(in_ms), len(samples) // 2)
    end = min(ms_to_samples(out_ms), len(samples) // 2)
    if begin:
        samples[:begin] *= np.sin(np.linspace(0, np.pi / 2, begin)).astype(np.float32)
    if end:
        samples[-end:] *= np.cos(np.linspace(0, np.pi / 2, end)).astype(np.float32)


def _repeated(tune: Samples, length: int) -> Samples:
    """Give ``length`` samples of a tune, its end faded into its beginning where it repeats."""
    overlap = min(ms_to_samples(_LOOP_MS), len(tune) // 4)
    result = np.zeros(length, np.float32)
    ramp = np.sin(np.linspace(0, np.pi / 2, overlap)).astype(np.float32)
    start = 0
    while start < length:
        part = tune.copy()
        if start and overlap:
            part[:overlap] *= ramp
        if start + len(tune) < length and overlap:
            part[-overlap:] *= ramp[::-1]
        part = part[: length - start]
        result[start : start + len(part)] += part
        start += max(1, len(tune) - overlap)
    return result
