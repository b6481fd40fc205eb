"""Make the pages that are complete alone: style and script inside, no other request.

A guide with the role `alone` gets the template `alone.html`. Its script is the macro with its name: the JavaScript
modules in `macros/prepare/` belong to `guides/prepare.md`. The script gets one constant, DATA:

- official: for each language that the front matter of the guide names (`official: [en, fr]`), the words of the guide
  whose anchors begin with `w-`, by anchor, and `english`, the list of the anchors whose words are in English because
  they lack a translation. The language of the page is not among them, because the page has these words itself;
- whatever the function `values` in `macros/prepare/prepare.py` picks from data/.

The page is written twice, as `prepare/index.html` and, to download, as `prepare/prepare.html`. The bytes are the same,
and they are the same on every mirror, because the page does not name the address of the site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import Any

import minify_html
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
from i18n.unit import Unit, plain

WORDS = "w-"
"""The beginning of the anchors of words that the script shows in the official languages."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`")
_TOKEN = re.compile(r"[a-z][\w-]*")
_CLASSES = re.compile(r'(?<=[\w"]) class="([^"]*)"(?=[^<>]*>)')
_PROGRAM = '(()=>{"use strict";'
"""The beginning of the program of a page, after the script of the theme."""
_UNPACK = """(keys,english,lists,values)=>({official:Object.fromEntries(Object.entries(lists).map(([tag,said])=>[tag,\
{...Object.fromEntries(keys.map((key,place)=>[key,said[place]||english[place]])),\
english:keys.filter((key,place)=>!said[place])}])),...values})"""
"""JavaScript that makes DATA of the anchors, their English, their words in each language, and the values."""
_KEYS = f'[...document.querySelectorAll("[id^={WORDS}]")].map(each=>each.id)'
"""JavaScript that gives these anchors. The page has them, in the order of the guide, so its script need not."""

_small = cache(rjsmin.jsmin)


def file_of(slug: str) -> str:
    """Return the name of the file to download, relative to the folder of the page."""
    return f"{slug}.html"


def path_of(slug: str) -> str:
    """Return the path of the file to download, relative to the root of a language."""
    return f"{slug}/{file_of(slug)}"


# ── the script ───────────────────────────────────────────────────────────────────────────────────────────────────────


def programs(edition: Edition, done: Container[str] = ()) -> tuple[dict[str, str], list[str]]:
    """Return the program of each page that is complete alone, by slug, and a sentence for each that cannot be made.

    A page without its program is still a page, as it is with scripts off.

    done: the slugs of pages whose files are complete already.
    """
    found, faults = {}, []
    for slug in edition.site.roles.alone:
        if slug not in done and (guide := edition.site.by_slug.get(slug)):
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
    said, values = official(edition, guide), _values(edition, guide.slug)
    english = {anchor: plain(unit.msgid) for anchor, unit in _units(guide).items()}
    # What a language lacks is there once, in English, because a page that is complete alone must be light.
    lists = {tag: [words or 0 for words in each.values()] for tag, each in said.items()}
    lacking = [any(not each[place] for each in lists.values()) for place in range(len(english))]
    needed = [words if lacks else 0 for words, lacks in zip(english.values(), lacking, strict=True)]
    try:
        given = ",".join([_KEYS, *map(_json, (needed if any(lacking) else [], lists, values))])
    except (TypeError, ValueError) as error:
        raise ModuleError(f"{folder / guide.slug}.py: values() gives what JSON cannot hold: {error}.") from None
    return f"{_PROGRAM}const DATA=({_UNPACK})({given});{_shorter(joined)}}})();"


@cache
def _shorter(program: str) -> str:
    """Return modules that do the same with fewer signs. Names keep their names."""
    small: str = minify_html.minify(f"<script>{_small(program)}</script>", minify_js=True)
    return small.removeprefix("<script>").removesuffix("</script>")


def _json(value: object) -> str:
    """Return a value as JSON that cannot end a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


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


def official(edition: Edition, guide: Guide) -> dict[str, dict[str, str | None]]:
    """Return the words of a guide in the other official languages, by the tag of the language and the anchor.

    Words that lack a translation are None. Raises ModuleError.
    """
    units, found = _units(guide), {}
    languages = edition.site.values.get("languages")
    for locale in official_languages(guide):
        if locale == ENGLISH:
            chosen: dict[str, str | None] = {anchor: unit.msgid for anchor, unit in units.items()}
        else:
            # The edition of that language reports the faults of its catalog.
            known, is_sound = language_of(locale.name, languages, []), edition.is_sound(locale, guide)
            translation, _ = coverage.translation_of(guide, locale, edition.site.locales, known, is_sound=is_sound)
            chosen = {anchor: translation.choose(unit).words for anchor, unit in units.items()}
        if locale != edition.locale:
            found[locale.tag] = {anchor: words and plain(words) for anchor, words in chosen.items()}
    return found


def _units(guide: Guide) -> dict[str, Unit]:
    """Return the words of a guide that its script shows, by anchor. Raises ModuleError."""
    units = {anchor: unit for anchor, unit in guide.source.phrases.items() if anchor.startswith(WORDS)}
    if calling := next((anchor for anchor, unit in units.items() if "{{" in unit.msgid), ""):
        raise ModuleError(f'{guide.path}: the words "{calling}" contain a call. Write it outside of them.')
    return units


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


def finish(pages: Path, edition: Edition, theme: Path, done: Container[str] = ()) -> None:
    """Make each page in the folder `pages` that is complete alone small, put its style into it, and write its file.

    theme: the folder of the theme.
    done: the slugs of pages whose files are complete already.
    Raises OSError.
    """
    folder, names = edition.site.macros, edition.site.roles.alone
    for slug in names:
        path = pages / slug / "index.html"
        if slug in edition.site.by_slug and slug not in done and path.is_file():
            html = path.read_text(encoding="utf-8")
            words = style.vocabulary(html) | _of_theme(html) | _made(folder / slug, edition.site.by_slug[slug])
            sheet = style.of_alone(words, theme / "alone.css", theme / "site.css", folder, names, slug)
            made = policy.sealed(_smaller(html, sheet))
            for file in (path, pages / path_of(slug)):
                file.write_text(made, encoding="utf-8")


def _smaller(html: str, sheet: str) -> str:
    """Return a page with its style, and without what browsers do not need to read it."""
    script = "".join(_SCRIPT.findall(html))
    html = _CLASSES.sub(lambda found: _class(found[1].split(), sheet, script), html)
    small: str = minify_html.minify(
        html.replace("<style></style>", f"<style>{sheet}</style>", 1),
        minify_css=False,
        minify_js=False,
        keep_closing_tags=True,
        keep_html_and_head_opening_tags=True,
    )
    return f"{small}\n"


def _class(classes: list[str], sheet: str, script: str) -> str:
    """Return the attribute with those of `classes` that a style or a script names; empty without any."""
    used = [name for name in classes if f".{name}" in sheet or name in script]
    return f' class="{" ".join(used)}"' if used else ""


def _made(folder: Path, guide: Guide) -> set[str]:
    """Return what the script of a guide may add to the vocabulary of its page; nothing if it cannot be made.

    Each word in a string of its modules may be a tag, a class or an attribute. Official languages may be marked.
    """
    try:
        script, languages = _small(modules.of_folder(folder)), official_languages(guide)
    except ModuleError:
        return set()
    return _named(script) | {f":lang({locale.tag})" for locale in languages}


def _of_theme(html: str) -> set[str]:
    """Return what the script of the theme may add to the vocabulary of a page: whoever leaves it sees nothing of it."""
    return {name for script in _SCRIPT.findall(html) for name in _named(script.partition(_PROGRAM)[0])}


def _named(script: str) -> set[str]:
    """Return the tags, classes and attributes that the strings of a script may name."""
    words = {word for string in _STRING.findall(script) for word in _TOKEN.findall(string)}
    return words | {f".{word}" for word in words} | {f"[{word}" for word in words}
