"""A page of a built site that is copied."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(frozen=True)
class Page:
    """path: of its folder below that of the language, "" or "arrested/". tree: parsed, read by several."""

    slug: str
    path: str
    title: str
    is_english: bool
    section: str
    tree: HtmlElement
