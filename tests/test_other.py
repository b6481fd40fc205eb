"""The generator is not one site: tests/other/ is about floods, and does all that the site of this project does."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

from generator.macros import Macros
from generator.values import load
from i18n import catalogs
from i18n.words import Words
from tests import system
from tests.project import ENVIRONMENT, OTHER, ROOT, Project, edit, lay_out, served

MACROS = OTHER / "macros"
OF_THIS_PROJECT = re.compile(rb"interpol|red notice|\bCCF\b|arrested", re.IGNORECASE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The site, updated and built as a person does it; only looked at."""
    project = lay_out(tmp_path_factory.mktemp("other"))
    for command in (["-m", "i18n", "update"], ["publish.py"]):
        done = project.run(*command)
        assert (done.returncode, done.stderr) == (0, "")
    return project


def with_our_words(files: dict[str, bytes]) -> list[str]:
    return [name for name, content in files.items() if OF_THIS_PROJECT.search(content)]


def test_checks_find_nothing(built: Project) -> None:
    """Guides, catalogs and pages of another topic pass all checks, without a note."""
    for name in ("hunspell", "fr_FR.dic", "ar.dic"):
        # Without a dictionary, a note says that nothing was looked at.
        system.needed(name)
    done = built.run("-m", "checks", "--notes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Findings: 0. Notes: 0.\n")


def test_packs_are_made(tiny_site: Project, tmp_path: Path) -> None:
    """The languages that are translated get packs, in the order of the nav, and no word of another site is in them."""
    project = tiny_site.copied(tmp_path / "project")
    # Without a Chromium: PDF files are of no topic.
    done = project.run("-m", "packs", PATH="/nowhere")
    assert "Traceback" not in done.stderr
    files = project.files()
    assert {name for name in files if name.startswith("packs/")} == {
        *("packs/en.html", "packs/en.html.zip", "packs/en.zip"),
        *("packs/fr.html", "packs/fr.html.zip", "packs/fr.zip"),
    }
    assert re.findall(r"<article[^>]* id=([\w-]+)", files["packs/en.html"].decode()) == [
        *("index", "help", "water", "about"),
    ]
    assert with_our_words(files) == []


def test_nothing_of_this_project_is_in_it(built: Project) -> None:
    """Neither the site nor what it is made of has a word of the site on Red Notices."""
    assert with_our_words(built.files()) == []
    made_of = {str(path): path.read_bytes() for path in OTHER.rglob("*") if path.is_file()}
    assert len(made_of) > 20
    assert with_our_words(made_of) == []
    words = {str(path): path.read_bytes() for path in (built.root / "locales").rglob("*.po")}
    assert with_our_words(words) == []


def test_what_has_no_role_is_absent(built: Project) -> None:
    """Without their roles there is no feed, no search, no list of files, and no link to any of them."""
    for locale in ("en", "fr", "ar"):
        for guide in ("", "help", "water", "about"):
            page = built.page(locale, guide)
            assert "atom+xml" not in page
            assert "macro-packs" not in page
            assert not re.search(r'href="[^"]*(?:search|updates|download)', page)
    assert [name for name in built.files() if name.endswith("updates.xml")] == []


def test_search_without_a_role_costs_no_file(built: Project) -> None:
    """A site without a search has neither its scripts nor its index."""
    assert [name for name in built.files() if "/search/" in name] == []


def test_nav_has_a_section_in_a_section(built: Project) -> None:
    """The menu shows the inner section with its page, and the link out of the site, in the words of the language."""
    menu = built.page("fr", "water").partition('id="menu-pages"')[2].partition("</nav>")[0]
    assert "<b>Chez soi</b>" in menu
    assert '<a href="./" aria-current="page">Eau saine</a>' in menu
    assert '<a href="../about/"><span lang="en" dir="ltr">More</span></a>' in menu
    last = built.page("en", "about").partition('id="menu-pages"')[2].partition("</nav>")[0]
    assert '<a href="https://www.who.int/" rel="noreferrer">World Health Organization (who.int)</a>' in last


def test_arabic_is_right_to_left(built: Project) -> None:
    """A page in Arabic says its direction, also where all of it is still English, which is marked."""
    assert '<html lang="ar" dir="rtl"' in built.page("ar", "help")
    page = built.page("ar", "water")
    assert '<html lang="ar" dir="rtl"' in page
    assert 'dir="ltr" lang="en">Keep it in clean bottles.' in page


def test_macros_of_the_site(built: Project) -> None:
    """A macro that calculates and one with a style are found beside the site's own, in the language of the block."""
    assert "Personnes : 4. Eau pour <bdi>3\xa0jours</bdi>, en litres : <bdi>180</bdi>." in built.page("fr", "water")
    assert '<strong class="macro-warning macro-warning--red">Alerte rouge' in built.page("fr", "")
    assert ".macro-warning--red" in built.files()["fr/style.css"].decode()
    assert 'href="../about/#s02"' in built.page("ar", "help")


@pytest.mark.parametrize("path", sorted(OTHER.glob("macros/*/*.yml")), ids=lambda path: path.stem)
def test_example_of_a_macro(path: Path) -> None:
    """Each example beside a macro of this site renders to what it says."""
    for example in yaml.safe_load(path.read_text(encoding="utf-8")):
        sections = example.get("sections", [])
        macros = Macros(load(OTHER / "data"), Words(), "en", sections=lambda given=sections: given, folder=MACROS)
        html = macros.render(example["markdown"])
        assert html == example.get("html", html), example["name"]
        assert [words for words in example.get("contains", ()) if words not in html] == [], example["name"]


def test_every_macro_has_a_page_and_examples() -> None:
    """A macro is a folder with a template, a page for writers and examples."""
    names = {path.name for path in MACROS.iterdir()}
    assert names == {"cite", "fact", "pages", "sources", "supply", "warning"}
    assert [
        name for name in names for ending in ("html", "md", "yml") if not (MACROS / name / f"{name}.{ending}").exists()
    ] == []


def test_serving_builds_anew(tmp_path: Path) -> None:
    """`publish.py --serve` shows a sentence that was changed while it runs, and the new name of the site."""
    project = lay_out(tmp_path)
    with served(project) as (process, address):

        def waits_for(words: str, path: str = "fr/water/") -> bool:
            deadline = time.monotonic() + 60
            while process.poll() is None and time.monotonic() < deadline:
                try:
                    with urllib.request.urlopen(f"{address}{path}", timeout=10) as answer:
                        if words in answer.read().decode():
                            return True
                except urllib.error.URLError:
                    pass
                time.sleep(0.05)
            return False

        assert waits_for("Gardez-la dans des bouteilles propres.")
        edit(project.catalog("fr", "water"), "des bouteilles propres.", "des bouteilles lavées.")
        assert waits_for("Gardez-la dans des bouteilles lavées.")
        edit(project.root / "mkdocs.yml", "site_name: After a flood", "site_name: After the flood")
        assert waits_for("<title>After the flood</title>", "")


# ── make new-site ────────────────────────────────────────────────────────────────────────────────────────────────────


def begun(folder: Path, *locales: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator.new_site", str(folder), *locales]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=120)


def test_new_site_is_whole(tmp_path: Path) -> None:
    """What `make new-site` leaves builds, passes its checks, and has none of our topic, guides or languages."""
    done = begun(tmp_path / "new", "fr", "uk")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"cd {tmp_path / 'new'}\n" in done.stdout
    project = Project(tmp_path / "new")
    for command in (["publish.py"], ["-m", "checks"]):
        found = project.run(*command)
        assert (found.returncode, found.stderr) == (0, ""), found.stdout
    assert {path.name for path in (project.root / "locales").iterdir()} == {"fr", "uk"}
    own = [project.root / name for name in ("README.md", "mkdocs.yml", "guides", "data", "macros", "locales", "site")]
    files = [path for place in own for path in (place.rglob("*") if place.is_dir() else [place]) if path.is_file()]
    assert with_our_words({str(path): path.read_bytes() for path in files}) == []


def test_new_site_speaks_the_languages_that_we_have(tmp_path: Path) -> None:
    """The words around the guides are translated where this project has the language, and empty where not."""
    assert begun(tmp_path / "new", "fr", "uk").returncode == 0
    for locale, words in (("fr", "Menu"), ("uk", "")):
        catalog = catalogs.load(tmp_path / "new" / "locales" / locale / "LC_MESSAGES" / "site.po")
        assert [entry.msgstr for entry in catalog if (entry.msgctxt, entry.msgid) == ("page", "Menu")] == [words]
        assert not [entry for entry in catalog if entry.obsolete]


def test_commands_of_a_new_site_need_nothing_that_stayed(tmp_path: Path) -> None:
    """Its Makefile names no folder that is not there, and its workflow calls a command that is."""
    assert begun(tmp_path / "new").returncode == 0
    rules = (tmp_path / "new" / "Makefile").read_text(encoding="utf-8")
    assert not re.search(r"^(test|bare|fuzz|system|bench|lock|successors|new-site):", rules, re.MULTILINE)
    assert "\ncheck: " in rules
    assert not re.search(r"\b(NODE|LOCK)\b", rules)
    unknown = subprocess.run(["make", "test"], cwd=tmp_path / "new", capture_output=True, text=True, check=False)
    assert (unknown.returncode, "No rule to make target" in unknown.stderr) == (2, True)
    assert "-m tests" not in rules
    assert "-m benchmarks" not in rules
    workflow = (tmp_path / "new" / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    assert re.findall(r"make (\S+)", workflow) == ["check"]


def test_new_site_takes_no_folder_with_something_in_it(tmp_path: Path) -> None:
    """What is there stays as it is, and the sentence says what to do."""
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    done = begun(tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        f"{tmp_path} exists and is not an empty folder. Name another one.\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("uk-UA", 'Use a language code such as "fr", "pt_BR" or "zh_Hans" (with an underscore).'),
        ("en", "en is part of every site. Leave it out, and name only other languages."),
    ],
)
def test_new_site_checks_all_languages_first(tmp_path: Path, locale: str, said: str) -> None:
    """A mistake in the second language is reported before anything is made, so the command can be repeated."""
    done = begun(tmp_path / "new", "fr", locale)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert not (tmp_path / "new").exists()
