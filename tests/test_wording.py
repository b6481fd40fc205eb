"""Messages, docstrings and comments are plain English, without forms that read as if translated."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import ROOT

CHECKED = ("generator", "packs", "hooks.py", "publish.py", "benchmarks", "checks", "i18n", "machine", "macros")
"""The folders and files whose English is checked, relative to the root."""


REFUSED = {
    r"(?<!there )\b(?:is|are|was|were|be) no (?=\w)": 'Write "is not a", or name what is missing.',
    r"(?<!there )\b(?:is|are|was|were|be) (?-i:none)\b": 'Write "does not", or name what is missing.',
    r"\b(?:of|with) (?-i:none)\b": 'Write "without any".',
    r"\bshall\b": 'Write "must", or the plain verb.',
    r"\b(?:has|have|had) not (?:a|an|the|any|its|their)\b": 'Write "lacks" or "does not have".',
    r"\b(?:has|have) not(?=[.,;:)]|$)": 'Write "does not have".',
    r"\b(?:as it was|as they were|as it is|as they are)(?=[.,;:)]|$)": 'Write "unchanged".',
    r"\b(?:is|are) (?:not )?there(?=[.,;:)]|$)": 'Write "exists" or "is missing".',
    r"\bstands? (?:in|on|at|under|below|above|before|behind|beside|here|there|too|twice)\b": 'Write "is".',
    r"\b(?:from|to|for|of|by) who\b": "Name the person.",
    r"\b(?:is|are) in order\b(?! to)": 'Write "is valid" or "is correct".',
    r"\b(?:is|are) at home\b|\bat home are\b": "Say which languages or scripts use it.",
    r"\banew\b": 'Write "again".',
    r"\bby so much\b": "Say how much.",
    r"\beach once\b": 'Write "without repetition".',
    r"\bnobody may\b": "Say what happens instead.",
    r"\bis said (?:of|by|instead)\b": 'Write "is reported".',
}
"""Forms that are not written, as regular expressions, each with what to write instead."""

NOT_A_VERB = re.compile(
    r"(?:A|An|The|All|Any|As|At|Both|By|Each|Every|For|From|How|If|In|It|Nothing|Of|On|One|Raises|Some|The|Their|These"
    r"|Those|This|To|What|When|Where|Whether|Which|Who|Why|With|Without)\b"
)
"""Words that begin a docstring which does not begin with a verb."""

Words = tuple[int, str]
"""A line of a file, from 1, and the words there."""


def comments(source: str) -> Iterator[Words]:
    """Yield each comment. Comments on lines that follow each other are one."""
    begin, last, words = 0, -1, ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, text = token.start[0], token.string.lstrip("#").strip()
        if line == last + 1:
            words = f"{words} {text}"
        else:
            if words:
                yield begin, words
            begin, words = line, text
        last = line
    if words:
        yield begin, words


def docstrings(tree: ast.Module) -> Iterator[Words]:
    """Yield each string that is a statement: docstrings, and the descriptions of constants below them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, re.sub(r"\s+", " ", node.value.value)


def messages(tree: ast.Module) -> Iterator[Words]:
    """Yield each string literal with a sentence in it, and each help of a command. Values in it become "…"."""
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    within |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    helps = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "help"}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
            words = node.value
        else:
            continue
        if id(node) in helps or re.search(r"\w \w.*[.:!?](?:\s|$)", words, re.DOTALL):
            yield node.lineno, re.sub(r"\s+", " ", words)


def verbless(tree: ast.Module) -> Iterator[Words]:
    """Yield the docstring of each function that does not begin with a verb. Properties are named by nouns."""
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        is_property = any("property" in ast.unparse(decorator) for decorator in node.decorator_list)
        words = ast.get_docstring(node) or ""
        if not is_property and NOT_A_VERB.match(words):
            yield node.lineno, words.split("\n")[0]


def python(*checked: str) -> list[Path]:
    """Return the Python files of the given folders and files, sorted, without those left out."""
    found = {
        path for name in checked for path in ((ROOT / name).rglob("*.py") if (ROOT / name).is_dir() else [ROOT / name])
    }
    return sorted(found)


def refused(source: str) -> list[str]:
    """Return a sentence for each refused form in a Python source, with its line."""
    tree = ast.parse(source)
    return [
        f'{line}: "{found[0]}" in "{words[:100]}". {instead}'
        for line, words in sorted({*messages(tree), *docstrings(tree), *comments(source)})
        for form, instead in REFUSED.items()
        if (found := re.search(form, words, re.IGNORECASE))
    ]


@pytest.mark.parametrize("path", python(*CHECKED), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_word_reads_as_if_translated(path: Path) -> None:
    """No message, docstring or comment has a refused form, and docstrings of functions begin with a verb."""
    source = path.read_text(encoding="utf-8")
    place = path.relative_to(ROOT).as_posix()
    verbs = [f'{line}: "{words}". Begin with a verb.' for line, words in verbless(ast.parse(source))]
    assert [f"{place}:{finding}" for finding in refused(source) + verbs] == []


TEMPLATES = sorted(path for name in ("macros", "theme", "packs") for path in (ROOT / name).rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_error_of_a_template_reads_as_if_translated(path: Path) -> None:
    """What a template says with `fail` has no refused form."""
    errors = re.findall(r"\bfail\((.*)\)", path.read_text(encoding="utf-8"))
    assert [error for error in errors for form in REFUSED if re.search(form, error, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('raise ValueError(f"{name} is no locale. Use another.")', 1),
        ('\nprint("0 languages a machine are none.")', 2),
        ('parser.add_argument("x", help="what shall be built")', 1),
        ('def least():\n    """Find the least. Of none, what a person begins with."""', 2),
        ("SIZE = 5\n# The English\n# has not.\n", 2),
        ('LEFT = 1\n"""What was not finished is as it was."""\n', 2),
    ],
)
def test_each_kind_of_text_is_read(source: str, line: int) -> None:
    """Messages, helps, docstrings, comments over several lines and descriptions of constants are all read."""
    assert [finding.split(":")[0] for finding in refused(source)] == [str(line)]


@pytest.mark.parametrize(
    "source",
    [
        'print("There is no page, and there are none to make.")',
        'WORDS = "must shall should is no"',
        'print("A no-break space is no-break.")',
    ],
)
def test_plain_english_and_lists_of_words_pass(source: str) -> None:
    """Idiomatic English passes, and so do literals that are not sentences."""
    assert refused(source) == []


def test_docstring_without_a_verb_is_found() -> None:
    """The docstring of a function begins with a verb; that of a property need not."""
    tree = ast.parse('def a():\n    """The page."""\n\n@property\ndef b(self):\n    """The page."""')
    assert list(verbless(tree)) == [(1, "The page.")]
