"""The first element in the head of each page is a Content-Security-Policy that allows only what the site needs.

The default is `'none'`; forms, <base> and objects are forbidden; scripts and styles come from the site or have their
hash in the policy. No page has style or script that its policy would refuse. <https://www.w3.org/TR/CSP3/>
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping

from checks import Project
from generator.built_site import BuiltPage, elements

_NONE = ("default-src", "base-uri", "form-action", "object-src")

_INSIDE = {
    "script": "Add it when the page is built.",
    "style": "Put it into a style sheet, or add the hash when the page is built.",
}
"""Elements whose text needs its hash in the policy, each with what to do if it has none."""

_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")
"""Types of <script> that a browser runs. Others are blocks of data."""


def check(project: Project) -> Iterator[str]:
    for page in project.site.pages:
        first = next((element for element in page.tree.find("head") if isinstance(element.tag, str)), None)
        if first is None or first.get("http-equiv", "").lower() != "content-security-policy":
            yield f"{page.path}:1: the first element in <head> is not a Content-Security-Policy. Put it there."
            continue
        policy = {
            words[0].lower(): words[1:]
            for directive in first.get("content", "").split(";")
            if (words := directive.split())
        }
        place = page.at(first)
        for name in _NONE:
            if policy.get(name) != ["'none'"]:
                yield f"{place}: the policy lacks {name} 'none'. Add it."
        for name, values in policy.items():
            for value in values:
                if not _is_narrow(name, value):
                    yield f"{place}: the policy allows {name} {value}. Allow only 'self' or a hash."
        yield from _inline(page, place, policy)


def _is_narrow(name: str, value: str) -> bool:
    if value in ("'none'", "'self'") or value.startswith("'sha"):
        return True
    # A picture inside the page causes no request.
    return name == "img-src" and value == "data:"


def _inline(page: BuiltPage, place: str, policy: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield findings about style and script inside the page, which need a hash or are forbidden."""
    allowed = {name: {value for value in policy.get(f"{name}-src", ()) if value.startswith("'sha")} for name in _INSIDE}
    hashes: dict[str, set[str]] = {name: set() for name in _INSIDE}
    for element in elements(page):
        if element.tag in _INSIDE and element.get("src") is None and element.get("type", "") in _SCRIPT_TYPES:
            found = f"'sha256-{base64.b64encode(hashlib.sha256((element.text or '').encode()).digest()).decode()}'"
            hashes[element.tag].add(found)
            if found not in allowed[element.tag]:
                yield f"{page.at(element)}: the policy lacks the hash of this {element.tag}. {_INSIDE[element.tag]}"
        for name, value in element.attrib.items():
            if name == "style":
                yield f'{page.at(element)}: <{element.tag} style="{value}">: style in an attribute. Use a class.'
            elif str(name).startswith("on"):
                yield f"{page.at(element)}: <{element.tag} {name}>: script in an attribute. Add a listener in a script."
            elif str(value).lstrip().lower().startswith("javascript:"):
                yield f"{page.at(element)}: <{element.tag} {name}> is a script. Write a plain address."
    for name, found_hashes in hashes.items():
        for extra in sorted(allowed[name] - found_hashes):
            yield f"{place}: no {name} of the page has the hash {extra}. Remove it from the policy."
