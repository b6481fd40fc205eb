"""Join small JavaScript modules into one program that needs no loader. Nothing here knows what they do.

A module is in one folder with others, and says what it takes from them: `import { add } from "./dates.js";`. In
the program, each module comes after those that it takes from. All of them share one scope, so that two modules must not
declare the same name, and names keep their names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_IMPORT = re.compile(r"^import\s*\{([^{}]*)\}\s*from\s*[\"']\./([\w-]+\.js)[\"'];?[ \t]*$", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|const|let|class)\b)", re.MULTILINE)
_EXPORTS = re.compile(r"^export\s*\{[\w\s,$]*\};?[ \t]*$", re.MULTILINE)
_NEW_NAME = re.compile(r"\bas\b")
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_DECLARED = re.compile(r"^(?:async\s+)?(?:function\s*\*?|const|let|var|class)\s+([\w$]+)", re.MULTILINE)


class ModuleError(ValueError):
    """Modules that cannot be joined. The message says where and what to do."""


def of_folder(folder: Path) -> str:
    """Return the program of the modules in `folder`; empty if there are none. Raises ModuleError, OSError."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js"))}
    return joined(sources, folder.as_posix())


def joined(sources: Mapping[str, str], folder: str) -> str:
    """Return one program: `export`, and the lines that import, are gone. The same sources give the same program.

    sources: the text of each module, by the name of its file.
    folder: the folder of the files, for messages.
    Raises ModuleError.
    """
    taken: dict[str, str] = {}
    parts = []
    for name in _ordered(sources, folder):
        part = _EXPORT.sub("", _IMPORT.sub(_blank, sources[name]))
        for found in _EXPORTS.finditer(part):
            if _NEW_NAME.search(found[0]):
                place = _place(folder, name, part, found.start())
                raise ModuleError(f"{place}: the export gives a new name. Use the name that {name} declares.")
        part = _EXPORTS.sub(_blank, part)
        if left := _LEFT.search(part):
            raise ModuleError(
                f"{_place(folder, name, part, left.start())}: {left[0]} cannot be joined. Write import {{ name }} "
                'from "./file.js"; and export { name }; or put export before function, const, let or class.'
            )
        for found in _DECLARED.finditer(part):
            place = _place(folder, name, part, found.start())
            if found[1] in taken:
                raise ModuleError(f"{place}: {taken[found[1]]} declares {found[1]} too. Give one another name.")
            taken[found[1]] = place
        parts.append(part)
    return "\n".join(parts)


def _ordered(sources: Mapping[str, str], folder: str) -> list[str]:
    """Return the names of the modules, each after those that it takes from. Raises ModuleError."""
    ordered: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in ordered:
            return
        for found in _IMPORT.finditer(sources[name]):
            place = _place(folder, name, sources[name], found.start())
            if found[2] not in sources:
                raise ModuleError(f"{place}: there is no {folder}/{found[2]}. Correct the name, or add the file.")
            if found[2] in (*above, name):
                raise ModuleError(f"{place}: {found[2]} takes from {name} too. Move what both need to a third module.")
            if _NEW_NAME.search(found[1]):
                raise ModuleError(f"{place}: the import gives a new name. Use the name that {found[2]} exports.")
            visit(found[2], (*above, name))
        ordered.append(name)

    for name in sorted(sources):
        visit(name, ())
    return ordered


def _blank(found: re.Match[str]) -> str:
    """Return empty lines instead of an import, so that the lines keep their numbers."""
    return "\n" * found[0].count("\n")


def _place(folder: str, name: str, text: str, start: int) -> str:
    return f"{folder}/{name}:{text.count(chr(10), 0, start) + 1}"
