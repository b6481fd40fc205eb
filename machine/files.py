"""Files read with suspicion, and written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

UNFINISHED = ".unfinished"
"""How the name of a file ends that is being written."""


class Irregular(Exception):
    """The path leads to something other than a file: a folder, a pipe, a device."""


class NotText(Exception):
    """A file that is not UTF-8. line: where, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is not UTF-8")
        self.line = line


def size(path: Path) -> int:
    """Return the bytes of a regular file, which is not opened. Raises OSError, and Irregular for anything else."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Irregular
    return status.st_size


def content(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file: `most`, and one more, at most. Raises OSError and Irregular."""
    # Only what is known to be a file is opened: a pipe would wait for ever, and a device may act.
    size(path)
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Irregular
        return file.read(most + 1)


def decoded(content: bytes) -> str:
    """Return UTF-8 as text, without the mark that some editors put first. Raises NotText."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(content.count(b"\n", 0, error.start) + 1) from None


def write(path: Path, content: bytes, wait: bool = True) -> None:
    """Put a file in the place of `path`, whole or not at all. wait: until the disk has it. Raises OSError."""
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


def states(roots: list[Path]) -> dict[Path, tuple[int, int]]:
    """Return, for each file in `roots` that is not hidden, what changes when it is saved: its time and its size."""
    found = {}
    for root in roots:
        for path in root.rglob("*") if root.is_dir() else [root]:
            if path.is_file() and not path.name.startswith("."):
                status = path.stat()
                found[path] = status.st_mtime_ns, status.st_size
    return found
