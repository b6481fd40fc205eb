"""Measure how long `python -m i18n update` takes for 3,000 units in 20 locales, with nothing to do and after edits."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import sites
from benchmarks.scenarios import Content

GUIDES = 32
"""The number of generated guides. They have about 3,000 units."""

LOCALES = (
    *["fr", "es", "ar", "ru", "tr", "fa", "zh_Hans", "de", "it", "pt"],
    *["nl", "pl", "uk", "cs", "ro", "hu", "vi", "id", "ko", "ja"],
)


def measure(folder: Path) -> tuple[int, float, float]:
    """Return the number of units, and the seconds for an update without changes and after an edit in every guide."""
    sites.ours(folder, Content(GUIDES))
    made = folder / "locales" / "fr"
    for name in LOCALES:
        if not (folder / "locales" / name).exists():
            shutil.copytree(made, folder / "locales" / name)
    for path in (folder / "locales").iterdir():
        if path.name not in LOCALES:
            shutil.rmtree(path)
    units = sum(catalog.read_text(encoding="utf-8").count('\nmsgid "') - 1 for catalog in made.rglob("guide-*.po"))
    _update(folder)
    nothing = _update(folder)
    for guide in (folder / "guides").glob("guide-*.md"):
        text = guide.read_text(encoding="utf-8")
        position = text.index(". ") + 1
        guide.write_text(text[:position] + " One more sentence." + text[position:], encoding="utf-8")
    return units, nothing, _update(folder)


def _update(folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "i18n", "update"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
