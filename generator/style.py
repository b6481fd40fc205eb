"""Make the style sheet of a locale: Material's sheet, cut to what pages use, then ours, then that of each macro.

Material's sheet has 23 kB (gzip) because it serves every feature of Material. A rule stays if its pages contain
everything that its selector names: tags, classes, ids, attributes. Declarations that draw a picture are removed,
because no meaning may depend on a picture (Tor Browser's level "Safest" does not show SVG).

Our own sheets name scripts, never languages. `[data-script="Arab"]` matches a page in Arabic script, because `<html>`
has this attribute. `:script(Arab, Hebr)` matches any element in one of these scripts, even a word in a page of another
script. In `style.css` it becomes `:lang(ar), :lang(he), …`, for the languages that pages name. Rules for scripts that
no page uses are removed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import rcssmin  # type: ignore[import-untyped]  # it has no types
import tinycss2
from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

import machine.kept
from i18n.locales import Locale
from machine.kept import digest

_TAG = re.compile(r"<([a-z][a-z0-9-]*+)((?:\s++[^\s\"'=<>/]++(?:=(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++))?+)*+)")
_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:=\"([^\"]*)\")?")
_NAME = re.compile(r"\[\s*[\w-]+|::?[\w-]+|[.#]?[A-Za-z_][\w-]*")
_SCRIPTS = re.compile(r":script\(([^)]*)\)")
_SCRIPT_OF_PAGE = re.compile(r'\[data-script="(\w+)"\]')
_PLAIN_RULE = re.compile(r"([^{}]+)(\{[^{}]*\})")
_USED_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")

MATERIAL_SHA256 = "57a0d79d880c51fe0fa86e34640429eefc664e85f1906c885beed544fd00a9ed"
"""The hash of Material's style sheet in mkdocs-material 9.8.1. A new sheet changes every page, so review it first."""

_NOT_KEPT = (
    "animation",
    "transition",
    "scrollbar-",
    "touch-action",
    "box-decoration-break",
    "-webkit-box-decoration-break",
    "-webkit-font-smoothing",
    "-moz-osx-font-smoothing",
    "-webkit-tap-highlight-color",
)
"""Declarations of Material that only decorate. Each costs bytes on every page."""

_OTHERS = ("::-webkit-", "::-moz-", ":-moz-", ":-ms-", "::-ms-")
"""Prefixes of selectors for controls in certain browsers. Pages have no controls."""


@dataclass(frozen=True)
class _Rule:
    """A rule: selectors { declarations }.

    selectors: its selectors.
    declarations: each declaration as its name and its whole text.
    """

    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Block:
    """A block of @media or @supports.

    prelude: the text before its brace.
    rules: the rules inside it.
    """

    prelude: str
    rules: tuple[_Rule | _Block, ...]


def vocabulary(html: str) -> set[str]:
    """Return everything in a page that a selector could name: "p", ".notice", "#content", "[lang", ":lang(ar)"."""
    return {name for tag in set(_TAG.findall(html)) for name in _named(*tag)}


# Pages have most of their tags in common.
@lru_cache(10_000)
def _named(tag: str, attributes: str) -> frozenset[str]:
    """Return everything in an opening tag that a selector could name."""
    found = {tag}
    for name, value in _ATTRIBUTE.findall(attributes):
        found.add(f"[{name}")
        if name == "class":
            found |= {f".{word}" for word in value.split()}
        elif name == "id":
            found.add(f"#{value}")
        elif name == "lang":
            found.add(f":lang({value})")
        elif name == "data-script":
            found.add(f'[data-script="{value}"]')
    return frozenset(found)


def sheet(material: str, own: str, words: Iterable[str]) -> str:
    """Return the whole sheet for pages whose vocabulary is `words`."""
    known = frozenset(words)
    ours = for_scripts(own, known)
    return cut(material, known, ours) + ours


def _material() -> Path:
    """Return the folder of Material's templates. Loading the package would print its notice, so it is only located."""
    spec = importlib.util.find_spec("material")
    folders = spec.submodule_search_locations if spec else None
    assert folders, "mkdocs-material is not installed: pip install --require-hashes -r requirements.txt"
    return Path(folders[0]) / "templates"


MATERIAL = _material()


def material_sheet() -> str:
    """Return Material's own style sheet, uncut."""
    return next(MATERIAL.glob("assets/stylesheets/main.*.css")).read_text(encoding="utf-8")


def changed(material: str) -> list[str]:
    """Return a sentence if Material's sheet is not the one that was last reviewed."""
    found = hashlib.sha256(material.encode()).hexdigest()
    if found == MATERIAL_SHA256:
        return []
    return [
        "generator/style.py: the style sheet of mkdocs-material has changed. Look at the pages with the new one "
        f'(docs/upkeep.md). When they are right, write: MATERIAL_SHA256 = "{found}"'
    ]


def own_sheet(site: Path, macros: Path, alone: Iterable[str] = ()) -> str:
    """Return the sheet of the site, followed by that of each macro that has one.

    site: the file of the site's sheet.
    macros: the folder of macros.
    alone: the macros to leave out, because their style is only inside the page that is complete alone.
    """
    sheets = [path for path in sorted(macros.glob("*/*.css")) if path.parent.name not in set(alone)]
    return "\n".join(path.read_text(encoding="utf-8") for path in (site, *sheets))


def alone_sheet(macros: Path, alone: Iterable[str]) -> str:
    """Return the sheets of the macros that `own_sheet` leaves out."""
    paths = [path for name in alone for path in sorted((macros / name).glob("*.css"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def of_alone(words: Iterable[str], base: Path, site: Path, macros: Path, alone: Iterable[str], name: str) -> str:
    """Return the whole sheet for a page that is complete alone: what it uses of the site's, then that of its macro.

    words: the vocabulary of the page.
    base: the file with what the page has instead of Material's sheet.
    site, macros, alone: as for `own_sheet`.
    name: the name of its macro.
    """
    known = frozenset(words)
    shared = for_scripts(base.read_text(encoding="utf-8") + own_sheet(site, macros, alone), known)
    own = for_scripts(alone_sheet(macros, [name]), known)
    return cut(shared, known, own) + own


def of_site(words: Iterable[str], site: Path, macros: Path, alone: Iterable[str] = ()) -> str:
    """Return the whole sheet for pages whose vocabulary is `words`. site, macros, alone: as for `own_sheet`."""
    return sheet(material_sheet(), own_sheet(site, macros, alone), words)


def of_facing(words: Iterable[str], facing: Path, site: Path) -> str:
    """Return the whole sheet for pages that have their English beside them: nothing that they do not use.

    words: their vocabulary.
    facing: the file of what only they have.
    site: the file of the site's sheet.
    """
    known = frozenset(words)
    ours = for_scripts("".join(path.read_text(encoding="utf-8") for path in (site, facing)), known)
    # Each of the two sheets reads variables that the other one sets.
    theirs = cut(material_sheet(), known, ours)
    return theirs + cut(ours, known, theirs)


def for_scripts(own: str, words: Iterable[str]) -> str:
    """Return a sheet of ours as browsers read it, without comments and without rules for scripts that no page uses."""
    known = frozenset(words)

    def spelled(rule: re.Match[str]) -> str:
        if not (_SCRIPTS.search(rule[1]) or _SCRIPT_OF_PAGE.search(rule[1])):
            return rule[0]
        selectors = [made for selector in _split(rule[1]) for made in _of_languages(selector, known)]
        return f"{','.join(selectors)}{rule[2]}" if selectors else ""

    return _PLAIN_RULE.sub(spelled, str(rcssmin.cssmin(own)))


def _of_languages(selector: str, words: frozenset[str]) -> list[str]:
    """Return the selector once for each language that it means and that pages name."""
    if any(f'[data-script="{script}"]' not in words for script in _SCRIPT_OF_PAGE.findall(selector)):
        return []
    asked = _SCRIPTS.search(selector)
    if not asked:
        return [selector]
    scripts = {script.strip() for script in asked[1].split(",")}
    tags = sorted(word[len(":lang(") : -1] for word in words if word.startswith(":lang("))
    return [selector.replace(asked[0], f":lang({tag})") for tag in tags if _script(tag) in scripts]


@cache
def _script(tag: str) -> str:
    """Return the script of a language, such as "Arab"; empty if `tag` is not a language."""
    try:
        return Locale.of(tag.replace("-", "_")).script
    except ValueError:
        return ""


def cut(css: str, words: Iterable[str], more: str = "") -> str:
    """Return `css` without rules that cannot match a page whose vocabulary is `words`, and without unused variables.

    more: another sheet that is used with this one; variables that it reads stay.
    """
    known = frozenset(words)
    kept = [rule for rule in (_matching(rule, known) for rule in _parsed(css)) if rule]
    needed = set(_USED_VARIABLE.findall(more))
    while True:
        text = "".join(_written(rule, needed) for rule in kept)
        found = needed | set(_USED_VARIABLE.findall(text))
        if found == needed:
            return text
        # Variables that are needed now may read other variables.
        needed = found


@cache
def _parsed(css: str) -> tuple[_Rule | _Block, ...]:
    """Return the rules of a sheet. Those of Material's, which is long, are kept: parsing takes a tenth of a second."""

    def rules() -> tuple[_Rule | _Block, ...]:
        return tuple(_rules(parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))

    if css != material_sheet():
        return rules()
    path, key = machine.kept.FOLDER / "material", digest(css, Path(__file__).read_bytes(), tinycss2.__version__)
    found: tuple[_Rule | _Block, ...] | None = machine.kept.get(path, key)
    if found is None:
        found = rules()
        machine.kept.put(path, key, found)
    return found


def _rules(nodes: Iterable[Node]) -> Iterator[_Rule | _Block]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            yield _Rule(tuple(_split(serialize(node.prelude))), tuple(_declarations(node.content)))
        elif isinstance(node, AtRule) and node.lower_at_keyword in ("media", "supports"):
            inner = parse_rule_list(node.content or [], skip_comments=True, skip_whitespace=True)
            yield _Block(f"@{node.lower_at_keyword}{serialize(node.prelude)}", tuple(_rules(inner)))
        elif isinstance(node, AtRule) and node.lower_at_keyword == "page":
            yield _Rule((f"@page{serialize(node.prelude)}",), tuple(_declarations(node.content or [])))
        # Other blocks serve features that pages do not have: @font-face loads fonts, @keyframes animates.


def _split(prelude: str) -> list[str]:
    """Return the selectors of a list. A comma in brackets does not separate selectors."""
    return [selector.strip() for selector in re.split(r",(?![^(]*\))", prelude)]


def _declarations(content: list[Node]) -> Iterator[tuple[str, str]]:
    for node in parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if not isinstance(node, Declaration):
            continue
        value = serialize(node.value).strip()
        if "url(" in value or "mask" in node.name or node.name.startswith(_NOT_KEPT):
            continue
        # Remove the line breaks that `prettier` put into long values.
        value = re.sub(r"\s*\n\s*", "", value) + ("!important" if node.important else "")
        yield node.name, f"{node.name}:{value}"


def _matching(rule: _Rule | _Block, words: frozenset[str]) -> _Rule | _Block | None:
    """Return the part of a rule that can match a page whose vocabulary is `words`; None if nothing can."""
    if isinstance(rule, _Block):
        inner = tuple(found for found in (_matching(one, words) for one in rule.rules) if found)
        return _Block(rule.prelude, inner) if inner else None
    selectors = tuple(selector for selector in rule.selectors if _can_match(selector, words))
    return _Rule(selectors, rule.declarations) if selectors and rule.declarations else None


@cache
def _names(selector: str) -> tuple[str, ...]:
    """Return the names that a page must contain to match a selector.

    Names in `:not(…)` and in strings do not count, and neither do languages, which `for_scripts` has chosen.
    """
    plain = re.sub(r'"[^"]*"|=[^\]]*|:(?:not|lang)\([^)]*\)', "", selector)
    return tuple(_NAME.findall(plain))


def _can_match(selector: str, words: frozenset[str]) -> bool:
    return selector.startswith("@page") or all(
        (name.startswith(":") and not name.startswith(_OTHERS)) or name in words for name in _names(selector)
    )


def _written(rule: _Rule | _Block, variables: set[str]) -> str:
    """Return a rule as text. Of the variables that it defines, only those in `variables` stay."""
    if isinstance(rule, _Block):
        inner = "".join(_written(one, variables) for one in rule.rules)
        return f"{rule.prelude}{{{inner}}}" if inner else ""
    declarations = [text for name, text in rule.declarations if not name.startswith("--") or name in variables]
    return f"{','.join(rule.selectors)}{{{';'.join(declarations)}}}" if declarations else ""
