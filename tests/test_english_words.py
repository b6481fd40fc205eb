"""Words around a guide that have no translation: readers of another language see them in English, marked as English."""

from __future__ import annotations

import re

import pytest

from i18n.words import Words, spanned, unmarked
from tests.project import Project, add_guide, add_macro, lay_out

FILES = """---
title: Files
summary: Files.
audience: [reader]
unsourced: It lists files.
---
# Files

{{ packs() }}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The site in English and French, whose French has no translation of "Menu"."""
    project = lay_out(tmp_path_factory.mktemp("words"))
    add_macro(project.root, "packs")
    add_guide(project, "files", FILES, role="downloads")
    done = project.publish("en", "fr")
    assert done.returncode == 0, done.stderr
    return project


def test_words_without_a_translation_are_marked(built: Project) -> None:
    """A word of the theme that is not translated is English for a screen reader; a translated one is not marked."""
    page = built.page("fr", "help")
    assert '<a href="#menu"><span lang="en" dir="ltr">Menu</span></a>' in page
    assert re.search(r">Chez soi</?(a|b)", page)


def test_words_of_macros_are_marked(built: Project) -> None:
    """A word of a macro is marked in a translated block; inside an English block it is in its language already."""
    assert '<p><span lang="en" dir="ltr">There is no file to download here.</span></p>' in built.page("fr", "files")


def test_english_pages_mark_nothing(built: Project) -> None:
    assert '<span lang="en"' not in built.page("en", "help")


def test_no_sign_is_left(built: Project) -> None:
    """The signs around words are gone from every file that is published."""
    for name, content in built.files().items():
        assert not re.search(rb"[\x0e-\x16]", content) or not name.endswith(
            (".html", ".txt", ".xml", ".js", ".json")
        ), name


def test_an_attribute_has_only_the_words() -> None:
    """An attribute cannot say in which language it is, so it has no element in it."""
    words = Words().marking()
    html = f'<nav aria-label="{words.pgettext("page", "Menu")}">{words.pgettext("page", "Menu")} &lt;b&gt;</nav>'
    assert spanned(html, "fr") == '<nav aria-label="Menu"><span lang="en" dir="ltr">Menu</span> &lt;b&gt;</nav>'
    assert unmarked(words.ngettext("%(num)s page", "%(num)s pages", 2)) == "%(num)s pages"


def test_a_value_is_in_the_language_of_the_page() -> None:
    """A date in an English sentence on an Arabic page is Arabic, and the sentence still runs from left to right."""
    words = Words().marking().pgettext("page", "Checked on %(date)s.") % {"date": "27 نوفمبر"}
    assert spanned(words, "ar") == '<span lang="en" dir="ltr">Checked on <bdi lang="ar">27 نوفمبر</bdi>.</span>'
