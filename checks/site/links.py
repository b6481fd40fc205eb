"""Every link within the site leads to an existing page and anchor.

lychee follows the links in the files as a plain host would serve them below the path of the site. It makes no request
to other hosts.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from checks import Project

_NO_MORE = 2
"""lychee's exit status if links are broken. Any other status above 0 means that it failed."""


def check(project: Project) -> Iterator[str]:
    site = project.site
    if not site.pages:
        return
    beside = Path(sys.executable).with_name("lychee")
    lychee = str(beside) if beside.exists() else shutil.which("lychee")
    if lychee is None:
        yield "requirements-test.txt:1: lychee is not installed. Run: make check"
        return
    with tempfile.TemporaryDirectory() as root:
        # lychee looks for addresses that begin with / below the folder that represents the host.
        laid = Path(root, site.base.strip("/") or "site")
        laid.parent.mkdir(parents=True, exist_ok=True)
        laid.symlink_to(site.folder.resolve(), target_is_directory=True)
        host = root if site.base != "/" else str(laid)
        pages = [str(laid / page.path.relative_to(site.folder)) for page in site.pages]
        options = ["--offline", "--include-fragments", "--no-progress", "--format", "json", "--root-dir", host]
        options += ["--index-files", "index.html", "--files-from", "-"]
        done = subprocess.run(
            [lychee, *options], input="\n".join(pages), capture_output=True, text=True, check=False, timeout=300
        )
        if done.returncode not in (0, _NO_MORE):
            yield f"checks/site/links.py:1: lychee did not run: {done.stderr.strip()}"
            return
        for source, broken in sorted(json.loads(done.stdout)["error_map"].items()):
            path = site.folder / Path(source).relative_to(laid)
            for link in sorted(broken, key=lambda link: (link["span"]["line"], link["span"]["column"])):
                address = (
                    unquote(link["url"]).removeprefix("file://").replace(str(laid), "", 1).replace("index.html#", "#")
                )
                line = link["span"]["line"]
                yield f"{path}:{line}: the link to {address} leads nowhere. Correct it."
