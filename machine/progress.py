"""Show the progress of long work on a terminal, in a line that is overwritten and then removed. A pipe gets nothing.

    python progress.py "Installing what the build needs" COMMAND …

runs a command and shows such a line meanwhile. The line stays, with the time that the command took. The output of the
command is shown only if it fails. The exit status is that of the command.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from machine import stop


@contextmanager
def shown(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a line while the block runs. Yields a function to call whenever one of `total` items is done."""
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        _show(f"{what}… {done} of {total}")

    _show(f"{what}… 0 of {total}")
    try:
        yield one_more
    finally:
        _show("")


def _show(line: str, end: str = "") -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end=end, file=sys.stderr, flush=True)
    elif end:
        print(line, end=end, file=sys.stderr, flush=True)


def main(what: str, command: list[str]) -> int:
    stop.listen("Stopped. Run the same command again.")
    begun = time.monotonic()
    # In its own session, so that Ctrl-C reaches only this process, which then says its sentence.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True
    )
    stop.last(process.kill)
    while True:
        _show(f"{what}… {time.monotonic() - begun:.0f} s")
        try:
            printed, _ = process.communicate(timeout=1)
            break
        except subprocess.TimeoutExpired:
            continue
    _show(f"{what}… {time.monotonic() - begun:.0f} s", "\n")
    if process.returncode:
        print(printed, end="", file=sys.stderr)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
