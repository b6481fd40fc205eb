"""What every test may use."""

from __future__ import annotations

import pytest

from tests.system import not_tested


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests gave to `record_property("figures", …)`, also when all of them passed, and what was skipped."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, figures in report.user_properties:
                if name == "figures":
                    terminalreporter.write_line(str(figures))
    for sentence in not_tested({str(report.longrepr) for report in terminalreporter.getreports("skipped")}):
        terminalreporter.write_line(sentence)
