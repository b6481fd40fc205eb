"""Read the time of the commit. A build uses no other time, so that the same inputs give the same bytes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def seconds() -> int:
    """Return the time in `SOURCE_DATE_EPOCH`, or else of the last commit, in seconds since 1970; 0 without either.

    Raises ValueError if the variable is not a number.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        if not given.isdecimal():
            raise ValueError(f'SOURCE_DATE_EPOCH is "{given}". Write seconds since 1970, or leave it out.')
        return int(given)
    try:
        git = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return 0
    return int(git.stdout.strip() or 0)
