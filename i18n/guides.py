"""A guide: one Markdown file of `guides/`, its front matter and its blocks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown
from markdown.extensions import Extension

from i18n.markdown import Source, TranslateExtension
from i18n.unit import Unit, read

DOOR_SIGN = "README.md"
"""Tells contributors what a folder is for; never a page."""

SHOWN_META = ("title", "summary")
"""Front matter that a reader sees."""

SEARCH = "search"
"""Front matter with what people type who need the guide: translated, found by the search, shown nowhere."""

_SEARCH_NOTE = (
    "Nobody sees this: it is what people type who need this page. Do not translate word by word. Write what people "
    "type in your language: everyday words, the words of the press, other names of the same thing."
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class GuideError(Exception):
    """A guide that cannot become a page: `path:line: sentence. What to do.`"""


@dataclass(frozen=True)
class Guide:
    """path: as messages show it. slug: its name without `.md`. line: where `text` starts in the file, from 1."""

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
        """`title` and `summary` first, then `search`."""
        units = {name: read(str(self.meta[name]), kind=f"page {name}") for name in SHOWN_META if name in self.meta}
        if SEARCH in self.meta:
            units[SEARCH] = read(str(self.meta[SEARCH]), kind="words to search for", notes=(_SEARCH_NOTE,))
        return units

    @property
    def was(self) -> tuple[str, ...]:
        """The names that this guide had before: its old addresses, and those of its catalogs."""
        given = self.meta.get("was") or []
        return tuple(given) if isinstance(given, list) else (given,)

    @property
    def units(self) -> list[Unit]:
        return [*self.meta_units.values(), *self.source.units]

    @property
    def shown(self) -> list[Unit]:
        """The units that a reader sees."""
        return [*(unit for name, unit in self.meta_units.items() if name != SEARCH), *self.source.units]

    @property
    def places(self) -> list[str]:
        """For each of `units`, where it is: "arrested#what-to-do:3"."""
        return [f"{self.slug}#{place}" for place in [*self.meta_units, *self.source.places]]

    def line_of(self, words: str) -> int:
        """The line in the file where `words` first stand; the first line of the text when they do not."""
        found = self.text.find(words)
        return self.line + self.text.count("\n", 0, found) if found >= 0 else self.line


def parse(path: Path, content: str, md: Markdown) -> Guide:
    """Read a guide. Raises GuideError for broken front matter or a missing heading."""
    meta: Any = {}
    text, line = content, 1
    if content.startswith("---"):
        found = _FRONT_MATTER.match(content)
        if not found:
            raise GuideError(f"{path}:1: the front matter does not end. Add a line with three dashes after it.")
        try:
            meta = yaml.safe_load(found[1]) or {}
        except yaml.YAMLError as error:
            at = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or "it is not valid YAML"
            raise GuideError(
                f"{path}:{at.line + 2 if at else 1}: the front matter cannot be read: {what}. "
                'Put text that has a colon in it in "double quotes".'
            ) from None
        if not isinstance(meta, dict):
            raise GuideError(f'{path}:2: the front matter is no list of names and values. Write lines like "title: …".')
        text, line = content[found.end() :], content.count("\n", 0, found.end()) + 1
    for name in ("reviewed", "recheck"):
        if name in meta and type(meta[name]) is not datetime.date:
            raise GuideError(f"{path}:{_line_of(name, content)}: {name} is no date. Write it like 2026-11-22.")
    guide = Guide(path, path.stem, meta, text, line, md)
    for old in guide.was:
        if not isinstance(old, str) or not _SLUG.fullmatch(old):
            raise GuideError(
                f"{path}:{_line_of('was', content)}: {old} was never the address of a guide. "
                "Write each old name as it was in the address, like [old-name, older-name]."
            )
    if not re.search(r"^# \S", text, re.MULTILINE):
        raise GuideError(f'{path}:{line}: the guide has no heading. Start its text with a line like "# What to do".')
    return guide


def _line_of(field: str, content: str) -> int:
    """The line of a field in the front matter of a file."""
    return next((number for number, row in enumerate(content.split("\n"), 1) if row.startswith(f"{field}:")), 1)


def moved(guides: Sequence[Guide]) -> tuple[dict[str, Guide], list[str]]:
    """The guide that each old address leads to, and a sentence for each that cannot lead anywhere."""
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
                what = "is the name of this guide, or is named twice. Name it once, and only when it is no more"
            elif old in living:
                what = f"is the address of {owner.path}. Remove it here, or rename that guide"
            else:
                what = f"already leads to {owner.path}. Remove it in one of the two"
            faults.append(f"{place}: the old address {old} {what}.")
    return targets, faults


def load(path: Path, md: Markdown) -> Guide:
    """Read the guide in `path`. Raises GuideError, also for a file that is not UTF-8."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise GuideError(f"{path}:{line}: this file is not UTF-8. Save it again with the encoding UTF-8.") from None
    return parse(path, content.replace("\r\n", "\n"), md)


def load_all(folder: Path, md: Markdown) -> tuple[list[Guide], list[str]]:
    """Every guide in `folder`, sorted by name, and a sentence for each file that is none."""
    guides: list[Guide] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.md")):
        if path.name == DOOR_SIGN:
            continue
        try:
            guides.append(load(path, md))
        except GuideError as error:
            faults.append(str(error))
    return guides, faults


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml for what it says of Markdown and nav; tags such as `!ENV` are MkDocs's business."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def configuration(path: Path) -> dict[str, Any]:
    """mkdocs.yml as plain values. Raises GuideError."""
    try:
        loaded = yaml.load(path.read_bytes().decode("utf-8-sig"), Loader=_Loader)  # a SafeLoader
    except OSError as error:
        raise GuideError(f"{path}: {error.strerror}. Run the command in the folder of the project.") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise GuideError(f"{path}:{line}: this file is not UTF-8. Save it again with the encoding UTF-8.") from None
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise GuideError(
            f"{path}:{at.line + 1 if at else 1}: this is not valid YAML: {what}. "
            "Compare the line and the one above it with the lines beside them."
        ) from None
    return loaded if isinstance(loaded, dict) else {}


def markdown(configured: list[Any], *more: Extension) -> Markdown:
    """The site's Markdown, as `markdown_extensions` of mkdocs.yml lists it, with the cut and what else is given."""
    names: list[str | Extension] = []
    options: dict[str, dict[str, Any]] = {}
    for item in configured:
        if isinstance(item, dict):
            for name, settings in item.items():
                names.append(name)
                options[name] = settings or {}
        else:
            names.append(item)
    return Markdown(extensions=[*names, TranslateExtension(), *more], extension_configs=options)
