"""A page that is complete alone causes no request, keeps nothing, and can be taken along as one light file.

Its policy allows one script and one style by their hashes, and no connection. Its script has none of the means to send,
keep or run what a reader types. The file to download has the same bytes. At most 90 kB, 30 kB compressed (gzip, level
6); a kB is 1000 bytes.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

from checks import Project
from generator.alone import file_of
from generator.built_site import BuiltPage, elements

WHOLE, COMPRESSED = 90_000, 30_000
"""Limits in bytes."""

_POLICY = re.compile(
    r"default-src 'none'; script-src 'sha256-[^ ;]+'; style-src 'sha256-[^ ;]+'; connect-src 'none'; "
    r"base-uri 'none'; form-action 'none'; object-src 'none'"
)

_LOADING = ("src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest")
"""Attributes whose address a browser requests."""

_MEANS = re.compile(
    r"\b(?:fetch\s*\(|XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon|RTCPeerConnection|Worker\s*\("
    r"|import\s*\(|importScripts|postMessage|BroadcastChannel|pushState|replaceState|showSaveFilePicker|window\.open"
    r"|innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|eval\s*\(|new\s+Function)"
)
"""Ways for a script to send or keep what is typed, to write it into the history, or to read it as HTML."""


def check(project: Project) -> Iterator[str]:
    for page in project.site.alone:
        yield from _weight(page)
        yield from _inside(page)
        twin = page.path.with_name(file_of(page.path.parent.name))
        if not twin.is_file() or twin.read_bytes() != page.path.read_bytes():
            yield f"{twin}:1: this file does not have the bytes of {page.path}. Run: make build"


def _weight(page: BuiltPage) -> Iterator[str]:
    content = page.path.read_bytes()
    for what, weight, limit in (
        ("the page has", len(content), WHOLE),
        ("compressed, the page has", len(gzip.compress(content, 6)), COMPRESSED),
    ):
        if weight > limit:
            yield f"{page.path}:1: {what} {weight} bytes, the limit is {limit}. Shorten its words, style or script."


def _inside(page: BuiltPage) -> Iterator[str]:
    policies = page.tree.xpath("/html/head/meta[@http-equiv='Content-Security-Policy']/@content")
    if len(policies) != 1 or not _POLICY.fullmatch(policies[0]):
        yield f"{page.path}:1: the policy allows more than one script and one style inside the page. Allow only these."
    for element in elements(page):
        for name in _LOADING:
            # An address with data in it causes no request.
            if (address := element.get(name)) is not None and not address.startswith("data:"):
                yield f'{page.at(element)}: <{element.tag} {name}="{address}"> asks for a file. Put it inside the page.'
        if element.tag == "link":
            yield f"{page.at(element)}: <link> names {element.get('href')}. Put it inside the page, or remove it."
        if element.tag == "script":
            for found in _MEANS.findall(element.text or ""):
                yield f"{page.at(element)}: the script uses {found}. What is typed must stay in the page, as text."
