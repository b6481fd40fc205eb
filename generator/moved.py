"""Make a page at each old address of a guide. It redirects to the present address."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from generator.links import Addresses, relative
from i18n import guides
from i18n.guides import SUFFIX, Guide


@dataclass(frozen=True)
class Moved:
    """An old address of a guide.

    path: the file to write, "old-name/index.html".
    guide: the guide.
    address: the relative link from the old address to the guide.
    url: the address of the guide, relative to the root of the language.
    """

    path: str
    guide: Guide
    address: str
    url: str


def moved(found: Sequence[Guide], addresses: Addresses, taken: Container[str]) -> tuple[list[Moved], list[str]]:
    """Return a page for each old address of a guide, and a sentence for each address that cannot be used.

    taken: the paths of the files of the site. A page of the site is never overwritten.
    """
    targets, faults = guides.moved(found)
    pages = []
    for old, guide in targets.items():
        path, url = f"{old}/index.html", addresses[f"{guide.slug}{SUFFIX}"]
        if path in taken:
            faults.append(f"{guide.path}: the old address {old} is taken by a page of the site. Remove it.")
        else:
            pages.append(Moved(path, guide, relative(url, f"{old}/"), "" if url == "./" else url))
    return pages, faults
