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

TERMS = """
levee:
  en: levee
  also: [dyke, "A & <b>"]
  definition: A wall that keeps a river in its bed.
  fr: {word: digue, also: [levée], sure: official}
  zh_Hans: {word: 堤, sure: unsure}
sandbag:
  en: sandbag
  definition: A sack of sand that keeps water out.
  fr: {word: sac de sable, sure: usual}
  zh_Hans: {word: 沙袋, sure: usual}
"""

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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the terms above in data/terms.yml."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/terms.yml").write_text(TERMS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_again(tbx: bytes, language: str) -> list[tuple[list[str], ...]]:
    """What Translate Toolkit reads of each term: its English words, definition, words of `language`, how sure."""
    store = tbxfile.parsestring(tbx, sourcelanguage="en", targetlanguage=language.replace("_", "-"))
    return [
        (
            [term.text for term in unit.get_source_terms()],
            [note.text for note in unit.get_common_notes(source=True)],
            [term.text for term in unit.get_target_terms()],
            [note.text for note in unit.get_target_terms()[0].notes if note.origin is None],
        )
        for unit in store.units
    ]


def as_written(content: str, language: str) -> list[tuple[list[str], ...]]:
    """The same, of the terms in a file like data/terms.yml."""
    return [
        (
            [term["en"], *term.get("also", [])],
            [term["definition"]],
            [term[language]["word"], *term[language].get("also", [])],
            [terms._SURE[term[language]["sure"]]],
        )
        for term in yaml.safe_load(content).values()
    ]


def assert_tbx_basic(made: str, content: str) -> None:
    """The structure of TBX-Basic, an id for each term, and a language for each word."""
    root = etree.fromstring(made.encode())
    structure = etree.DTD(StringIO(STRUCTURE))
    assert structure.validate(root), structure.error_log
    assert root.xpath("//termEntry/@id") == list(yaml.safe_load(content))
    assert {status.text for status in root.iter("termNote")} == {"preferredTerm-admn-sts", "admittedTerm-admn-sts"}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("language", ["fr", "zh_Hans"])
def test_translate_toolkit_reads_every_term(language: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each English term comes back in each language with all its wordings, its definition and how sure it is."""
    assert main(["terms", "--tbx"]) == 0
    assert read_again(capsysbinary.readouterr().out, language) == as_written(TERMS, language)


def test_tbx_is_valid(folder: Path) -> None:
    """The file keeps to TBX-Basic; a locale is spelled as the web does, and words are words, whatever XML makes of
    them.
    """
    made = terms.as_tbx(folder / "data/terms.yml")
    assert_tbx_basic(made, TERMS)
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
def test_terms_that_cannot_be_read(content: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong is one sentence with the file, and nothing is written."""
    (folder / "data/terms.yml").write_text(content, encoding="utf-8")
    assert main(["terms", "--tbx"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"data/terms.yml{said}")
