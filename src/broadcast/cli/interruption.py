"""Ctrl-C and a request to end → the exception that lets every room clear up behind itself."""

from __future__ import annotations

import _thread
import signal
import time
from types import FrameType

# What a shell reports for a program that a signal stopped: 128 and the signal's number.
INTERRUPTED = 128 + signal.SIGINT


def stop_cleanly() -> None:
    """Let Ctrl-C and a request to end (SIGTERM, a closed terminal) unwind the program."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        # Who started us with nohup, or in the background, wants us to go on.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    if _importing(frame):
        # Raised there, it would leave a library half loaded, or be lost: importlib has callbacks
        # that swallow exceptions. A bare thread, since a signal may come while any lock is held.
        _thread.start_new_thread(_later, (number,))
    elif number == signal.SIGINT:
        raise KeyboardInterrupt
    else:
        raise SystemExit(128 + number)


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return True
        frame = frame.f_back
    return False


def _later(number: int) -> None:
    time.sleep(0.02)
    _thread.interrupt_main(signal.Signals(number))
