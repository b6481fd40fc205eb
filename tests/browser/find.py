"""A browser for the tests: the system's Chromium, else Playwright's own, else the distribution's package.

python -m tests.browser.find says which, installs one where that is permitted, or says which package to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium() -> str | None:
    """The path of a Chromium that can be driven, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


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
    return 0


if __name__ == "__main__":
    sys.exit(main())
