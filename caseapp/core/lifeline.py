"""No process outlives the one that started it, even when that one is killed outright.

`kill -9` gives a process no chance to stop its children, and the kernel hands them to another parent.
So the children look for themselves.
"""

import ctypes
import os
import signal
import threading
import time

_PR_SET_PDEATHSIG = 1  # from linux/prctl.h
_LOOK_EVERY_SECONDS = 1.0


def signal_on_parent_death() -> None:
    """Ask the kernel for SIGTERM when our parent dies. Runs between fork and exec, and survives the exec."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def die_with(parent: int) -> None:
    """Kill this process within a second or so of its parent's death.

    For processes forked by a thread: there the kernel's signal follows the thread, not the process, and would
    strike in the middle of an orderly shutdown.
    """
    threading.Thread(target=_watch, args=(parent,), name="lifeline", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
