"""Files whose bytes depend only on what is in them, written whole or not at all; checksums."""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

from generator import built
from generator.built_site import SUMS
from machine.files import write
from machine.workplace import MAKING

UNPUBLISHED = (MAKING, built.FOLDER)
"""How the names of folders begin that lie in a site and are not part of it."""

GROUPS, GROUP = 7, 4
"""A short fingerprint: 28 digits of 4 bits are 112 bits. To make another file with the same ones takes 2^112 tries, out
of reach of states, too. Fewer than 112 bits are not safe from them (NIST SP 800-57, part 1)."""


def archive(path: Path, files: Mapping[str, bytes], seconds: int) -> None:
    """Write a ZIP file, in the order of names, each file as old as `seconds` (since 1970)."""
    # Two seconds are what ZIP knows, and no year before 1980.
    date = max(time.gmtime(seconds)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(path, "w") as made:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, date)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            made.writestr(info, files[name], zipfile.ZIP_DEFLATED, 9)


def digest(path: Path) -> str:
    """SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(digest: str) -> str:
    """Return the beginning of a digest in groups that can be read over the telephone."""
    return " ".join(digest[place * GROUP : (place + 1) * GROUP] for place in range(GROUPS))


def write_sums(site: Path) -> None:
    """`SHA256SUMS` at the root of a site: every file below it, as sha256sum writes and checks them."""
    paths = sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.name != SUMS and not path.relative_to(site).parts[0].startswith(UNPUBLISHED)
    )
    lines = "".join(f"{digest(site / path)}  {path}\n" for path in paths)
    write(site / SUMS, lines.encode())
