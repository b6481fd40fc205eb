"""Find locales, load and save catalogs.

polib reads and writes: it keeps `#|` previous msgids, unknown headers and comments, which Babel does not.
A file is written whole or not at all, and only when something in it changed.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import babel
import polib
from babel.messages.plurals import get_plural

from i18n import pseudo
from i18n.markdown import SOURCE_LANGUAGE

MEMORY = Path(".cache") / "catalogs"
"""Parsed catalogs, by the bytes they were read from and by who read them; made, and safe to delete."""

_READER = Path(__file__).read_bytes() + Path(polib.__file__ or "").read_bytes()

MESSAGES = "LC_MESSAGES"
SITE = "site"
"""The catalog of the words of macros, nav and theme."""

WIDTH = 78
"""Columns that catalogs are wrapped at, as GNU gettext does."""


class CatalogError(Exception):
    """A catalog that cannot be read: `path:line: sentence. What to do.`"""


@dataclass(frozen=True)
class Locale:
    """A language of the site. `name` is a folder in `locales/`, spelled as Babel does: `zh_Hans`."""

    name: str
    cldr: babel.Locale = field(compare=False, repr=False)

    @classmethod
    def of(cls, name: str) -> Locale:
        """Raises ValueError with a sentence when no language has this name."""
        try:
            cldr = babel.Locale.parse(pseudo.LOCALES.get(name, name))
            if not cldr.get_language_name("en"):
                # CLDR's root, which is the parent of all languages.
                raise ValueError
        except (babel.UnknownLocaleError, ValueError):
            raise ValueError(
                f'"{name}" is not a locale. '
                'Use a language code such as "fr", "pt_BR" or "zh_Hans" (with an underscore).'
            ) from None
        if name not in pseudo.LOCALES and str(cldr) != name:
            raise ValueError(f'"{name}" is not a locale. Did you mean "{cldr}"?')
        return cls(name, cldr)

    @property
    def is_pseudo(self) -> bool:
        """Whether its translations are made on the fly, to look at."""
        return self.name in pseudo.LOCALES

    @property
    def tag(self) -> str:
        """The same for the web, in `lang`, `hreflang` and addresses: `zh-Hans`."""
        return self.name.replace("_", "-")

    @cached_property
    def direction(self) -> str:
        """As in `dir`: "ltr" or "rtl"."""
        return self.cldr.text_direction

    @cached_property
    def own_name(self) -> str:
        """The language's name in itself, as a reader looks for it."""
        if self.is_pseudo:
            return pseudo.pseudo(self.tag)
        name = self.cldr.get_display_name(self.cldr) or self.name
        return name[:1].title() + name[1:]

    @property
    def plural_forms(self) -> str:
        """The value of the Plural-Forms header."""
        count, rule, *_ = get_plural(self.cldr)
        return f"nplurals={count}; plural={rule};"


def locales(folder: Path) -> tuple[list[Locale], list[str]]:
    """The locales in `locales/`, sorted, and a sentence for each that cannot be one."""
    found: list[Locale] = []
    faults: list[str] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith(".") or (path.is_file() and not _is_locale(path.name)):
            continue
        try:
            found.append(_of_folder(path))
        except ValueError as error:
            faults.append(f"{path}: {error}")
    return found, faults


def _is_locale(name: str) -> bool:
    try:
        Locale.of(name)
    except ValueError:
        return False
    return True


def _of_folder(path: Path) -> Locale:
    """The locale that a folder of `locales/` is. Raises ValueError with a sentence."""
    messages = path / MESSAGES
    for below in (path, messages):
        place = "" if below is path else f"{MESSAGES}: "
        if below.is_symlink() and not below.exists():
            raise ValueError(f"{place}this link leads nowhere. Repair it, or remove it.")
        if below.exists() and not below.is_dir():
            raise ValueError(f"{place}this is not a folder. Remove it, or put a folder in its place.")
    locale = Locale.of(path.name)
    if locale.is_pseudo:
        raise ValueError(f"the translations of {locale.name} are made while building. Remove this folder.")
    if locale.name == SOURCE_LANGUAGE:
        raise ValueError("English is the language of the guides. Remove this folder, and edit guides/ instead.")
    return locale


def path_of(folder: Path, locale: Locale, name: str) -> Path:
    """Where the catalog `name` (a guide's slug, or `site`) of a locale lies, whether it exists or not."""
    return folder / locale.name / MESSAGES / f"{name}.po"


def load(path: Path) -> Catalog:
    """Read a catalog. Raises CatalogError with file, line, what and what to do."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CatalogError(f"{path}:{line}: this file is not UTF-8. Save it again with the encoding UTF-8.") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise CatalogError(
            f"{path}:{line}: there is a NUL character. Restore the file, it was cut short or is no text."
        )
    # polib drops what an obsolete message was before ("#~|"), and reads the same behind "#|".
    text = re.sub(r"^#~\|", "#|", text, flags=re.MULTILINE)
    if not text.endswith("\n"):
        text += "\n"
    if (end := _ROWS.match(text).end()) < len(text):  # type: ignore[union-attr]  # it matches nothing, too
        quotes = len(re.findall(r'(?<!\\)"', text[end : text.index("\n", end)]))
        what = "unescaped double quote found" if quotes > 2 else "this line is no PO syntax"
        line = text.count("\n", 0, end) + 1
        raise CatalogError(f"{path}:{line}: {what}. Look for a missing quote or a stray line here or above.")
    try:
        catalog = _parsed(text)
    except (OSError, IndexError, ValueError, KeyError, AttributeError) as error:
        found = re.search(r"line (\d+)\)?:?\s*(.*)", str(error))
        line, what = (int(found[1]), found[2]) if found else (1, "")
        raise CatalogError(
            f"{path}:{line}: {what or 'this line is no PO syntax'}. "
            "Look for a missing quote or a stray line here or above."
        ) from None
    catalog.trailer = _trailer(text)
    seen: dict[tuple[str | None, str], int] = {}
    for entry in catalog:
        if entry.obsolete:
            continue
        key = (entry.msgctxt, entry.msgid)
        if key in seen:
            raise CatalogError(
                f"{path}:{entry.linenum}: the same msgid stands at line {seen[key]} too. Keep one of the two."
            )
        seen[key] = entry.linenum or 0
    return catalog


def remembered(path: Path) -> Catalog:
    """As `load`, but a file whose bytes were read before is not parsed again: that is a seventh of a large build."""
    content = path.read_bytes()
    memory = MEMORY / f"{hashlib.sha256(content + _READER).hexdigest()}.pickle"
    try:
        with memory.open("rb") as file:
            known: Catalog = pickle.load(file)
            return known
    except (OSError, EOFError, pickle.UnpicklingError):
        pass
    catalog = load(path)
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=memory.parent, delete=False) as made:
            pickle.dump(catalog, made, pickle.HIGHEST_PROTOCOL)
        os.replace(made.name, memory)
    except OSError:
        # Nothing is lost but time.
        pass
    return catalog


# Comments, empty lines, and quoted words with or without a keyword; polib lets some broken quotes pass.
_ROWS = re.compile(
    r"(?:[ \t]*(?:#(?![~|])[^\n]*|(?:#~\|?[ \t]*|#\|[ \t]*)?"
    r"(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)[ \t]*)?"
    r'(?:"(?:[^"\\\n]|\\[^\n])*")?[ \t]*)\r?\n)*'
)

# What Python takes for the end of a line and gettext does not: polib splits text at them, but not files.
_NO_LINE_END = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Catalog(polib.POFile):
    """trailer: comments below the last message, which belong to none and which polib would drop."""

    trailer = ""


def _parsed(text: str) -> Catalog:
    if not _NO_LINE_END.search(text):
        return _catalog(text)
    with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return _catalog(file.name)


def _catalog(source: str) -> Catalog:
    parsed = polib.pofile(source, wrapwidth=WIDTH, klass=Catalog)
    assert isinstance(parsed, Catalog)
    return parsed


def _trailer(text: str) -> str:
    rows: list[str] = []
    for row in reversed(text.rstrip("\n").split("\n")):
        if row.strip() and not re.match(r"#(?![~|,:.])", row):
            break
        rows.insert(0, row.rstrip())
    return "\n".join(rows).strip("\n")


def text_of(catalog: polib.POFile) -> str:
    """The catalog as a file holds it."""
    text = str(catalog)
    for entry in catalog.obsolete_entries():
        if entry.previous_msgid or entry.previous_msgctxt or entry.previous_msgid_plural:
            plain = entry.__unicode__(wrapwidth=WIDTH)
            text = text.replace(plain, re.sub(r"^#\|", "#~|", plain, flags=re.MULTILINE))
    trailer = f"\n\n{catalog.trailer}" if isinstance(catalog, Catalog) and catalog.trailer else ""
    return f"{text.rstrip(chr(10))}{trailer}\n"


def save(catalog: polib.POFile, path: Path) -> bool:
    """Write a catalog if its text differs from the file; returns whether it was written.

    Written to a temporary file first and renamed: a full disk or Ctrl-C leaves the old file whole. Raises OSError.
    """
    text = text_of(catalog).encode("utf-8")
    if path.exists() and path.read_bytes() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def new(locale: Locale, status: str = "human") -> Catalog:
    """An empty catalog with an honest header: no names, no addresses, no dates that change by themselves."""
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
