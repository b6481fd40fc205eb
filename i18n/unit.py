"""One unit: the words of one block, and where its links lead.

A translator sees `[the portal](1)`: the number stands for everything between the closing bracket and the end of the
link (address, title, attributes), which never leaves the English page. Macro calls, code spans, footnote marks and
attribute lists stay in the words as they are and have to come back as they were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markdown.inlinepatterns import LinkInlineProcessor

from i18n.calls import CODE, Span, replace_spans, without_calls

ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!|~:]")
ATTRIBUTES = re.compile(r"\{:?[ ]*[^{}\n ][^{}\n]*\}")
FOOTNOTE = re.compile(r"\[\^[^\]]*\]")
_SPACE = re.compile(r"[^\S\n]*\n[^\S\n]*")
_HARD_BREAK = re.compile(r"(?:[ ]{2,}|\\)\n[^\S\n]*")

# A character that stands for one masked character while brackets are counted; never valid in text (a noncharacter).
MASK = "\ufdd0"


class _LinkReader(LinkInlineProcessor):
    """How Python-Markdown itself reads brackets and targets: the two cannot disagree about where a link ends."""

    def unescape(self, text: str) -> str:
        return text


_link_reader = _LinkReader("")


@dataclass(frozen=True)
class Unit:
    """The words of one block.

    msgid: what the translator sees, white space normalised, link targets as numbers.
    links: for link number n, `links[n - 1]` is what follows the closing bracket in the source.
    kind:  what it is on the page ("heading", "paragraph", "list item", …), a comment for translators.
    notes: the writer's comments for translators.
    withdrawn_when_stale: an old translation must not be shown (a block marked `.safety`).
    """

    msgid: str
    links: tuple[str, ...] = ()
    kind: str = "paragraph"
    notes: tuple[str, ...] = ()
    withdrawn_when_stale: bool = False

    @cached_property
    def has_words(self) -> bool:
        """Whether there is anything to translate: at least one letter outside calls and code."""
        bare = FOOTNOTE.sub(" ", replace_spans(self.msgid, lambda span: " "))
        return any(character.isalpha() for character in bare)

    def fill(self, msgstr: str) -> str:
        """`msgstr` with the numbers of links replaced by what they stand for: inline Markdown for the English tree.

        Raises KeyError for a number this unit has not: ask `faithful.fault` first.
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

    references: what the page defines; other brackets are only brackets.
    The rest as in `Unit`.
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
    """Soft line breaks as spaces; a hard break (two spaces or a backslash before the line end) stays."""
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
    """`text`, same length, with everything blanked in which a bracket is no link's bracket."""
    text = replace_spans(text, _blank_span)
    if "\\" in text:
        text = ESCAPE.sub(_blank, text)
    return FOOTNOTE.sub(_blank, text) if "[^" in text else text


References = Mapping[str, tuple[str, str | None]]
"""What labels of a page stand for: address and title."""


def _targets(masked: str, text: str, references: References) -> list[tuple[int, int, str]]:
    """(start, end, source) of what follows each link's or image's closing bracket; `source` rebuilds it."""
    found: list[tuple[int, int, str]] = []
    position, passed = -1, 0
    while (position := masked.find("[", position + 1)) >= 0:
        if within := [stop for start, stop, _ in found if start <= position < stop]:
            # A bracket in the target of a link, or the label of one.
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
                    # Python-Markdown looks for no second bracket before it is past this one.
                    passed = label.end()
            if target := _inline(name, references):
                end = _with_attributes(masked, stop)
                found.append((after, end, target + text[stop:end]))
    return sorted(found)


_EXPLICIT = re.compile(r"[ ]?\[([^\]]*)\]")


def _inline(label: str, references: References) -> str | None:
    """What a label stands for as an inline link has it: Python-Markdown would take two references in a row for one."""
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
    """The words of a unit for reading only: without calls, marks, footnotes, and where links lead."""
    words = FOOTNOTE.sub("", without_calls(words, "…"))
    while (unlinked := _LINK.sub(r"\1", words)) != words:
        words = unlinked
    # In turn: words, the backticks of a code span, the code.
    pieces = CODE.split(words)
    pieces[::3] = [_MARK.sub(lambda found: (found[1] or "")[1:], piece) for piece in pieces[::3]]
    del pieces[1::3]
    return _LINE_END.sub(" ", "".join(pieces)).strip()
