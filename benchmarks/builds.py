"""Build made-up sites with each builder in turn, and the real site, and return what it cost."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import measure, scenarios, sites
from benchmarks.measure import Figures
from benchmarks.scenarios import HUGO, THEIRS, Content
from machine import progress

Edit = Callable[[Path], None]


@dataclass(frozen=True)
class Build:
    """A build that is measured.

    figure: the name of its figure.
    folder: the folder of the site.
    command: the command that builds.
    prepare: what is done to the folder before, apart from the clock.
    """

    figure: str
    folder: Path
    command: list[str]
    prepare: Edit


def empty(folder: Path) -> None:
    """Remove what a build made and kept."""
    for name in (".cache", "site", "public"):
        shutil.rmtree(folder / name, ignore_errors=True)


def unchanged(folder: Path) -> None:
    """Leave the folder as the build before left it."""


def made_up(contents: Sequence[Content], runs: int) -> Figures:
    """Build each site with each builder, and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        builds: list[Build] = []
        with progress.shown("Laying out sites", len(contents)) as one_more:
            for number, content in enumerate(contents):
                builds += _of(content, Path(name, str(number)))
                one_more()
        what = f"Building {contents[0].guides} guides"
        return _in_turn(builds, runs, what)


def _of(content: Content, folder: Path) -> list[Build]:
    """Lay out a made-up site for each builder, and return the builds. Macros are ours alone."""
    builds = []
    others = {} if content.has_macros else {THEIRS: sites.static_i18n}
    if not content.has_macros and sites.has_hugo():
        others[HUGO] = sites.hugo
    for builder, lay_out in others.items():
        place = _folder(folder / builder)
        builds.append(Build(content.figure(builder), place, lay_out(place, content), empty))
    ours = _folder(folder / "ours")
    return builds + of_steps(content.figure, ours, sites.ours(ours, content), scenarios.STEPS, sites.edit)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def of_steps(
    name: Callable[[str], str], folder: Path, command: list[str], steps: Sequence[str], edit: Edit
) -> list[Build]:
    """Return the builds of one site by this project: cold, then with nothing changed, then after an edit.

    name: returns the name of the figure of a step.
    """
    # Each round starts with the same words, so that each edits them again.
    originals = {path: path.read_bytes() for path in [*folder.rglob("*.md"), *folder.rglob("*.po")]}

    def fresh(folder: Path) -> None:
        empty(folder)
        for path, original in originals.items():
            if path.read_bytes() != original:
                path.write_bytes(original)

    prepared = (fresh, unchanged, edit)
    return [Build(name(step), folder, command, prepare) for step, prepare in zip(steps, prepared, strict=True)]


def _in_turn(builds: Sequence[Build], runs: int, what: str) -> Figures:
    """Return the figures of builds. All are run in turn: once to measure memory, then `runs` times to measure time."""
    memory: dict[str, float] = {}
    seconds: dict[str, list[float]] = {build.figure: [] for build in builds}
    with progress.shown(what, (1 + runs) * len(builds)) as one_more:
        for build in builds:
            build.prepare(build.folder)
            memory[build.figure] = measure.memory(build.command, build.folder)
            one_more()
        for _ in range(runs):
            for build in builds:
                build.prepare(build.folder)
                seconds[build.figure].append(measure.seconds(build.command, build.folder))
                one_more()
    return {
        name: {scenarios.SECONDS: statistics.median(found), scenarios.MEMORY: memory[name]}
        for name, found in seconds.items()
    }


def quick(content: Content, limit: float) -> Figures:
    """Build a site cold and with nothing changed, in turn with static-i18n, as often as `limit` seconds allow.

    Memory is not measured. One round is always complete.
    """
    begun = time.monotonic()
    wanted = (content.figure(scenarios.COLD), content.figure(scenarios.WARM), content.figure(THEIRS))
    with tempfile.TemporaryDirectory() as name:
        builds = [build for build in _of(content, Path(name)) if build.figure in wanted]
        seconds: dict[str, list[float]] = {build.figure: [] for build in builds}
        longest = 0.0
        while not longest or time.monotonic() - begun + longest < limit:
            start = time.monotonic()
            for build in builds:
                build.prepare(build.folder)
                seconds[build.figure].append(measure.seconds(build.command, build.folder))
            longest = max(longest, time.monotonic() - start)
    return {name: {scenarios.SECONDS: statistics.median(found)} for name, found in seconds.items()}


# ── the real site ────────────────────────────────────────────────────────────────────────────────────────────────────


def real(runs: int) -> Figures:
    """Build a copy of this site, and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = sites.real(folder)
        builds = of_steps(scenarios.REAL.format, folder, command, scenarios.REAL_STEPS, _translate)
        return _in_turn(builds, runs, "Building this site")


def _translate(folder: Path) -> None:
    """Change one translation in a copy of this site."""
    save = scenarios.SAVES["a translation"]
    path = folder / save.file
    path.write_text(sites.changed(path.read_text(encoding="utf-8"), save, "Merci"), encoding="utf-8")
