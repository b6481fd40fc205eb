"""The first element in the head of each page is a Content-Security-Policy that allows only what the site needs.

The default is `'none'`; forms, <base> and objects are forbidden; scripts and styles come from the site or have their
hash in the policy. No page has style or script that its policy would refuse. <https://www.w3.org/TR/CSP3/>
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from checks import Project
from generator.built_site import BuiltPage, elements

_NONE = ("default-src", "base-uri", "form-action", "object-src")

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
        yield from _inline(page, place, policy.get("script-src", []))


def _is_narrow(name: str, value: str) -> bool:
    if value in ("'none'", "'self'") or value.startswith("'sha"):
        return True
    # A picture inside the page causes no request.
    return name == "img-src" and value == "data:"


def _inline(page: BuiltPage, place: str, allowed: list[str]) -> Iterator[str]:
    """Yield findings about style and script inside the page, which need a hash or are forbidden."""
    hashes = set()
    for element in elements(page):
        if element.tag == "script" and element.get("src") is None and element.get("type", "") in _SCRIPT_TYPES:
            found = hashlib.sha256((element.text or "").encode()).digest()
            hashes.add(f"'sha256-{base64.b64encode(found).decode()}'")
            if not hashes <= set(allowed):
                yield f"{page.at(element)}: the policy lacks the hash of this script. Add it when the page is built."
        elif element.tag == "style":
            yield f"{page.at(element)}: this style is inside the page. Put it into a style sheet."
        for name, value in element.attrib.items():
            if name == "style":
                yield f'{page.at(element)}: <{element.tag} style="{value}">: style in an attribute. Use a class.'
            elif str(name).startswith("on"):
                yield f"{page.at(element)}: <{element.tag} {name}>: script in an attribute. Add a listener in a script."
            elif str(value).lstrip().lower().startswith("javascript:"):
                yield f"{page.at(element)}: <{element.tag} {name}> is a script. Write a plain address."
    for extra in sorted(set(allowed) - hashes):
        if extra.startswith("'sha"):
            yield f"{place}: no script of the page has the hash {extra}. Remove it from the policy."
