"""Extract the English words of guides, macros, nav and theme as messages for catalogs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir
from jinja2 import TemplateSyntaxError

from i18n import nav
from i18n.guides import Guide, GuideError
from i18n.merge import Message

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def of_guide(guide: Guide) -> list[Message]:
    """Return the messages of a guide: the front matter first, then the blocks in reading order."""
    return [
        Message(
            unit.msgid,
            places=(place,),
            comments=(unit.kind, *unit.notes, *_link_comments(unit.links)),
        )
        for unit, place in zip(guide.units, guide.places, strict=True)
    ]


def _link_comments(links: tuple[str, ...]) -> Iterator[str]:
    """Yield a comment for each numbered link that says where it leads, so that a translator can choose words for it."""
    for number, target in enumerate(links, 1):
        yield f"({number}) = {target.strip('()[]').split(' ')[0]}"


def of_site(root: Path, config: dict[str, Any]) -> list[Message]:
    """Return the messages of the site: its name and nav from mkdocs.yml, then the templates that pyproject.toml maps.

    Raises GuideError for a nav or a template that cannot be read.
    """
    messages = [
        Message(str(config[name]), "site", places=("mkdocs.yml",), comments=(name.replace("_", " "),))
        for name in ("site_name", "site_description")
        if config.get(name)
    ]
    messages += [
        Message(title, "nav", places=("mkdocs.yml",), comments=(kind,)) for title, kind in nav.words(config.get("nav"))
    ]
    with (root / "pyproject.toml").open("rb") as file:
        mappings = tomllib.load(file)["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {
        mapping["pattern"]: {name: str(value) for name, value in mapping.items() if name not in ("pattern", "method")}
        for mapping in mappings
    }
    for path, _, words, comments, context in sorted(_templates(root, methods, options), key=lambda found: found[:2]):
        one, plural = words[:2] if isinstance(words, tuple) else (words, None)
        messages.append(Message(one, context, plural, (Path(path).as_posix(),), tuple(comments)))
    return messages


def _templates(root: Path, methods: list[tuple[str, str]], options: dict[str, dict[str, str]]) -> list[Any]:
    reading = [""]

    def note(path: str, *_: Any) -> None:
        reading.append(path)

    try:
        return list(
            extract_from_dir(
                root, methods, options, KEYWORDS, ("Translators:",), callback=note, strip_comment_tags=True
            )
        )
    except TemplateSyntaxError as error:
        path = (root / reading[-1]).as_posix()
        raise GuideError(f"{path}:{error.lineno}: {error.message} Correct the template.") from None
    except (OSError, ValueError) as error:
        path = (root / reading[-1]).as_posix()
        raise GuideError(
            f"{path}: the words of this file cannot be read: {error}. Save it again with the encoding UTF-8."
        ) from None
