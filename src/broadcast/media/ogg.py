"""An Ogg file's pages → whether a sample can be found by what they say of their positions.

Sources: RFC 3533, section 6 (pages); RFC 7845, section 4 and RFC 6716, section 3.1 (Opus); Vorbis I
specification, 4.2.2 and A.2.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

_PAGE = struct.Struct("<4sBBqIIIB")
_VORBIS_BLOCKS = 28  # where its header tells the two sizes
_MOST_READ = 29
_CHECK_SUM = slice(22, 26)
_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
# Samples at 48 kHz in an Opus frame, by its configuration: four of SILK, two of both, four of CELT.
_OPUS_FRAMES = (480, 960, 1_920, 2_880) * 3 + (480, 960) * 2 + (120, 240, 480, 960) * 4


class _OggPage(NamedTuple):
    granule: int
    """The position after the last packet that ends in the page."""
    packets: int
    """How many end in it."""
    begin: bytes
    """The first bytes of what it holds."""


def is_even_ogg(file: Path) -> bool:
    """Whether an Opus or Vorbis file is one row of whole pages whose positions fit their packets.

    Where a page is missing or damaged, its sound is left out by a decoder that reads in order, but
    counted by one that goes by positions; so is a time in which nothing was recorded.
    """
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        pages = _pages(data)
    headers = _headers(pages[0].begin) if pages else 0
    ended = accumulate(page.packets for page in pages)
    sounding = [page for page, n in zip(pages, ended, strict=True) if n > headers and page.packets]
    if not headers or not sounding:
        return False
    shortest, longest = _packet_samples(pages[0].begin, sounding[0].begin)
    for before, page in pairwise(sounding):
        passed = page.granule - before.granule
        is_short = passed < shortest * page.packets and page is not sounding[-1]
        if is_short or passed > longest * page.packets:
            return False
    return True


def _pages(data: mmap.mmap) -> list[_OggPage]:
    """Give the pages of a file that has one stream and nothing else, else none."""
    pages: list[_OggPage] = []
    at, stream = 0, None
    while at < len(data):
        if len(data) - at < _PAGE.size:
            return []
        mark, _, _, granule, serial, number, check_sum, segments = _PAGE.unpack_from(data, at)
        begin = at + _PAGE.size + segments
        lacing = data[at + _PAGE.size : begin]
        end = begin + sum(lacing)
        page = bytearray(data[at:end])
        page[_CHECK_SUM] = bytes(4)
        stream = serial if stream is None else stream
        is_next = mark == b"OggS" and (serial, number) == (stream, len(pages))
        if not is_next or end > len(data) or _crc(page) != check_sum:
            return []
        pages.append(
            _OggPage(granule, segments - lacing.count(255), data[begin : begin + _MOST_READ])
        )
        at = end
    return pages


def _headers(begin: bytes) -> int:
    """Give how many packets come before the sound; 0 for what is neither Opus nor Vorbis."""
    return 2 if begin.startswith(b"OpusHead") else 3 if begin.startswith(b"\x01vorbis") else 0


def _packet_samples(head: bytes, packet: bytes) -> tuple[int, int]:
    """Give the fewest and the most samples of a packet, from the header and the first packet."""
    if head.startswith(b"OpusHead"):
        frames = (1, 2, 2, packet[1] & 63)[packet[0] & 3]
        return (frames * _OPUS_FRAMES[packet[0] >> 3],) * 2
    sizes = head[_VORBIS_BLOCKS]
    return (1 << (sizes & 15)) // 2, (1 << (sizes >> 4)) // 2


def _crc(page: bytearray) -> int:
    """Give the sum of RFC 3533: that of zlib with every byte turned round, and no inversion."""
    turned = zlib.crc32(page.translate(_TURNED), 0xFFFF_FFFF) ^ 0xFFFF_FFFF
    return int(f"{turned:032b}"[::-1], 2)
