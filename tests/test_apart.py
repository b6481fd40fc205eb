"""The tests of the generator read nothing of this site. Tests that read it are in tests/this_site/.

Each expression that makes a path of a folder of this repository is worked out from the source, with constants that are
imported and names that a loop gives. Paths relative to a folder that a test makes are of no interest here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent
CONTENT = ("guides", "data", "locales", "macros", "mkdocs.yml")
SITES = {TESTS / name for name in ("this_site", "other", "site", "cases")}
COMMANDS = {"publish.py", "i18n", "checks", "packs", "mkdocs"}
"""What builds, changes or checks the site of the folder that it runs in."""

ALLOWED = {
    "browser/conftest.py": {"macros": "the search and its list are macros of no topic"},
    "test_benchmarks.py": {
        "data": "what is made up calls macros of this site, with keys of its values",
        "data/languages.yml": "made-up languages have no entry there",
    },
    "configured.py": {"data/languages.yml": "speaks of languages, and of no topic: every site takes it along"},
    "project.py": {"macros": "`add_macro` takes macros of no topic along"},
    "successors.py": {
        "mkdocs.yml": "the command proves it of the site that is there, whatever it is about",
        "locales": "its languages",
    },
    "test_wording.py": {"macros": "the English of errors in templates, whatever they are about"},
    "test_rooms.py": {"macros": "what any macro imports"},
    "test_docs.py": {"macros": "the pages beside macros are documentation too"},
    "test_search.py": {
        "data": "the languages of the list from A to Z",
        "macros": "the list from A to Z is sorted by Python beside its template",
    },
}
"""For a file, what it may read of this site, and why."""

Values = list[Path | str]


def sources() -> list[Path]:
    found = TESTS.rglob("*.py")
    return sorted(path for path in found if not SITES & set(path.parents) and "node_modules" not in path.parts)


@cache
def names(path: Path, source: str) -> dict[str, Values]:
    """The paths and strings that a module has under a name, its own and imported ones, and those that loops give."""
    found: dict[str, Values] = {"__file__": [str(path)]}
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and (module := file_of(node.module)):
            theirs = names(module, text(module))
            found |= {each.asname or each.name: theirs.get(each.name, []) for each in node.names}
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = worked_out(node.value, found)
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, []).extend(
                value for value in worked_out(node.iter, found) if isinstance(value, str)
            )
    return found


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def file_of(module: str) -> Path | None:
    """The file of a module of this repository."""
    path = ROOT.joinpath(*module.split("."))
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.exists()), None)


def worked_out(node: ast.expr, known: dict[str, Values]) -> Values:
    """The paths and strings that an expression may be; nothing for what this does not understand."""
    match node:
        case ast.Constant(value=str(value)):
            return [value]
        case ast.Name(id=name):
            return known.get(name, [])
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return [value for item in items for value in worked_out(item, known)]
        case ast.Starred(value=inside):
            return worked_out(inside, known)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return joined(left, right, known)
        case ast.Attribute(value=inside, attr="parent"):
            return [path.parent for path in paths(inside, known)]
        case ast.Subscript(value=ast.Attribute(value=inside, attr="parents"), slice=ast.Constant(value=int(number))):
            return [path.parents[number] for path in paths(inside, known)]
        case ast.Call(func=ast.Name(id="Path"), args=[first, *rest]):
            made: Values = [Path(value) for value in worked_out(first, known)]
            for each in rest:
                made = [Path(one, other) for one in made for other in worked_out(each, known)]
            return made
        case ast.Call(func=ast.Attribute(value=inside, attr="resolve" | "absolute"), args=[]):
            return list(paths(inside, known))
        case ast.Call(func=ast.Attribute(value=inside, attr="glob" | "rglob" | "joinpath"), args=[first, *_]):
            return joined(inside, first, known)
    return []


def paths(node: ast.expr, known: dict[str, Values]) -> list[Path]:
    return [value for value in worked_out(node, known) if isinstance(value, Path)]


def joined(left: ast.expr, right: ast.expr, known: dict[str, Values]) -> Values:
    return [one / other for one in paths(left, known) for other in worked_out(right, known)]


def of_this_site(path: Path, source: str) -> Iterator[tuple[int, str]]:
    """Line, and what of this site is read there: a file or folder, or a command that reads all."""
    known = names(path, source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            places = [module.replace(".", "/") for module in modules]
            yield from ((node.lineno, place) for place in places if Path(place).is_relative_to("macros"))
        if not isinstance(node, ast.expr):
            continue
        for value in worked_out(node, known):
            place = value if isinstance(value, Path) else Path()
            if place.is_relative_to(ROOT) and place != ROOT and place.relative_to(ROOT).parts[0] in CONTENT:
                yield node.lineno, place.relative_to(ROOT).as_posix()
        if isinstance(node, ast.Call):
            here = [each for each in node.keywords if each.arg == "cwd" and ROOT in worked_out(each.value, known)]
            words = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)} if here else set()
            yield from ((node.lineno, str(word)) for word in words & COMMANDS)


def is_allowed(path: Path, what: str) -> bool:
    allowed = ALLOWED.get(path.relative_to(TESTS).as_posix(), {})
    return any(Path(what).is_relative_to(each) for each in allowed)


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(TESTS).as_posix())
def test_generator_is_tested_without_this_site(path: Path) -> None:
    """Outside tests/this_site/ no test reads guides, catalogs, values, macros or the wiring of this site, but for what
    the list above allows.
    """
    read = {(line, what) for line, what in of_this_site(path, text(path)) if not is_allowed(path, what)}
    assert [f"{path.relative_to(ROOT)}:{line}: reads {what}" for line, what in sorted(read)] == []


def test_nothing_is_allowed_that_nobody_needs() -> None:
    """An exception that no test needs any more is removed from the list."""
    unused = []
    for name, allowed in ALLOWED.items():
        read = {what for _, what in of_this_site(TESTS / name, text(TESTS / name))}
        unused += [f"{name}: {each}" for each in allowed if not any(Path(what).is_relative_to(each) for what in read)]
    assert unused == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('ROOT / "guides"', "guides"),
        ('HERE.parents[0] / "data" / "facts.yml"', "data/facts.yml"),
        ('Path(__file__).resolve().parent.parent / "mkdocs.yml"', "mkdocs.yml"),
        ('ROOT.glob("locales/*/LC_MESSAGES")', "locales/*/LC_MESSAGES"),
        ('[ROOT / name for name in ("README.md", "macros")]', "macros"),
        ("FOLDER", "macros"),
        ('run(["publish.py"], cwd=ROOT)', "publish.py"),
        ("import macros.a_z.a_z", "macros/a_z/a_z"),
    ],
)
def test_reading_would_be_found(source: str, found: str) -> None:
    """A path into this site is found however it is written."""
    head = "from generator.macros import FOLDER\nfrom tests.test_system import ROOT\nHERE = ROOT / 'tests'\n"
    assert found in [what for _, what in of_this_site(TESTS / "made_up.py", f"{head}{source}\n")]
