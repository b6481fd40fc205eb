"""Read the nav of mkdocs.yml, flat or nested, with titles, and with links that lead out of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from i18n.guides import SUFFIX, GuideError


@dataclass(frozen=True)
class Entry:
    """A page or a link in the nav.

    target: a path below guides/, or an address.
    title: the title in mkdocs.yml; empty if it has none.
    """

    target: str
    title: str = ""

    @property
    def slug(self) -> str:
        """The slug of the guide; empty for a link."""
        path = PurePosixPath(self.target)
        is_guide = len(path.parts) == 1 and path.suffix == SUFFIX
        return path.stem if is_guide else ""

    @property
    def is_page(self) -> bool:
        """Whether the target is meant to be a file below guides/."""
        return PurePosixPath(self.target).suffix == SUFFIX and not re.match(r"/|\w+:", self.target)


@dataclass
class Section:
    """A section of the nav.

    title: empty for the entries outside all sections.
    entries: its pages and links, without those of the sections in it.
    """

    title: str
    entries: list[Entry] = field(default_factory=list)


def sections(nav: Any) -> list[Section]:
    """Return all sections, each before the sections in it, and first the entries outside all sections.

    Raises GuideError if the nav is invalid.

    nav: the value of `nav` in mkdocs.yml.
    """
    if nav is not None and not isinstance(nav, (list, dict)):
        raise GuideError("mkdocs.yml: nav is not a list. Write the names of guides below it, such as - index.md.")
    found = [Section("")]
    _read(nav or [], found, [])
    return found if found[0].entries else found[1:]


def order(nav: Any, slugs: Collection[str]) -> list[tuple[str, str]]:
    """Return each guide of the nav that there is, in reading order, after the title of its section. Raises GuideError.

    slugs: of all guides there are.
    """
    if nav is None:
        return [("", slug) for _, pages in guides(nav, slugs) for slug in pages]
    read: list[tuple[str, Entry]] = []
    _read(nav, [Section("")], read)
    found: dict[str, str] = {}
    for title, entry in read:
        if entry.slug in slugs:
            found.setdefault(entry.slug, title)
    return [(title, slug) for slug, title in found.items()]


def _read(items: Any, found: list[Section], order: list[tuple[str, Entry]]) -> None:
    """Add the sections in `items` to `found`, and their entries to `order`, each after the title of its section."""
    section = found[-1]

    def add(entry: Entry) -> None:
        section.entries.append(entry)
        order.append((section.title, entry))

    for item in items if isinstance(items, list) else [items]:
        if isinstance(item, str):
            add(Entry(item))
            continue
        if not isinstance(item, dict):
            raise GuideError(
                f"mkdocs.yml: {item!r} in nav is neither a page nor a section. "
                "Write the name of a guide, such as index.md."
            )
        for title, below in item.items():
            if isinstance(below, str):
                add(Entry(below, str(title)))
            elif isinstance(below, (list, dict)):
                found.append(Section(str(title)))
                _read(below, found, order)
            else:
                raise GuideError(
                    f"mkdocs.yml: in nav, {title} has nothing below it. "
                    "Write the names of guides there, such as index.md, or remove it."
                )


def guides(nav: Any, slugs: Collection[str]) -> list[tuple[str, list[str]]]:
    """Return each section with the guides in it. Without a nav it lists all guides, as MkDocs does.

    nav: the value of `nav` in mkdocs.yml; None without a nav.
    slugs: the slugs of all guides that exist. Others in the nav are left out.
    """
    if nav is None:
        return [("", sorted(slugs, key=lambda slug: (slug != "index", slug)))]
    listed = [
        (section.title, [entry.slug for entry in section.entries if entry.slug in slugs]) for section in sections(nav)
    ]
    return [(title, pages) for title, pages in listed if pages]


def without(nav: Any, page: str) -> Any:
    """Return the nav without one page."""
    if isinstance(nav, list):
        kept = (item for item in nav if item != page and not (isinstance(item, dict) and [*item.values()] == [page]))
        return [without(item, page) for item in kept]
    if isinstance(nav, dict):
        return {title: without(item, page) for title, item in nav.items()}
    return nav


def place(target: str, config: Path) -> str:
    """Return the file and the line where the nav names a page. config: the path of mkdocs.yml."""
    rows = config.read_text(encoding="utf-8").split("\n")
    begin = next((number for number, row in enumerate(rows, 1) if row.startswith("nav:")), 1)
    named = re.compile(rf"(?<![\w./-]){re.escape(target)}(?![\w./-])")
    line = next((number for number, row in enumerate(rows[begin - 1 :], begin) if named.search(row)), begin)
    return f"{config}:{line}"


def missing(target: str, config: Path) -> str:
    """Return the sentence about a page that the nav names and that does not exist. config: the path of mkdocs.yml."""
    return f"{place(target, config)}: nav names {target}, which is missing. Write that guide, or remove the line."


def words(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the words of the nav that readers see, with what they are. Guides are shown by their own titles instead."""
    for section in sections(nav):
        if section.title:
            yield section.title, "section of the nav"
        for entry in section.entries:
            if entry.title and not entry.slug:
                yield entry.title, "link of the nav"
