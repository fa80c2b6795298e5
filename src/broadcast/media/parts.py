"""A file that holds several, one behind the other → a reading of each.

So are files that somebody puts together, and an Ogg file whose recorder paused: a chain of links
(RFC 3533, section 4). A decoder that knows of one ends with the first.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from broadcast.media.flac import flac_length
from broadcast.media.reading import DecoderInput, Stream, size_of

_OGG_BEGIN = re.compile(rb"OggS\0[\2\6]", re.DOTALL)  # a page with which a stream begins
_OGG_SEGMENTS, _OGG_HEADER = 26, 27
_AMR_BEGIN = re.compile(rb"#!AMR(-WB)?\n")
_FLAC_BEGIN = re.compile(rb"fLaC[\0\x80]\0\0\x22", re.DOTALL)
_MOST_CHUNKS = 10_000
_SEARCHED_BYTES = 1 << 26  # a larger FLAC is searched only where its length shows that it must be


def parts_of(file: Path) -> tuple[DecoderInput, ...]:
    """Give the parts of a file in their order: almost always one, the file as it is."""
    with file.open("rb") as stream:
        head = stream.read(4)
        if head not in _BEGINS or (head == b"fLaC" and _is_one_flac(stream)):
            return (DecoderInput(file),)
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            begins = [begin for begin in _BEGINS[head](data) if begin]
            borders = [0, *begins, len(data)]
    if not begins:
        return (DecoderInput(file),)
    return tuple(DecoderInput(file, b"", begin, end) for begin, end in pairwise(borders))


def _links(data: mmap.mmap) -> Iterator[int]:
    """Give where a stream of Ogg begins that no other stream begins right before."""
    follows = 0
    for found in _OGG_BEGIN.finditer(data):
        begin = found.start()
        if begin != follows:
            yield begin
        lacing = begin + _OGG_HEADER
        sizes = data[lacing : lacing + (data[begin + _OGG_SEGMENTS : lacing] or b"\0")[0]]
        follows = lacing + len(sizes) + sum(sizes)


def _is_one_flac(stream: Stream) -> bool:
    length = flac_length(stream)
    has_its_length = length is not None and length.claimed == length.found
    return has_its_length and size_of(stream) > _SEARCHED_BYTES


def _each(begin: re.Pattern[bytes]) -> Callable[[mmap.mmap], Iterator[int]]:
    return lambda data: (found.start() for found in begin.finditer(data))


def _wavs(data: mmap.mmap) -> Iterator[int]:
    """Give where another WAV follows the last chunk of one."""
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(data):
            return
        if data[at : at + 4] == b"RIFF" and data[at + 8 : at + 12] == b"WAVE":
            yield at
            at += 12
            continue
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2


_BEGINS = {
    b"OggS": _links,
    b"RIFF": _wavs,
    b"fLaC": _each(_FLAC_BEGIN),
    b"#!AM": _each(_AMR_BEGIN),
}
