"""Each macro of this site does what its examples say: `macros/<name>/<name>.yml` are the cases, this runs them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import references, values
from generator.edition import Standing
from generator.index import Landmark
from generator.macros import FOLDER, Macros, called, names
from generator.roles import Roles
from i18n.calls import calls
from i18n.words import Words
from tests.test_docs import words
from tests.this_site import ROOT

DATA = values.load(ROOT / "data")
ROLES = Roles(search="search", sources="about", glossary="words")
FIELDS = {
    "name",
    "markdown",
    "html",
    "contains",
    *("guides", "translations", "sections", "landmarks", "shorts", "phrases"),
}


def examples(macro: str) -> list[dict[str, Any]]:
    path = FOLDER / macro / f"{macro}.yml"
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def every() -> list[Any]:
    there = [macro for macro in names() if (FOLDER / macro / f"{macro}.yml").exists()]
    return [pytest.param(macro, case, id=f"{macro}: {case['name']}") for macro in there for case in examples(macro)]


def one_line(html: str) -> str:
    return " ".join(html.split())


@pytest.mark.parametrize(("macro", "case"), every())
def test_an_example_is_what_readers_get(macro: str, case: dict[str, Any]) -> None:
    """An example calls its own macro; English readers get exactly its `html`, or something with all of `contains`."""
    assert set(case) <= FIELDS
    assert macro == references.LIST or case["markdown"].startswith(f"{{{{ {macro}(")
    standings = [Standing(**state) for state in case.get("translations", [])]
    sections = case.get("sections", [])
    marks = [Landmark(**mark) for mark in case.get("landmarks", [])]
    macros = Macros(
        DATA,
        Words(),
        "en",
        lambda: [call for text in case.get("guides", []) for call in called(text)],
        lambda: standings,
        sections=lambda: sections,
        landmarks=lambda: marks,
        shorts=lambda: case.get("shorts", []),
        roles=ROLES,
        phrase=lambda guide, anchor: tuple(case["phrases"][f"{guide}#{anchor}"]),
    )
    html, groups = references.numbered(" ".join(macros.render(call.text) for call in calls(case["markdown"])), str)
    if macro == references.LIST:
        html = macros.references(groups, "{}#{}".format)
    assert ("html" in case) != ("contains" in case)
    if "html" in case:
        assert one_line(html) == one_line(case["html"])
    for part in case.get("contains", []):
        assert part in html


@pytest.mark.parametrize("macro", names())
def test_a_macro_is_explained_beside_its_template(macro: str) -> None:
    """Each macro says when to use it, when not, how to call it, and what a screen reader hears; it has examples."""
    text = (FOLDER / macro / f"{macro}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {macro}\n")
    for part in ("**Use it**", "**Do not use it**", "## How to call it", f"{macro}(", "**A screen reader hears**"):
        assert part in text
    assert examples(macro)


@pytest.mark.parametrize("macro", [macro for macro in names() if (FOLDER / macro / f"{macro}.css").exists()])
def test_classes_lead_home(macro: str) -> None:
    """A macro styles nothing but what has a class of `macro-` and its own name."""
    style = re.sub(r"/\*.*?\*/", "", (FOLDER / macro / f"{macro}.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    for rule in style.split("{")[:-1]:
        for selector in rule.rpartition("}")[2].split(","):
            if selector.strip().startswith("@media"):
                continue
            assert f".macro-{macro.replace('_', '-')}" in selector


def test_every_folder_with_a_template_is_a_macro() -> None:
    """Nothing else has to be told: the template's name is that of its folder."""
    assert names() == sorted(path.parent.name for path in (ROOT / "macros").glob("*/*.html"))


@pytest.mark.parametrize("macro", names())
def test_every_macro_is_documented(macro: str) -> None:
    """A macro that is named nowhere is called by nobody."""
    assert f"`{macro}`" in words() or f"/{macro}/{macro}.md)" in words()
    # The list at the end of a page is the only macro that no guide calls.
    assert macro == references.LIST or f"{{{{ {macro}(" in words()


def test_gallery_has_every_macro() -> None:
    """docs/macros.md links to each macro, and to no other."""
    gallery = (ROOT / "docs/macros.md").read_text(encoding="utf-8")
    linked = {
        Path(line.split("](../macros/")[1].split(")")[0]).stem for line in gallery.split("\n") if "](../macros/" in line
    }
    assert linked - {"README"} == set(names())
