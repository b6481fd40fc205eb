"""Old addresses of guides: readers and their bookmarks are led on, without script."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.project import Project, edit, lay_out


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny site, in which a guide had two names before; built once."""
    project = lay_out(tmp_path_factory.mktemp("built"))
    edit(project.guide("help"), "title: Help\n", "title: Help\nwas: [first-help, aid]\n")
    done = project.publish()
    assert done.returncode == 0, done.stderr
    return project


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


@pytest.mark.parametrize("old", ["first-help", "aid"])
def test_old_address_leads_on(built: Project, old: str) -> None:
    """An old address leads to the guide in each language, without script, and asks not to be in search engines."""
    for locale, title in (("en", "Help"), ("fr", "Aide"), ("ar", "مساعدة")):
        page = _Page(built.page(locale, old))
        metas = {
            meta.get("http-equiv") or meta.get("name"): meta.get("content") for tag, meta in page.tags if tag == "meta"
        }
        assert metas["refresh"] == "0; url=../help/"
        assert metas["robots"] == "noindex"
        assert metas["referrer"] == "no-referrer"
        assert str(metas["Content-Security-Policy"]).startswith("default-src 'none'")
        assert ("link", {"rel": "canonical", "href": f"https://example.org/below/{locale}/help/"}) in page.tags
        assert ("a", {"href": "../help/"}) in page.tags
        assert title in page.words
        assert "script" not in {tag for tag, _ in page.tags}
        assert (built.root / "site" / locale / "help" / "index.html").exists()
    sitemap = (built.root / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert f"/{old}/" not in sitemap


def test_file_of_the_site_is_not_written_over(tmp_path: Path) -> None:
    """An old address at which another file exists by now is reported; that file is unchanged."""
    project = lay_out(tmp_path)
    (project.root / "guides" / "aid").mkdir()
    (project.root / "guides" / "aid" / "index.html").write_text("mine", encoding="utf-8")
    edit(project.guide("help"), "title: Help\n", "title: Help\nwas: [aid]\n")
    done = project.publish()
    assert done.returncode == 1
    assert "guides/help.md: the old address aid is taken by a page of the site. Remove it." in done.stderr
    assert project.page("en", "aid") == "mine"


def test_living_page_is_not_written_over(tmp_path: Path) -> None:
    """An old address that is the address of another guide is reported with its line; the guide stays."""
    project = lay_out(tmp_path)
    edit(project.guide("help"), "title: Help\n", "title: Help\nwas: index\n")
    done = project.publish()
    assert done.returncode == 1
    assert "guides/help.md:3: the old address index is the address of guides/index.md." in done.stderr
    assert "Where to start" in project.page("en", "")
