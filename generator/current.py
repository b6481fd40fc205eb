"""Find the languages of a built site that a build would not change.

This module imports little, so that a build in which nothing has changed has ended before another one has begun.
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.inputs import CONFIG, GUIDES, LANGUAGES, LOCALES, Inputs, now
from machine import commit, kept
from machine.kept import digest
from machine.workplace import MAKING, is_free

_ENGLISH = "en"
_State = dict[str, tuple[int, int]]


# ── how much of each guide is translated ─────────────────────────────────────────────────────────────────────────────


def folder_of(name: str) -> Path:
    """Return the folder of what is kept of a language. name: that of its locale."""
    return kept.FOLDER / "pages" / name


def shares_of(name: str) -> Path:
    """Return the file with a digest of how much of each guide is translated into a language."""
    return folder_of(name) / "shares"


def shares_key(inputs: Inputs, name: str) -> bytes:
    """Return the digest under which that file is kept."""
    return digest(inputs.code, inputs.of(CONFIG, LANGUAGES, GUIDES, f"{LOCALES}/{name}"))


def are_counted(inputs: Inputs, name: str) -> bool:
    """Return whether it is known how much of each guide is translated into a language."""
    return kept.get(shares_of(name), shares_key(inputs, name)) is not None


# ── what was built ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Built:
    """A language when it was built.

    also: the names of files of other languages that its pages depend on.
    others: a digest of these, and of how much the other languages have.
    files: the time (in nanoseconds) and the size (in bytes) of each of its files.
    summary: the line about what its readers see.
    """

    also: tuple[str, ...]
    others: bytes
    files: _State
    summary: str


class Current:
    """What builds have left in a folder.

    inputs: the files that a build reads.
    site: the folder.
    is_serving: whether the pages are only served on this machine.
    """

    def __init__(self, inputs: Inputs, site: Path, is_serving: bool = False) -> None:
        self._inputs, self._site = inputs, site
        self._folder = kept.FOLDER / "built" / digest(os.path.abspath(site)).hex()[:16]
        # A language whose folder is a link is not built.
        folders = [inputs.root / LOCALES / name for name in inputs.locales]
        names = [(path.name, path.is_symlink(), (path / "LC_MESSAGES").is_symlink()) for path in folders]
        # The views for translators name the day.
        day = datetime.date.today().isoformat() if is_serving else ""
        # A file beside the folders of the languages may be a fault.
        names += [(name, False, False) for name in inputs.beside_locales]
        read = inputs.of(CONFIG, GUIDES, "data", "macros", "theme")
        self._common = digest(inputs.code, inputs.environment, read, names, commit.seconds(), is_serving, day)

    def summary(self, name: str) -> str | None:
        """Return the line about a language if its files are what a build would make of it; otherwise None."""
        built: _Built | None = kept.get(self._folder / name, self._key(name))
        if built is None or built.others != self._others(built.also) or built.files != self._files(name):
            return None
        return built.summary

    def keep(self, name: str, also: Iterable[str], summary: str) -> None:
        """Keep that a language has just been built without a fault."""
        others = self._others(tuple(also))
        if others:
            built = _Built(tuple(also), others, self._files(name), summary)
            kept.put(self._folder / name, self._key(name), built)

    def _key(self, name: str) -> bytes:
        return digest(self._common, name, self._inputs.of(f"{LOCALES}/{name}"))

    def _others(self, also: Sequence[str]) -> bytes:
        """Return a digest of what the pages of a language show of others; empty if it is not known."""
        shares = [kept.get(shares_of(name), shares_key(self._inputs, name)) for name in self._inputs.locales]
        return b"" if None in shares else digest(self._inputs.of(*also), shares)

    def _files(self, name: str) -> _State:
        tag = name.replace("_", "-")
        return states([self._site / tag, self._site / ".build" / f"{tag}.json"], self._site)

    # ── the root ──

    def is_whole(self, names: Sequence[str]) -> bool:
        """Return whether the root of the site is what a build of these languages would make of it."""
        tags = {name.replace("_", "-") for name in names}
        found = {path.stem for path in (self._site / ".build").glob("*.json")}
        before: tuple[bytes, _State] | None = kept.get(self._folder / "root", self._common)
        key = self._root_key(names)
        return bool(key) and found == tags and before == (key, self._root())

    def keep_whole(self, names: Sequence[str]) -> None:
        """Keep that the root of the site has just been written for these languages, which have no fault.

        What is kept of languages that are gone is removed.
        """
        for folder in folder_of("").glob("*"):
            if folder.name not in (_ENGLISH, *self._inputs.locales):
                shutil.rmtree(folder, ignore_errors=True)
        if key := self._root_key(names):
            kept.put(self._folder / "root", self._common, (key, self._root()))

    def _root_key(self, names: Sequence[str]) -> bytes:
        """Return a digest of what the root shows of these languages; empty if it is not known."""
        words = [self._inputs.of(f"{LOCALES}/{name}/LC_MESSAGES/site.po") for name in sorted(names)]
        others = self._others(())
        return others and digest(sorted(names), words, others)

    def _root(self) -> _State:
        """Return the state of each file in the root, and the names of the folders there, except the one of a build."""
        entries = [entry for entry in os.scandir(self._site) if not entry.name.startswith(MAKING)]
        folders = {f"{entry.name}/": (0, 0) for entry in entries if entry.is_dir()}
        return folders | states([Path(entry.path) for entry in entries if not entry.is_dir()], self._site)


def states(paths: Iterable[Path], root: Path) -> _State:
    """Return the time (in nanoseconds) and the size (in bytes) of each file at or below `paths`, relative to `root`."""
    found: _State = {}
    waiting = [os.fspath(path) for path in paths]
    start = len(os.fspath(root)) + 1
    while waiting:
        path = waiting.pop()
        if os.path.isdir(path):
            waiting += [entry.path for entry in os.scandir(path)]
            continue
        try:
            status = os.stat(path)
        except OSError:
            continue
        found[path[start:]] = status.st_mtime_ns, status.st_size
    return found


# ── a build in which nothing has changed ─────────────────────────────────────────────────────────────────────────────


def is_done(root: Path, names: Sequence[str]) -> bool:
    """Return whether the site is what a build would make of it. If so, print what its readers see, as a build does.

    root: the folder of the project.
    names: the locales that were asked for; if it is empty, all of them.
    """
    if any(name.startswith("-") for name in names):
        return False
    inputs = now(root)
    asked = [name for name in inputs.locales if not names or name in names]
    if {*names} - {*asked, _ENGLISH}:
        return False
    configured = configuration(inputs, None)
    if configured is None or not is_free(Path(configured[0])):
        return False
    wanted = [_ENGLISH, *asked]
    try:
        current = Current(inputs, Path(configured[0]))
        summaries = [current.summary(name) for name in wanted]
        if None in summaries or not current.is_whole(wanted):
            return False
    except (OSError, ValueError):
        # The build says what is wrong.
        return False
    print(*summaries, sep="\n")
    return True


_Configuration = tuple[str, tuple[str, ...]]
"""The folder of the site, and what mkdocs.yml says about the whole site."""


def configuration(inputs: Inputs, read: Callable[[], _Configuration] | None) -> _Configuration | None:
    """Return what mkdocs.yml says. Reading it takes longer than a build in which nothing has changed.

    read: reads it; if it is None, only what an earlier build has read is returned.
    """
    path = kept.FOLDER / "built" / "configuration"
    key = digest(inputs.code, inputs.environment, inputs.of(CONFIG), os.getcwd())
    found: _Configuration | None = kept.get(path, key)
    if found is None and read:
        found = read()
        if inputs.are_unchanged():
            kept.put(path, key, found)
    return found
