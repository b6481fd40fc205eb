"""Read files with suspicion, and write them as a whole or not at all."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".unfinished"
"""The end of the name of a file while it is being written."""


class Irregular(Exception):
    """A path that is not a regular file but a folder, a pipe or a device."""


class NotText(Exception):
    """A file that is not UTF-8. line: the line of the first invalid byte, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is not UTF-8")
        self.line = line


def size(path: Path) -> int:
    """Return the size of a regular file in bytes, without opening it. Raises OSError, and Irregular for other paths."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Irregular
    return status.st_size


def content(path: Path, most: int) -> bytes:
    """Return the first `most` + 1 bytes of a regular file, or all if it has fewer. Raises OSError and Irregular."""
    # Open regular files only: reading from a pipe may never end, and opening a device may have an effect.
    size(path)
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Irregular
        # Python reserves as much memory as it is asked to read.
        return file.read(min(most, status.st_size) + 1)


def decoded(content: bytes) -> str:
    """Return UTF-8 as text, without the byte order mark that some editors write. Raises NotText."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(content.count(b"\n", 0, error.start) + 1) from None


def write(path: Path, content: bytes, wait: bool = True) -> None:
    """Write a file as a whole or not at all. wait: whether to wait until it is on the disk. Raises OSError."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if wait:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let others who ask for the same folder wait until the block ends. Raises OSError."""
    lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def state(path: str | Path, follow: bool = True) -> tuple[int, int]:
    """Return the time (in nanoseconds) and the size (in bytes) of a file, one of which changes when it is saved.

    Without a file, the size is -1. follow: whether a link counts as the file that it leads to.
    """
    try:
        status = os.stat(path, follow_symlinks=follow)
    except OSError:
        return 0, -1
    return status.st_mtime_ns, status.st_size


def states(roots: list[Path]) -> dict[Path, tuple[int, int]]:
    """Return the state of each file in `roots` that is not hidden."""
    found = {}
    for root in roots:
        for path in root.rglob("*") if root.is_dir() else [root]:
            if path.is_file() and not path.name.startswith("."):
                found[path] = state(path)
    return found
