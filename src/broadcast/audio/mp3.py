"""A timeline → an MP3 whose slots were encoded each by itself, so that a change costs one slot.

Every slot begins in a fresh encoder, whose first frame needs no bits from before, and ends in
silence, which is all that the codec's delay carries into the next. Encoded slots are cached, each
an MP3 of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from broadcast.audio.filters import BLOCK, Samples
from broadcast.audio.join import slot_samples
from broadcast.audio.limiter import amplified, gain_curve, to_be_held
from broadcast.audio.loudness import ProgrammeMeter, loudness_of
from broadcast.audio.mp3_header import DELAY, frame_bytes, info_frame
from broadcast.audio.true_peak import PEAK_HOP, dbtp
from broadcast.cache import Cache, key_of
from broadcast.errors import BroadcastError
from broadcast.media.libsndfile import InOrder
from broadcast.messages import Message
from broadcast.model import FRAME, RATE_HZ, Loudness, Slot, Sound, Timeline
from broadcast.workers import Step, in_parallel

VERSION = 3
"""Part of every encoded slot's key: raised when encoding changes what is heard."""

_CODEC_DELAY = DELAY + 529
_QUALITY = 5
_TAIL_FRAMES = 3
_SOFTER_DB = 0.1  # what is held more at each further pass


class _SlotMeasures(NamedTuple):
    """What was measured on a slot decoded again."""

    energies: tuple[float, ...]
    true_peak_dbtp: float


class _Coded(NamedTuple):
    """An encoded slot: an MP3 of its own, and how loud it is."""

    file: Path
    heard: _SlotMeasures


def write_mp3(
    timeline: Timeline,
    sound: Sound,
    stream: BinaryIO,
    cache: Cache,
    jobs: int,
    step: Step,
    gain_db: float = 0.0,
) -> Loudness:
    """Write the programme's MP3 frames and give their loudness, measured on what they decode to.

    It is ``gain_db`` louder than the segments. ``step`` is told how many of how many slots are
    done. They decode to exactly ``timeline.samples`` samples in a player that knows LAME's
    gapless values.
    """
    slots = timeline.slots
    kbps, channels = sound.mp3_kbps, sound.mp3_channels
    frames = timeline.samples // FRAME + 1
    own_header = frame_bytes(kbps)
    energies: list[float] = []
    peak_dbtp = -np.inf
    stream.write(info_frame(frames, timeline.samples, kbps=kbps, channels=channels))
    for coded in _coded_slots(slots, sound, gain_db, cache, jobs, step):
        stream.write(coded.file.read_bytes()[own_header:])
        energies += coded.heard.energies
        peak_dbtp = max(peak_dbtp, coded.heard.true_peak_dbtp)
    return loudness_of(energies, float(peak_dbtp))


def _coded_slots(
    slots: Sequence[Slot], sound: Sound, gain_db: float, cache: Cache, jobs: int, step: Step
) -> list[_Coded]:
    """Give the encoded slots in order of air; the last one has a frame more, for the delay."""
    frames = [slot.samples // FRAME for slot in slots]
    frames[-1] += 1

    def known(one: tuple[Slot, int]) -> _Coded | None:
        kept = cache.kept_with(coded_key(*one, sound, gain_db), _SlotMeasures)
        return _Coded(*kept) if kept else None

    return in_parallel(
        lambda one: _coded(*one, sound, gain_db, cache),
        [*zip(slots, frames, strict=True)],
        jobs,
        lambda done, total, _: step(done, total),
        size=lambda one: one[0].samples,
        known=known,
    )


def coded_key(slot: Slot, frames: int, sound: Sound, gain_db: float) -> str:
    """Name a slot encoded to so many frames, ``gain_db`` louder: everything that decides it."""
    settings = [sound.mp3_kbps, sound.mp3_channels, sound.fade_ms, sound.ceiling_dbtp, gain_db]
    return key_of("mp3", VERSION, slot.segment.key, slot.samples, frames, settings)


def _coded(slot: Slot, frames: int, sound: Sound, gain_db: float, cache: Cache) -> _Coded:
    key = coded_key(slot, frames, sound, gain_db)
    return _Coded(
        *cache.make_with(
            key,
            _SlotMeasures,
            lambda path: _write_below_ceiling(slot, frames, sound, gain_db, path),
        )
    )


def _write_below_ceiling(
    slot: Slot, frames: int, sound: Sound, gain_db: float, path: Path
) -> _SlotMeasures:
    """Write a slot as an MP3 of its own whose peaks, decoded again, hold the ceiling.

    Decoded, low bit rates overshoot by more than was left for it at times: then the samples around
    those peaks are made softer by just that, and encoded again.
    """
    kbps, channels = sound.mp3_kbps, sound.mp3_channels
    header = info_frame(frames, frames * FRAME - _CODEC_DELAY, kbps=kbps, channels=channels)
    curve = np.full(slot.samples // PEAK_HOP, 10 ** (gain_db / 20), np.float32)
    held_dbtp = sound.ceiling_dbtp
    while True:
        path.write_bytes(
            header + _encoded(amplified(slot_samples(slot, sound), curve), frames, sound)
        )
        meter = ProgrammeMeter(channels, to_be_held(0.0, sound.ceiling_dbtp))
        with InOrder(path) as decoded:
            while len(block := decoded.read(BLOCK, dtype="float32", always_2d=True)):
                meter.add(block)
        peaks = meter.peaks()
        peak_dbtp = dbtp(peaks)
        if peak_dbtp <= sound.ceiling_dbtp:
            energies = tuple(float(f"{energy:.6g}") for energy in meter.energies())
            return _SlotMeasures(energies, round(peak_dbtp, 3))
        held = gain_curve(peaks, 0.0, held_dbtp)[: len(curve)]
        curve[: len(held)] *= held
        held_dbtp -= _SOFTER_DB


def _encoded(blocks: Iterable[Samples], frames: int, sound: Sound) -> bytes:
    """Give the first ``frames`` MP3 frames of mono blocks from a fresh encoder."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(sound.mp3_kbps)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_out_sample_rate(RATE_HZ)
    encoder.set_channels(sound.mp3_channels)
    encoder.set_quality(_QUALITY)
    encoder.silence()
    factor = np.float32(2**15 / _lame_scale(sound.mp3_kbps))
    encoded = bytearray()
    for block in chain(blocks, [np.zeros(_TAIL_FRAMES * FRAME, np.float32)]):
        scaled = block * factor
        np.clip(np.rint(scaled, out=scaled), -32_768, 32_767, out=scaled)
        pcm = scaled.astype("<i2")
        if sound.mp3_channels == 2:
            pcm = np.repeat(pcm, 2)
        encoded += encoder.encode(pcm.tobytes())
    encoded += encoder.flush()
    size = frame_bytes(sound.mp3_kbps)
    begin = size if b"Info" in encoded[:64] or b"Xing" in encoded[:64] else 0
    kept = bytes(encoded[begin : begin + frames * size])
    if len(kept) != frames * size or any(kept[at] != 0xFF for at in range(0, len(kept), size)):
        raise BroadcastError(
            Message(
                "sound.mp3-frames",
                "The MP3 encoder gave frames of another size than was asked for.",
            )
        )
    return kept


def _lame_scale(kbps: int) -> float:
    """What LAME multiplies samples by at a constant bit rate (LAME 3.100, presets.c)."""
    return 0.95 if kbps <= 160 else 0.97
