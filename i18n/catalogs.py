"""Load and save catalogs.

polib reads and writes them, because it keeps `#|` previous msgids, unknown headers and comments, which Babel does not.
A file is written whole or not at all, and only when something in it has changed. Catalogs come from strangers, so only
a regular file of a sensible size is read, in time proportional to its size.
"""

from __future__ import annotations

import itertools
import os
import re
import tempfile
import textwrap
import time
from pathlib import Path
from typing import Any

import polib

from i18n.limits import CATALOG_BYTES, CATALOG_MESSAGES, HEADER_CHARACTERS, MESSAGE_LINES
from i18n.locales import MESSAGES, Locale, without_brackets
from machine import files, kept
from machine.kept import digest

MEMORY = kept.FOLDER / "catalogs"
"""The folder of parsed catalogs."""

_READER = digest(Path(__file__).read_bytes(), Path(polib.__file__ or "").read_bytes())
"""A digest of the code that parses a catalog."""

SITE = "site"
"""Name of the catalog for the words of macros, nav and theme."""

WIDTH = 0
"""Wrap width passed to polib. 0 keeps each string on one line, so that a changed word changes one line."""


class CatalogError(Exception):
    """A catalog cannot be read. The text is `path:line: what. What to do.`"""


def path_of(folder: Path, locale: Locale, name: str) -> Path:
    """Return the path of the catalog `name` (a guide's slug, or `site`) of a locale. The file need not exist."""
    return folder / locale.name / MESSAGES / f"{name}.po"


def is_there(path: Path) -> bool:
    """Return whether anything exists at the path of a catalog, even a folder or a link that leads nowhere."""
    return os.path.lexists(path)


def load(path: Path) -> Catalog:
    """Read a catalog. Raises CatalogError."""
    return _read(path, _content(path))


def emptiness(catalog: polib.POFile, path: Path) -> list[str]:
    """Return a sentence if the catalog has no message and no header."""
    if len(catalog) or catalog.metadata:
        return []
    return [f"{path}:1: this catalog is empty. Restore it, or run: make catalogs (it fills in the English)"]


def remembered(path: Path) -> Catalog:
    """Read a catalog as `load` does, from the cache if the same bytes were parsed before. Raises CatalogError.

    Parsing takes a seventh of the time of a large build.
    """
    content = _content(path)
    # One file for each catalog, so that those of earlier versions are not left over.
    memory, key = MEMORY / f"{path.parent.parent.name}.{path.stem}", digest(_READER, content)
    known = kept.get(memory, key)
    if isinstance(known, Catalog):
        return known
    catalog = _read(path, content)
    kept.put(memory, key, catalog)
    return catalog


def _content(path: Path) -> bytes:
    """Return the bytes of a regular file of a sensible size. Raises CatalogError for anything else."""
    try:
        content = files.content(path, CATALOG_BYTES)
    except OSError as error:
        raise CatalogError(f"{path}:1: this file cannot be read ({error.strerror}). Restore it.") from None
    except files.Irregular:
        raise CatalogError(f"{path}:1: this is not a regular file. Put the catalog itself here.") from None
    if len(content) > CATALOG_BYTES:
        raise CatalogError(
            f"{path}:1: this file is larger than {CATALOG_BYTES // 1_000_000} MB. Restore it: no guide needs that much."
        )
    return content


def _read(path: Path, content: bytes) -> Catalog:
    try:
        text = files.decoded(content)
    except files.NotText as error:
        line = error.line
        raise CatalogError(f"{path}:{line}: this file is not UTF-8. Save it again with the encoding UTF-8.") from None
    if not text.endswith("\n"):
        text += "\n"
    if (found := _fault(text)) is not None:
        at, sentence = found
        line = text.count("\n", 0, at) + 1
        raise CatalogError(f"{path}:{line}: {sentence}")
    # polib drops the previous msgid of an obsolete message ("#~|") but reads it when it is written "#|".
    text = re.sub(r"^#~\|", "#|", text, flags=re.MULTILINE) if "#~|" in text else text
    try:
        catalog = _parsed(text)
    except _HeaderError as error:
        raise CatalogError(f"{path}:{error}") from None
    except (OSError, IndexError, ValueError, KeyError, AttributeError) as error:
        match = re.search(r"line (\d+)\)?:?\s*(.*)", str(error))
        line, what = (int(match[1]), match[2]) if match else (1, "")
        raise CatalogError(f"{path}:{line}: {what or _NOT_PO}. {_LOOK}") from None
    # polib keeps all flags of the header here, and would take any of them for "fuzzy".
    flags: Any = catalog.metadata_is_fuzzy or ()
    catalog.metadata_is_fuzzy = "fuzzy" in flags
    catalog.trailer = _trailer(text)
    seen: dict[tuple[str | None, str], int] = {}
    for entry in catalog:
        if entry.obsolete:
            continue
        key = (entry.msgctxt, entry.msgid)
        if key in seen:
            raise CatalogError(f"{path}:{entry.linenum}: line {seen[key]} has the same msgid. Keep one of the two.")
        seen[key] = entry.linenum or 0
    return catalog


# Matches the start of a line that is not PO, because polib accepts some broken quotes. The quantifiers are possessive:
# no backtracking, so a line of any length is read once.
_NOT_A_ROW = re.compile(
    r"\n(?!"
    r"[ \t]*+(?:#(?![~|])[^\n]*+|(?:#~\|?+[ \t]*+|#\|[ \t]*+)?+"
    r"(?:(?:msgctxt|msgid_plural|msgid|msgstr(?:\[\d++\])?+)[ \t]*+)?+"
    r'(?:"(?:[^"\\\n]++|\\[^\n])*+")?+[ \t]*+)\r?+(?:\n|\Z))'
)

# Control characters and noncharacters, which do not belong in text and which XML does not allow.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")
# Control characters as PO escapes. polib knows some of these escapes, gettext all of them.
_ESCAPES = re.compile(r"\\[abfvx0-7]")

# polib would take the last digit alone for the number of the plural form.
_MANY_FORMS = re.compile(r"^[ \t]*+(?:#~\|?+[ \t]*+|#\|[ \t]*+)?+msgstr\[(\d{2,}+)\]", re.MULTILINE)

_MSGSTR = re.compile(r"\n(?:#~ )?msgstr")

_NOT_PO = "this line is not PO syntax"
_LOOK = "Look for a missing quote or a stray line here or above."


def _fault(text: str) -> tuple[int, str] | None:
    """Return the offset of what makes a text unfit to be parsed as a catalog, and a sentence; None if it is fit."""
    if found := _NOT_TEXT.search(text) or _LONE_RETURN.search(text):
        if found[0] == "\0":
            return found.start(), "this is a NUL character: the file was cut short, or is not text. Restore it."
        return found.start(), f"the character U+{ord(found[0]):04X} does not belong in text. Remove it."
    if found := _NOT_A_ROW.search(f"\n{text}"):
        row = text[found.start() : text.index("\n", found.start())]
        what = "unescaped double quote found" if len(re.findall(r'(?<!\\)"', row)) > 2 else _NOT_PO
        return found.start(), f"{what}. {_LOOK}"
    if found := _MANY_FORMS.search(text):
        form = found[1] if len(found[1]) <= 60 else f"{found[1][:60]}…"
        return found.start(1), f"msgstr[{form}] is a plural form that no language has. Number the forms from 0 to 5."
    if _ESCAPES.search(text) and (escaped := _escaped_control(text)):
        return escaped
    if text.count("\n") > MESSAGE_LINES:
        # polib joins lines one by one, in time that grows with the square of their number.
        begins = [0, *(found.start() + 1 for found in _MSGSTR.finditer(text))]
        for begin, end in itertools.pairwise((*begins, len(text))):
            if text.count("\n", begin, end) > MESSAGE_LINES:
                return begin, f"this message has more than {MESSAGE_LINES:,} lines. Shorten it or its comments."
        if len(begins) > CATALOG_MESSAGES:
            return begins[CATALOG_MESSAGES], f"there are more than {CATALOG_MESSAGES:,} messages. Remove old ones."
    return None


def _escaped_control(text: str) -> tuple[int, str] | None:
    """Return what `_fault` returns, for the first escaped control character outside comments."""
    begin = 0
    for row in text.split("\n"):
        if not re.match(r"[ \t]*+#(?![~|])", row):
            for found in re.finditer(r"\\.", row):
                if _ESCAPES.match(found[0]):
                    return begin + found.start(), f"{found[0]} stands for a control character. Remove it."
        begin += len(row) + 1
    return None


class _HeaderError(Exception):
    """A fault in a header: `line: what. What to do.`"""


class Catalog(polib.POFile):
    """A polib catalog that keeps what polib would lose.

    trailer: comments below the last message, which belong to no message.
    """

    trailer = ""

    def find(self, st: str, *arguments: Any, **named: Any) -> polib.POEntry | None:
        """Find a message. polib looks for `""` after it has read all messages, and uses the result as the header."""
        if st == "":
            headers = [entry for entry in self if not entry.msgid and not entry.obsolete]
            lines = [entry.linenum or 1 for entry in headers]
            if len(headers) > 1:
                raise _HeaderError(f"{lines[1]}: line {lines[0]} has a header too. Keep one of the two.")
            if headers and len(headers[0].msgstr) > HEADER_CHARACTERS:
                raise _HeaderError(
                    f"{lines[0]}: the header has more than {HEADER_CHARACTERS:,} characters. Shorten it."
                )
        return super().find(st, *arguments, **named)

    def ordered_metadata(self) -> list[tuple[str, str]]:
        """Return the headers in the order of the file, so that saving does not change lines that nobody edited."""
        return [
            (name, without_brackets(value) if name == "Plural-Forms" else value)
            for name, value in self.metadata.items()
        ]


def _parsed(text: str) -> Catalog:
    # Python ends a line at these two characters and gettext does not. polib splits a string there, but not a file.
    if "\u2028" not in text and "\u2029" not in text:
        return _catalog(text)
    with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return _catalog(file.name)


def _catalog(source: str) -> Catalog:
    parsed = polib.pofile(source, wrapwidth=WIDTH, klass=Catalog)
    assert isinstance(parsed, Catalog)
    # A comment written "##: …" would be saved as a reference ("#: …").
    parsed.header = re.sub(r"^(?=[,:])", " ", parsed.header, flags=re.MULTILINE)
    return parsed


def _trailer(text: str) -> str:
    rows: list[str] = []
    for row in reversed(text.rstrip("\n").split("\n")):
        if row.strip() and not re.match(r"#(?![~|,:.])", row):
            break
        rows.append(row.rstrip())
    return "\n".join(reversed(rows)).strip("\n")


def text_of(catalog: polib.POFile) -> str:
    """Return the catalog as the text of a file: each string on one line, references wrapped as gettext wraps them."""
    text = _LONG_PLACES.sub(lambda found: "\n".join(_PLACES.wrap(found[1])), str(catalog))
    trailer = f"\n\n{catalog.trailer}" if isinstance(catalog, Catalog) and catalog.trailer else ""
    return f"{text.rstrip(chr(10))}{trailer}\n"


_LONG_PLACES = re.compile(r"^#: (.{76,})$", re.MULTILINE)
_PLACES = textwrap.TextWrapper(
    78, initial_indent="#: ", subsequent_indent="#: ", break_long_words=False, break_on_hyphens=False
)

_WRAPPED = re.compile(r'(?:[^"\n]|\\")(?<!\\n)"[ \t]*+\r?+\n[ \t]*+(?:#~\|?+|#\|)?+[ \t]*+"')


def is_wrapped(path: Path) -> bool:
    """Return whether a string in the file is wrapped where it has no line break. Raises CatalogError."""
    return bool(_WRAPPED.search(_content(path).decode("utf-8", "replace")))


def save(catalog: polib.POFile, path: Path) -> bool:
    """Write a catalog if its text differs from the file, and return whether it was written. Raises OSError.

    The text goes to a temporary file, which is then renamed: after a full disk or Ctrl-C the old file is still whole.
    """
    text = text_of(catalog).encode("utf-8")
    if path.exists() and path.read_bytes() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, text)
    return True


_STALE = 3600
"""Age in seconds from which an unfinished file counts as abandoned."""


def sweep(folder: Path) -> None:
    """Remove the unfinished files that killed commands left in `folder`. Raises OSError."""
    for path in folder.glob(f".*{files.UNFINISHED}"):
        if time.time() - path.lstat().st_mtime > _STALE:
            path.unlink(missing_ok=True)


def new(locale: Locale, status: str = "human") -> Catalog:
    """Return an empty catalog whose header has no names, no addresses and no date of its creation."""
    catalog = Catalog(wrapwidth=WIDTH)
    catalog.metadata = {
        "Project-Id-Version": "guides",
        "Report-Msgid-Bugs-To": "",
        "PO-Revision-Date": "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": locale.name,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": locale.plural_forms,
        "X-Translation-Status": status,
    }
    return catalog
