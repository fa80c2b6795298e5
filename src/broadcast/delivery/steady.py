"""A host that may fail for a moment → one that is asked again, after waiting, within bounds."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from broadcast.delivery.faults import HostError
from broadcast.delivery.host import Host, Sent

T = TypeVar("T")
WAITS_S = (1.0, 4.0, 15.0, 40.0)
"""Waits before the further attempts at one order; each begins with a new connection."""


class SteadyHost:
    """Does what a host does, and connects anew where that may help.

    ``wait`` is called with seconds and the error before each new attempt.
    """

    def __init__(
        self,
        connect: Callable[[], Host],
        wait: Callable[[float, HostError], None] = lambda seconds, error: time.sleep(seconds),
    ) -> None:
        self._connect = connect
        self._wait = wait
        self._host: Host | None = None

    @property
    def puts_whole(self) -> bool:
        """Whether nobody ever sees a part of what is put."""
        return self._tried(lambda host: host.puts_whole)

    def list(self, folder: str) -> Mapping[str, int]:
        """Give the files of a folder."""
        return self._tried(lambda host: host.list(folder))

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        """Copy a file; bytes that have to go again are taken off what was sent."""
        went = 0

        def send(host: Host) -> None:
            nonlocal went
            if went:
                sent(-went)
                went = 0

            def count(more: int) -> None:
                nonlocal went
                went += more
                sent(more)

            host.put(path, file, kind, cache, count)

        self._tried(send)

    def move(self, old: str, new: str) -> None:
        """Put a file in the place of another."""
        attempts = 0

        def send(host: Host) -> None:
            nonlocal attempts
            attempts += 1
            folder, _, name = old.rpartition("/")
            if attempts > 1 and name not in host.list(folder):
                return  # it was carried out, and the answer was lost
            host.move(old, new)

        self._tried(send)

    def remove(self, path: str) -> None:
        """Delete a file."""
        self._tried(lambda host: host.remove(path))

    def close(self) -> None:
        """Leave the host."""
        if self._host is not None:
            self._host.close()
            self._host = None

    def _tried(self, order: Callable[[Host], T]) -> T:
        for wait_s in (*WAITS_S, None):
            try:
                if self._host is None:
                    self._host = self._connect()
                return order(self._host)
            except HostError as error:
                if not error.passes or wait_s is None:
                    raise
                self.close()
                self._wait(wait_s, error)
        raise AssertionError("the last attempt raises or returns")
