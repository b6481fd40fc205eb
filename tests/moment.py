"""Runs a command of the project, and does something at one moment of it.

    python tests/moment.py EVENT WORDS ACTION publish.py …

The moment is the first audit event of this name with these words in its arguments (docs.python.org, "Audit events
table"), in any process of the command; "exit" is the moment when Python itself begins to end.
"""

from __future__ import annotations

import atexit
import errno
import os
import runpy
import signal
import sys
import time
from pathlib import Path


def act(action: str) -> None:
    """What each action is called says what it does."""
    if action in ("SIGINT", "SIGTERM"):
        # To all processes of the command, as a terminal does it.
        os.killpg(0, signal.Signals[action])
    elif action == "SIGINT twice":
        os.killpg(0, signal.SIGINT)
        os.killpg(0, signal.SIGINT)
    elif action in ("SIGTERM to the parent", "SIGKILL to the parent"):
        os.kill(PARENT, signal.Signals[action.split()[0]])
    elif action == "SIGKILL to itself":
        os.kill(os.getpid(), signal.SIGKILL)
    elif action == "full disk":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    else:
        gate = Path(action.removeprefix("wait for "))
        deadline = time.monotonic() + 60
        while not gate.exists() and time.monotonic() < deadline:
            time.sleep(0.01)


PARENT = os.getpid()
event, words, action, script, *arguments = sys.argv[1:]
met = False


def meet(name: str, given: tuple[object, ...]) -> None:
    global met
    if name == event and not met and words in repr(given):
        met = action != "full disk"
        act(action)


if event == "exit":
    # Registered first, so it runs last of all.
    atexit.register(act, action)
else:
    sys.addaudithook(meet)
sys.path[0] = os.getcwd()
sys.argv = [script, *arguments]
runpy.run_path(script, run_name="__main__")
