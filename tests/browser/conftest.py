"""A small site, built once and served on this machine below a sub-path, as GitHub Pages serves a project.

The tests in this folder know nothing of its topic: they read words, guides and languages from its pages. What they
prove holds for any site, so tests/this_site/browser/ imports them and gives them its own `site`.
"""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import built_once
from tests.project import ROOT, Project, edit, lay_out

if TYPE_CHECKING:
    from tests.browser.visits import Visits

PREFIX = "/somewhere/below/"
SAID = ("lang", "dir", "open", "hidden")
"""Attributes that make an element look or sound different."""
SEARCH = "# Search\n\n{{ search() }}\n\n## List { #list }\n\n{{ a_z() }}\n"


Look = tuple[int, str]
"""How a page is looked at: the width of the screen in px, and the scheme of its colours."""
LOOKS: list[Look] = [(1280, "light"), (320, "dark")]
"""Each width once, and each scheme once."""
CROSSED: list[Look] = [(1280, "dark"), (320, "light")]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PREFIX.rstrip("/")))

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    # A browser opens several connections at once. On a busy machine, a short queue would refuse some.
    request_queue_size = 128


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Where a folder is served, as long as that lasts."""
    handler = functools.partial(_Quiet, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
        server.shutdown()


def _with_search(project: Project) -> None:
    """Give the small site a guide for the search, if it has none."""
    if project.guide("search").exists():
        return
    for name in ("search", "a_z"):
        shutil.copytree(ROOT / "macros" / name, project.root / "macros" / name, dirs_exist_ok=True)
    first = project.guide("index").read_text(encoding="utf-8")
    front = first[: first.index("---\n", 4) + 4]
    project.guide("search").write_text(front + SEARCH, encoding="utf-8")
    configuration = project.root / "mkdocs.yml"
    edit(configuration, "      - help.md\n", "      - help.md\n      - search.md\n")
    if "    search: search\n" not in configuration.read_text(encoding="utf-8"):
        edit(configuration, "  roles:\n", "  roles:\n    search: search\n")


def _build(folder: Path) -> Path:
    project = lay_out(folder)
    _with_search(project)
    done = project.publish(SITE_URL=f"https://example.org{PREFIX}")
    assert (folder / "site" / "index.html").exists(), done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the built site."""
    return built_once("small", tmp_path_factory, worker_id, _build)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with served(site) as url:
        yield url


# ── which pages ──────────────────────────────────────────────────────────────────────────────────────────────────────


def languages(site: Path) -> dict[str, str]:
    """The languages of a site in the order of its first page: tag and direction."""
    items = html.parse(site / "index.html").xpath("//ul[@class='languages']/li")
    return {item.get("lang"): item.get("dir") for item in items}


def every_page(site: Path) -> list[str]:
    """Every page of the site, of every locale and of none, as an address below `address`."""
    return sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))


def features(page: Path) -> set[str]:
    """What a page is made of: its elements, each with its classes, roles, types and names of other attributes."""
    found = set()
    for element in html.parse(page).iter(html.etree.Element):
        found.add(element.tag)
        found |= {f"{element.tag}.{name}" for name in (element.get("class") or "").split()}
        found |= {f"{element.tag}[{name}]" for name in element.attrib if name.startswith("aria-") or name in SAID}
        found |= {f"{element.tag}[{name}={element.get(name)}]" for name in ("role", "type") if name in element.attrib}
    return found


def templates(pages: Iterable[Path]) -> list[Path]:
    """A few of these pages that have everything that any of them is made of."""
    of = {page: features(page) for page in sorted(pages)}
    left, found = set[str]().union(*of.values()), []
    while left:
        found.append(max(of, key=lambda page: len(of[page] & left)))
        left -= of[found[-1]]
    return found


def rare_word(site: Path, tag: str, slug: str) -> str:
    """A long word, in small letters, that stands in one guide of a language and in no other."""
    texts = {
        path.parent.name: " ".join(html.parse(path).xpath("//article//text()"))
        for path in (site / tag).rglob("index.html")
    }
    words = {name: set(re.findall(r"[^\W\d_]{4,}", text)) for name, text in texts.items()}
    others = {word.casefold() for name, found in words.items() if name != slug for word in found}
    rare = (word for word in words[slug] if word.casefold() == word and word not in others and not word.endswith("s"))
    return max(rare, key=lambda word: (len(word), word))


@pytest.fixture(scope="session")
def urls(site: Path) -> list[str]:
    return every_page(site)


@pytest.fixture(scope="session")
def share(urls: list[str]) -> list[str]:
    """The pages that a test of every page looks at; a large site gives them out in shares."""
    return urls


@pytest.fixture(scope="session")
def looks(urls: list[str]) -> dict[str, list[Look]]:
    """How axe-core looks at each page; a large site has its own choice."""
    return dict.fromkeys(urls, LOOKS)


@pytest.fixture(scope="session")
def visits(browser: Browser, address: str, share: list[str], looks: dict[str, list[Look]]) -> Visits:
    """What is found in these pages, each of which is opened once for all tests of every page."""
    from tests.browser.visits import visited

    return visited(browser, address, share, looks)


@pytest.fixture(scope="session")
def slug(site: Path) -> str:
    """The English guide with most to read, that is not the first page: it has a heading with an anchor."""
    guides = [path for path in (site / "en").glob("*/index.html") if "search" not in path.parts]
    return max(guides, key=lambda path: len(html.parse(path).xpath("//article//p | //article//li"))).parent.name


@pytest.fixture(scope="session")
def guide(slug: str) -> str:
    """A guide in English."""
    return f"en/{slug}/"


@pytest.fixture(scope="session")
def right_to_left(site: Path, slug: str) -> str:
    """The same guide in a language that runs from right to left."""
    return next(f"{tag}/{slug}/" for tag, direction in languages(site).items() if direction == "rtl")


@pytest.fixture(params=["the root", "not found", "a first page", "a guide", "from right to left", "the search"])
def url(request: pytest.FixtureRequest, guide: str, right_to_left: str) -> str:
    """A page of each kind."""
    return {
        "the root": "",
        "not found": "404.html",
        "a first page": "en/",
        "a guide": guide,
        "from right to left": right_to_left,
        "the search": "en/search/",
    }[request.param]


# ── what a test opens them with ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def requests() -> list[str]:
    """Every address that the pages of a test ask for."""
    return []


def _context(browser: Browser, requests: list[str], script: bool) -> Iterator[BrowserContext]:
    with browser.new_context(java_script_enabled=script) as context:
        context.on("request", lambda request: requests.append(request.url))
        # What is not there within this time does not come: pages are small, and of this machine.
        context.set_default_timeout(8000)
        yield context


@pytest.fixture
def page(browser: Browser, requests: list[str]) -> Iterator[Page]:
    for context in _context(browser, requests, script=True):
        yield context.new_page()


@pytest.fixture
def page_without_script(browser: Browser, requests: list[str]) -> Iterator[Page]:
    for context in _context(browser, requests, script=False):
        yield context.new_page()


def to_language(page: Page, tag: str) -> None:
    """Go to the same page in another language, as a reader does."""
    link = page.locator(f".languages a[hreflang={tag}]")
    if not link.is_visible():
        page.locator(".languages summary").click()
    link.click()
