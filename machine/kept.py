"""Keep values in files, each under a digest of what it was made of, so that it is not made again.

A file is written as a whole, and read only if it is complete and has the digest that is asked for. So a damaged file,
or one of another version, is as if it were not there. All of them are safe to delete.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import tempfile
from pathlib import Path
from typing import Any

from machine import files

FOLDER = Path(__file__).resolve().parent.parent / ".cache"
"""The folder of everything that is kept."""

_MOST = 200_000_000
"""Size in bytes from which a file is ignored."""

_SIZE = hashlib.sha256().digest_size


def digest(*parts: object) -> bytes:
    """Return a digest of bytes, and of other values by their `repr`. Different parts cannot be joined to the same."""
    made = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else repr(part).encode(errors="surrogatepass")
        made.update(len(content).to_bytes(8, "big") + content)
    return made.digest()


def get(path: Path, key: bytes) -> Any:
    """Return the value that is kept in a file under `key`; None if there is none."""
    try:
        content = files.content(path, _MOST)
        seal, found, value = content[:_SIZE], content[_SIZE : 2 * _SIZE], content[2 * _SIZE :]
        is_whole = found == key and hashlib.sha256(found + value).digest() == seal
        return pickle.loads(value) if is_whole else None
    except Exception:  # A damaged or foreign file may raise anything. The value is made again then.
        return None


def put(path: Path, key: bytes, value: Any) -> None:
    """Keep a value in a file under `key`, a digest of everything that it depends on."""
    _write(path, _sealed(key, value))


def _sealed(key: bytes, value: Any) -> bytes:
    """Return the content of the file of a value."""
    content = key + pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return hashlib.sha256(content).digest() + content


def _write(path: Path, content: bytes) -> None:
    # If the file cannot be written, the next build only takes longer.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # The seal shows whether the file is complete, so there is no need to wait for the disk.
        files.write(path, content, wait=False)


class Later:
    """Values to keep when it is known that they are right. They wait on the disk, because together they are large.

    The file in which they wait has no name, so nothing is left of it when the process ends.
    """

    def __init__(self) -> None:
        self._file: io.FileIO | None = None
        self._places: dict[Path, tuple[int, int]] = {}

    def __bool__(self) -> bool:
        return bool(self._places)

    def put(self, path: Path, key: bytes, value: Any) -> None:
        """Take what `put` takes."""
        content = _sealed(key, value)
        with contextlib.suppress(OSError):
            if self._file is None:
                FOLDER.mkdir(parents=True, exist_ok=True)
                self._file = tempfile.TemporaryFile(buffering=0, dir=FOLDER)  # noqa: SIM115  # `forget` closes it
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(content)
            self._places[path] = start, len(content)

    def keep(self) -> None:
        """Keep the values."""
        for path, (start, size) in self._places.items():
            assert self._file
            with contextlib.suppress(OSError):
                self._file.seek(start)
                _write(path, self._file.read(size))

    def forget(self) -> None:
        """Forget the values."""
        self._places.clear()
        if self._file:
            self._file.close()
            self._file = None


def remove(path: Path) -> None:
    """Remove a file, if it exists."""
    with contextlib.suppress(OSError):
        path.unlink()
