"""How long the packs of this site take beyond its build."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path


def measure(folder: Path) -> tuple[int, float, float]:
    """Build the real site into `folder` and make its packs: languages with packs, seconds to build, seconds to pack."""
    site = folder / "site"
    environment = os.environ | {"SITE_DIR": str(site)}
    seconds = []
    for command in (["publish.py"], ["-m", "packs"]):
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], env=environment, stdout=subprocess.DEVNULL, check=True)
        seconds.append(time.perf_counter() - start)
    return len(list(site.glob("packs/*.zip"))), seconds[0], seconds[1]
