"""Attacks on one unit are refused with their sentence, honest translations are accepted, and the page is built.

A file in cases/attacks or cases/faithful is one case: `unit` is English inline Markdown, `msgstr` what stands in the
catalog, `sentence` what `fault` says, `why` what the case is about. `references` and `footnotes` are labels that
the page defines. For long texts, `unit` is there `unit_repeat` times, and `msgstr` `repeat` times, with `end` after it.
Of some of these a careless regular expression would not come to an end: then this test does not either.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
import pytest
import yaml
from _pytest.mark import ParameterSet

from i18n import guides
from i18n.coverage import State, Translation
from i18n.faithful import fault
from i18n.markdown import Source
from i18n.unit import Unit, read

CASES = Path(__file__).parent / "cases"
FIRST, LAST = "The first paragraph.", "The last paragraph."
MD = guides.markdown(guides.configuration(CASES.parents[1] / "mkdocs.yml")["markdown_extensions"])


def cases(folder: str) -> list[ParameterSet]:
    paths = sorted((CASES / folder).glob("*.yml"))
    return [pytest.param(yaml.safe_load(path.read_text(encoding="utf-8")), id=path.stem) for path in paths]


def english(case: dict[str, Any]) -> str:
    return (case["unit"] * case.get("unit_repeat", 1)).strip()


def unit_of(case: dict[str, Any]) -> Unit:
    references = {label: (f"{label}.md", None) for label in case.get("references", ())}
    return read(english(case), references)


def msgstr_of(case: dict[str, Any]) -> str:
    return case["msgstr"] * case.get("repeat", 1) + case.get("end", "")


def page(case: dict[str, Any]) -> str:
    definitions = [f"[{label}]: {label}.md" for label in case.get("references", ())]
    definitions += [f"[^{label}]: A note." for label in case.get("footnotes", ())]
    return "\n\n".join([FIRST, english(case), LAST, *definitions])


def translation(**messages: str) -> Translation:
    catalog = polib.POFile()
    catalog += [polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in messages.items()]
    return Translation(catalog)


@pytest.mark.parametrize("case", [*cases("attacks"), *cases("faithful")])
def test_fault_says_the_sentence(case: dict[str, Any]) -> None:
    """An attack is refused with exactly its sentence; an honest translation with none."""
    assert fault(unit_of(case), msgstr_of(case)) == case["sentence"]
    assert case["why"]


@pytest.mark.parametrize("case", cases("attacks"))
def test_a_refused_attack_leaves_the_page_as_if_it_were_not_there(case: dict[str, Any]) -> None:
    """The paragraph is in English and marked, its neighbours are translated, no byte of the msgstr is in the HTML."""
    source = Source(MD, page(case))
    unit = source.units[1]
    assert unit == unit_of(case)
    good = {FIRST: "Le premier alinéa.", LAST: "Le dernier alinéa."}
    attacked, unattacked = translation(**good, **{unit.msgid: msgstr_of(case)}), translation(**good)
    assert attacked.judge(unit).state is State.REFUSED
    html = source.render(attacked.choose, "fr")
    assert html == source.render(unattacked.choose, "fr")
    assert html.startswith('<p>Le premier alinéa.</p>\n<p class="untranslated" dir="ltr" lang="en">')
    assert "<p>Le dernier alinéa.</p>" in html


@pytest.mark.parametrize("case", cases("faithful"))
def test_an_honest_translation_is_on_the_page(case: dict[str, Any]) -> None:
    """The paragraph has its translation, and of the page only the others are marked as English."""
    source = Source(MD, page(case))
    unit = source.units[1]
    html = source.render(translation(**{unit.msgid: msgstr_of(case)}).choose, case["locale"])
    first, second, *_ = html.split("</p>\n")
    assert "untranslated" in first
    assert second.startswith("<p>")
