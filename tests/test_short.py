"""The short version of a guide: a text file beside its page, in the language of the page."""

from __future__ import annotations

from pathlib import Path

from generator import short
from tests.project import Project, edit, lay_out

BLOCK = """/// html | div.short
Do **not** drink tap water.

- Call a neighbour.
- Ask for safe water.
///

[As a text file](help.txt)

## First steps { #first }
"""


def with_short(folder: Path) -> Project:
    project = lay_out(folder)
    edit(project.guide("help"), "## First steps { #first }\n", BLOCK)
    return project


def test_lines_of_a_short_version() -> None:
    """Paragraphs and items become lines of plain text; an item begins with a hyphen, also one that has paragraphs."""
    page = (
        '<p>Before.</p><div class="short"><p>Do <strong>not</strong> drink\nit.</p><ul><li>Call &amp; ask.</li>'
        "<li><p>Wait.</p></li></ul></div><p>After.</p>"
    )
    assert short.of_page(page) == short.Short(("Do not drink it.", "- Call & ask.", "- Wait."), (), False)


def test_page_without_a_short_version_has_none() -> None:
    assert short.of_page("<p>Words.</p>") is None


def test_short_version_is_a_text_file_beside_its_page(tmp_path: Path) -> None:
    """The file has the title, the lines and the day, in an encoding that every editor of text opens rightly."""
    project = with_short(tmp_path)
    done = project.publish("en")
    assert done.returncode == 0, done.stderr
    content = (project.root / "site/en/help.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "Help",
        "",
        "Do not drink tap water.",
        "- Call a neighbour.",
        "- Ask for safe water.",
        "",
        "Checked on 22 November 2026.",
        "General information, not legal advice.",
        "",
    ]
    assert '<a href="../help.txt">As a text file</a>' in project.page("en", "help")
    assert not (project.root / "site/en/water.txt").exists()
    assert not (project.root / "site/en/short.txt").exists()


def test_short_version_is_translated_like_the_page(tmp_path: Path) -> None:
    """The file of a language has the translated lines; as long as one is in English, it says so in its first lines."""
    project = with_short(tmp_path)
    assert project.run("-m", "i18n", "update").returncode == 0
    path = project.catalog("fr", "help")
    edit(
        path,
        'msgid "Do **not** drink tap water."\nmsgstr ""',
        'msgid "Do **not** drink tap water."\nmsgstr "Ne buvez **pas** l’eau du robinet."',
    )
    done = project.publish("fr")
    assert done.returncode == 0, done.stderr
    lines = (project.root / "site/fr/help.txt").read_text(encoding="utf-8-sig").splitlines()
    assert "Ne buvez pas l’eau du robinet." in lines
    assert "- Ask for safe water." in lines
    assert lines[1] == "Some of these lines are in English: they are not translated yet."


def test_link_to_the_text_of_a_guide_without_one_is_a_fault(tmp_path: Path) -> None:
    """A writer who links to a text file that the build does not make is told so."""
    project = lay_out(tmp_path)
    edit(project.guide("help"), "1. Call a neighbour.", "1. [Call](help.txt) a neighbour.")
    done = project.publish("en")
    assert done.returncode == 1
    assert "there is no file help.txt in guides/" in done.stderr
