"""Measure how long a writer waits: from saving a file until `publish.py --serve` serves the changed page."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from string import ascii_lowercase

from benchmarks import measure, sites
from benchmarks.measure import Failed, Figures
from benchmarks.scenarios import SAVES, SECONDS, SERVED, Save
from machine import progress

PATIENCE = 300
"""After this many seconds, a page or the whole site is not waited for any longer."""


def measured(runs: int) -> Figures:
    """Serve a copy of this site, save each file `runs` times, and return the figures. Raises Failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        sites.real(folder)
        with progress.shown("Serving this site", runs * len(SAVES)) as one_more, _served(folder) as (pid, address):
            figures: Figures = {}
            words = new_words()
            for what, save in SAVES.items():
                text = (folder / save.file).read_text(encoding="utf-8")
                seconds = []
                for _ in range(runs):
                    _settle(pid)
                    seconds.append(waited(folder, address, save, text, next(words)))
                    one_more()
                figures[SERVED.format(what)] = {SECONDS: statistics.median(seconds)}
            return figures


def new_words() -> Iterator[str]:
    """Yield words that no page has. They are made of letters: a translation may not add a digit."""
    yield from ("Saved" + "".join(letters) for letters in product(ascii_lowercase, repeat=2))


def waited(folder: Path, address: str, save: Save, text: str, word: str) -> float:
    """Look at a page, save its file with a new word, and return the seconds until the page has it. Raises Failed.

    text: the file without such a word.
    """
    _get(address + save.page)
    path = folder / save.file
    # As editors do it: the file is complete at any time.
    whole = folder.parent / path.name
    whole.write_text(sites.changed(text, save, word), encoding="utf-8")
    start = time.perf_counter()
    whole.replace(path)
    while word not in _get(address + save.page):
        if time.perf_counter() - start > PATIENCE:
            raise Failed(f"{save.page} did not show what was saved in {save.file} within {PATIENCE} s.")
        time.sleep(0.01)
    return time.perf_counter() - start


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read(), "utf-8")


def _settle(pid: int) -> None:
    """Wait until the server and its processes have had nothing to do for half a second. Raises Failed."""
    end = time.monotonic() + PATIENCE
    before = -1.0
    while (used := measure.processor_time(pid)) - before > 0.02:
        if time.monotonic() > end:
            raise Failed(f"The server was still building {PATIENCE} s after a change.")
        before = used
        time.sleep(0.5)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, str]]:
    """Serve the site while the block runs. Yields the id of the process and the address of the site. Raises Failed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*sites.PUBLISH, "--serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=folder, env=measure.ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout
    try:
        if not any("Serving on" in line for line in process.stdout):
            raise Failed(f"{' '.join(command)} ended before it served anything. Run it by hand to see why.")
        yield process.pid, f"http://127.0.0.1:{port}/"
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGINT)
        process.wait(60)
