"""How a command stops: on Ctrl-C or SIGTERM, whenever they come, it says one sentence and ends with status 130.

Not by an exception: one that arrives while modules are imported, in a callback or while Python ends is printed or lost.
"""

from __future__ import annotations

import os
import signal
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
            # A process that was forked off and has no handlers of its own yet has nothing to say.
            if os.getpid() == self.owner:
                # Over what a terminal shows on this line: "^C", or how far the work is.
                os.write(2, b"\r\033[K" * os.isatty(2) + f"{self.sentence}\n".encode())
                if self.last:
                    self.last()
        finally:
            os._exit(self.status)


_stop = _Stop()


def listen(sentence: str, status: int = STATUS) -> None:
    """From now on this process stops with this sentence and status."""
    _stop.sentence, _stop.status, _stop.owner = sentence, status, os.getpid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


@contextmanager
def raising() -> Iterator[None]:
    """In this block the first signal is a KeyboardInterrupt, for work that is cleaned up step by step."""

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
    """Stop as if a signal had come."""
    _stop(signal.SIGINT, None)
    os._exit(_stop.status)


def last(action: Callable[[], None] | None) -> None:
    """What is still to be done after the sentence, in bounded time: further signals are not heard then."""
    _stop.last = action
