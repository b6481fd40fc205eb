"""Finish a build: write the root of the site, and report what its readers see and what is wrong."""

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
    """The result of building one locale.

    locale: the locale.
    manifest: the manifest of its new pages; None if it was not built and its earlier pages stay.
    faults: sentences about what is wrong.
    also: the names of files of other languages that its pages depend on, relative to the folder of the project.
    is_new: whether its pages have been made now. If not, they would not have changed.
    """

    locale: Locale
    manifest: Manifest | None = None
    faults: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    is_new: bool = True

    @property
    def unbuilt(self) -> str:
        """The sentence for a language that was not built, if the reason has been reported already."""
        return f"{self.locale.name} was not built."


def finish(
    project: Path,
    facts: root.Facts,
    making: Path,
    made: Sequence[Result],
    broken: Sequence[Locale],
    faults: Sequence[str],
) -> int:
    """Write the root of the site, report what readers see and what is wrong, and return the exit status.

    project: the folder that contains data/, locales/ and theme/.
    facts: what mkdocs.yml says about the whole site.
    making: a folder to work in, inside the folder of the site.
    made: the result of each locale.
    broken: locales whose folder is invalid. Like locales that could not be built, they keep their earlier pages.
    faults: sentences about what was wrong before the build.
    """
    site = making.parent
    faults = [*faults, *wrong(made)]
    unreadable: list[str] = []
    languages = read_languages(project / "data" / "languages.yml", unreadable)
    if unreadable or not any(one.manifest for one in made):
        # Leave the site unchanged, with the packs that were made of it.
        return said([*unreadable, *faults])
    every = sorted([*made, *map(Result, broken)], key=_place)
    if gone := root.withdraw(site, {one.locale.tag for one in every}):
        print(f"{os.path.relpath(site)}: removed what an earlier build made: {', '.join(gone)}.")
    pages = {}
    for one in every:
        if one.manifest:
            pages[one.locale] = one.manifest.announced
        elif (site / one.locale.tag / "index.html").exists():
            # The earlier pages still exist, so the root of the site keeps listing them.
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
    """Return a key that sorts English first, then the other languages by name, then pseudo-locales."""
    return one.locale != ENGLISH, one.locale.is_pseudo, one.locale.name


def summarize(made: Iterable[Result]) -> None:
    """Print a line about each language that was built."""
    for one in made:
        if one.manifest:
            print(one.manifest.summary)


def wrong(made: Sequence[Result]) -> list[str]:
    """Return a sentence for each fault of the build. If nothing was built, the reason is given only once."""
    faults = [fault for one in made for fault in one.faults]
    if not made or any(one.manifest for one in made):
        return faults
    unbuilt = {one.unbuilt for one in made}
    return [*(fault for fault in faults if fault not in unbuilt), "Nothing was built."]


def said(sentences: Iterable[str]) -> int:
    """Print each sentence once on standard error, and return the exit status."""
    once = list(dict.fromkeys(sentences))
    say(*once)
    return 1 if once else 0
