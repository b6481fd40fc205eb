"""Find the short version of a guide: what somebody reads aloud to another person, or copies into a message.

A guide writes it as a block, `/// html | div.short`. It is also published as a text file beside the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import html as lxml_html

CLASS = "short"

_BLOCK = re.compile(rf"^///\s*html\s*\|\s*div\.{CLASS}\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Short:
    """The short version of a guide in one language.

    lines: its paragraphs and list items, as plain text. Items begin with a hyphen.
    langs: the tags of the languages of lines that are in another one than the page.
    has_links: whether it has links, which a text file loses. Source marks are links.
    """

    lines: tuple[str, ...]
    langs: tuple[str, ...]
    has_links: bool


@lru_cache(1000)  # Each language asks this of the same guides.
def is_in(text: str) -> bool:
    """Return whether a guide has a short version. text: its Markdown."""
    return bool(_BLOCK.search(text))


def file_of(slug: str) -> str:
    """Return the name of the text file of a guide, relative to the root of a language."""
    return f"{slug}.txt"


def of_page(html: str) -> Short | None:
    """Return the short version on a page; None if there is none. html: the text of the page."""
    if f'class="{CLASS}"' not in html:
        return None
    (block,) = lxml_html.fragment_fromstring(html, create_parent=True).xpath(f"(.//div[@class='{CLASS}'])[1]")
    lines: list[str] = []
    langs: list[str] = []
    for element in block.xpath(".//p | .//li[not(.//p)]"):
        mark = "- " if element.xpath("ancestor-or-self::li") else ""
        lines.append(mark + " ".join(element.text_content().split()))
        langs += element.xpath("ancestor-or-self::*[@lang][1]/@lang")
    return Short(tuple(lines), tuple(dict.fromkeys(langs)), bool(block.xpath(".//a")))
