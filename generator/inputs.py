"""Digest the files that a build reads. What is kept of a build is kept under such digests (machine/kept.py).

This module imports little, because a build in which nothing has changed needs nothing else.
"""

from __future__ import annotations

import bisect
import os
import re
import secrets
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from machine import files
from machine.cached import cached_property
from machine.kept import digest

CODE = ("hooks.py", "publish.py", "generator", "i18n", "machine")
"""What makes the pages, relative to the folder of the project."""

CONFIG = "mkdocs.yml"
LOCALES = "locales"
GUIDES = "guides"
LANGUAGES = "data/languages.yml"

_READ = (*CODE, CONFIG, GUIDES, LOCALES, "data", "macros", "theme")

_MOST = 20_000_000
"""Size in bytes from which a file is known by its size and its time alone."""

_TICK = 2_000_000_000
"""How long a file must have been unchanged, in nanoseconds, before its time shows that it still is."""

_ENVIRONMENT = re.compile(r"!ENV\s*(\[[^\]]*\]|\S+)")
_VARIABLE = re.compile(r"\b[A-Za-z_]\w*\b")


@dataclass(frozen=True)
class _File:
    """A file when it was read.

    content: the digest of its content.
    state: the time (in nanoseconds) and the size (in bytes) that it had.
    is_old: whether it had been unchanged for so long that another content would have another time.
    """

    content: bytes
    state: tuple[int, int]
    is_old: bool


class Inputs:
    """The files that a build reads, as they are now.

    root: the folder of the project.
    before: the same files at an earlier time. Those that have not changed are not read again.
    stamp: differs from that of all other inputs. It is the same in all processes of a build.
    """

    def __init__(self, root: Path, before: Inputs | None = None) -> None:
        self.root = root
        self.stamp = secrets.token_bytes()
        known: dict[str, _File] = before._files if before else {}
        self._files: dict[str, _File] = {
            name: _read(os.path.join(root, name), known.get(name)) for name in sorted(_names(root))
        }
        self._known: dict[tuple[str, ...], bytes] = {}

    def of(self, *names: str) -> bytes:
        """Return a digest of the files with these names, and of those in the folders with these names.

        names: relative to the folder of the project. A file that is missing counts, too.
        """
        if names not in self._known:
            self._known[names] = digest(*((name, self._contents(name)) for name in names))
        return self._known[names]

    def _contents(self, name: str) -> list[tuple[str, bytes]]:
        if name in self._files:
            return [("", self._files[name].content)]
        # "0" comes right after "/".
        first, last = (bisect.bisect_left(self._in_order, f"{name}{end}") for end in "/0")
        return [(path, self._files[path].content) for path in self._in_order[first:last]]

    @cached_property
    def _in_order(self) -> list[str]:
        return list(self._files)

    @cached_property
    def locales(self) -> list[str]:
        """The names of the folders of the catalogs, each of which may be a language."""
        return sorted({path.split("/")[1] for path in self._files if re.match(f"{LOCALES}/[^/]+/", path)})

    @cached_property
    def beside_locales(self) -> list[str]:
        """The names of the files beside these folders."""
        return sorted(path for path in self._files if re.fullmatch(f"{LOCALES}/[^/]+", path))

    @cached_property
    def code(self) -> bytes:
        """A digest of the code that makes the pages: ours, that of the packages, and Python."""
        packages = sorted(name for folder in sys.path if folder for name in _packages(folder))
        return digest(self.of(*CODE), packages, sys.version)

    @cached_property
    def environment(self) -> bytes:
        """A digest of the variables of the environment that mkdocs.yml names."""
        try:
            text = (self.root / CONFIG).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            text = ""
        names = {name for found in _ENVIRONMENT.findall(text) for name in _VARIABLE.findall(found)} - {"LOCALE"}
        return digest(*((name, os.environ.get(name)) for name in sorted(names)))

    def changed(self, before: Inputs) -> list[str]:
        """Return the names of the files that are not as they were before, relative to the folder of the project."""
        names = {*self._files, *before._files}
        return sorted(name for name in names if self._content(name) != before._content(name))

    def _content(self, name: str) -> bytes:
        return self._files[name].content if name in self._files else b""

    def are_unchanged(self) -> bool:
        """Return whether all files still have the content that was read. If not, something else may have been built."""
        return sorted(_names(self.root)) == list(self._files) and all(
            self._is_unchanged(os.path.join(self.root, name), file) for name, file in self._files.items()
        )

    def _is_unchanged(self, path: str, file: _File) -> bool:
        return files.state(path) == file.state and (file.is_old or _read(path).content == file.content)


_last: dict[Path, Inputs] = {}


def now(root: Path) -> Inputs:
    """Return the files that a build reads, as they are now. Those that this process has read before are not read again.

    root: the folder of the project.
    """
    _last[root] = Inputs(root, _last.get(root))
    return _last[root]


def _names(root: Path) -> Iterator[str]:
    """Yield the files that a build may read, relative to `root`."""
    for name in _READ:
        top = os.path.join(root, name)
        if not os.path.isdir(top):
            if os.path.lexists(top):
                yield name
            continue
        seen = {os.path.realpath(top)}
        for folder, folders, found in os.walk(top, followlinks=True):
            kept = []
            below = os.path.relpath(folder, root)
            for each in folders:
                # A link may lead to a folder that contains it.
                real = os.path.realpath(os.path.join(folder, each))
                if each.startswith(".") or each == "__pycache__":
                    continue
                if real in seen:
                    # The files of a folder count once. The link to it counts too.
                    yield f"{below}/{each}/{os.path.relpath(real, os.path.realpath(root))}/"
                else:
                    seen.add(real)
                    kept.append(each)
            folders[:] = kept
            yield from (f"{below}/{each}" for each in found if not each.startswith("."))
            # An empty folder is a language without catalogs.
            if not found and not kept:
                yield f"{below}/"


def _read(path: str, before: _File | None = None) -> _File:
    now = time.time_ns()
    state = files.state(path)
    if before and before.is_old and before.state == state:
        return before
    try:
        content = files.content(Path(path), _MOST)
    except (OSError, files.Irregular) as error:
        return _File(digest(type(error).__name__), state, True)
    what = digest(content, state) if len(content) > _MOST else digest(content)
    return _File(what, state, state[0] < now - _TICK)


def _packages(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return []
