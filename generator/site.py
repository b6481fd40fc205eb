"""Read what all editions of a site have in common: its guides, each parsed once in a process, values and addresses."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown import Markdown

from generator import short
from generator.inputs import Inputs
from generator.links import Addresses
from generator.macros import FOLDER, Call, called
from generator.page import PageExtension
from generator.roles import NONE, Roles
from generator.values import load
from i18n import guides, locales, nav, pseudo
from i18n.guides import DOOR_SIGN, SUFFIX, Guide
from i18n.locales import Locale
from i18n.markdown import SOURCE_LANGUAGE
from machine import kept
from machine.cached import cached_property
from machine.kept import digest

ENGLISH = Locale.of(SOURCE_LANGUAGE)


class Library:
    """The guides that a process has parsed, by path. A guide is parsed again only if its text has changed.

    md: the Markdown instance that all guides share, with `PageExtension` among its extensions. Restoring its state and
        rendering a page of this site takes half the time of parsing and rendering the page with an instance of its own
        (medians of five rounds).
    configured: its extensions and their options, as text.
    """

    def __init__(self, md: Markdown, configured: str = "") -> None:
        self.md = md
        self.configured = configured
        self._guides: dict[Path, tuple[str, Guide]] = {}
        self._last: tuple[tuple[Path, bytes], list[Guide], list[str]] | None = None

    def read(self, folder: Path, inputs: Inputs | None = None) -> tuple[list[Guide], list[str]]:
        """Return every guide in `folder`, sorted by name, and a sentence for each file that is not a valid guide.

        inputs: the files that the build reads. A guide that an earlier build has found valid is parsed only when its
            blocks are asked for.
        """
        if inputs and self._last and self._last[0] == (folder, inputs.stamp):
            # The languages of a build have the same guides.
            return self._last[1], [*self._last[2]]
        path = kept.FOLDER / "guides"
        key = digest(inputs.code, self.configured) if inputs else b""
        known: frozenset[bytes] = (kept.get(path, key) if inputs else None) or frozenset()
        found, faults = guides.load_all(folder, self.md, lambda path, md: self._guide(path, md, known))
        valid = frozenset(_digest(guide.path, self._guides[guide.path][0]) for guide in found)
        if inputs and valid != known:
            kept.put(path, key, valid)
        if inputs:
            self._last = (folder, inputs.stamp), found, [*faults]
        return found, faults

    def _guide(self, path: Path, md: Markdown, known: Container[bytes]) -> Guide:
        text = guides.text(path)
        if path not in self._guides or self._guides[path][0] != text:
            self._guides[path] = text, guides.parse(path, text, md, _digest(path, text) in known)
        return self._guides[path][1]


def _digest(path: Path, text: str) -> bytes:
    return digest(str(path), text)


_libraries: dict[str, Library] = {}


def library(names: Sequence[str], options: Mapping[str, Any]) -> Library:
    """Return the library of this process for the Markdown that a mkdocs.yml asks for.

    names: the names of extensions of Python-Markdown.
    options: the options of an extension, by its name.
    """
    key = repr((names, options))
    if key not in _libraries:
        md = guides.markdown([{name: options.get(name)} for name in names], PageExtension())
        _libraries[key] = Library(md, key)
    return _libraries[key]


@dataclass(frozen=True)
class Site:
    """What the editions of a site have in common.

    locales: the folder of the catalogs, locales/.
    values: the values of data/.
    guides: the guides that are published, parsed.
    unread: the slugs of guides that cannot be read.
    addresses: the address of every file.
    nav: the value of `nav` in mkdocs.yml; None lists all guides.
    roles: which guide has which role.
    languages: the languages of the site, English first.
    left: languages whose folder is invalid but whose earlier pages still exist.
    macros: the folder of macros.
    markdown: the extensions of Python-Markdown and their options, as text.
    inputs: the files that a build reads; None if this is not a build.
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
    markdown: str = ""
    inputs: Inputs | None = None

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
        inputs: Inputs | None = None,
    ) -> tuple[Site, list[str]]:
        """Read the site in `root`, and return it with a sentence for each of its files that cannot be used.

        root: the folder of the project.
        docs: the folder guides/.
        library: the guides that this process has parsed.
        locale: one of the languages of the site, or a pseudo-locale.
        nav: the value of `nav` in mkdocs.yml.
        roles: which guide has which role.
        is_hidden: returns whether a file of `docs` is not published.
        has_folders: whether a page is the index.html of a folder, as it must be.
        left: languages whose folder is invalid but whose earlier pages still exist.
        inputs: the files that the build reads.
        Raises ValueError if `locale` or a folder for each page is missing, ValuesError if data/ cannot be read.
        """
        if not has_folders:
            raise ValueError("mkdocs.yml: use_directory_urls is false, but each page needs a folder. Remove that line.")
        folder = root / "locales"
        languages, _ = editions(folder)
        if locale.is_pseudo:
            languages.append(locale)
        if locale not in languages:
            raise ValueError(f"There is no {folder / locale.name}. Create it with: python -m i18n new {locale.name}")
        found, faults = library.read(docs, inputs)
        shown = [guide for guide in found if not is_hidden(guide.path.name)]
        unread = _pages(docs, is_hidden) - {guide.slug for guide in shown}
        slugs = {*unread, *(guide.slug for guide in shown)}
        faults += roles.missing(slugs)
        if "index" not in slugs:
            faults.append(f"{docs}/index{SUFFIX} is missing. Write it: it is the first page.")
        if not shown:
            raise ValueError("\n".join([*faults, f"{docs}: no guide here can be published. Write index{SUFFIX}."]))
        known = addresses(docs, roles, is_hidden, shown)
        values, macros = _values(root / "data", inputs), root / "macros"
        return (
            cls(
                folder,
                values,
                shown,
                unread,
                known,
                nav,
                roles,
                languages,
                left,
                macros,
                markdown=library.configured,
                inputs=inputs,
            ),
            faults,
        )

    @cached_property
    def common(self) -> bytes:
        """A digest of what all pages depend on besides files."""
        return digest(self.markdown, self.nav, self.roles, sorted(self.addresses.items()), self.languages)

    @cached_property
    def by_slug(self) -> dict[str, Guide]:
        """The guides, by slug."""
        return {guide.slug: guide for guide in self.guides}

    @cached_property
    def calls(self) -> list[Call]:
        """The calls of macros in all guides."""
        return [call for guide in self.guides for call in called(guide.text)]

    @cached_property
    def sections(self) -> list[tuple[str, list[str]]]:
        """The sections of the nav, each with the slugs of its guides."""
        return nav.guides(self.nav, [guide.slug for guide in self.guides])

    @cached_property
    def menu(self) -> list[Locale]:
        """The languages that a page links to: English, then the others by name, then pseudo-locales."""
        return sorted({*self.languages, *self.left}, key=lambda each: (each != ENGLISH, each.is_pseudo, each.name))


def _values(folder: Path, inputs: Inputs | None) -> Mapping[str, Any]:
    """Return the values of data/. Raises ValuesError."""
    if inputs is None:
        return load(folder)
    path, key = kept.FOLDER / "values", digest(inputs.code, inputs.of("data"), str(folder))
    if (found := kept.get(path, key)) is None:
        found = load(folder)
        if inputs.are_unchanged():
            kept.put(path, key, found)
    values: Mapping[str, Any] = found
    return values


def _pages(folder: Path, is_hidden: Callable[[str], bool]) -> frozenset[str]:
    """Return the slugs of the files that are meant to be guides."""
    names = (path.stem for path in folder.glob(f"*{SUFFIX}") if path.name != DOOR_SIGN and not is_hidden(path.name))
    return frozenset(names)


def addresses(
    folder: Path,
    roles: Roles,
    is_hidden: Callable[[str], bool] = lambda name: False,
    guides: Iterable[Guide] = (),
) -> dict[str, str]:
    """Return the address of every file, relative to the root of a language, by its path in guides/.

    Guides that cannot be read are reported elsewhere, so they have addresses too: a link to one is not a second fault.

    folder: the folder guides/, which may also contain other files than guides.
    roles: which guide has which role.
    is_hidden: returns whether a file of `folder` is not published.
    guides: the guides that can be read. The text file of a short version has an address too.
    """
    others = (Path(below, name).relative_to(folder) for below, _, names in os.walk(folder) for name in names)
    names = (path.as_posix() for path in others if path.suffix != SUFFIX)
    known = {name: name for name in names if not is_hidden(name) and "/." not in f"/{name}"}
    for slug in _pages(folder, is_hidden):
        page = "./" if slug == "index" else f"{slug}/"
        known[f"{slug}{SUFFIX}"] = page
    if roles.feed:
        known[f"{roles.feed}.xml"] = f"{roles.feed}.xml"
    for slug in roles.alone:
        known[f"{slug}.html"] = f"{slug}/{slug}.html"
    return known | {name: name for guide in guides if short.is_in(guide.text) for name in [short.file_of(guide.slug)]}


def of_configuration(extra: Mapping[str, Any]) -> Locale:
    """Return the language of a build, which `extra.locale` of mkdocs.yml names. Raises ValueError."""
    if not extra.get("locale"):
        raise ValueError("mkdocs.yml: extra.locale is missing. Write it below extra: locale: !ENV [LOCALE, en]")
    return Locale.of(str(extra["locale"]))


def editions(folder: Path) -> tuple[list[Locale], list[str]]:
    """Return English and every locale in `folder`, and a sentence for each folder in it that is not a valid locale."""
    found, faults = locales.in_folder(folder)
    return [ENGLISH, *found], faults


def chosen(folder: Path, names: Sequence[str], alone: bool = False) -> tuple[list[Locale], list[Locale], list[str]]:
    """Return the locales to build, English first, then the broken locales, and a sentence for each broken one.

    folder: the folder locales/.
    names: the locales that were asked for; if it is empty, all are built.
    alone: leave English out unless it is named.
    Raises ValueError if a name is unknown.
    """
    found, faults = editions(folder)
    broken = locales.broken(folder)
    found += [Locale.of(name) for name in names if name in pseudo.LOCALES]
    for name in names:
        if name not in {locale.name for locale in (*found, *broken)}:
            raise ValueError(f"{folder / name}: there is no such folder. Create it with: python -m i18n new {name}")
    wanted = {*names} if alone else {*names, ENGLISH.name}
    kept = [[locale for locale in group if not names or locale.name in wanted] for group in (found, broken)]
    return kept[0], kept[1], faults
