"""Each page has one plain link to the same page in each other language.

The link is written in that language and script, and marked as such for browsers and screen readers. There is no
drop-down list, and no page sends its reader to another language.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from checks import Project
from generator.built_site import BuiltPage, BuiltSite, elements
from generator.facing import FOLDER
from generator.site import ENGLISH
from i18n.locales import Locale


def check(project: Project) -> Iterator[str]:
    site = project.site
    for page in site.pages:
        if page.moved_to is not None:
            target = site.target(page, page.moved_to)
            if target is None or target.relative_to(site.folder).parts[0] != page.url.partition("/")[0]:
                yield f"{page.path}:1: this page sends its reader to {page.moved_to}. Stay in the same language."
            continue
        for element in elements(page):
            if element.tag == "select":
                yield f"{page.at(element)}: this is a drop-down list. Write plain links."
        yield from _links(site, page)


def _links(site: BuiltSite, page: BuiltPage) -> Iterator[str]:
    listed = page.tree.xpath("//*[contains(concat(' ', normalize-space(@class), ' '), ' languages ')]//a")
    below = page.url.partition("/")[2] if page.locale else ""
    # The page with the English beside a translation has no twin in English, only its guide.
    guide = below.removesuffix(f"{FOLDER}/")
    for locale in site.locales:
        if locale == page.locale:
            continue
        links = [link for link in listed if link.get("hreflang") == locale.tag]
        if len(links) != 1:
            yield f"{page.path}:1: {len(links)} links in .languages lead to {locale.tag}. Write one, with hreflang."
            continue
        wanted = site.folder / locale.tag / (guide if locale == ENGLISH else below) / "index.html"
        if not wanted.exists():
            yield f"{page.at(links[0])}: {wanted}, the page for the link to {locale.tag}, is missing. Make the page."
        elif site.target(page, links[0].get("href", "").partition("#")[0]) != wanted:
            address = links[0].get("href")
            yield f"{page.at(links[0])}: the link to {locale.tag} leads to {address}. Point it at {wanted}."
        yield from _words(page, links[0], locale)


def _words(page: BuiltPage, link: html.HtmlElement, locale: Locale) -> Iterator[str]:
    text = link.text_content().strip()
    if locale.own_name not in text:
        yield f'{page.at(link)}: the link to {locale.tag} says "{text}". Write {locale.own_name}, its own name.'
    for name, value in (("lang", locale.tag), ("dir", locale.direction)):
        holder = next((one for one in (link, *link.iterancestors()) if one.get(name) is not None), None)
        if holder is None or holder.get(name) != value:
            yield f'{page.at(link)}: the link to {locale.tag} is not marked {name}="{value}". Mark it.'
