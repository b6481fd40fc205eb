"""The words of the field leave for translators' programs: none is lost on the way."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
import yaml
from lxml import etree
from translate.storage.tbx import tbxfile

from i18n import terms
from i18n.__main__ import main

TERMS = Path("data/terms.yml")
LANGUAGES = ("fr", "es", "ar", "ru", "tr")

# The core structure of TBX-Basic, as far as an entry here goes.
STRUCTURE = """
<!ELEMENT martif (martifHeader, text)> <!ATTLIST martif type CDATA #REQUIRED xml:lang CDATA #REQUIRED>
<!ELEMENT martifHeader (fileDesc, encodingDesc?, revisionDesc?)>
<!ELEMENT fileDesc (titleStmt?, publicationStmt?, sourceDesc+)>
<!ELEMENT titleStmt (title, note*)> <!ELEMENT title (#PCDATA)> <!ELEMENT publicationStmt (p+)>
<!ELEMENT sourceDesc (p+)> <!ELEMENT encodingDesc (p+)> <!ELEMENT revisionDesc (p+)>
<!ELEMENT p (#PCDATA)> <!ATTLIST p type CDATA #IMPLIED>
<!ELEMENT text (body, back?)> <!ELEMENT back EMPTY> <!ELEMENT body (termEntry+)>
<!ELEMENT termEntry ((descrip | admin | note)*, langSet+)> <!ATTLIST termEntry id ID #IMPLIED>
<!ELEMENT langSet ((descrip | admin | note)*, tig+)> <!ATTLIST langSet xml:lang CDATA #REQUIRED>
<!ELEMENT tig (term, termNote*, (descrip | admin | note)*)>
<!ELEMENT term (#PCDATA)> <!ELEMENT note (#PCDATA)>
<!ELEMENT termNote (#PCDATA)> <!ATTLIST termNote type (administrativeStatus | partOfSpeech) #REQUIRED>
<!ELEMENT descrip (#PCDATA)> <!ATTLIST descrip type (definition | context | subjectField) #REQUIRED>
<!ELEMENT admin (#PCDATA)> <!ATTLIST admin type CDATA #REQUIRED>
"""


def written() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_translate_toolkit_reads_every_term(language: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each English term comes back in each language with all its wordings, its definition and how sure it is."""
    assert main(["terms", "--tbx"]) == 0
    store = tbxfile.parsestring(capsysbinary.readouterr().out, sourcelanguage="en", targetlanguage=language)
    found = [
        (
            [term.text for term in unit.get_source_terms()],
            [note.text for note in unit.get_common_notes(source=True)],
            [term.text for term in unit.get_target_terms()],
            [note.text for note in unit.get_target_terms()[0].notes if note.origin is None],
        )
        for unit in store.units
    ]
    wanted = [
        (
            [term["en"], *term.get("also", [])],
            [term["definition"]],
            [term[language]["word"], *term[language].get("also", [])],
            [terms._SURE[term[language]["sure"]]],
        )
        for term in written().values()
    ]
    assert found == wanted


def test_tbx_is_valid() -> None:
    """The file has the structure of TBX-Basic, an id for each term, and a language for each word."""
    made = terms.as_tbx(TERMS)
    root = etree.fromstring(made.encode())
    structure = etree.DTD(StringIO(STRUCTURE))
    assert structure.validate(root), structure.error_log
    assert root.xpath("//termEntry/@id") == list(written())
    assert {status.text for status in root.iter("termNote")} == {"preferredTerm-admn-sts", "admittedTerm-admn-sts"}


def test_words_for_a_script_have_its_tag(tmp_path: Path) -> None:
    """A locale is spelled as the web does, and words are words, whatever XML makes of them."""
    path = tmp_path / "terms.yml"
    path.write_text('a:\n  en: "A & <b>"\n  definition: "d"\n  zh_Hans: {word: "甲", sure: unsure}\n', encoding="utf-8")
    made = terms.as_tbx(path)
    assert '<langSet xml:lang="zh-Hans">' in made
    assert "<term>A &amp; &lt;b&gt;</term>" in made


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a: [", ":2: did not find expected node content. Look at"),
        ("a: {en: a}\na: {en: b}\n", ':2: "a" is already in line 1. Remove one of the two.'),
        ("a: {en: a}\n", ": the term a is invalid ('definition'). Write it like the others."),
        ("a: {en: a, definition: d, klingon: {word: b, sure: usual}}\n", ': the term a is invalid ("klingon" is '),
        ("- a\n", ": this file has no terms. Write entries"),
    ],
)
def test_terms_that_cannot_be_read(
    content: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong is one sentence with the file, and nothing is written."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/terms.yml").write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["terms", "--tbx"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"data/terms.yml{said}")
