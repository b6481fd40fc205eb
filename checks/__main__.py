"""python -m checks [guides|catalogs|site …] [--notes]: run the checks, print the findings, exit 1 if there are any."""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the other imports, because they take a while.
    stop.listen("Stopped. Not everything was checked.")

import argparse
import os
import re
import sys

from checks import GROUPS, WEEKLY, Note, Project, checks
from generator.roles import RolesError
from i18n.guides import GuideError
from i18n.nav import sections


def main(arguments: list[str] | None = None) -> int:
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
    findings: list[str] = []
    count = 0
    for group in given.groups or GROUPS:
        for check in checks(group).values():
            count += 1
            findings += check(project)
    findings = list(dict.fromkeys([*project.faults, *findings]))
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


def annotation(finding: str) -> str:
    """Return a finding as an annotation that GitHub shows beside its line."""
    found = re.match(r"(?P<path>[^\s:]+):(?:(?P<line>\d+):(?:\d+:)?)? (?P<sentence>.*)", finding, re.DOTALL)
    if not found:
        return f"::error::{finding}"
    sentence = found["sentence"].replace("%", "%25").replace("\n", "%0A")
    return f"::error file={found['path']},line={found['line'] or 1}::{sentence}"


if __name__ == "__main__":
    sys.exit(main())
