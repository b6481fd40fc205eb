"""Share work among processes, forked from a parent that has imported and read everything already."""

from __future__ import annotations

import concurrent.futures
import functools
import gc
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

from machine import progress, stop
from machine.workplace import workplace

Item = TypeVar("Item")
Result = TypeVar("Result")


Cancelled = concurrent.futures.CancelledError


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Processes that work in the folder of a site until the block ends. Create them after reading what they share.

    making: the folder in which they work. No other command uses it while the block runs.
    has_spare: whether one more process waits for work that must not wait for other work.
    """

    def __init__(self, tasks: int, site: Path, has_spare: bool = False) -> None:
        # All workers share the memory that is in use now. The garbage collector must not write to it, because that
        # would copy it.
        gc.collect()
        gc.freeze()
        # It is forked now, because later there are threads.
        self._spare = _pool(1) if has_spare else None
        if self._spare:
            self._spare.submit(os.getpid).result()
        self._pool = _pool(min(tasks, cores()))
        self._site = site
        self._owned = ExitStack()
        self._tasks: list[concurrent.futures.Future[Any]] = []

    def __enter__(self) -> Workers:
        self.making = self._owned.enter_context(workplace(self._site))
        stop.last(self._end)
        return self

    def __exit__(self, kind: Any, *_: object) -> None:
        for pool in (self._pool, self._spare):
            if pool:
                pool.shutdown(wait=kind is None, cancel_futures=True)
        self._owned.close()
        stop.last(None)

    def _end(self) -> None:
        for worker in multiprocessing.active_children():
            worker.terminate()
            worker.join(5)
        shutil.rmtree(self.making, ignore_errors=True)

    def run(self, task: Callable[[Item], Result], items: Sequence[Item], what: str) -> list[Result]:
        """Return the result of `task` for each item, in their order. what: the name of the work, for the terminal.

        Raises Cancelled if another thread calls `cancel`.
        """
        with progress.shown(what, len(items)) as one_more:
            work = functools.partial(_run_and_clear if self._spare else _clear_and_run, task)
            tasks = [self._pool.submit(work, item) for item in items]
            self._tasks = tasks
            for _ in concurrent.futures.as_completed(tasks):
                one_more()
        return [each.result() for each in tasks]

    def dismiss(self) -> None:
        """End the processes, which hold much memory, when only this process has work left."""
        self._pool.shutdown()

    def at_once(self, task: Callable[[Item], Result], item: Item) -> Result:
        """Return the result of `task` for one item. The spare process does this."""
        return self.soon(task, item).result()

    def soon(self, task: Callable[[Item], Result], item: Item) -> concurrent.futures.Future[Result]:
        """Let the spare process do a task for one item, and do not wait."""
        assert self._spare
        result = self._spare.submit(task, item)
        # Nobody waits for this.
        self._spare.submit(gc.collect)
        return result

    def cancel(self) -> None:
        """Leave out the tasks that have not begun."""
        for task in self._tasks:
            task.cancel()


def _pool(processes: int) -> concurrent.futures.ProcessPoolExecutor:
    start = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    return concurrent.futures.ProcessPoolExecutor(processes, multiprocessing.get_context(start), initializer=_ready)


def _run_and_clear(task: Callable[[Item], Result], item: Item) -> Result:
    """Run a task in a process that waits for others later: they must not wait until its garbage is collected."""
    try:
        return task(item)
    finally:
        gc.collect()


def _clear_and_run(task: Callable[[Item], Result], item: Item) -> Result:
    """Run a task in a process that ends after the last one, whose garbage nobody has to collect."""
    gc.collect()
    # What tasks have left is used until the process ends, so the next collection need not look at it.
    gc.freeze()
    return task(item)


def _ready() -> None:
    """Prepare a worker: it ends whenever its parent ends, without a message, because the parent prints one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # A task needs nearly everything that it allocates until its end, so garbage is collected only then.
    gc.disable()


def _end_with_parent() -> None:
    # Leave SIGTERM to the working thread, which may have to finish a step first (`workplace.replace`).
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
