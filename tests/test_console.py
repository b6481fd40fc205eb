"""MkDocs's own commands, typed as its users type them, and those of its successors: what `make build` makes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.project import Project, lay_out
from tests.successors import COMMANDS, differences, environment

KEPT = ("en/", "fr/", ".build/en", ".build/fr")
"""What a build of these two languages makes, with what it says of them to other commands."""


@pytest.fixture
def built(tiny_site: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny site as publish.py builds it."""
    return tiny_site.copied(tmp_path_factory.mktemp("console") / "project")


@pytest.mark.parametrize("name", COMMANDS)
def test_build_from_another_folder(built: Project, tmp_path: Path, name: str) -> None:
    """`mkdocs build --strict -f path/to/mkdocs.yml` makes a language to the same bytes as `make build`."""
    for locale in ("en", "fr"):
        done = subprocess.run(
            [
                *COMMANDS[name][0],
                "build",
                "--strict",
                "-f",
                os.path.relpath(built.root / "mkdocs.yml", tmp_path),
            ],
            cwd=tmp_path,
            env=environment(name, LOCALE=locale, SITE_DIR=str(tmp_path / "made")),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
    # What is kept for the next build is kept in the project, and nothing in this folder.
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    made = Project(tmp_path).files("made")
    assert made == {name: content for name, content in built.files().items() if name.startswith(KEPT)}


def test_strict_build_fails_for_a_guide_that_is_not_built(tmp_path: Path) -> None:
    """`mkdocs build --strict` says what is wrong with a guide, and ends with 1."""
    project = lay_out(tmp_path)
    (project.root / "guides" / "sub").mkdir()
    (project.root / "guides" / "sub" / "more.md").write_text("# More\n", encoding="utf-8")
    done = subprocess.run(
        [*COMMANDS["mkdocs"][0], "build", "--strict"],
        cwd=project.root,
        env=environment("mkdocs"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "guides/sub/more.md: " in done.stderr


def test_each_difference_between_builders_is_named() -> None:
    """Missing files, extra files and files with other bytes are reported, equal files are not."""
    expected = {"same": b"1", "other": b"1", "gone": b"1"}
    assert differences("properdocs", expected, {"same": b"1", "other": b"2", "new": b"1"}) == [
        "properdocs does not make gone",
        "properdocs makes new",
        "properdocs changes other",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_serve_from_another_folder(built: Project, tmp_path: Path, name: str) -> None:
    """`mkdocs serve -f path/to/mkdocs.yml` answers with a page of the language asked for."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*COMMANDS[name][0], "serve", "-f", str(built.root / "mkdocs.yml"), "-a", f"127.0.0.1:{port}"],
        cwd=tmp_path,
        env=environment(name, LOCALE="fr"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    page, deadline = "", time.monotonic() + 60
    while not page and process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/below/help/", timeout=10) as answer:
                page = answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Appelez un voisin" in page, said
