"""python -m checks [guides|catalogs|site …] [--notes]: run the checks, print the findings, exit 1 if there are any."""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the other imports, because they take a while.
    stop.listen("Stopped. Not everything was checked.")

import argparse
import itertools
import multiprocessing
import os
import re
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from checks import GROUPS, WEEKLY, Note, Project, checks
from generator.roles import RolesError
from i18n.guides import GuideError
from i18n.nav import sections
from machine.workers import cores


def main(arguments: list[str] | None = None, processes: int = 1) -> int:
    """Run the checks and return the exit status. processes: the number of groups that may be looked at together."""
    parser = argparse.ArgumentParser(prog="python -m checks")
    parser.add_argument(
        "groups", nargs="*", metavar="group", help=f"any of {', '.join(GROUPS)}, {WEEKLY}; default: all but {WEEKLY}"
    )
    parser.add_argument("--notes", action="store_true", help="also print what deserves a second look")
    given = parser.parse_args(arguments)
    if unknown := set(given.groups) - {*GROUPS, WEEKLY}:
        parser.error(f"unknown group {', '.join(sorted(unknown))}. Use {', '.join(GROUPS)} or {WEEKLY}.")
    project = Project()
    try:
        _ = project.markdown, sections(project.config.get("nav")), project.roles
    except (GuideError, RolesError) as error:
        # Without the configuration, pages cannot be read as the site reads them.
        print(error)
        return 1
    groups = given.groups or GROUPS
    found = _found(project, groups, min(processes, len(groups)))
    count = sum(len(checks(group)) for group in groups)
    every = [*(faults for faults, _ in found), *(findings for _, findings in found)]
    findings = list(dict.fromkeys(itertools.chain.from_iterable(every)))
    notes = [finding for finding in findings if isinstance(finding, Note)]
    findings = [finding for finding in findings if not isinstance(finding, Note)]
    annotate = "GITHUB_ACTIONS" in os.environ
    for finding in findings:
        print(annotation(finding) if annotate else finding)
    for note in notes if given.notes else ():
        print(f"note: {note}")
    hint = "" if given.notes or not notes else " (--notes prints them)"
    print(f"Checks: {count}. Findings: {len(findings)}. Notes: {len(notes)}{hint}.")
    return 1 if findings else 0


_project: Project
"""What a process of `_found` looks at."""


def _found(project: Project, groups: Sequence[str], processes: int) -> list[tuple[list[str], list[str]]]:
    """Return, for each group, what could not be read and what its checks find."""
    _look_at(project)
    if processes == 1 or "fork" not in multiprocessing.get_all_start_methods():
        return [_found_by(group) for group in groups]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, context, initializer=_look_at, initargs=(project,)) as pool:
        stop.last(_end)
        found = list(pool.map(_found_by, groups))
    stop.last(None)
    return found


def _look_at(project: Project) -> None:
    global _project
    _project = project


def _found_by(group: str) -> tuple[list[str], list[str]]:
    findings = [finding for check in checks(group).values() for finding in check(_project)]
    return _project.faults, findings


def _end() -> None:
    for process in multiprocessing.active_children():
        process.kill()


def annotation(finding: str) -> str:
    """Return a finding as an annotation that GitHub shows beside its line."""
    found = re.match(r"(?P<path>[^\s:]+):(?:(?P<line>\d+):(?:\d+:)?)? (?P<sentence>.*)", finding, re.DOTALL)
    if not found:
        return f"::error::{finding}"
    sentence = found["sentence"].replace("%", "%25").replace("\n", "%0A")
    return f"::error file={found['path']},line={found['line'] or 1}::{sentence}"


if __name__ == "__main__":
    sys.exit(main(processes=cores()))
