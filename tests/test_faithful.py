"""Attacks on one unit are refused with their sentence, honest translations are accepted, and the page is built.

A file in cases/attacks or cases/faithful is one case: `unit` is English inline Markdown, `msgstr` what stands in the
catalog, `sentence` what `fault` says, `why` what the case is about, `locale` the language, French where none is said.
`references` and `footnotes` are labels that the page defines. For long texts, `unit` is there `unit_repeat` times, and
`msgstr` `repeat` times, with `end` after it. Of some of these a careless regular expression would not come to an end:
then this test does not either.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import icu
import polib
import pytest
import yaml
from _pytest.mark import ParameterSet

from i18n import guides
from i18n.coverage import State, Translation
from i18n.faithful import fault, plain_fault
from i18n.language import Language
from i18n.markdown import Source
from i18n.unit import Unit, read
from tests.configured import EXTENSIONS, language

CASES = Path(__file__).parent / "cases"
FIRST, LAST = "The first paragraph.", "The last paragraph."
MD = guides.markdown(EXTENSIONS)


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


def language_of(case: dict[str, Any]) -> Language:
    return language(case.get("locale", "fr"))


def translation(known: Language, **messages: str) -> Translation:
    catalog = polib.POFile()
    catalog += [polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in messages.items()]
    return Translation(catalog, known)


@pytest.mark.parametrize("case", [*cases("attacks"), *cases("faithful")])
def test_fault_says_the_sentence(case: dict[str, Any]) -> None:
    """An attack is refused with exactly its sentence; an honest translation is accepted."""
    assert fault(unit_of(case), msgstr_of(case), language_of(case)) == case["sentence"]
    assert case["why"]


@pytest.mark.parametrize("case", cases("attacks"))
def test_a_refused_attack_leaves_the_page_as_if_it_were_not_there(case: dict[str, Any]) -> None:
    """The paragraph is in English and marked, its neighbours are translated, no byte of the msgstr is in the HTML."""
    source = Source(MD, page(case))
    unit = source.units[1]
    assert unit == unit_of(case)
    good = {FIRST: "Le premier alinéa.", LAST: "Le dernier alinéa."}
    known = language_of(case)
    attacked, unattacked = translation(known, **good, **{unit.msgid: msgstr_of(case)}), translation(known, **good)
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
    html = source.render(translation(language_of(case), **{unit.msgid: msgstr_of(case)}).choose, case["locale"])
    first, second, *_ = html.split("</p>\n")
    assert "untranslated" in first
    assert second.startswith("<p>")


# ── whole categories of Unicode ──────────────────────────────────────────────────────────────────────────────────────

CALL = Unit("If you are in danger, call a lawyer.")


def characters(chosen: str) -> list[str]:
    return list(icu.UnicodeSet(chosen))


@pytest.mark.parametrize(
    "chosen",
    [
        *("[:Cn:]", "[:Co:]", "[:Cf:]-[:Prepended_Concatenation_Mark:]", "[:Cc:]", "[:Zl:]", "[:Zp:]"),
        *("[:Default_Ignorable_Code_Point:]", "[:Me:]", "[:Numeric_Type=Digit:]", "[:Nl:]", "[:No:]", "[:Nd:]"),
    ],
)
def test_no_character_of_a_category_is_accepted_in_a_latin_word(chosen: str) -> None:
    """Unassigned, private, control and format characters, enclosing marks and whatever is a number are refused."""
    french = language("fr")
    # Of the many that nobody assigned, or that are private, some.
    found = characters(f"[{chosen}]")
    for character in found[:: 1 + len(found) // 400]:
        assert fault(CALL, f"En danger, appelez un av{character}ocat.", french), ascii(character)
        assert plain_fault("Call a lawyer", f"Appelez un av{character}ocat", french), ascii(character)


@pytest.mark.parametrize("script", ["Cans", "Cher", "Cari", "Ital", "Goth", "Hebr", "Grek", "Cyrl", "Armn", "Hani"])
def test_no_letter_of_another_script_is_accepted_in_french(script: str) -> None:
    """French is written in Latin letters: a letter of another script is refused, whatever it looks like."""
    found = characters(f"[[:script={script}:]&[:L:]]")
    for letter in found[:: 1 + len(found) // 60]:
        assert fault(CALL, f"En danger, appelez un {letter}{letter}.", language("fr")), ascii(letter)


@pytest.mark.parametrize("name", ["fr", "ru", "ar", "fa", "tr", "es", "zh_Hans", "uk", "hi", "th", "ja", "ko", "he"])
def test_every_language_can_be_written_in_its_letters(name: str) -> None:
    """No letter that CLDR lists for a language is refused in it."""
    unit = Unit("If you are in danger, call a lawyer who knows the matter well.")
    letters = [each for each in icu.LocaleData(name).getExemplarSet() if each.isalpha()]
    words = " ".join("".join(letters[start : start + 5]) for start in range(0, 60, 5))
    assert fault(unit, words, language(name)) is None


@pytest.mark.parametrize("marks", ["\u0300" * 4, "\u0e49" * 4, "\u0f71" * 4, "\u064b" * 4, "\u0301\u0303\u0304\u0308"])
def test_a_letter_has_at_most_three_marks(marks: str) -> None:
    """Marks in a pile cover the lines above and below; three are enough for any spelling."""
    assert "more than 3 marks on a letter" in (fault(CALL, f"Appelez un avo{marks}cat.") or "")
    assert fault(CALL, f"Appelez un avo{marks[:3]}cat.") is None


@pytest.mark.parametrize("words", ["بنویسید", "می\u200cنویسید", "می\u200dنویسید\u2003", "می\u200c نویسید"])
@pytest.mark.parametrize("end", ["@", "\uff20", " evil\u00a0.com", " evil\u2003.com", " evil\u3002com"])
def test_joiners_hide_no_address(words: str, end: str) -> None:
    """A joiner where Persian has one changes nothing in how the rest is judged."""
    assert fault(Unit("Please write to us now."), f"{words} {words}{end}", Language.of("fa")) is not None
