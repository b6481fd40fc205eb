"""What the tests need of the operating system: tests/system.txt, the one list.

`python3 -m tests.system` installs what is missing, as root on Debian or Ubuntu; it needs nothing but Python. A test
asks `needed` for each program: where it is missing the test is skipped, but in CI it fails. The end of a run names what
was not tested (tests/conftest.py).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from machine import progress

LIST = Path(__file__).with_name("system.txt")
_FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local" / "share" / "fonts")
FILES = {
    ".ttf": _FONTS,
    ".ttc": _FONTS,
    ".dic": (Path("/usr/share/hunspell"),),
    ".multi": (Path("/usr/lib/aspell"), Path("/var/lib/aspell")),
}
"""The folders in which a file with such an ending is looked for."""


@dataclass(frozen=True)
class Need:
    """names: programs, any of which is enough, or the file of a font or dictionary. proves: what needs it, if any."""

    names: tuple[str, ...]
    package: str
    proves: str

    @property
    def path(self) -> str | None:
        for name in self.names:
            found = _file(name) if Path(name).suffix in FILES else shutil.which(name)
            if found:
                return found
        return None

    @property
    def missing(self) -> str:
        """The sentence of a test that is skipped."""
        return f"{self.names[0]} is missing. It is in the Debian package {self.package}."


def _file(name: str) -> str | None:
    return next((str(path) for folder in FILES[Path(name).suffix] for path in folder.rglob(name)), None)


def _read(path: Path) -> list[Need]:
    rows = [line.split("|") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [Need(tuple(names.split()), package.strip(), proves.strip()) for names, package, proves in rows]


NEEDS = _read(LIST)


def needed(name: str) -> str:
    """The path of what the list calls `name`. Without it, the test that asks is skipped; in CI it fails."""
    import pytest

    need = next(need for need in NEEDS if need.names[0] == name)
    path = need.path
    if path is None:
        # What is proved only where everything is installed has to be proved there.
        if os.environ.get("CI"):
            pytest.fail(need.missing, pytrace=False)
        pytest.skip(need.missing)
    return path


def packages(needs: Iterable[Need]) -> list[str]:
    return sorted({need.package for need in needs})


def not_tested(reasons: Collection[str]) -> list[str]:
    """What was not tested, and the command that installs it. reasons: why tests were skipped."""
    if not any(need.missing in reason for need in NEEDS for reason in reasons):
        return []
    # A test asks for one program after the other: whatever is missing is named.
    needs = [need for need in NEEDS if need.proves and not need.path]
    sudo = "" if os.geteuid() == 0 else "sudo "
    return [
        f"Not tested here: {'; '.join(dict.fromkeys(need.proves for need in needs))}.",
        "For these tests, on Debian and Ubuntu: "
        f"{sudo}apt-get install --yes --no-install-recommends {' '.join(packages(needs))}",
    ]


def main() -> int:
    missing = packages(need for need in NEEDS if not need.path)
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return 0
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    status = progress.main("Asking which packages there are", ["apt-get", "update"])
    known = [name for name in missing if _is_known(name)]
    if known and not status:
        command = ["apt-get", "install", "--yes", "--no-install-recommends", *known]
        progress.main(f"Installing {', '.join(known)}", command)
    # What is still missing is said where it is needed.
    return 0


def _is_known(package: str) -> bool:
    shown = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False).stdout
    return "Candidate: " in shown and "Candidate: (none)" not in shown


if __name__ == "__main__":
    sys.exit(main())
