"""Prepare the templates of the theme, and make the files that are published beside the pages of guides."""

from __future__ import annotations

import html
import re
from collections.abc import Container
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from generator import alone, compiled, facing, policy, short
from generator.edition import Edition, english_of
from generator.moved import moved
from generator.site import ENGLISH
from i18n.guides import SUFFIX
from i18n.words import spanned, unmarked

_CODE = re.compile(r"(?s)<(pre|script)\b.*?</\1>")


def plain(folder: Path) -> Environment:
    """Return an environment for the templates in `folder`, none of which is the page of a guide."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        bytecode_cache=compiled.memory(),
        trim_blocks=True,
        lstrip_blocks=True,
    )


NOT_COPIED = ("root/", "serve/", "search/", "site.css", "alone.css", "facing.css", "short.txt", "sitemap.xml")
"""Files of the theme that are not published unchanged: the root of the site, style.css and the search page use them."""


def prepare(env: Environment, edition: Edition, is_serving: bool) -> None:
    """Give the templates of `env` the words, the formats and the policy of a language.

    is_serving: whether the pages are only served on this machine, to somebody who changes them.
    """
    env.bytecode_cache = compiled.memory()
    words, languages = edition.marking, edition.site.values.get("languages") or {}
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
    )
    env.globals |= edition.speak(edition.locale.tag).formats | {
        "edition": edition,
        "policy": policy.policy,
        "policy_of": (lambda script, content: policy.WHILE_SERVING) if is_serving else policy.of_page,
        "policy_alone": policy.WHILE_SERVING if is_serving else policy.ALONE,
        "script_of_alone": alone.element,
        "leave": (languages.get(edition.locale.name) or {}).get("leave", "about:blank"),
    }


def context(edition: Edition, slug: str, address: str) -> dict[str, Any]:
    """Return the further values that the template of a page needs.

    slug: the slug of its guide.
    address: the address of the page, relative to the root of the language: "" or "help/".
    """
    up = "../" * (address.count("/") + 1)
    return {
        "slug": slug,
        # Headings in another language are marked wherever they are repeated.
        "heading_langs": edition.heading_langs(slug),
        "coverage": edition.coverage.get(slug),
        "languages": _languages(edition, slug, up, address),
        "has_facing": edition.has_facing(slug),
    }


def _languages(edition: Edition, slug: str, up: str, address: str, below: str = "") -> list[dict[str, Any]]:
    """Return the languages that a page links to.

    up: the way from the page to the root of the site.
    address: the address of the guide, relative to the root of a language.
    below: the address of the page, relative to that of the guide. English has only the guide.
    """
    return [
        {
            "locale": locale,
            "url": f"{up}{locale.tag}/{address}{'' if locale == ENGLISH else below}",
            "here": locale == edition.locale,
            "is_english": locale == ENGLISH,
            "share": edition.share(locale, slug),
        }
        for locale in edition.site.menu
    ]


def beside(
    env: Environment, edition: Edition, name: str, url: str, taken: Container[str], done: Container[str] = ()
) -> tuple[dict[str, str], list[str]]:
    """Return the files that are made after all pages, by path, and a sentence for each file that cannot be made.

    env: the templates of the theme.
    edition: the site in one language.
    name: the name of the site in this language, as HTML.
    url: the address of the root of this language.
    taken: the paths of all other files.
    done: the slugs of guides whose pages are complete already.
    """
    roles, site = edition.site.roles, edition.site
    pages, faults = moved(site.guides, site.addresses, taken)
    template = env.get_template("moved.html")
    tag = edition.locale.tag
    files = {page.path: spanned(template.render(page=page, url=url), tag) for page in pages}
    if roles.search in site.by_slug:
        files[f"{roles.search}/pages.js"] = edition.search_script()
    if feed := edition.feed(name, url):
        files[f"{roles.feed}.xml"] = feed
    files |= _facing(env, edition, done)
    template = env.get_template("short.txt")
    for slug, found in edition.short_versions().items():
        guide = site.by_slug[slug]
        text = template.render(title=edition.title(guide), short=found, reviewed=guide.meta.get("reviewed"))
        # The byte order mark and the ends of lines are for the editor of Windows, which shows letters wrongly without.
        files[short.file_of(slug)] = "\ufeff" + unmarked(html.unescape(text)).rstrip().replace("\n", "\r\n") + "\r\n"
    return files, faults


def _facing(env: Environment, edition: Edition, done: Container[str]) -> dict[str, str]:
    """Return the pages on which a guide has its English beside it, by path. done: the slugs of guides to leave out."""
    files: dict[str, str] = {}
    template = env.get_template("facing.html")
    guides = [guide for guide in edition.site.guides if guide.slug not in done and edition.has_facing(guide.slug)]
    english = english_of(edition.site) if guides else edition
    for guide in guides:
        address = edition.site.addresses[f"{guide.slug}{SUFFIX}"].removeprefix("./")
        depth = address.count("/") + 1
        made = template.render(
            # In a title, words without a translation cannot be marked.
            comparing=edition.words.pgettext("notice", "Compare it with the English"),
            title=edition.meta(guide).get("title", guide.slug),
            content=facing.faced(edition.page(guide).html, english.text(guide), "../"),
            languages=_languages(edition, guide.slug, "../" * (depth + 1), address, f"{facing.FOLDER}/"),
            up="../" * depth,
        )
        files[f"{address}{facing.FOLDER}/index.html"] = finished(made, edition.locale.tag)
    return files


def finished(output: str, lang: str) -> str:
    """Return a page as it is published: words of templates in another language marked, no spaces between blocks.

    These spaces and empty lines, which templates leave, cost bytes. Code is unchanged.
    lang: the tag of the language of the page.
    """
    made = spanned(output, lang)
    parts: list[str] = []
    start = 0
    for code in _CODE.finditer(made):
        parts += [_dense(made[start : code.start()]), code[0]]
        start = code.end()
    return "".join([*parts, _dense(made[start:])])


def _dense(text: str) -> str:
    """Return HTML without empty lines, and without spaces at the ends of lines. The first and last may go on."""
    first, *lines = text.split("\n")
    if not lines:
        return text
    last = lines.pop()
    inner = [stripped for line in lines if (stripped := line.strip(" \t"))]
    return "\n".join([first.rstrip(" \t"), *inner, last.lstrip(" \t")])
