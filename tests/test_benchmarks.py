"""The sites that `make bench` measures can be built. The command itself takes many minutes, so it runs rarely."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks import sites


def test_made_up_site_is_built(tmp_path: Path) -> None:
    """The site of the benchmark is laid out with all the code that building needs."""
    command = sites.ours(tmp_path, 2)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "site").glob("*/style.css"))) == len(sites.LANGUAGES)
