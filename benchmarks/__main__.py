"""python -m benchmarks [--only PART …] [--sizes N …] [--runs N] | --quick: measure builds and serving, and compare.

The result is recorded in benchmarks/results/ and docs/benchmarks.md if all parts and sizes were measured.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import builds, packs, results, scenarios, serving, sites, update
from benchmarks.measure import Failed, Figures
from benchmarks.scenarios import SECONDS, SIZES
from machine import stop

QUICK_SECONDS = 75
"""How long `--quick` goes on measuring. With what comes before and after, it takes at most 90 s."""

WITHOUT_HUGO = "Hugo with Pagefind: not measured, because they are not both on the path."


def catalogs() -> Figures:
    """Measure the update of catalogs."""
    with tempfile.TemporaryDirectory() as folder:
        _, *seconds = update.measure(Path(folder))
    return {
        scenarios.CATALOGS.format(step): {SECONDS: found}
        for step, found in zip(scenarios.CATALOG_STEPS, seconds, strict=True)
    }


def packed() -> Figures:
    """Measure the packs of this site."""
    with tempfile.TemporaryDirectory() as folder:
        languages, _, seconds = packs.measure(Path(folder))
    return {scenarios.PACKS.format(languages): {SECONDS: seconds}}


def parts(sizes: list[int], runs: int) -> dict[str, Callable[[], Figures]]:
    """Return what can be measured, by name, in its order."""

    def made_up() -> Figures:
        found: Figures = {}
        for guides in sizes:
            found |= builds.made_up(scenarios.contents(guides), runs)
        return found

    return {
        "serving": lambda: serving.measured(runs),
        "real": lambda: builds.real(runs),
        "catalogs": catalogs,
        "packs": packed,
        "made-up": made_up,
    }


def full(only: list[str], sizes: list[int], runs: int) -> int:
    """Measure, print each part when it is done, record the result if it is complete, and return the exit status."""
    comparisons = list(scenarios.comparisons(sizes))
    figures: Figures = {}
    for name, measured in parts(sizes, runs).items():
        if name in only or not only:
            found = measured()
            # What takes longest comes last, because it is lost if a part fails. In the table it comes first.
            figures = found | figures
            print(f"\n{results.table(found, comparisons)}", flush=True)
    skipped = [] if sites.has_hugo() else [WITHOUT_HUGO]
    print("", *skipped, sep="\n")
    if only or tuple(sizes) != SIZES:
        print("This was a part of the benchmark, so it is not recorded.")
        return 0
    results.record(results.here(figures, runs, skipped), comparisons)
    print("Recorded in benchmarks/results/ and docs/benchmarks.md.")
    return 0


def quick() -> int:
    """Measure the smallest site, compare it with the last recorded result, and return the exit status."""
    last = results.recorded()
    if last is None:
        print("No result is recorded to compare with. Record one: make bench", file=sys.stderr)
        return 1
    if hasattr(os, "sched_setaffinity"):
        # Only this project builds in several processes, so the ratio depends on the number of cores.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: last.cores])
    figures = builds.quick(scenarios.Content(SIZES[0]), QUICK_SECONDS)
    print(results.table(figures, scenarios.QUICK), flush=True)
    sentences = list(results.worse(figures, last.figures))
    print(*sentences, sep="\n", end="\n" if sentences else "", file=sys.stderr)
    return 1 if sentences else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="compare the smallest site with the last recorded result")
    parser.add_argument("--only", nargs="+", default=[], choices=list(parts([], 0)), help="measure only these parts")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="the numbers of made-up guides")
    parser.add_argument("--runs", type=int, default=5, help="how many runs each median is of")
    given = parser.parse_args()
    try:
        return quick() if given.quick else full(given.only, given.sizes, given.runs)
    except (Failed, ValueError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    stop.listen("Stopped. Nothing was recorded.")
    stop.after_cleaning(main)
