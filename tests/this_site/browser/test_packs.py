"""Packs of the real site: opened from a disk in a browser, and as PDF by poppler."""

from __future__ import annotations

import http.client
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pikepdf
import pytest
from lxml import html
from pdfua import validate
from playwright.sync_api import Page, expect

from generator import built
from generator.roles import Roles
from i18n.guides import configuration
from packs import tagged
from tests import system
from tests.browser.conftest import served
from tests.this_site import ROOT
from tests.this_site.browser.conftest import PACKED


@pytest.fixture
def said(page: Page) -> list[str]:
    """What the browser writes into its console: each violation of the policy is there."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


# ── the folder from the ZIP ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tag", PACKED)
def test_every_page_opens_from_a_disk(page: Page, packed: Path, said: list[str], requests: list[str], tag: str) -> None:
    """Each page has its style, breaks no rule of its policy, and asks nothing of a network."""
    for path in sorted((packed / "unpacked" / tag).glob("**/index.html")):
        page.goto(path.as_uri())
        expect(page.locator(".bar")).to_have_css("position", "sticky")
    assert said == []
    assert [each for each in requests if not each.startswith(("file:", "data:"))] == []


def test_reading_on_from_a_disk(page: Page, packed: Path) -> None:
    """From the first page in Arabic, links lead through the folder, to the heading that they name."""
    folder = packed / "unpacked" / "ar"
    page.goto((folder / "index.html").as_uri())
    page.locator('article a[href="arrested/index.html"]').first.click()
    expect(page).to_have_url((folder / "arrested" / "index.html").as_uri())
    page.locator('article a[href="../words/index.html#ccf"]').first.click()
    expect(page).to_have_url(f"{(folder / 'words' / 'index.html').as_uri()}#ccf")
    expect(page.locator("#ccf")).to_be_in_viewport()


def test_searching_a_copy(page: Page, packed: Path, said: list[str]) -> None:
    """The search of the folder finds without a network, and what it finds opens from the disk."""
    folder = packed / "unpacked" / "ar"
    page.goto((folder / "search" / "index.html").as_uri())
    page.locator(".macro-search input").fill("لاجئ")
    page.locator(".macro-search ol a").first.click()
    expect(page).to_have_url(re.compile(rf"^{re.escape(folder.as_uri())}/.*index\.html(#.*)?$"))
    expect(page.locator("h1")).to_be_visible()
    assert said == []


def test_leaving_a_copy(page: Page, packed: Path) -> None:
    """Shift three times leaves a page that was opened from a disk too."""
    page.goto((packed / "unpacked" / "en" / "arrested" / "index.html").as_uri())
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_url("about:blank")


# ── one file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tag", PACKED)
def test_one_file_is_read_without_script_or_network(
    page_without_script: Page, packed: Path, requests: list[str], tag: str
) -> None:
    """Contents lead to each page, its links to the other pages, and the style is allowed by the policy."""
    page = page_without_script
    page.set_viewport_size({"width": 320, "height": 640})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((packed / "packs" / f"{tag}.html").as_uri())
    expect(page.locator(".bar")).to_have_css("position", "sticky")
    page.locator('#copy-contents a[href="#arrested"]').click()
    expect(page.locator("#arrested h1")).to_be_in_viewport()
    page.locator('#arrested a[href="#extradition"]').first.click()
    expect(page.locator("#extradition h1")).to_be_in_viewport()
    # An anchor that many pages have leads to the page that was meant.
    link = page.locator('article a[href*="--"]:visible').first
    part, anchor = (link.get_attribute("href") or "").split("--")
    link.click()
    expect(page.locator(f"{part} {part}--{anchor}")).to_be_in_viewport()
    assert said == []
    assert [each for each in requests if not each.startswith("file:")] == []


LANGUAGES = ["en", *sorted(path.parent.name.replace("_", "-") for path in ROOT.glob("locales/*/LC_MESSAGES"))]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_packs_are_light(sampled: Path, tag: str) -> None:
    """Every language fits into one file of at most 250 kB, its HTML file in a ZIP.

    The website in a ZIP has at most 600 kB, the HTML file at most 1,200 kB, as they lie on a disk.
    """
    assert (sampled / f"{tag}.html.zip").stat().st_size <= 250_000
    assert (sampled / f"{tag}.zip").stat().st_size <= 600_000
    assert (sampled / f"{tag}.html").stat().st_size <= 1_200_000


def test_one_file_is_in_its_language(packed: Path) -> None:
    """Pages that are not translated are in the English file alone, and the file says so; the ZIP has them all."""
    english, arabic = (html.parse(packed / "packs" / f"{tag}.html") for tag in PACKED)
    here, all_ = (set(tree.xpath("//article/@id")) for tree in (arabic, english))
    assert {"index", "arrested", "check"} <= here <= all_
    announced = {page.slug for page in built.read(packed, "ar").pages if page.is_announced}
    for guide in all_ - {"index"}:
        assert (guide in here) == (guide in announced), guide
        assert (packed / "unpacked" / "ar" / guide / "index.html").exists()
    assert len(arabic.xpath("//div[contains(@class, 'copy__about')]/p")) == (1 if here == all_ else 2)
    assert len(english.xpath("//div[contains(@class, 'copy__about')]/p")) == 1


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def poppler(program: str, *arguments: str | Path) -> str:
    command = [system.needed(program), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def emergency() -> tuple[str, ...]:
    """The guides that are printed alone."""
    return Roles.of(configuration(ROOT / "mkdocs.yml")["extra"]["roles"]).emergency


def names(tag: str) -> list[str]:
    return [f"{tag}.pdf", *(f"{tag}-{number}.pdf" for number in range(1, len(emergency()) + 1))]


NOT_ON_PAPER = (
    ".//*[@class='steps'] | .//details[@class='contents' or contains(@class, 'earlier')]"
    " | .//section[contains(@class, 'macro-references')]//li//li//a"
)
"""What leads to other places: with the ways back from the list of sources to their marks."""


@pytest.mark.parametrize("tag", PACKED)
def test_a_pdf_says_what_it_is_and_nothing_of_the_machine(packed: Path, tag: str) -> None:
    """Each has a title, a language, tags, A4 pages, the time of the commit, and no name of a program or a folder."""
    for name in names(tag):
        path = packed / "packs" / name
        about = dict(line.split(":", 1) for line in poppler("pdfinfo", path).splitlines())
        assert about["Title"].strip(), name
        assert about["Tagged"].strip() == "yes", name
        assert "A4" in about["Page size"], name
        assert "Producer" not in about, name
        assert "Creator" not in about, name
        with pikepdf.open(path) as document:
            assert document.Root.Lang == tag, name
            links = [
                str(note.A.URI)
                for page in document.pages
                for note in page.get("/Annots", [])
                if "/A" in note and "/URI" in note.A
            ]
        assert [link for link in links if link.startswith("file:")] == [], name


STANDARD = re.compile(
    "/(Document|Art|Sect|Div|BlockQuote|NonStruct|P|H[1-6]|L|LI|Lbl|LBody|Table|T[RHD]|THead|TBody|TFoot|Caption|Span"
    "|Quote|Note|Reference|Code|Link|Annot)"
)
"""Types of PDF 1.7 (ISO 32000-1, 14.8.4) that a page of text can have."""


def pdfs(packed: Path, sampled: Path, tag: str) -> list[Path]:
    """The PDF files of a language: all of them, or for most languages that of one guide."""
    found = sorted(path for folder in (packed / "packs", sampled) for path in folder.glob(f"{tag}*.pdf"))
    assert found
    return found


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_pdf_keeps_to_pdf_ua(packed: Path, sampled: Path, tag: str) -> None:
    """The checker finds nothing, not even what it calls a warning: in all packs of two languages, in one of each other.

    With pikepdf 10, its rule about empty headings fails on a heading in several pieces, and says so: here is our own.
    """
    for path in pdfs(packed, sampled, tag):
        report = validate(str(path))
        assert [f"{path.name}: {each.location.describe()}: {each.message}" for each in report.findings] == []
        assert {each.rule_id for each in report.skipped} <= {"UA-14-001"}, path.name
        with pikepdf.open(path) as document:
            empty = [
                each for each in tagged.elements(document) if re.fullmatch(r"/H\d?", str(each.S)) and "/K" not in each
            ]
            assert empty == [], path.name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_pdf_has_what_the_checker_does_not_look_for(packed: Path, sampled: Path, tag: str) -> None:
    """Each has its title in both places, tabs in reading order, lists with bodies, types that PDF 1.7 knows, and a
    letter for each sign.
    """
    for path in pdfs(packed, sampled, tag):
        with pikepdf.open(path) as document:
            assert document.open_metadata()["dc:title"] == str(document.docinfo["/Title"]), path.name
            for page in document.pages:
                assert page.Tabs == "/S", path.name
                for font in dict(page.Resources.get("/Font", {})).values():
                    assert b"<0000>\n" not in font.ToUnicode.read_bytes().partition(b"beginbf")[2], path.name
            every = list(tagged.elements(document))
            items = [{str(kid.S) for kid in each.K} for each in every if each.S == "/LI"]
            assert {role for roles in items for role in roles} <= {"/Lbl", "/LBody"}, path.name
            others = {role for each in every if not STANDARD.fullmatch(role := str(each.S))}
            assert others <= set(document.Root.StructTreeRoot.RoleMap.keys()), path.name


@pytest.mark.parametrize("tag", PACKED)
def test_a_pdf_says_where_another_language_is_spoken(packed: Path, tag: str) -> None:
    """A screen reader changes its voice for each piece that is marked in the page."""
    tree = html.document_fromstring((packed / "packs" / f"{tag}.html").read_text(encoding="utf-8"))
    wanted = set(tree.xpath("//article//@lang"))
    with pikepdf.open(packed / "packs" / f"{tag}.pdf") as document:
        found = [str(each.Lang) for each in tagged.elements(document) if "/Lang" in each and each.S != "/Document"]
    assert set(found) == wanted
    for gone in tree.xpath(f".//*[@hidden] | {NOT_ON_PAPER}"):
        gone.drop_tree()
    assert len(found) == len(tree.xpath("//article//*[@lang] | //nav[@id='copy-contents']//*[@lang]"))


def headings(packed: Path, tag: str, which: str) -> list[str]:
    """The headings of guides as the one file has them. which: an XPath condition for their articles."""
    tree = html.document_fromstring((packed / "packs" / f"{tag}.html").read_text(encoding="utf-8"))
    every = " or ".join(f"self::h{level}" for level in range(1, 7))
    return [" ".join(each.text_content().split()) for each in tree.xpath(f"//article[{which}]//*[{every}]")]


def bookmarks(path: Path) -> list[str]:
    def walk(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
        for item in items:
            yield item.title
            yield from walk(item.children)

    with pikepdf.open(path) as document, document.open_outline() as outline:
        return list(walk(outline.root))


@pytest.mark.parametrize("tag", PACKED)
def test_bookmarks_are_the_headings(packed: Path, tag: str) -> None:
    """A PDF of a guide has its headings as bookmarks, in their order and with their spaces."""
    for number, guide in enumerate(emergency(), 1):
        path = packed / "packs" / f"{tag}-{number}.pdf"
        assert bookmarks(path) == headings(packed, tag, f"@id='{guide}'"), guide
    assert bookmarks(packed / "packs" / f"{tag}.pdf") == headings(packed, tag, "@id")


def words(text: str) -> list[str]:
    """Arabic words without vowel marks, which poppler sets apart from their letters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Mn")
    return re.findall(r"[\u0621-\u064a]{3,}", plain)


LETTERS = {
    "es": ("áéíñóú", "NotoSans-"),
    "fa": ("پچگکی", "NotoNaskhArabic-"),
    "fr": ("àçéêô", "NotoSans-"),
    "ru": ("жщыэюяЕИ", "NotoSans-"),
    "tr": ("çğıöşüİ", "NotoSans-"),
    "zh-Hans": ("国际刑警组织难民", "NotoSansCJKsc-"),
}
"""For a language, letters that others do not have, and the font that is named for its script."""


def spelled(text: str) -> str:
    """The letters of a text alone: without spaces, and without vowel marks and joiners, which a PDF sets apart."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] == "L")


@pytest.mark.parametrize("tag", sorted(LETTERS))
def test_each_script_comes_out_of_a_pdf(sampled: Path, tag: str) -> None:
    """Title, headings and first steps of a guide are read out of its PDF as they are in the page, letter after letter,
    and their letters are embedded from the font of their script: for Chinese, from the one with simplified forms.
    """
    letters, font = LETTERS[tag]
    system.needed("NotoSansCJK-Regular.ttc" if "CJK" in font else "NotoNaskhArabic-Regular.ttf")
    path = sampled / f"{tag}-1.pdf"
    tree = html.document_fromstring((sampled / f"{tag}-1.html").read_text(encoding="utf-8"))
    known = tree.xpath("//article//*[self::h1 or self::h2] | //article/div[contains(@class, 'admonition')]/ol/li")
    wanted = [
        spelled(piece)
        for each in known
        for piece in each.xpath(".//text()[not(ancestor::a)]")
        # Where a line from right to left has Latin letters or digits, its pieces may come out in another order.
        if not (tag == "fa" and re.search(r"[A-Za-z0-9]", each.text_content()))
    ]
    printed = spelled(poppler("pdftotext", path, "-"))
    assert len(wanted) > 15
    assert [piece for piece in wanted if piece not in printed] == []
    assert [letter for letter in letters if letter not in printed] == []
    with pikepdf.open(path) as document:
        fonts = [one for page in document.pages for one in dict(page.Resources.Font).values()]
        within = [one.DescendantFonts[0] if "/DescendantFonts" in one else one for one in fonts]
        names = {str(one.FontDescriptor.FontName).partition("+")[2] for one in within}
    assert any(name.startswith(font) for name in names)
    # No font of this machine takes the place of a missing one: beside it there is only that for Latin letters.
    assert [name for name in names if not name.startswith((font, "NotoSans-"))] == []


def test_arabic_comes_out_in_its_own_order(packed: Path) -> None:
    """What a reader copies or hears from the PDF of a guide are the words of its page, letter after letter."""
    found = 0
    for number, guide in enumerate(emergency(), 1):
        page = html.document_fromstring((packed / "ar" / guide / "index.html").read_text(encoding="utf-8"))
        (article,) = page.xpath("//article")
        for gone in article.xpath(f".//*[@class='notice']//a | {NOT_ON_PAPER}"):
            # The link of a notice leads to another language: in a copy there is none.
            gone.drop_tree()
        # A word with a mark may come out in two pieces.
        wanted = [each for each in article.text_content().split() if not re.search("[\u064b-\u0652]", each)]
        wanted = [word for each in wanted for word in words(each)]
        text = set(words(poppler("pdftotext", packed / "packs" / f"ar-{number}.pdf", "-")))
        assert [word for word in wanted if word not in text] == [], guide
        found += len(wanted)
    assert found > 300


def test_arabic_is_written_with_a_font_for_it(packed: Path) -> None:
    """The letters are joined by a font of their script that is embedded whole enough, not drawn one by one."""
    system.needed("NotoNaskhArabic-Regular.ttf")
    fonts = poppler("pdffonts", packed / "packs" / "ar-1.pdf")
    assert "NotoNaskhArabic-Regular" in fonts
    assert "Type 3" not in fonts


# ── the site with its packs ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_link_of_the_site_leads_somewhere(packed: Path) -> None:
    """From the first page, below a sub-path of a plain host, each link of each page is answered, and each anchor is
    there.
    """
    seen: dict[str, set[str]] = {}
    faults = []
    with served(packed) as root:
        connection = http.client.HTTPConnection(urlsplit(root).netloc)
        waiting = [(root, "")]
        while waiting:
            url, source = waiting.pop()
            address, anchor = urldefrag(url)
            if address not in seen:
                connection.request("GET", urlsplit(address).path)
                answer = connection.getresponse()
                body = answer.read()
                seen[address] = set()
                if answer.status != 200:
                    faults.append(f"{source}: {address}: {answer.status}")
                elif answer.getheader("Content-Type") == "text/html" and "/packs/" not in address:
                    tree = html.document_fromstring(body.decode())
                    seen[address] = set(tree.xpath("//@id"))
                    targets = [
                        urljoin(address, href) for href in tree.xpath("//a/@href | //link/@href | //script/@src")
                    ]
                    waiting += [(each, address) for each in targets if each.startswith(root)]
            if anchor and seen[address] and anchor not in seen[address]:
                faults.append(f"{source}: {url}: no such anchor")
    assert faults == []
    assert sum("/packs/" in url for url in seen) == len(list((packed / "packs").iterdir()))
