"""Stop a command on Ctrl-C or SIGTERM, at any moment: it says one sentence and exits with status 130.

A handler does this without an exception, because one raised during an import, in a callback or while Python exits is
printed as a traceback or lost.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

STATUS = 130


class _Stop:
    def __init__(self) -> None:
        self.sentence = ""
        self.status = STATUS
        self.owner = 0
        self.last: Callable[[], None] | None = None
        self.begun = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.begun:
            return
        self.begun = True
        try:
            # A forked process that has not set its own handlers yet stays silent.
            if os.getpid() == self.owner:
                # On a terminal, overwrite what is in this line: "^C", or the progress of the work.
                os.write(2, b"\r\033[K" * os.isatty(2) + f"{self.sentence}\n".encode())
                if self.last:
                    self.last()
        finally:
            os._exit(self.status)


_stop = _Stop()


def listen(sentence: str, status: int = STATUS) -> None:
    """Make signals stop this process with this sentence and exit status from now on."""
    _stop.sentence, _stop.status, _stop.owner = sentence, status, os.getpid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


@contextmanager
def raising() -> Iterator[None]:
    """Within the block, raise KeyboardInterrupt on the first signal, for work that cleans up step by step."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, interrupt) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def now() -> NoReturn:
    """Stop as if a signal had arrived."""
    _stop(signal.SIGINT, None)
    os._exit(_stop.status)


def after_cleaning(main: Callable[[], int]) -> NoReturn:
    """Run a command that cleans up step by step, and exit with its status, or stop it once it has cleaned up."""
    try:
        with raising():
            status = main()
    except KeyboardInterrupt:
        now()
    sys.exit(status)


def last(action: Callable[[], None] | None) -> None:
    """Set what to do after the sentence, or None. It must end in bounded time, because further signals are ignored."""
    _stop.last = action
