"""A file that is read to be sent → the same, told of as it goes, and again when it goes again."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from broadcast.delivery.host import Sent


class Counted(io.RawIOBase):
    """A file whose bytes are counted as they are read.

    Begun anew, what was counted is taken off: a library may send it twice.
    """

    def __init__(self, stream: BinaryIO, sent: Sent) -> None:
        self._stream = stream
        self._sent = sent
        self._counted = 0

    def read(self, size: int = -1) -> bytes:
        """Read on, and count it."""
        piece = self._stream.read(size)
        self._count(len(piece))
        return piece

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; what lies after it is not counted any more."""
        place = self._stream.seek(offset, whence)
        if whence == os.SEEK_SET and place < self._counted:
            self._count(place - self._counted)
        return place

    def tell(self) -> int:
        """Give the place."""
        return self._stream.tell()

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be gone about in."""
        return True

    def _count(self, more: int) -> None:
        self._counted += more
        if more:
            self._sent(more)
