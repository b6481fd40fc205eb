"""Write ZIP files whose bytes depend only on their content, and checksums."""

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
"""The beginnings of the names of folders inside a site that are not published."""

GROUPS, GROUP = 7, 4
"""The number of groups in a short fingerprint, and of digits in a group: 28 digits of 4 bits are 112 bits.

To make another file with the same fingerprint takes 2^112 attempts, which even states cannot make. Fewer than 112 bits
are not safe from them (NIST SP 800-57, part 1).
"""


def archive(path: Path, files: Mapping[str, bytes], seconds: int) -> None:
    """Write a ZIP file with `files`, sorted by name. seconds: the time of each file, in seconds since 1970."""
    # ZIP stores times in steps of two seconds, and no year before 1980.
    date = max(time.gmtime(seconds)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(path, "w") as made:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, date)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            made.writestr(info, files[name], zipfile.ZIP_DEFLATED, 9)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(digest: str) -> str:
    """Return the beginning of a digest, in groups that can be read out over the telephone."""
    return " ".join(digest[place * GROUP : (place + 1) * GROUP] for place in range(GROUPS))


def write_sums(site: Path) -> None:
    """Write `SHA256SUMS` at the root of a site, with every published file, in the format of sha256sum."""
    paths = sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.name != SUMS and not path.relative_to(site).parts[0].startswith(UNPUBLISHED)
    )
    lines = "".join(f"{digest(site / path)}  {path}\n" for path in paths)
    write(site / SUMS, lines.encode())
