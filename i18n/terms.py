"""Export the glossary, data/terms.yml, for translation programs as TBX-Basic (ISO 30042:2008)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as XML

from i18n import handwritten
from i18n.handwritten import Unreadable
from i18n.locales import Locale
from i18n.markdown import SOURCE_LANGUAGE

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n'
_SURE = {
    "official": "The official word of the field in this language.",
    "usual": "Ordinary legal usage.",
    "unsure": "A native legal translator has to confirm this word.",
}


def as_tbx(path: Path) -> str:
    """Return all terms of a file, in all their languages, as TBX. Raises ValueError with the file and the fault."""
    try:
        terms = handwritten.values(handwritten.read(path))
    except Unreadable as error:
        raise ValueError(f"{path}{error}") from None
    if not isinstance(terms, dict):
        raise ValueError(f'{path}: this file has no terms. Write entries like "key:" with fields below.')
    root = XML.Element("martif", {"type": "TBX-Basic", _LANG: SOURCE_LANGUAGE})
    header = XML.SubElement(root, "martifHeader")
    source = XML.SubElement(XML.SubElement(header, "fileDesc"), "sourceDesc")
    XML.SubElement(source, "p").text = path.name
    XML.SubElement(XML.SubElement(header, "encodingDesc"), "p", type="XCSURI").text = "TBXBasicXCSV02.xcs"
    body = XML.SubElement(XML.SubElement(root, "text"), "body")
    for key, term in terms.items():
        try:
            body.append(_entry(key, term))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}: the term {key} is invalid ({error}). Write it like the others.") from None
    XML.indent(root)
    return f"{_DECLARATION}{XML.tostring(root, encoding='unicode')}\n"


def _entry(key: str, term: dict[str, Any]) -> XML.Element:
    entry = XML.Element("termEntry", id=key)
    english = XML.SubElement(entry, "langSet", {_LANG: SOURCE_LANGUAGE})
    XML.SubElement(english, "descrip", type="definition").text = term["definition"]
    english.extend(_wordings(term["en"], term.get("also") or ()))
    for name, word in term.items():
        if name in ("en", "also", "definition", "everyday"):
            continue
        language = XML.SubElement(entry, "langSet", {_LANG: Locale.of(name).tag})
        language.extend(_wordings(word["word"], word.get("also") or (), _SURE[word["sure"]]))
    return entry


def _wordings(preferred: str, admitted: Iterable[str], note: str = "") -> Iterable[XML.Element]:
    for status, word in (("preferred", preferred), *(("admitted", each) for each in admitted)):
        wording = XML.Element("tig")
        XML.SubElement(wording, "term").text = word
        XML.SubElement(wording, "termNote", type="administrativeStatus").text = f"{status}Term-admn-sts"
        if note and status == "preferred":
            XML.SubElement(wording, "note").text = note
        yield wording
