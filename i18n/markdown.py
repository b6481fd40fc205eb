"""Cut a page into units and put translations in their place: a Python-Markdown extension without MkDocs or theme.

Python-Markdown parses blocks first and inline text second. In between, every paragraph, list item, heading, cell,
definition, summary, title and label is an element that holds raw inline Markdown. There this extension reads the words
of a page, and there it puts their translations. It fills blocks and never makes one.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown, inlinepatterns
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

from i18n.calls import BEGIN, without_calls
from i18n.unit import Unit, read
from machine.cached import cached_property

CUT = "i18n-cut"
SOURCE_LANGUAGE = "en"

_NOT_WORDS = frozenset({"code", "pre", "script", "style", "textarea"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LANDMARKS = _HEADINGS | {"dt"}
_KINDS = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "p": "paragraph",
    "li": "list item",
    "td": "table cell",
    "th": "table heading",
    "dt": "term",
    "dd": "definition",
    "summary": "question to open",
    "label": "tab",
}

# What is before and after the words of a block and stays in the tree: white space, markers of the HTML stash (a task's
# checkbox, a footnote's back link), and the attribute list of the block itself.
_MARKER = r"\x02[^\x03]*\x03"
_BEFORE = re.compile(rf"(?:\s|{_MARKER})*")
_AFTER = re.compile(rf"(?:\s|{_MARKER})*\Z")
_BLOCK_ATTRIBUTES = re.compile(r"\n[ ]*\{:?[^{}\n]*\}[ ]*\Z")
_LINE_ATTRIBUTES = re.compile(r"[ ]+\{:?[^{}\n]*\}[ ]*\Z")
_ATTRIBUTE_LIST = re.compile(r"\{:?([^{}\n]*)\}")
_ONE_LINE_BLOCKS = _HEADINGS | {"dt", "td", "th"}

# Classes of a block that apply to all blocks inside it.
_INHERITED = frozenset({"safety", "bilingual"})

# Elements that may hold or precede <details> in HTML. A heading, <summary>, label or term may not hold it.
_FOLD_INSIDE = frozenset({"li", "td", "dd"})
_FOLD_BEHIND = _HEADINGS | {"p"}


@dataclass(frozen=True)
class Choice:
    """What a reader is shown for one unit.

    words: the translation; None leaves the English.
    earlier: a stale translation to show in a closed <details> under what is not translated, as plain text; None without
        one.
    mark: a class that sets the translation apart from others on the page; empty for none.
    lang: the tag of the language of `words`; empty if it is that of the page.
    dir: the direction of that language, "ltr" or "rtl".
    """

    words: str | None = None
    earlier: str | None = None
    mark: str = ""
    lang: str = ""
    dir: str = "ltr"


Translate = Callable[[Unit], Choice | None]
"""Takes a unit and returns what to show, or None if the page is not being translated."""


Note = tuple[Element, int, str]
"""The element that holds a comment for translators, the comment's place among its children, and the comment."""


@dataclass(frozen=True)
class Slot:
    """The place of a unit's words: the text of an element, or its tail.

    element: the element whose text or tail holds the words.
    parent: the parent of `element`; None for the root.
    is_tail: whether the words are the tail of `element`.
    before, after: what surrounds the words and stays in the tree.
    unit: the words.
    bilingual: whether the English is shown after a translation.
    """

    element: Element
    parent: Element | None
    is_tail: bool
    before: str
    after: str
    unit: Unit
    bilingual: bool = False

    def put(self, words: str) -> None:
        # Strip the words: two spaces at the end, before an attribute list on the next line, would make a line break.
        text = f"{self.before}{words.strip()}{self.after}"
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text

    def put_beside(self, words: str) -> None:
        """Put a translation in the place of the words, and the English after it."""
        english = self._english()
        if self.is_tail and self.parent is not None:
            self.element.tail = f"{self.before}{words.strip()}"
            self.parent.insert(list(self.parent).index(self.element) + 1, english)
        else:
            self.element.text = f"{self.before}{words.strip()}"
            self.element.insert(0, english)

    def _english(self) -> Element:
        english = Element("span", {"class": "english", "lang": SOURCE_LANGUAGE, "dir": "ltr"})
        english.text, english.tail = self.unit.fill(self.unit.msgid), self.after
        return english

    def mark(self, lang: str, dir: str, name: str, words: str | None = None) -> None:
        """Mark the words as being in another language than the page.

        words: a translation into that language, to put in their place; None leaves the English.
        """
        target = self._span(self.unit.fill(self.unit.msgid) if words is None else words.strip())
        if target is None:
            target = self.element
            if words is not None:
                (self.put_beside if self.bilingual else self.put)(words)
        elif words is not None and self.bilingual:
            holder = self.parent if self.is_tail and self.parent is not None else self.element
            holder.insert(list(holder).index(target) + 1, self._english())
            target.tail = None
        target.set("lang", lang)
        target.set("dir", dir)
        _add_class(target, name)

    def put_apart(self, words: str, name: str) -> None:
        """Put a translation in the place of the words, and set it apart from others by a class."""
        target = None if self.bilingual else self._span(words.strip())
        if target is None:
            target = self.element
            (self.put_beside if self.bilingual else self.put)(words)
        _add_class(target, name)

    def _span(self, words: str) -> Element | None:
        """Put a <span> with `words` in the place of the words, and return it; None if the block needs no <span>.

        Other rules may hold for the blocks inside a block, so such a block cannot carry a mark for its own words.
        """
        if not self.is_tail and all(child.get("class") == "footnote-backref" for child in self.element):
            return None
        span = Element("span")
        span.text, span.tail = words, self.after
        if self.is_tail:
            assert self.parent is not None
            self.element.tail = self.before
            self.parent.insert(list(self.parent).index(self.element) + 1, span)
        else:
            self.element.text = self.before
            self.element.insert(0, span)
        return span

    def fold(self, earlier: str, label: str, lang: str, dir: str) -> None:
        """Put an earlier translation in a closed <details>, if HTML allows one in or after the block."""
        details = Element("details", {"class": "earlier", "lang": lang, "dir": dir, "data-search-exclude": ""})
        SubElement(details, "summary").text = AtomicString(label)
        SubElement(details, "p").text = AtomicString(earlier)
        if not self.is_tail and self.element.tag in _FOLD_INSIDE:
            self.element.append(details)
        elif not self.is_tail and self.element.tag in _FOLD_BEHIND and self.parent is not None:
            self.parent.insert(list(self.parent).index(self.element) + 1, details)


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


class Source:
    """A Markdown text, parsed into blocks once and rendered once for each language.

    md: has `TranslateExtension` among its extensions; may be shared by many sources, one at a time.
    text: the Markdown, without front matter.
    """

    def __init__(self, md: Markdown, text: str) -> None:
        self._md = md
        # A macro may ask for the words of this page while another one is rendered.
        before = _State(md)
        md.reset()
        lines = text.split("\n")
        for preprocessor in md.preprocessors:
            lines = preprocessor.run(lines)
        root: Element = md.parser.parseDocument(lines).getroot()  # type: ignore[assignment]  # it has one
        for processor in _tree_processors(md)[0]:
            root = _or_same(processor.run(root), root)
        self._root = root
        self._state = _State(md)
        self._slots = list(_slots(root, md))
        self._is_blank = not text.strip()
        self._abbreviations = [(short, Unit(long, kind="abbreviation")) for short, long in _abbreviations(md).items()]
        before.restore()

    @property
    def units(self) -> list[Unit]:
        """The units in reading order. The same words may occur more than once."""
        return [slot.unit for slot in self._slots if slot.unit.has_words] + [unit for _, unit in self._abbreviations]

    @property
    def depth(self) -> int:
        """The depth of the element tree, with the root counting as 1."""
        deepest, waiting = 0, [(self._root, 1)]
        while waiting:
            element, depth = waiting.pop()
            deepest = max(deepest, depth)
            waiting += [(child, depth + 1) for child in element]
        return deepest

    @cached_property
    def places(self) -> list[str]:
        """The place of each of `units`, "anchor:ordinal": the id of the heading above it, and its number below that."""
        anchors: dict[Element, str] = {}
        anchor, headings = "", iter(self.ids)
        for element in self._root.iter():
            if element.tag in _HEADINGS:
                anchor = next(headings)
            anchors[element] = anchor
        counts: Counter[str] = Counter()
        places: list[str] = []
        for slot in self._slots:
            if slot.unit.has_words:
                anchor = anchors[slot.element]
                counts[anchor] += 1
                places.append(f"{anchor}:{counts[anchor]}")
        return places + [f"abbreviations:{number}" for number, _ in enumerate(self._abbreviations, 1)]

    @property
    def ids(self) -> list[str]:
        """The ids of all headings in order. They are those of the English page, in every language."""
        return [self._anchors[element] for element in self._root.iter() if element.tag in _HEADINGS]

    @cached_property
    def landmarks(self) -> list[tuple[str, str, Unit]]:
        """The headings and terms that have words and an anchor: for each its HTML tag, its anchor and its unit."""
        return [
            (slot.element.tag, anchor, slot.unit)
            for slot in self._slots
            if slot.element.tag in _LANDMARKS and slot.unit.has_words and (anchor := self._anchors.get(slot.element))
        ]

    @cached_property
    def phrases(self) -> dict[str, Unit]:
        """The units that a writer gave an anchor, as `{ #start-receipt }` at their end, by anchor.

        Read from the attribute lists alone: a macro may ask for a phrase while the anchors of its page are made.
        """
        return {
            value: slot.unit
            for slot in self._slots
            if slot.unit.has_words and (found := _ATTRIBUTE_LIST.fullmatch(slot.after.strip()))
            for name, value in get_attrs_and_remainder(found[1])[0]
            if name == "id"
        }

    def renew(self) -> None:
        """Forget the anchors if a heading contains a call, whose words may have changed since they were made."""
        if any(BEGIN in slot.unit.msgid for slot in self._slots if slot.element.tag in _HEADINGS):
            for name in ("_anchors", "landmarks"):
                self.__dict__.pop(name, None)

    @cached_property
    def _anchors(self) -> dict[Element, str]:
        """The ids of headings, and of blocks that a writer gave an id, on the English page."""
        self._state.restore()
        # Parsing inline text and rendering calls is slow, so do so only for headings, and for blocks that may have an
        # attribute list with an id.
        worded = {
            slot.element
            for slot in self._slots
            if slot.element.tag in _HEADINGS or "{" in slot.after or "{" in without_calls(slot.unit.msgid)
        }
        # The ids are made from the English, whatever language is being rendered.
        root = Element("div", {"lang": SOURCE_LANGUAGE})
        elements = [
            element
            for element in self._root.iter()
            if element in worded or element.tag in _HEADINGS or "id" in element.attrib
        ]
        for element in elements:
            twin = Element(element.tag, element.attrib)
            twin.text = element.text if element in worded else ""
            root.append(twin)
        for name in ("macros", "inline", "attr_list", "toc"):
            if name in self._md.treeprocessors:
                root = _or_same(self._md.treeprocessors[name].run(root), root)
        return {element: twin.get("id", "") for element, twin in zip(elements, root, strict=True)}

    def render(
        self, translate: Translate | None = None, lang: str | None = None, dir: str = "ltr", label: str = ""
    ) -> str:
        """Return the HTML of the page.

        translate: what to show for each unit; without it, the page stays English.
        lang: the language of the page; blocks in another language are marked as such.
        dir: the direction of the page, "ltr" or "rtl".
        label: the words that open an earlier translation, in the language of the page.
        """
        if self._is_blank:
            return ""
        ids = self.ids if translate else None
        md = self._md
        root, slots = self._copy()
        if translate:
            _translate(slots, translate, lang, dir, label)
            _translate_abbreviations(md, translate)
        _pinned(md).ids = ids
        for processor in _tree_processors(md)[1]:
            root = _or_same(processor.run(root), root)
        html = md.serializer(root)
        html = html[html.index(">") + 1 : html.rindex("<")].strip()
        for postprocessor in md.postprocessors:
            html = postprocessor.run(html)
        return html.strip()

    def _copy(self) -> tuple[Element, list[Slot]]:
        """Restore the Markdown instance as parsing left it, and return a copy of the tree with its slots."""
        self._state.restore()
        root = copy.deepcopy(self._root)
        twins = dict(zip(self._root.iter(), root.iter(), strict=True))
        return root, [
            replace(slot, element=twins[slot.element], parent=None if slot.parent is None else twins[slot.parent])
            for slot in self._slots
        ]


class TranslateExtension(Extension):
    """The Python-Markdown extension that cuts a page into units and translates them.

    translate: what to show for each unit; None leaves every byte unchanged.
    lang: the language of the page, to mark what is in another one.
    """

    def __init__(self, translate: Translate | None = None, lang: str | None = None) -> None:
        super().__init__()
        self.translate, self.lang = translate, lang
        self.notes: list[Note] = []

    def reset(self) -> None:
        self.notes.clear()

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)
        # Before `reference` (15), which would drop the comment.
        md.parser.blockprocessors.register(_NoteReader(md.parser, self.notes), "i18n-notes", 15.5)
        # After footnotes (50) and task lists (25) have made their elements, before inline text (20) is parsed.
        md.treeprocessors.register(_Cut(md, self), CUT, 21)
        # In the place of Python-Markdown's own.
        md.treeprocessors.register(_Inline(md), "inline", 20)
        # Before `toc` (5) makes ids from translated words, and after `attr_list` (8) has set the writer's ids.
        md.treeprocessors.register(_Pin(md), "i18n-ids", 5.5)


class _Cut(Treeprocessor):
    """Translates while `Markdown.convert` runs. `Source` does the same with a tree that it keeps."""

    def __init__(self, md: Markdown, extension: TranslateExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        if translate := self.extension.translate:
            _translate(list(_slots(root, self.md)), translate, self.extension.lang)
            _translate_abbreviations(self.md, translate)


SIGNS = {
    inlinepatterns.BACKTICK_RE: ("`",),
    inlinepatterns.ESCAPE_RE: ("\\",),
    r"\[\^([^\]]*)\]": ("[^",),
    inlinepatterns.LINK_RE: ("[",),
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.AUTOLINK_RE: ("<",),
    inlinepatterns.AUTOMAIL_RE: ("<",),
    inlinepatterns.HTML_RE: ("<",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    inlinepatterns.ENTITY_RE: ("&",),
    r"\*|_": ("*", "_"),
}
"""For each regex of Python-Markdown's inline patterns, the signs of which it needs one to match."""


class _Inline(InlineProcessor):
    """Python-Markdown's inline parser, which does not try a pattern on text without a sign that the pattern needs.

    If a pattern is not one of `SIGNS`, all patterns are tried on everything.
    """

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        # A list, because Python-Markdown asks for a pattern thousands of times, and its registry is slow.
        patterns: Any = list(self.md.inlinePatterns)
        if all(pattern.pattern in SIGNS for pattern in patterns):
            words = "\n".join(text for element in tree.iter() for text in (element.text, element.tail) if text)
            patterns = [pattern for pattern in patterns if self._can_match(pattern, words)]
            # Abbreviations are looked for in all text that is not atomic.
            if not _abbreviations(self.md):
                _make_atomic(tree, {sign for pattern in patterns for sign in SIGNS[pattern.pattern]})
        self.inlinePatterns = patterns
        return super().run(tree, ancestors)

    def _can_match(self, pattern: Any, words: str) -> bool:
        if isinstance(pattern, inlinepatterns.ReferenceInlineProcessor) and not self.md.references:
            return False
        return any(sign in words for sign in SIGNS[pattern.pattern])


def _make_atomic(tree: Element, signs: set[str]) -> None:
    """Mark text without any of `signs` as atomic, so that it is not parsed."""
    has_sign = re.compile("|".join(map(re.escape, sorted(signs | {INLINE_PLACEHOLDER_PREFIX})))).search
    for element in tree.iter():
        if element.text and not has_sign(element.text):
            element.text = AtomicString(element.text)
        if element.tail and not has_sign(element.tail):
            element.tail = AtomicString(element.tail)


class _Pin(Treeprocessor):
    """Gives headings the ids of the English page.

    ids: the ids of all headings in order; None changes nothing.
    """

    ids: list[str] | None = None

    def run(self, root: Element) -> None:
        if self.ids is None:
            return
        headings = (element for element in root.iter() if element.tag in _HEADINGS)
        for element, id in zip(headings, self.ids, strict=True):
            if id and "id" not in element.attrib:
                element.set("id", id)


class _NoteReader(BlockProcessor):
    """Takes `[comment]: # (Translators: …)` out of the page and keeps it for the translator of the next block."""

    NOTE = re.compile(r"^[ ]{0,3}\[comment\]:[ ]*#[ ]*\((?:Translators:[ ]*)?(.*)\)[ ]*$", re.MULTILINE)

    def __init__(self, parser: Any, notes: list[Note]) -> None:
        super().__init__(parser)
        self.notes = notes

    def test(self, parent: Element, block: str) -> bool:
        return "[comment]:" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        found = self.NOTE.match(blocks[0])
        if not found:
            return False
        self.notes.append((parent, len(parent), found[1].strip()))
        rest = blocks.pop(0)[found.end() :].lstrip("\n")
        if rest.strip():
            blocks.insert(0, rest)
        return True


def _pinned(md: Markdown) -> _Pin:
    pin = md.treeprocessors["i18n-ids"]
    assert isinstance(pin, _Pin)
    return pin


def _abbreviations(md: Markdown) -> dict[str, str]:
    """Return what the page's abbreviations stand for. This is the extension's own dict: a change shows on the page."""
    found: dict[str, str] = getattr(md.treeprocessors["abbr"], "abbrs", {}) if "abbr" in md.treeprocessors else {}
    return found


def _or_same(new: Element | None, old: Element) -> Element:
    return old if new is None else new


def _tree_processors(md: Markdown) -> tuple[list[Treeprocessor], list[Treeprocessor]]:
    """Return the tree processors before the cut, and those after it."""
    processors = list(md.treeprocessors)
    cut = processors.index(md.treeprocessors[CUT])
    return processors[:cut], processors[cut + 1 :]


def _translate(slots: list[Slot], translate: Translate, lang: str | None, dir: str = "ltr", label: str = "") -> None:
    for slot in slots:
        if not slot.unit.has_words or (choice := translate(slot.unit)) is None:
            continue
        words = None if choice.words is None else slot.unit.fill(choice.words)
        if words is not None and not choice.lang:
            if choice.mark:
                slot.put_apart(words, choice.mark)
            elif slot.bilingual:
                slot.put_beside(words)
            else:
                slot.put(words)
        elif lang:
            slot.mark(choice.lang or SOURCE_LANGUAGE, choice.dir, "untranslated", words)
            if choice.earlier:
                slot.fold(choice.earlier, label, lang, dir)


def _translate_abbreviations(md: Markdown, translate: Translate) -> None:
    """Translate what abbreviations stand for. It is shown in an attribute, which cannot be marked with a language."""
    abbreviations = _abbreviations(md)
    for short, long in abbreviations.items():
        choice = translate(Unit(long, kind="abbreviation"))
        if choice and choice.words:
            abbreviations[short] = choice.words


def _slots(root: Element, md: Markdown) -> Iterator[Slot]:
    cut = md.treeprocessors[CUT]
    assert isinstance(cut, _Cut)
    notes: dict[tuple[int, int], list[str]] = {}
    for parent, position, note in cut.extension.notes:
        notes.setdefault((id(parent), position), []).append(note)
    waiting: list[str] = []

    def slot(element: Element, parent: Element | None, is_tail: bool, within: frozenset[str]) -> Iterator[Slot]:
        text = element.tail if is_tail else element.text
        if not text or isinstance(text, AtomicString) or not text.strip():
            return
        holder = parent if is_tail and parent is not None else element
        before = _BEFORE.match(text)
        start, stop = before.end() if before else 0, _words_end(text, holder.tag)
        words = text[start:stop]
        if not words or "\x02" in words:
            return
        kind = "title of a box" if "admonition-title" in holder.get("class", "") else _KINDS.get(holder.tag, "text")
        unit = read(words, md.references, kind, tuple(waiting), "safety" in within)
        waiting.clear()
        yield Slot(element, parent, is_tail, text[:start], text[stop:], unit, "bilingual" in within)

    def walk(element: Element, parent: Element | None, within: frozenset[str]) -> Iterator[Slot]:
        if element.tag in _NOT_WORDS:
            return
        within |= _INHERITED.intersection(element.get("class", "").split())
        yield from slot(element, parent, False, within)
        for position, child in enumerate(element):
            waiting.extend(notes.get((id(element), position), ()))
            yield from walk(child, element, within)
            yield from slot(child, element, True, within)

    yield from walk(root, None, frozenset())


def _words_end(text: str, tag: str) -> int:
    after = _AFTER.search(text)
    stop = after.start() if after else len(text)
    attributes = (_LINE_ATTRIBUTES if tag in _ONE_LINE_BLOCKS else _BLOCK_ATTRIBUTES).search(text, 0, stop)
    return attributes.start() if attributes else stop


class _State:
    """The state that parsing leaves in a Markdown instance and rendering changes, to restore before each rendering."""

    def __init__(self, md: Markdown) -> None:
        owners = [md.htmlStash, *md.registeredExtensions]
        self._saved: list[tuple[object, str, Any, Any]] = [(md, "references", md.references, dict(md.references))]
        for owner in owners:
            for name, value in vars(owner).items():
                if isinstance(value, (dict, list, set)):
                    self._saved.append((owner, name, value, copy.copy(value)))
                elif isinstance(value, (int, str)):
                    self._saved.append((owner, name, value, None))

    def restore(self) -> None:
        for owner, name, value, content in self._saved:
            setattr(owner, name, value)
            if isinstance(value, (dict, set)):
                value.clear()
                value.update(content)
            elif isinstance(value, list):
                value[:] = content
