"""Read the files that people write by hand, as text or as YAML: guides, their front matter, data/ and mkdocs.yml.

Every fault in such a file becomes a sentence with its line, never a traceback.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import yaml

from i18n import limits
from machine import files


class Unreadable(Exception):
    """A file cannot be read.

    As a string it is written after the name of the file: `:12: …`, or `: …` without a line.

    sentence: what is wrong, and what to do.
    line: the line in the file, from 1; None if the fault has no line.
    """

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(f"{'' if line is None else f':{line}'}: {sentence}")
        self.sentence, self.line = sentence, line


def read(path: Path, most: int = limits.FILE) -> str:
    """Return the text of a file, with "\\n" at the end of each line. Raises Unreadable.

    most: the largest size that is read, in bytes.
    """
    if (found := size(path)) > most:
        raise Unreadable(f"this file has {found:,} bytes. Make it shorter than {most:,}.")
    try:
        text = files.decoded(files.content(path, most)).replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise _unopened(path, error) from None
    except files.NotText as error:
        raise Unreadable("this file is not UTF-8. Save it again with the encoding UTF-8.", error.line) from None
    if character := unseen(text):
        line = text.count("\n", 0, text.index(character)) + 1
        raise Unreadable(f"there is an invisible character, {_named(character)}. Remove it.", line)
    return text


def size(path: Path) -> int:
    """Return the size of a regular file in bytes. Raises Unreadable for anything else, without opening it."""
    try:
        return files.size(path)
    except OSError as error:
        raise _unopened(path, error) from None
    except files.Irregular:
        raise Unreadable("this is not a file. Remove it, or put a file in its place.") from None


def trouble(path: Path) -> str:
    """Return what is wrong with a file that is not read as text, with its path; empty when it can be opened."""
    try:
        size(path)
    except Unreadable as error:
        return f"{path}{error}"
    return ""


def _unopened(path: Path, error: OSError) -> Unreadable:
    what = "this link leads nowhere" if path.is_symlink() else f"this file cannot be opened: {error.strerror}"
    return Unreadable(f"{what}. Repair it, or remove it.")


_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Joiners are part of the spelling of Persian, Hindi and other languages.
_SEEN = frozenset("\n\t\u200c\u200d")


def unseen(text: str) -> str | None:
    """Return the first invisible character of `text` that can change what readers see: it turns, hides or ends text."""
    found = (one for one in set(text) - _SEEN if unicodedata.category(one) in _UNSEEN)
    return min(found, key=text.index, default=None)


def _named(character: str) -> str:
    name = unicodedata.name(character, "a control character")
    return f"{name} (U+{ord(character):04X})"


# libyaml, where it is installed, is ten times as fast on the same text.
_SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _AnyTagLoader(_SafeLoader):  # type: ignore[valid-type,misc]  # one of two classes
    """Reads values with tags such as `!ENV` as None, because only MkDocs knows what they mean."""


_AnyTagLoader.add_multi_constructor("", lambda loader, suffix, node: None)

SYNTAX = "{}. Look at the indentation and the quotes in this line and above."


def values(text: str, syntax: str = SYNTAX, any_tag: bool = False) -> Any:
    """Return the plain values that a YAML text holds. Raises Unreadable.

    syntax: the sentence for invalid YAML, with `{}` for the reason.
    any_tag: whether to read values with unknown tags as None.
    """
    kind = _AnyTagLoader if any_tag else _SafeLoader
    try:
        # Check the nesting first: libyaml crashes the whole process on values that are nested too deeply.
        _look(text)
        loader = kind(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None
            _check(loader, node, "")
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not valid YAML"
        raise Unreadable(syntax.format(what), mark.line + 1 if mark else None) from None


def entries(text: str) -> dict[Any, dict[Any, Any]]:
    """Return the entries of a file of data/: for each name, its fields. Raises Unreadable."""
    found = values(text)
    if not isinstance(found, dict):
        raise Unreadable('this is not a list of names and values. Write entries like "key:" with fields below.')
    for key, entry in found.items():
        if not isinstance(entry, dict):
            raise Unreadable(f"{key} has no fields. Write them below it, indented.")
    return found


def _look(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(f"*{event.anchor} repeats another value. Write the value again.", line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and (character := unseen(event.value)):
            raise Unreadable(f"there is an invisible character, {_named(character)}. Remove it.", line)
        if depth > limits.VALUES:
            raise Unreadable(f"values are nested more than {limits.VALUES} deep. Nest fewer of them.", line)


def _check(loader: Any, node: yaml.Node, name: str) -> None:
    """Raise Unreadable for a repeated field, and for a value that looks like a date or number and is not valid."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        for key, value in node.value:
            at = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode):
                if key.value in lines:
                    what = f'"{key.value}" is already in line {lines[key.value]}'
                    raise Unreadable(f"{what}. Remove one of the two.", at)
                lines[key.value] = at
            _check(loader, key, "")
            _check(loader, value, str(key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check(loader, item, "")
    else:
        try:
            loader.construct_object(node)
        except (ArithmeticError, AttributeError, LookupError, ValueError):
            what = name or node.value
            if node.tag.endswith(":timestamp"):
                raise Unreadable(f"{what} is not a date. Write it like 2026-11-22.", line) from None
            raise Unreadable(f"{what} is not a number. Put text in quotes.", line) from None
