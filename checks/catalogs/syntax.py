"""GNU gettext accepts every catalog (`msgfmt --check`), so Poedit and Weblate do. Skipped where gettext is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

from checks import Project


def check(project: Project) -> Iterator[str]:
    if not (msgfmt := shutil.which("msgfmt")):
        return
    for path, _ in project.catalogs.values():
        done = subprocess.run(
            [msgfmt, "--check", "-o", os.devnull, str(path)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            yield from done.stderr.strip().splitlines()[:-1]
