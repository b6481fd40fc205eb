"""Give a build, or `make packs`, its own folder inside the folder of the site, under a lock that ends with the process.

`site/.making-4711/fr` becomes `site/fr` only when it is complete. The next build removes what a killed one left behind.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from machine.say import say

MAKING = ".making-"
_OLD = ".old"

_ELSEWHERE = "Or use another folder: SITE_DIR=/path/to/it"
_WAYS_OUT = {
    errno.ENOSPC: "Make room on the disk, then run the command again.",
    errno.EDQUOT: "Make room on the disk, then run the command again.",
    errno.EEXIST: f"Move what is there away. {_ELSEWHERE}",
    errno.ENOTDIR: f"Move what is there away. {_ELSEWHERE}",
    errno.EROFS: f"Make it writable. {_ELSEWHERE}",
    errno.EACCES: f"Make sure that you may read and write there. {_ELSEWHERE}",
    errno.EPERM: f"Make sure that you may read and write there. {_ELSEWHERE}",
}


def trouble(error: OSError, site: Path) -> str:
    """Return a sentence with what the operating system refused, where, and what to do.

    site: the place to name if the error does not name one.
    """
    what = error.strerror or str(error)
    place = f"{os.path.relpath(error.filename or site)}: {what}"
    return f"{place}. {_WAYS_OUT.get(error.errno or 0, 'Make sure that it exists and that you may read and write it.')}"


@contextmanager
def workplace(site: Path) -> Iterator[Path]:
    """Make a folder in `site` for this process while the block runs. Waits while another process has one."""
    site.mkdir(parents=True, exist_ok=True)
    # Lock the folder itself, because a lock file would be published. Forked processes hold the lock too, so it lasts
    # until the last of them has written its last file.
    lock = os.open(site, os.O_RDONLY)
    try:
        _lock(lock, site)
        _clear(site)
        making = site / f"{MAKING}{os.getpid()}"
        making.mkdir()
        try:
            yield making
        finally:
            shutil.rmtree(making, ignore_errors=True)
    finally:
        os.close(lock)


def is_free(site: Path) -> bool:
    """Return whether a folder exists, no process works in it, and none was killed there."""
    try:
        lock = os.open(site, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return not any(site.glob(f"{MAKING}*"))


def _lock(lock: int, site: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"{os.path.relpath(site)}: another command is working there. Waiting until it ends (stop with Ctrl-C).")
        fcntl.flock(lock, fcntl.LOCK_EX)


def _clear(site: Path) -> None:
    for left in site.glob(".making*"):
        for old in left.glob(f"*{_OLD}"):
            # The build was killed between the two steps of `replace`.
            if not (site / old.stem).exists():
                old.rename(site / old.stem)
        shutil.rmtree(left)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Delay SIGTERM until the block ends."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def replace(new: Path, old: Path) -> None:
    """Put a complete folder in the place of the old one. SIGTERM is delayed until both are renamed."""
    away = new.with_name(f"{new.name}{_OLD}")
    with undisturbed():
        if old.exists():
            old.rename(away)
        new.rename(old)
    shutil.rmtree(away, ignore_errors=True)
