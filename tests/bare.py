"""Run the tests as if none of the programs that they need were installed: `python -m tests.bare [ARGUMENT …]`.

The arguments are those of pytest. No program of tests/system.txt can be found, and nothing may fail: each test that
needs one is skipped, and says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.system import NEEDS


def main(arguments: list[str]) -> int:
    hidden = {name for need in NEEDS for name in need.names}
    with tempfile.TemporaryDirectory() as folder:
        programs = Path(folder, "bin")
        programs.mkdir()
        for place in map(Path, os.environ["PATH"].split(os.pathsep)):
            for path in place.iterdir() if place.is_dir() else ():
                link = programs / path.name
                if path.name not in hidden and not link.is_symlink():
                    link.symlink_to(path.absolute())
        environment = {name: value for name, value in os.environ.items() if name != "CI"}
        environment |= {"PATH": str(programs), "PLAYWRIGHT_BROWSERS_PATH": str(Path(folder, "browsers"))}
        command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", "-q", *arguments]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
