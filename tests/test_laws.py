"""Laws of the cut: what holds for every page and for every catalog. tests/this_site/ holds them against its guides.

`LAW_EXAMPLES=2000 pytest tests/test_laws.py` searches longer, at random; without it the same examples come each time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from random import Random
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import BLOCK_LEVEL_ELEMENTS

from generator.page import PageExtension
from i18n import guides
from i18n.faithful import fault
from i18n.markdown import SIGNS, Choice, Source, Translate
from i18n.unit import Unit, read
from tests.configured import EXTENSIONS
from tests.pages import LABELS, inlines, pages, randoms

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "0"))


def law(examples: int) -> settings:
    return settings(
        max_examples=EXAMPLES or examples,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# ── the two Markdowns ────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _configured() -> list[object]:
    return list(EXTENSIONS)


@cache
def ours() -> Markdown:
    return guides.markdown(_configured(), PageExtension())


@cache
def _untouched() -> Markdown:
    names = [item if isinstance(item, str) else next(iter(item)) for item in _configured()]
    options = {
        name: settings or {} for item in _configured() if isinstance(item, dict) for name, settings in item.items()
    }
    return Markdown(extensions=[*names, PageExtension()], extension_configs=options)


def plain(text: str) -> str:
    """The page as Python-Markdown makes it without us."""
    return _untouched().reset().convert(text)


# attr_list reads an attribute list behind a link to the last brace of its line: joining lines can make it longer.
_REACHING_ATTRIBUTES = re.compile(r"[\])*_`][ ]?\{[^\n]*(?:\n[^\n]+)*?\n[^\n]*\}")

# Small pages that once broke a law.
EDGES = (
    "[the portal][p] and [p][] and [p]\n\n[p]: portal.md 'Title'",
    "see ![map][p] now, [the portal][q]\n\n[p]: map.png\n[q]: portal.md",
    "[sic] [p]\n\n[p]: portal.md",
    "[sic] [sic] [p]\n\n[p]: portal.md",
    '[words](page.md "a [b](c) title") more',
    "5](1) and [a](b.md)",
    "`a [b](c)` and ``[b](c)`` \\`[b](c)`",
    "- with attributes\n{ .x }\n    - nested",
    "- first\n\n    { .x }\n    - nested",
    "- words\n    { .x }\n\n    !!! note\n        text",
    "## Twice\n\n## Twice\n\n## \n\n## ![](a.png)\n\n## `code` {{ x() }}\n\n## Own { #own }\n\ntext\n{ #twice }",
    "3 * 4 _ 5 ⚠️ & < >",
    "## [link](a.md){ .a }{#tight}\n\n[link](a.md){ .a }{ .b }",
    "Text[^1](see [link](a.md)) and [^1][link](b.md).\n\n[^1]: Note",
    "[^1] [^1]\n\n[^1]: One\n\n    Two [^2]\n\n[^2]: Three",
    "- [ ] [link](a.md)\n- [x] *b*\n    - [ ] c",
    "*[CCF]: Commission & more\n\nThe CCF and `CCF`",
    "| a \\| b | `c \\| d` |\n|---|---|\n| [x](y.md) | |",
    "/// html | div.bilingual\n\nI am *a* [refugee](a.md).\n{ .x }\n\n- One\n    - Two\n\n///",
    "/// details\n///\n\ntext",
    '??? note "Q"\n    text\n\n    /// html | div.flat-twin\n    ///',
    "",
    "   \n\n",
    "```\n[a](b)\n```",
)

# ── what is compared ─────────────────────────────────────────────────────────────────────────────────────────────────


Token = tuple[str, list[tuple[str, str]]]
"""A tag with its attributes by name, "/tag", or text in “quotes”."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append((f"/{tag}", []))

    def handle_data(self, data: str) -> None:
        self.tokens.append((f"“{data}”", []))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def tokens(html: str) -> list[Token]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tokens


def blocks(html: str) -> list[str]:
    """The block-level tags of a page, in order."""
    return [tag for tag, _ in tokens(html) if tag.lstrip("/") in BLOCK_LEVEL_ELEMENTS or tag == "input"]


def addresses(html: str) -> list[str]:
    """All addresses that a page leads to or loads, sorted: links may change places within a sentence."""
    return sorted(value for _, found in tokens(html) for name, value in found if name in ("href", "src"))


def events(html: str) -> list[str]:
    """Attributes that run scripts."""
    return [name for _, found in tokens(html) for name, _ in found if name.startswith("on")]


def ids(html: str) -> list[str]:
    """The ids of headings; their copies in the flat twin of a decision tree have none."""
    given = [dict(found).get("id", "") for tag, found in tokens(html) if re.fullmatch("h[1-6]", tag)]
    return [id for id in given if id]


def unbroken(html: str) -> str:
    """`html` with soft line breaks as spaces; preformatted text as it is."""
    parts = re.split(r"(<pre.*?</pre>)", html, flags=re.DOTALL)
    return "".join(part if number % 2 else re.sub(r"[ ]*\n[ ]*", " ", part) for number, part in enumerate(parts))


def one_language(html: str) -> str:
    """`html` without the English that stands beside a translation in a block marked `.bilingual`."""
    return re.sub(r'<span class="english" dir="ltr" lang="en">.*?</span>', "", html, flags=re.DOTALL)


def unmarked(html: str) -> list[Token]:
    """The tokens of a page without the marks of untranslated blocks, and without spans that have no attributes."""
    found: list[Token] = []
    spans: list[bool] = []
    for tag, attributes in tokens(html):
        given = dict(attributes)
        if "untranslated" in (names := (given.get("class") or "").split()):
            assert (given["lang"], given["dir"]) == ("en", "ltr")
            names.remove("untranslated")
            given = {**given, "lang": "", "dir": "", "class": " ".join(names)}
        if (given.get("lang"), given.get("dir")) == ("en", "ltr"):
            # The flat twin of a decision tree: a copy of marked words.
            given = {**given, "lang": "", "dir": ""}
        given = {name: value for name, value in given.items() if value or name not in ("lang", "dir", "class")}
        if tag == "span":
            spans.append(not given)
        if (tag == "span" and spans[-1]) or (tag == "/span" and spans.pop()):
            continue
        # Which of several calls of one footnote is its first depends on how deep its words lie.
        kept = sorted(((name, re.sub(r"\bfnref\d*:", "fnref:", value or "")) for name, value in given.items()))
        if tag.startswith("“") and found and found[-1][0].startswith("“"):
            tag = f"{found.pop()[0][:-1]}{tag[1:]}"
        found.append((tag, kept))
    return found


def nothing(unit: Unit) -> Choice:
    """An empty catalog."""
    return Choice()


def borrowed(unit: Unit) -> Choice:
    """An empty catalog of a language that falls back to another one, which has everything."""
    return Choice(unit.msgid, lang="ar", dir="rtl")


def identity(unit: Unit) -> Choice:
    """A catalog in which every msgstr is its msgid, taken through the real substitution."""
    return Choice(unit.msgid)


def shouting(unit: Unit) -> Choice:
    """Another catalog, which changes words and keeps what has to stay."""
    words = f"Ω {unit.msgid} Ω"
    return Choice(None if fault(unit, words) else words)


HOSTILE = (
    "<script>alert(1)</script>", "<b>", "<img src=x onerror=y>", "</p>", "<!-- x -->", "<a href=evil>",
    "<https://evil.example>", "[x](https://evil.example)", "[x][portal]", "[x]", "[portal]", "![x](1)", "[y](2)",
    "(1)", "(2)", "][1]", "](javascript:x)", '{ onclick="x" }', '{ href="https://evil.example" }', "{: .x }",
    "{ #id }", "{", "}", "{{ x() }}", "{{ cycler.__init__ }}", "javascript:alert(1)", "https://evil.example",
    "www.evil.example", "a@evil.example", "evil.example", "`", "`x`", "``", "*", "**", "_", "__", "***", "\\", "\\`",
    "\\[", "\\\\", "\n", "  \n", "\\\n", "\n\n", "\n# x", "\n- x", "\n    x", "\n> x", "\n: x", "# x", "- x", "1. x",
    "> x", "!!! note", "??? x", "/// x", "=== x", "```", "|", "\\|", ":   x", "[^1]", "[^1]: x", "*[CCF]: x",
    "[portal]: https://evil.example", "&lt;", "&#60;", "&amp;", "<", ">", "\u202e", "\u200b", "\x02", "\x03",
    "\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03", "wzxhzdk:0", "112", "911", "١", "CCF", "\ufdd0", "---", "~~~",
    "[TOC]", "///Footnotes Go Here///", "слово",
)  # fmt: skip

_PIECES = re.compile(r"`[^`]*`|\{\{.*?\}\}|!?\[[^\[\]]*\]\(\d+\)(?:\{[^}]*\})?|\[\^?[^\]]*\]|\s+|\w+|.", re.DOTALL)


def msgstr_for(msgid: str, chance: Random) -> str:
    """What may stand in a catalog for `msgid`: from a good translation by a few changes to mere noise."""
    pieces = _PIECES.findall(msgid)

    def with_more(more: Sequence[str], most: int) -> str:
        for _ in range(chance.randint(1, most)):
            pieces.insert(chance.randint(0, len(pieces)), chance.choice(more))
        return "".join(pieces)

    def turned() -> str:
        words = [piece for piece in pieces if not piece.isspace()]
        place = chance.randrange(len(words))
        words[place] = chance.choice(("слово", "слово", chance.choice(HOSTILE)))
        return " ".join([*words[place:], *words[:place]])

    def without_one() -> str:
        del pieces[chance.randrange(len(pieces))]
        return with_more(HOSTILE, 1)

    return chance.choice((
        lambda: f"Ω {msgid}",
        lambda: f"{msgid} Ω",
        lambda: "".join(chance.sample(pieces, len(pieces))),
        lambda: with_more(HOSTILE, 2),
        lambda: with_more("\\`*_[](){}<>&!|#-: \n", 4),
        turned,
        without_one,
    ))()  # fmt: skip


class Guessing:
    """A catalog with a msgstr of any kind for every msgid, refused as the build refuses them."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.known: dict[str, Choice] = {}

    def __call__(self, unit: Unit) -> Choice:
        if unit.msgid not in self.known:
            msgstr = msgstr_for(unit.msgid, self.chance)
            self.known[unit.msgid] = Choice(None if fault(unit, msgstr) else msgstr)
        return self.known[unit.msgid]

    @property
    def taken(self) -> float:
        """The share of msgids whose msgstr was not refused."""
        return sum(choice.words is not None for choice in self.known.values()) / len(self.known)


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def assert_empty_catalog(text: str) -> None:
    expected = plain(text)
    assert Source(ours(), text).render() == expected
    assert Source(ours(), text).render(nothing) == expected
    assert guides.markdown(_configured()).convert(text) == expected


def assert_identity(text: str) -> None:
    assert unbroken(one_language(Source(ours(), text).render(identity))) == unbroken(plain(text))


def assert_faithful(text: str, catalog: Translate) -> None:
    expected = plain(text)
    html = one_language(Source(ours(), text).render(catalog))
    assert blocks(html) == blocks(expected)
    assert addresses(html) == addresses(expected)
    assert events(html) == []


def assert_ids(text: str, catalog: Translate) -> None:
    expected = ids(plain(text))
    assert ids(Source(ours(), text).render(catalog)) == expected
    assert list(_anchors(ours().toc_tokens)) == expected


def _anchors(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        yield entry["id"]
        yield from _anchors(entry["children"])


def assert_marks(text: str) -> None:
    assert unmarked(unbroken(Source(ours(), text).render(nothing, "ar"))) == unmarked(unbroken(plain(text)))


def assert_borrowed(text: str) -> None:
    expected = unbroken(Source(ours(), text).render(nothing, "uk"))
    html = unbroken(one_language(Source(ours(), text).render(borrowed, "uk")))
    assert html.replace(' dir="rtl"', ' dir="ltr"').replace(' lang="ar"', ' lang="en"') == expected


@law(60)
@given(pages())
def test_empty_catalog_changes_no_byte(text: str) -> None:
    """Without a catalog a page is byte for byte what Python-Markdown makes of it, rendered or converted."""
    assert_empty_catalog(text)


# What begins or ends something in inline Markdown, in any order.
_NOISE = st.lists(
    st.sampled_from((*"`*_[]()!<>&;\\{}:#/ ^a@\n", "  \n", "[^1]", "<b>", "<http://a.b>", "<a@b>", "&lt;", "[a](b)",
                     "![a][r]", "[r]", "**a**", "__b__", "`c`", "\\*", "w", "CCF", "\x02", "\x02klzzwxh:0000\x03")),
    max_size=12,
).map("".join)  # fmt: skip


@law(300)
@given(st.lists(_NOISE, min_size=1, max_size=4), st.sampled_from(("", "[r]: x.md", "[^1]: note", "*[CCF]: long")))
def test_inline_text_is_parsed_as_by_python_markdown(texts: list[str], more: str) -> None:
    """Patterns that are left out would not have changed a byte, whatever signs stand in whatever order."""
    text = "\n\n".join([*texts, more])
    assert Source(ours(), text).render() == plain(text)


@law(300)
@given(_NOISE)
def test_a_pattern_needs_one_of_its_signs(text: str) -> None:
    for pattern, signs in SIGNS.items():
        assert not re.search(pattern, text, re.DOTALL) or any(sign in text for sign in signs)


def test_all_patterns_of_the_site_are_known() -> None:
    """Otherwise all of them would be tried on everything."""
    assert {pattern.pattern for pattern in ours().inlinePatterns} <= SIGNS.keys()


class _Words(InlineProcessor):
    """A pattern that needs no sign."""

    def handleMatch(self, found: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        element = Element("b")
        element.text = found[0]
        return element, found.start(), found.end()


def test_an_unknown_pattern_is_tried_on_everything() -> None:
    text, md = "In 24 hours\n\n- *within* 3 days", guides.markdown(_configured(), PageExtension())
    md.inlinePatterns.register(_Words(r"\b(?:hours|days)\b"), "words", 15)
    html = Source(md, text).render()
    assert "<b>hours</b>" in html
    assert "<em>within</em> 3 <b>days</b>" in html


@law(100)
@given(pages())
def test_identity_changes_only_soft_breaks(text: str) -> None:
    """A catalog of msgids for msgstrs gives the English page; only soft line breaks become spaces."""
    assume(not _REACHING_ATTRIBUTES.search(text))
    assert_identity(text)


@law(100)
@given(pages(), randoms())
def test_no_translation_changes_blocks_or_addresses(text: str, chance: Random) -> None:
    """Whatever stands in a catalog, the page keeps its blocks and leads where the English leads."""
    assert_faithful(text, Guessing(chance))


@law(30)
@given(pages(), pages())
def test_rendering_leaves_no_trace(one: str, other: str) -> None:
    """A page comes out the same however often, in whatever language and among whatever other pages it is rendered."""
    first, second = Source(ours(), one), Source(ours(), other)

    def all_of_them() -> list[str]:
        return [first.render(), second.render(shouting, "ar"), first.render(shouting), second.render(nothing, "tr")]

    assert all_of_them() == all_of_them()
    assert first.render() == plain(one)
    assert first.units == Source(ours(), one).units
    assert first.places == Source(ours(), one).places


@law(40)
@given(pages(), randoms())
def test_heading_ids_are_english(text: str, chance: Random) -> None:
    """A heading has its English id in every language, in the page and in the table of contents."""
    assert_ids(text, Guessing(chance))


@law(80)
@given(pages())
def test_marks_add_only_marks(text: str) -> None:
    """With nothing translated, a page is the English one with marks on its blocks or around their words."""
    assert_marks(text)


@law(80)
@given(pages())
def test_another_language_is_marked_where_english_is(text: str) -> None:
    """Words of the language that another one falls back to get the same marks in the same places as English ones."""
    assume(not _REACHING_ATTRIBUTES.search(text))
    assert_borrowed(text)


@law(400)
@given(inlines())
def test_fill_gives_the_source_back(text: str) -> None:
    """A msgid with its links filled in is the English again, soft line breaks as spaces."""
    unit = read(text)
    assert unit.fill(unit.msgid) == re.sub(r"(?<! )[ ]\n|(?<![ \\])\n", " ", text)


@law(400)
@given(inlines())
def test_english_is_faithful_to_itself(text: str) -> None:
    """No rule refuses what keeps everything: the English of a short unit passes as its own translation."""
    unit = read(text, {label.lower(): ("x.md", None) for label in LABELS})
    sentence = fault(unit, unit.msgid)
    assert sentence is None or sentence.startswith("The translation is the English, unchanged.")


@pytest.mark.parametrize("text", EDGES)
def test_laws_hold_at_the_edges(text: str) -> None:
    """Pages that once broke a law no longer break any."""
    assert_empty_catalog(text)
    assert_identity(text)
    assert_faithful(text, shouting)
    assert_ids(text, shouting)
    assert_marks(text)
    assert_borrowed(text)
