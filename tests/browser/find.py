"""What the browser tests need of this machine: a Chromium, and what tests/browser/package.json lists.

`python -m tests.browser.find` fetches a Chromium where there is none. What else the operating system brings is in
tests/system.txt.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from packs import pdf
from tests import system

PACKAGES = Path(__file__).parent / "node_modules"


@cache
def chromium() -> str | None:
    """The path of a Chromium that can be driven, or None: the system's, else Playwright's own."""
    if path := pdf.chromium():
        return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def browser() -> str:
    """The same; the test that asks is skipped when there is none."""
    return chromium() or system.needed("chromium")


def windowless() -> str:
    """The Chromium that draws no windows, where the system has it: it opens a page in half the time."""
    return shutil.which("chromium-headless-shell") or browser()


def switches() -> list[str]:
    """How the tests start Chromium: without what asks other hosts, and without the pages of its own address bar.

    With each window it would load two of these, which takes longer than most tests. Of several lists of what is off,
    Chromium reads the last only, so that of Playwright is repeated.
    """
    import playwright

    bundle = Path(playwright.__file__).parent / "driver" / "package" / "lib" / "coreBundle.js"
    (text,) = re.findall(r"\n *disabledFeatures = \[\n(.*?)\n *\]", bundle.read_text(encoding="utf-8"), re.DOTALL)
    off = [*re.findall(r'^ *"(\w+)",?$', text, re.MULTILINE), "WebUIOmniboxPopup", "WebUIOmniboxAimPopup"]
    return [
        # In a container there is no user namespace to build a sandbox from. Nothing but our own pages is opened.
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--disable-features={','.join(off)}",
    ]


def package(path: str) -> Path:
    """A file of tests/browser/node_modules/; the test that asks is skipped when npm or Node.js is missing."""
    system.needed("node")
    file = PACKAGES / path
    if not file.exists():
        system.needed("npm")
        raise FileNotFoundError(f"{file} is missing. Run: make test")
    return file


def main() -> int:
    if chromium() is None:
        fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
        # Without a network there is none; the end of the tests says so.
        subprocess.run(fetch, capture_output=True, timeout=600, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
