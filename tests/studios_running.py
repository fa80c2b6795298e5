"""A station's studio as its command runs it, and the address that lets a browser in."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def studio_process(
    station: Path, language: str = "vi", port: int = 0
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `broadcast studio` on a station and give its first address; it ends with the context."""
    command = [sys.executable, "-m", "broadcast", "studio", "--port", str(port), "--no-browser"]
    with subprocess.Popen(
        [*command, "--station", str(station)],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "BROADCAST_LANG": language, "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdout is not None
        try:
            said = running.stdout.readline() + running.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", said)
            assert found, said
            yield found[0], running
        finally:
            running.send_signal(signal.SIGINT)


@contextmanager
def studio_of(station: Path, language: str = "vi") -> Iterator[str]:
    """Run `broadcast studio` on a station and give its first address; it ends in order."""
    with studio_process(station, language) as (address, running):
        yield address
    assert running.returncode == 0
