"""Faults in guides, data, locales/ and mkdocs.yml: each is a sentence with its place, and costs no other file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from checks.__main__ import main as check
from i18n import guides, handwritten, locales
from i18n.__main__ import main as i18n
from i18n.guides import GuideError
from i18n.handwritten import Unreadable
from tests.configured import EXTENSIONS
from tests.project import NAV, Project, edit, lay_out, without_shares

HEAD = "---\ntitle: Page\n---\n# Page\n"
DEEP = "lists, quotes or boxes are nested too deeply here. Nest fewer of them."
UNSEEN = "there is an invisible character, RIGHT-TO-LEFT OVERRIDE (U+202E). Remove it."

BROKEN = {
    "no-such-day": ("---\ntitle: Page\nreviewed: 2026-02-30\n---\n# Page\n", "3: reviewed is not a date."),
    "no-day": ("---\nreviewed: soon\n---\n# Page\n", "2: reviewed is not a date. Write it like 2026-11-22."),
    "title-empty": ("---\ntitle:\n---\n# Page\n", "2: title is empty. Write its words after the colon."),
    "title-spaces": ('---\ntitle: " "\n---\n# Page\n', "2: title is empty. Write its words after the colon."),
    "title-list": ("---\ntitle: [a, b]\n---\n# Page\n", '2: title is not text. Write it in "double quotes".'),
    "summary-number": ("---\nsummary: 112\n---\n# Page\n", '2: summary is not text. Write it in "double quotes".'),
    "search-fields": ("---\nsearch: {a: b}\n---\n# Page\n", '2: search is not text. Write it in "double quotes".'),
    "title-twice": (
        "---\ntitle: One\nsummary: x\ntitle: Two\n---\n# Page\n",
        '4: "title" is already in line 2. Remove one of the two.',
    ),
    "title-turned": ('---\ntitle: "a\\u202eb"\n---\n# Page\n', f"2: {UNSEEN}"),
    "text-turned": (f"{HEAD}\na\u202eb\n", f"6: {UNSEEN}"),
    "text-nul": (f"{HEAD}\na\0b\n", "6: there is an invisible character, a control character (U+0000). Remove it."),
    "surrogate": ('---\ntitle: "\\ud800"\n---\n# Page\n', "2: the front matter cannot be read: found invalid Unicode"),
    "yaml-deep": (f"---\ntitle: {'[' * 3000}\n---\n# Page\n", "2: values are nested more than 20 deep."),
    "yaml-alias": ("---\ntitle: &a x\nsummary: *a\n---\n# Page\n", "3: *a repeats another value."),
    "lists": (f"{HEAD}\n" + "\n\n".join(f"{'    ' * depth}- x" for depth in range(200)), f"404: {DEEP}"),
    "quotes": (f"{HEAD}\n{'> ' * 500}x\n", f"6: {DEEP}"),
    "boxes": (f"{HEAD}\n" + "\n\n".join(f"{'    ' * depth}!!! note\n" for depth in range(99)), f"300: {DEEP}"),
    "brackets": (f"{HEAD}\n{'[' * 5000}\n", '6: this paragraph has "[" more than 500 times. Divide it.'),
    "paragraph": (f"{HEAD}\n{'x' * 20_000}\n", "6: this paragraph has more than 10,000 characters. Divide it."),
    "long": (f"{HEAD}\n" + "The same words.\n\n" * 10_000, " this file has 1"),
    "site": (HEAD, " the catalog site.po holds the words around the guides. Give this guide another name."),
    "sub/help": (HEAD, " guides/ has no folders for guides. Move this file into guides/, with a name that no other"),
}  # fmt: skip


def spoil(project: Project) -> None:
    """Every fault of `BROKEN` beside the guides of the tiny site, and files that cannot be guides."""
    for name, (content, _) in BROKEN.items():
        path = project.root / "guides" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (project.root / "guides/other.markdown").write_text(HEAD, encoding="utf-8")
    (project.root / "guides/nowhere.md").symlink_to("gone.md")
    os.mkfifo(project.root / "guides/pipe.md")
    (project.root / "guides/device.md").symlink_to("/dev/zero")
    (project.root / "guides/folder.md").mkdir()
    # As an editor leaves it beside a file that is open.
    (project.root / "guides/.#help.md").symlink_to("somebody@machine")


SAID = [
    *(f"guides/{name}.md:{sentence}" for name, (_, sentence) in BROKEN.items()),
    "guides/other.markdown: the name of a guide ends in .md. Rename this file to other.md.",
    "guides/nowhere.md: this link leads nowhere. Repair it, or remove it.",
    "guides/pipe.md: this is not a file. Remove it, or put a file in its place.",
    "guides/device.md: this is not a file. Remove it, or put a file in its place.",
    "guides/folder.md: this is not a file. Remove it, or put a file in its place.",
]


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny site with every broken guide, only looked at."""
    project = lay_out(tmp_path_factory.mktemp("spoiled"))
    spoil(project)
    return project


def test_broken_guide_costs_that_guide_only(spoiled: Project, tiny_site: Project) -> None:
    """The build names each broken guide, publishes none of them, and builds the others in all languages."""
    (spoiled.root / "guides/picture.png").symlink_to("gone.png")
    done = spoiled.publish()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "was not built" not in done.stderr
    for name in ("nowhere", "pipe", "device", "folder"):
        assert done.stderr.count(f"guides/{name}.md") == 1
    said = done.stderr.splitlines()
    for sentence in [*SAID, "guides/picture.png: this link leads nowhere. Repair it, or remove it."]:
        assert len([line for line in said if line.startswith(sentence)]) == 1, (sentence, done.stderr)
    assert set(spoiled.files()) == set(tiny_site.files())
    assert spoiled.page("fr", "help") == tiny_site.page("fr", "help")


def test_update_says_what_is_broken(
    spoiled: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`update` names each broken guide and changes no catalog."""
    monkeypatch.chdir(spoiled.root)
    before = {path: path.read_bytes() for path in Path("locales").rglob("*.po")}
    assert i18n(["update"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == "No catalog was changed. Correct the files above first."
    for sentence in SAID:
        assert len([line for line in said if line.startswith(sentence)]) == 1, (sentence, said)
    assert len(said) == len(SAID) + 1
    assert {path: path.read_bytes() for path in Path("locales").rglob("*.po")} == before


def test_checks_say_what_is_broken(
    spoiled: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each broken guide is a finding."""
    monkeypatch.chdir(spoiled.root)
    assert check(["guides"]) == 1
    said = capsys.readouterr().out.splitlines()
    for sentence in SAID:
        assert len([line for line in said if line.startswith(sentence)]) == 1, (sentence, said)


def test_guide_after_a_deep_one_is_whole() -> None:
    """A guide that is too deep leaves nothing behind in the parser that the next guide would be read with."""
    text = f"{HEAD}\n- a\n    - b\n\nc\n"
    used, fresh = guides.markdown(EXTENSIONS), guides.markdown(EXTENSIONS)
    for name in ("lists", "quotes", "boxes"):
        with pytest.raises(GuideError):
            guides.parse(Path("deep.md"), BROKEN[name][0], used)
    pages = [guides.parse(Path("page.md"), text, md).source.render() for md in (used, fresh)]
    assert pages[0] == pages[1]


# ── data, mkdocs.yml, macros ─────────────────────────────────────────────────────────────────────────────────────────

CONFIGURATION = {
    "extension": ("mkdocs.yml", "  - abbr\n", "  - abbrr\n", "mkdocs.yml: one of the markdown_extensions"),
    "nav of one page": ("mkdocs.yml", NAV, "nav: index.md\n", "mkdocs.yml: nav is not a list."),
    "nav": ("mkdocs.yml", "  - Start:\n", "  - Odd:\n  - Start:\n", "mkdocs.yml: in nav, Odd has nothing below it."),
    "twice": ("mkdocs.yml", "site_dir:", "site_url: x\nsite_dir:", 'mkdocs.yml:7: "site_url" is already in line'),
    "template": (
        "macros/fact/fact.html",
        "{%- endmacro %}",
        "{% if %}{%- endmacro %}",
        "macros/fact/fact.html:3: Expected an expression, got 'end of statement block' Correct the template.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONFIGURATION)
def test_what_update_cannot_read(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What catalogs are made of and cannot be read is said with its place, and no catalog is changed."""
    name, old, new, says = CONFIGURATION[kind]
    project = lay_out(tmp_path)
    edit(project.root / name, old, new)
    monkeypatch.chdir(tmp_path)
    before = project.catalog("fr", "help").read_bytes()
    assert i18n(["update"]) == 1
    assert capsys.readouterr().err.startswith(says)
    assert project.catalog("fr", "help").read_bytes() == before


@pytest.mark.parametrize("name", ["mkdocs.yml", "macros/fact/fact.html"])
def test_what_is_not_utf_8(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in another encoding is named."""
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(Path(name).read_bytes() + "# é\n".encode("latin-1"))
    assert i18n(["update"]) == 1
    assert capsys.readouterr().err.startswith(f"{name}:")


def test_impossible_day_in_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day that is not in the calendar is said with file, line and field, by the checks and by the build."""
    project = lay_out(tmp_path)
    path = project.root / "data/facts.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}odd.example:\n  recheck: 2026-02-30\n", encoding="utf-8")
    line = path.read_text(encoding="utf-8").count("\n")
    sentence = f"data/facts.yml:{line}: recheck is not a date. Write it like 2026-11-22."
    monkeypatch.chdir(tmp_path)
    assert check(["guides"]) == 1
    assert sentence in capsys.readouterr().out
    done = project.publish("en")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [sentence, "Nothing was built."]


SPOILED = {
    "facts": ("facts.yml", "x:\n  checked: 2026-02-30\n", ":{line}: checked is not a date. Write it like 2026-11-22."),
    "languages": ("languages.yml", "odd: 2026-02-30\n", ":{line}: odd is not a date. Write it like 2026-11-22."),
    "no fields": ("languages.yml", "odd: words\n", ": odd has no fields. Write them below it, indented."),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPOILED)
def test_data_that_cannot_be_read(
    kind: str, tiny_site: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken file of data/ is one sentence, the same from every command; the site and its packs stay as they are."""
    project = tiny_site.copied(tmp_path)
    (project.root / "site/SHA256SUMS").touch()
    before = project.files()
    name, words, says = SPOILED[kind]
    path = project.root / "data" / name
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{words}", encoding="utf-8")
    line = path.read_text(encoding="utf-8").count("\n")
    sentence = f"data/{name}{says.format(line=line)}"
    monkeypatch.chdir(tmp_path)
    assert check(["guides"]) == 1
    assert capsys.readouterr().out.count(sentence) == 1
    assert i18n(["update"]) == 1
    assert capsys.readouterr().err == f"{sentence}\n"
    if name == "languages.yml":
        assert i18n(["report"]) == 1
        assert capsys.readouterr().err == f"{sentence}\n"
        packs = project.run("-m", "packs", PATH="/nowhere")
        assert (packs.returncode, packs.stderr) == (1, f"{sentence}\nNo packs were made.\n")
    done = project.publish()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [sentence, "Nothing was built."]
    assert project.files() == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\nb: 2026-02-30\n", ":2: b is not a date. Write it like 2026-11-22."),
        ("- 2026-02-30\n", ":1: 2026-02-30 is not a date. Write it like 2026-11-22."),
        ("a: 0b_\n", ":1: a is not a number. Put text in quotes."),
        (f"a: {'9' * 5000}\n", ":1: a is not a number. Put text in quotes."),
        ("a:\n  b: 1\n  b: 2\n", ':3: "b" is already in line 2. Remove one of the two.'),
        ("1: a\n'1': b\n", ':2: "1" is already in line 1. Remove one of the two.'),
        ("a: &x [1, *x]\n", ":1: *x repeats another value. Write the value again."),
        (f"a: {'[' * 30_000}\n", ":1: values are nested more than 20 deep. Nest fewer of them."),
        ('a: "\\0"\n', ":1: there is an invisible character, a control character (U+0000). Remove it."),
        ('a: "\\u202e"\n', f":1: {UNSEEN}"),
        ("? [a]\n: 1\n", ":1: found unhashable key. Look at the indentation and the quotes in this line and above."),
    ],
)
def test_values_that_are_refused(text: str, says: str) -> None:
    """A value that YAML would take silently, or fail on without a place, is refused with its line."""
    with pytest.raises(Unreadable) as raised:
        handwritten.values(text)
    assert str(raised.value) == says


# ── locales/ ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_a_locale(tmp_path: Path) -> None:
    """Everything in locales/ that looks like a language and is not one is reported, and is not published."""
    project = lay_out(tmp_path)
    folder = project.root / "locales"
    for name in ("en_XA/LC_MESSAGES", "root/LC_MESSAGES", "en/LC_MESSAGES", "tr"):
        (folder / name).mkdir(parents=True)
    (folder / "README.md").touch()
    (folder / "tr/LC_MESSAGES").touch()
    (folder / "es").touch()
    (folder / "uk").symlink_to("gone")
    (folder / "fa").symlink_to("fa")
    shutil.copytree(folder / "ar", folder / "sw")
    shutil.rmtree(folder / "sw/LC_MESSAGES")
    (folder / "sw/LC_MESSAGES").symlink_to("gone")
    done = project.publish()
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "locales/en: English is the language of the guides. Remove this folder, and edit guides/ instead.",
        "locales/en_XA: the build makes the translations of en_XA by itself. Remove this folder.",
        "locales/es: this is not a folder. Remove it, or put a folder in its place.",
        "locales/fa: this link leads nowhere. Repair it, or remove it.",
        'locales/root: "root" is not a locale. '
        'Use a language code such as "fr", "pt_BR" or "zh_Hans" (with an underscore).',
        "locales/sw: LC_MESSAGES: this link leads nowhere. Repair it, or remove it.",
        "locales/tr: LC_MESSAGES: this is not a folder. Remove it, or put a folder in its place.",
        "locales/uk: this link leads nowhere. Repair it, or remove it.",
    ]
    assert {path.parent.name for path in (project.root / "site").glob("*/index.html")} == {"en", "fr", "ar"}
    found, _ = locales.in_folder(folder)
    assert [locale.name for locale in found] == ["ar", "fr"]


@pytest.mark.parametrize("kind", ["a file", "a link that leads nowhere", "a link"])
def test_broken_folder_of_a_language_costs_no_page(kind: str, tiny_site: Project, tmp_path: Path) -> None:
    """A language whose folder cannot be read keeps its pages, and its place in lists, menus and sitemap; it is said."""
    project = tiny_site.copied(tmp_path)
    before = project.files()
    folder = project.root / "locales/fr"
    folder.rename(tmp_path / "away")
    if kind == "a file":
        folder.touch()
        says = "this is not a folder. Remove it, or put a folder in its place."
    elif kind == "a link":
        folder.symlink_to("../away")
        says = "this is a link. Put the folder itself here."
    else:
        folder.symlink_to("gone")
        says = "this link leads nowhere. Repair it, or remove it."
    for names in ([], ["fr", "ar"]):
        done = project.publish(*names)
        assert (done.returncode, done.stderr) == (1, f"locales/fr: {says}\n")
        assert "removed" not in done.stdout
        after = project.files()
        assert without_shares(after) == without_shares(before)
    part = project.publish("--part", "fr")
    assert (part.returncode, part.stderr) == (1, f"locales/fr: {says}\n")


def test_link_out_of_the_project_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written through a link in the place of a folder of locales/; other languages are brought in line."""
    (tmp_path / "project").mkdir()
    project = lay_out(tmp_path / "project")
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(project.root / "locales/fr/LC_MESSAGES")
    (project.root / "locales/fr/LC_MESSAGES").symlink_to(outside)
    (project.root / "locales/uk").symlink_to(outside)
    project.catalog("ar", "help").unlink()
    monkeypatch.chdir(project.root)
    said = [
        "locales/fr: LC_MESSAGES: this is a link. Put the folder itself here.",
        "locales/uk: this is a link. Put the folder itself here.",
    ]
    assert i18n(["update"]) == 1
    assert capsys.readouterr().err.splitlines() == said
    assert list(outside.iterdir()) == []
    assert project.catalog("ar", "help").exists()
    assert i18n(["update", "uk"]) == 1
    assert capsys.readouterr().err.splitlines() == said
    assert i18n(["update", "README.md"]) == 1
    assert capsys.readouterr().err.splitlines()[2].startswith("locales/README.md: this folder does not exist.")
    assert i18n(["new", "uk"]) == 1
    capsys.readouterr()
    assert check(["catalogs"]) == 1
    found = capsys.readouterr().out
    assert all(sentence in found for sentence in said)


@pytest.mark.parametrize("name", ["en_XA", "root"])
def test_language_that_cannot_be_begun(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`new` makes no folder that would not be a language."""
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert i18n(["new", name]) == 2
    assert name in capsys.readouterr().err
    assert not Path("locales", name).exists()


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_english_heading_with_a_class_is_marked_in_the_menu(tmp_path: Path) -> None:
    """A heading that stays English is marked as English in the list of the page's parts, whatever its classes are."""
    project = lay_out(tmp_path)
    edit(project.guide("help"), "## First steps { #first }", "## Two\n\n## First things { #first .wide }")
    assert project.publish("fr").returncode == 0
    page = project.page("fr", "help")
    assert 'class="untranslated wide"' in page
    assert '<li><a href="#first" lang="en" dir="ltr">First things</a></li>' in page


def test_macro_that_leads_to_a_missing_guide(tmp_path: Path) -> None:
    """A call that would write a dead link is an error with its place, and the page has a mark instead of the link."""
    project = lay_out(tmp_path)
    project.guide("about").unlink()
    done = project.publish("en")
    assert done.returncode == 1
    says = 'guides/help.md:16: {{ cite("S02", "2.1") }}: it leads to guides/about.md, which is missing. Write '
    assert says in done.stderr
    assert 'href="#s02"' not in project.page("en", "help")


def test_macro_that_leads_to_a_broken_guide(tmp_path: Path) -> None:
    """A guide that cannot be read is reported once; pages whose macros lead to it are unchanged."""
    project = lay_out(tmp_path)
    edit(project.guide("about"), "title: About this site", "title:")
    done = project.publish("en")
    assert done.returncode == 1
    assert "guides/about.md:2: title is empty." in done.stderr
    assert "{{ cite" not in done.stderr
    assert 'href="../about/#s02"' in project.page("en", "help")


def test_front_matter_that_only_mkdocs_knows(tmp_path: Path) -> None:
    """A field of front matter that MkDocs would obey, such as the name of a template, changes nothing."""
    project = lay_out(tmp_path)
    edit(project.guide("help"), "title: Help", "title: Help\ntemplate: gone.html")
    done = project.publish("en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "<h1" in project.page("en", "help")


def test_missing_page_in_the_nav(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing page that the nav names is reported with its line, by the build in the same words as by the checks."""
    project = lay_out(tmp_path)
    edit(project.root / "mkdocs.yml", "      - help.md\n", "      - help.md\n      - gone.md\n")
    rows = (project.root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    line = rows.index("      - gone.md") + 1
    done = project.publish("en")
    assert done.returncode == 1
    assert done.stderr == (
        f"mkdocs.yml:{line}: nav names gone.md, which is missing. Write that guide, or remove the line.\n"
    )


def test_footnotes_that_nothing_refers_to(tmp_path: Path) -> None:
    """A footnote that nothing refers to is named with its line."""
    project = lay_out(tmp_path)
    edit(project.guide("help"), "Call a neighbour.", "Call a neighbour.\n\n[^one]: First.\n\n[^two]: Second.\n")
    done = project.publish("en")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"guides/help.md:{line}: nothing refers to the footnote {mark}. Write {mark} where it belongs, or remove it."
        for line, mark in ((17, "[^one]"), (19, "[^two]"))
    ]


@pytest.mark.parametrize("name", ["help", "site"])
def test_empty_catalog_is_said_by_the_build(name: str, tmp_path: Path) -> None:
    """An empty catalog has lost its content: the build says so, and the page is in English."""
    project = lay_out(tmp_path)
    project.catalog("fr", name).write_bytes(b"")
    done = project.publish("fr")
    assert done.returncode == 1
    assert done.stderr == (
        f"locales/fr/LC_MESSAGES/{name}.po:1: this catalog is empty. "
        "Restore it, or run: make catalogs (it fills in the English)\n"
    )


def test_long_rule_for_plural_forms_is_cut(tmp_path: Path) -> None:
    """A long faulty value is quoted by its beginning."""
    project = lay_out(tmp_path)
    path = project.catalog("fr", "site")
    path.write_text(f'msgid ""\nmsgstr "Plural-Forms: {"n" * 10_000}\\n"\n', encoding="utf-8")
    done = project.publish("fr")
    assert done.returncode == 1
    says = f'locales/fr/LC_MESSAGES/site.po:1: "{"n" * 60}…" is not a plural rule. '
    assert done.stderr == f"{says}Copy the header Plural-Forms from another file.\n"
