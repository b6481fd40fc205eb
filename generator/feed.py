"""Make an Atom feed (RFC 4287) of the page of changes.

An entry is a section of the page, from a heading of the second level with an anchor to the next one, with its date in a
`<time datetime="2026-11-22">`. Sections without a date are not in the feed. The same page gives the same bytes, because
the feed has no times except those of its entries.
"""

from __future__ import annotations

import datetime
import html
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

ATOM = "http://www.w3.org/2005/Atom"

_NAMESPACE = uuid.UUID("9c1f6f0e-2c53-4c6b-9e3e-0d7c7a4d7f11")
"""The namespace of our ids. They do not depend on the host, so a reader who follows two copies sees an entry once."""

_EMPTY = {"area", "br", "col", "hr", "img", "input", "wbr"}


@dataclass
class Entry:
    """An entry of the feed.

    anchor: the id of its heading on the page.
    title: its title, as plain text.
    lang: the language of the title; empty if it is that of the page.
    body: its content, as HTML.
    day: its date; None for a section that has no date.
    """

    anchor: str
    title: str = ""
    lang: str = ""
    body: str = ""
    day: datetime.date | None = None


@dataclass(frozen=True)
class Feed:
    """A feed.

    lang: the tag of its language.
    site: the name of the site.
    title: the title of the page of changes.
    page: the absolute address of that page.
    address: the absolute address of the feed.
    entries: its entries, newest first.
    """

    lang: str
    site: str
    title: str
    page: str
    address: str
    entries: list[Entry] = field(default_factory=list)


def entries(content: str, page: str) -> list[Entry]:
    """Return the entries of a rendered page, newest first. Links become absolute.

    content: the page, as HTML.
    page: its own absolute address.
    """
    reader = _Reader(page)
    reader.feed(content)
    reader.close()
    dated = [entry for entry in reader.entries if entry.day]
    return sorted(dated, key=lambda entry: entry.day or datetime.date.min, reverse=True)


class _Reader(HTMLParser):
    """Parser that cuts a page into sections."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.entries: list[Entry] = []
        self._page = page
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "h2":
            self._is_title = True
            self.entries.append(Entry(given.get("id") or "", lang=given.get("lang") or ""))
        elif self.entries and not self._is_title:
            entry = self.entries[-1]
            if tag == "time" and entry.day is None:
                entry.day = _day(given.get("datetime"))
            entry.body += f"<{tag}{''.join(self._attribute(*each) for each in attrs)}>"
        elif self.entries and given.get("lang"):
            # The heading of a title in English has the attribute `lang`, or contains an element that has it.
            self.entries[-1].lang = given["lang"] or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2":
            self._is_title = False
        elif self.entries and not self._is_title and tag not in _EMPTY:
            self.entries[-1].body += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.entries[-1].title += data
        elif self.entries:
            self.entries[-1].body += html.escape(data, quote=False)

    def _attribute(self, name: str, value: str | None) -> str:
        if name == "href" and value is not None:
            value = urljoin(self._page, value)
        return f' {name}="{html.escape(value or "")}"'


def _day(text: str | None) -> datetime.date | None:
    """Return the date in a `datetime` attribute; None if it does not contain one."""
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


def atom(feed: Feed) -> str:
    """Return the feed as XML."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": feed.lang})
    _add(root, "id", _id(feed.lang))
    _add(root, "title", f"{feed.title} – {feed.site}")
    _add(root, "updated", _time(entry.day for entry in feed.entries))
    _add(_add(root, "author"), "name", feed.site)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", hreflang=feed.lang, href=feed.page)
    for entry in feed.entries:
        element = _add(root, "entry")
        _add(element, "id", _id(f"{feed.lang}#{entry.anchor}"))
        marked = {"xml:lang": entry.lang} if entry.lang else {}
        _add(element, "title", entry.title.strip(), **marked)
        _add(element, "updated", _time([entry.day]))
        _add(element, "link", rel="alternate", type="text/html", href=f"{feed.page}#{entry.anchor}")
        _add(element, "content", entry.body.strip(), type="html")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element


def _id(name: str) -> str:
    return uuid.uuid5(_NAMESPACE, name).urn


def _time(days: Iterable[datetime.date | None]) -> str:
    """Return the last of `days` in the format of Atom; without any day, the beginning of 1970."""
    last = max((day for day in days if day), default=datetime.date(1970, 1, 1))
    return f"{last}T00:00:00Z"
