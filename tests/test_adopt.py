"""Translations that were made by hand become catalogs: what aligns is taken, all else is left out and reported."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polib
import pytest
from markdown import Markdown

from i18n import catalogs, extract, guides
from i18n.__main__ import main
from i18n.adopt import Adopted, adopt
from i18n.locales import Locale
from i18n.merge import merge
from tests.configured import EXTENSIONS
from tests.project import lay_out

ENGLISH = """\
---
title: Help
summary: What to do first.
---
# What to do

Read [this](one.md) before [that](two.md).

Do not sign.

## Then { #then }

- Call a neighbour.
- Wait.
"""
FRENCH = """\
---
title: Aide
summary: Que faire d’abord.
---
# Que faire

Avant [cela](two.md), lisez [ceci](one.md).

Ne signez pas.

## Ensuite { #then }

- Appelez un voisin.
- Attendez.
"""


@cache
def md() -> Markdown:
    return guides.markdown(EXTENSIONS)


def adopted(english: str, foreign: str, before: dict[str, str] | None = None) -> tuple[Adopted, dict[str, str]]:
    """What became of a file, and the translations that the catalog has then. before: those that it had."""
    guide = guides.parse(Path("guides/help.md"), english, md())
    catalog = merge(catalogs.new(Locale.of("fr")), extract.of_guide(guide))
    for entry in catalog:
        entry.msgstr = (before or {}).get(entry.msgid, "")
    done = adopt(guide, guides.parse(Path("french/help.md"), foreign, md()), catalog)
    return done, {entry.msgid: entry.msgstr for entry in catalog if entry.msgstr}


def test_aligned_file_is_taken() -> None:
    """Every block is taken; links have the numbers of the English, though they stand in another order."""
    assert adopted(ENGLISH, FRENCH) == (
        Adopted(taken=8),
        {
            "Help": "Aide",
            "What to do first.": "Que faire d’abord.",
            "What to do": "Que faire",
            "Read [this](1) before [that](2).": "Avant [cela](2), lisez [ceci](1).",
            "Do not sign.": "Ne signez pas.",
            "Then": "Ensuite",
            "Call a neighbour.": "Appelez un voisin.",
            "Wait.": "Attendez.",
        },
    )


def test_part_with_other_blocks_is_left() -> None:
    """A part with an extra block is left out as a whole and reported; the other parts are taken."""
    done, words = adopted(ENGLISH, FRENCH.replace("Ne signez pas.", "Ne signez pas.\n\nVraiment."))
    assert done == Adopted(
        taken=5, left=["french/help.md: what-to-do has other blocks than the English. Translate it by hand."]
    )
    assert set(words) == {"Help", "What to do first.", "Then", "Call a neighbour.", "Wait."}


def test_other_headings_align_nothing() -> None:
    """With an extra heading, no part can be aligned; title and summary still can."""
    done, words = adopted(ENGLISH, f"{FRENCH}\n## Fin\n")
    assert done == Adopted(
        taken=2,
        left=[
            "french/help.md: this file has 3 headings and the English has 2, so they cannot "
            "be aligned. Give it the headings of the English and try again."
        ],
    )
    assert words == {"Help": "Aide", "What to do first.": "Que faire d’abord."}


def test_existing_translations_are_kept() -> None:
    """What the catalog has already is counted and stays, whatever the file says."""
    before = {"Do not sign.": "Ne buvez pas l’eau du robinet.", "Wait.": "Patientez."}
    done, words = adopted(ENGLISH, FRENCH, before)
    assert done == Adopted(taken=6, kept=2)
    assert before.items() <= words.items()


@pytest.mark.parametrize("target", ["three.md", "one.md#part", "https://example.org/"])
def test_link_that_goes_elsewhere_is_left(target: str) -> None:
    """A block whose link leads elsewhere is left out and reported with its place; its neighbours are taken."""
    done, words = adopted(ENGLISH, FRENCH.replace("one.md", target))
    assert done == Adopted(
        taken=7,
        left=["french/help.md: what-to-do:2: its links lead elsewhere than the English links. Translate it by hand."],
    )
    assert "Read [this](1) before [that](2)." not in words


def test_unfaithful_block_is_left() -> None:
    """A block that the checks would refuse is not taken."""
    done, words = adopted(
        ENGLISH.replace("Wait.", 'Wait {{ fact("litres") }} days.'), FRENCH.replace("Attendez.", "Attendez 5 jours.")
    )
    assert done.taken == 7
    assert done.left == [
        'french/help.md: then:3: The translation lost {{ fact("litres") }}. Copy it unchanged from the msgid.'
    ]
    assert 'Wait {{ fact("litres") }} days.' not in words


def test_two_links_to_one_place() -> None:
    """Links that lead to the same place are taken in their order."""
    done, words = adopted(ENGLISH.replace("two.md", "one.md"), FRENCH.replace("two.md", "one.md"))
    assert done == Adopted(taken=8)
    assert words["Read [this](1) before [that](2)."] == "Avant [cela](1), lisez [ceci](2)."


def test_message_that_the_catalog_has_not_is_said() -> None:
    """A catalog that is behind the English asks for an update first."""
    guide = guides.parse(Path("guides/help.md"), ENGLISH, md())
    foreign = guides.parse(Path("french/help.md"), FRENCH, md())
    done = adopt(guide, foreign, polib.POFile())
    assert done.taken == 0
    assert done.left[0] == "french/help.md: title: the catalog does not have this message yet. Run: make catalogs"
    assert len(done.left) == 8


# ── python -m i18n adopt ─────────────────────────────────────────────────────────────────────────────────────────────

SPANISH = """\
---
title: Ayuda
summary: Qué hacer primero.
---
# Qué hacer

!!! danger safety "Diga esto primero"
    No firme nada.

## Primeros pasos { #first }

1. Pida un abogado.
2. Pida un intérprete {{ cite("S02", "2.1") }}.

Hay {{ fact("litres") }} países miembros.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of hand-translated guides beside the tiny site, which is the current folder."""
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "spanish"
    made.mkdir()
    (made / "help.md").write_text(SPANISH, encoding="utf-8")
    return Path("spanish")


def test_language_is_begun(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new language gets catalogs with the words of the files; the status is 0."""
    assert main(["adopt", "es", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert "spanish/help.md: 9 adopted, 0 translated before, 0 not adopted." in out
    assert err == ""
    catalog = catalogs.load(Path("locales/es/LC_MESSAGES/help.po"))
    assert {entry.msgid: entry.msgstr for entry in catalog}["Call a neighbour."] == "Pida un abogado."
    assert all(entry.msgstr and not entry.fuzzy for entry in catalog)
    assert main(["adopt", "es", str(folder)]) == 0
    assert "spanish/help.md: 0 adopted, 9 translated before, 0 not adopted." in capsys.readouterr().out


def test_what_is_left_is_the_status(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was left out is reported, what could be taken is written, and the status is 1."""
    (folder / "help.md").write_text(SPANISH.replace("1. Pida un abogado.\n", ""), encoding="utf-8")
    (folder / "more.md").write_text("# Más\n", encoding="utf-8")
    assert main(["adopt", "es", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert "spanish/help.md: 5 adopted, 0 translated before, 1 not adopted." in out
    assert "spanish/help.md: first has other blocks than the English. Translate it by hand." in err
    assert "spanish/more.md: no English guide has this name. Rename it like its English guide." in err
    words = {entry.msgid: entry.msgstr for entry in catalogs.load(Path("locales/es/LC_MESSAGES/help.po"))}
    assert (words["Help"], words["Call a neighbour."]) == ("Ayuda", "")


@pytest.mark.parametrize(("locale", "given"), [("es", "nowhere"), ("klingon", "spanish")])
def test_call_that_is_wrong(locale: str, given: str, folder: Path) -> None:
    """A missing folder or an unknown language leads to status 2, and nothing is written."""
    assert main(["adopt", locale, given]) == 2
    assert not Path("locales", locale).exists()
