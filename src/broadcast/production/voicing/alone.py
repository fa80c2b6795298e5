"""Episodes made at once in one process → an online engine speaks for one of them at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from broadcast.production.desk.progress import Reporter
from broadcast.speech import Engine

_STOPPABLE_S = 0.1
_SPEAKING: dict[str, threading.Lock] = {}


@contextmanager
def alone_with(engine: Engine, reporter: Reporter) -> Iterator[None]:
    """Hold an online engine while it speaks for one episode; what works here is free for all.

    So a service has as many requests at once as for one episode, a month's limit is looked at
    when it is known what was sent, and no sentence is paid for twice. Raises what the reporter's
    ``go_on`` raises.
    """
    if not engine.online:
        yield
        return
    lock = _SPEAKING.setdefault(engine.name, threading.Lock())
    while not lock.acquire(timeout=_STOPPABLE_S):
        reporter.go_on()
    try:
        yield
    finally:
        lock.release()
