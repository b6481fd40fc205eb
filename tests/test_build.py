"""The tiny site, built as a host builds it, whole and spoiled."""

from __future__ import annotations

import os
import re
import shutil
import socket
from pathlib import Path

import pytest
from lxml import html

from tests.project import Project, add_guide, add_macro, edit, lay_out

MACHINE = "A machine drafted this translation."


@pytest.fixture
def built(tiny_site: Project) -> Project:
    """The tiny site, only looked at."""
    return tiny_site


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The tiny site, to be spoiled."""
    return lay_out(tmp_path)


def test_every_locale_is_a_whole_site(built: Project) -> None:
    """Each locale has its own pages and style; the root has what belongs to no language."""
    files = built.files()
    for locale in ("en", "fr", "ar"):
        assert {
            f"{locale}/index.html",
            f"{locale}/help/index.html",
            f"{locale}/style.css",
        } <= set(files)
    assert {"index.html", "404.html", "sitemap.xml", "robots.txt", ".nojekyll"} <= set(files)


def test_strict_build_has_no_warning(project: Project) -> None:
    """`mkdocs build --strict` passes for each locale, as a MkDocs user expects."""
    for locale in ("en", "fr"):
        done = project.run("-m", "mkdocs", "build", "--strict", LOCALE=locale)
        assert done.returncode == 0, done.stderr
        assert (project.root / "site" / locale / "help" / "index.html").exists()


def test_same_inputs_give_same_bytes(built: Project, project: Project) -> None:
    """Building in another folder, with another order of hashes, gives identical trees."""
    assert project.publish(PYTHONHASHSEED="7").returncode == 0
    assert project.files() == built.files()


def test_missing_units_are_marked_english(built: Project) -> None:
    """What is not translated is English with its own lang and dir, and the page says how much that is."""
    page = built.page("ar", "help")
    assert re.search(r'<li class="untranslated" dir="ltr" lang="en">Ask for safe water', page)
    assert re.search(r"<li>اتصل بجارك\.</li>", page)
    assert '<bdi lang="ar">3</bdi> of the <bdi lang="ar">9</bdi> parts of this page are in English' in page
    assert MACHINE in page
    assert "untranslated" not in built.page("fr", "help")


def test_macro_speaks_the_language_of_its_block(built: Project) -> None:
    """In a translated block a macro speaks the page's language, in an English block English."""
    french, arabic = (built.page(locale, "") for locale in ("fr", "ar"))
    assert "<bdi>3\xa0jours</bdi>" in french
    assert "<bdi>3 days</bdi>" in arabic


def test_macro_repeats_words_of_a_guide(project: Project) -> None:
    """Words that stand in another guide are translated on a French page, and marked English until they are."""
    items = "- once the water is gone\n  { #gone }\n- once it is dry\n  { #dry }\n"
    add_guide(project, "starts", f"# Starts\n\nBegin:\n\n{items}")
    macro = project.root / "macros" / "start" / "start.html"
    macro.parent.mkdir()
    macro.write_text('{% macro start(key) %}<b>{{ phrase("starts", key) }}</b>{% endmacro %}', encoding="utf-8")
    edit(project.guide("index"), "## Warnings", '{{ start("gone") }} {{ start("dry") }}\n\n## Warnings')
    assert project.run("-m", "i18n", "update").returncode == 0
    gone = 'msgid "once the water is gone"\nmsgstr "'
    edit(project.catalog("fr", "starts"), gone, f"{gone}une fois l’eau partie")
    done = project.publish()
    assert done.returncode == 0, done.stderr
    page = project.page("fr", "")
    assert "<b>une fois l’eau partie</b>" in page
    assert '<b><span lang="en" dir="ltr">once it is dry</span></b>' in page
    assert "<b>once the water is gone</b>" in project.page("en", "")


def test_headings_keep_their_english_anchors(built: Project) -> None:
    """The same anchor leads to the same place in every language."""
    for locale in ("en", "fr", "ar"):
        assert '<h2 id="first">' in built.page(locale, "help")
        assert 'id="where-to-start"' in built.page(locale, "")


def test_page_knows_its_language_and_links_to_the_others(built: Project) -> None:
    """lang and dir are the page's; each language is a relative link to the same guide."""
    page = built.page("ar", "help")
    assert '<html lang="ar" dir="rtl" data-script="Arab">' in page
    assert '<a href="../../fr/help/" lang="fr" hreflang="fr" dir="ltr">Français</a>' in page


def test_sitemap_has_what_is_translated(built: Project) -> None:
    """A page is announced in a language only when most of it is in that language; x-default is English."""
    sitemap = (built.root / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://example.org/below/fr/help/" in sitemap
    assert "https://example.org/below/ar/help/" not in sitemap
    assert 'hreflang="x-default" href="https://example.org/below/en/help/"' in sitemap
    assert 'content="noindex"' in built.page("ar", "help")
    assert 'content="noindex"' not in built.page("fr", "help")


def test_stale_unit_shows_english_and_folds_the_earlier_translation(project: Project) -> None:
    """Changed English is shown in English; the translation of the old English waits behind a fold."""
    edit(project.guide("help"), "Call a neighbour.", "Call a neighbour at once.")
    assert project.run("-m", "i18n", "update").returncode == 0
    assert project.publish().returncode == 0
    page = project.page("fr", "help")
    assert 'lang="en">Call a neighbour at once.' in page
    fold = re.search(r'<details class="earlier" [^>]*dir="ltr" lang="fr">(.*?)</details>', page, re.DOTALL)
    assert fold
    assert "<summary>Show the earlier translation</summary>" in fold[1]
    assert "<p>Appelez un voisin.</p>" in fold[1]


def test_old_safety_advice_is_withdrawn_from_every_language(project: Project) -> None:
    """An edited safety sentence leaves no byte of its old translation, also before catalogs are updated."""
    edit(project.guide("help"), "Do not drink tap water.", "Do not drink tap water that you cannot read.")
    for command in (["publish.py"], ["-m", "i18n", "update"], ["publish.py"]):
        assert project.run(*command).returncode == 0
        if command == ["publish.py"]:
            for name, content in project.files().items():
                assert b"Ne buvez pas" not in content, name
                assert "لا تشرب".encode() not in content, name
    assert 'lang="en">Do not drink tap water that you cannot read.' in project.page("fr", "help")


def test_withdrawn_paragraph_is_gone_everywhere(project: Project) -> None:
    """A paragraph that is no longer in English is in no language, whatever catalogs still hold."""
    edit(project.guide("help"), "1. Call a neighbour.\n", "")
    assert project.publish().returncode == 0
    assert "Appelez un voisin" not in project.page("fr", "help")


@pytest.mark.parametrize(
    ("msgstr", "sentence"),
    [
        (
            "Demandez de l’eau saine.",
            'The translation lost {{ cite("S02", "2.1") }}. Copy it unchanged from the msgid.',
        ),
        (
            'Demandez de l’eau saine {{ cite(\\"S02\\", \\"2.1\\") }} {{ fact(\\"litres\\") }}.',
            'The translation has {{ fact("litres") }}, which is not in the English. Remove it.',
        ),
    ],
)
def test_unfaithful_unit_falls_back_and_is_reported(project: Project, msgstr: str, sentence: str) -> None:
    """A unit that lost or invented a macro call is shown in English; the rest is built; the exit status says so."""
    path = project.catalog("fr", "help")
    edit(path, 'Demandez de l’eau saine {{ cite(\\"S02\\", \\"2.1\\") }}.', msgstr)
    done = project.publish()
    assert done.returncode == 1
    assert re.search(rf"locales/fr/LC_MESSAGES/help\.po:\d+: {re.escape(sentence)}", done.stderr)
    assert 'lang="en">Ask for safe water' in project.page("fr", "help")
    assert "Appelez un voisin" in project.page("fr", "help")


def test_refused_word_of_the_site_is_english_and_reported(project: Project) -> None:
    """A word of site.po that the judge refuses is reported with its place; the page has the English."""
    path = project.catalog("fr", "site")
    head = 'msgid ""\nmsgstr "Language: fr\\n"\n\n'
    path.write_text(f'{head}msgctxt "nav"\nmsgid "Start"\nmsgstr "evil.com"\n', encoding="utf-8")
    done = project.publish("fr")
    assert done.returncode == 1
    assert (
        "locales/fr/LC_MESSAGES/site.po:4: The translation has evil.com, which is not in the English. "
        "Remove it, or put a space after a full stop."
    ) in done.stdout + done.stderr
    assert not any(b"evil.com" in content for content in project.files().values())


def test_lost_link_number_falls_back(project: Project) -> None:
    """A unit whose link is gone is shown in English."""
    edit(project.catalog("fr", "index"), "[Aide](1)", "Aide")
    done = project.publish()
    assert done.returncode == 1
    assert "The translation lost […](1). Keep every link with its number." in done.stderr


SPOILED = {
    "quote": (b'msgstr "Aide"', b'msgstr "Ai"de"', r"help\.po:\d+: unescaped double quote found"),
    "encoding": (b"Aide", "Aidé".encode("latin-1"), r"help\.po:\d+: this file is not UTF-8\. Save it again"),
    "duplicate": (b'msgid "First steps"', b'msgid "Help"', r"help\.po:\d+: line \d+ has the same msgid"),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_broken_catalog_costs_one_guide_in_one_locale(project: Project, kind: str) -> None:
    """A catalog that cannot be read is named with file and line; that guide is English, the rest as before."""
    old, new, message = SPOILED[kind]
    path = project.catalog("fr", "help")
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))
    spoiled = path.read_bytes()
    done = project.publish()
    assert done.returncode == 1
    assert re.search(f"locales/fr/LC_MESSAGES/{message}", done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert "This page is not translated yet" in project.page("fr", "help")
    assert "Par où commencer" in project.page("fr", "")
    updated = project.run("-m", "i18n", "update")
    assert updated.returncode == 1
    assert path.read_bytes() == spoiled


def test_what_is_not_a_catalog_costs_its_page_only(project: Project) -> None:
    """A pipe, a device, a folder or a file of megabytes in the place of a catalog stops neither build nor commands."""
    for locale, name in (("fr", "help"), ("fr", "site"), ("ar", "help"), ("ar", "site")):
        project.catalog(locale, name).unlink(missing_ok=True)
    os.mkfifo(project.catalog("fr", "help"))
    project.catalog("fr", "site").symlink_to("/dev/zero")
    project.catalog("ar", "help").mkdir()
    project.catalog("ar", "index").unlink()
    project.catalog("ar", "index").symlink_to("nothing")
    project.catalog("ar", "site").write_bytes(b" " * 50_000_000 + b"x")
    irregular = "this is not a regular file. Put the catalog itself here."
    said = [
        f"locales/fr/LC_MESSAGES/help.po:1: {irregular}",
        f"locales/fr/LC_MESSAGES/site.po:1: {irregular}",
        f"locales/ar/LC_MESSAGES/help.po:1: {irregular}",
        "locales/ar/LC_MESSAGES/index.po:1: this file cannot be read (No such file or directory). Restore it.",
        "locales/ar/LC_MESSAGES/site.po:1: this file is larger than 5 MB. Restore it: no guide needs that much.",
    ]
    for command in (["publish.py"], ["-m", "i18n", "update"], ["-m", "i18n", "report"], ["-m", "checks", "catalogs"]):
        done = project.run(*command)
        assert done.returncode == 1, command
        assert [line for line in said if line not in done.stdout + done.stderr] == [], command
        assert "Traceback" not in done.stderr, command
    assert "This page is not translated yet" in project.page("fr", "help")
    assert "Par où commencer" in project.page("fr", "")
    assert project.catalog("ar", "help").is_dir()
    assert project.catalog("ar", "index").is_symlink()


CALL = '{{ fact("litres") }}'
GUIDES = {
    "macro": (CALL, '{{ fakt("litres") }}', 'guides/help.md:18: no macro is called "fakt". Did you mean "fact"?'),
    "argument": (CALL, '{{ fact("litres", 2) }}', "macro 'fact' takes not more than 1 argument(s)"),
    "key": (CALL, '{{ fact("litre") }}', 'data/facts.yml has no "litre". Did you mean "litres"?'),
    "literal": (CALL, "{{ fact(litres) }}", "takes literal values only, in quotes"),
    "address": ("1. Call", "1. [Look](http://[there). Call", "guides/help.md:15: http://[there is not a valid"),
    "language": (CALL, f"\n\n/// html | div\n    attrs: {{lang: xx}}\n\n{CALL}\n\n///\n", "lang: xx, which is not a"),
    "front matter": ("title: Help", 'title: "Help', "guides/help.md:7: the front matter cannot be read"),
    "heading": ("# What to do\n", "What to do\n", "guides/help.md:8: the guide has no heading"),
}  # fmt: skip


@pytest.mark.parametrize("kind", GUIDES)
def test_fault_in_a_guide_is_said_with_its_place(project: Project, kind: str) -> None:
    """A writer is told file, line, what and what to do; the other guide is built."""
    old, new, message = GUIDES[kind]
    edit(project.guide("help"), old, new)
    done = project.publish()
    assert done.returncode == 1
    assert message in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert (project.root / "site" / "en" / "index.html").exists()


def test_fault_in_a_guide_is_said_once(project: Project) -> None:
    """Links and menu entries that led to the broken guide are not reported as well, in any language."""
    edit(project.guide("help"), "title: Help", 'title: "Help')
    done = project.publish()
    assert done.returncode == 1
    assert done.stderr == (
        "guides/help.md:7: the front matter cannot be read: found unexpected end of stream. "
        'Put text with a colon in "double quotes".\n'
    )
    menu = re.sub("<article.*?</article>", "", project.page("fr", ""), flags=re.DOTALL)
    assert 'href="help/"' not in menu


CONFIGURATIONS = {
    "syntax": ("nav:\n", "nav: [\n", "mkdocs.yml:24: did not find expected node content. Look at"),
    "indent": ("docs_dir:", "  docs_dir:", "mkdocs.yml:5: did not find expected key. Look at"),
    "control": ("site_name: ", "site_name: \0", "mkdocs.yml:2: there is an invisible character, a control"),
    "folder": ("docs_dir: guides", "docs_dir: guidez", "mkdocs.yml:5: docs_dir: The path "),
    "extension": ("- abbr\n", "- abbrx\n", "mkdocs.yml:42: markdown_extensions: Failed to load extension 'abbrx'. "),
    "theme": ("name: material", "name: materiel", "mkdocs.yml:35: theme: Unrecognised theme name: 'materiel'."),
    "section": ("          - water.md\n", "", "mkdocs.yml: in nav, At home has nothing below it. Write"),
    "option": ("plugins:", "plugin:", "mkdocs.yml:38: plugin: Unrecognised configuration name: plugin\n"),
}  # fmt: skip


def test_fault_in_the_roles_is_one_sentence_of_every_command(project: Project) -> None:
    """An invalid role stops both the build and the checks."""
    edit(project.root / "mkdocs.yml", "    sources: about\n", "    sauces: about\n")
    for command in (["publish.py"], ["-m", "checks", "guides"]):
        done = project.run(*command)
        assert done.returncode == 1
        assert (done.stdout + done.stderr).startswith('mkdocs.yml: "sauces" is not a role. Use any of search, '), (
            command
        )
        assert "Traceback" not in done.stderr


def test_configuration_without_a_locale_is_one_sentence(project: Project) -> None:
    """A site whose languages cannot be told apart is not built."""
    edit(project.root / "mkdocs.yml", "  locale: !ENV [LOCALE, en]\n", "")
    done = project.publish()
    assert done.returncode == 1
    sentence = "mkdocs.yml: extra.locale is missing. Write it below extra: locale: !ENV [LOCALE, en]"
    assert done.stderr == f"{sentence}\nNothing was built.\n"


def test_site_without_macros_is_built(project: Project) -> None:
    """Deleting the last macro leaves no folder in git. Only the calls are reported then."""
    shutil.rmtree(project.root / "macros")
    done = project.publish()
    assert done.returncode == 1
    assert all("no macro is called" in line for line in done.stderr.splitlines()), done.stderr
    assert (project.root / "site" / "en" / "help" / "index.html").exists()


def test_role_without_a_guide_leads_nowhere(project: Project) -> None:
    """If the guide of a role is missing or cannot be read, no page links to it, and nothing is written for it."""
    edit(project.root / "mkdocs.yml", "  roles:\n", "  roles:\n    search: ../gone\n    feed: gone\n")
    edit(project.guide("about"), "title: About", 'title: "About')
    assert project.publish().returncode == 1
    page = project.page("en", "help")
    assert "How we know" not in page
    assert "atom+xml" not in page
    assert ">Search<" not in page
    assert [name for name in project.files() if name.endswith(".js")] == []


def test_site_without_a_guide_is_said(project: Project) -> None:
    """If no guide is left to publish, that is said, and not which file of a build is missing."""
    edit(project.root / "mkdocs.yml", "  README.md\n", "  README.md\n  *.md\n")
    done = project.publish("fr")
    assert done.returncode == 1
    assert "guides: no guide here can be published. Write index.md.\n" in done.stderr
    assert "style.css" not in done.stderr


@pytest.mark.parametrize("kind", CONFIGURATIONS)
def test_fault_in_the_configuration_is_one_line_with_its_place(project: Project, kind: str) -> None:
    """A fault in mkdocs.yml is reported once for all languages, in one line, with the line of the file."""
    old, new, sentence = CONFIGURATIONS[kind]
    edit(project.root / "mkdocs.yml", old, new)
    done = project.publish()
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
    if kind in ("syntax", "indent", "control"):
        assert project.run("-m", "i18n", "update").stderr.startswith(sentence)
        assert project.run("-m", "checks", "guides").stdout.startswith(sentence)


def test_site_without_a_first_page_is_reported(project: Project) -> None:
    """Every page links to the first page, so a build without index.md does not pass, whatever the nav says."""
    (project.root / "guides" / "index.md").unlink()
    edit(project.root / "mkdocs.yml", "      - index.md\n", "")
    done = project.publish()
    assert done.returncode == 1
    assert "guides/index.md is missing. Write it: it is the first page.\n" in done.stderr


def test_pages_without_folders_are_refused(project: Project) -> None:
    """Packs and checks look for a page in its folder, so another layout is refused before anything is made."""
    edit(project.root / "mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false")
    sentence = "mkdocs.yml: use_directory_urls is false, but each page needs a folder. Remove that line."
    done = project.publish()
    assert (done.returncode, done.stderr) == (1, f"{sentence}\nNothing was built.\n")
    assert not (project.root / "site" / "index.html").exists()


def test_configuration_that_is_not_utf8_is_said_with_its_line(project: Project) -> None:
    """Every command says the line and what to do."""
    path = project.root / "mkdocs.yml"
    path.write_bytes(path.read_bytes().replace(b"After a flood", "Après".encode("latin-1")))
    sentence = "mkdocs.yml:2: this file is not UTF-8. Save it again with the encoding UTF-8.\n"
    assert project.publish().stderr == sentence
    assert project.run("-m", "i18n", "update").stderr.startswith(sentence)


def test_data_that_is_no_yaml_is_said_with_its_line(project: Project) -> None:
    """A data file with a syntax error stops the build with one sentence."""
    facts = project.root / "data" / "facts.yml"
    facts.write_text("litres:\n  value: [15\nother: 1\n", encoding="utf-8")
    done = project.publish()
    assert done.returncode == 1
    assert re.search(r"data/facts\.yml:\d+: ", done.stderr)
    assert "Traceback" not in done.stderr


def test_folder_that_is_no_locale_is_said_and_the_rest_is_built(project: Project) -> None:
    """`locales/klingonish/` is named, and all other languages are built."""
    (project.root / "locales" / "klingonish").mkdir()
    done = project.publish()
    assert done.returncode == 1
    assert '"klingonish" is not a locale.' in done.stderr
    assert "Premières étapes" in project.page("fr", "help")


@pytest.mark.parametrize(
    ("name", "dir", "own_name"),
    [
        ("uk", "ltr", "Українська"),
        ("sw", "ltr", "Kiswahili"),
        ("am", "ltr", "አማርኛ"),
        ("ps", "rtl", "پښتو"),
        ("ti", "ltr", "ትግርኛ"),
        ("ckb", "rtl", "کوردیی ناوەندی"),
    ],
)
def test_language_begins_with_one_command(project: Project, name: str, dir: str, own_name: str) -> None:
    """`new` makes a complete empty locale, also for a language that Material has no words for, and the build is whole.

    Each page says its language and direction and the language's own name, and each word on it is marked as English.
    """
    done = project.run("-m", "i18n", "new", name)
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in (project.root / "locales" / name / "LC_MESSAGES").glob("*.po")} == {
        "about",
        "help",
        "index",
        "site",
        "water",
    }
    done = project.publish(name)
    assert done.returncode == 0, done.stderr
    for guide in ("", "help", "water", "about"):
        page = html.fromstring(project.page(name, guide))
        assert (page.get("lang"), page.get("dir")) == (name, dir)
        (here,) = page.xpath("//b[@aria-current='true']")
        assert (here.get("lang"), here.get("dir"), here.text) == (name, dir, own_name)
        # Numbers, dates and names in <bdi> are values and not words.
        words = page.xpath("//article//text()[ancestor::*[@lang][1]/@lang != 'en' and not(ancestor::bdi)]")
        assert [each for each in words if any(letter.isalpha() for letter in each)] == []


def test_unknown_locale_is_refused_with_a_sentence(project: Project) -> None:
    """If a language is missing, the message names the command that creates it."""
    done = project.publish("uk")
    assert done.returncode == 1
    assert "python -m i18n new uk" in done.stderr
    assert "Traceback" not in done.stderr


def test_port_in_use_is_said_before_building(project: Project) -> None:
    """Serving on a port that is taken names another one and builds nothing."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = project.publish("--serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is in use. Choose another one: make serve PORT={port + 1}" in done.stderr
    assert not (project.root / ".cache").exists()


@pytest.mark.parametrize("port", ["0", "65536"])
def test_port_that_cannot_exist_is_said(project: Project, port: str) -> None:
    """A number that is not a port is refused in one sentence."""
    done = project.publish("--serve", "--port", port)
    assert done.returncode == 1
    assert done.stderr == f"{port} is not a port. Choose one from 1 to 65535: make serve PORT=8001\n"


def test_pseudo_locale_shows_every_string_that_is_translated(project: Project) -> None:
    """en-XA is built on demand, every unit made strange, and never announced."""
    add_macro(project.root, "languages")
    text = project.guide("help").read_text(encoding="utf-8")
    project.guide("help").write_text(f"{text}\n{{{{ languages() }}}}\n", encoding="utf-8")
    assert (done := project.publish("en_XA")).returncode == 0, done.stderr
    page = project.page("en-XA", "help")
    assert "⟦Ŵĥàţ ţö đö" in page
    assert "untranslated" not in page
    assert "en-XA" not in (project.root / "site" / "sitemap.xml").read_text(encoding="utf-8")


def test_unexpected_error_is_one_sentence_or_a_traceback(tmp_path: Path) -> None:
    """An unexpected error is reported with the place where it happened; with `--traceback`, with its traceback."""
    project = lay_out(tmp_path)
    edit(project.root / "generator" / "templates.py", "    up = ", "    1 / 0\n    up = ")
    done = project.publish("fr")
    assert done.returncode == 1
    assert re.search(r"^fr was not built: .*generator/templates.py:\d+: ZeroDivisionError", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr
    done = project.publish("fr", "--traceback")
    assert done.returncode == 1
    assert "fr was not built: Traceback (most recent call last):\n" in done.stderr
    assert 'publish.py", line ' in done.stderr
    assert "ZeroDivisionError: division by zero\n" in done.stderr
