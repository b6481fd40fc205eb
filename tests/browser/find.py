"""What the browser tests need of this machine: a Chromium, a Firefox, and what tests/browser/package.json lists.

python -m tests.browser.find says what is there, installs what is missing where that is permitted, and else says what
to install. Without a Chromium it fails; without the others their tests are skipped, but in CI they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from packs import pdf

FIREFOX = ("firefox-esr", "firefox")
PACKAGES = Path(__file__).parent / "node_modules"


def chromium() -> str | None:
    """The path of a Chromium that can be driven, or None: the system's, else Playwright's own."""
    if path := pdf.chromium():
        return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def firefox() -> str:
    """The path of a Firefox; the test that asks is skipped when there is none."""
    return _needed(_first(FIREFOX), "Firefox is not installed (on Debian: apt-get install firefox-esr).")


def pdftotext() -> str:
    """The path of poppler's pdftotext; the test that asks is skipped when there is none."""
    return _needed(_first(("pdftotext",)), "pdftotext is not installed (on Debian: apt-get install poppler-utils).")


def package(path: str) -> Path:
    """A file of tests/browser/node_modules/; the test that asks is skipped when it is not installed."""
    file = PACKAGES / path
    missing = f"{file} is not there. Install Node.js 20 or newer with npm, then run: make test"
    _needed(_first(("node",)), missing)
    _needed(str(file) if file.exists() else None, missing)
    return file


def _first(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _needed(found: str | None, missing: str) -> str:
    if found is None:
        # What is proved only where everything is installed has to be proved there.
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    return found


def _succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    if chromium() is None:
        _succeeds(sys.executable, "-m", "playwright", "install", "chromium")
    if chromium() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _succeeds("apt-get", "update")
        _succeeds("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    if (path := chromium()) is None:
        print("There is no browser for the tests. Install Chromium (on Debian and Ubuntu: apt-get install chromium).")
        return 1
    print(f"Browser for the tests: {path}")
    if not _first(FIREFOX):
        print("Not tested here: Firefox, which is not installed (on Debian: apt-get install firefox-esr).")
    if not _first(("pdftotext",)):
        print("Not tested here: the text of PDFs. For it install poppler (on Debian: apt-get install poppler-utils).")
    if not _first(("npm",)):
        print("Not tested here: valid HTML, axe and Lighthouse. For them install Node.js 20 or newer with npm.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
