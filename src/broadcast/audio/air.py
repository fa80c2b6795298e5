"""A timeline → the air master: two channels of linear PCM at the air's loudness, as WAV or FLAC.

Segments were levelled and measured when they were made, so nothing is measured again: a change of
level changes every energy alike.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soxr
from numpy.typing import NDArray

from broadcast.audio.broadcast_wave import AirFacts, bext_chunk, cart_chunk, coding_history
from broadcast.audio.join import slot_blocks
from broadcast.audio.loudness import joined_loudness
from broadcast.model import RATE_HZ, Loudness, Sound, Timeline
from broadcast.workers import Step

Samples = NDArray[np.float32]

LARGEST_RIFF = 0xFFFF_FFFF - 65_536
"""Bytes that a plain RIFF can hold, less what other chunks take; above that it is RF64."""
_CHANNELS = 2
_DS64_BYTES = 28
_DITHER_SEED = 1770  # any: the same programme gives the same bytes


def air_loudness(timeline: Timeline, sound: Sound) -> Loudness:
    """Give the air master's loudness from what was measured on its segments."""
    return joined_loudness(timeline, sound.air_lufs - sound.level_lufs)


def write_wav(
    timeline: Timeline,
    sound: Sound,
    file: Path,
    facts: AirFacts,
    step: Step,
    largest_riff: int = LARGEST_RIFF,
) -> Loudness:
    """Write a Broadcast Wave with bext and cart chunks, RF64 (EBU Tech 3306) where it must be.

    ``sound.air_bits`` is 24, or 16 with triangular dither; ``sound.air_rate_hz`` 48 or 44.1 kHz.
    Gives the loudness, which is in the file too.
    """
    loudness = air_loudness(timeline, sound)
    rate_hz, bits = sound.air_rate_hz, sound.air_bits
    frame = _CHANNELS * bits // 8
    chunks = (
        b"fmt " + struct.pack("<IHHIIHH", 16, 1, _CHANNELS, rate_hz, rate_hz * frame, frame, bits)
        + bext_chunk(facts, loudness, coding_history(bits, rate_hz))
        + cart_chunk(facts, round(timeline.samples * rate_hz / RATE_HZ))
    )  # fmt: skip
    with file.open("wb") as stream:
        # Room for ds64, so that a file that grows too large becomes RF64 without being moved.
        stream.write(b"RIFF\0\0\0\0WAVEJUNK" + struct.pack("<I", _DS64_BYTES) + bytes(_DS64_BYTES))
        stream.write(chunks + b"data\0\0\0\0")
        begin = stream.tell()
        for pcm in _pcm_blocks(timeline, sound, step):
            stream.write(pcm)
        data = stream.tell() - begin
        stream.write(bytes(data % 2))
        _fill_in_sizes(stream, begin, data, data // frame, largest_riff)
    return loudness


def write_flac(timeline: Timeline, sound: Sound, file: Path, step: Step) -> Loudness:
    """Write the air master as FLAC, sample for sample what ``write_wav`` writes."""
    import soundfile

    subtype = f"PCM_{sound.air_bits}"
    with soundfile.SoundFile(
        file, "w", sound.air_rate_hz, _CHANNELS, subtype, format="FLAC"
    ) as flac:
        for quantized in _quantized_blocks(timeline, sound, step):
            left = quantized << (32 - sound.air_bits)
            flac.write(np.repeat(left[:, None], _CHANNELS, axis=1))
    return air_loudness(timeline, sound)


def _fill_in_sizes(stream: BinaryIO, begin: int, data: int, frames: int, largest_riff: int) -> None:
    end = begin + data + data % 2
    if end - 8 <= largest_riff:
        stream.seek(4)
        stream.write(struct.pack("<I", end - 8))
        stream.seek(begin - 4)
        stream.write(struct.pack("<I", data))
        return
    stream.seek(0)
    stream.write(b"RF64\xff\xff\xff\xffWAVEds64")
    stream.write(struct.pack("<IQQQI", _DS64_BYTES, end - 8, data, frames, 0))
    stream.seek(begin - 4)
    stream.write(b"\xff\xff\xff\xff")


def _pcm_blocks(timeline: Timeline, sound: Sound, step: Step) -> Iterator[bytes]:
    """Give interleaved little-endian samples of both channels."""
    width = sound.air_bits // 8
    for quantized in _quantized_blocks(timeline, sound, step):
        octets = quantized.astype("<i4").view(np.uint8).reshape(-1, 4)[:, :width]
        yield np.repeat(octets[:, None, :], _CHANNELS, axis=1).tobytes()


def _quantized_blocks(timeline: Timeline, sound: Sound, step: Step) -> Iterator[NDArray[np.int32]]:
    """Give the mono programme at the air's level, as integers of ``air_bits``."""
    full = 2.0 ** (sound.air_bits - 1)
    noise = np.random.default_rng(_DITHER_SEED)
    for block in _levelled_blocks(timeline, sound, step):
        wide = block * full
        if sound.air_bits < 24:
            # Two uniform noises make a triangular one (AES17; Lipshitz, Wannamaker, Vanderkooy).
            wide += noise.random(len(wide)) - noise.random(len(wide))
        yield np.clip(np.rint(wide), -full, full - 1).astype(np.int32)


def _levelled_blocks(timeline: Timeline, sound: Sound, step: Step) -> Iterator[NDArray[np.float64]]:
    """Give the programme at the air's level and rate, exactly as long as the timeline."""
    factor = 10 ** ((sound.air_lufs - sound.level_lufs) / 20) / 2**31
    left = round(timeline.samples * sound.air_rate_hz / RATE_HZ)
    resampler = (
        soxr.ResampleStream(RATE_HZ, sound.air_rate_hz, 1, dtype="float64", quality="HQ")
        if sound.air_rate_hz != RATE_HZ
        else None
    )
    for done, slot in enumerate(timeline.slots, 1):
        for block in slot_blocks(slot, sound):
            samples = block.astype(np.float64) * np.float64(factor)
            if resampler:
                samples = resampler.resample_chunk(samples)
            left -= len(samples)
            yield samples
        step(done, len(timeline.slots))
    if resampler:
        rest = resampler.resample_chunk(np.zeros(0), last=True)
        yield np.concatenate([rest, np.zeros(max(0, left - len(rest)))])[: max(0, left)]
