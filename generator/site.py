"""What all editions of a site have in common: its guides, each parsed once in a process, its values, its addresses."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from markdown import Markdown

from generator.links import Addresses
from generator.macros import FOLDER, Call, called
from generator.page import PageExtension
from generator.roles import NONE, Roles
from generator.values import load
from i18n import guides, locales, nav, pseudo
from i18n.guides import DOOR_SIGN, SUFFIX, Guide
from i18n.locales import Locale
from i18n.markdown import SOURCE_LANGUAGE

ENGLISH = Locale.of(SOURCE_LANGUAGE)


class Library:
    """All guides that a process has met, by path; read again only when the text of one has changed.

    md: has `PageExtension` among its extensions. All guides share it: to put its state back and render a page of this
    site takes half the time of parsing and rendering it with an instance of its own (medians of five rounds).
    """

    def __init__(self, md: Markdown) -> None:
        self.md = md
        self._guides: dict[Path, tuple[str, Guide]] = {}

    def read(self, folder: Path) -> tuple[list[Guide], list[str]]:
        """Return every guide in `folder`, sorted by name, and a sentence for each file that is not one."""
        return guides.load_all(folder, self.md, self._guide)

    def _guide(self, path: Path, md: Markdown) -> Guide:
        text = guides.text(path)
        if path not in self._guides or self._guides[path][0] != text:
            self._guides[path] = text, guides.parse(path, text, md)
        return self._guides[path][1]


_libraries: dict[str, Library] = {}


def library(names: Sequence[str], options: Mapping[str, Any]) -> Library:
    """Return the guides of this process, parsed with the Markdown that a mkdocs.yml asks for.

    names: of Python-Markdown's extensions. options: of those that have some.
    """
    key = repr((names, options))
    if key not in _libraries:
        md = guides.markdown([{name: options.get(name)} for name in names], PageExtension())
        _libraries[key] = Library(md)
    return _libraries[key]


@dataclass(frozen=True)
class Site:
    """What the editions of a site have in common.

    locales: the folder of catalogs, locales/. values: what data/ holds. guides: all that are published, parsed.
    unread: the names of guides that cannot be read. addresses: of every file.
    nav: as mkdocs.yml has it; None lists all guides. languages: English first.
    left: languages that cannot be read now and whose pages of before are still there. macros: their folder.
    """

    locales: Path
    values: Mapping[str, Any] = field(default_factory=dict)
    guides: Sequence[Guide] = ()
    unread: frozenset[str] = frozenset()
    addresses: Addresses = field(default_factory=dict)
    nav: Any = None
    roles: Roles = NONE
    languages: Sequence[Locale] = (ENGLISH,)
    left: Sequence[Locale] = ()
    macros: Path = FOLDER

    @classmethod
    def read(
        cls,
        root: Path,
        docs: Path,
        library: Library,
        locale: Locale,
        nav: Any = None,
        roles: Roles = NONE,
        is_hidden: Callable[[str], bool] = lambda name: False,
        has_folders: bool = True,
        left: Sequence[Locale] = (),
    ) -> tuple[Site, list[str]]:
        """Read the site in `root`, and return a sentence for each of its files that cannot be used.

        docs: guides/. locale: is one of its languages, or a pseudo-locale. is_hidden: whether a file of `docs` is kept
        off the site. has_folders: whether a page is the index.html of a folder.
        Raises ValueError when `locale` is missing, ValuesError for data/.
        """
        folder = root / "locales"
        languages, _ = editions(folder)
        if locale.is_pseudo:
            languages.append(locale)
        if locale not in languages:
            raise ValueError(f"There is no {folder / locale.name}. Begin it with: python -m i18n new {locale.name}")
        found, faults = library.read(docs)
        kept = [guide for guide in found if not is_hidden(guide.path.name)]
        unread = _pages(docs, is_hidden) - {guide.slug for guide in kept}
        faults += roles.missing({*unread, *(guide.slug for guide in kept)})
        known = addresses(docs, kept, roles, has_folders)
        values, macros = load(root / "data"), root / "macros"
        return cls(folder, values, kept, unread, known, nav, roles, languages, left, macros), faults

    @cached_property
    def by_slug(self) -> dict[str, Guide]:
        """The guides, each by its name."""
        return {guide.slug: guide for guide in self.guides}

    @cached_property
    def calls(self) -> list[Call]:
        """The calls of macros in all guides."""
        return [call for guide in self.guides for call in called(guide.text)]

    @cached_property
    def sections(self) -> list[tuple[str, list[str]]]:
        """The sections of the nav, each with the names of its guides."""
        return nav.guides(self.nav, [guide.slug for guide in self.guides])

    @cached_property
    def menu(self) -> list[Locale]:
        """The languages that a page leads to: English, the others by name, those that are made to look at."""
        return sorted({*self.languages, *self.left}, key=lambda each: (each != ENGLISH, each.is_pseudo, each.name))


def _pages(folder: Path, is_hidden: Callable[[str], bool]) -> frozenset[str]:
    """Return the names of the files that are meant to be guides."""
    names = (path.stem for path in folder.glob(f"*{SUFFIX}") if path.name != DOOR_SIGN and not is_hidden(path.name))
    return frozenset(names)


def addresses(folder: Path, found: Sequence[Guide], roles: Roles, has_folders: bool = True) -> dict[str, str]:
    """Return the address of every file, as `Site` has them.

    folder: guides/, in which other files may lie. has_folders: whether a page is the index.html of a folder.
    """
    others = (Path(below, name).relative_to(folder) for below, _, names in os.walk(folder) for name in names)
    known = {path.as_posix(): path.as_posix() for path in others if path.suffix != SUFFIX}
    for guide in found:
        page = "./" if guide.slug == "index" else f"{guide.slug}/"
        known[f"{guide.slug}{SUFFIX}"] = page if has_folders else f"{guide.slug}.html"
    if roles.feed:
        known[f"{roles.feed}.xml"] = f"{roles.feed}.xml"
    return known


def editions(folder: Path) -> tuple[list[Locale], list[str]]:
    """Return English and every locale that `folder` has, and a sentence for each folder that is not one."""
    found, faults = locales.in_folder(folder)
    return [ENGLISH, *found], faults


def chosen(folder: Path, names: Sequence[str], alone: bool = False) -> tuple[list[Locale], list[Locale], list[str]]:
    """Return the locales to build, English first, those that are broken, and why. Raises ValueError for another name.

    folder: locales/. names: those that were asked for; without any, all are built.
    alone: without English, unless it is named.
    """
    found, faults = editions(folder)
    broken = locales.broken(folder)
    found += [Locale.of(name) for name in names if name in pseudo.LOCALES]
    for name in names:
        if name not in {locale.name for locale in (*found, *broken)}:
            raise ValueError(f"{folder / name}: there is no such folder. Begin it with: python -m i18n new {name}")
    wanted = {*names} if alone else {*names, ENGLISH.name}
    kept = [[locale for locale in group if not names or locale.name in wanted] for group in (found, broken)]
    return kept[0], kept[1], faults
