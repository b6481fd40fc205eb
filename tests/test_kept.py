"""A build keeps what it made, and a later one uses it: no page is ever wrong because something was kept."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import polib
import pytest

from generator.inputs import Inputs
from i18n.readings import unit_of
from machine import kept
from tests.conftest import built_once
from tests.project import Project, add_guide, add_macro, edit, served
from tests.test_alone import FILES
from tests.test_fallback import FRONT, begun, translate
from tests.test_processes import begun as started
from tests.test_processes import ended

WHOLE = """{% macro whole(kind) -%}
<p class="whole">{% if kind == "sections" %}{{ sections() }}
{% elif kind == "landmarks" %}
{% for line in landmarks() %}{{ line.words }} {{ line.anchor }} {{ line.lang }}, {% endfor %}
{% elif kind == "shorts" %}{{ shorts() }}
{% elif kind == "translations" %}
{% for each in translations() %}{{ each.tag }} {{ each.done }} {{ each.total }}, {% endfor %}
{% else %}{% for call in calls() %}{{ call.name }}{{ call.arguments }}, {% endfor %}{% endif %}</p>
{%- endmacro %}
"""
START = '{% macro start(key) %}<b>{{ phrase("starts", key) }}</b>{% endmacro %}'
STARTS = "# Starts\n\nBegin:\n\n- once the water is gone\n  { #gone }\n- once it is dry\n  { #dry }\n"
ALONE = """# Prepare

[Help](help.md#first) and [this page as a file](prepare.html). {{ prepare("2") }}

- Clean water
  { #w-water }
- Somebody who needs it
  { #w-who }
"""


def rich(folder: Path) -> Project:
    """The tiny site with pages of each kind: showing the whole site, complete alone, short, without a title."""
    project = begun(folder)
    add_macro(project.root, "languages", "short_versions")
    for name, text in {"whole": WHOLE, "start": START}.items():
        (project.root / "macros" / name).mkdir()
        (project.root / "macros" / name / f"{name}.html").write_text(text, encoding="utf-8")
    (project.root / "macros" / "prepare").mkdir()
    for name, text in FILES.items():
        (project.root / "macros" / "prepare" / name).write_text(text, encoding="utf-8")
    calls = "".join(
        f'## About {kind} {{ #of-{kind} }}\n\n{{{{ whole("{kind}") }}}}\n\n'
        for kind in ("sections", "landmarks", "shorts", "translations", "calls")
    )
    add_guide(
        project, "whole", f"{FRONT.format('Whole')}{{{{ languages() }}}}\n\n{{{{ short_versions() }}}}\n\n{calls}"
    )
    add_guide(project, "starts", STARTS)
    add_guide(
        project,
        "begin",
        f'{FRONT.format("Begin")}Begin {{{{ start("gone") }}}}.\n\n## Dry {{{{ start("dry") }}}}\n\nWait.\n',
    )
    front = FRONT.format("Prepare").replace("audience:", "official: [en, fr, ar]\naudience:").split("# ")[0]
    add_guide(project, "prepare", front + ALONE)
    edit(project.root / "mkdocs.yml", "  roles:\n", "  roles:\n    alone: [prepare]\n")
    assert project.run("-m", "i18n", "update").returncode == 0
    translate(project, "fr", "prepare", {"Clean water": "Eau saine"})
    translate(project, "fr", "starts", {"once it is dry": "quand c’est sec"})
    return project


Outcome = tuple[int, list[str], str, dict[str, bytes]]
"""The exit status of a build, what it says, and all files of the site."""


@dataclass
class Built:
    """A project that is changed and built again and again, with what it has kept. environment: what the builds get."""

    project: Project
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.project.root

    def edit(self, path: str, old: str, new: str) -> None:
        edit(self.root / path, old, new)

    def add(self, path: str, text: str) -> None:
        """Add text to a file, which is made if there is none."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        with (self.root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def say(self, locale: str, guide: str, words: dict[str, str]) -> None:
        translate(self.project, locale, guide, words)

    def outcome(self, *arguments: str) -> Outcome:
        """Build. What was removed is not compared."""
        done = self.project.publish(*arguments, **self.environment)
        lines = [line for line in done.stdout.splitlines() if not line.startswith("site: removed")]
        return done.returncode, lines, done.stderr, self.project.files()

    def from_nothing(self, folder: Path, *arguments: str) -> Outcome:
        """Return the same for a copy without anything that is kept."""

        def left_out(place: str, names: list[str]) -> list[str]:
            return [name for name in names if name in (".cache", "site") and Path(place) == self.root]

        copy = shutil.copytree(self.root, folder, symlinks=True, ignore=left_out)
        found = Built(Project(Path(copy)), self.environment).outcome(*arguments)
        shutil.rmtree(folder)
        return found


def same(found: Outcome, right: Outcome) -> None:
    """Compare two outcomes, and name the files that differ."""
    assert found[:3] == right[:3]
    assert sorted(name for name in {*found[3], *right[3]} if found[3].get(name) != right[3].get(name)) == []


FIRST = "guides/help.md"
FRENCH = "locales/fr/LC_MESSAGES"


def words(made: Built) -> None:
    made.edit("guides/water.md", "Keep it in clean bottles.", "Keep it in clean, closed bottles.")
    made.say("ar", "index", {"Where to start": "من أين تبدأ"})


def msgstr(made: Built) -> None:
    made.edit(f"{FRENCH}/help.po", "Appelez un voisin.", "Appelez une voisine.")


def share(made: Built) -> None:
    made.say("fr", "water", {"Keep it in clean bottles.": "", "What to keep": ""})
    made.say("fr", "help", {"Wait.": "Attendez."})


def value(made: Built) -> None:
    made.edit("data/facts.yml", "value: 15", "value: 16")


def template(made: Built) -> None:
    made.edit("macros/fact/fact.html", "</bdi>", "</bdi>&nbsp;")
    made.add("macros/fact/fact.css", ".macro-fact { font-style: italic; }\n")


def python(made: Built) -> None:
    made.edit("macros/supply/supply.py", "return people", "return 2 * people")
    made.edit("macros/prepare/prepare.py", 'return {"litres"', 'return {"more": 1, "litres"')
    made.edit("macros/prepare/start.js", "// A comment.", "document.title += 1;")


def theme(made: Built) -> None:
    made.add("theme/partials/footer.html", "<p>{{ config.copyright }} {{ config.extra.more }}</p>\n")
    made.add("theme/site.css", ".macro-fact { color: red; }\n")
    made.add("theme/root/robots.txt", "# A comment\n")


def configuration(made: Built) -> None:
    """The theme shows these two. The second is in the environment."""
    made.edit("mkdocs.yml", "site_description:", "copyright: Nobody\nsite_description:")
    made.edit("mkdocs.yml", "  generator: false", "  generator: false\n  more: !ENV [more_words, none]")


def environment(made: Built) -> None:
    made.environment |= {"more_words": "some", "ONION_URL": f"http://{'a' * 56}.onion", "SOURCE_DATE_EPOCH": "2"}


def address(made: Built) -> None:
    made.environment["SITE_URL"] = "https://example.com/"


def extension(made: Built) -> None:
    made.edit("mkdocs.yml", "  - def_list\n", "")


def new_locale(made: Built) -> None:
    shutil.copytree(made.root / "locales" / "ar", made.root / "locales" / "fa")
    for path in (made.root / "locales" / "fa").rglob("*.po"):
        edit(path, "Language: ar", "Language: fa")


def other_fallback(made: Built) -> None:
    made.edit("data/languages.yml", "fallback: ar", "fallback: fr")


def fallback(made: Built) -> None:
    """These words are read in Ukrainian, which lacks them."""
    made.say("ar", "help", {"Call a neighbour.": "نادِ جارك."})
    made.say("fr", "help", {"Call a neighbour.": "Appelez vos voisins."})


def title(made: Built) -> None:
    made.edit("guides/about.md", "title: About this site", "title: Of this site")


def untitled(made: Built) -> None:
    """The nav of all pages shows the heading of a guide without a title."""
    made.edit("guides/starts.md", "# Starts", "# Beginnings")


def heading(made: Built) -> None:
    made.edit(FIRST, "## Later { #later }", "## Much later { #afterwards }")


def phrase(made: Built) -> None:
    """The anchor of a heading is made of these words, and the one of the next heading has to differ from it."""
    made.edit("guides/starts.md", "once it is dry", "clean")


def phrase_msgstr(made: Built) -> None:
    made.say("fr", "starts", {"once the water is gone": "une fois l’eau partie"})


def new_guide(made: Built) -> None:
    add_guide(made.project, "new", f'{FRONT.format("New")}{{{{ fact("supply") }}}}\n')


def renamed_guide(made: Built) -> None:
    (made.root / "guides" / "water.md").rename(made.root / "guides" / "clean.md")
    made.edit("guides/clean.md", "title: Safe water\n", "title: Safe water\nwas: [water]\n")
    for path in (made.root / "locales").glob("*/LC_MESSAGES/water.po"):
        path.rename(path.with_name("clean.po"))
    for path in (made.root / "mkdocs.yml", made.root / "guides" / "news.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("water.md", "clean.md")
            .replace(', "water")', ', "clean")')
            .replace("steps: [help, water]", "steps: [help, clean]"),
            encoding="utf-8",
        )


def removed_guide(made: Built) -> None:
    made.edit("mkdocs.yml", "      - begin.md\n", "")
    (made.root / "guides" / "begin.md").unlink()
    shutil.rmtree(made.root / "locales" / "uk")
    made.edit("data/languages.yml", "uk:\n", "xx:\n")


def nav_order(made: Built) -> None:
    made.edit("mkdocs.yml", "      - index.md\n      - help.md\n", "      - help.md\n      - index.md\n")


def no_nav(made: Built) -> None:
    path = made.root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("nav:\n")] + text[text.index("\ntheme:") :], encoding="utf-8")


def site_words(made: Built) -> None:
    made.edit(f"{FRENCH}/site.po", "Après une inondation", "Après l’inondation")
    made.edit(f"{FRENCH}/site.po", "Eau pour", "L’eau pour")


def readings(made: Built) -> None:
    """A person has read a sentence of a draft, whose other sentences are marked now."""
    made.edit(f"{FRENCH}/help.po", "X-Translation-Status: human", "X-Translation-Status: machine-draft")
    for entry in polib.pofile(str(made.root / FRENCH / "help.po"))[:8]:
        line = {"unit": unit_of(entry), "catalog": "help", "reader": "person", "day": "2026-11-20"}
        made.add("locales/fr/readings.jsonl", f"{json.dumps(line)}\n")


def official(made: Built) -> None:
    """The page in each other language shows these words, too."""
    made.say("fr", "prepare", {"Somebody who needs it": "Qui en a besoin"})


def fuzzy(made: Built) -> None:
    catalog = polib.pofile(str(made.root / FRENCH / "index.po"))
    entry = next(each for each in catalog if each.msgid == "Where to start")
    entry.flags.append("fuzzy")
    entry.previous_msgid = "Where to begin"
    catalog.save()


def no_catalog(made: Built) -> None:
    (made.root / FRENCH / "about.po").unlink()


def picture(made: Built) -> None:
    made.add("guides/more/words.txt", "Words.\n")
    made.add("guides/about.md", "\n[More](more/words.txt)\n")


def links(made: Built) -> None:
    """A file is replaced by a link to the same words, and a macro by a link to it."""
    path = made.root / "guides" / "index.md"
    path.rename(made.root / "elsewhere.md")
    path.symlink_to("../elsewhere.md")
    (made.root / "macros" / "fact").rename(made.root / "macros" / "fact-of-old")
    (made.root / "macros" / "fact").symlink_to("fact-of-old")


def code(made: Built) -> None:
    made.edit("generator/facing.py", 'theirs.set("dir", "ltr")', 'theirs.set("dir", "auto")')


def mkdocs(made: Built) -> None:
    """MkDocs builds one language itself, with the address of this machine."""
    made.edit("guides/index.md", "Where to start", "Where to start now")
    done = made.project.run("-m", "mkdocs", "build", LOCALE="fr", SITE_URL="")
    assert done.returncode == 0, done.stderr


def dirty(made: Built) -> None:
    """MkDocs leaves the pages of a language as they are, although a value has changed."""
    made.edit("data/facts.yml", "value: 3", "value: 4")
    done = made.project.run("-m", "mkdocs", "build", "--dirty", LOCALE="fr", **made.environment)
    assert done.returncode == 0, done.stderr


ORDERS: dict[str, list[tuple[Callable[[Built], None], ...]]] = {
    "words": [(words, site_words, fuzzy), (msgstr, phrase_msgstr), (share, official), (value, heading), (readings,)],
    "engine": [(template, python), (theme,), (configuration,), (environment, address), (extension,), (code,)],
    "others": [
        (new_locale,),
        (other_fallback,),
        (fallback, phrase),
        (untitled,),
        (picture, links),
        (mkdocs,),
        (dirty,),
    ],
}
"""Changes that may come in any order. Those in one pair of brackets come at once, as they touch different pages."""
LAST = [(title,), (new_guide, no_catalog), (renamed_guide,), (removed_guide,), (nav_order,), (no_nav,)]
"""Changes that come in this order."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Project:
    """The site with a page of each kind, with what its build has kept: to be copied."""

    def make(folder: Path) -> Path:
        assert rich(folder).publish().stderr == ""
        return folder

    return Project(built_once("kept", tmp_path_factory, worker_id, make))


@pytest.fixture
def made(built: Project, tmp_path: Path) -> Built:
    """The same, built in its own folder, so that the next build leaves whole languages as they are."""
    found = Built(built.copied(tmp_path / "project"))
    assert found.outcome()[0] == 0
    return found


@pytest.fixture(scope="session")
def changed(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The outcome of a build from nothing, after `msgstr`."""
    folder = tmp_path_factory.mktemp("changed")
    project = Built(built.copied(folder / "project"))
    msgstr(project)
    return project.from_nothing(folder / "nothing")


def times(project: Project) -> dict[str, int]:
    """The time of each file of the site."""
    return {path.as_posix(): path.stat().st_mtime_ns for path in (project.root / "site").rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", [*ORDERS, "last"])
def test_after_any_change_a_build_is_one_from_nothing(name: str, made: Built, tmp_path: Path) -> None:
    """Whatever has changed, and in whatever order, the tree and what is said are those of a build without a cache.

    A further build leaves each file as it is. When all is as it was at first, so is the site.
    """
    first = made.outcome()
    before = Built(made.project.copied(tmp_path / "before"))
    order = list(ORDERS.get(name, LAST))
    if name in ORDERS:
        random.Random(name).shuffle(order)
    for changes in order:
        for change in changes:
            change(made)
        now = made.outcome()
        try:
            same(now, made.from_nothing(tmp_path / "nothing"))
            written = times(made.project)
            same(made.outcome(), now)
            assert now[0] or times(made.project) == written
        except AssertionError as error:
            raise AssertionError(f"after {', '.join(change.__name__ for change in changes)}: {error}") from None
    for path in made.root.iterdir():
        if path.name not in (".cache", "site"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in ("site", ".cache"):
        shutil.rmtree(before.root / name)
    before.project.copied(made.root)
    made.environment.clear()
    same(made.outcome(), first)


def test_another_version_of_a_package_makes_everything_again(made: Built, tmp_path: Path) -> None:
    """What the code of a package has made is made again when its version changes; another clock changes nothing."""
    folder = tmp_path / "packages"
    (folder / "gauge-1.dist-info").mkdir(parents=True)
    (folder / "gauge.py").write_text("PEOPLE = 1\n", encoding="utf-8")
    made.environment["PYTHONPATH"] = str(folder)
    made.edit("macros/supply/supply.py", "return people", "import gauge\n    return gauge.PEOPLE * people")
    first = made.outcome()
    assert first[0] == 0
    (folder / "gauge-1.dist-info").rename(folder / "gauge-2.dist-info")
    (folder / "gauge.py").write_text("PEOPLE = 2000\n", encoding="utf-8")
    now = made.outcome()
    assert now[3] != first[3]
    (folder / "sitecustomize.py").write_text(
        "import time\nnow = time.time\ntime.time = lambda: now() + 400_000_000\n", encoding="utf-8"
    )
    same(made.outcome(), now)
    same(made.from_nothing(tmp_path / "nothing"), now)


def test_kept_counts_do_not_depend_on_the_other_language(made: Built) -> None:
    """What other languages show of a language are its own counts, so a change in its fallback leaves them as kept."""
    path = made.root / ".cache" / "pages" / "uk" / "shares"
    before = path.stat().st_mtime_ns
    fallback(made)
    assert made.outcome()[0] == 0
    assert path.stat().st_mtime_ns == before


# ── faults ──


def test_faults_are_said_by_each_build_until_they_are_repaired(made: Built, tmp_path: Path) -> None:
    """A fault of any file is said again by a build that has nothing to do, and the site without it is as before."""
    first = made.outcome()
    touched = ["guides", "locales", "macros"]
    for name in touched:
        shutil.copytree(made.root / name, tmp_path / "before" / name)
    made.edit(f"{FRENCH}/help.po", "Appelez un voisin.", "Appelez un <b>voisin</b> 7 fois.")
    made.edit(f"{FRENCH}/site.po", "%(people)s", "%(nobody)s")
    made.add("locales/fr/readings.jsonl", "not a reading\n")
    (made.root / "locales" / "ar" / "LC_MESSAGES" / "about.po").write_text("", encoding="utf-8")
    made.add("guides/begin.md", '\n{{ fact("nothing") }} and [nowhere](help.md#nowhere)\n')
    now = made.outcome()
    assert now[0] == 1
    assert now[2].count("\n") >= 5
    same(made.outcome(), now)
    same(made.from_nothing(tmp_path / "nothing"), now)
    for name in touched:
        shutil.rmtree(made.root / name)
        shutil.copytree(tmp_path / "before" / name, made.root / name)
    same(made.outcome(), first)


def broken_file(made: Built) -> None:
    made.add("locales/de", "not a folder")


def broken_link(made: Built) -> None:
    (made.root / "locales" / "de").symlink_to("fr")


def broken_values(made: Built) -> None:
    made.edit("macros/prepare/prepare.py", 'return {"litres"', 'return 1 / 0 or {"litres"')


@pytest.mark.parametrize("spoil", [broken_file, broken_link, broken_values])
def test_fault_outside_of_a_page_is_not_kept(spoil: Callable[[Built], None], made: Built) -> None:
    """What is no page of a guide may be wrong, too: each build says it, and not only the one that makes the page."""
    # A language with a fallback is made by each build, which would say it.
    made.edit("data/languages.yml", "  fallback: ar", "  spaced: true")
    assert made.outcome()[0] == 0
    spoil(made)
    now = made.outcome()
    assert (now[0], now[2].count("\n")) == (1, 1)
    same(made.outcome(), now)


def test_fault_names_its_file_as_the_command_sees_it(made: Built) -> None:
    """A fault that was kept in one folder is said with the path from another one."""
    made.edit(f"{FRENCH}/help.po", "Appelez un voisin.", "Appelez 7 voisins.")
    assert made.outcome()[2].startswith("locales/fr/")
    done = Project(made.root / "guides").run("../publish.py")
    assert done.stderr.startswith("../locales/fr/")


def test_invalid_time_is_a_sentence(made: Built) -> None:
    """A build with nothing to do does not read the time of the commit in another way."""
    done = made.project.publish(SOURCE_DATE_EPOCH="today")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


# ── what happens to the site ──


def test_site_that_was_touched_is_made_whole(made: Built) -> None:
    """Whatever was changed, removed or added in site/, the next build makes of it what it was."""
    first, site = made.outcome(), made.root / "site"
    (site / "packs").mkdir()
    (site / "packs" / "fr.zip").touch()
    (site / "SHA256SUMS").touch()
    (site / "fr" / "help" / "index.html").unlink()
    (site / "ar" / "more.html").write_text("more", encoding="utf-8")
    (site / "en" / "style.css").write_text("", encoding="utf-8")
    same(made.outcome(), first)
    (site / "sitemap.xml").unlink()
    same(made.outcome(), first)
    (site / ".build" / "fr.json").unlink()
    same(made.outcome(), first)
    shutil.rmtree(site)
    same(made.outcome(), first)


def test_unchanged_file_stays_unless_somebody_touched_it(made: Built, tmp_path: Path) -> None:
    """An unchanged page is the same file as before, and has one name. One that was touched is made again."""
    made.outcome()
    site = made.root / "site" / "fr"
    page, touched, away = (site / name / "index.html" for name in ("water", "whole", "help"))
    before = page.stat()
    touched.write_text("touched", encoding="utf-8")
    away.unlink()
    away.symlink_to(page)
    made.edit("guides/starts.md", "Begin:", "Begin soon:")
    same(made.outcome(), made.from_nothing(tmp_path / "copy"))
    assert (page.stat().st_ino, page.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert {path.stat().st_nlink for path in (page, touched, away)} == {1}
    assert not away.is_symlink()


def test_some_languages_and_then_all(made: Built) -> None:
    """A build of one language, or of a made-up one, removes the others, and the next one brings them back."""
    first = made.outcome()
    assert not {name.split("/")[0] for name in made.outcome("fr")[3]} & {"ar", "uk"}
    assert "en-XA/index.html" in made.outcome("en_XA")[3]
    same(made.outcome(), first)


def test_serving_and_building_in_turn(made: Built) -> None:
    """What serving has kept is not taken for the site, nor the other way round."""
    first = made.outcome()
    with served(made.project):
        pass
    assert "translate" in (made.root / ".cache" / "site" / "fr" / "help" / "index.html").read_text(encoding="utf-8")
    same(made.outcome(), first)


# ── what happens to the cache ──


def damaged(folder: Path) -> None:
    for number, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
        content = path.read_bytes()
        half = content[: len(content) // 2]
        path.write_bytes([half, b"", half + b"!" + content[len(half) + 1 :], content + b"!"][number % 4])


def swapped(folder: Path) -> None:
    """Give each file the content of another one."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = [path.read_bytes() for path in found]
    for path, content in zip(found, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)


def no_folder(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("a file", encoding="utf-8")


def folders(folder: Path) -> None:
    """Put a folder in the place of each file."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        path.unlink()
        path.mkdir()


@pytest.mark.parametrize("spoil", [damaged, swapped, no_folder, folders])
def test_damaged_cache_is_as_none(spoil: Callable[[Path], None], made: Built, changed: Outcome) -> None:
    """Whatever is in the place of what was kept, the next build is right, and says nothing of it."""
    first = made.outcome()
    spoil(made.root / ".cache")
    same(made.outcome(), first)
    msgstr(made)
    same(made.outcome(), changed)


def test_cache_of_another_project_is_of_no_use(made: Built, tmp_path: Path) -> None:
    """A cache that was copied along with a site, into a project with other words, gives none of its own."""
    (tmp_path / "other").mkdir()
    other = Built(begun(tmp_path / "other"))
    shutil.copytree(made.root / ".cache", other.root / ".cache")
    shutil.copytree(made.root / "site", other.root / "site")
    same(other.outcome(), other.from_nothing(tmp_path / "nothing"))


@pytest.mark.parametrize(
    ("event", "words", "action"),
    [
        ("os.rename", "/.cache/pages/fr", "SIGKILL to itself"),
        ("os.rename", "/.cache/pages/fr", "SIGKILL to the parent"),
        ("os.rename", "/.cache/built/", "SIGKILL to the parent"),
        ("open", ".unfinished", "full disk"),
    ],
)
def test_build_that_ends_while_it_keeps(event: str, words: str, action: str, made: Built, changed: Outcome) -> None:
    """A build is killed, or finds no room, while it keeps: it says at most one sentence, and the next one is right."""
    msgstr(made)
    _, said = ended(started(made.project, event, words, action))
    assert said.count("\n") <= 1
    same(made.outcome(), changed)


def test_guide_saved_while_another_build_runs(made: Built, tmp_path: Path) -> None:
    """A build that waits for another one builds what is there when it begins; what the first one keeps is not wrong."""
    first, gate = made.outcome(), made.root / "gate"
    msgstr(made)
    one = started(made.project, "open", "fr/help/index.html", f"wait for {gate}")
    while not list((made.root / "site").glob(".making-*/fr")):
        assert one.poll() is None
    two = started(made.project, "open", "never", "")
    assert two.stderr
    assert "Waiting" in two.stderr.readline()
    made.edit(f"{FRENCH}/help.po", "Appelez une voisine.", "Appelez trois voisines.")
    made.edit(f"{FRENCH}/help.po", "Appelez trois voisines.", "Appelez les voisines.")
    gate.touch()
    assert ended(one) == (0, "")
    assert ended(two) == (0, "")
    gate.unlink()
    right = made.from_nothing(tmp_path / "nothing")
    assert made.project.files() == right[3]
    same(made.outcome(), right)
    made.edit(f"{FRENCH}/help.po", "Appelez les voisines.", "Appelez un voisin.")
    same(made.outcome(), first)


def test_another_word_of_the_same_length_at_the_same_time(made: Built, tmp_path: Path) -> None:
    """A build goes by the words of a file, and not by its size and time."""
    path = made.root / "guides" / "water.md"
    state = path.stat()
    made.edit("guides/water.md", "Boil water", "Save water")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    same(made.outcome(), made.from_nothing(tmp_path / "nothing"))


# ── the parts ──


def test_file_that_was_just_written_is_read_again(tmp_path: Path) -> None:
    """While serving, a file that may have changed within the same instant is compared by its content."""
    (tmp_path / "guides").mkdir()
    path = tmp_path / "guides" / "a.md"
    path.write_text("one", encoding="utf-8")
    state = path.stat()
    before = Inputs(tmp_path)
    assert before.are_unchanged()
    path.write_text("two", encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert not before.are_unchanged()
    assert Inputs(tmp_path, before).changed(before) == ["guides/a.md"]


def test_link_to_another_folder_is_a_change(tmp_path: Path) -> None:
    """Of two links to one folder, each counts."""
    for name in ("a", "b"):
        (tmp_path / "macros" / name).mkdir(parents=True)
        (tmp_path / "macros" / name / "file").write_text(name, encoding="utf-8")
    found = set()
    for target in ("a", "b", "."):
        (tmp_path / "macros" / "link").symlink_to(target)
        found.add(Inputs(tmp_path).of("macros"))
        (tmp_path / "macros" / "link").unlink()
    assert len({*found, Inputs(tmp_path).of("macros")}) == 4


def test_value_is_kept_under_its_key_only(tmp_path: Path) -> None:
    """Another key, and any byte that was changed, gives nothing; parts of a key cannot be joined to the same."""
    path, key = tmp_path / "value", kept.digest("a", "b")
    kept.put(path, key, {"a": 1})
    assert kept.get(path, key) == {"a": 1}
    assert kept.get(path, kept.digest("ab", "")) is None
    content = path.read_bytes()
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert kept.get(path, key) is None
