"""Check what the project promises. Each file holds one rule: its docstring states it, `check(project)` yields findings.

A finding is a sentence with its place and what to do: `guides/arrested.md:9: …`. Nothing is registered: adding a file
adds a check.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown

from generator import site as source
from generator.built_site import BuiltSite
from generator.edition import Edition
from generator.page import PageExtension
from generator.roles import Roles
from generator.site import ENGLISH
from generator.values import ValuesError
from generator.values import load as load_values
from i18n import unread

# Import names, not modules: `checks.guides` and `checks.catalogs` are folders of this package.
from i18n.catalogs import CatalogError, load
from i18n.coverage import State, Translation
from i18n.guides import Guide, configuration, load_all, markdown
from i18n.language import Language, language_of
from i18n.locales import MESSAGES, Locale
from i18n.locales import in_folder as locales
from i18n.readings import Readings, unit_of
from i18n.unit import Unit
from machine.cached import cached_property

FOLDER = Path(__file__).parent
GROUPS = ("guides", "catalogs", "site")
"""The groups of checks that run with every change."""

WEEKLY = "weekly"
"""The group of checks that depend on the date. It runs only when named."""


class Note(str):
    """A finding that deserves a second look but does not fail the checks."""


class Project:
    """What the checks read; each thing is read once.

    root: the folder of the repository. Paths in findings are relative to it.
    """

    def __init__(self, root: Path = Path(".")) -> None:
        self.root = root
        self.faults: list[str] = []
        """A sentence for each thing that could not be read. These are findings too."""

    @cached_property
    def config(self) -> dict[str, Any]:
        return configuration(self.root / "mkdocs.yml")

    @cached_property
    def markdown(self) -> Markdown:
        """The site's Markdown instance. Raises GuideError."""
        return markdown(self.config.get("markdown_extensions", []), PageExtension())

    @cached_property
    def guides(self) -> list[Guide]:
        found, faults = load_all(self.root / "guides", self.markdown)
        self.faults += faults
        return found

    @cached_property
    def locales(self) -> list[Locale]:
        found, faults = locales(self.root / "locales")
        self.faults += faults
        return found

    @cached_property
    def catalogs(self) -> dict[tuple[Locale, str], tuple[Path, Any]]:
        """The path and the content of each catalog, by locale and name."""
        found = {}
        for locale in self.locales:
            for path in sorted((self.root / "locales" / locale.name / MESSAGES).glob("*.po")):
                try:
                    found[locale, path.stem] = path, load(path)
                except CatalogError as error:
                    self.faults.append(str(error))
        return found

    @cached_property
    def values(self) -> dict[str, Any]:
        try:
            return dict(load_values(self.root / "data"))
        except ValuesError as error:
            self.faults.append(str(error))
            return {}

    @cached_property
    def roles(self) -> Roles:
        """Raises RolesError."""
        extra = self.config.get("extra")
        return Roles.of(extra.get("roles") if isinstance(extra, dict) else None)

    @cached_property
    def edition(self) -> Edition:
        """The English pages, as a build makes them."""
        nav = self.config.get("nav")
        known = source.addresses(self.root / "guides", self.roles, guides=self.guides)
        languages = [ENGLISH, *self.locales]
        macros = self.root / "macros"
        return Edition(
            source.Site(
                self.root / "locales",
                self.values,
                self.guides,
                addresses=known,
                nav=nav,
                roles=self.roles,
                languages=languages,
                macros=macros,
            ),
            ENGLISH,
        )

    @cached_property
    def languages(self) -> dict[Locale, Language]:
        """What the judge of translations knows of each language."""
        known = self.values.get("languages")
        return {locale: language_of(locale.name, known, self.faults) for locale in self.locales}

    @cached_property
    def translations(self) -> dict[tuple[Locale, str], tuple[Path, Translation]]:
        """The catalog's path and the translation of each guide, by locale and slug. Each unit is judged once."""
        guides = {guide.slug for guide in self.guides}
        return {
            (locale, name): (path, Translation(catalog, self.languages[locale]))
            for (locale, name), (path, catalog) in self.catalogs.items()
            if name in guides
        }

    @cached_property
    def readings(self) -> dict[Locale, Readings]:
        """Who has read which translation of a language against its English."""
        found = {}
        for locale in self.locales:
            read, faults = unread.load(unread.path_of(self.root / "locales", locale))
            found[locale] = Readings(read)
            self.faults += faults
        return found

    def translated(self, only: Guide | None = None, unread: bool = False) -> Iterator[tuple[Locale, str, Unit, str]]:
        """Yield what readers see translated: the locale, the place in the catalog, the unit, its translation.

        The words that people type into the search are left out: nobody sees them, and they are lists.

        only: a guide, if it is only about its sentences.
        unread: leave out what somebody has read against the English.
        """
        for guide in [only] if only else self.guides:
            for locale in self.locales:
                if (locale, guide.slug) in self.translations:
                    path, translation = self.translations[locale, guide.slug]
                    for unit in guide.shown:
                        judged = translation.judge(unit)
                        if judged.entry is None or judged.state is not State.TRANSLATED:
                            continue
                        if not unread or not self.readings[locale].of(unit_of(judged.entry)):
                            yield locale, f"{path}:{judged.entry.linenum}", unit, judged.entry.msgstr

    @cached_property
    def site(self) -> BuiltSite:
        """The built site, in the folder that SITE_DIR names (default: site/)."""
        site = BuiltSite(self.root / os.environ.get("SITE_DIR", "site"))
        self.faults += site.faults
        return site


Check = Callable[[Project], Iterator[str]]


def checks(group: str) -> dict[str, Check]:
    """Return all checks of a group, by name."""
    names = sorted(path.stem for path in (FOLDER / group).glob("*.py") if path.stem != "__init__")
    return {name: importlib.import_module(f"checks.{group}.{name}").check for name in names}
