"""python -m checks [guides|catalogs|site …]: run all checks, print all findings, exit 1 if there are any."""

from __future__ import annotations

import argparse
import sys

from checks import GROUPS, Project, checks


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m checks")
    parser.add_argument("groups", nargs="*", metavar="group", help=f"any of {', '.join(GROUPS)}; all without")
    given = parser.parse_args(arguments)
    if unknown := set(given.groups) - set(GROUPS):
        parser.error(f"there is no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    project = Project()
    findings: list[str] = []
    count = 0
    for group in given.groups or GROUPS:
        for check in checks(group).values():
            count += 1
            findings += check(project)
    findings = list(dict.fromkeys([*project.faults, *findings]))
    for finding in findings:
        print(finding)
    print(f"{count} checks, {len(findings)} findings.", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
