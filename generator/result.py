"""How a build ends: the root of the site, what its readers see, and what is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator import built, root
from generator.built import Manifest
from generator.site import ENGLISH
from i18n.language import read_languages
from i18n.locales import Locale
from machine.say import say


@dataclass
class Result:
    """What building one locale gave.

    manifest: what its readers have now; None when its pages are those of before.
    faults: sentences about what is wrong.
    """

    locale: Locale
    manifest: Manifest | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def unbuilt(self) -> str:
        """What to say when the language was not built and why was said already."""
        return f"{self.locale.name} was not built."


def finish(
    project: Path,
    facts: root.Facts,
    making: Path,
    made: Sequence[Result],
    broken: Sequence[Locale],
    faults: Sequence[str],
) -> int:
    """Write the root of the site, say what readers see and what is wrong; returns the exit status.

    project: the folder with data/, locales/ and theme/. making: a folder to work in, in that of the site.
    broken: locales that could not even be tried. They keep what they have, as those do that were not built.
    """
    site = making.parent
    faults = [*faults, *wrong(made)]
    unreadable: list[str] = []
    languages = read_languages(project / "data" / "languages.yml", unreadable)
    if unreadable or not any(one.manifest for one in made):
        # What is there stays, the packs that were made of it too.
        return said([*unreadable, *faults])
    every = sorted([*made, *map(Result, broken)], key=_place)
    if gone := root.withdraw(site, {one.locale.tag for one in every}):
        print(f"{os.path.relpath(site)}: removed what an earlier build made: {', '.join(gone)}.")
    pages = {}
    for one in every:
        if one.manifest:
            pages[one.locale] = one.manifest.announced
        elif (site / one.locale.tag / "index.html").exists():
            # The pages of before are still there, and so is what the root of the site said of them.
            pages[one.locale] = _announced_before(site, one.locale, facts.url)
    root.write(site, making, project / "theme" / "root", facts, pages, project / "locales", {"languages": languages})
    summarize(every)
    return said(faults)


def _announced_before(site: Path, locale: Locale, url: str) -> set[str]:
    try:
        before = built.read(site, locale.tag)
    except ValueError:
        return set()
    return before.announced if (before.address or "/") == url else set()


def _place(one: Result) -> tuple[bool, bool, str]:
    """English first, then the others by name, then those that are made to look at."""
    return one.locale != ENGLISH, one.locale.is_pseudo, one.locale.name


def summarize(made: Iterable[Result]) -> None:
    """Print a line on each language that was built."""
    for one in made:
        if one.manifest:
            print(one.manifest.summary)


def wrong(made: Sequence[Result]) -> list[str]:
    """Return what is wrong with what was built. What keeps all languages from being built is said once."""
    faults = [fault for one in made for fault in one.faults]
    if not made or any(one.manifest for one in made):
        return faults
    unbuilt = {one.unbuilt for one in made}
    return [*(fault for fault in faults if fault not in unbuilt), "Nothing was built."]


def said(sentences: Iterable[str]) -> int:
    """Say each sentence once; returns the exit status."""
    once = list(dict.fromkeys(sentences))
    say(*once)
    return 1 if once else 0
