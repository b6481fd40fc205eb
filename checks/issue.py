"""python -m checks.issue: keep one GitHub issue with the findings of the weekly look, and close it when all are done.

Reads the report of checks.week, and calls `gh`, which takes the repository and the token from its environment.
"""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the imports, which take their time.
    stop.listen("Stopped. See on GitHub whether the issue was changed, or run the same command again.")

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from checks.week import REPORT

TITLE = "What has aged: the weekly look"
MARK = "<!-- made by the weekly look -->"
"""Marks the issue that this program created."""


def standing(issues: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the number of the open issue that this program created, the oldest if there are two; None without one.

    An issue that a person created is never taken, even with the mark in its text.
    """
    ours = [each["number"] for each in issues if each["author"]["is_bot"] and MARK in each["body"]]
    return min(ours, default=None)


def step(findings: int, text: str, number: int | None) -> tuple[list[str], str] | None:
    """Return the arguments and the standard input for `gh`, or None if there is nothing to do.

    findings: how many there are. text: the text of the issue. number: the number of the open issue, or None.
    """
    if findings and number is None:
        return ["issue", "create", "--title", TITLE, "--body-file", "-"], f"{text}\n{MARK}\n"
    if findings:
        return ["issue", "edit", str(number), "--body-file", "-"], f"{text}\n{MARK}\n"
    if number is not None:
        return ["issue", "close", str(number), "--comment", "Nothing is left to do."], ""
    return None


def _gh(arguments: list[str], given: str = "") -> str:
    done = subprocess.run(["gh", *arguments], input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"gh {' '.join(arguments[:2])} failed: {done.stderr.strip()}")
    return done.stdout


def main() -> int:
    try:
        report = json.loads(REPORT.read_text(encoding="utf-8"))
        listed = _gh(["issue", "list", "--state", "open", "--limit", "1000", "--json", "number,body,author"])
        todo = step(report["findings"], report["text"], standing(json.loads(listed)))
        if todo is None:
            print("Nothing was found, and no issue is open.")
        else:
            print(_gh(*todo).strip())
    except FileNotFoundError as error:
        missing = f"{REPORT} is missing. Run: make weekly" if error.filename == str(REPORT) else "gh is not installed."
        print(missing, file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    # A program that was started is ended first.
    stop.after_cleaning(main)
