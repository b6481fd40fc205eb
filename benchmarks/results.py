"""Write what was measured into benchmarks/results/ and docs/benchmarks.md, and compare with what is recorded there."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import sites
from benchmarks.chart import chart
from benchmarks.measure import Figures
from benchmarks.scenarios import GOALS, MEMORY, QUICK, SECONDS, SLACK, TOLERANCE, Comparison
from machine.workers import cores

FOLDER = Path(__file__).parent / "results"
NAME = "last"
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- make bench writes from here -->", "<!-- make bench writes until here -->"
PACKAGES = ("mkdocs", "mkdocs-static-i18n", "mkdocs-material", "markdown")


@dataclass(frozen=True)
class Result:
    """What was measured in one run of the benchmark, and where.

    figures: the figures, by name.
    runs: how many runs each median is of.
    skipped: a sentence for each part that was not measured.
    date: the day, as 2026-11-27.
    cores: the number of cores that the builds could use.
    machine: processor, memory and operating system, by name.
    versions: the versions of the programs, by name.
    """

    figures: Figures
    runs: int
    skipped: list[str]
    date: str
    cores: int
    machine: dict[str, str]
    versions: dict[str, str]


def here(figures: Figures, runs: int, skipped: list[str]) -> Result:
    """Return what was measured now, on this machine."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return Result(figures, runs, skipped, today, cores(), machine(), versions())


def machine() -> dict[str, str]:
    """Return the processor, the memory and the operating system, by name."""
    processor = _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        system = platform.system()
    return {
        "processor": processor,
        "memory": f"{memory:.0f} GiB of memory",
        "system": f"{system}, {platform.release()}",
    }


def _line(path: str, name: str) -> str:
    """Return the value of the first line of a file that begins with a name and a colon; empty without one."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def versions() -> dict[str, str]:
    """Return the versions of Python, the packages, this project, and Hugo and Pagefind if both are here, by name."""
    found = {"Python": platform.python_version()} | {name: version(name) for name in PACKAGES}
    found["this project"] = _said("git", "describe", "--always", "--dirty", "--abbrev=10") or "unknown"
    if sites.has_hugo():
        found["Hugo"] = _said("hugo", "version").split()[1]
        found["Pagefind"] = _said("pagefind", "--version").split()[1]
    return found


def _said(*command: str) -> str:
    """Return what a command of other people's programs prints; empty if it cannot run."""
    try:
        return subprocess.run(command, cwd=FOLDER.parent, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def value(figures: Figures, comparison: Comparison) -> float | None:
    """Return the figure of a comparison, divided by the other one if there is one; None if one was not measured."""
    own = figures.get(comparison.figure, {}).get(comparison.field)
    other = figures.get(comparison.over, {}).get(comparison.field) if comparison.over else 1.0
    return own / other if own is not None and other else None


def table(figures: Figures, comparisons: Iterable[Comparison]) -> str:
    """Return the figures as a table in Markdown, each with what it is compared with and its goals."""
    by_figure: dict[str, list[str]] = {name: [] for name in figures}
    for comparison in comparisons:
        if (found := value(figures, comparison)) is not None and (said := _compared(comparison, found)):
            by_figure[comparison.figure].append(said)
    lines = ["| what | seconds | peak MB | compared, and goal |", "|---|---:|---:|---|"]
    for name, fields in figures.items():
        memory = f"{fields[MEMORY]:,.0f}" if MEMORY in fields else ""
        lines.append(f"| {name} | {fields[SECONDS]:.2f} | {memory} | {'<br>'.join(by_figure[name])} |")
    return "\n".join(lines)


def _compared(comparison: Comparison, found: float) -> str:
    """Return a comparison in words. One without another figure has words only for its goal."""
    goal = GOALS.get(comparison)
    what = "memory " if comparison.field == MEMORY and comparison.over else ""
    said = f"{what}{found:.2f} × {_other(comparison)}" if comparison.over else ""
    if goal is None:
        return said
    unit = "" if comparison.over else " MB" if comparison.field == MEMORY else " s"
    limit = f"{goal:.2f}" if goal < 10 else f"{goal:,.0f}"
    return f"{said}{', ' if said else ''}goal ≤ {limit}{unit}: {'reached' if found <= goal else '**missed**'}"


def _other(comparison: Comparison) -> str:
    """Return the name of the other figure of a comparison, without the part that both names share."""
    (ours, own), (theirs, other) = (each.split(": ") for each in (comparison.figure, comparison.over))
    return other if ours == theirs else f"that of {theirs}" if own == other else comparison.over


def document(result: Result, comparisons: Iterable[Comparison]) -> str:
    """Return the whole result as Markdown."""
    where = [f"{result.cores} cores", *result.machine.values()]
    built_with = [f"{name} {value}" for name, value in result.versions.items()]
    runs = "1 run" if result.runs == 1 else f"medians of {result.runs} runs in turn"
    return "\n".join(
        [
            f"Measured on {result.date}, {runs}.",
            "",
            f"- Machine: {', '.join(where)}",
            f"- Versions: {', '.join(built_with)}",
            *(f"- {sentence}" for sentence in result.skipped),
            "",
            table(result.figures, comparisons),
        ]
    )


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def record(result: Result, comparisons: Iterable[Comparison], folder: Path = FOLDER, page: Path = PAGE) -> None:
    """Write a result in the place of the last one: the figures, the table and the chart, and the page that shows it."""
    folder.mkdir(exist_ok=True)
    words = document(result, comparisons)
    (folder / f"{NAME}.json").write_text(json.dumps(asdict(result), indent=1, ensure_ascii=False) + "\n", "utf-8")
    (folder / f"{NAME}.svg").write_text(chart(result.figures, f"Measured on {result.date}"), encoding="utf-8")
    (folder / f"{NAME}.md").write_text(f"# The last result\n\n{words}\n", encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n{words}\n\n{END}{after}", encoding="utf-8")


def recorded(folder: Path = FOLDER) -> Result | None:
    """Return the last recorded result; None without one."""
    path = folder / f"{NAME}.json"
    return Result(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def worse(figures: Figures, last: Figures) -> Iterator[str]:
    """Yield a sentence for each ratio of `QUICK` that is more than `TOLERANCE` times the recorded one.

    A difference of at most `SLACK` does not count, because times of a tenth of a second differ by more than a fifth.
    """
    for comparison in QUICK:
        now, before = value(figures, comparison), value(last, comparison)
        if now is None or before is None:
            yield f"{comparison.figure} was not measured, now or last time. Record a result: make bench"
        elif now > max(TOLERANCE * before, before + SLACK):
            yield (
                f"{comparison.figure} took {now:.2f} of the time of {_other(comparison)}. In the last recorded result "
                f"it was {before:.2f}. Find out what became slower, or record a new result: make bench"
            )
