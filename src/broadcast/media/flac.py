"""A FLAC file → the length that its header claims, and where its last frame ends.

Source: RFC 9639, sections 8.2 (streaminfo) and 9.1 (frame header).
"""

from __future__ import annotations

from typing import NamedTuple

from broadcast.media.reading import Stream, bytes_at, size_of

_STREAMINFO = 42
_SEARCHED = 1 << 18
_LAST_BLOCK = 0x80
_BLOCK_BEHIND = {6: 1, 7: 2}  # bytes in which a header tells the size of its block
_RATE_BEHIND = {12: 1, 13: 2, 14: 2}


class FlacLength(NamedTuple):
    """Samples: 0 claimed where the header says that it does not know them."""

    claimed: int
    found: int
    rate_hz: int


def flac_length(stream: Stream) -> FlacLength | None:
    """Give how long a FLAC file says that it is, and is; None where its frames are not found."""
    head = bytes_at(stream, 0, _STREAMINFO)
    if head[:4] != b"fLaC" or len(head) < _STREAMINFO:
        return None
    described = int.from_bytes(head[18:26])
    fixed_block = int.from_bytes(head[8:10])
    begin, is_last = 4, False
    while not is_last:
        header = bytes_at(stream, begin, 4)
        if len(header) < 4:
            return None
        is_last = bool(header[0] & _LAST_BLOCK)
        begin += 4 + int.from_bytes(header[1:])
    first = bytes_at(stream, begin, 4)
    if len(first) < 4 or first[0] != 0xFF or first[1] & 0xFE != 0xF8:
        return None
    tail = bytes_at(stream, max(begin, size_of(stream) - _SEARCHED), _SEARCHED)
    at = len(tail)
    while (at := tail.rfind(first[:2], 0, at + 1)) >= 0:
        ends = _frame_end(tail[at : at + 16], first, fixed_block)
        if ends is not None:
            return FlacLength(described & 0xF_FFFF_FFFF, ends, described >> 44)
    return None


def _frame_end(header: bytes, first: bytes, fixed_block: int) -> int | None:
    """Give the sample with which a frame ends; None when no header of the same stream is there."""
    header = header.ljust(16, b"\0")  # a last frame of silence can be shorter than that
    if (header[2] ^ first[2]) & 0x0F or (header[3] ^ first[3]) & 0x0F:
        return None
    ones = 8 - (header[4] ^ 0xFF).bit_length()
    if ones == 1 or ones > 7:
        return None
    number = header[4] & (0x7F >> ones)
    at = 4 + max(1, ones)
    for byte in header[5:at]:
        if byte & 0xC0 != 0x80:
            return None
        number = number << 6 | byte & 0x3F
    code = header[2] >> 4
    behind = _BLOCK_BEHIND.get(code, 0)
    block = (
        int.from_bytes(header[at : at + behind]) + 1
        if behind
        else 192
        if code == 1
        else 576 << (code - 2)
        if code < 6
        else 256 << (code - 8)
    )
    at += behind + _RATE_BEHIND.get(header[2] & 0x0F, 0)
    if not code or _crc_8(header[:at]) != header[at]:
        return None
    return block + (number if header[1] & 1 else number * fixed_block)


def _crc_8(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ (0x107 if crc & 0x80 else 0)) & 0xFF
    return crc
