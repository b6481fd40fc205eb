"""python -m benchmarks [--runs N] [--sizes 25 250]: build the same site with two builders in turn and compare."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import packs, sites, update

BUILDERS: dict[str, Callable[[Path, int], list[str]]] = {
    "this project": sites.ours,
    "mkdocs-static-i18n": sites.static_i18n,
}


@dataclass(frozen=True)
class Run:
    """The cost of one run.

    wall: elapsed time in seconds.
    cpu: CPU time of all processes, in seconds.
    memory: the peak of the sum over all processes, in MB, with shared pages counted once (PSS).
    """

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], folder: Path) -> Run:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    peak = 0.0
    stop = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not stop.wait(0.05):
            peak = max(peak, sum(map(_pss, _family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    wall = time.perf_counter() - start
    stop.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed in {folder}:\n{errors}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, peak)


def _family(pid: int) -> list[int]:
    """Return the ids of a process and all its descendants."""
    found = [pid]
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return found
    for child in children:
        found += _family(int(child))
    return found


def _pss(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1000
    except OSError:
        pass
    return 0.0


def compare(size: int, runs: int) -> None:
    print(f"\n{size} guides × {len(sites.LANGUAGES)} languages, medians of {runs} runs in turn")
    with tempfile.TemporaryDirectory() as folder:
        commands = {}
        for name, lay_out in BUILDERS.items():
            place = Path(folder) / name.replace(" ", "-")
            place.mkdir()
            commands[name] = lay_out(place, size), place
        measured: dict[str, list[Run]] = {name: [] for name in BUILDERS}
        for _ in range(runs):
            for name, (command, place) in commands.items():
                measured[name].append(measure(command, place))
    medians = {
        name: Run(*(statistics.median(getattr(run, field) for run in found) for field in ("wall", "cpu", "memory")))
        for name, found in measured.items()
    }
    print(f"{'':20} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}")
    for name, run in medians.items():
        print(f"{name:20} {run.wall:8.2f} {run.cpu:8.2f} {run.memory:8.0f}")
    mine, theirs = medians["this project"], medians["mkdocs-static-i18n"]
    print(f"{'ratio of wall time':20} {mine.wall / theirs.wall:8.2f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[25, 250])
    given = parser.parse_args()
    for size in given.sizes:
        compare(size, given.runs)
    with tempfile.TemporaryDirectory() as folder:
        units, nothing, edited = update.measure(Path(folder))
    print(f"\npython -m i18n update, {units} units × {len(update.LOCALES)} locales, one process")
    print(f"nothing to do {nothing:6.1f} s    one edit in every guide {edited:6.1f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        languages, built, packed = packs.measure(Path(folder))
    print(f"\nthis site: build {built:.1f} s; packs of {languages} languages beyond it {packed:.1f} s", flush=True)


if __name__ == "__main__":
    main()
