"""Markdown pages for property tests: every kind of block that the site's extensions know, nested in each other.

`pages()` gives the text of a page, `inlines()` the text of one block.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

WORDS = (
    "notice", "the portal", "CCF", "a", "45 days", "13,048", "2 (two)", "Ask: now", "don't", "snake_case_name",
    "3 * 4", "x < y & z", "R&D", "cost: 5%", "e.g.", "“quoted”", "اطلب محامياً", "می‌خواهم", "١٣٬٠٤٨",
    "Спросите адвоката", "请律师", "वकील से पूछें", "בקש עורך דין", "ትግርኛ", "İstanbul", "naïve", "👩‍⚖️", "C++", "#hash",
    "a | b", "-", "1.", "!", "...",
)  # fmt: skip

LABELS = ("portal", "Rules", "long label", "1")
FOOTNOTES = ("1", "note", "Two")
SHORT = ("CCF", "NCB")

CALLS = (
    '{{ deadline("access") }}',
    '{{ cite("S02", "87(a)(ii)") }}',
    "{{ cite('S03', \"28(3)\") }}",
    '{{contact("unhcr-help")}}',
    '{{ fact("a-b") }}',
)
CODE = ("`code`", "`a [b](c) d`", "``a ` b``", '`{{ deadline("access") }}`', "`**no**`", "`<b>`", "`C:\\`", "`[^1]`")
TARGETS = (
    "(page.md)", "(page.md#part)", '(page.md "Title here")', "(page.md 'it (1)')", "(a_(b).md)", "(<a b.md>)", "()",
    "(#x)", "( page.md )", "(https://example.org/?a=1&b=2)", "(page.md){ .button }", "(page.md){: title='T' #k }",
    "(1)", '(page.md "a {b} c")',
)  # fmt: skip
IMAGES = ("![a map](map.png)", '![map of *it*](map.png "Map")', "![](dot.png)", "![wide](map.png){ width=100 }")
ODD = (
    r"\*", r"\[not\](link)", r"\\", r"\{", r"\`", r"2\. x", "[", "]", "(1)", "[1]", "[x] (1)", "[gone][nowhere]",
    "[^nowhere]", "*", "_", "**", "`", "{", "}", "{ }", "{{", "}}", "{ .x }", "&amp;", "&copy;", "<", ">", "!", "~~",
    "![", "](", "[[a]]", "a]b", "ß", "ǅ", "ª", "٪", "『", "\u0301x", "\u00a0", "\u2003", "x\u200cy", "𝐀", "\ufb01",
    "¶", "•",
)  # fmt: skip
ATTRIBUTES = ("", "", "", "", "\n{: .x #y }", "\n{ .safety }")


class Writer:
    """Writes Markdown by chance. room: how many more blocks may be put into blocks."""

    def __init__(self, chance: Random, room: int = 6) -> None:
        self.one = chance.choice
        self.chance = chance
        self.room = room

    def many(self, make, most: int, gap: str) -> str:
        return gap.join(make() for _ in range(self.chance.randint(1, most)))

    # ── inline ──

    def words(self) -> str:
        return self.many(lambda: self.one(WORDS), 3, " ")

    def emphasis(self) -> str:
        mark = self.one(("*", "**", "_", "__", "***"))
        return f"{mark}{self.words()}{mark}"

    def link(self) -> str:
        words = self.one(
            (self.words, self.emphasis, lambda: self.one((*IMAGES[:2], "a [b] c", "`code`", "a \\] b", "")))
        )
        return f"[{words()}]{self.one(TARGETS)}"

    def reference(self) -> str:
        form = self.one(("[{words}][{name}]", "[{name}][]", "[{name}]", "[{words}] [{name}]", "![{words}][{name}]"))
        name = self.one(LABELS)
        link = form.format(words=self.words(), name=self.one((name, name.upper()))) + self.one(("", "", "{ .x }"))
        # Python-Markdown has quirks of its own where brackets stand next to a reference: a word between.
        return f"see {link} there"

    def sample(self, things: Sequence[str]):
        return lambda: self.one(things)

    def piece(self) -> str:
        footnote = self.sample([f"[^{name}]" for name in FOOTNOTES])
        more = (CODE, CALLS, IMAGES, SHORT, ODD)
        kinds = (self.words, self.words, self.emphasis, self.link, self.reference, footnote, *map(self.sample, more))
        return self.one(kinds)()

    def line(self) -> str:
        """The words of a heading, a cell, a label."""
        return self.many(self.piece, 4, " ").strip() or "x"

    def lines(self) -> str:
        """The words of a paragraph, with soft and hard line breaks."""
        text = self.line()
        for _ in range(self.chance.randint(0, 2)):
            text += self.one(("\n", "\n", " \n", "  \n", "\\\n")) + self.line()
        return text

    # ── blocks that hold words ──

    def paragraph(self) -> str:
        return self.lines() + self.one(ATTRIBUTES)

    def heading(self) -> str:
        words = self.one((self.line, self.sample(("Same", "Twice"))))
        return (
            "#" * self.chance.randint(1, 6)
            + f" {words()}"
            + self.one(("", "", " #", " { #an-id }", " {: .c }", "{#tight}"))
        )

    def underlined(self) -> str:
        return f"{self.words()}\n{self.one(('===', '---'))}"

    def code(self) -> str:
        return self.one(
            ("```\na [b](c)\n\n# no heading\n```", "~~~ python\nx = 1\n~~~", "    indented [code](c)\n    {{ x }}")
        )

    def note(self) -> str:
        return self.one(("[comment]: # (Translators: short, please)", "[comment]: # (plain)"))

    def rule(self) -> str:
        return "---"

    def table(self) -> str:
        columns = self.chance.randint(1, 3)
        rows = self.chance.randint(2, 3)
        # "|" separates cells: only escaped does it stand in one.
        table = [[self.line().replace("|", "\\|") for _ in range(columns)] for _ in range(rows)]
        lines = ["| " + " | ".join(row) + " |" for row in table]
        return "\n".join([lines[0], "|" + " :-- |" * columns, *lines[1:]])

    # ── blocks that hold blocks ──

    def inside(self) -> str:
        return self.many(self.block, 2, "\n\n")

    def indented(self, text: str) -> str:
        return "\n".join(f"    {line}" if line.strip() else "" for line in text.split("\n"))

    def item(self) -> str:
        words = self.one((self.line, lambda: self.lines().replace("\n", "\n    ")))() + self.one(
            ("", "", "", "\n    { .x }")
        )
        return words + (f"\n\n{self.indented(self.inside())}" if self.chance.random() < 0.4 else "")

    def items(self) -> str:
        mark = self.one(("- ", "* ", "1. ", "- [ ] ", "- [x] "))
        return self.many(lambda: mark + self.item(), 3, self.one(("\n", "\n\n")))

    def nested_items(self) -> str:
        """A list in a list, with no empty line between."""
        attributes = self.one(ATTRIBUTES).replace("\n", "\n    ")
        return f"- {self.line()}{attributes}\n{self.indented(self.items())}\n- after"

    def definitions(self) -> str:
        text = self.many(self.line, 2, "\n") + f"\n:   {self.line()}"
        return text + (f"\n\n{self.indented(self.inside())}" if self.chance.random() < 0.4 else "")

    def box(self) -> str:
        opening = self.one(("!!! note", "!!! danger safety", "??? question", "???+ note"))
        title = self.one(("", ' "A title"', ' "Say: *this* (1)"', " \"{{ fact('a') }} `c`\"", ' "[x](y.md)"', ' ""'))
        return f"{opening}{title}\n{self.indented(self.inside())}"

    def tabs(self) -> str:
        return self.many(lambda: f'=== "{self.words()}"\n\n{self.indented(self.inside())}', 2, "\n\n")

    def fenced(self) -> str:
        kind = self.one(
            (
                "html | div.grid",
                "html | div.safety",
                "admonition | A title",
                "details | (1) *me*\n    type: warning",
                "note | ",
            )
        )
        # One fence inside another needs more slashes.
        return f"/// {kind}\n\n{self.inside().replace('///', '////')}\n\n///"

    def quote(self) -> str:
        return "\n".join(f"> {line}" for line in self.inside().split("\n"))

    def block(self) -> str:
        kinds = [
            self.paragraph,
            self.paragraph,
            self.heading,
            self.underlined,
            self.code,
            self.note,
            self.rule,
            self.table,
            self.link,
        ]
        if self.room:
            self.room -= 1
            kinds += [
                self.items,
                self.items,
                self.nested_items,
                self.definitions,
                self.box,
                self.tabs,
                self.fenced,
                self.quote,
            ]
        return self.one(kinds)()

    def page(self) -> str:
        """A heading, blocks, and what the page's references, footnotes and abbreviations stand for."""
        notes = [
            f"[^{name}]: {self.line()}" + self.one(("", f"\n\n    {self.line()}", "\n\n    - x\n    - y"))
            for name in FOOTNOTES
        ]
        references = [
            f"[{LABELS[0]}]: portal.md",
            f'[{LABELS[1]}]: rules.md "Title"',
            *(f"[{name}]: x.md#y" for name in LABELS[2:]),
        ]
        short = [f"*[{short}]: Long words of {short}" for short in SHORT[: self.chance.randint(0, 2)]]
        body = self.many(self.block, 4, "\n\n")
        twin = self.one(("", "", "", "/// html | div.flat-twin\n///"))
        return "\n\n".join(["# A page", body, twin, *notes, "\n".join(references), "\n".join(short)])


def randoms() -> st.SearchStrategy[Random]:
    """Chance that hypothesis can repeat and shrink."""
    return st.randoms(use_true_random=False)


def pages() -> st.SearchStrategy[str]:
    """The text of a page."""
    return randoms().map(lambda chance: Writer(chance).page())


def inlines() -> st.SearchStrategy[str]:
    """The Markdown of one block."""
    return randoms().map(lambda chance: Writer(chance).lines())
