"""python -m checks.week: look once a week for what has aged. Writes `.cache/weekly.json` for checks.issue.

It asks three questions. Is anything past the day when it was due for checking? Is any outside link broken? Does any
pinned package have a known vulnerability? The exit status is 0 if there is nothing to do, 1 if something was found.
"""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the imports, which take their time.
    stop.listen("Stopped. The report is not written. Run make weekly again.")

import datetime
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from checks import WEEKLY, Note, Project, checks
from checks.outside import ByHand, ToolError, ask, by_hand, collect, findings

REPORT = Path(".cache") / "weekly.json"
REQUIREMENTS = ("requirements.txt", "requirements-test.txt", "requirements-weekly.txt", "requirements-ng.txt")

MOST = 50
"""The most findings of one kind to list, because GitHub limits an issue to 65,536 characters."""


def vulnerable(report: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each package that is vulnerable or not found. report: the JSON of pip-audit."""
    found = []
    for package in report["dependencies"]:
        name = package["name"]
        if reason := package.get("skip_reason"):
            found.append(f"{name} could not be looked up: {reason}. Look it up by hand, at osv.dev.")
        for each in package.get("vulns", []):
            fixed = each["fix_versions"]
            do = f"Pin {' or '.join(fixed)}" if fixed else "No version fixes it yet: read its description"
            found.append(f"{name} {package['version']} has a known vulnerability, {each['id']}. {do}.")
    return sorted(dict.fromkeys(found))


def audited(requirements: Sequence[str] = REQUIREMENTS) -> list[str]:
    """Return what pip-audit finds in the pinned packages. Raises ToolError."""
    files = [option for name in requirements for option in ("--requirement", name)]
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", *files]
    # All packages are pinned, so pip-audit need not resolve or download anything.
    done = subprocess.run([*command, "--no-deps", "--disable-pip"], capture_output=True, text=True, check=False)
    try:
        return vulnerable(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError):
        raise ToolError(f"pip-audit gave no report: {done.stderr.strip()[-300:]}") from None


def issue_text(sections: Mapping[str, Sequence[str]], pages: Sequence[ByHand], day: datetime.date) -> str:
    """Return the text of the issue as Markdown.

    sections: the findings under each heading.
    pages: the pages that a person has to open.
    day: the day of this look.
    """
    lines = [f"Looked on {day}. This text is replaced each week. The issue closes when nothing is left to do."]
    for heading, found in sections.items():
        if not found:
            continue
        lines += ["", f"## {heading}", "", *(f"- {finding}" for finding in found[:MOST])]
        if len(found) > MOST:
            lines.append(f"- … and {len(found) - MOST} more. `make weekly` prints them all.")
    if pages:
        lines += [
            "",
            "## To open by hand",
            "",
            "These pages refuse programs. Open each by its day, then move `checked` and `recheck` in `data/`.",
            "",
            "| page | opened on | open again by |",
            "|---|---|---|",
            *(f"| {page.url} | {page.checked or 'never'} | {page.due or 'now'} |" for page in pages[:MOST]),
        ]
    return "\n".join(lines) + "\n"


def look(project: Project, site: Path) -> tuple[dict[str, list[str]], list[ByHand]]:
    """Return the findings under each heading, and the pages that a person has to open.

    A tool that fails is a finding too, because silence would look like a good result.
    """
    pages: list[ByHand] = []

    def outside() -> list[str]:
        links = collect(site, project.root)
        pages.extend(by_hand(links, project.values))
        undated = [
            f"{page.url} has no entry in data/ with a day. Add one, so that somebody opens it again."
            for page in pages
            if page.due is None
        ]
        return [*undated, *findings(links, ask(links), project.values.get("hosts", {}))]

    questions: dict[str, Callable[[], list[str]]] = {
        "Past its day": lambda: [finding for check in checks(WEEKLY).values() for finding in check(project)],
        "Links": outside,
        "Packages": audited,
    }
    sections = {}
    for heading, question in questions.items():
        try:
            sections[heading] = [finding for finding in question() if not isinstance(finding, Note)]
        except ToolError as error:
            sections[heading] = [str(error)]
    sections["Past its day"] += project.faults
    return sections, pages


def main() -> int:
    REPORT.unlink(missing_ok=True)
    sections, pages = look(Project(), Path("site"))
    count = sum(map(len, sections.values()))
    text = issue_text(sections, pages, datetime.date.today())
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps({"findings": count, "text": text}), encoding="utf-8")
    for found in sections.values():
        for finding in found:
            print(finding)
    print(f"Findings: {count}. Pages to open by hand: {len(pages)}. The whole report is in {REPORT}.")
    return 1 if count else 0


if __name__ == "__main__":
    # A program that was started is ended first.
    stop.after_cleaning(main)
