"""What the theme's templates are given, and the files that are made beside the pages of guides."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader

from generator import policy
from generator.edition import Edition
from generator.moved import moved

_BETWEEN = re.compile(r"(<(pre|script)\b.*?</\2>)|[ \t]*\n[ \t\n]*", re.DOTALL)


def plain(folder: Path) -> Environment:
    """Return the templates in `folder`, which are not pages of a guide."""
    return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def prepare(env: Environment, edition: Edition, compiled: Path) -> None:
    """Give the templates of `env` the words, the formats and the policy of a language.

    compiled: a folder that keeps templates compiled, so that this is not done once a language and build.
    """
    compiled.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    words, languages = edition.words, edition.site.values.get("languages") or {}
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
    )
    env.globals |= edition.speak(edition.locale.tag).formats | {
        "edition": edition,
        "policy": policy.policy,
        "policy_of": policy.of_page,
        "leave": (languages.get(edition.locale.name) or {}).get("leave", "about:blank"),
    }


def context(edition: Edition, slug: str, address: str) -> dict[str, Any]:
    """Return what the template of a page needs besides.

    slug: of its guide. address: below the root of the language, "" or "help/".
    """
    up = "../" * (address.count("/") + 1)
    return {
        # Headings that stay in English say so where they are repeated.
        "english_headings": edition.english_anchors(slug),
        "coverage": edition.coverage.get(slug),
        "languages": [
            {"locale": locale, "url": f"{up}{locale.tag}/{address}", "here": locale == edition.locale}
            for locale in edition.site.menu
        ],
    }


def beside(
    env: Environment, edition: Edition, name: str, url: str, taken: Container[str]
) -> tuple[dict[str, str], list[str]]:
    """Return the files that are made once all pages are, by path, and a sentence for each that cannot be.

    name: of the site in this language, as HTML. url: of the root of this language. taken: paths of other files.
    """
    roles, site = edition.site.roles, edition.site
    pages, faults = moved(site.guides, site.addresses, taken)
    files = {page.path: env.get_template("moved.html").render(page=page, url=url) for page in pages}
    if roles.search:
        files[f"{roles.search}/pages.js"] = edition.search_script()
    if feed := edition.feed(name, url):
        files[f"{roles.feed}.xml"] = feed
    return files, faults


def squeezed(output: str) -> str:
    """Return a page without what templates leave around the ends of lines, which weighs; code is unchanged."""
    return _BETWEEN.sub(lambda found: found[1] or "\n", output)
