"""What an MP3 is made of → the silent first frame that tells players of it (Info and LAME tag).

Sources: ISO/IEC 11172-3, 2.4.1.3 (frame header); Gabriel Bouvigne, "MP3 Info Tag revision 1".
"""

from __future__ import annotations

import struct

from broadcast.media.whole import KBPS_MPEG_1
from broadcast.model import FRAME, RATE_HZ

DELAY = 576
"""Samples that LAME puts before the sound; players that know the tag leave them out."""

_SYNC_LAYER_3 = 0xFFFB0000  # sync, MPEG-1, layer III, no CRC
_RATE_48_KHZ = 1 << 10
_MONO, _JOINT_STEREO = 3 << 6, 1 << 6
_ORIGINAL = 1 << 2
_SIDE_BYTES = {1: 17, 2: 32}
_HAS_ALL = 0xF  # frames, bytes, seek table and quality are given
_CONSTANT_RATE = 1


def frame_bytes(kbps: int) -> int:
    """Give the size of a frame at RATE_HZ: a whole number for every bit rate, so all are alike."""
    return FRAME // 8 * kbps * 1000 // RATE_HZ


def info_frame(frames: int, samples: int, *, kbps: int, channels: int) -> bytes:
    """Give the first frame of a constant-rate MP3 of ``frames`` frames that holds ``samples``.

    It carries the number of frames, a seek table, and how many decoded samples to leave out at
    both ends so that exactly ``samples`` remain.
    """
    size = frame_bytes(kbps)
    total = size * (frames + 1)
    mode = _MONO if channels == 1 else _JOINT_STEREO
    header = _SYNC_LAYER_3 | KBPS_MPEG_1.index(kbps) << 12 | _RATE_48_KHZ | mode | _ORIGINAL
    frame = bytearray(size)
    struct.pack_into(">I", frame, 0, header)
    at = 4 + _SIDE_BYTES[channels]
    begins = (size * (1 + frames * percent // 100) for percent in range(100))
    seek_table = bytes(min(255, 256 * begin // total) for begin in begins)
    struct.pack_into(">4sIII100sI", frame, at, b"Info", _HAS_ALL, frames, total, seek_table, 0)
    at += 120
    padding = frames * FRAME - DELAY - samples
    struct.pack_into(">9sB", frame, at, b"LAME3.100", _CONSTANT_RATE)
    frame[at + 20] = min(255, kbps)
    frame[at + 21 : at + 24] = (DELAY << 12 | padding).to_bytes(3, "big")
    struct.pack_into(">I", frame, at + 28, total)
    struct.pack_into(">H", frame, at + 34, _crc_16(bytes(frame[: at + 34])))
    return bytes(frame)


def _crc_16(data: bytes) -> int:
    """CRC-16/ARC: polynomial 0x8005, reflected."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
