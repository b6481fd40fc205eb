"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; one for both folders of browser tests, as Playwright runs but once in a process."""
    from playwright.sync_api import sync_playwright

    from tests.browser import find

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
