"""Rules about imports that import-linter cannot check: macros/ is not a package, and theme/ has no Python."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.project import ROOT

OURS = {path.stem for path in ROOT.glob("*.py")} | {path.parent.name for path in ROOT.glob("*/*.py")} | {"macros"}
MACROS = sorted((ROOT / "macros").glob("**/*.py"))


def imported(text: str) -> set[str]:
    """The top-level names of all that a module imports; "." for a relative import."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." if node.level else (node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_macro_imports_nothing_of_ours(path: Path) -> None:
    """The Python of a macro imports nothing of ours: it is given what it needs."""
    assert not imported(path.read_text(encoding="utf-8")) & {*OURS, "mkdocs", "properdocs", "."}


def test_python_of_macros_stands_in_the_folder_of_its_name() -> None:
    """macros/<name>/<name>.py is the only Python in macros/."""
    assert MACROS
    assert all(path.parent == ROOT / "macros" / path.stem for path in MACROS)


def test_theme_has_no_python() -> None:
    """theme/ has no Python: a change of its look changes only templates and styles."""
    assert list((ROOT / "theme").glob("**/*.py")) == []


def test_imports_are_seen() -> None:
    """Imports inside functions, of submodules and relative ones are found too."""
    text = "import i18n.unit\ndef f():\n    from generator.values import load\n    from . import x\n"
    assert imported(text) == {"i18n", "generator", "."}
    assert {"machine", "i18n", "generator", "checks", "packs", "hooks", "publish", "macros"} <= OURS
