"""Read which guide has which role: `extra.roles` of mkdocs.yml. A feature whose role is not given is absent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any


class RolesError(ValueError):
    """An invalid `extra.roles`. The message names the file and says what to do."""


@dataclass(frozen=True)
class Roles:
    """The guide that has each role, as its slug; empty for a role that is not given.

    search: contains the search.
    feed: the page of changes, which is also published as an Atom feed.
    sources: the page that says what the site rests on. Every page links to it.
    glossary: explains terms.
    downloads: lists the packs.
    questions: contains the decision tree.
    steps: the guides that follow each other. Each says which step it is.
    emergency: the guides that readers need first, in reading order.
    alone: the guides whose pages are complete alone, as one file.
    """

    search: str = ""
    feed: str = ""
    sources: str = ""
    glossary: str = ""
    downloads: str = ""
    questions: str = ""
    steps: tuple[str, ...] = ()
    emergency: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Any) -> Roles:
        """Read `extra.roles`. values: its content; None if mkdocs.yml does not have it. Raises RolesError."""
        if values is None:
            return cls()
        known = [field.name for field in fields(cls)]
        if not isinstance(values, Mapping):
            raise RolesError(f"mkdocs.yml: extra.roles is not a list of roles. Use any of {', '.join(known)}.")
        given: dict[str, Any] = {}
        for name, value in values.items():
            if name not in known:
                raise RolesError(f'mkdocs.yml: "{name}" is not a role. Use any of {", ".join(known)}.')
            if isinstance(getattr(cls, name), tuple):
                if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
                    raise RolesError(f"mkdocs.yml: the role {name} is not a list of guides. Write [index, help].")
                given[name] = tuple(value)
            elif isinstance(value, str):
                given[name] = value
            else:
                raise RolesError(f"mkdocs.yml: the role {name} is not the name of a guide. Write one, such as index.")
        return cls(**given)

    def missing(self, slugs: Collection[str]) -> list[str]:
        """Return a sentence for each role whose guide is missing. slugs: the slugs of all guides."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        wanted = [
            (name, slug) for name, value in given.items() for slug in ([value] if isinstance(value, str) else value)
        ]
        return [
            f"mkdocs.yml: the role {name} needs guides/{slug}.md, which is missing. "
            "Write that guide, or remove the role."
            for name, slug in wanted
            if slug and slug not in slugs
        ]


NONE = Roles()
