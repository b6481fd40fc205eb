"""Long work shows its progress on a terminal, and only there."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ENVIRONMENT, ROOT, Project, lay_out

WORKS = [
    sys.executable,
    "-m",
    "machine.progress",
    "Installing what a test needs",
    sys.executable,
    "-c",
    "print('a warning')",
]
FAILS = [*WORKS[:-1], "print('an error'); raise SystemExit(3)"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny site."""
    return lay_out(tmp_path_factory.mktemp("progress"))


def on_a_terminal(command: list[str], folder: Path) -> tuple[int, str]:
    """Exit status of a command, and what it wrote to its terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    said = b""
    try:
        while more := os.read(ours, 4096):
            said += more
    except OSError:
        # How Linux says that nobody writes there any more.
        pass
    os.close(ours)
    return process.wait(60), said.decode()


def in_a_pipe(command: list[str], folder: Path) -> tuple[int, str]:
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stderr


def test_terminal_shows_how_many_languages_are_done(project: Project) -> None:
    """On a terminal, progress is one line, which is overwritten and then removed."""
    status, said = on_a_terminal([sys.executable, "publish.py"], project.root)
    assert status == 0
    assert "Building languages… 2 of 3" in said
    assert said.endswith("\r\033[K")
    assert "\n" not in said


def test_pipe_stays_quiet(project: Project) -> None:
    """In a pipe, a build without faults shows no progress."""
    assert in_a_pipe([sys.executable, "publish.py"], project.root) == (0, "")


@pytest.mark.parametrize("how", [on_a_terminal, in_a_pipe])
def test_command_is_one_line_with_its_time(how) -> None:
    """The output of a command that succeeded is not shown."""
    status, said = how(WORKS, ROOT)
    last = said.replace("\r\n", "\n").rpartition("\033[K")[2]
    assert status == 0
    assert last.startswith("Installing what a test needs… ")
    assert last.endswith(" s\n")
    assert "warning" not in said


def test_command_that_fails_says_why() -> None:
    """If a command fails, its output is shown, and its status is the exit status."""
    status, said = in_a_pipe(FAILS, ROOT)
    assert status == 3
    assert said.endswith(" s\nan error\n")
