"""Read a guide: one Markdown file of `guides/`, its front matter and its blocks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from i18n import handwritten, limits
from i18n.calls import BEGIN, calls
from i18n.catalogs import SITE
from i18n.handwritten import Unreadable
from i18n.markdown import Source, TranslateExtension
from i18n.unit import Unit, read
from machine.cached import cached_property

DOOR_SIGN = "README.md"
"""The file that tells contributors what a folder is for. It is never a page."""

SUFFIX = ".md"
_MARKDOWN = frozenset({SUFFIX, ".markdown", ".mdown", ".mkd", ".mkdn"})
"""The suffixes of files that MkDocs makes pages of."""

SHOWN_META = ("title", "summary")
"""The fields of front matter that readers see."""

SEARCH = "search"
"""The field of front matter with words that people search for. It is translated and searched, but not shown."""

_SEARCH_NOTE = (
    "Nobody sees this: it is what people type who need this page. Do not translate word by word. Write what people "
    "type in your language: everyday words, the words of the press, other names of the same thing."
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


_PARAGRAPH = re.compile(r"(?:^.*\S.*\n?)+", re.MULTILINE)


class GuideError(Exception):
    """A guide cannot become a page. The text is `path:line: what. What to do.`"""


@dataclass(frozen=True)
class Guide:
    """One guide.

    path: the path of its file, as messages show it.
    slug: the name of its file without `.md`.
    meta: its front matter.
    text: its Markdown, without front matter.
    line: the line of the file that `text` starts in, from 1.
    md: the Markdown instance that parses it.
    """

    path: Path
    slug: str
    meta: dict[str, Any]
    text: str
    line: int
    md: Markdown

    @cached_property
    def source(self) -> Source:
        return Source(self.md, self.text)

    @cached_property
    def meta_units(self) -> dict[str, Unit]:
        """The units of the front matter: `title` and `summary` first, then `search`."""
        units = {name: read(str(self.meta[name]), kind=f"page {name}") for name in SHOWN_META if name in self.meta}
        if SEARCH in self.meta:
            units[SEARCH] = read(str(self.meta[SEARCH]), kind="words to search for", notes=(_SEARCH_NOTE,))
        return units

    @property
    def was(self) -> tuple[str, ...]:
        """The earlier names of this guide, in its addresses and those of its catalogs."""
        return _was(self.meta)

    @property
    def units(self) -> list[Unit]:
        return [*self.meta_units.values(), *self.source.units]

    @property
    def shown(self) -> list[Unit]:
        """The units that a reader sees."""
        return [*(unit for name, unit in self.meta_units.items() if name != SEARCH), *self.source.units]

    @property
    def places(self) -> list[str]:
        """The place of each of `units`: "arrested#what-to-do:3"."""
        return [f"{self.slug}#{place}" for place in [*self.meta_units, *self.source.places]]

    def line_of(self, words: str) -> int:
        """Return the line of the file where `words` first appear, or the first line of the text if they do not.

        words: anything of the text; of a call that does not end, its "{{" and the rest of its line.

        The rest of that line is not in the file if the page is translated: then it is the line of the first call that
        does not end.
        """
        found = self.text.find(words) if not words.startswith(BEGIN) else self._call(words)
        return self._line(found)

    def _call(self, words: str) -> int:
        unfinished = [call.start for call in calls(self.text) if not call.is_finished]
        same = [call.start for call in calls(self.text) if call.text == words]
        return next(
            iter([*same, *(start for start in unfinished if self.text.startswith(words, start)), *unfinished]), -1
        )

    def line_of_link(self, written: str) -> int:
        """Return the line of the first link to `written`, or of its definition: "[name]: help.md"."""
        target = rf"(?:\]\(\s*|^ {{0,3}}\[[^\]\n]+\]:\s*)<?{re.escape(written)}(?=[\s)>]|\Z)"
        found = re.search(target, self.text, re.MULTILINE)
        return self._line(found.start() if found else self.text.find(f"]({written}"))

    def _line(self, place: int) -> int:
        return self.line + self.text.count("\n", 0, place) if place >= 0 else self.line


def misplaced(name: str) -> str | None:
    """Return a sentence if MkDocs would publish a file that cannot be translated, with the reason; None otherwise.

    name: the path of the file below guides/.
    """
    path = PurePosixPath(name)
    if path.suffix not in _MARKDOWN or path.name == DOOR_SIGN or any(part.startswith(".") for part in path.parts):
        return None
    if len(path.parts) > 1:
        return "guides/ has no folders for guides. Move this file into guides/, with a name that no other guide has."
    if path.suffix != SUFFIX:
        return f"the name of a guide ends in {SUFFIX}. Rename this file to {path.stem}{SUFFIX}."
    if path.stem == SITE:
        return f"the catalog {SITE}.po holds the words around the guides. Give this guide another name."
    return None


def text(path: Path) -> str:
    """Return the content of a guide's file. Raises GuideError."""
    try:
        return handwritten.read(path, limits.GUIDE)
    except Unreadable as error:
        raise GuideError(f"{path}{error}") from None


def parse(path: Path, content: str, md: Markdown, is_valid: bool = False) -> Guide:
    """Parse a guide. Raises GuideError for invalid front matter, a missing heading, and a text beyond `limits`.

    is_valid: whether the same content has been parsed before without an error. Its blocks are parsed when needed.
    """
    meta: Any = {}
    text, line = content, 1
    if content.startswith("---"):
        found = _FRONT_MATTER.match(content)
        if not found:
            raise GuideError(f"{path}:1: the front matter does not end. Add a line with three dashes after it.")
        try:
            # The empty line stands for the first dashes, so that line numbers are those of the file.
            meta = handwritten.values(f"\n{found[1]}", _SYNTAX) or {}
        except Unreadable as error:
            raise GuideError(f"{path}{error}") from None
        if not isinstance(meta, dict):
            raise GuideError(
                f'{path}:2: the front matter is not a list of names and values. Write lines like "title: …".'
            )
        text, line = content[found.end() :], content.count("\n", 0, found.end()) + 1
    for name, sentence in _faults(meta):
        raise GuideError(f"{path}:{_line_of(name, content)}: {sentence}")
    guide = Guide(path, path.stem, meta, text, line, md)
    if not re.search(r"^# \S", text, re.MULTILINE):
        raise GuideError(f'{path}:{line}: the guide has no heading. Start its text with a line like "# What to do".')
    if not is_valid:
        _within_limits(guide)
    return guide


_SYNTAX = 'the front matter cannot be read: {}. Put text with a colon in "double quotes".'


def _faults(meta: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each invalid field of front matter with a sentence."""
    for name in (*SHOWN_META, SEARCH):
        if name not in meta:
            continue
        if meta[name] is None or meta[name] == "" or (isinstance(meta[name], str) and not meta[name].strip()):
            yield name, f"{name} is empty. Write its words after the colon."
        elif not isinstance(meta[name], str):
            yield name, f'{name} is not text. Write it in "double quotes".'
    for name in ("reviewed", "recheck"):
        if name in meta and type(meta[name]) is not datetime.date:
            yield name, f"{name} is not a date. Write it like 2026-11-22."
    for old in _was(meta):
        if not isinstance(old, str) or not _SLUG.fullmatch(old):
            yield (
                "was",
                f"{old} is not a valid address. "
                "Write each old name as it was in the address, like [old-name, older-name].",
            )


def _was(meta: dict[str, Any]) -> tuple[Any, ...]:
    given = meta.get("was") or []
    return tuple(given) if isinstance(given, list) else (given,)


def _within_limits(guide: Guide) -> None:
    """Raise GuideError for a text that Python-Markdown could not finish in reasonable time, or at all."""
    for found in _PARAGRAPH.finditer(guide.text):
        if len(found[0]) > limits.PARAGRAPH:
            what = f"this paragraph has more than {limits.PARAGRAPH:,} characters"
        elif found[0].count("[") > limits.MARKS:
            what = f'this paragraph has "[" more than {limits.MARKS} times'
        else:
            continue
        raise GuideError(f"{guide.path}:{guide.line + guide.text.count(chr(10), 0, found.start())}: {what}. Divide it.")
    try:
        is_deep = guide.source.depth > limits.BLOCKS
    except RecursionError:
        # Parsing ended in the middle of a list and left its state behind.
        del guide.md.parser.state[:]
        is_deep = True
    if is_deep:
        rows = guide.text.split("\n")
        deepest = max(range(len(rows)), key=lambda row: len(rows[row]) - len(rows[row].lstrip(" \t>*+-/0123456789.")))
        raise GuideError(
            f"{guide.path}:{guide.line + deepest}: lists, quotes or boxes are nested too deeply here. "
            "Nest fewer of them."
        )


def _line_of(field: str, content: str) -> int:
    """Return the line of a field in the front matter of a file."""
    return next((number for number, row in enumerate(content.split("\n"), 1) if row.startswith(f"{field}:")), 1)


def moved(guides: Sequence[Guide]) -> tuple[dict[str, Guide], list[str]]:
    """Return the guide that each old address leads to, and a sentence for each address that cannot be used."""
    living = {guide.slug: guide for guide in guides}
    targets: dict[str, Guide] = {}
    faults = []
    for guide in guides:
        for old in guide.was:
            owner = living.get(old) or targets.get(old)
            if owner is None:
                targets[old] = guide
                continue
            place = f"{guide.path}:{_line_of('was', guide.path.read_text(encoding='utf-8'))}"
            if owner is guide:
                what = "is the present name of this guide, or is listed twice. List each earlier name once"
            elif old in living:
                what = f"is the address of {owner.path}. Remove it here, or rename that guide"
            else:
                what = f"already leads to {owner.path}. Remove it from one of the two"
            faults.append(f"{place}: the old address {old} {what}.")
    return targets, faults


def load(path: Path, md: Markdown) -> Guide:
    """Read the guide in `path`. Raises GuideError."""
    return parse(path, text(path), md)


def load_all(
    folder: Path, md: Markdown, load: Callable[[Path, Markdown], Guide] = load
) -> tuple[list[Guide], list[str]]:
    """Return every guide in `folder`, sorted by name, and a sentence for each file that cannot be a guide."""
    guides: list[Guide] = []
    faults: list[str] = []
    for path in sorted(folder.rglob("*")):
        if sentence := misplaced(path.relative_to(folder).as_posix()):
            faults.append(f"{path}: {sentence}")
            continue
        if not _is_guide(path, folder):
            continue
        try:
            guides.append(load(path, md))
        except GuideError as error:
            faults.append(str(error))
    return guides, faults


def _is_guide(path: Path, folder: Path) -> bool:
    return path.parent == folder and path.suffix == SUFFIX and path.name != DOOR_SIGN and not path.name.startswith(".")


def configuration(path: Path) -> dict[str, Any]:
    """Return the content of mkdocs.yml as plain values. Raises GuideError."""
    try:
        loaded = handwritten.values(handwritten.read(path), any_tag=True)
    except Unreadable as error:
        raise GuideError(f"{path}{error}") from None
    return loaded if isinstance(loaded, dict) else {}


def markdown(configured: list[Any], *more: Extension) -> Markdown:
    """Return a Markdown instance with the site's extensions, `TranslateExtension` and `more`.

    Raises GuideError for an extension that cannot be loaded.

    configured: the list `markdown_extensions` of mkdocs.yml.
    """
    names: list[str | Extension] = []
    options: dict[str, dict[str, Any]] = {}
    for item in configured:
        if isinstance(item, dict):
            for name, settings in item.items():
                names.append(name)
                options[name] = settings or {}
        else:
            names.append(item)
    try:
        return Markdown(extensions=[*names, TranslateExtension(), *more], extension_configs=options)
    except Exception as error:  # An extension may raise anything while it is loaded.
        raise GuideError(
            f"mkdocs.yml: one of the markdown_extensions cannot be loaded: {error}. "
            "Correct its name and its options, or install it."
        ) from None
