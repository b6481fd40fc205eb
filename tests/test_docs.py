"""The documentation names everything that it must name, and its links lead to existing places."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from checks import GROUPS, WEEKLY, checks

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("*.md", "docs/**/*.md", "*/README.md", "macros/*/*.md")
PAGES = sorted({path.relative_to(ROOT) for place in PLACES for path in ROOT.glob(place)})
FOLDERS = r"i18n|generator|machine|packs|checks|macros|data|theme|tests|\.github"

_FENCE = re.compile(r"^( *)(```+|~~~+).*?^\1\2[ ]*$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?\)")


@cache
def text(page: Path) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@cache
def words() -> str:
    """All that is documented."""
    return "\n".join(text(page) for page in PAGES)


def without_code(markdown: str) -> str:
    return _SPAN.sub("", _FENCE.sub("", markdown))


@cache
def anchors(path: Path) -> set[str]:
    """The anchors of a Markdown file as the hosting platform makes them, and those that guides set themselves."""
    found = set()
    for heading in re.findall(r"^#{1,6} (.+)$", _FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE):
        own = re.search(r"\{ *#([\w-]+) *\}", heading)
        plain = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found.add(own[1] if own else plain)
    return found


def links() -> list[tuple[str, str]]:
    """Every relative link of every page."""
    found = [(str(page), target) for page in PAGES for target in _LINK.findall(without_code(text(page)))]
    return [(page, target) for page, target in found if not re.match(r"[a-z]+:", target)]


def test_every_test_file_is_in_the_list() -> None:
    """tests/README.md says what each file proves, and names no file that is missing."""
    listed = set(re.findall(r"`(test_\w+\.py)`", (ROOT / "tests/README.md").read_text(encoding="utf-8")))
    found = [path for path in (ROOT / "tests").rglob("test_*.py") if "node_modules" not in path.parts]
    assert listed <= {path.name for path in found}
    assert {path.name for path in found if path.parent.name != "browser"} <= listed


def test_there_are_pages() -> None:
    """The tests find the documentation."""
    assert {Path("README.md"), Path("docs/README.md"), Path("locales/README.md")} <= set(PAGES)
    assert len(links()) > len(PAGES)


@pytest.mark.parametrize("check", [f"{group}/{name}.py" for group in (*GROUPS, WEEKLY) for name in checks(group)])
def test_every_check_is_documented(check: str) -> None:
    """Every check is named in the documentation, so that its rule does not surprise anybody."""
    assert f"`{check}`" in words()


@pytest.mark.parametrize("target", re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
def test_every_make_target_is_documented(target: str) -> None:
    """Every command of the Makefile is named in the documentation."""
    assert re.search(rf"\bmake {target}\b", words())


@pytest.mark.parametrize(("page", "target"), links())
def test_link_leads_somewhere(page: str, target: str) -> None:
    """A relative link leads to an existing file or folder, and its anchor to a heading."""
    file, _, anchor = target.partition("#")
    path = (ROOT / page).parent / file if file else ROOT / page
    assert path.exists(), f"{page} links to {target}"
    if anchor:
        assert anchor in anchors(path), f"{page} links to {target}"


def told() -> list[str]:
    """What docs/refused.md says that a translator is told."""
    return re.findall(r"^\| `(.+?\.)` \|", text(Path("docs/refused.md")), re.MULTILINE)


def test_refusals_are_documented() -> None:
    """The page of refusals quotes sentences, so that the next test has something to compare."""
    assert len(told()) > 20


@pytest.mark.parametrize("sentence", told())
def test_translators_are_told_what_the_page_says(sentence: str) -> None:
    """A refusal that the documentation quotes ends in what the program says to do."""
    order = sentence.partition(". ")[2]
    judges = ("faithful.py", "characters.py")
    assert any(order in (ROOT / "i18n" / name).read_text(encoding="utf-8") for name in judges)


@pytest.mark.parametrize("page", [page for page in PAGES if page.parts[0] != "guides"], ids=str)
def test_commands_are_there(page: Path) -> None:
    """Each `make` target, and each file of ours that a page names as code, exists."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)\b(?=[^`\n]*`|[^`\n]*$)", "\n".join(commands(page)))) <= targets
    for name in re.findall(rf"`((?:{FOLDERS})/[\w./-]+\.\w+)`", text(page)):
        if "macros/language/" in name or name == "checks/guides/no_shouting.py":
            continue  # The examples of make-a-macro.md and add-a-check.md.
        assert (ROOT / name).exists(), f"{page} names {name}"


def commands(page: Path) -> list[str]:
    """Return the code on a page that begins like a command."""
    lines = [line.strip() for fence in _FENCE.finditer(text(page)) for line in fence[0].split("\n")]
    spans = [span[0].strip("`") for span in _SPAN.finditer(_FENCE.sub("", text(page)))]
    return [each for each in [*lines, *spans] if re.match(r"(?:[A-Z_]+=\S+ )*make [a-z]", each)]
