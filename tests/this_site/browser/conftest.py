"""This site, built once and served, in the place of the small one of tests/browser/."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from lxml import html

from generator import built
from generator.built_site import BuiltSite
from i18n.language import read_languages
from machine import commit
from packs import files, pdf
from packs.language import Language
from tests import system
from tests.browser.conftest import (
    CROSSED,
    LOOKS,
    PREFIX,
    Look,
    address,
    page,
    page_without_script,
    requests,
    served,
    templates,
    urls,
    visits,
)
from tests.conftest import built_once
from tests.this_site import ROOT

__all__ = ["address", "page", "page_without_script", "requests", "served", "urls", "visits"]

PACKED = ("en", "ar")
"""The languages of which all packs are made, and read in a browser: one for each direction."""
WHOLE = ("en", "ar")
"""The languages of which a test of every page opens each guide: one for each direction."""
SHARES = 16
"""Tests of every page come in so many shares, so that all test processes have work until the end."""


def _build(folder: Path) -> Path:
    environment = os.environ | {"SITE_DIR": str(folder / "site"), "SITE_URL": f"https://example.org{PREFIX}"}
    subprocess.run([sys.executable, "publish.py"], cwd=ROOT, env=environment, check=True)
    return folder / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the built site."""
    return built_once("site", tmp_path_factory, worker_id, _build)


def arabic_word(site: Path) -> str:
    """The longest word in a translated paragraph of the guides that readers need first."""
    made = built.read(site, "ar")
    folders = [one.path for one in made.pages if one.slug in made.roles.emergency]
    trees = [html.parse(site / "ar" / folder / "index.html") for folder in folders]
    texts = [text for tree in trees for text in tree.xpath("//article/p[not(@class)]//text()")]
    return max(re.findall("[\u0621-\u064a]+", " ".join(texts)), key=lambda word: (len(word), word))


@pytest.fixture(scope="session")
def packed(site: Path) -> Path:
    """The built site with the packs of PACKED; made once for all test processes.

    To print all guides of all languages takes minutes. `sampled` has the other languages.
    """
    # PDF files are printed by the Chromium of the system.
    system.needed("chromium")
    folder = site.with_name("packed")
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            making = site.with_name("packed.making")
            shutil.copytree(site, making)
            for tag in set(built.tags(making)) - set(PACKED):
                made = built.read(making, tag)
                # A language gets packs only if its first page is translated.
                pages = (replace(page, is_announced=page.is_announced and page.slug != "index") for page in made.pages)
                built.write(making, replace(made, pages=tuple(pages)))
            environment = os.environ | {"SITE_DIR": str(making)}
            subprocess.run([sys.executable, "-m", "packs"], cwd=ROOT, env=environment, check=True)
            for tag in PACKED:
                with zipfile.ZipFile(making / "packs" / f"{tag}.zip") as file:
                    file.extractall(making / "unpacked")
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def sampled(site: Path) -> Path:
    """ZIP and HTML files of every language, and the first guide as a PDF of each that is not in PACKED.

    One guide is enough: it has letters in both weights, lists, boxes, sources and the notice about its translation.
    """
    browser = system.needed("chromium")
    folder = site.with_name("sampled")
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            making = site.with_name("sampled.making")
            making.mkdir()
            found, seconds = BuiltSite.whole(site), commit.seconds()
            known = read_languages(ROOT / "data" / "languages.yml", [])
            for tag in found.manifests:
                language = Language(found, tag, seconds, ROOT / "locales", known, ROOT / "macros")
                assert language.missing() == []
                files.archive(making / f"{tag}.zip", language.folder(), seconds)
                whole = language.whole()
                (making / f"{tag}.html").write_text(whole, encoding="utf-8")
                files.archive(making / f"{tag}.html.zip", {f"{tag}.html": whole.encode()}, seconds)
                if tag not in PACKED:
                    _, _, text = next(language.singles())
                    source = making / f"{tag}-1.html"
                    source.write_text(text, encoding="utf-8")
                    target = making / f"{tag}-1.pdf"
                    pdf.printed(browser, source, target, seconds, language.locale.direction)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def of_templates(site: Path) -> dict[str, list[str]]:
    """For each language, a few pages that have everything that any of its pages is made of."""
    return {
        tag: [
            path.relative_to(site).as_posix().removesuffix("index.html")
            for path in templates((site / tag).rglob("*.html"))
        ]
        for tag in built.tags(site)
    }


@pytest.fixture(scope="session")
def sample(urls: list[str], of_templates: dict[str, list[str]]) -> list[str]:
    """What a test of every page opens.

    Each page of no language and of two languages, but for the pages with their English beside them, which are of one
    template; of all languages the pages that have everything.
    """
    some = {url for found in of_templates.values() for url in found}
    return [
        url
        for url in urls
        if url in some or (not url.endswith("/facing/") and url.split("/")[0] in ("", "404.html", *WHOLE))
    ]


@pytest.fixture(scope="session")
def looks(sample: list[str], of_templates: dict[str, list[str]]) -> dict[str, list[Look]]:
    """How axe-core looks at each page of the sample.

    In every way at the pages of no language. At those of WHOLE that have everything, in two ways, which differ between
    the two languages. At all others in one way, in turn: a page that is wide in one language is narrow in the next.
    """
    found = {url: [*LOOKS, *CROSSED] for url in sample}
    paths = sorted({url.partition("/")[2] for url in sample})
    for first, tag in enumerate([*WHOLE, *(tag for tag in of_templates if tag not in WHOLE)]):
        ways = {f"{tag}/{path}": [LOOKS[(first + number) % 2]] for number, path in enumerate(paths)}
        found |= {url: way for url, way in ways.items() if url in found}
    for tag, both in zip(WHOLE, (LOOKS, CROSSED), strict=True):
        found |= dict.fromkeys(of_templates[tag], both)
    return found


@pytest.fixture(scope="session", params=range(SHARES))
def share(request: pytest.FixtureRequest, sample: list[str]) -> list[str]:
    return sample[request.param :: SHARES]


@pytest.fixture(scope="session")
def slug() -> str:
    return "arrested"


@pytest.fixture(scope="session")
def guide() -> str:
    return "en/arrested/"


@pytest.fixture(scope="session")
def right_to_left() -> str:
    return "ar/arrested/"


PAGES = ["", "404.html", "en/", "en/arrested/", "en/figures/", "ar/arrested/", "ar/check/", "ar/dates/", "ar/words/"]


@pytest.fixture(params=[*PAGES, "ru/about/"])
def url(request: pytest.FixtureRequest) -> str:
    """A page of each kind: lists, boxes, charts, the tree, tables, terms, sources."""
    return str(request.param)
