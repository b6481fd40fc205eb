"""Packs and mirrors of the tiny site: what is in them, that they are the same everywhere, and what goes wrong."""

from __future__ import annotations

import base64
import hashlib
import os
import posixpath
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html
from pdfua import validate

from packs import copies, pdf
from packs.files import fingerprint
from packs.pdf import chromium
from tests import system
from tests.project import ROOT, Project, add_guide, add_macro, edit, lay_out

LIVE = "https://example.org/below/"
ONION = f"http://{'a' * 56}.onion/"
DOWNLOAD = """---
title: Take pages with you
summary: Files to keep.
audience: [reader]
reviewed: 2026-11-22
recheck: 2027-02-22
---
# Take pages with you

{{ packs() }}

[Help](help.md#first)
"""


def with_download(folder: Path) -> Project:
    """The tiny site with a page that lists packs."""
    project = lay_out(folder)
    add_macro(project.root, "packs")
    add_guide(project, "download", DOWNLOAD, "downloads")
    edit(project.root / "mkdocs.yml", "    emergency: [help]\n", "")
    return project


def without_chromium(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return project.run("-m", "packs", *arguments, PATH="/nowhere")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny site with its packs, made once and only looked at."""
    project = with_download(tmp_path_factory.mktemp("packed"))
    assert project.publish().returncode == 0
    done = project.run("-m", "packs")
    # Without a Chromium there is all but PDF.
    assert done.returncode == (0 if chromium() else 1), done.stderr
    return project


@pytest.fixture
def project(packed: Project, tmp_path: Path) -> Project:
    """The same as a copy, to be spoiled."""
    shutil.copytree(packed.root, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


def archive(project: Project, tag: str) -> dict[str, bytes]:
    with zipfile.ZipFile(project.root / "site" / "packs" / f"{tag}.zip") as file:
        return {name: file.read(name) for name in file.namelist()}


def whole(project: Project, tag: str) -> html.HtmlElement:
    return html.document_fromstring((project.root / "site" / "packs" / f"{tag}.html").read_bytes())


def broken(pages: Mapping[str, html.HtmlElement], files: set[str]) -> list[str]:
    """The links of pages, by their paths, that lead nowhere in `files`, or to no anchor."""
    found = []
    for path, tree in pages.items():
        for href in tree.xpath("//a/@href | //link/@href | //script/@src"):
            if re.match(r"[a-z]+:", href):
                continue
            address, _, anchor = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
            if target not in files or (anchor and not pages[target].xpath("//*[@id=$anchor]", anchor=anchor)):
                found.append(f"{path}: {href}")
    return found


def test_a_folder_from_the_zip_needs_no_server(packed: Project) -> None:
    """Each link of each page leads to a file in the folder; none to a folder, which a disk opens as a list."""
    files = archive(packed, "en")
    pages = {name: html.document_fromstring(text) for name, text in files.items() if name.endswith(".html")}
    assert {"en/index.html", "en/help/index.html", "en/style.css", "en/README.txt"} <= set(files)
    assert broken(pages, set(files)) == []
    assert 'href="../help/index.html#first"' in files["en/download/index.html"].decode()


def test_a_folder_from_the_zip_leads_to_other_languages_on_the_web(packed: Project) -> None:
    """Other languages are not in the ZIP: their links lead to the same place of the live site."""
    page = archive(packed, "fr")["fr/help/index.html"].decode()
    assert f'href="{LIVE}en/help/"' in page
    assert "canonical" not in page


def test_the_zip_says_where_its_fingerprint_is(packed: Project, tmp_path: Path) -> None:
    """That is the page that lists the packs or, if the site has no such page, the file of all checksums."""
    assert f"\r\n{LIVE}fr/download/\r\n" in archive(packed, "fr")["fr/README.txt"].decode()
    project = lay_out(tmp_path)
    assert project.publish("fr").returncode == 0
    assert without_chromium(project).returncode == 1
    assert f"\r\n{LIVE}SHA256SUMS\r\n" in archive(project, "fr")["fr/README.txt"].decode()


def test_a_copy_of_a_site_without_an_address_names_none(tmp_path: Path) -> None:
    """Built for this machine only, a site has no address that a copy could lead to."""
    project = with_download(tmp_path)
    local = {"SITE_URL": "http://127.0.0.1:8000/"}
    assert project.run("publish.py", **local).returncode == 0
    assert project.run("-m", "packs", PATH="/nowhere", **local).returncode == 1
    for name, content in archive(project, "fr").items():
        assert b"127.0.0.1" not in content, name
        assert b"hreflang" not in content, name
        assert b"Compare it with the English" not in content, name
    assert "127.0.0.1" not in (project.root / "site" / "packs" / "fr.html").read_text(encoding="utf-8")


def test_a_zip_is_the_same_wherever_it_is_made(packed: Project) -> None:
    """Names are sorted, and each file has the time of the commit, not of the machine."""
    with zipfile.ZipFile(packed.root / "site" / "packs" / "en.zip") as file:
        assert file.namelist() == sorted(file.namelist())
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(info.create_system, info.external_attr) for info in file.infolist()} == {(3, 0o644 << 16)}


def test_the_one_file_is_also_there_in_a_zip(packed: Project) -> None:
    """It holds the same bytes, and nothing else."""
    folder = packed.root / "site" / "packs"
    with zipfile.ZipFile(folder / "fr.html.zip") as file:
        assert {name: file.read(name) for name in file.namelist()} == {"fr.html": (folder / "fr.html").read_bytes()}


def test_no_copy_has_or_leads_to_a_page_with_its_english_beside_it(packed: Project) -> None:
    """In the ZIP, the link leads to the live site; in one file, there is neither the link nor its words."""
    files = archive(packed, "fr")
    assert (packed.root / "site/fr/help/facing/index.html").exists()
    assert [name for name in files if "facing" in name] == []
    assert f'href="{LIVE}fr/help/facing/"' in files["fr/help/index.html"].decode()
    assert whole(packed, "fr").xpath("//*[@class='notice']")
    assert "Compare it with the English" not in str(whole(packed, "fr").text_content())


def test_one_file_holds_all_pages_and_leads_nowhere_else(packed: Project) -> None:
    """Each page is a part, each link between pages leads to a part or a heading of it, and no id is there twice."""
    tree = whole(packed, "en")
    assert tree.xpath("//article/@id") == ["index", "help", "download", "water", "about"]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert broken({"en.html": tree}, {"en.html"}) == []
    assert "#first" in tree.xpath("//article[@id='download']//a/@href")
    assert tree.xpath("//nav//a/@href") == ["#index", "#help", "#download", "#water", "#about"]


def test_words_of_a_link_that_leads_nowhere_keep_their_language() -> None:
    """Of a link to a page that is not in the copy, the words stay, and a screen reader still knows their language."""
    tree = html.document_fromstring('<p><a class="x" href="a/" lang="en" dir="ltr">A</a> <a href="b/">B</a></p>')
    copies.for_disk(tree, "index.html", set(), {}, "fr", "")
    (paragraph,) = tree.xpath("//p")
    assert html.tostring(paragraph, encoding="unicode") == '<p><span lang="en" dir="ltr">A</span> B</p>'


def test_one_file_has_no_script_and_allows_only_its_own_style(packed: Project) -> None:
    """The policy names the style by its hash and allows nothing else."""
    tree = whole(packed, "fr")
    assert (tree.get("lang"), tree.get("dir")) == ("fr", "ltr")
    (style,) = tree.xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = tree.xpath("//meta[@http-equiv]/@content")
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert tree.xpath("//script | //@style | //link | //img") == []


def test_a_language_says_once_which_it_is(packed: Project) -> None:
    """In one file, English parts of another language stay marked; parts in its own language do not repeat it."""
    assert whole(packed, "fr").xpath("count(//article//*[@lang='en'])") > 0
    repeated = whole(packed, "fr").xpath("//article//*[@lang='fr'][not(ancestor::*[@lang][1]/@lang = 'en')]")
    assert repeated == []


def test_the_list_has_each_file_with_the_beginning_of_its_checksum(packed: Project) -> None:
    """The fingerprint that a reader compares is that of sha256sum for the file that the link leads to."""
    system.needed("chromium")
    page = html.document_fromstring(packed.page("en", "download"))
    items = page.xpath("//div[@class='macro-packs']//li")
    found = {item.xpath("string(.//@href)"): item.xpath("string(.//code)") for item in items}
    folder = packed.root / "site" / "packs"
    assert found == {
        f"../../packs/{name}": fingerprint(hashlib.sha256((folder / name).read_bytes()).hexdigest())
        for name in ("en.zip", "en.html", "en.html.zip", "en.pdf")
    }
    assert all(re.fullmatch(r"([0-9a-f]{4} ){6}[0-9a-f]{4}", each) for each in found.values())
    assert page.xpath("//a[@href='../../SHA256SUMS']")


def test_a_copy_does_not_hold_its_own_fingerprint(packed: Project) -> None:
    """In the packs, the page that lists them says where the list is."""
    for text in (archive(packed, "en")["en/download/index.html"].decode(), str(whole(packed, "en").text_content())):
        assert "The list of files is only on the website" in text
        assert not re.search(r"([0-9a-f]{4} ){4}", text)
        assert LIVE in text


def test_checksums_cover_every_file(packed: Project) -> None:
    """SHA256SUMS at the root has each file of the site with its SHA-256, as sha256sum writes it."""
    files = {name: content for name, content in packed.files().items() if not name.startswith(".build/")}
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]


def test_same_inputs_give_the_same_packs(packed: Project, tmp_path: Path) -> None:
    """Site and packs, PDF too, are byte for byte the same when they are built a second time in another folder, on a
    machine with another time zone, language and order of hashes.
    """
    system.needed("chromium")
    other = with_download(tmp_path)
    machine = {
        "TZ": "Asia/Tokyo",
        "LANG": "fr_FR.UTF-8",
        "LANGUAGE": "fr",
        "PYTHONHASHSEED": "7",
        "HOME": str(tmp_path),
    }
    assert other.publish(**machine).returncode == 0
    assert other.run("-m", "packs", **machine).returncode == 0
    mine, theirs = packed.files(), other.files()
    assert [name for name in sorted(mine | theirs) if mine.get(name) != theirs.get(name)] == []
    assert "packs/fr.pdf" in mine


def test_a_pdf_keeps_to_pdf_ua(packed: Project) -> None:
    """The checker of PDF/UA-1 finds nothing in the PDF of a language, not even a warning."""
    system.needed("chromium")
    paths = sorted((packed.root / "site" / "packs").glob("*.pdf"))
    assert [path.name for path in paths] == ["en.pdf", "fr.pdf"]
    assert [each.message for path in paths for each in validate(str(path)).findings] == []


def test_packs_made_twice_are_the_same(project: Project) -> None:
    """The list of the first run is not part of the packs of the second run."""
    system.needed("chromium")
    before = project.files()
    assert project.run("-m", "packs", PYTHONHASHSEED="7").returncode == 0
    assert project.files() == before


def test_a_new_build_has_no_old_packs(project: Project) -> None:
    """What `make packs` made of an earlier build does not stay beside the new one."""
    assert project.publish().returncode == 0
    assert not [name for name in project.files() if name.startswith("packs/") or name == "SHA256SUMS"]
    assert "There is no file to download here." in project.page("en", "download")


def test_a_language_below_the_threshold_gets_no_pack(project: Project) -> None:
    """It is said by name, with what is missing; its page leads to the files in English."""
    done = without_chromium(project)
    assert "ar       no packs: not translated enough: index" in done.stdout
    assert not [name for name in project.files() if name.startswith("packs/ar")]
    page = project.page("ar", "download")
    assert "There is no file in this language yet" in page
    assert 'href="../../en/download/"' in page


def test_guides_of_an_emergency_decide_who_gets_packs_and_are_printed_alone(project: Project) -> None:
    """A language gets packs when they are translated; each is a PDF of its own, in the order of the role."""
    system.needed("chromium")
    edit(project.root / "mkdocs.yml", "    downloads:", "    emergency: [about, help]\n    downloads:")
    assert project.publish().returncode == 0
    done = project.run("-m", "packs")
    assert done.returncode == 0, done.stderr
    assert "ar       no packs: not translated enough: index, help\n" in done.stdout
    names = {name for name in project.files() if name.startswith("packs/en")}
    assert names == {f"packs/en{end}" for end in (".zip", ".html", ".html.zip", ".pdf", "-1.pdf", "-2.pdf")}
    titles = html.document_fromstring(project.page("en", "download")).xpath("//div[@class='macro-packs']//li/a/bdi")
    assert [title.text for title in titles] == ["About this site", "Help"]


def test_packs_of_a_site_without_a_page_for_them_are_listed_nowhere(project: Project) -> None:
    """Without the role downloads, packs are made all the same, and no page changes."""
    edit(project.root / "mkdocs.yml", "    downloads: download\n", "")
    assert project.publish().returncode == 0
    before = project.files()
    without_chromium(project)
    after = project.files()
    assert "packs/en.zip" in after
    assert {name: content for name, content in after.items() if name in before} == before


def test_without_chromium_there_are_packs_without_pdf(project: Project) -> None:
    """It is said once, with what to do, and by the status; ZIP and HTML are there, and the page says what is not."""
    done = without_chromium(project)
    assert done.returncode == 1
    assert done.stderr.count("No PDF was made, because Chromium is missing. Install it") == 1
    names = {name for name in project.files() if name.startswith("packs/en")}
    assert names == {"packs/en.zip", "packs/en.html", "packs/en.html.zip"}
    assert "There is no PDF file here." in project.page("en", "download")


def test_a_chromium_that_fails_is_said(project: Project) -> None:
    """A browser that prints nothing is named with its own last words, and what could be made is there."""
    fake = project.root / "bin" / "chromium"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho no screen >&2\nexit 3\n")
    fake.chmod(0o755)
    done = project.run("-m", "packs", PATH=f"{fake.parent}:{os.environ['PATH']}")
    assert done.returncode == 1
    assert f"{fake} did not print en.html (status 3): no screen" in done.stderr
    assert "Traceback" not in done.stderr
    assert "packs/en.zip" in project.files()


def test_a_folder_that_cannot_be_written_to_is_said(project: Project) -> None:
    """Nothing is changed, and the sentence names the place."""
    before = project.files()
    moment = [str(ROOT / "tests" / "moment.py"), "os.mkdir", ".making-", "full disk"]
    done = project.run(*moment, "packs/__main__.py", PATH="/nowhere")
    assert done.returncode == 1
    assert done.stderr.startswith("No packs were made. site: No space left on device. Make room on the disk, then run ")
    assert done.stderr.count("\n") == 1
    assert {name: content for name, content in project.files().items() if "making" not in name} == before


def test_a_folder_of_somebody_else_is_no_language(project: Project) -> None:
    """What lies beside the languages gets no packs, and a killed build's folder is not in the checksums."""
    for name in ("blog", ".making-4711"):
        (project.root / "site" / name).mkdir()
        (project.root / "site" / name / "index.html").write_text("<h1>Other</h1>")
    done = without_chromium(project)
    assert "blog" not in done.stdout + done.stderr
    assert ".making" not in (project.root / "site" / "SHA256SUMS").read_text()


def test_packs_of_nothing_are_refused(project: Project) -> None:
    """Without a built site, the sentence names the command that builds one."""
    shutil.rmtree(project.root / "site")
    done = without_chromium(project)
    assert done.returncode == 1
    assert done.stderr == "site: there is no built site here. Run make build first.\n"


def test_a_wrong_time_is_refused(project: Project) -> None:
    """A SOURCE_DATE_EPOCH that is not a number is an error."""
    done = project.run("-m", "packs", SOURCE_DATE_EPOCH="yesterday")
    assert done.returncode == 1
    assert done.stderr == 'SOURCE_DATE_EPOCH is "yesterday". Write seconds since 1970, or leave it out.\n'


@pytest.mark.parametrize(
    ("moment", "action"),
    [
        (("import", "packs.pdf"), "SIGINT twice"),
        (("open", "en.html"), "SIGINT twice"),
        (("subprocess.Popen", "print-to-pdf"), "SIGINT twice"),
        # When the first browser is printing.
        (("subprocess.Popen", "fr.html"), "SIGINT"),
        (("subprocess.Popen", "fr.html"), "SIGTERM"),
    ],
)
def test_interrupted_packs_leave_no_half_file(project: Project, moment: tuple[str, str], action: str) -> None:
    """Ctrl-C or SIGTERM ends with one sentence and status 130; under their names are the packs of before, whole.

    Once is enough: a browser that is printing is ended, and not waited for until its time is over.
    """
    if moment[0] == "subprocess.Popen":
        system.needed("chromium")
    before = project.files()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "moment.py"), *moment, action, "packs/__main__.py"],
        cwd=project.root,
        env=os.environ | {"SOURCE_DATE_EPOCH": "86400"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _, errors = process.communicate(timeout=pdf.SECONDS / 2)
    sentence = "Stopped. No pack is half made: there are either the earlier packs or none. Run make packs again.\n"
    assert (process.returncode, errors) == (130, sentence)
    assert project.files() == before


# ── mirrors ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def mirrored(project: Project, url: str, folder: str = "mirror") -> subprocess.CompletedProcess[str]:
    return project.run("-m", "packs.mirror", url, folder)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_mirror_says_its_own_address_everywhere(project: Project) -> None:
    """Canonical addresses, the sitemap, robots.txt and the links of the 404 page are those of the mirror."""
    done = mirrored(project, "http://mirror.example/")
    assert done.returncode == 0, done.stderr
    files = files_of(project.root / "mirror")
    assert '<link rel="canonical" href="http://mirror.example/en/help/">' in files["en/help/index.html"].decode()
    assert "<loc>http://mirror.example/en/help/</loc>" in files["sitemap.xml"].decode()
    assert "Sitemap: http://mirror.example/sitemap.xml" in files["robots.txt"].decode()
    assert 'href="/en/"' in files["404.html"].decode()
    assert 'href="/root.css"' in files["404.html"].decode()
    assert not [name for name, text in files.items() if LIVE.encode() in text and not name.startswith("packs/")]


def test_a_mirror_has_the_same_packs_and_its_own_checksums(project: Project) -> None:
    """The fingerprints are those of the first site: whoever has a pack can compare it at either address."""
    assert mirrored(project, "https://mirror.example/deep/er").returncode == 0
    original, copy = project.files(), files_of(project.root / "mirror")
    # What a build says to other commands is not published.
    assert {name for name in original if name not in copy} == {f".build/{tag}.json" for tag in ("ar", "en", "fr")}
    assert {name for name in copy if original[name] != copy[name]} >= {"sitemap.xml", "SHA256SUMS"}
    packs = {name for name in original if name.startswith("packs/")}
    assert packs
    assert all(original[name] == copy[name] for name in packs)
    sums = copy.pop("SHA256SUMS").decode().splitlines()
    assert sums == [f"{hashlib.sha256(copy[name]).hexdigest()}  {name}" for name in sorted(copy)]
    assert 'href="/deep/er/en/"' in copy["404.html"].decode()


def test_an_onion_service_is_announced_by_the_site_and_not_by_itself(project: Project) -> None:
    """Each page names its own place on the onion service; the mirror that is the service names none, packs neither."""
    assert project.publish(ONION_URL=ONION).returncode == 0
    assert f'<meta http-equiv="onion-location" content="{ONION}fr/help/">' in project.page("fr", "help")
    first = (project.root / "site" / "index.html").read_text(encoding="utf-8")
    assert f'<meta http-equiv="onion-location" content="{ONION}">' in first
    without_chromium(project)
    assert mirrored(project, ONION).returncode == 0
    for folder in (files_of(project.root / "mirror"), archive(project, "fr")):
        assert not [name for name, text in folder.items() if b"onion-location" in text]


def test_an_onion_address_that_is_none_is_refused(project: Project) -> None:
    """The sentence names the variable; nothing is built with a wrong address."""
    done = project.publish(ONION_URL="http://example.org/")
    assert done.returncode == 1
    assert 'ONION_URL is "http://example.org/". Write the whole address of the onion service' in done.stderr


@pytest.mark.parametrize("folder", ["site", "site/copy", ".", "/"])
def test_a_mirror_never_takes_the_place_of_the_site(project: Project, folder: str) -> None:
    """A folder that is the site, contains it or is in it is refused, and the site is unchanged."""
    before = project.files()
    done = mirrored(project, "https://mirror.example/", folder)
    assert done.returncode == 1
    assert done.stderr == f"{folder} contains the site, or is in it. Name another folder.\n"
    assert project.files() == before


def test_a_mirror_for_no_address_is_refused(project: Project) -> None:
    """The sentence shows what an address is."""
    assert mirrored(project, "http://[::1").stderr.startswith('"http://[::1" is not the address of a site. ')
    done = mirrored(project, "mirror.example")
    assert done.returncode == 1
    assert done.stderr == (
        '"mirror.example" is not the address of a site. Write it whole, such as https://example.org/pages/\n'
    )
    assert not (project.root / "mirror").exists()


def test_a_mirror_replaces_only_a_mirror(project: Project) -> None:
    """A folder with other content is left alone; an earlier mirror is replaced as a whole."""
    (project.root / "mirror").mkdir()
    (project.root / "mirror" / "letters.txt").write_text("mine")
    done = mirrored(project, "https://mirror.example/")
    assert done.returncode == 1
    assert done.stderr == "mirror exists and is not a mirror. Name another folder, or remove it.\n"
    assert mirrored(project, "https://one.example/", "other").returncode == 0
    assert mirrored(project, "https://two.example/", "other").returncode == 0
    assert b"https://two.example/en/" in files_of(project.root / "other")["sitemap.xml"]


def test_a_file_has_the_title_of_a_source_once() -> None:
    """In one file, the list of a later page leads to the title in an earlier one, also where words are in English."""
    listed = (
        '<section class="macro-references"><ul><li><b>RPD</b>: <span lang="en">Rules. <a href="x">x</a></span> '
        '<span lang="en" dir="ltr">(we read it)</span><ul><li>[rule 1]</li></ul></li></ul></section>'
    )
    parts = [html.fromstring(f"<article>{listed}</article>") for _ in range(2)]
    copies.sources_once(parts)
    first, second = (part.xpath("./section/ul/li")[0] for part in parts)
    assert "Rules. x (we read it)" in first.text_content()
    assert second.text_content() == "RPD [rule 1]"
    assert second.xpath("./b/a/@href") == [f"#{first.get('id')}"]
