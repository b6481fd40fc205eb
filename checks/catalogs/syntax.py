"""GNU gettext accepts every catalog (`msgfmt --check`), and so do Poedit and Weblate. Skipped without gettext."""

from __future__ import annotations

import os
import re
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
            # The last line counts the errors. An indented line continues the one before it.
            said = re.sub(r"\n\s+", " ", done.stderr.strip()).splitlines()[:-1]
            yield from (line for line in said if ": warning: " not in line)
