"""Read a unit: the words of one block, and where its links lead.

A translator sees `[the portal](1)`. The number stands for everything between the closing bracket and the end of the
link (address, title, attributes), which never leaves the English page. Macro calls, code spans, footnote marks and
attribute lists are part of the words, and a translation has to keep them unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markdown.inlinepatterns import LinkInlineProcessor

from i18n.calls import CODE, Span, replace_spans, without_calls
from machine.cached import cached_property

ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!|~:]")
ATTRIBUTES = re.compile(r"\{:?[ ]*[^{}\n ][^{}\n]*\}")
FOOTNOTE = re.compile(r"\[\^[^\]]*\]")
_SPACE = re.compile(r"[^\S\n]*\n[^\S\n]*")
_HARD_BREAK = re.compile(r"(?:[ ]{2,}|\\)\n[^\S\n]*")

# Stands for one masked character while brackets are counted. A noncharacter, which valid text never contains.
MASK = "\ufdd0"


class _LinkReader(LinkInlineProcessor):
    """Reads brackets and targets with Python-Markdown's own code, so that both agree about where a link ends."""

    def unescape(self, text: str) -> str:
        return text


_link_reader = _LinkReader("")


@dataclass(frozen=True)
class Unit:
    """The words of one block.

    msgid: what the translator sees, with white space normalised and link targets as numbers.
    links: for link number n, `links[n - 1]` is what follows the closing bracket in the source.
    kind: what the block is ("heading", "paragraph", "list item", …), as a comment for translators.
    notes: the writer's comments for translators.
    withdrawn_when_stale: whether a stale translation must not be shown (in a block marked `.safety`).
    """

    msgid: str
    links: tuple[str, ...] = ()
    kind: str = "paragraph"
    notes: tuple[str, ...] = ()
    withdrawn_when_stale: bool = False

    @cached_property
    def has_words(self) -> bool:
        """Whether the unit has anything to translate: at least one letter outside calls and code."""
        bare = FOOTNOTE.sub(" ", replace_spans(self.msgid, lambda span: " "))
        return any(character.isalpha() for character in bare)

    def fill(self, msgstr: str) -> str:
        """Return `msgstr` with the link numbers replaced by what they stand for: inline Markdown for the English tree.

        Raises KeyError for a number that this unit does not have, so ask `faithful.fault` first.
        """
        if "](" not in msgstr:
            return msgstr
        pieces: list[str] = []
        end = 0
        for start, _, target in _targets(_masked(msgstr), msgstr, {}):
            if found := _NUMBER_ALONE.match(target):
                number = int(found[1])
                if not 0 < number <= len(self.links):
                    raise KeyError(target)
                pieces += msgstr[end:start], self.links[number - 1]
                end = start + found.end()
        return "".join([*pieces, msgstr[end:]])


def read(
    text: str,
    references: References | None = None,
    kind: str = "paragraph",
    notes: tuple[str, ...] = (),
    withdrawn_when_stale: bool = False,
) -> Unit:
    """Cut the inline Markdown `text` of a block into words and link targets.

    references: the reference links that the page defines; other labels in brackets are plain text.
    kind, notes, withdrawn_when_stale: as in `Unit`.
    """
    text = _one_line(text)
    masked = _masked(text)
    cuts = _targets(masked, text, references or {})
    pieces: list[str] = []
    links: list[str] = []
    end = 0
    for start, stop, target in cuts:
        links.append(target)
        pieces += text[end:start], f"({len(links)})"
        end = stop
    return Unit("".join([*pieces, text[end:]]), tuple(links), kind, notes, withdrawn_when_stale)


def _one_line(text: str) -> str:
    """Return `text` with soft line breaks as spaces. Hard breaks (two spaces or a backslash at the line end) stay."""
    if "\n" not in text:
        return text
    lines = _HARD_BREAK.split(text)
    breaks = ["\\\n" if found.startswith("\\") else "  \n" for found in _HARD_BREAK.findall(text)]
    joined = [_SPACE.sub(" ", line) for line in lines]
    return "".join(line + mark for line, mark in zip(joined, [*breaks, ""], strict=True))


def _blank(found: re.Match[str]) -> str:
    return MASK * len(found[0])


def _blank_span(span: Span) -> str:
    return MASK * len(span.text)


def _masked(text: str) -> str:
    """Return `text` at the same length, with everything masked in which a bracket does not belong to a link."""
    text = replace_spans(text, _blank_span)
    if "\\" in text:
        text = ESCAPE.sub(_blank, text)
    return FOOTNOTE.sub(_blank, text) if "[^" in text else text


References = Mapping[str, tuple[str, str | None]]
"""The address and title that each label of a page stands for."""


def _targets(masked: str, text: str, references: References) -> list[tuple[int, int, str]]:
    """Return (start, end, source) of what follows the closing bracket of each link or image; `source` rebuilds it."""
    found: list[tuple[int, int, str]] = []
    position, passed = -1, 0
    while (position := masked.find("[", position + 1)) >= 0:
        if within := [stop for start, stop, _ in found if start <= position < stop]:
            # This bracket is in the target or the label of a link.
            position = within[0] - 1
            continue
        _, after, closed = _link_reader.getText(masked, position + 1)
        if closed and masked.startswith("(", after):
            _, _, end, is_link = _link_reader.getLink(masked, after)
            if is_link:
                end = _with_attributes(masked, end)
                found.append((after, end, text[after:end]))
        elif closed and references:
            label = _EXPLICIT.match(masked, after) if position >= passed else None
            name, stop = text[position + 1 : after - 1], after
            if label:
                explicit = text[label.start(1) : label.end(1)] or name
                if _inline(explicit, references):
                    name, stop = explicit, label.end()
                else:
                    # Python-Markdown does not look for another label before the end of this one.
                    passed = label.end()
            if target := _inline(name, references):
                end = _with_attributes(masked, stop)
                found.append((after, end, target + text[stop:end]))
    return sorted(found)


_EXPLICIT = re.compile(r"[ ]?\[([^\]]*)\]")


def _inline(label: str, references: References) -> str | None:
    """Return what a label stands for in the form of an inline link, or None.

    References must become inline links, because Python-Markdown would read two references in a row as one.
    """
    reference = references.get(re.sub(r"\s+", " ", label).lower())
    if reference is None:
        return None
    address, title = reference
    quote = "'" if title and '"' in title else '"'
    return f"(<{address}> {quote}{title}{quote})" if title else f"(<{address}>)"


def _with_attributes(masked: str, end: int) -> int:
    attributes = ATTRIBUTES.match(masked, end)
    return attributes.end() if attributes else end


_NUMBER_ALONE = re.compile(r"\((\d{1,4})\)")


_LINK = re.compile(r"!?\[([^\[\]]*)\]\(\d{1,4}\)")
_MARK = re.compile(rf"({ESCAPE.pattern})|\*+(?=\S)|(?<=\S)\*+|(?<!\w)_+|_+(?!\w)")
_LINE_END = re.compile(r"(?: +|\\)?\n *")


def plain(words: str) -> str:
    """Return the words of a unit as plain text: without calls, marks, footnotes and link targets."""
    words = FOOTNOTE.sub("", without_calls(words, "…"))
    while (unlinked := _LINK.sub(r"\1", words)) != words:
        words = unlinked
    # `pieces` repeats: words, the backticks of a code span, the code.
    pieces = CODE.split(words)
    pieces[::3] = [_MARK.sub(lambda found: (found[1] or "")[1:], piece) for piece in pieces[::3]]
    del pieces[1::3]
    return _LINE_END.sub(" ", "".join(pieces)).strip()
