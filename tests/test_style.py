"""What is left of Material's style sheet is what the pages use."""

from __future__ import annotations

import pytest

from generator.style import cut, vocabulary

PAGE = '<html lang="en"><body class="wide" id="top"><p class="notice old" title="a > b">x</p></body></html>'
WORDS = {"html", "body", "p", ".wide", ".notice", ".old", "#top", "[lang", "[class", "[id", "[title"}


def test_vocabulary_is_all_that_a_selector_could_name() -> None:
    """Tags, classes, ids and attributes of a page; never its text."""
    assert vocabulary(PAGE) == WORDS


@pytest.mark.parametrize(
    "selector",
    [
        "p", "p.notice", ".notice.old > p", "#top p:hover", "[lang=en] p",
        '[title="x.y#z"]', "p:not(.gone)", "*", ":root", "p::before", "@page", "body:has(p)", ".wide p:nth-child(2)",
    ],
)  # fmt: skip
def test_rule_that_may_match_stays(selector: str) -> None:
    """Nothing that a page uses is lost."""
    assert cut(f"{selector}{{color:red}}", WORDS) == f"{selector}{{color:red}}"


@pytest.mark.parametrize(
    "selector", [".gone", "p.gone", "ul p", "#gone", "[dir] p", "p::-webkit-scrollbar", ".wide:is(.gone)"]
)
def test_rule_that_cannot_match_goes(selector: str) -> None:
    """A selector that names anything which is on no page goes."""
    assert cut(f"{selector}{{color:red}}", WORDS) == ""


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".gone,p{color:red}", "p{color:red}"),
        ("@media print{.gone{color:red}p{color:red}}", "@media print{p{color:red}}"),
        ("@media print{.gone{color:red}}", ""),
        ("@supports(inset:0){@media print{p{color:red}}}", "@supports(inset:0){@media print{p{color:red}}}"),
        ("p{color:red!important}", "p{color:red!important}"),
        # Variables that nothing reads, at any remove.
        (":root{--a:1px;--b:var(--c);--c:2px}p{top:var(--a)}", ":root{--a:1px}p{top:var(--a)}"),
        (":root{--b:var(--c);--c:2px}p{top:var(--b)}", ":root{--b:var(--c);--c:2px}p{top:var(--b)}"),
        # Pictures, what fetches, and what moves.
        ("p{mask-image:var(--i);color:red}", "p{color:red}"),
        (':root{--i:url("data:image/svg+xml,<svg/>")}', ""),
        ("@font-face{font-family:X;src:url(x.woff)}", ""),
        ("p{transition:color 1s;color:red}", "p{color:red}"),
        ("@keyframes x{to{color:red}}p{animation:x 1s}", ""),
    ],
)
def test_what_is_left_of_a_rule(css: str, left: str) -> None:
    """A rule keeps the selectors that may match and the variables that are read; no picture, no motion stays."""
    assert cut(css, WORDS) == left


def test_variable_that_our_own_sheet_reads_stays() -> None:
    """Material's variables that only site.css or a macro reads are there."""
    assert cut(":root{--a:1px;--b:2px}", WORDS, more="p{top:var(--a)}") == ":root{--a:1px}"
