"""Children that do not outlive their parent, even one that was killed without a word."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15


def become(name: str, parent: int, by: signal.Signals) -> None:
    """Let this process be called `name` by `ps` and get the signal `by` as soon as its parent has ended."""
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        prctl(_PR_SET_NAME, name.encode())
        prctl(_PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        # It died before we could ask to be told.
        os._exit(1)
    if sys.platform != "linux":
        threading.Thread(target=_watch, args=(parent, by), daemon=True).start()


def _watch(parent: int, by: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), by)
