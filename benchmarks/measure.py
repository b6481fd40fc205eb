"""Measure what a command costs. Time and memory are measured in different runs, because watching memory takes time."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

Figures = dict[str, dict[str, float]]
"""The fields of each figure, by its name: scenarios.py."""

ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1"}


class Failed(Exception):
    """A command that was measured has failed. The message is for the person who runs the benchmark."""


def seconds(command: Sequence[str], folder: Path) -> float:
    """Run a command and return the elapsed time. Raises Failed."""
    start = time.perf_counter()
    _run(command, folder)
    return time.perf_counter() - start


def memory(command: Sequence[str], folder: Path) -> float:
    """Run a command and return the peak of the sum over all its processes, in MB. Raises Failed.

    Memory that processes share counts once (PSS). It is 0 where the system is not Linux.
    """
    peak = 0.0
    stop = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not stop.wait(0.05):
            peak = max(peak, sum(map(_pss, family(os.getpid())[1:])))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        _run(command, folder)
    finally:
        stop.set()
        watcher.join()
    return peak


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)} failed in {folder}:\n{done.stderr}")


def family(pid: int) -> list[int]:
    """Return the ids of a process and all its descendants."""
    found = [pid]
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return found
    for child in children:
        found += family(int(child))
    return found


def _pss(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1000
    except OSError:
        pass
    return 0.0


def processor_time(pid: int) -> float:
    """Return the CPU time that a process and its descendants have used, in seconds."""
    ticks = 0
    for each in family(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
