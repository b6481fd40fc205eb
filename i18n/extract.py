"""English words out of guides, macros, nav and theme, as messages for catalogs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir

from i18n.guides import Guide
from i18n.merge import Message

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def of_guide(guide: Guide) -> list[Message]:
    """Front matter first, then the blocks in reading order."""
    return [
        Message(
            unit.msgid,
            places=(place,),
            comments=(unit.kind, *unit.notes, *_link_comments(unit.links)),
        )
        for unit, place in zip(guide.units, guide.places, strict=True)
    ]


def _link_comments(links: tuple[str, ...]) -> Iterator[str]:
    """Where a numbered link goes, so that a translator can choose words for it."""
    for number, target in enumerate(links, 1):
        yield f"({number}) = {target.strip('()[]').split(' ')[0]}"


def of_site(root: Path, config: dict[str, Any]) -> list[Message]:
    """Words of the nav and the site's name from mkdocs.yml, then those of the templates that pyproject.toml maps."""
    messages = [
        Message(str(config[name]), "site", places=("mkdocs.yml",), comments=(name.replace("_", " "),))
        for name in ("site_name", "site_description")
        if config.get(name)
    ]
    messages += [
        Message(title, "nav", places=("mkdocs.yml",), comments=("section of the nav",))
        for title in _sections(config.get("nav", []))
    ]
    with (root / "pyproject.toml").open("rb") as file:
        mappings = tomllib.load(file)["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {
        mapping["pattern"]: {name: str(value) for name, value in mapping.items() if name not in ("pattern", "method")}
        for mapping in mappings
    }
    found = extract_from_dir(root, methods, options, KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True)
    for path, _, words, comments, context in sorted(found, key=lambda message: (message[0], message[1])):
        one, plural = words[:2] if isinstance(words, tuple) else (words, None)
        messages.append(Message(one, context, plural, (Path(path).as_posix(),), tuple(comments)))
    return messages


def _sections(nav: list[Any]) -> Iterator[str]:
    for item in nav:
        if isinstance(item, dict):
            for title, children in item.items():
                if isinstance(children, list):
                    yield title
                    yield from _sections(children)
