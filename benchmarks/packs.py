"""Measure how long the packs of this site take after its build."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path


def measure(folder: Path) -> tuple[int, float, float]:
    """Build the real site into `folder` and make its packs.

    Returns the number of packs, the seconds to build, and the seconds to make the packs.
    """
    site = folder / "site"
    environment = os.environ | {"SITE_DIR": str(site)}
    seconds = []
    for command in (["publish.py"], ["-m", "packs"]):
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], env=environment, stdout=subprocess.DEVNULL, check=True)
        seconds.append(time.perf_counter() - start)
    return len(list(site.glob("packs/*.zip"))), seconds[0], seconds[1]
