"""Rewrite pages for copies: for a folder on a disk, and as parts of one file. Nothing here reads or writes files."""

from __future__ import annotations

import copy
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from generator import facing
from packs.page import Page

LIST = "macro-packs"
"""The class of the element that lists the packs."""

WAYS = ".//span[@class='notice__ways']"
"""An XPath expression for what leads from a page to its English: a copy cannot lead there."""

SOURCE = "copy-source-"
"""The beginning of the ids of sources in one file."""

_LIST = re.compile(rf'(<div class="{LIST}">).*?(</div>)', re.DOTALL)
_SPACE = re.compile(r"[ \t\n]+")

Resolve = Callable[[str], str | None]
"""Returns the address that a link has in the copy; None if the copy cannot lead there."""


def with_list(text: str, listing: str) -> str:
    """Return a page with `listing` (HTML without a div) in the place for the list of packs; unchanged without one."""
    return _LIST.sub(lambda found: f"{found[1]}{listing}{found[2]}", text)


def is_facing(path: str) -> bool:
    """Return whether a file of a language is a page with its English beside it, or belongs to these pages alone."""
    return posixpath.basename(posixpath.dirname(path)) == facing.FOLDER or path == f"{facing.FOLDER}.css"


# ── a folder on a disk ───────────────────────────────────────────────────────────────────────────────────────────────


def for_disk(tree: HtmlElement, path: str, files: Collection[str], same: Mapping[str, str], up: str, live: str) -> None:
    """Change a page so that it can be read from a disk, where no server opens the index.html of a folder.

    path: the file of the page, relative to the root of the copy.
    files: all files of the copy.
    same: for a file that is left out because another one says the same, that other file.
    up: the folder of the site that the copy is made of, "fr/".
    live: the address of the site; empty if readers cannot reach it.
    """
    for gone in tree.xpath(
        "/html/head/link[@rel='canonical' or @rel='alternate'] | /html/head/meta[@http-equiv or @name='description']"
    ):
        # These have a meaning only on the web. The policy stays.
        if gone.get("http-equiv", "").lower() != "content-security-policy":
            gone.drop_tree()
    if not live:
        for gone in tree.xpath(WAYS):
            gone.drop_tree()

    def resolve(href: str) -> str | None:
        target, anchor = _target(href, path)
        target = same.get(target, target)
        for name in (target, posixpath.join(target, "index.html")):
            if name in files:
                return _relative(name, path) + anchor
        return f"{live}{_in_site(up, target, href)}{anchor}" if live else None

    _retarget(tree, resolve)


def _target(href: str, path: str) -> tuple[str, str]:
    """Return the path of the target of a relative address, relative to the root of the copy, and its anchor."""
    address, hash_, anchor = href.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
    return "" if target == "." else target, hash_ + anchor


def _relative(name: str, path: str) -> str:
    return posixpath.relpath(name, posixpath.dirname(path) or ".")


def _in_site(up: str, target: str, href: str) -> str:
    """Return the same path relative to the root of the site, with a slash at its end if it is a folder."""
    path = posixpath.normpath(posixpath.join(up, target))
    folder = href.partition("#")[0].endswith(("/", "..", "."))
    return ("" if path == "." else path) + ("/" if folder and path != "." else "")


def _retarget(tree: HtmlElement, resolve: Resolve) -> None:
    """Give each link within the site its address in the copy.

    Of a link that leads nowhere in the copy, only the words stay. Of a link to another language, not even those stay,
    because the name of a language is only an invitation to follow the link.
    """
    for link in list(tree.iter("a")):
        href = link.get("href", "")
        if not href or urlsplit(href).scheme or href.startswith("#"):
            continue
        address = resolve(href)
        if address is not None:
            link.set("href", address)
            if urlsplit(address).scheme:
                link.set("rel", "noreferrer")
        elif link.get("hreflang"):
            item = link.getparent()
            (item if item is not None and item.tag == "li" else link).drop_tree()
        elif link.get("lang"):
            link.tag = "span"
            for name in set(link.attrib) - {"lang", "dir"}:
                del link.attrib[name]
        else:
            link.drop_tag()
    for empty in tree.xpath("//nav[@class='languages']/descendant-or-self::*[self::nav or self::details][not(.//a)]"):
        empty.drop_tree()


# ── one file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def shared(pages: Collection[Page]) -> set[str]:
    """Return the ids that more than one page has."""
    counts = Counter(id for page in pages for id in set(page.tree.xpath("//article//@id")))
    return {id for id, count in counts.items() if count > 1}


def article(page: Page, pages: Mapping[str, str], taken: Collection[str], lang: str, direction: str) -> HtmlElement:
    """Return the text of a page as a part of one file: with unique ids, links into the file and no scripts.

    pages: the name of the part ("arrested") of each page in the file, by its path ("arrested/").
    taken: ids that are used more than once, so that a part must put its name before them.
    lang: the tag of the language of the file.
    direction: the direction of the file, "ltr" or "rtl".
    """
    (found,) = page.tree.xpath("//article")
    part: HtmlElement = copy.deepcopy(found)
    part.tail = None
    for gone in part.xpath(
        f".//script | .//*[@hidden] | .//details[@class='contents' or contains(@class, 'earlier')] | {WAYS}"
    ):
        gone.drop_tree()
    name = pages[page.path]

    def resolve(href: str) -> str | None:
        target, anchor = _target(href, f"{page.path}index.html")
        path = f"{target}/" if target and target != "index.html" else ""
        if target == f"{page.path}index.html":
            path = page.path
        if path not in pages:
            return None
        return f"#{own(pages[path], anchor[1:])}" if anchor[1:] else f"#{pages[path]}"

    def own(part_name: str, anchor: str) -> str:
        return f"{part_name}--{anchor}" if anchor in taken else anchor

    for element in part.iter():
        if not isinstance(element.tag, str):
            continue
        # A copy in one file has no search.
        element.attrib.pop("data-search-exclude", None)
        for attribute in ("id", "for", "name"):
            if value := element.get(attribute):
                element.set(attribute, own(name, value))
        for attribute in ("aria-labelledby", "aria-describedby", "headers"):
            if value := element.get(attribute):
                element.set(attribute, " ".join(own(name, each) for each in value.split()))
        href = element.get("href")
        if href == "":
            element.set("href", f"#{name}")
        elif href and href.startswith("#"):
            element.set("href", f"#{own(name, href[1:])}")
    _retarget(part, resolve)
    part.set("id", name)
    _say_once(part, lang, direction)
    _squeeze(part)
    return part


def sources_once(parts: Collection[HtmlElement]) -> None:
    """Keep the title of a source where it is listed first. Later lists lead there: a third of the file was titles."""
    first: dict[str, str] = {}
    for item in (item for part in parts for item in part.xpath(".//section[@class='macro-references']/ul/li[span]")):
        # After the title, words without a translation are in a span too.
        (name,), (title, *rest) = item.xpath("./b"), item.xpath("./span")
        words = title.text_content()
        if words not in first:
            first[words] = f"{SOURCE}{len(first) + 1}"
            item.set("id", first[words])
            continue
        for gone in (title, *rest):
            item.remove(gone)
        name.tail = " "
        link = name.makeelement("a", {"href": f"#{first[words]}"})
        link.text, name.text = name.text, None
        link.extend(list(name))
        name.append(link)


def _say_once(element: HtmlElement, lang: str, direction: str) -> None:
    """Remove `lang` and `dir` where they only repeat those of the parent element: a file has thousands of them."""
    if element.get("lang") == lang:
        del element.attrib["lang"]
    # Without `dir`, a `bdi` takes the direction of its first letter. So in a right-to-left text, its `dir` stays.
    if element.get("dir") == direction and (element.tag != "bdi" or direction == "ltr"):
        del element.attrib["dir"]
    lang, direction = element.get("lang", lang), element.get("dir", direction)
    for child in element:
        _say_once(child, lang, direction)


def _squeeze(tree: HtmlElement) -> None:
    """Reduce the spaces and line breaks that templates leave between blocks to one space."""
    for element in tree.iter():
        if element.tag == "pre":
            continue
        if element.text:
            element.text = _SPACE.sub(" ", element.text)
        if element.tail:
            element.tail = _SPACE.sub(" ", element.tail)


def without_unused_classes(parts: Collection[HtmlElement], sheet: str) -> None:
    """Remove the classes that the style sheet does not name."""
    named = set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", sheet))
    for part in parts:
        for element in part.xpath(".//*[@class]"):
            kept = [name for name in element.get("class").split() if name in named]
            if kept:
                element.set("class", " ".join(kept))
            else:
                del element.attrib["class"]


def without_unused_ids(parts: Collection[HtmlElement]) -> None:
    """Remove the ids that nothing in the file refers to. The id of a part itself stays."""
    used = set()
    for part in parts:
        for element in part.iter():
            used.add(element.get("href", "")[1:])
            used |= {element.get("for", "")}
            for attribute in ("aria-labelledby", "aria-describedby", "headers"):
                used |= set(element.get(attribute, "").split())
    for part in parts:
        for element in part.iter():
            if element is not part and element.get("id") and element.get("id") not in used:
                del element.attrib["id"]
