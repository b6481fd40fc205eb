"""Each page is marked with its language and direction, and so is each block in another language.

Letters of a script that the language is not written in show that such a mark is missing. Names and abbreviations in
Latin letters are normal in every language. A run of Latin words is noted if all words of the theme are translated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from lxml import html

from checks import Note, Project
from generator.built_site import BuiltPage, elements
from i18n.catalogs import SITE
from i18n.locales import Locale

_LETTERS = re.compile(r"[^\W\d_]+")

_LATIN_SENTENCE = re.compile(r"\b(?:[a-zà-ÿ]+[ ,]+){3,}[a-zà-ÿ]+\b")
"""Finds four words in a row in small Latin letters. Titles and names are written with capitals."""

_SCRIPTS = {
    "Latn": {"LATIN"},
    "Arab": {"ARABIC"},
    "Cyrl": {"CYRILLIC"},
    "Hans": {"CJK", "FULLWIDTH"},
    "Hant": {"CJK", "FULLWIDTH"},
    "Grek": {"GREEK"},
    "Hebr": {"HEBREW"},
    "Jpan": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "FULLWIDTH"},
    "Kore": {"HANGUL", "CJK"},
    "Deva": {"DEVANAGARI"},
    "Ethi": {"ETHIOPIC"},
    "Armn": {"ARMENIAN"},
    "Geor": {"GEORGIAN"},
    "Beng": {"BENGALI"},
    "Taml": {"TAMIL"},
    "Thai": {"THAI"},
    "Khmr": {"KHMER"},
    "Mymr": {"MYANMAR"},
    "Sinh": {"SINHALA"},
}
"""For each script, in CLDR's spelling, the words with which Unicode's names of its letters begin."""

_SILENT = ("script", "style", "template", "code", "kbd", "samp", "bdi", "title")


def check(project: Project) -> Iterator[str]:
    spoken = {
        locale.tag
        for (locale, name), (_, catalog) in project.catalogs.items()
        if name == SITE and not catalog.untranslated_entries()
    }
    for page in project.site.pages:
        root = page.tree
        locale = page.locale or Locale.of("en")
        for name, value in (("lang", locale.tag), ("dir", locale.direction)):
            if root.get(name) != value:
                yield f'{page.path}:1: <html> has {name}="{root.get(name, "")}". Write {name}="{value}".'
        for element in elements(page):
            yield from _marks(page, element)
            yield from _script(page, element, spoken)


@cache
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.of(tag.replace("-", "_"))
    except ValueError:
        return None


@cache
def _names(tag: str) -> set[str]:
    """Return the words with which Unicode's names of a language's letters begin."""
    locale = _locale(tag)
    return _SCRIPTS.get(locale.script, set()) if locale else set()


def _inherited(element: html.HtmlElement, name: str) -> str:
    return next((one.get(name, "") for one in (element, *element.iterancestors()) if one.get(name)), "")


def _marks(page: BuiltPage, element: html.HtmlElement) -> Iterator[str]:
    tag = element.get("lang")
    # `check` looks at <html>, and <bdi> takes its direction from its words.
    if tag is None or element.tag in ("html", "bdi"):
        return
    locale = _locale(tag)
    if locale is None:
        yield f'{page.at(element)}: lang="{tag}" is not a language. Use a code such as "fr" or "zh-Hans".'
    elif _inherited(element, "dir") != locale.direction:
        yield f'{page.at(element)}: <{element.tag} lang="{tag}"> lacks dir="{locale.direction}". Add it.'


def _script(page: BuiltPage, element: html.HtmlElement, spoken: set[str]) -> Iterator[str]:
    texts = [text for text in (element.text, *(child.tail for child in element)) if text and not text.isspace()]
    if not texts or element.tag in _SILENT or any(one.tag in _SILENT for one in element.iterancestors()):
        return
    lang = _inherited(element, "lang")
    names = _names(lang)
    if not names:
        return
    for text in texts:
        for word in _LETTERS.findall(text):
            if not _names_of(word) & (names | {"LATIN"}):
                yield f'{page.at(element)}: "{word}" is not written in the script of {lang}. Mark it with lang and dir.'
        if "LATIN" not in names and lang in spoken:
            for found in _LATIN_SENTENCE.findall(text):
                yield Note(f'{page.at(element)}: "{found}" is not {lang}. Check that it is marked with lang and dir.')


@cache
def _names_of(word: str) -> set[str]:
    return {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
