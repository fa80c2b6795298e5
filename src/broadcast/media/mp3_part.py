"""A stretch of a whole MP3 → a short MP3 whose samples there are the same.

A frame's bits may begin in the frames before it (the reservoir), and its sound overlaps with
theirs. So those before the stretch come along, the first of them as silence that still holds their
bits: a decoder lacks nothing, and complains of nothing. Sources: ISO/IEC 11172-3, 2.4.1.7 and
2.4.3.4; ISO/IEC 13818-3, 2.4.1.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from broadcast.media.whole import Mp3Frames, is_mpeg_1, side_information

# Frames after which a decoder holds what it holds in the whole file. Three would do, but where bits
# are wrong some decoders lack those of the next frames, too.
_SETTLING = 32
# What a decoder cuts off at both ends for the encoder's delay and padding, at most, in frames.
_CUT_OFF = 20
# After so many frames the filter bank's buffer is turned as before, and sums are rounded alike.
_TURN = 8
_NOT_CHECKED = 1 << 16  # the bit of a header that says that no check sum follows it
_HAS_BYTES = 2  # the flag in a tag
_NOTES = (b"Xing", b"Info", b"VBRI")


class Mp3Part(NamedTuple):
    """An MP3 whose first sample, as it is decoded, is the whole one's sample ``begin``."""

    mp3: BytesIO
    begin: int


def part_of(file: Path, frames: Mp3Frames, start: int, end: int) -> Mp3Part | None:
    """Give an MP3 that has the samples ``start`` to ``end`` of a whole one.

    None where it would begin at the file's start, or decoders may count its frames otherwise.
    """
    begins = frames.begins
    with file.open("rb") as stream:

        def read(first: int, after: int) -> bytearray:
            stream.seek(begins[first])
            return bytearray(stream.read(begins[after] - begins[first]))

        head = read(0, 1)
        header = int.from_bytes(head[:4])
        samples = 1_152 if is_mpeg_1(header) else 576
        sounding = start // samples - _SETTLING + frames.is_note
        silent = _reservoir_begin(begins, sounding, header)
        if silent <= 1 or (not frames.is_note and any(note in head for note in _NOTES)):
            return None
        after = min(len(begins) - 1, end // samples + frames.is_note + _CUT_OFF)
        if not frames.is_note:  # its size tells the length of the whole
            _silence(head, 0)
        part, held = head, 0
        for n in range(silent, sounding):
            frame = read(n, n + 1)
            held += _silence(frame, held)
            part += frame
        part += read(sounding, after)
    if frames.is_note:
        _announce(part, after - silent)
    return Mp3Part(BytesIO(part), (silent - 1) * samples)


def _reservoir_begin(begins: Sequence[int], sounding: int, header: int) -> int:
    """Give the frame from which on all bits lie that frame ``sounding`` can need; 0 for none."""
    _, overhead = side_information(header & ~_NOT_CHECKED)
    first, held = sounding, 0
    while held < _most_held(header):
        first -= 1
        if first < 1:
            return 0
        held += begins[first + 1] - begins[first] - overhead
    return first - (first - 1) % _TURN


def _announce(part: bytearray, frames: int) -> None:
    """Write how many frames follow, and how many bytes there are, into a Xing or Info tag."""
    _, at = side_information(int.from_bytes(part[:4]))
    part[at + 8 : at + 12] = frames.to_bytes(4)
    if part[at + 7] & _HAS_BYTES:
        part[at + 12 : at + 16] = len(part).to_bytes(4)


def _silence(frame: bytearray, held: int) -> int:
    """Make a frame use no bits, but keep ``held`` bytes before it; give how many it adds.

    Of its side information only main_data_begin, which comes first, is not zero.
    """
    header = int.from_bytes(frame[:4])
    begin, end = side_information(header)
    most = _most_held(header)
    shift = 16 - most.bit_length()
    frame[begin:end] = (min(held, most) << shift).to_bytes(2).ljust(end - begin, b"\0")
    return len(frame) - end


def _most_held(header: int) -> int:
    """Give how many bytes main_data_begin can reach back."""
    return 511 if is_mpeg_1(header) else 255
