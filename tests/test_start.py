"""What stands between the title of a page and its text, and what stands below the text."""

from __future__ import annotations

import pytest

from tests.project import Project, edit, lay_out

MORE = "\n## Second { #second }\n\nWords.\n\n### Third { #third }\n\nWords.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The site with three pages that follow each other; one of them has several headings."""
    project = lay_out(tmp_path_factory.mktemp("start"))
    edit(project.root / "mkdocs.yml", "  roles:\n", "  roles:\n    steps: [help, water, about]\n")
    project.guide("water").write_text(project.guide("water").read_text(encoding="utf-8") + MORE, encoding="utf-8")
    # The title of this page has no translation.
    project.catalog("fr", "about").unlink()
    done = project.publish("en", "fr")
    assert done.returncode == 0, done.stderr
    return project


def test_page_says_which_step_it_is(built: Project) -> None:
    """A page in the list of steps says its number, and leads to the one before and the one after."""
    page = built.page("en", "water")
    assert '<b id="step">Step 2 of 3</b>' in page
    assert 'Before: <a href="../help/">Help</a>' in page
    assert 'Next: <a href="../about/">About this site</a>' in page
    assert "Before:" not in built.page("en", "help")
    assert "Next:" not in built.page("en", "about")


def test_page_outside_of_the_steps_says_nothing(built: Project) -> None:
    assert 'id="step"' not in (built.root / "site/en/index.html").read_text(encoding="utf-8")


def test_contents_stand_before_the_text(built: Project) -> None:
    """The headings of the second and third level are one closed line between the title and the text, and only there."""
    page = built.page("en", "water")
    start = page.index('<details class="contents">')
    contents = page[start : page.index("</details>", start)]
    assert page.index("</h1>") < page.index(contents) < page.index('<h2 id="second"')
    assert '<a href="#second">Second</a><ul>\n<li><a href="#third">Third</a></li>' in contents
    assert page.count('href="#third"') == 1


def test_page_without_headings_has_no_contents(built: Project) -> None:
    assert 'class="contents"' not in built.page("en", "about")


def test_days_are_below_the_text(built: Project) -> None:
    """Under the title stands only the day of the check, as a link to the rest, which stands below the text."""
    page = built.page("en", "help")
    assert '<p class="checked"><a href="#checked">Checked on 22 November 2026.</a></p>' in page
    assert page.index("If that day has passed") > page.index("litres of water a day")
    assert '<p class="checked" id="checked">' in page


def test_step_without_a_translated_title_is_marked(built: Project) -> None:
    """The title of the next step is marked as English where it is not translated."""
    assert '<a href="../about/" lang="en" dir="ltr">About this site</a>' in built.page("fr", "water")
