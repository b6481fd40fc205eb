"""The nav of mkdocs.yml, as every part of the program reads it. Cases are in tests/cases/nav/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from i18n import nav
from i18n.guides import GuideError
from tests.project import NAV, edit, lay_out

CASES = sorted((Path(__file__).parent / "cases/nav").glob("*.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_nav(case: Path) -> None:
    """Each case states its fact: a nav, the guides it lists under each section, and the words that are translated."""
    expected = yaml.safe_load(case.read_text(encoding="utf-8"))
    assert [list(each) for each in nav.guides(expected["nav"], ("help", "index", "about"))] == expected["guides"]
    assert [list(each) for each in nav.words(expected["nav"])] == expected["words"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([{"Start": None}], "mkdocs.yml: in nav, Start has nothing below it. Write the names of guides there"),
        (["index.md", 7], "mkdocs.yml: 7 in nav is neither a page nor a section. Write the name"),
        ("index.md", "mkdocs.yml: nav is not a list. Write the names of guides below it, such as - index.md."),
        ([["index.md"]], "mkdocs.yml: ['index.md'] in nav is neither a page nor a section."),
    ],
)
def test_what_is_not_a_nav(given: Any, says: str) -> None:
    """An entry that is neither a page nor a section is refused in a sentence."""
    with pytest.raises(GuideError) as raised:
        nav.sections(given)
    assert str(raised.value).startswith(says)


WRITTEN = """nav:
  - index.md
  - Start:
      - Get help: help.md
      - Inner:
          - about.md
      - Elsewhere: https://www.example.org/
"""


def test_site_with_a_nested_nav(tmp_path: Path) -> None:
    """A nav with pages outside of a section, sections in sections, titles and links is built, listed and followed."""
    project = lay_out(tmp_path)
    edit(project.root / "mkdocs.yml", NAV, WRITTEN)
    done = project.publish("fr")
    assert (done.returncode, done.stderr) == (0, "")
    listed = project.page("fr", "").partition('<div class="macro-pages"')[2].partition("</div>")[0]
    assert '<a href="help/">Aide</a>' in listed
    start, inner = (f'<b><span lang="en" dir="ltr">{title}</span></b>' for title in ("Start", "Inner"))
    assert listed.index("Première page") < listed.index(start) < listed.index("Aide")
    assert listed.index("Aide") < listed.index(inner) < listed.index("À propos de ce site")
    menu = project.page("fr", "help").partition('id="menu-pages"')[2].partition("</nav>")[0]
    assert '<li><a href="..">Première page</a></li>' in menu
    assert '<a href="./" aria-current="page">Aide</a>' in menu
    assert '<a href="../about/"><span lang="en" dir="ltr">Inner</span></a>' in menu
    assert '<a href="https://www.example.org/" rel="noreferrer"><span lang="en" dir="ltr">Elsewhere</span></a>' in menu
    assert (
        '<b><span lang="en" dir="ltr">Inner</span></b>' in project.page("fr", "about").partition('id="menu-pages"')[2]
    )
    assert project.run("-m", "i18n", "update").returncode == 0
    words = project.catalog("fr", "site").read_text(encoding="utf-8")
    assert all(f'msgctxt "nav"\nmsgid "{title}"' in words for title in ("Start", "Inner", "Elsewhere"))
