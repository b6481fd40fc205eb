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
    is_english: whether the title is in English on a page of another language.
    section: the title of its section in the nav; empty if it is not in a section.
    tree: the parsed page. Several packs read it, so none may change it.
    """

    slug: str
    path: str
    title: str
    is_english: bool
    section: str
    tree: HtmlElement
