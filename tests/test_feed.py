"""The feed of changes: what a feed reader gets of the page."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET

import pytest

from generator.feed import ATOM, Entry, Feed, atom, entries
from tests.project import Project, add_guide, add_macro, lay_out

PAGE = "https://example.org/below/fr/updates/"

CONTENT = """
<h1 id="top">What has changed</h1>
<p>Not of an entry.</p>
<h2 id="old">Older &amp; shorter</h2>
<p class="macro-changed"><time datetime="2026-11-20">20 November 2026</time></p>
<p>See <a href="../dates/#deletion">the dates</a> &lt;now&gt;.<br /></p>
<h2 class="untranslated" dir="ltr" id="new" lang="en">A <b>new</b> limit</h2>
<p><time datetime="2026-11-22">22 November 2026</time></p>
<h3 id="part">Part</h3>
<p>More, since <time datetime="2020-01-01">then</time>.</p>
<h2 id="next">Next step</h2>
<p>No entry: it has no day.</p>
"""

UPDATES = """---
title: News
summary: What changed.
audience: [reader]
reviewed: 2026-11-22
recheck: 2027-02-22
---
# News

[A feed](updates.xml), from [help](help.md).

## First { #first }

{{ changed("2026-11-21", "help") }}

Call a neighbour.
"""


def test_sections_with_a_day_are_entries() -> None:
    """Newest first; the title is words, the body keeps its HTML, links are absolute, what has no day is left out."""
    new, old = entries(CONTENT, PAGE)
    assert (new.anchor, new.title, new.lang, new.day) == ("new", "A new limit", "en", datetime.date(2026, 11, 22))
    assert '<h3 id="part">Part</h3>' in new.body
    assert (old.anchor, old.title, old.lang) == ("old", "Older & shorter", "")
    assert '<a href="https://example.org/below/fr/dates/#deletion">the dates</a> &lt;now&gt;.<br></p>' in old.body


@pytest.mark.parametrize("day", ["bogus", "2026-02-30", "", "2026"])
def test_section_with_an_impossible_day_is_no_entry(day: str) -> None:
    """A section without a date is left out and the others are kept; a date later in the section counts."""
    spoiled = CONTENT.replace('datetime="2026-11-20"', f'datetime="{day}"')
    assert [entry.anchor for entry in entries(spoiled, PAGE)] == ["new"]
    again = spoiled.replace("<p>See", '<p><time datetime="2026-11-19">then</time> See')
    assert [entry.anchor for entry in entries(again, PAGE)] == ["new", "old"]


def test_feed_says_when_and_where() -> None:
    """The feed is as old as its newest entry; each has its own address and its language when it is another."""
    feed = ET.fromstring(atom(Feed("fr", "Aide", "Quoi de neuf", PAGE, f"{PAGE}feed.xml", entries(CONTENT, PAGE))))
    names = {"a": ATOM, "xml": "http://www.w3.org/XML/1998/namespace"}
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert feed.get(lang) == "fr"
    assert feed.findtext("a:updated", namespaces=names) == "2026-11-22T00:00:00Z"
    titles = feed.findall("a:entry/a:title", names)
    assert [(title.text, title.get(lang)) for title in titles] == [("A new limit", "en"), ("Older & shorter", None)]
    links = [link.get("href") for link in feed.findall("a:entry/a:link", names)]
    assert links == [f"{PAGE}#new", f"{PAGE}#old"]


def test_an_entry_keeps_its_id() -> None:
    """Neither other words nor another host make an entry new; another language does."""

    def ids(lang: str, page: str, title: str) -> list[str | None]:
        made = Feed(lang, "Site", "News", page, page, [Entry("first", title, day=datetime.date(2026, 11, 22))])
        return [each.text for each in ET.fromstring(atom(made)).iter(f"{{{ATOM}}}id")]

    first = ids("en", PAGE, "One")
    assert len(set(first)) == 2
    assert ids("en", "https://example.com/", "Two") == first
    assert not set(ids("fr", PAGE, "One")) & set(first)


def test_empty_feed_has_a_time() -> None:
    """A feed without entries is still valid."""
    feed = ET.fromstring(atom(Feed("en", "Site", "News", PAGE, PAGE)))
    assert feed.findtext(f"{{{ATOM}}}updated") == "1970-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny site with a page of changes, built once."""
    project = lay_out(tmp_path_factory.mktemp("built"))
    add_macro(project.root, "changed")
    add_guide(project, "updates", UPDATES, "feed")
    done = project.publish()
    assert done.returncode == 0, done.stderr
    return project


def test_each_locale_has_its_feed(built: Project) -> None:
    """The feed is beside the page that links to it, in the words and with the addresses of its language."""
    for locale, day in (("en", "21 November 2026"), ("fr", "21 novembre 2026")):
        text = (built.root / "site" / locale / "updates.xml").read_text(encoding="utf-8")
        entry = ET.fromstring(text).find(f"{{{ATOM}}}entry")
        assert entry is not None
        body = entry.findtext(f"{{{ATOM}}}content") or ""
        assert day in body
        assert f'href="https://example.org/below/{locale}/help/"' in body
        assert 'href="../updates.xml"' in built.page(locale, "updates")
    title = entry.find(f"{{{ATOM}}}title")
    assert title is not None
    assert title.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
