"""The whole site, built once and served on this machine below a sub-path, as GitHub Pages serves a project."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import system
from tests.browser import find

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIX = "/somewhere/below/"
PACKED = ("en", "ar")
"""The languages whose packs are read in a browser."""
SHARES = 16
"""Tests of every page come in so many shares, so that all test processes have work until the end."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PREFIX.rstrip("/")))

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the built site; one build for all test processes."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = shared / "site"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            environment = os.environ | {"SITE_DIR": str(folder), "SITE_URL": f"https://example.org{PREFIX}"}
            subprocess.run([sys.executable, "publish.py"], cwd=ROOT, env=environment, check=True)
    return folder


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Where a folder is served, as long as that lasts."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
        server.shutdown()


@pytest.fixture(scope="session")
def packed(site: Path) -> Path:
    """The built site with its packs; made once for all test processes."""
    # PDF files are printed by the Chromium of the system.
    system.needed("chromium")
    folder = site.with_name("packed")
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            making = site.with_name("packed.making")
            shutil.copytree(site, making)
            environment = os.environ | {"SITE_DIR": str(making)}
            subprocess.run([sys.executable, "-m", "packs"], cwd=ROOT, env=environment, check=True)
            for tag in PACKED:
                with zipfile.ZipFile(making / "packs" / f"{tag}.zip") as file:
                    file.extractall(making / "unpacked")
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with served(site) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Before Playwright runs, which may have to be asked for its own.
    path = find.browser()
    with sync_playwright() as playwright:
        # No sandbox: in a container there is no user namespace to build one from. Nothing but our own pages is opened.
        started = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def urls(site: Path) -> list[str]:
    """Every page of the site, of every locale and of none, as an address below `address`."""
    found = [path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html")]
    assert len(found) > 100
    return sorted(found)


@pytest.fixture
def requests() -> list[str]:
    """Every address that the pages of a test ask for."""
    return []


def _context(browser: Browser, requests: list[str], script: bool) -> Iterator[BrowserContext]:
    with browser.new_context(java_script_enabled=script) as context:
        context.on("request", lambda request: requests.append(request.url))
        # What is not there within this time does not come: pages are small, and of this machine.
        context.set_default_timeout(8000)
        yield context


@pytest.fixture
def page(browser: Browser, requests: list[str]) -> Iterator[Page]:
    for context in _context(browser, requests, script=True):
        yield context.new_page()


@pytest.fixture
def page_without_script(browser: Browser, requests: list[str]) -> Iterator[Page]:
    for context in _context(browser, requests, script=False):
        yield context.new_page()
