"""The site of tests/other/, laid out as a project of its own that a test may spoil."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import ready

ROOT = Path(__file__).resolve().parent.parent
OTHER = ROOT / "tests" / "other"
ENGINE = ("hooks.py", "publish.py", "machine", "generator", "packs", "i18n", "checks", "theme", "pyproject.toml")
ENVIRONMENT = os.environ | {"SITE_URL": "https://example.org/below/", "SOURCE_DATE_EPOCH": "1"}
_CONFIGURATION = (OTHER / "mkdocs.yml").read_text(encoding="utf-8")
NAV = _CONFIGURATION[_CONFIGURATION.index("nav:\n") : _CONFIGURATION.index("\n\ntheme:") + 1]
"""The nav of the site, as its mkdocs.yml has it."""


@dataclass(frozen=True)
class Project:
    """A project in the folder `root`. Its commands run there as a person would run them."""

    root: Path

    def copied(self, folder: Path) -> Project:
        """The same in another folder, to be spoiled."""
        ignore = shutil.ignore_patterns("*.pyc.*")
        return Project(shutil.copytree(self.root, folder, symlinks=True, ignore=ignore, dirs_exist_ok=True))

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`python <arguments>`, with output as text."""
        whole = ENVIRONMENT | environment
        if ready.can(arguments, whole):
            return ready.run(self.root, arguments, whole, timeout=120)
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=whole,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def publish(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("publish.py", *arguments, **environment)

    def page(self, locale: str, guide: str) -> str:
        return (self.root / "site" / locale / guide / "index.html").read_text(encoding="utf-8")

    def catalog(self, locale: str, name: str) -> Path:
        return self.root / "locales" / locale / "LC_MESSAGES" / f"{name}.po"

    def guide(self, name: str) -> Path:
        return self.root / "guides" / f"{name}.md"

    def files(self, folder: str = "site") -> dict[str, bytes]:
        """Everything in `site/`, or in another folder."""
        site = self.root / folder
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def without_shares(pages: dict[str, bytes]) -> dict[str, bytes]:
    """The same files, without how much of a page other languages have: that changes with their catalogs."""
    share = rb'(hreflang="[^"]+"[^>]*>[^<]*</a>)[^<]*(</li>)'
    return {path: re.sub(share, rb"\1\2", page) for path, page in pages.items()}


def lay_out(folder: Path) -> Project:
    """Copy the engine into `folder`, and the site of tests/other/ with its own guides, values and macros."""
    for name in ENGINE:
        if (ROOT / name).is_dir():
            # With what Python has compiled of it, but for what another process is just writing.
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc.*"))
        else:
            shutil.copy(ROOT / name, folder / name)
    shutil.copytree(OTHER, folder, dirs_exist_ok=True)
    return Project(folder)


def add_macro(folder: Path, *names: str) -> None:
    """Give the project in `folder` macros that are of no topic, such as `changed` and `packs`."""
    for name in names:
        shutil.copytree(ROOT / "macros" / name, folder / "macros" / name)


def add_guide(project: Project, name: str, text: str, role: str = "") -> None:
    """Write a guide, list it in the nav after help.md, and give it a role."""
    project.guide(name).write_text(text, encoding="utf-8")
    edit(project.root / "mkdocs.yml", "      - help.md\n", f"      - help.md\n      - {name}.md\n")
    if role:
        edit(project.root / "mkdocs.yml", "  roles:\n", f"  roles:\n    {role}: {name}\n")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@contextmanager
def served(project: Project) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`publish.py --serve` while the block lasts: the process, and the address that it says once pages are there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "publish.py", "--serve", "--port", str(port)],
        cwd=project.root,
        env=ENVIRONMENT | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    try:
        yield process, next(found[0] for line in process.stdout if (found := re.search(r"http://\S+/", line)))
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)
