"""What is left of Material's style sheet is what the pages use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.style import MATERIAL_SHA256, changed, cut, for_scripts, material_sheet, vocabulary
from i18n.locales import Locale
from tests.project import edit, lay_out

PAGE = '<html lang="en"><body class="wide" id="top"><p class="notice old" title="a > b">x</p></body></html>'
WORDS = {"html", "body", "p", ".wide", ".notice", ".old", "#top", "[lang", ":lang(en)", "[class", "[id", "[title"}


def test_vocabulary_is_all_that_a_selector_could_name() -> None:
    """Tags, classes, ids and attributes of a page; never its text."""
    assert vocabulary(PAGE) == WORDS


@pytest.mark.parametrize(
    "selector",
    [
        "p", "p.notice", ".notice.old > p", "#top p:hover", "[lang=en] p", "p:lang(en)",
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
    """A selector that names anything that no page has is removed."""
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


@pytest.mark.parametrize(
    ("locale", "script"),
    [
        ("ur", "Arab"), ("ps", "Arab"), ("ckb", "Arab"), ("fa", "Arab"), ("he", "Hebr"), ("bn", "Beng"),
        ("my", "Mymr"), ("zh_Hans", "Hans"), ("zh_Hant", "Hant"), ("pa", "Guru"), ("pa_Arab", "Arab"),
        ("ru", "Cyrl"), ("pt_BR", "Latn"),
        ("ar_XB", "Arab"), ("en_XA", "Latn"),
    ],
)  # fmt: skip
def test_script_of_a_language_comes_from_cldr(locale: str, script: str) -> None:
    """The script of a language comes from CLDR, even if its name does not include it."""
    assert Locale.of(locale).script == script


IN_FOUR_SCRIPTS = (
    '<html lang="ar" data-script="Arab"><body><b lang="ur"></b><b lang="he"></b><b lang="en"></b><b lang="x"></b>'
)


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("p{color:red}", "p{color:red}"),
        ('[data-script="Arab"] p{color:red}', '[data-script="Arab"] p{color:red}'),
        ('[data-script="Hebr"] p{color:red}', ""),
        ('[data-script="Hebr"] p,[data-script="Arab"] b{color:red}', '[data-script="Arab"] b{color:red}'),
        (":script(Arab) b{color:red}", ":lang(ar) b,:lang(ur) b{color:red}"),
        ("b:script(Arab, Hebr, Thai){color:red}", "b:lang(ar),b:lang(he),b:lang(ur){color:red}"),
        ("i,b:script(Hebr){color:red}", "i,b:lang(he){color:red}"),
        ("@media print{/* a, b */ :script(Thai){color:red}:script(Latn){top:0}}", "@media print{:lang(en){top:0}}"),
    ],
)
def test_rules_for_a_script_are_those_of_its_languages(css: str, left: str) -> None:
    """A sheet names scripts; pages get rules for the languages that they name, and none for other scripts."""
    assert for_scripts(css, vocabulary(IN_FOUR_SCRIPTS)) == left


def test_style_sheets_name_no_language() -> None:
    """A new language needs no rule: sheets name scripts, and CLDR says which languages are written in them."""
    root = Path(__file__).parent.parent
    sheets = [path for place in ("theme", "macros", "packs") for path in (root / place).rglob("*.css")]
    assert len(sheets) > 5
    assert [
        path.name for path in sheets if re.search(r":lang\(|\[lang[~|^$*]?=", path.read_text(encoding="utf-8"))
    ] == []


def test_material_is_the_one_that_was_looked_at() -> None:
    """The style sheet of the installed package has the hash that is written down; one byte more is a sentence."""
    sheet = material_sheet()
    assert changed(sheet) == []
    (sentence,) = changed(f"{sheet} ")
    assert sentence
    assert "docs/upkeep.md" in sentence
    assert MATERIAL_SHA256 not in sentence


def test_another_sheet_of_material_is_a_fault_of_the_build(tmp_path: Path) -> None:
    """The pages are built, the hash to write is said once for all languages, and the exit status is 1."""
    project = lay_out(tmp_path)
    edit(project.root / "generator" / "style.py", MATERIAL_SHA256, "0" * 64)
    done = project.publish()
    assert done.returncode == 1
    assert done.stderr.count(f'MATERIAL_SHA256 = "{MATERIAL_SHA256}"') == 1
    assert (project.root / "site" / "fr" / "help" / "index.html").exists()
