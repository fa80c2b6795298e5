"""Ctrl-C and a request to end → the exception that lets every room clear up behind itself."""

from __future__ import annotations

import _thread
import signal
import time
from types import FrameType

# What a shell reports for a program that a signal stopped: 128 and the signal's number.
INTERRUPTED = 128 + signal.SIGINT

# Whose code an exception may not come into. Within an import it would leave a library half loaded.
# In a callback, which importlib and weak references have, it would be lost. Between the taking of
# a lock and the block that gives it back, it would leave the lock taken, and the workers waiting
# for it for ever.
_NOT_WITHIN = (
    "_frozen_importlib",
    "importlib._bootstrap",
    "_weakrefset",
    "weakref",
    "threading",
    "concurrent.futures._base",
    "concurrent.futures.thread",
)


def stop_cleanly() -> None:
    """Let Ctrl-C and a request to end (SIGTERM, a closed terminal) unwind the program."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        # Who started us with nohup, or in the background, wants us to go on.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    if _amid_what_must_end(frame):
        # A bare thread, since a signal may come while any lock is held.
        _thread.start_new_thread(_later, (number,))
    elif number == signal.SIGINT:
        raise KeyboardInterrupt
    else:
        raise SystemExit(128 + number)


def _amid_what_must_end(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_globals.get("__name__") in _NOT_WITHIN:
            return True
        frame = frame.f_back
    return False


def _later(number: int) -> None:
    time.sleep(0.02)
    _thread.interrupt_main(signal.Signals(number))
