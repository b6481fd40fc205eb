"""Write the root of a site: the pages and files that do not belong to a language."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from generator import built, templates
from generator.built_site import PACKS, SUMS
from generator.edition import Edition
from generator.policy import policy
from generator.site import Site
from i18n.locales import Locale


@dataclass(frozen=True)
class Facts:
    """What mkdocs.yml says about the whole site.

    name: its name in English.
    description: its description in English.
    url: its address, with a slash at its end.
    onion: the address of its onion service; empty without one.
    """

    name: str
    description: str
    url: str
    onion: str


def write(
    site: Path,
    making: Path,
    theme: Path,
    facts: Facts,
    pages: Mapping[Locale, Collection[str]],
    locales: Path,
    values: Mapping[str, Any],
) -> None:
    """Write the root of a site. Each file is replaced as a whole. Raises OSError.

    site: the folder of the site.
    making: a folder to work in.
    theme: the folder of the templates.
    facts: what mkdocs.yml says about the whole site.
    pages: for each language, the paths of the pages that offer themselves to search engines.
    locales: the folder of the catalogs.
    values: the values of data/.
    """
    env = templates.plain(theme)
    announced: dict[str, list[Locale]] = defaultdict(list)
    for locale, paths in pages.items():
        for path in paths:
            announced[path].append(locale)
    given = {
        "site": facts,
        "editions": [Edition(Site(locales, values), locale) for locale in pages],
        "url": facts.url,
        "path": urlsplit(facts.url).path,
        "announced": announced,
        # It needs no escaping: its single quotes do not end an attribute.
        "policy": Markup(policy(style="'self'", img="'self' data:")),
    }
    for name in sorted(env.list_templates()):
        (making / name).write_text(env.get_template(name).render(given), encoding="utf-8")
    for name in env.list_templates():
        os.replace(making / name, site / name)
    # Without this file, GitHub Pages leaves out files whose names start with an underscore.
    (site / ".nojekyll").touch()


def withdraw(site: Path, kept: Collection[str]) -> list[str]:
    """Remove what another build left and would seem to be part of this one: other languages, packs and checksums.

    kept: the tags of the languages that stay.
    Returns the names of what was removed. Files that our commands did not make stay.
    """
    gone = [tag for tag in sorted(built.tags(site)) if tag not in kept]
    built.forget(site, gone)
    folders = [path for path in (*(site / tag for tag in gone), site / PACKS) if path.is_dir()]
    for folder in folders:
        shutil.rmtree(folder)
    names = [f"{folder.name}/" for folder in folders]
    if (site / SUMS).exists():
        (site / SUMS).unlink()
        names.append(SUMS)
    return names
