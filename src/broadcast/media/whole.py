"""A file's structure → whether it is whole, as its own headers and lengths say.

What is missing from a file that was copied halfway is not noticed by decoders: they stop early.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Set
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from broadcast.media.reading import DecoderInput, bytes_at, size_of

_OGG_PAGE = 65_307  # the most bytes of one
_ID3_HEADER, _ID3V1_BYTES = 10, 128
# ISO/IEC 11172-3, 2.4.2.3 and ISO/IEC 13818-3, 2.4.2.3; index 0 is the free format, 15 forbidden.
KBPS_MPEG_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_KBPS_MPEG_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_HALVED = {3: 0, 2: 1, 0: 2, 1: 16}  # how often rates are halved, by version (1 is none)
_RATES_HZ = (44_100, 48_000, 32_000, 0)
_SAME_IN_ALL = 0xFFFE_0C00  # sync, version, layer and rate
_MPEG_1, _MONO = 3, 3
_MOST_OF_NOTE = 4 + 2 + 32 + 12


@dataclass(frozen=True, slots=True)
class Mp3Frames:
    """Where the frames of a whole MP3 lie: ``begins`` has the end of the last one, too.

    The first one ``is_note`` when it holds no sound, but how many follow. All are of one rate.
    """

    begins: array[int]
    is_note: bool
    samples_in_each: int
    rate_hz: int

    @property
    def length_ms(self) -> int:
        """The length of all that hold sound, with what players leave out at both ends."""
        sounding = len(self.begins) - 1 - self.is_note
        return round(1000 * sounding * self.samples_in_each / self.rate_hz)


def is_cut_ogg(reading: DecoderInput) -> bool:
    """Whether it is Ogg whose last page is not whole."""
    with closing(reading.open()) as stream:
        if bytes_at(stream, 0, 4) != b"OggS":
            return False
        tail = bytes_at(stream, max(0, size_of(stream) - 2 * _OGG_PAGE), 2 * _OGG_PAGE)
        return _is_cut_page(tail.rpartition(b"OggS")[2])


def whole_mp3(file: Path) -> Mp3Frames | None:
    """Give the frames of an MP3 where each lies where the one before it ends, else None.

    Of any other MP3 libsndfile may read less than there is. It does not find its way over damage,
    and takes the length from what an encoder notes in the first frame (Xing or Info); where that
    is missing, from the size of the first frame, so all must be alike, and none smaller.
    """
    with file.open("rb") as stream:
        head = stream.read(_ID3_HEADER)
        if len(head) < _ID3_HEADER:
            return None
        if not head.startswith(b"ID3") and not _frame_bytes(int.from_bytes(head[:4])):
            return None
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            begin = 0
            while data[begin : begin + 3] == b"ID3":
                begin += _id3_bytes(data[begin : begin + _ID3_HEADER].ljust(_ID3_HEADER))
            begins, headers = _frames_from(data, begin)
            end = begins[-1]
            rest = data[end : end + _ID3V1_BYTES + 1]
            if end > len(data) or (rest and len(rest) != _ID3V1_BYTES):
                return None
            if rest and not rest.startswith(b"TAG"):
                return None
            first = data[begin : begin + _MOST_OF_NOTE]
            header = int.from_bytes(first[:4])
            frames = partial(
                Mp3Frames, begins, samples_in_each=_samples(header), rate_hz=_rate_hz(header)
            )
            announced = announced_frames(first)
            if announced is not None:
                return frames(is_note=True) if announced == len(begins) - 2 else None
            rates = {header >> 12 & 15 for header in headers}
            is_padded = header >> 9 & 1
            return frames(is_note=False) if len(rates) == 1 and not is_padded else None


def is_mpeg_1(header: int) -> bool:
    """Whether a frame of layer III is of MPEG-1: 1152 samples long, not 576."""
    return header >> 19 & 3 == _MPEG_1


def side_information(header: int) -> tuple[int, int]:
    """Give where in a frame of layer III its side information begins and ends."""
    begin = 4 if header >> 16 & 1 else 6
    return begin, begin + ((32, 17) if is_mpeg_1(header) else (17, 9))[_is_mono(header)]


def announced_frames(frame: bytes) -> int | None:
    """Give how many frames follow the first one, as its Xing or Info tag says."""
    _, at = side_information(int.from_bytes(frame[:4]))
    tag = frame[at : at + 12]
    if len(tag) < 12 or not tag.startswith((b"Xing", b"Info")) or not tag[7] & 1:
        return None
    return int.from_bytes(tag[8:])


def _frames_from(data: mmap.mmap, begin: int) -> tuple[array[int], Set[int]]:
    """Give where the frames of one kind begin that follow each other, and their headers."""
    first = int.from_bytes(data[begin : begin + 4])
    sizes: dict[int, int] = {}
    begins, at = array("Q", [begin]), begin
    while True:
        header = int.from_bytes(data[at : at + 4])
        if (header ^ first) & _SAME_IN_ALL or _is_mono(header) != _is_mono(first):
            return begins, sizes.keys()
        size = sizes.get(header)
        if size is None:
            size = sizes[header] = _frame_bytes(header)
        if not size:
            return begins, sizes.keys()
        at += size
        begins.append(at)


def _frame_bytes(header: int) -> int:
    """Give the size of the frame that a header begins, 0 when it is no header of layer III."""
    rate_hz = _rate_hz(header)
    kbps = (KBPS_MPEG_1 if is_mpeg_1(header) else _KBPS_MPEG_2)[header >> 12 & 15]
    if header >> 21 != 0x7FF or header >> 17 & 3 != 1 or not rate_hz or not kbps:
        return 0
    return _samples(header) // 8 * kbps * 1000 // rate_hz + (header >> 9 & 1)


def _samples(header: int) -> int:
    return 1_152 if is_mpeg_1(header) else 576


def _rate_hz(header: int) -> int:
    """Give the rate, 0 for none: the rates of MPEG-2 are half as high."""
    return _RATES_HZ[header >> 10 & 3] >> _HALVED[header >> 19 & 3]


def _is_mono(header: int) -> bool:
    return header >> 6 & 3 == _MONO


def _id3_bytes(header: bytes) -> int:
    """Give the size of a whole ID3v2 tag from its header (ID3v2.4 structure, 3.1)."""
    size = 0
    for byte in header[6:]:
        size = size << 7 | byte & 0x7F
    return _ID3_HEADER + size + (_ID3_HEADER if header[5] & 0x10 else 0)


def _is_cut_page(page: bytes) -> bool:
    """Whether an Ogg page is not whole (RFC 3533, section 6); ``page`` follows its capture mark."""
    if len(page) < 23 or len(page) < 23 + page[22]:
        return True
    return len(page) < 23 + page[22] + sum(page[23 : 23 + page[22]])
