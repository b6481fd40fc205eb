"""Collect the words that the search of a language looks through: those of its pages as readers see them, part by part.

The tree of a page is read when it is complete, with translations, macros and ids. Elements with the attribute
`data-search-exclude` are left out, and so are words that only repeat others. `script` writes the file that the search
page loads. The reader's browser makes the index from it, by the same rules by which it reads what the reader types.
"""

from __future__ import annotations

import bz2
import html
import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import rjsmin  # type: ignore[import-untyped]  # it has no types
from markdown.util import HTML_PLACEHOLDER_RE, HtmlStash

from generator import short
from generator.decision_tree import TWIN
from i18n.markdown import SOURCE_LANGUAGE

EXCLUDED = "data-search-exclude"

_REPEATED = frozenset({TWIN, "english", short.CLASS})
"""Classes of elements that repeat neighbouring words, in another form or language."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "br", "code", "del", "em", "i", "img", "ins", "mark", "span", "strong", "sub", "sup"}
)
_CONTROLS = frozenset({"pre", "script", "style", "input", "svg", "label"})

_EXCLUDED_PART = re.compile(rf"<(\w+)\b[^>]*\b{EXCLUDED}\b[^>]*>.*?</\1>", re.DOTALL)
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_INLINE))})\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SPACE_BEFORE = re.compile(r" (?=[.,;:!?)،؛؟。，])")


@dataclass(frozen=True)
class Words:
    """The words of a block.

    text: the words, as plain text.
    lang: the tag of their language; empty if it is that of the page.
    """

    text: str
    lang: str = ""


@dataclass(frozen=True)
class Part:
    """The part of a page below a heading, or the explanation of a term.

    anchor: the anchor of the heading or term; empty for the first part, whose heading is the title of the page.
    heading: the words of the heading or term.
    blocks: the words below it.
    """

    anchor: str
    heading: Words
    blocks: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A page that can be found.

    address: its address, relative to the root of the language.
    title: its title.
    searched: words that people who need it type.
    parts: its words.
    """

    address: str
    title: Words
    searched: str
    parts: Sequence[Part]


def parts(root: Element, stash: HtmlStash) -> tuple[Part, ...]:
    """Return the words of a page, part by part.

    root: the complete tree of the page.
    stash: the raw HTML that its placeholders represent.
    """
    reader = _Reader(stash)
    reader.read(root)
    return tuple(Part(anchor, heading, tuple(blocks)) for anchor, heading, blocks in reader.parts)


def _is_left_out(element: Element) -> bool:
    classes = element.get("class")
    return element.get(EXCLUDED) is not None or (classes is not None and not _REPEATED.isdisjoint(classes.split()))


class _Reader:
    def __init__(self, stash: HtmlStash) -> None:
        self._stash = stash
        self.parts: list[tuple[str, Words, list[Words]]] = [("", Words(""), [])]
        self._pieces: list[str] = []
        self._lang = ""

    def read(self, root: Element) -> None:
        self._block(root, "")

    def _block(self, element: Element, lang: str) -> None:
        if element.tag in _CONTROLS or _is_left_out(element):
            return
        lang = element.get("lang", lang)
        self._words(element, lang)
        is_term = element.tag == "dt" and "id" in element.attrib
        if element.tag in _HEADINGS or is_term:
            heading = self._taken() or Words("")
            # The first heading is the title of the page, so a link to the page leads to it.
            is_first = len(self.parts) == 1 and not self.parts[0][2] and not self.parts[0][1].text
            if is_first and not is_term:
                self.parts[0] = ("", heading, [])
            else:
                self.parts.append((element.get("id", ""), heading, []))
        self._flush()

    def _words(self, element: Element, lang: str) -> None:
        """Collect the words of `element`. A block inside it ends the block before."""
        if element.text:
            self._add(element.text, lang)
        for child in element:
            if child.tag in _INLINE:
                if not _is_left_out(child):
                    self._words(child, child.get("lang", lang))
            else:
                self._flush()
                self._block(child, lang)
            if child.tail:
                self._add(child.tail, lang)

    def _add(self, text: str, lang: str) -> None:
        if "\x02" in text:
            text = HTML_PLACEHOLDER_RE.sub(self._stashed, text)
        is_space = not text or text.isspace()
        if is_space and not self._pieces:
            # Most texts are the line breaks between blocks.
            return
        if not self._lang and not is_space:
            self._lang = lang or "-"
        if "\x02" not in text:
            self._pieces.append(text)
            return
        # The HTML of a macro may contain blocks.
        first, *rest = text.split("\x02")
        self._pieces.append(first)
        for more in rest:
            self._flush()
            self._lang = lang or "-"
            self._pieces.append(more)

    def _stashed(self, found: re.Match[str]) -> str:
        """Return the words of raw HTML, with a mark wherever a block begins or ends."""
        stash = self._stash.rawHtmlBlocks
        raw = stash[int(found[1])] if int(found[1]) < len(stash) else ""
        if not isinstance(raw, str) or EXCLUDED in raw[: raw.find(">")]:
            return ""
        if EXCLUDED in raw:
            raw = _EXCLUDED_PART.sub("", raw)
        return html.unescape(_TAG.sub("\x02", _INLINE_TAG.sub("", raw)))

    def _taken(self) -> Words | None:
        text = _SPACE_BEFORE.sub("", " ".join("".join(self._pieces).split()))
        lang = self._lang.strip("-")
        self._pieces, self._lang = [], ""
        return Words(text, lang) if any(letter.isalnum() for letter in text) else None

    def _flush(self) -> None:
        if self._pieces and (words := self._taken()):
            self.parts[-1][2].append(words)


_small = cache(rjsmin.jsmin)


def scripts(folder: Path) -> dict[str, str]:
    """Return the files beside the search page, by name: scripts without comments and spaces, licences unchanged."""
    return {
        path.name: str(_small(words)) if path.suffix == ".js" else words
        for path in sorted(folder.iterdir())
        if path.suffix in (".js", ".txt") and (words := path.read_text(encoding="utf-8"))
    }


def script(entries: Iterable[Entry], lang: str) -> str:
    """Return the file that the search page loads. The same entries give the same bytes.

    A page is [address, title, searched, part, …] and a part is [anchor, heading, block, …]. Words are a string. English
    words begin with a tab if `lang` is another language; words in a third language are an object with one string, whose
    key is the tag of the language. `unpack` in theme/search/search.js takes these pages out of the file again.

    They are compressed with bzip2, because servers send the file with gzip, which looks for repetitions only 32 kB back
    and leaves it half as large again. Base64 costs next to nothing: gzip takes it away.
    """

    def written(words: Words) -> object:
        if words.lang in ("", lang):
            return words.text
        return f"\t{words.text}" if words.lang == SOURCE_LANGUAGE else {words.lang: words.text}

    pages = [
        [
            entry.address,
            written(entry.title),
            entry.searched,
            *([part.anchor, written(part.heading), *map(written, part.blocks)] for part in entry.parts),
        ]
        for entry in entries
    ]
    plain = json.dumps(pages, ensure_ascii=False, separators=(",", ":")).encode()
    packed = bz2.compress(plain)
    return f'var searchPages = unpack("{b64encode(packed).decode()}", {zlib.adler32(packed)}, {len(plain)});\n'
