"""What the search of a language looks through: the words of its pages as readers see them, part by part.

Each page's tree is read when all is in its place: translations, macros, ids. What carries `data-search-exclude` is left
out, as are words that only repeat others. `script` writes the file that the search page
loads; the index itself is made from it in the reader's browser, by the same rules that read what the reader types.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import rjsmin  # type: ignore[import-untyped]  # it has no types
from markdown.util import HTML_PLACEHOLDER_RE, HtmlStash

from generator.decision_tree import TWIN

EXCLUDED = "data-search-exclude"

_REPEATED = frozenset({TWIN, "english"})
"""Classes of what says again, in another form or language, what stands beside it."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "br", "code", "del", "em", "i", "img", "ins", "mark", "span", "strong", "sub", "sup"}
)
_CONTROLS = frozenset({"pre", "script", "style", "input", "svg", "label"})

_EXCLUDED_PART = re.compile(rf"<(\w+)\b[^>]*\b{EXCLUDED}\b[^>]*>.*?</\1>", re.DOTALL)
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_INLINE))})\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SPACE_BEFORE = re.compile(r"[ ]+([.,;:!?)،؛؟。，])")


@dataclass(frozen=True)
class Words:
    """The words of one block. lang: their language, where it is not that of the page."""

    text: str
    lang: str = ""


@dataclass
class Part:
    """What stands below one heading, or explains one term. anchor: of the heading; empty for the whole page."""

    anchor: str
    heading: Words
    blocks: list[Words] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """One page. address: from the root of the language. searched: what people type who need it."""

    address: str
    title: Words
    searched: str
    parts: Sequence[Part]


def parts(root: Element, stash: HtmlStash) -> tuple[Part, ...]:
    """Return what a page says, part by part.

    root: its tree when all is in its place. stash: the raw HTML that its placeholders stand for.
    """
    reader = _Reader(stash)
    reader.read(root)
    return tuple(reader.parts)


class _Reader:
    def __init__(self, stash: HtmlStash) -> None:
        self._stash = stash
        self.parts: list[Part] = [Part("", Words(""))]
        self._pieces: list[str] = []
        self._lang = ""

    def read(self, root: Element) -> None:
        self._block(root, "")

    def _block(self, element: Element, lang: str) -> None:
        if EXCLUDED in element.attrib or element.tag in _CONTROLS or _REPEATED & set(element.get("class", "").split()):
            return
        lang = element.get("lang", lang)
        self._words(element, lang)
        is_term = element.tag == "dt" and "id" in element.attrib
        if element.tag in _HEADINGS or is_term:
            heading = self._taken() or Words("")
            # The first heading is the page's own name: a link to the page is a link to it.
            is_first = len(self.parts) == 1 and not self.parts[0].blocks and not self.parts[0].heading.text
            if is_first and not is_term:
                self.parts[0].heading = heading
            else:
                self.parts.append(Part(element.get("id", ""), heading))
        self._flush()

    def _words(self, element: Element, lang: str) -> None:
        """Gather the words of `element`; a block in it ends what came before."""
        self._add(element.text, lang)
        for child in element:
            if child.tag in _INLINE:
                if EXCLUDED not in child.attrib and not _REPEATED & set(child.get("class", "").split()):
                    self._words(child, child.get("lang", lang))
            else:
                self._flush()
                self._block(child, lang)
            self._add(child.tail, lang)

    def _add(self, text: str | None, lang: str) -> None:
        if not text:
            return
        if "\x02" in text:
            text = HTML_PLACEHOLDER_RE.sub(self._stashed, text)
        if not self._lang and text.strip():
            self._lang = lang or "-"
        # A macro may bring blocks of its own.
        first, *rest = text.split("\x02")
        self._pieces.append(first)
        for more in rest:
            self._flush()
            self._lang = lang or "-"
            self._pieces.append(more)

    def _stashed(self, found: re.Match[str]) -> str:
        """The words of raw HTML; where blocks begin and end, a mark."""
        stash = self._stash.rawHtmlBlocks
        raw = stash[int(found[1])] if int(found[1]) < len(stash) else ""
        if not isinstance(raw, str) or EXCLUDED in raw[: raw.find(">")]:
            return ""
        if EXCLUDED in raw:
            raw = _EXCLUDED_PART.sub("", raw)
        return html.unescape(_TAG.sub("\x02", _INLINE_TAG.sub("", raw)))

    def _taken(self) -> Words | None:
        text = _SPACE_BEFORE.sub(r"\1", " ".join("".join(self._pieces).split()))
        lang = self._lang.strip("-")
        self._pieces, self._lang = [], ""
        return Words(text, lang) if any(letter.isalnum() for letter in text) else None

    def _flush(self) -> None:
        if self._pieces and (words := self._taken()):
            self.parts[-1].blocks.append(words)


@cache
def scripts(folder: Path) -> dict[str, str]:
    """Return the files beside the search page, by name: scripts without comments and spaces, licences as they are."""
    return {
        path.name: str(rjsmin.jsmin(words)) if path.suffix == ".js" else words
        for path in sorted(folder.iterdir())
        if path.suffix in (".js", ".txt") and (words := path.read_text(encoding="utf-8"))
    }


def script(entries: Iterable[Entry], lang: str) -> str:
    """The file that the search page loads; the same entries give the same bytes.

    A page is [address, title, searched, part, …], a part is [anchor, heading, block, …]. Words are a string; in
    another language than `lang`, an object with one string by its tag.
    """

    def written(words: Words) -> object:
        return words.text if words.lang in ("", lang) else {words.lang: words.text}

    pages = [
        [
            entry.address,
            written(entry.title),
            entry.searched,
            *([part.anchor, written(part.heading), *map(written, part.blocks)] for part in entry.parts),
        ]
        for entry in entries
    ]
    return f"var searchPages = {json.dumps(pages, ensure_ascii=False, separators=(',', ':'))};\n"
