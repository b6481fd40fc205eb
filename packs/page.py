"""A page of a built site that is copied."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(frozen=True)
class Page:
    """A page of a built site.

    slug: the slug of the guide.
    path: its folder, relative to the folder of the language: "" or "arrested/".
    title: its title, as plain text.
    lang: the tag of the language of the title; empty if it is that of the page.
    section: the title of its section in the nav; empty if it is not in a section.
    tree: the parsed page. Several packs read it, so none may change it.
    """

    slug: str
    path: str
    title: str
    lang: str
    section: str
    tree: HtmlElement
