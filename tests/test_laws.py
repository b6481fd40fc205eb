"""Laws of the cut: what holds for every page, generated or real, and for every catalog.

`LAW_EXAMPLES=2000 pytest tests/test_laws.py` searches longer, at random; without it the same examples come each time.
"""

from __future__ import annotations

import os
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.util import BLOCK_LEVEL_ELEMENTS

from i18n import guides
from i18n.markdown import Choice, Source, TranslateExtension
from i18n.unit import Unit, read
from tests.pages import FOOTNOTES, LABELS, inlines, pages

ROOT = Path(__file__).parent.parent
GUIDES = sorted(path for path in (ROOT / "guides").glob("*.md") if path.name != guides.DOOR_SIGN)
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
    return guides.configuration(ROOT / "mkdocs.yml")["markdown_extensions"]


@cache
def ours() -> Markdown:
    return guides.markdown(_configured())


@cache
def _untouched() -> Markdown:
    md = guides.markdown(_configured())
    names = [item if isinstance(item, str) else next(iter(item)) for item in _configured()]
    options = {name: settings or {} for item in _configured() if isinstance(item, dict) for name, settings in item.items()}
    assert len(md.registeredExtensions) > 1
    return Markdown(extensions=names, extension_configs=options)


def plain(text: str) -> str:
    """The page as Python-Markdown makes it without us."""
    return _untouched().reset().convert(text)


# ── what is compared ─────────────────────────────────────────────────────────────────────────────────────────────────


class _Reader(HTMLParser):
    """HTML as a list of (tag, attributes), ("/tag", []) and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append((tag, sorted(attrs, key=str)))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append((f"/{tag}", []))

    def handle_data(self, data: str) -> None:
        self.tokens.append((f"“{data}”", []))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def tokens(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tokens


def blocks(html: str) -> list[str]:
    """The block-level tags of a page, in order."""
    return [tag for tag, _ in tokens(html) if tag.lstrip("/") in BLOCK_LEVEL_ELEMENTS or tag == "input"]


def addresses(html: str) -> list[str]:
    """All addresses that a page leads to or loads, sorted: links may change places within a sentence."""
    return sorted(str(value) for _, found in tokens(html) for name, value in found if name in ("href", "src"))


def ids(html: str) -> list[str | None]:
    return [dict(found).get("id") for tag, found in tokens(html) if re.fullmatch("h[1-6]", tag)]


def unbroken(html: str) -> str:
    """`html` with soft line breaks as spaces; preformatted text as it is."""
    parts = re.split(r"(<pre.*?</pre>)", html, flags=re.DOTALL)
    return "".join(part if number % 2 else re.sub(r"[ ]*\n[ ]*", " ", part) for number, part in enumerate(parts))


def unmarked(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """The tokens of a page without the marks of untranslated blocks."""
    found: list[tuple[str, list[tuple[str, str | None]]]] = []
    spans: list[bool] = []
    for tag, attributes in tokens(html):
        given = dict(attributes)
        names = (given.get("class") or "").split()
        marked = "untranslated" in names
        if tag == "span":
            spans.append(marked and given.keys() == {"lang", "dir", "class"})
            if spans[-1]:
                continue
        if tag == "/span" and spans.pop():
            continue
        if marked:
            assert (given.pop("lang"), given.pop("dir")) == ("en", "ltr")
            given["class"] = " ".join(name for name in names if name != "untranslated")
        if "id" in given or "href" in given:
            # Which of several calls of one footnote is its first depends on how deep its words lie.
            given = {name: re.sub(r"\bfnref\d*:", "fnref:", value or "") for name, value in given.items()}
        kept = sorted(((name, value) for name, value in given.items() if name != "class" or value), key=str)
        if tag.startswith("“") and found and found[-1][0].startswith("“"):
            tag = f"{found.pop()[0][:-1]}{tag[1:]}"
        found.append((tag, kept))
    return found


def nothing(unit: Unit) -> Choice:
    """An empty catalog."""
    return Choice()


def identity(unit: Unit) -> Choice:
    """A catalog in which every msgstr is its msgid, taken through the real substitution."""
    return Choice(unit.msgid)


def shouting(unit: Unit) -> Choice:
    """Another catalog, which changes words and keeps what has to stay."""
    words = f"Ω {unit.msgid} Ω"
    return Choice(None if unit.fault(words) else words)


class Guessing:
    """A catalog whose msgstrs are drawn by hypothesis, and refused as the build refuses them."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.taken = 0

    def __call__(self, unit: Unit) -> Choice:
        msgstr = self.data.draw(msgstrs(unit.msgid))
        if not msgstr or unit.fault(msgstr):
            return Choice()
        self.taken += 1
        return Choice(msgstr)


HOSTILE = (
    "<script>alert(1)</script>", "<b>", "<img src=x onerror=y>", "</p>", "<!-- x -->", "<a href=evil>", "<https://evil.example>",
    "[x](https://evil.example)", "[x][portal]", "[x]", "[portal]", "![x](1)", "[y](2)", "(1)", "(2)", "][1]", "](javascript:x)",
    '{ onclick="x" }', '{ href="https://evil.example" }', "{: .x }", "{ #id }", "{", "}", "{{ x() }}", "{{ cycler.__init__ }}",
    "javascript:alert(1)", "https://evil.example", "www.evil.example", "a@evil.example", "evil.example", "`", "`x`", "``", "*", "**",
    "_", "__", "***", "\\", "\\`", "\\[", "\\\\", "\n", "  \n", "\\\n", "\n\n", "\n# x", "\n- x", "\n    x", "\n> x", "\n: x", "# x",
    "- x", "1. x", "> x", "!!! note", "??? x", "/// x", "=== x", "```", "|", "\\|", ":   x", "[^1]", "[^1]: x", "*[CCF]: x",
    "[portal]: https://evil.example", "&lt;", "&#60;", "&amp;", "<", ">", "\u202e", "\u200b", "\x02", "\x03", "\x02wzxhzdk:0\x03",
    "\x02klzzwxh:0000\x03", "STX", "wzxhzdk:0", "112", "911", "١", "CCF", "\ufdd0", "---", "~~~", "[TOC]", "///Footnotes Go Here///",
)  # fmt: skip

_PIECES = re.compile(r"`[^`]*`|\{\{.*?\}\}|!?\[[^\[\]]*\]\(\d+\)(?:\{[^}]*\})?|\[\^?[^\]]*\]|\s+|\w+|.", re.DOTALL)


@cache
def msgstrs(msgid: str) -> st.SearchStrategy[str]:
    """What may stand in a catalog for `msgid`: from a good translation by one change to any text at all."""
    pieces = _PIECES.findall(msgid)
    bit = st.sampled_from(HOSTILE)

    def changed(places: list[tuple[int, str]]) -> str:
        words = list(pieces)
        for place, more in places:
            words.insert(place % (len(words) + 1), more)
        return "".join(words)

    def translated(number: int, word: str) -> str:
        """One word less, another more, in another order."""
        words = [piece for piece in pieces if not piece.isspace()]
        words[number % len(words)] = word
        turn = number % len(words)
        return " ".join([*words[turn:], *words[:turn]])

    place = st.integers(0, 50)
    return st.one_of(
        st.just(f"Ω {msgid}"),
        st.just(f"{msgid} Ω"),
        st.permutations(pieces).map("".join),
        st.lists(st.tuples(place, bit), min_size=1, max_size=2).map(changed),
        st.lists(st.tuples(place, st.sampled_from("\\`*_[](){}<>&!|#-: \n")), min_size=1, max_size=4).map(changed),
        st.builds(translated, place, bit | st.just("слово")),
        st.lists(bit | st.sampled_from(pieces), max_size=4).map("".join),
        st.text(max_size=20),
    )


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def assert_empty_catalog(text: str) -> None:
    expected = plain(text)
    assert Source(ours(), text).render() == expected
    md = ours().reset()
    assert md.convert(text) == expected


def assert_identity(text: str) -> None:
    assert unbroken(Source(ours(), text).render(identity)) == unbroken(plain(text))


def assert_ids(text: str, translate: object) -> None:
    assert ids(Source(ours(), text).render(translate)) == ids(plain(text))


def assert_marks(text: str) -> None:
    assert unmarked(Source(ours(), text).render(nothing, "ar")) == unmarked(plain(text))


@law(150)
@given(pages())
def test_empty_catalog_changes_no_byte(text: str) -> None:
    """Without a catalog a page is byte for byte what Python-Markdown makes of it, rendered or converted."""
    assert_empty_catalog(text)


@law(150)
@given(pages())
def test_identity_changes_only_soft_breaks(text: str) -> None:
    """A catalog of msgids for msgstrs gives the English page; only soft line breaks become spaces."""
    assert_identity(text)


@law(150)
@given(pages(), st.data())
def test_no_translation_changes_blocks_or_addresses(text: str, data: st.DataObject) -> None:
    """Whatever stands in a catalog, the page keeps its blocks and leads where the English leads."""
    expected = plain(text)
    html = Source(ours(), text).render(Guessing(data))
    assert blocks(html) == blocks(expected)
    assert addresses(html) == addresses(expected)


@law(60)
@given(pages(), pages())
def test_rendering_leaves_no_trace(one: str, other: str) -> None:
    """A page comes out the same however often, in whatever languages, and among whatever other pages it was rendered."""
    first, second = Source(ours(), one), Source(ours(), other)
    expected = first.render(), second.render(shouting, "ar"), first.render(shouting), second.render(nothing, "tr")
    found = first.render(), second.render(shouting, "ar"), first.render(shouting), second.render(nothing, "tr")
    assert found == expected
    assert first.render() == plain(one)
    assert [*first.units, *second.units] == [*Source(ours(), one).units, *Source(ours(), other).units]


@law(80)
@given(pages(), st.data())
def test_heading_ids_are_english(text: str, data: st.DataObject) -> None:
    """A heading has the same id in every language: that of the English page."""
    assert_ids(text, Guessing(data))
    assert_ids(text, shouting)


@law(150)
@given(pages())
def test_marks_add_only_marks(text: str) -> None:
    """A page with nothing translated is the English page with `lang`, `dir` and `class` on its blocks or around their words."""
    assert_marks(text)


@law(500)
@given(inlines())
def test_fill_gives_the_source_back(text: str) -> None:
    """A msgid with its links filled in is the English again, soft line breaks as spaces."""
    unit = read(text, footnotes=FOOTNOTES)
    assert unit.fill(unit.msgid) == re.sub(r"(?<! )[ ]\n|(?<![ \\])\n", " ", text)


@law(500)
@given(inlines())
def test_english_is_faithful_to_itself(text: str) -> None:
    """No rule refuses a translation that keeps everything: the English of a short unit passes as its own msgstr."""
    unit = read(text, references={label.lower() for label in LABELS}, footnotes=FOOTNOTES)
    fault = unit.fault(unit.msgid)
    assert fault is None or fault.startswith("The translation is the English")


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_laws_hold_for_every_guide(path: Path) -> None:
    """The guides of this site keep the laws too."""
    text = guides.load(path, ours()).text
    assert_empty_catalog(text)
    assert_identity(text)
    assert_ids(text, shouting)
    assert_marks(text)
