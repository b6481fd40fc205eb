"""The cut, block by block: Markdown in, units out. Cases are in tests/cases/units/; a new one needs no Python."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from markdown import Markdown

from i18n import guides
from i18n.faithful import fault
from i18n.markdown import Choice, Source
from i18n.unit import Unit, read
from tests.configured import EXTENSIONS

CASES = sorted((Path(__file__).parent / "cases/units").glob("*.yml"))


@cache
def md() -> Markdown:
    return guides.markdown(EXTENSIONS)


def described(unit: Unit, place: str) -> dict[str, object]:
    """A unit as cases write it: what is empty is left out."""
    parts = {
        "msgid": unit.msgid,
        "kind": unit.kind,
        "place": place,
        "links": list(unit.links),
        "notes": list(unit.notes),
        "safety": unit.withdrawn_when_stale,
    }
    return {name: value for name, value in parts.items() if value}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_units(path: Path) -> None:
    """Each case states its fact; `links: null` leaves open how a reference is kept."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    source = Source(md(), case["markdown"])
    found = [described(unit, place) for unit, place in zip(source.units, source.places, strict=True)]
    for unit, expected in zip(found, case["units"], strict=False):
        if expected.get("links", ()) is None:
            unit["links"] = None
    assert found == case["units"], case["fact"]


def test_numbers_are_filled_in_any_order() -> None:
    """A translation may lead to its links in another order than the English."""
    unit = read("Read [this](a.md) before [that](b.md 'T'){ .c }.")
    assert unit.msgid == "Read [this](1) before [that](2)."
    assert unit.fill("Vor [dem](2) lies [das](1).") == "Vor [dem](b.md 'T'){ .c } lies [das](a.md)."


def test_number_that_is_not_there() -> None:
    """A number without a link is never filled with something else."""
    unit = read("[this](a.md)")
    assert fault(unit, "[dies](2)") is not None
    with pytest.raises(KeyError):
        unit.fill("[dies](2)")


def test_numbers_in_code_stay() -> None:
    """Text that looks like a numbered link inside code or a call is unchanged."""
    unit = read('[this](a.md) `[x](1)` {{ cite("S", "[x](1)") }}')
    assert unit.fill('`[x](1)` {{ cite("S", "[x](1)") }} [dies](1)') == (
        '`[x](1)` {{ cite("S", "[x](1)") }} [dies](a.md)'
    )


def test_page_that_is_not_translated() -> None:
    """If `translate` returns None for a unit, the unit is neither changed nor marked."""
    assert Source(md(), "# One\n\nTwo\n").render(lambda unit: None, "ar") == '<h1 id="one">One</h1>\n<p>Two</p>'


def test_mark_of_an_untranslated_block() -> None:
    """An untranslated block says its language on itself; one that holds blocks says it around its words."""
    html = Source(md(), "# One\n\n- Two\n    - Three\n").render(
        lambda unit: Choice("Trois" if unit.msgid == "Three" else None), "fr"
    )
    assert html.splitlines() == [
        '<h1 class="untranslated" dir="ltr" id="one" lang="en">One</h1>',
        "<ul>",
        '<li><span class="untranslated" dir="ltr" lang="en">Two</span><ul>',
        "<li>Trois</li>",
        "</ul>",
        "</li>",
        "</ul>",
    ]


def test_spaces_around_a_translation() -> None:
    """Spaces that a translator left at either end are no line break, also before the attribute list of the block."""
    html = Source(md(), "Some text\n{ .x }\n").render(lambda unit: Choice("  Du texte  "))
    assert html == '<p class="x">Du texte</p>'
