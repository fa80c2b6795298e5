"""Run `broadcast upload` in this process, and end it as a power cut does: killed after a while.

The while begins when the host is connected to. Without one, how long it took stands on stdout.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

from broadcast.delivery import kinds
from broadcast.delivery.host import Destination, Host, Login

connect = kinds.connect
AFTER = float(sys.argv[1])
began: list[float] = []


def killed_after(target: Destination, login: Login) -> Host:
    host = connect(target, login)
    if not began:
        began.append(time.monotonic())
        if AFTER > 0:
            threading.Timer(AFTER, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return host


kinds.connect = killed_after
sys.argv = ["broadcast", "upload"]
try:
    from broadcast.cli import main

    main()
finally:
    if AFTER <= 0:
        print(time.monotonic() - began[0])
    os._exit(0)
