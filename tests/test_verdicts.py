"""What a build keeps of its judgements is what it would judge now: a kept verdict and a fresh one never differ."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import verdicts
from i18n.faithful import fault
from i18n.language import Language
from i18n.unit import Unit, read
from i18n.verdicts import Verdicts
from tests.project import Project

FRENCH = Language("fr")
UNIT = read('Call [112](help.md) in 3 days {{ cite("S01") }}.')
FAITHFUL = 'Appelez le [112](1) dans 3 jours {{ cite("S01") }}.'
words = st.sampled_from(
    [FAITHFUL, FAITHFUL.replace("3", "4"), FAITHFUL.replace("(1)", "(2)"), "", "Appelez le [112](1)."]
)


@given(asked=st.lists(words, max_size=5), later=st.lists(words, max_size=5))
def test_a_kept_verdict_is_the_fresh_one(
    tmp_path_factory: pytest.TempPathFactory, asked: list[str], later: list[str]
) -> None:
    """Whatever was judged and kept before, the verdict is what the judge says now."""
    folder = tmp_path_factory.mktemp("verdicts")
    first = Verdicts(FRENCH, folder)
    assert [first.fault(UNIT, each) for each in asked] == [fault(UNIT, each, FRENCH) for each in asked]
    first.keep()
    second = Verdicts(FRENCH, folder)
    assert [second.fault(UNIT, each) for each in later] == [fault(UNIT, each, FRENCH) for each in later]


def test_nothing_is_judged_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build asks the judge nothing that the first one asked."""
    first = Verdicts(FRENCH, tmp_path)
    first.fault(UNIT, FAITHFUL)
    first.keep()
    monkeypatch.setattr(verdicts, "fault", lambda *_: pytest.fail("this was judged before"))
    assert Verdicts(FRENCH, tmp_path).fault(UNIT, FAITHFUL) is None


def test_verdicts_of_other_guides_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If only some translations were judged, those of the others are not judged again by the next build."""
    other = FAITHFUL.replace("Appelez", "Demandez")
    for words in (FAITHFUL, other):
        told = Verdicts(FRENCH, tmp_path)
        told.fault(UNIT, words)
        told.keep(is_whole=False)
    monkeypatch.setattr(verdicts, "fault", lambda *_: pytest.fail("this was judged before"))
    assert [Verdicts(FRENCH, tmp_path).fault(UNIT, words) for words in (FAITHFUL, other)] == [None, None]


def lie(folder: Path) -> None:
    """Keep a false verdict, as if the rules had been others."""
    path = folder / "fr.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    held["verdicts"] = dict.fromkeys(held["verdicts"], "A lie.")
    path.write_text(json.dumps(held), encoding="utf-8")


@pytest.mark.parametrize("changed", ["rules", "language", "unit", "link", "translation"])
def test_any_other_input_is_judged_again(changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict holds only for the same rules, language, unit, links and translation."""
    first = Verdicts(FRENCH, tmp_path)
    first.fault(UNIT, FAITHFUL)
    first.keep()
    lie(tmp_path)
    assert Verdicts(FRENCH, tmp_path).fault(UNIT, FAITHFUL) == "A lie."
    unit, translation, language = UNIT, FAITHFUL, FRENCH
    if changed == "rules":
        monkeypatch.setattr(verdicts, "rules", lambda: b"others")
    elif changed == "language":
        language = Language("fr", abbreviations=frozenset({"p.ex"}))
    elif changed == "unit":
        unit = Unit(UNIT.msgid.replace("Call", "Ring"), UNIT.links)
    elif changed == "link":
        unit = Unit(UNIT.msgid, ("(other.md)",))
    else:
        translation = FAITHFUL.replace("Appelez", "Composez")
    assert Verdicts(language, tmp_path).fault(unit, translation) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"start": 1}', b"\xff", b'{"start": "", "verdicts": {"a": 1}}']
)
def test_a_damaged_file_is_ignored(content: bytes, tmp_path: Path) -> None:
    """A damaged cache costs time, and changes nothing."""
    (tmp_path / "fr.json").write_bytes(content)
    assert Verdicts(FRENCH, tmp_path).fault(UNIT, FAITHFUL) is None


def test_no_place_to_keep(tmp_path: Path) -> None:
    """Where nothing can be written, the verdicts are the same."""
    (tmp_path / "file").write_text("")
    told = Verdicts(FRENCH, tmp_path / "file" / "below")
    assert told.fault(UNIT, FAITHFUL) is None
    told.keep()


@pytest.fixture
def built(tiny_site: Project, tmp_path: Path) -> Project:
    return tiny_site.copied(tmp_path / "kept")


@pytest.mark.parametrize("change", ["translation", "guide", "locale"])
def test_a_build_with_memory_is_a_build_from_nothing(change: str, built: Project) -> None:
    """The list of languages on each page says the same, whether an earlier build counted them or not."""
    catalog = built.catalog("fr", "help")
    if change == "translation":
        text = catalog.read_text(encoding="utf-8")
        start = text.rindex('msgstr "') + len('msgstr "')
        catalog.write_text(text[:start] + text[text.index('"\n', start) :], encoding="utf-8")
    elif change == "guide":
        with built.guide("help").open("a", encoding="utf-8") as file:
            file.write("\nA sentence that nobody has translated yet.\n")
    else:
        assert built.run("-m", "i18n", "new", "uk").returncode == 0
    built.publish()
    with_memory = built.files()
    shutil.rmtree(built.root / ".cache")
    built.publish()
    assert with_memory == built.files()
