"""Whoever edits a guide while `make serve` runs sees the change without touching the browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.project import ENVIRONMENT, Project, edit, lay_out


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Project, str]]:
    """The small site, and its address while it is served."""
    project = lay_out(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "publish.py", "--serve", "--port", str(port)],
        cwd=project.root,
        env=ENVIRONMENT | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    try:
        # It says its address once the first pages are there.
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+/", line)))
        yield project, address
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def test_page_reloads_itself_after_a_change(browser: Browser, served: tuple[Project, str]) -> None:
    """The page in view shows a saved sentence by itself, and the policy of the page blocks nothing of that."""
    project, address = served
    page = browser.new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{address}en/help/")
    edit(project.guide("help"), "Call a neighbour.", "Call two neighbours.")
    expect(page.get_by_text("Call two neighbours.").first).to_be_visible(timeout=60_000)
    assert blocked == []
    page.close()


def test_published_page_allows_no_script_of_mkdocs(tmp_path: Path) -> None:
    """Only a served page allows scripts without a hash."""
    project = lay_out(tmp_path)
    assert project.publish("en").returncode == 0
    assert "unsafe-inline" not in project.page("en", "help")
