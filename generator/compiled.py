"""Keep compiled templates, so that they are not compiled again for each language and each build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "templates"
"""The folder of the compiled templates. Safe to delete."""


@cache
def memory() -> FileSystemBytecodeCache | None:
    """Return the memory of compiled templates; None if its folder cannot be made, which only takes longer."""
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(FOLDER))
