"""A site built by several machines has the same bytes as one built by a single machine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.built import FOLDER, lost, read, shares
from i18n.locales import Locale
from i18n.nav import order
from tests.project import Project, edit, lay_out


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny site in two parts, as two jobs build it, brought together and not assembled yet."""
    project = lay_out(tmp_path_factory.mktemp("parts"))
    planned = project.publish("--plan", "2")
    assert planned.returncode == 0, planned.stderr
    for number, share in enumerate(json.loads(planned.stdout)):
        done = project.publish("--part", *share.split(), SITE_DIR=f"part{number}")
        assert done.returncode == 0, done.stderr
        assert not (project.root / f"part{number}" / "index.html").exists()
        shutil.copytree(project.root / f"part{number}", project.root / "site", dirs_exist_ok=True)
    return project


@pytest.fixture
def project(parts: Project, tmp_path: Path) -> Project:
    """The same, to be assembled or spoiled."""
    shutil.copytree(parts.root, tmp_path / "parts")
    return Project(tmp_path / "parts")


def test_assembled_site_is_the_site_built_in_one_go(project: Project, tmp_path: Path) -> None:
    """The assembled site is the same, byte for byte, and so are the manifests."""
    done = project.publish("--assemble")
    assert done.returncode == 0, done.stderr
    (tmp_path / "whole").mkdir()
    whole = lay_out(tmp_path / "whole")
    in_one_go = whole.publish(PYTHONHASHSEED="7")
    assert in_one_go.returncode == 0
    assert project.files() == whole.files()
    assert done.stdout == in_one_go.stdout


def test_missing_part_is_named(project: Project) -> None:
    """A site that lacks a language is not assembled, and the message names the command that builds it."""
    shutil.rmtree(project.root / "site" / "fr")
    done = project.publish("--assemble")
    assert done.returncode == 1
    assert done.stderr == 'site: the part fr is missing. Build it again: make part LOCALE="fr"\n'
    assert not (project.root / "site" / "index.html").exists()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"SITE_URL": "https://example.com/"}, "another address, https://example.org/below/ instead of"),
        ({"SOURCE_DATE_EPOCH": "2"}, "another time of the commit, 1 instead of 2."),
    ],
)
def test_part_of_another_site_is_refused(project: Project, other: dict[str, str], sentence: str) -> None:
    """Parts with different addresses or commits are not assembled."""
    done = project.publish("--assemble", **other)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert not (project.root / "site" / "index.html").exists()


def test_broken_manifest_is_said(project: Project) -> None:
    """A truncated manifest is reported in one sentence with its path."""
    (project.root / "site" / FOLDER / "fr.json").write_text('{"inputs": ', encoding="utf-8")
    done = project.publish("--assemble")
    assert done.returncode == 1
    assert done.stderr.startswith("site/.build/fr.json: this is not the manifest of a build")
    assert "Traceback" not in done.stderr


def test_pages_without_their_manifest_are_said(project: Project) -> None:
    """Packs are not made without a language whose pages are in the site; other folders of the host do not matter."""
    (project.root / "site" / "blog").mkdir()
    (project.root / "site" / "blog" / "index.html").touch()
    assert lost(project.root / "site") == []
    (project.root / "site" / FOLDER / "fr.json").unlink()
    done = project.run("-m", "packs")
    assert done.returncode == 1
    assert 'site/fr: the manifest of these pages is missing. Build it again: make part LOCALE="fr"' in done.stderr
    assert not (project.root / "site" / "packs").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"locale": "fr"', '"locale": "ar"'),
        ('"search": ""', '"serch": ""'),
        ('"path": "help/"', '"path": "../../help/"'),
        ('"path": "help/"', '"path": "/help/"'),
        ('"address": "https://', '"address": "http://[::1'),
        ('"pages": [', f'"pages": [{"[" * 100_000}'),
    ],
)
def test_manifest_of_something_else_is_refused(project: Project, old: str, new: str) -> None:
    """A manifest of another language or engine, or with pages outside of its language, is not used."""
    edit(project.root / "site" / FOLDER / "fr.json", old, new)
    with pytest.raises(ValueError, match=r"fr\.json: this is not the manifest of a build .*make part LOCALE=\"fr\""):
        read(project.root / "site", "fr")


def test_part_with_a_fault_cannot_be_assembled(project: Project) -> None:
    """A part with a fault leaves no manifest, not even an earlier one."""
    edit(project.catalog("fr", "index"), "[Aide](1)", "Aide")
    done = project.publish("--part", "fr")
    assert done.returncode == 1
    assert "The translation lost […](1)" in done.stderr
    assert project.publish("--assemble").returncode == 1


def test_languages_are_shared_out_in_order() -> None:
    """Every language is in one share; the last may be smaller."""
    en, fr, ar = (Locale.of(name) for name in ("en", "fr", "ar"))
    assert shares([en, fr, ar], 2) == [[en, fr], [ar]]
    assert shares([en, fr, ar], 9) == [[en, fr, ar]]
    with pytest.raises(ValueError, match="0 is not a number of languages for one machine"):
        shares([en], 0)


def test_manifest_says_what_a_build_made(project: Project) -> None:
    """The pages of a manifest are in reading order, each with the number of units in each state."""
    made = read(project.root / "site", "fr")
    assert (made.tag, made.address, made.seconds) == ("fr", "https://example.org/below/", 1)
    assert [(page.slug, page.path, page.section, page.is_in_nav) for page in made.pages] == [
        ("index", "", "Start", True),
        ("help", "help/", "Start", True),
        ("water", "water/", "Chez soi", True),
        ("about", "about/", "More", True),
    ]
    assert [(page.title, page.lang) for page in made.pages] == [
        ("Première page", ""),
        ("Aide", ""),
        ("Eau saine", ""),
        ("À propos de ce site", ""),
    ]
    assert made.announced == {"", "help/", "about/"}
    assert made.summary.startswith("fr       Français: ")


def test_pages_that_are_made_to_look_at_are_not_announced(tmp_path: Path) -> None:
    """Search engines are not told of a pseudo-locale, though all of it is translated."""
    project = lay_out(tmp_path)
    assert project.publish("en_XA").returncode == 0
    assert read(project.root / "site", "en-XA").announced == set()


def test_reading_order_is_that_of_a_nested_nav() -> None:
    """A page after a nested section comes after the pages in it, and a page that is named twice is listed once."""
    nested = [
        "index.md",
        {"A": ["a.md", {"B": ["b.md", "gone.md"]}, "c.md", "index.md"]},
        {"Out": "https://example.org"},
    ]
    assert order(nested, {"index", "a", "b", "c"}) == [("", "index"), ("A", "a"), ("B", "b"), ("A", "c")]
    assert order(None, {"b", "index", "a"}) == [("", "index"), ("", "a"), ("", "b")]
