"""A part of a file, behind a header that may be another than the file's → a stream of its bytes."""

from __future__ import annotations

import errno
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Stream = io.BufferedReader | io.RawIOBase


@dataclass(frozen=True, slots=True)
class DecoderInput:
    """What a decoder is to read: ``header``, then the file's bytes from ``begin`` to ``end``."""

    file: Path
    header: bytes = b""
    begin: int = 0
    end: int | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is the file as it is."""
        return not self.header and not self.begin and self.end is None

    def open(self) -> Stream:
        """Open it from its first byte on, to be closed by the caller."""
        return self.file.open("rb") if self.is_plain else self.open_for_seeking()

    def open_for_seeking(self) -> Stream:
        """Open it so that to seek before its begin is no error that is raised, but told."""
        return _InputBytes(self, self.file.open("rb"))


def bytes_at(stream: Stream, offset: int, count: int) -> bytes:
    """Give the bytes at a place of a stream; fewer, or none, at its end."""
    stream.seek(offset)
    return stream.read(count) or b""


def size_of(stream: Stream) -> int:
    """Give how many bytes a stream has."""
    return stream.seek(0, os.SEEK_END)


class _InputBytes(io.RawIOBase):
    """The bytes of a reading, as decoders ask for them."""

    def __init__(self, reading: DecoderInput, stream: io.BufferedReader) -> None:
        self._header, self._begin, self._stream = reading.header, reading.begin, stream
        size = size_of(stream)
        end = size if reading.end is None else min(reading.end, size)
        self._size = len(self._header) + max(0, end - self._begin)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if (
            origin + offset < 0
        ):  # FFmpeg follows a damaged file's pointers: it takes this for an error
            return -errno.EINVAL
        self._at = origin + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = memoryview(buffer)[: max(0, self._size - self._at)]
        of_header = self._header[self._at : self._at + len(wanted)]
        wanted[: len(of_header)] = of_header
        filled = len(of_header)
        if filled < len(wanted):
            self._stream.seek(self._begin + self._at + filled - len(self._header))
            filled += self._stream.readinto(wanted[filled:])
        self._at += filled
        return filled

    def close(self) -> None:
        self._stream.close()
        super().close()
