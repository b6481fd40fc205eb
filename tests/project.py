"""The tiny site of tests/site/, laid out as a project of its own that a test may spoil."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = (
    *("hooks.py", "publish.py"),
    *("machine", "generator", "packs", "i18n", "macros", "checks", "data", "theme", "pyproject.toml"),
)
ENVIRONMENT = os.environ | {"SITE_URL": "https://example.org/below/", "SOURCE_DATE_EPOCH": "1"}
NAV = "nav:\n  - Start:\n      - index.md\n      - help.md\n      - about.md\n"


@dataclass(frozen=True)
class Project:
    """A project in the folder `root`. Its commands run there as a person would run them."""

    root: Path

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`python <arguments>`, with output as text."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=ENVIRONMENT | environment,
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


def lay_out(folder: Path) -> Project:
    """Copy the code and the tiny site into `folder`."""
    for name in CODE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "tests" / "site", folder, dirs_exist_ok=True)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    start = config.index("nav:\n")
    end = config.index("\n\n", start)
    roles = config.index("  # Which guide does which work")
    (folder / "mkdocs.yml").write_text(
        config[:roles] + "  roles:\n    sources: about\n\n" + NAV + config[end:], encoding="utf-8"
    )
    return Project(folder)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")
