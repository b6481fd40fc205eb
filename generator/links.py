"""Resolve links between the files of a site: `help.md#steps` in a guide becomes the address of a page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from markdown.util import AMP_SUBSTITUTE

from i18n.guides import SUFFIX

Addresses = Mapping[str, str]
"""The address of each file, relative to the root of a language, by its path in guides/: "help.md" is at "help/"."""

_REFERENCE = "fnref:"
"""The beginning of the anchor that Python-Markdown gives to a reference to a footnote."""


class LinkError(Exception):
    """A link that leads nowhere. The message says what to do, but does not name the place."""


class AddressError(LinkError):
    """A link whose address no program can read."""


@dataclass(frozen=True)
class Link:
    """A link within the site.

    written: the link as it is written in the guide.
    file: the path of its target in guides/.
    anchor: its anchor; empty without one.
    """

    written: str
    file: str
    anchor: str

    @property
    def footnote(self) -> str:
        """The name of the footnote that this link leads back from; empty for any other link."""
        return self.anchor.removeprefix(_REFERENCE) if self.anchor.startswith(_REFERENCE) else ""


def relative(address: str, page: str) -> str:
    """Return the relative link from `page` to `address`, both relative to the root of a language: "../help/"."""
    if "." in page.rpartition("/")[2]:
        page = page.rpartition("/")[0]
    here, there = _parts(page), _parts(address)
    common = next(
        (place for place, (one, other) in enumerate(zip(here, there, strict=False)) if one != other),
        min(len(here), len(there)),
    )
    way = "/".join([".."] * (len(here) - common) + there[common:]) or "."
    return f"{way}/" if address.endswith("/") else way


def _parts(address: str) -> list[str]:
    path = posixpath.normpath(f"/{address.lstrip('/')}")[1:]
    return path.split("/") if path else []


def resolve(written: str, file: str, addresses: Addresses) -> tuple[str, Link | None]:
    """Return the address of a link, and the link itself if it stays within the site. Raises LinkError.

    written: the link as it is written in the guide.
    file: the path of the guide in guides/.
    """
    try:
        scheme, host, path, query, anchor = urlsplit(written)
    except ValueError:
        raise AddressError(f"{written} is not a valid address. Correct the link.") from None
    if scheme or host or AMP_SUBSTITUTE in written:
        return written, None
    if written.startswith(("/", "\\")):
        raise LinkError(f"the link to {written} begins at the root of the host. Write the name of a file: help.md.")
    if not path:
        return written, Link(written, file, unquote(anchor))
    target = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path)))
    if target not in addresses:
        raise LinkError(_missing(target, addresses))
    way = relative(addresses[target], addresses[file])
    return urlunsplit(("", "", way, query, anchor)), Link(written, target, unquote(anchor))


def _missing(target: str, addresses: Addresses) -> str:
    if f"{target}{SUFFIX}" in addresses:
        return f"the link to {target} does not lead to a file. Write {target}{SUFFIX}."
    if target.endswith(SUFFIX):
        return f"there is no guide {target}. Correct the link."
    return f"there is no file {target} in guides/. Correct the link, or add the file."


def lost(link: Link, anchors: Mapping[str, Collection[str]]) -> str:
    """Return a sentence about a link whose anchor does not exist on the target page; empty for any other link.

    anchors: the anchors of each page, by the path of its guide. Targets that are not pages are not checked.
    """
    if not link.anchor or link.file not in anchors or link.anchor in anchors[link.file]:
        return ""
    if link.footnote:
        mark = f"[^{link.footnote}]"
        return f"nothing refers to the footnote {mark}. Write {mark} where it belongs, or remove it."
    return f'{link.file} has no anchor "{link.anchor}". Correct the link, or add {{ #{link.anchor} }} there.'


def onion(address: str) -> str:
    """Return the address of an onion service with a slash at its end, or "" unchanged. Raises ValueError."""
    if address and not re.fullmatch(r"https?://[a-z2-7]{56}\.onion(/[^\"<>]*)?", address):
        raise ValueError(f'ONION_URL is "{address}". Write the whole address of the onion service: http://….onion/')
    return address and address.rstrip("/") + "/"
