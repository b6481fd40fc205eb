"""One unit: the words of one block, and what a faithful translation of them keeps.

A translator sees `[the portal](1)`: the number stands for everything between the closing bracket and the end of the
link (address, title, attributes), which never leaves the English page. Macro calls, code spans, footnote marks and
attribute lists stay in the words as they are and have to come back as they were.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cached_property

from markdown.inlinepatterns import LinkInlineProcessor

MACRO_CALL = re.compile(r"\{\{(?:[^{}\"']|\"[^\"]*\"|'[^']*')*\}\}")

_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!|~:]")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[^{}\n ][^{}\n]*\}")
_FOOTNOTE = re.compile(r"\[\^[^\]]*\]")
_SPACE = re.compile(r"[^\S\n]*\n[^\S\n]*")
_HARD_BREAK = re.compile(r"(?:[ ]{2,}|\\)\n[^\S\n]*")

# A character that stands for one masked character while brackets are counted; never valid in text (a noncharacter).
_MASK = "\ufdd0"



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
        bare = _CODE.sub(" ", MACRO_CALL.sub(" ", self.msgid))
        return any(character.isalpha() for character in bare)

    @cached_property
    def _kept(self) -> _Kept:
        return _Kept.of(self.msgid)

    def fill(self, msgstr: str) -> str:
        """`msgstr` with the numbers of links replaced by what they stand for: inline Markdown for the English tree.

        Raises KeyError for a number this unit has not: ask `fault` first.
        """
        pieces: list[str] = []
        end = 0
        for match in _link_numbers(msgstr):
            number = int(match[2])
            if not 0 < number <= len(self.links):
                raise KeyError(match[0])
            pieces += msgstr[end : match.start(1)], self.links[number - 1]
            end = match.end()
        return "".join([*pieces, msgstr[end:]]) if pieces else msgstr

    def fault(self, msgstr: str) -> str | None:
        """Why `msgstr` is no faithful translation of this unit, as one sentence with what to do; None when it is."""
        if len(msgstr) > max(10 * len(self.msgid), 400):
            return f"The translation is {len(msgstr) // len(self.msgid)} times as long as the English. Shorten it."
        if not msgstr.strip():
            return "The translation is empty but for spaces. Translate it, or leave it quite empty."
        if sentence := _hidden(msgstr):
            return sentence
        found = _Kept.of(msgstr)
        return next((sentence for rule in _RULES if (sentence := rule(self._kept, found))), None)


def read(
    text: str,
    references: Container[str] = (),
    footnotes: Container[str] = (),
    kind: str = "paragraph",
    notes: tuple[str, ...] = (),
    withdrawn_when_stale: bool = False,
) -> Unit:
    """Cut the inline Markdown `text` of a block into words and link targets.

    references, footnotes: the labels that the page defines; other brackets are only brackets.
    The rest as in `Unit`.
    """
    text = _one_line(text)
    masked = _masked(text, footnotes)
    cuts = sorted(_targets(masked, text, references))
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


def _blank(match: re.Match[str]) -> str:
    return _MASK * len(match[0])


def _masked(text: str, footnotes: Container[str] = ()) -> str:
    """`text`, same length, with everything blanked in which a bracket is no link's bracket."""

    def footnote(match: re.Match[str]) -> str:
        return _blank(match) if match[0][2:-1] in footnotes else match[0]

    if "`" in text:
        text = _CODE.sub(_blank, text)
    if "{" in text:
        text = MACRO_CALL.sub(_blank, text)
    if "\\" in text:
        text = _ESCAPE.sub(_blank, text)
    return _FOOTNOTE.sub(footnote, text) if "[^" in text else text


def _targets(masked: str, text: str, references: Container[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, source) of what follows each link's or image's closing bracket; `source` rebuilds it."""
    position = masked.find("[")
    while position >= 0:
        words, after, closed = _link_reader.getText(masked, position + 1)
        if closed and masked.startswith("(", after):
            _, _, end, is_link = _link_reader.getLink(masked, after)
            if is_link:
                end = _with_attributes(masked, end)
                yield after, end, text[after:end]
        elif closed and (label := _label(masked, text, position + 1, after, references)) is not None:
            stop, name = label
            end = _with_attributes(masked, stop)
            yield after, end, f"[{name}]{text[stop:end]}"
        position = masked.find("[", position + 1)


def _label(masked: str, text: str, start: int, after: int, references: Container[str]) -> tuple[int, str] | None:
    """For `[words][label]`, `[words][]` and `[words]`: where the reference ends, and its label."""
    explicit = re.compile(r"[ ]?\[([^\]]*)\]").match(masked, after)
    if explicit and explicit[1]:
        name, stop = text[explicit.start(1) : explicit.end(1)], explicit.end()
    else:
        name, stop = text[start : after - 1], explicit.end() if explicit else after
    return (stop, name) if re.sub(r"\s+", " ", name).lower() in references else None


def _with_attributes(masked: str, end: int) -> int:
    attributes = _ATTRIBUTES.match(masked, end)
    return attributes.end() if attributes else end


_LINK_NUMBER = re.compile(r"(?<=\])(\((\d{1,4})\))")


def _link_numbers(msgstr: str) -> Iterator[re.Match[str]]:
    return _LINK_NUMBER.finditer(_masked(msgstr))


# ── faithfulness ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Kept:
    """What a translation has to give back, counted; `rest` is the words without it, brackets of links included."""

    words: str
    links: Counter[str]
    calls: Counter[str]
    code: Counter[str]
    marks: Counter[str]
    rest: str

    @classmethod
    def of(cls, words: str) -> _Kept:
        links: Counter[str] = Counter()
        calls: Counter[str] = Counter()
        code: Counter[str] = Counter()
        marks: Counter[str] = Counter()

        def keep(counter: Counter[str]) -> Callable[[re.Match[str]], str]:
            def note(found: re.Match[str]) -> str:
                counter[found[0]] += 1
                return _MASK

            return note

        rest = words
        if "`" in rest:
            rest = _CODE.sub(keep(code), rest)
        if "{{" in rest:
            rest = MACRO_CALL.sub(keep(calls), rest)
        if "\\" in rest:
            rest = _ESCAPE.sub(_MASK, rest)
        if "](" in rest:
            links.update(_linked(rest, found) for found in _LINK_NUMBER.finditer(rest))
            rest = _LINK_NUMBER.sub("", rest)
        if "[^" in rest:
            rest = _FOOTNOTE.sub(keep(marks), rest)
        if "{" in rest:
            rest = _ATTRIBUTES.sub(keep(marks), rest)
        return cls(words, links, calls, code, marks, rest)

    @cached_property
    def numbers(self) -> Counter[str]:
        return Counter(_numbers(self.rest))

    @cached_property
    def emphasis(self) -> Counter[str]:
        return Counter(_EMPHASIS.findall(self.rest))

    @cached_property
    def addresses(self) -> Counter[str]:
        return Counter(found.lower() for found in _ADDRESS.findall(self.rest))


def _linked(words: str, number: re.Match[str]) -> str:
    """`[…](1)`, `![…](1)` for a picture, `[](1)` for a link with no words: a translation may not swap them."""
    depth = 0
    for position in range(number.start() - 1, -1, -1):
        depth += {"]": 1, "[": -1}.get(words[position], 0)
        if depth == 0:
            image = words[position - 1 : position] == "!"
            text = "…" if words[position + 1 : number.start() - 1].strip() else ""
            return f"{'!' if image else ''}[{text}]({int(number[2])})"
    return number[0]


# Bidirectional controls, invisible, private and unassigned characters. Joiners are judged apart: Persian spelling and
# Indic scripts need them.
_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_JOINER = re.compile("[\u200c\u200d]")
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"
_JOINER_AT_HOME = re.compile(f"(?<=[{_JOINED}])[\u200c\u200d](?=[{_JOINED}])")


def _hidden(msgstr: str) -> str | None:
    if msgstr.isascii() and msgstr.isprintable():
        return None
    found = _HIDDEN.search(msgstr)
    if found is None and _JOINER.search(msgstr):
        found = _JOINER.search(_JOINER_AT_HOME.sub("", msgstr))
    if found:
        name = unicodedata.name(found[0], "a control character").lower()
        return f"The translation has an invisible character, U+{ord(found[0]):04X} ({name}). Remove it."
    return None


def _keeps(part: str, copy: str) -> Callable[[_Kept, _Kept], str | None]:
    """A rule: the named part of a translation is the English one, each thing as often."""

    def rule(wanted: _Kept, found: _Kept) -> str | None:
        if lost := getattr(wanted, part) - getattr(found, part):
            return f"The translation lost {', '.join(lost)}. {copy}"
        if added := getattr(found, part) - getattr(wanted, part):
            return f"The translation has {', '.join(added)}, which the English has not. Remove it."
        return None

    return rule


_HTML = re.compile(r"<[a-zA-Z/!?][^>]*>?|&#?\w+;")


def _no_html(wanted: _Kept, found: _Kept) -> str | None:
    for tag in _HTML.findall(found.rest):
        if tag not in wanted.rest:
            return f"The translation has the HTML {tag[:40]}. Write words only."
    return None


def _no_new_brackets(wanted: _Kept, found: _Kept) -> str | None:
    for piece in ("](", "][", "]:", "![", "{", "}", "[", "]"):
        if found.rest.count(piece) > wanted.rest.count(piece):
            return f"The translation has a new {piece} where the English has none. Remove it, or keep the link as it was."
        if piece in "[]" and found.rest.count(piece) < wanted.rest.count(piece):
            return f"The translation lost a {piece}. Keep the brackets of links as they were."
    return None


_ADDRESS = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]*:(?://|(?=\S))|www\.|\S+@\S+|[^\W_]{2,}(?:[-.][^\W_]+)*\.[^\W\d_]{2,}(?:/\S*)?", re.UNICODE
)

_GROUPED = r"\d{1,3}(?:([,.٬'’\u00a0\u202f ])\d{3})(?:\1\d{3})*(?!\d)"
_NUMBER = re.compile(rf"(?<!\d)(?:{_GROUPED}|\d+)(?:[.,٫]\d+)?")
_SPELLED = {
    word: str(value)
    for value, words in enumerate(
        "zero,one once first,two twice second,three third,four fourth,five fifth,six sixth,seven seventh,eight eighth,"
        "nine ninth,ten tenth,eleven eleventh,twelve twelfth".split(",")
    )
    for word in words.split()
}


def _numbers(words: str) -> Iterator[str]:
    """The values of all numbers in `words`, in any digits: "13,048", "13 048" and "١٣٬٠٤٨" are one value."""
    for found in _NUMBER.finditer(words):
        digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in found[0])
        if separator := found[1]:
            digits = digits.replace(separator, "")
        yield re.sub(r"[,٫]", ".", digits)


def _same_numbers(wanted: _Kept, found: _Kept) -> str | None:
    if lost := wanted.numbers - found.numbers:
        return f"The translation lost the number {', '.join(lost)}. Write the same numbers as the English."
    if added := found.numbers - wanted.numbers:
        spelled = Counter(_SPELLED[word] for word in re.findall(r"[a-z]+", wanted.rest.lower()) if word in _SPELLED)
        if added := added - spelled:
            return f"The translation has the number {', '.join(added)}, which the English has not. Remove it."
    return None


_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")


def _same_emphasis(wanted: _Kept, found: _Kept) -> str | None:
    if wanted.emphasis != found.emphasis:
        return "The translation has other * or _ marks than the English. Keep **bold** and *emphasis* around the same words."
    opened: Counter[str] = Counter()
    for mark in _EMPHASIS.finditer(found.rest):
        before, after = found.rest[: mark.start()], found.rest[mark.end() :]
        opened[mark[0]] += 1
        if (not after or after[0].isspace()) if opened[mark[0]] % 2 else (not before or before[-1].isspace()):
            return f"A {mark[0]} in the translation stands alone. Put it directly before or after the word it marks."
    return None


_BLOCK = re.compile(r"\s*(?:#{1,6}\s|>|[-+*]\s|\d+[.)]\s|!!!|\?\?\?|///|```|~~~|===|:\s{1,3}\S|\|)")


def _no_block(wanted: _Kept, found: _Kept) -> str | None:
    if (start := _BLOCK.match(found.words)) and not _BLOCK.match(wanted.words):
        return f'The translation starts with "{start[0].strip()}", as if it were a new block. Remove it.'
    if found.rest.count("  \n") + found.rest.count("\\\n") > wanted.rest.count("  \n") + wanted.rest.count("\\\n"):
        return "The translation has a line break that the English has not. Write it as one line."
    return None


_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LOOKS_LATIN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff\u1f00-\u1fff\U0001d400-\U0001d7ff]")
_TWINS = str.maketrans("АВЕКМНОРСТУХІЈЅѕасеорхуіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXIJSsaceopxyijABEZHIKMNOPTYXo")


def _no_look_alikes(wanted: _Kept, found: _Kept) -> str | None:
    if found.rest.isascii() or not _LOOKS_LATIN.search(found.rest):
        return None
    capitals = {word for word in _WORD.findall(wanted.rest) if len(word) > 2 and word.isupper()}
    for word in _WORD.findall(found.rest):
        if _LOOKS_LATIN.search(word) and (_LATIN.search(word) or word.translate(_TWINS) in capitals):
            return f'"{word}" mixes letters of two scripts that look alike. Type it again in one script.'
    return None


def _not_the_english(wanted: _Kept, found: _Kept) -> str | None:
    if found.words == wanted.words and len(_WORD.findall(wanted.rest)) > 5:
        return "The translation is the English, unchanged. Translate it, or leave it empty."
    return None


_RULES: tuple[Callable[[_Kept, _Kept], str | None], ...] = (
    _keeps("calls", "Copy it unchanged from the msgid."),
    _keeps("links", "Keep every link with its number."),
    _keeps("code", "Copy it unchanged from the msgid."),
    _keeps("marks", "Copy it unchanged from the msgid."),
    _no_html,
    _no_new_brackets,
    _keeps("addresses", "Copy it unchanged from the msgid."),
    _same_numbers,
    _same_emphasis,
    _no_block,
    _no_look_alikes,
    _not_the_english,
)
