"""A language may fall back to another one before English: block by block, marked, and counted as what it is."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from pathlib import Path

import polib
import pytest
from lxml import html

from generator.edition import Edition
from generator.facing import faced
from generator.page import PageExtension
from generator.site import Library, Site
from i18n import guides
from i18n.fallback import fallback_of
from i18n.language import read_languages
from i18n.locales import Locale
from i18n.markdown import Choice, Source
from i18n.words import Words, spanned, unmarked
from tests.configured import EXTENSIONS
from tests.project import Project, add_guide, add_macro, edit, lay_out, served
from tests.test_search import unpacked

UKRAINIAN = Locale.of("uk")
FRONT = """---
title: {0}
summary: {0}.
audience: [reader]
reviewed: 2026-11-22
recheck: 2027-02-22
unsourced: It lists pages.
---
# {0}

"""
SHORT = """/// html | div.short
Do not drink tap water.

- Boil it.
///

[As a text file](help.txt)

## First steps { #first }
"""
FACT = 'A person needs {{ fact("litres") }} litres of water a day.'
LEAVE = "Leave this page"


def translate(project: Project, locale: str, guide: str, words: dict[str, str], context: str | None = None) -> None:
    """Write translations into a catalog."""
    catalog = polib.pofile(str(project.catalog(locale, guide)))
    for msgid, msgstr in words.items():
        entry = next(each for each in catalog if (each.msgid, each.msgctxt) == (msgid, context))
        entry.msgstr = msgstr
    catalog.save()


def falling_back(project: Project, locale: str, other: str) -> None:
    """Add an entry to data/languages.yml."""
    path = project.root / "data" / "languages.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{locale}:\n  fallback: {other}\n", encoding="utf-8")


def begun(folder: Path) -> Project:
    """The site with a new language, Ukrainian, which falls back to Arabic: the directions differ too."""
    project = lay_out(folder)
    add_macro(project.root, "a_z", "search", "changed")
    edit(project.guide("help"), "## First steps { #first }\n", SHORT)
    edit(project.guide("help"), "title: Help\n", "title: Help\nwas: [aid]\n")
    with project.guide("help").open("a", encoding="utf-8") as file:
        file.write("\n## Later { #later }\n\nWait.\n")
    add_guide(
        project,
        "search",
        f"{FRONT.format('Find')}{{{{ search() }}}}\n\n## List {{ #list }}\n\n{{{{ a_z() }}}}\n",
        "search",
    )
    news = '## Water { #water }\n\n{{ changed("2026-11-22", "help", "water") }}\n'
    add_guide(project, "news", f"{FRONT.format('News')}{news}", "feed")
    edit(project.root / "mkdocs.yml", "  roles:\n", "  roles:\n    steps: [help, water]\n")
    edit(project.root / "data" / "languages.yml", "ar:\n", "ar:\n  numbering: arab\n")
    for arguments in (["update"], ["new", "uk"]):
        done = project.run("-m", "i18n", *arguments)
        assert done.returncode == 0, done.stderr
    falling_back(project, "uk", "ar")
    translate(project, "ar", "help", {FACT: 'يحتاج كل شخص إلى {{ fact("litres") }} لترًا من الماء يوميًا.'})
    translate(project, "ar", "news", {"Water": "الماء"})
    translate(project, "ar", "site", {LEAVE: "غادر هذه الصفحة"}, "page")
    translate(project, "uk", "help", {"Call a neighbour.": "Покличте сусіда."})
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = begun(tmp_path_factory.mktemp("fallback"))
    done = project.publish()
    assert (done.returncode, done.stderr) == (0, "")
    return project


AR = 'lang="ar" dir="rtl"'
BLOCK = 'class="untranslated" dir="rtl" lang="ar"'


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("help", '<h1 class="untranslated" dir="rtl" id="what-to-do" lang="ar">ماذا تفعل</h1>'),
        ("help", f"<p {BLOCK}>لا تشرب ماء الصنبور.</p>"),
        ("help", f'<p {BLOCK}>يحتاج كل شخص إلى <span class="macro-fact"><bdi>١٥</bdi></span> لترًا'),
        ("help", "<li>Покличте сусіда.</li>"),
        ("help", '<li class="untranslated" dir="ltr" lang="en">Ask for safe water'),
        ("help", f'<a href="#first" {AR}>الخطوات الأولى</a>'),
        ("help", '<a href="#later" lang="en" dir="ltr">Later</a>'),
        ("help", f'<a href="./" {AR} aria-current="page">مساعدة</a>'),
        ("help", f'rel="prev"><span><span lang="en" dir="ltr">Previous page</span></span> <b {AR}>الصفحة الأولى</b>'),
        ("help", f"<span {AR}>غادر هذه الصفحة</span>"),
        ("water", f'<a href="../help/" {AR}>مساعدة</a>'),
        ("", f'<li><a href="help/" {AR}>مساعدة</a></li>'),
        ("search", f'<a href="../help/#first" {AR}>الخطوات الأولى</a> <small {AR}>(مساعدة)</small>'),
        ("news", f'<li><a href="../help/" {AR}>مساعدة</a></li>'),
        ("news", '<li><a href="../water/" lang="en" dir="ltr">Safe water</a></li>'),
        ("aid", f'<a href="../help/" {AR}>مساعدة</a>'),
    ],
)  # fmt: skip
def test_each_kind_of_place_is_marked(built: Project, page: str, words: str) -> None:
    """Blocks, titles, headings, lists and words of templates are in their own language, or Arabic, or English."""
    assert words in " ".join(built.page("uk", page).split())


def test_search_has_both_languages(built: Project) -> None:
    """The search says of each block in which language it is, and finds a page by what people type in both."""
    pages = {page[0]: page for page in json.loads(unpacked(built.files()["uk/search/pages.js"].decode()))}
    _, title, _, *parts = pages["help/"]
    assert title == {"ar": "مساعدة"}
    assert ["later", "\tLater", "\tWait."] in parts
    assert "Покличте сусіда." in next(part for part in parts if part[0] == "first")


def test_feed_and_text_file_say_the_language(built: Project) -> None:
    """An entry of the feed has the language of its title. The text file says which lines are in which language."""
    files = built.files()
    assert '<title xml:lang="ar">الماء</title>' in files["uk/news.xml"].decode()
    lines = files["uk/help.txt"].decode("utf-8-sig").splitlines()
    assert lines[:3] == [
        "مساعدة",
        "Some of these lines are in English: they are not translated yet.",
        "Some of these lines are in العربية: they are not translated yet.",
    ]
    assert "لا تشرب ماء الصنبور." in lines


def test_the_page_beside_its_english(built: Project) -> None:
    """A block in the other language has its English beside it; one in English has not."""
    page = html.fromstring(built.page("uk", "help/facing"))
    pairs = [[span.text_content() for span in pair] for pair in page.xpath("//*[contains(@class, 'pair')]")]
    assert ["لا تشرب ماء الصنبور.", "Do not drink tap water."] in pairs
    assert ["Покличте сусіда.", "Call a neighbour."] in pairs
    assert not [pair for pair in pairs if pair[0] == pair[1]]
    (safety,) = page.xpath("//p[span='Do not drink tap water.' and not(ancestor::*[@class='short'])]")
    assert (safety.get("lang"), safety.xpath("./span/@lang")) == ("ar", ["en"])


def test_what_is_counted_is_its_own(built: Project) -> None:
    """The notice says how many parts are not translated, and in which language they are; the list has only its own."""
    page = built.page("uk", "help")
    notice = html.fromstring(page).xpath("string(//div[@class='notice'])")
    assert " ".join(notice.split()).startswith(
        "13 of the 14 parts of this page are not translated, or their English text has changed. "
        "You see 7 parts in this language: العربية. You see 6 parts in English. A person translated this page."
    )
    assert f'<a href="../../ar/help/" hreflang="ar" {AR}>العربية</a>' in page
    assert "noindex" in page
    french = html.fromstring(built.page("fr", "help")).xpath("//li[a[@hreflang='uk']]")
    assert [" ".join(each.text_content().split()) for each in french] == ["Українська 7 %"]
    assert "uk/help" not in built.files()["sitemap.xml"].decode()


def test_nobody_else_falls_back(built: Project) -> None:
    """Other languages show what they lack in English."""
    for page in ("help", "water", "about"):
        assert 'lang="ar"' not in built.page("fr", page).partition("<article")[2].partition("</article")[0]
        assert 'lang="uk"' not in built.page("ar", page).partition("<article")[2].partition("</article")[0]


def test_checks_find_nothing(built: Project) -> None:
    """The built site keeps all promises."""
    done = built.run("-m", "checks")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_packs_have_the_words_of_both(tmp_path: Path) -> None:
    """What is made of the built site says the same: its own words first, then those of the other language."""
    project = begun(tmp_path)
    root, languages = project.root, {"uk": {"fallback": "ar"}}
    words = Edition(Site(root / "locales", {"languages": languages}), UKRAINIAN).marking
    shown = spanned(f"{words.pgettext('page', LEAVE)}, {words.pgettext('page', 'Menu')}", "uk")
    assert shown == f'<span {AR}>غادر هذه الصفحة</span>, <span lang="en" dir="ltr">Menu</span>'


# ── one unit ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def edition_of(project: Project) -> tuple[Edition, guides.Guide]:
    library = Library(guides.markdown(EXTENSIONS, PageExtension()))
    values = {"languages": read_languages(project.root / "data" / "languages.yml", [])}
    guide = next(each for each in library.read(project.root / "guides")[0] if each.slug == "help")
    return Edition(Site(project.root / "locales", values, [guide]), UKRAINIAN), guide


SAFETY = "Do not drink tap water."


@pytest.mark.parametrize(
    ("own", "other", "shown"),
    [
        ("Не пийте воду з крана.", "", ("Не пийте воду з крана.", "")),
        ("Не пийте воду з крана.", "لا تشرب ماء الصنبور.", ("Не пийте воду з крана.", "")),
        ("", "لا تشرب ماء الصنبور.", ("لا تشرب ماء الصنبور.", "ar")),
        ("Не пийте <b>воду</b>.", "لا تشرب ماء الصنبور.", ("لا تشرب ماء الصنبور.", "ar")),
        ("fuzzy", "لا تشرب ماء الصنبور.", ("لا تشرب ماء الصنبور.", "ar")),
        ("", "اشرب ماء الصنبور.", (SAFETY, "en")),
        ("", "fuzzy", (SAFETY, "en")),
        ("", "", (SAFETY, "en")),
    ],
)
def test_which_words_readers_see(tmp_path: Path, own: str, other: str, shown: tuple[str, str]) -> None:
    """Missing, stale and refused words give way to those of the other language if these are current and faithful."""
    project = lay_out(tmp_path)
    assert project.run("-m", "i18n", "new", "uk").returncode == 0
    falling_back(project, "uk", "ar")
    for locale, words in (("uk", own), ("ar", other)):
        translate(project, locale, "help", {SAFETY: "Слова" if words == "fuzzy" else words})
        if words == "fuzzy":
            edit(project.catalog(locale, "help"), f'msgid "{SAFETY}"', f'#, fuzzy\nmsgid "{SAFETY}"')
    edition, guide = edition_of(project)
    (unit,) = [unit for unit in guide.units if unit.msgid == SAFETY]
    assert unit.withdrawn_when_stale
    assert edition.wording(guide, unit) == shown
    counted = edition.coverage["help"]
    assert counted.translated == (1 if shown[1] == "" else 0)
    assert counted.total == counted.translated + counted.borrowed + counted.english


def test_an_earlier_translation_stays_behind_the_other_language() -> None:
    """What readers may be shown of their own earlier translation is there in their language, also below the other."""
    choice = Choice("الماء", earlier="Вода", lang="ar", dir="rtl")
    rendered = Source(guides.markdown(EXTENSIONS), "Water").render(lambda unit: choice, "uk", "ltr", "Раніше")
    assert rendered.splitlines() == [
        f"<p {BLOCK}>الماء</p>",
        '<details class="earlier" data-search-exclude="" dir="ltr" lang="uk">',
        "<summary>Раніше</summary>",
        "<p>Вода</p>",
        "</details>",
    ]


@pytest.mark.parametrize("text", ["Water", "- Water\n    - Fire"])
def test_papers_to_show_have_their_english_too(text: str) -> None:
    """In a block with two languages, the English stands beside the other language, and each has its own mark."""
    page = f"/// html | div.bilingual\n{text}\n///\n"
    made = html.fragment_fromstring(
        Source(guides.markdown(EXTENSIONS), page).render(
            lambda unit: Choice(unit.msgid.upper(), lang="ar", dir="rtl"), "uk"
        ),
        "div",
    )
    english = [span.text for span in made.xpath(".//span[@class='english'][@lang='en']")]
    assert english == re.findall(r"\w+", text)
    for span in made.xpath(".//span[@class='english']"):
        before = span.getprevious() if span.getprevious() is not None else span.getparent()
        assert (before.get("lang"), before.text.strip()) == ("ar", span.text.upper())
    assert "pair" not in faced(html.tostring(made, encoding="unicode"), f"<div>{text}</div>", "../")


FORMS = {0: "%(num)s صفحتان", 1: "%(num)s صفحة"}


def test_words_of_templates_fall_back_in_their_own_plural() -> None:
    """The form for a number is chosen by the rule of the language whose words are shown."""
    arabic = polib.POFile()
    arabic.metadata = {"Plural-Forms": "nplurals=2; plural=n!=2;"}
    arabic.append(polib.POEntry(msgid="%(num)s page", msgid_plural="%(num)s pages", msgstr_plural=FORMS))
    words = Words().falling_back("ar", Words(arabic))
    assert words.ngettext("%(num)s page", "%(num)s pages", 2) == FORMS[0]
    assert words.gettext("Menu") == "Menu"
    marked = words.marking().ngettext("%(num)s page", "%(num)s pages", 2)
    assert spanned(marked, "uk") == f'<span {AR}><bdi lang="uk">%(num)s</bdi> صفحتان</span>'
    assert unmarked(marked) == FORMS[0]
    assert spanned(f'<a title="{marked}">', "uk") == f'<a title="{FORMS[0]}">'


# ── the entry ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("languages", "says"),
    [
        ({"uk": {"fallback": "uk"}}, "uk falls back to uk, which is itself. Name another language, or remove"),
        ({"uk": {"fallback": "fa"}}, "uk falls back to fa, which this site does not have. Name a folder of"),
        ({"uk": {"fallback": "en"}}, "uk falls back to en, which this site does not have."),
        ({"uk": {"fallback": ["ar"]}}, "uk falls back to ['ar'], which this site does not have."),
        (
            {"uk": {"fallback": "ar"}, "ar": {"fallback": "fr"}},
            "uk falls back to ar, which has a fallback too. A language falls back once: remove one of the two.",
        ),
    ],
)
def test_entry_that_cannot_be_used(tmp_path: Path, languages: dict[str, object], says: str) -> None:
    """What is wrong with an entry is a sentence, and the language falls back to English."""
    faults: list[str] = []
    assert fallback_of(UKRAINIAN, languages, lay_out(tmp_path).root / "locales", faults) is None
    (sentence,) = faults
    assert sentence.startswith(f"data/languages.yml: {says}")


def test_wrong_entry_is_reported_by_the_build(tmp_path: Path) -> None:
    """The build reports the entry once, and makes the pages."""
    project = lay_out(tmp_path)
    assert project.run("-m", "i18n", "new", "uk").returncode == 0
    falling_back(project, "uk", "uk")
    done = project.publish("uk")
    assert done.returncode == 1
    assert done.stderr == (
        "data/languages.yml: uk falls back to uk, which is itself. Name another language, or remove its fallback.\n"
    )
    assert 'lang="en">Do not drink tap water.' in project.page("uk", "help")


def test_entry_of_a_language_that_the_site_has_not_is_no_fault(tmp_path: Path) -> None:
    """data/languages.yml may know more languages than the site has."""
    project = lay_out(tmp_path)
    falling_back(project, "uk", "pl")
    done = project.publish("fr")
    assert (done.returncode, done.stderr) == (0, "")


# ── what is built again ──────────────────────────────────────────────────────────────────────────────────────────────


def test_serving_builds_those_that_fall_back(tmp_path: Path) -> None:
    """Who saves a catalog sees it on the pages of a language that falls back to it."""
    project = lay_out(tmp_path)
    assert project.run("-m", "i18n", "new", "uk").returncode == 0
    falling_back(project, "uk", "ar")
    with served(project) as (process, address):
        before, after = "لا تشرب ماء الصنبور.", "لا تشرب من ماء الصنبور."
        for words in (before, after):
            deadline, page = time.monotonic() + 60, ""
            while words not in page and process.poll() is None and time.monotonic() < deadline:
                try:
                    with urllib.request.urlopen(f"{address}uk/help/", timeout=10) as answer:
                        page = answer.read().decode()
                except urllib.error.URLError:
                    pass
                time.sleep(0.05)
            assert words in page
            if words == before:
                edit(project.catalog("ar", "help"), before, after)
