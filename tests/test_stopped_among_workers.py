"""Ctrl-C comes at any moment: among workers too it is neither lost, nor leaves a lock taken."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

_WORKING = """
import time
from broadcast.cli.interruption import stop_cleanly
from broadcast.workers import in_parallel

def work(piece):
    time.sleep(0.0005)
    return piece

stop_cleanly()
print("working", flush=True)
try:
    while True:
        in_parallel(work, range(12), 3, lambda *_: None)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal, which Windows has not")
@pytest.mark.parametrize("seed", range(4))
def test_ctrl_c_ends_work_whatever_its_threads_are_about(seed: int) -> None:
    moments = random.Random(seed)
    for _ in range(10):
        command = [sys.executable, "-c", _WORKING]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.random() * 0.05)
            process.send_signal(signal.SIGINT)
            try:
                told, _ = process.communicate(timeout=30)
            finally:
                process.kill()
        assert told == "stopped\n"
        assert process.returncode == 0
