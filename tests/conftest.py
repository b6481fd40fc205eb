"""What every test may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from tests.project import Project, lay_out
from tests.system import not_tested

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests gave to `record_property("figures", …)`, also when all of them passed, and what was skipped."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, figures in report.user_properties:
                if name == "figures":
                    terminalreporter.write_line(str(figures))
    for sentence in not_tested({str(report.longrepr) for report in terminalreporter.getreports("skipped")}):
        terminalreporter.write_line(sentence)


def built_once(
    name: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str, build: Callable[[Path], Path]
) -> Path:
    """The folder `name`, which is what `build` made in an empty one; one build for all test processes."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = shared / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            making = tmp_path_factory.mktemp("making")
            build(making).rename(folder)
    return folder


def _small(folder: Path) -> Path:
    done = lay_out(folder).publish()
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The small site as it is, built once for all test processes: to be looked at, or to be copied."""
    return Project(built_once("tiny", tmp_path_factory, worker_id, _small))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; one for both folders of browser tests, as Playwright runs but once in a process."""
    from playwright.sync_api import sync_playwright

    from tests.browser import find

    # Before Playwright runs, which may have to be asked for its own.
    path = find.windowless()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=find.switches())
        yield started
        started.close()
