"""What the tests need of the operating system: one list, nothing skipped in silence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from packs import pdf
from tests.project import ROOT
from tests.system import NEEDS

TEST = """
from tests import system
def test_it():
    system.needed("pdfinfo")
"""


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A test that needs pdfinfo, on a machine that has no program at all."""
    (folder / "conftest.py").write_text("from tests.conftest import pytest_terminal_summary\n")
    (folder / "test_it.py").write_text(TEST)
    plain = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)],
        cwd=ROOT,
        env=plain | {"PATH": "/nowhere"} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_missing_program_skips_its_test_and_the_end_says_so(tmp_path: Path) -> None:
    """The last lines name what was not tested, and the one command that installs what is missing."""
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout
    assert "what PDF files say of themselves" in done.stdout
    (command,) = re.findall(r"apt-get install .*", done.stdout)
    assert {"gettext", "chromium", "firefox-esr", "poppler-utils", "nodejs", "npm"} <= set(command.split())


def test_missing_program_fails_its_test_in_ci(tmp_path: Path) -> None:
    """In CI, a test whose program is missing fails instead of being skipped."""
    done = run(tmp_path, CI="1")
    assert done.returncode == 1
    assert "pdfinfo is missing. It is in the Debian package poppler-utils." in done.stdout


@pytest.mark.parametrize(
    "path", [".ci/run", ".github/workflows/check.yml", ".github/workflows/publish.yml", "Makefile"]
)
def test_no_other_file_has_a_list_of_its_own(path: str) -> None:
    """Packages are named in tests/system.txt only; whoever installs them asks `make system`, or `make test`."""
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not [need.package for need in NEEDS if re.search(rf"apt.*\b{need.package}\b", text)]
    assert "apt-get" not in text
    assert "make system" in text or "make test" in text or "-m tests.system" in text


def test_the_chromium_of_the_packs_is_in_the_list() -> None:
    """The tests look for the same browser as the packs."""
    assert [need.names for need in NEEDS if need.package == "chromium"] == [pdf.CHROMIUM]
