"""Make the pages that are complete alone: style and script inside, no other request.

A guide with the role `alone` gets the template `alone.html`. Its script is the macro with its name: the JavaScript
modules in `macros/prepare/` belong to `guides/prepare.md`. The script gets one constant, DATA, as JSON:

- official: for each language that the front matter of the guide names (`official: [en, fr]`), the words of the guide
  whose anchors begin with `w-`, by anchor, and `english`, the list of the anchors whose words are in English because
  they lack a translation;
- whatever the function `values` in `macros/prepare/prepare.py` picks from data/.

The page is written twice, as `prepare/index.html` and, to download, as `prepare/prepare.html`. The bytes are the same,
and they are the same on every mirror, because the page does not name the address of the site.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import rjsmin  # type: ignore[import-untyped]  # it has no types

from generator import macros, modules, policy, style
from generator.edition import Edition
from generator.modules import ModuleError
from generator.site import ENGLISH
from generator.values import ValuesError
from i18n import coverage
from i18n.guides import Guide
from i18n.language import language_of
from i18n.locales import Locale
from i18n.unit import plain

WORDS = "w-"
"""The beginning of the anchors of words that the script shows in the official languages."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_DATA = re.compile(r"^const DATA=(.*);$", re.MULTILINE)
_TOKEN = re.compile(r"[a-z][\w-]*")
_small = cache(rjsmin.jsmin)


def file_of(slug: str) -> str:
    """Return the name of the file to download, relative to the folder of the page."""
    return f"{slug}.html"


def path_of(slug: str) -> str:
    """Return the path of the file to download, relative to the root of a language."""
    return f"{slug}/{file_of(slug)}"


# ── the script ───────────────────────────────────────────────────────────────────────────────────────────────────────


def programs(edition: Edition) -> tuple[dict[str, str], list[str]]:
    """Return the program of each page that is complete alone, by slug, and a sentence for each that cannot be made.

    A page without its program is still a page: what stands there without scripts.
    """
    found, faults = {}, []
    for slug in edition.site.roles.alone:
        if guide := edition.site.by_slug.get(slug):
            try:
                found[slug] = _program(edition, guide)
            except ModuleError as error:
                faults.append(str(error))
    return found, faults


def _program(edition: Edition, guide: Guide) -> str:
    """Return the data and the modules of a page as a program; empty without modules. Raises ModuleError."""
    folder = edition.site.macros / guide.slug
    joined = modules.of_folder(folder)
    if not joined:
        return ""
    data = {"official": official(edition, guide), **_values(edition, guide.slug)}
    try:
        # A "<" could end the script element.
        written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    except (TypeError, ValueError) as error:
        raise ModuleError(f"{folder / guide.slug}.py: values() gives what JSON cannot hold: {error}.") from None
    # A line of its own, because `vocabulary` reads it.
    return f'(()=>{{"use strict";\nconst DATA={written};\n{_small(joined).strip()}}})();'


def _values(edition: Edition, name: str) -> dict[str, Any]:
    """Return what `values` in the file of a macro picks from data/; empty without this function. Raises ModuleError."""
    path = edition.site.macros / name / f"{name}.py"
    try:
        values = macros.helpers(path).get("values")
        return dict(values(edition.site.values)) if values else {}
    except ValuesError as error:
        raise ModuleError(f"{path}: values() failed: {error}") from None
    except Exception as error:  # Whatever the file raises, its writer gets a sentence and the build continues.
        raise ModuleError(f"{path}: values() failed: {error!r}. Correct it, or the entries of data/.") from None


def official(edition: Edition, guide: Guide) -> dict[str, dict[str, Any]]:
    """Return the words of a guide in the official languages, by the tag of the language and the anchor of the words.

    Each language also has `english`, the list of the anchors whose words are in English for lack of a translation.
    Raises ModuleError.
    """
    units = {anchor: unit for anchor, unit in guide.source.phrases.items() if anchor.startswith(WORDS)}
    if calling := next((anchor for anchor, unit in units.items() if "{{" in unit.msgid), ""):
        raise ModuleError(f'{guide.path}: the words "{calling}" contain a call. Write it outside of them.')
    languages = edition.site.values.get("languages")
    found: dict[str, dict[str, Any]] = {}
    for locale in official_languages(guide):
        said = {anchor: unit.msgid for anchor, unit in units.items()}
        if locale != ENGLISH:
            # The edition of that language reports the faults of its catalog.
            known = language_of(locale.name, languages, [])
            translation, _ = coverage.translation_of(guide, locale, edition.site.locales, known)
            chosen = {anchor: translation.choose(unit).words for anchor, unit in units.items()}
            said |= {anchor: words for anchor, words in chosen.items() if words is not None}
            english = [anchor for anchor, words in chosen.items() if words is None]
        else:
            english = []
        found[locale.tag] = {**{anchor: plain(words) for anchor, words in said.items()}, "english": english}
    return found


def official_languages(guide: Guide) -> list[Locale]:
    """Return the languages that the front matter of a guide calls official, in their order. Raises ModuleError."""
    names = guide.meta.get("official") or []
    try:
        return [Locale.of(str(name)) for name in names]
    except (TypeError, ValueError):
        raise ModuleError(
            f"{guide.path}:1: official is not a list of languages. Write the names of their folders: [en, pt_BR]."
        ) from None


def element(html: str, program: str) -> str:
    """Return the one script element of a page.

    html: the script elements of the theme.
    program: what comes after them.
    """
    parts = [_small(inside).strip() for inside in _SCRIPT.findall(html)]
    return f"<script>{''.join([*parts, program])}</script>"


# ── the style, and the files ─────────────────────────────────────────────────────────────────────────────────────────


def finish(pages: Path, edition: Edition, site: Path, folder: Path) -> None:
    """Put its style into each page in the folder `pages` that is complete alone, and write its file to download.

    site: the file of the site's sheet.
    folder: the folder of macros.
    Raises OSError.
    """
    for slug in edition.site.roles.alone:
        path = pages / slug / "index.html"
        if slug in edition.site.by_slug and path.is_file():
            html = path.read_text(encoding="utf-8")
            words = vocabulary(html)
            made = policy.with_style(html, style.of_alone(words, site, folder, edition.site.roles.alone, slug))
            for file in (path, pages / path_of(slug)):
                file.write_text(made, encoding="utf-8")


def vocabulary(html: str) -> set[str]:
    """Return everything that a selector could name in a page, also after its script has changed it.

    Each word of the script may be a tag, class or attribute that it makes; each official language may be marked.
    """
    script = "".join(_SCRIPT.findall(html))
    data = _DATA.search(script)
    made = set(_TOKEN.findall(script.replace(data[0], "") if data else script))
    tags = json.loads(data[1])["official"] if data else ()
    return (
        style.vocabulary(html)
        | made
        | {f".{word}" for word in made}
        | {f"[{word}" for word in made}
        | {f":lang({tag})" for tag in tags}
    )
