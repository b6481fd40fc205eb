"""MkDocs calls us here, in build order. What happens is in i18n/ and macros/; this file only hands over.

With publish.py the only `import mkdocs`: another builder would replace these two files.
"""

from __future__ import annotations

import html
import logging
import os
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import rjsmin  # type: ignore[import-untyped]  # it has no types
from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import (
    Page,
    # What MkDocs registers on the Markdown instance that it makes anew for each page. Ours is made once.
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url, write_file

from generator import search as search_index
from generator import style
from generator.edition import Edition, Library, editions, landmarks, phrase, standings
from generator.feed import Feed, atom, entries
from generator.macros import FOLDER as MACROS
from generator.macros import MacroExtension, Macros, missing
from generator.policy import hashed, policy
from generator.values import ValuesError
from generator.values import load as load_values
from i18n import guides, handwritten, nav
from i18n.guides import Guide, GuideError
from i18n.handwritten import Unreadable
from i18n.locales import Locale
from i18n.markdown import SOURCE_LANGUAGE
from i18n.words import Words

ROOT = Path(os.path.relpath(Path(__file__).parent))
"""As short as it can be: messages show it."""
SEARCH_PAGE = "search"
"""The guide with the search, and the folder of theme/ with its scripts: they are found beside the page."""
UPDATES = "updates"
"""The guide that is a feed too, `updates.xml`."""
LOCALES, DATA, COMPILED = ROOT / "locales", ROOT / "data", ROOT / ".cache" / "templates"

log = logging.getLogger("mkdocs.hooks")

_serving = False


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    try:
        locale = Locale.of(config.extra["locale"])
        values = load_values(DATA)
    except (ValueError, ValuesError) as error:
        raise PluginError(str(error)) from None
    if onion := config.extra.get("onion"):
        if not re.fullmatch(r"https?://[a-z2-7]{56}\.onion(/[^\"<>]*)?", onion):
            raise PluginError(f'ONION_URL is "{onion}". Write the whole address of the onion service: http://….onion/')
        config.extra["onion"] = onion.rstrip("/") + "/"
    languages, _ = editions(LOCALES)
    if locale.is_pseudo:
        languages.append(locale)
    if locale not in languages:
        raise PluginError(f"There is no {LOCALES / locale.name}. Begin it with: python -m i18n new {locale.name}")
    edition = Edition(locale, LOCALES, values.get("languages"))
    config.extra |= {"edition": edition, "languages": languages, "values": values, "macros": {}, "vocabulary": set()}
    config.extra |= {"searched": {}, "broken": set()}
    # Languages whose catalogs cannot be read and whose pages of before are still there.
    menu = [*languages, *config.extra.get("broken_locales", ())]
    config.extra["menu"] = [*menu[:1], *sorted(menu[1:], key=lambda each: (each.is_pseudo, each.name))]
    if not _serving:
        config.site_dir = str(Path(config.site_dir) / locale.tag)
    if config.site_url:
        config.site_url = f"{config.site_url.rstrip('/')}/{locale.tag}/"
    config.site_name = edition.words.pgettext("site", config.site_name)
    config.site_description = edition.words.pgettext("site", config.site_description or "")
    # The root of the site has one 404 page for all languages, which publish.py writes.
    config.theme.static_templates = set()
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    edition: Edition = config.extra["edition"]
    library, _, _ = _library(config)
    for file in files.documentation_pages():
        path = Path(os.path.relpath(file.abs_src_path or ""))
        try:
            if sentence := guides.misplaced(file.src_uri):
                raise GuideError(f"{path}: {sentence}")
            guide = library.guide(path)
        except GuideError as error:
            # The other guides are built all the same; the exit status says that this one was not. It stays known, so
            # that nothing is said of the links to it.
            log.warning(str(error))
            file.inclusion = InclusionLevel.EXCLUDED
            config.nav = _without(config.nav, file.src_uri)
            config.extra["broken"].add(path.stem)
            continue
        edition.add(guide)
        GuidePage(guide, file, config)
    for sentence in guides.folders(Path(os.path.relpath(config.docs_dir))):
        log.warning(sentence)
    for file in list(files):
        # Material's bundle, search and pictures; and what is no file of a page: style.css is made of site.css, the root
        # of the site is publish.py's: theme/root/, and MkDocs's sitemap of one language.
        if file.src_uri.startswith(("assets/", "root/", "serve/")) or file.src_uri in ("site.css", "sitemap.xml"):
            files.remove(file)
        elif re.fullmatch(rf"{SEARCH_PAGE}/\w+\.js", file.src_uri):
            files.remove(file)
            script = Path(file.abs_src_path or "").read_text(encoding="utf-8")
            files.append(File.generated(config, file.src_uri, content=_small(script)))
        elif file.inclusion is not InclusionLevel.EXCLUDED and file.abs_src_path:
            path = Path(os.path.relpath(file.abs_src_path))
            try:
                handwritten.size(path)
            except Unreadable as error:
                log.warning(f"{path}{error}")
                files.remove(file)
    if files.get_file_from_path(f"{UPDATES}.md"):
        # Here already, so that a guide can link to it; what is in it is known once the page is.
        files.append(File.generated(config, f"{UPDATES}.xml", content=""))
    return files


def _without(nav: Any, page: str) -> Any:
    """The nav of mkdocs.yml without one page."""
    if isinstance(nav, list):
        kept = (item for item in nav if item != page and not (isinstance(item, dict) and [*item.values()] == [page]))
        return [_without(item, page) for item in kept]
    if isinstance(nav, dict):
        return {title: _without(item, page) for title, item in nav.items()}
    return nav


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    words = config.extra["edition"].words

    def translate(items: list[Any]) -> None:
        for item in items:
            if isinstance(item, Section):
                item.title = words.pgettext("nav", item.title)
                translate(item.children)
            elif isinstance(item, Link):
                item.title = words.pgettext("nav", item.title) if item.title else html.escape(item.url)

    translate(nav.items)
    # Before pages are rendered: it uses the same Markdown.
    _, extension, _ = _library(config)
    extension.lang, extension.link = SOURCE_LANGUAGE, None
    extension.speak = _speaker(config)
    config.extra["landmarks"] = landmarks(config.extra["edition"])
    # Each page says it again, of its own calls.
    extension.faults.clear()
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    words = config.extra["edition"].words
    # Templates compiled once, not once a language and build.
    COMPILED.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(COMPILED))
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
    )
    edition: Edition = config.extra["edition"]
    languages = config.extra["values"].get("languages") or {}
    env.globals |= {
        "edition": edition,
        "policy": policy,
        "policy_of": _policy_of,
        "leave": (languages.get(edition.locale.name) or {}).get("leave", "about:blank"),
    }
    env.globals |= _macros(config, edition.locale).formats
    for file in _moved(env, config, files):
        files.append(file)
    _fill_feed(config, files)
    return env


def _fill_feed(config: MkDocsConfig, files: Files) -> None:
    source, file = files.get_file_from_path(f"{UPDATES}.md"), files.get_file_from_path(f"{UPDATES}.xml")
    if not source or not source.page or not file:
        return
    site = config.site_url or ""
    page = f"{site}{source.page.url}"
    edition: Edition = config.extra["edition"]
    title, name = (html.unescape(words) for words in (str(source.page.title), config.site_name))
    made = Feed(edition.locale.tag, name, title, page, f"{site}{file.url}", entries(source.page.content or "", page))
    file.content_string = atom(made)


def _moved(env: Environment, config: MkDocsConfig, files: Files) -> Iterator[File]:
    """A page at each old address of a guide. Its place is free: a living page is never written over."""
    edition: Edition = config.extra["edition"]
    targets, faults = guides.moved(edition.guides)
    edition.faults += faults
    for old, guide in targets.items():
        file = File.generated(config, f"{old}/index.html", content="")
        target = files.get_file_from_path(f"{guide.slug}.md")
        if target is None:
            continue
        if files.get_file_from_path(file.src_uri) or any(each.dest_uri == file.dest_uri for each in files):
            edition.faults.append(f"{guide.path}: the old address {old} is taken by a page of the site. Remove it.")
            continue
        values = {
            "address": get_relative_url(target.url, f"{old}/"),
            "canonical": config.site_url and f"{config.site_url}{'' if target.url == './' else target.url}",
            # MkDocs's templates write everything as it is.
            "title": html.escape(edition.meta(guide).get("title", guide.slug), quote=False),
            "is_english": edition.is_english_in(guide, "title"),
        }
        yield File.generated(config, file.src_uri, content=env.get_template("moved.html").render(values))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    edition: Edition = config.extra["edition"]
    path = "" if page.url == "./" else page.url
    up = "../" * (path.count("/") + 1)
    # Headings that stay in English say so where they are repeated.
    context["english_headings"] = edition.english_anchors(page.guide) if isinstance(page, GuidePage) else set()
    context["coverage"] = edition.coverage.get(Path(page.file.src_uri).stem)
    context["languages"] = [
        {"locale": locale, "url": f"{up}{locale.tag}/{path}", "here": locale == edition.locale}
        for locale in config.extra["menu"]
    ]
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    config.extra["vocabulary"] |= style.vocabulary(output)
    return _INDENTED.sub(lambda found: found[1] or "\n", output)


_INDENTED = re.compile(r"(<(pre|script)\b.*?</\2>)|[ \t]*\n[ \t\n]*", re.DOTALL)
"""What templates leave around the ends of lines: the list of sources would be too heavy with it. Code stays."""


def on_post_build(config: MkDocsConfig) -> None:
    material = style.material_sheet(Path(config.theme.dirs[1]))
    sheet = style.sheet(material, style.own_sheet(MACROS), config.extra["vocabulary"])
    Path(config.site_dir, "style.css").write_text(sheet, encoding="utf-8")
    searched: dict[str, search_index.Entry] = config.extra["searched"]
    script = search_index.script((searched[slug] for slug in sorted(searched)), config.extra["edition"].locale.tag)
    write_file(script.encode(), str(Path(config.site_dir, SEARCH_PAGE, "pages.js")))
    for fault in config.extra["edition"].faults:
        log.warning(fault)


_MENDED = {
    # As `pymdownx.tasklist` writes it. Nobody can use it on a page, so it is no control: the style draws a mark.
    '<input type="checkbox" disabled/> ': "",
    # The corner of a table heads nothing: an empty cell, and not a heading without words.
    "<th></th>": "<td></td>",
    # The search has read it.
    f' {search_index.EXCLUDED}=""': "",
    f" {search_index.EXCLUDED}": "",
}
"""What a rendered page has, and what a reader gets."""


class GuidePage(Page):
    """A page whose Markdown was parsed before: MkDocs asks it to read and to render."""

    def __init__(self, guide: Guide, file: File, config: MkDocsConfig) -> None:
        self.guide = guide
        super().__init__(None, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        edition: Edition = config.extra["edition"]
        self.markdown = self.guide.text
        # MkDocs's templates write these into pages as they are.
        meta = {name: html.escape(words, quote=False) for name, words in edition.meta(self.guide).items()}
        self.has_english_title = edition.is_english_in(self.guide, "title")
        # Nothing else that a writer may have written there: MkDocs would take `template` for the name of a file.
        days: dict[str, Any] = {
            name: self.guide.meta[name] for name in ("reviewed", "recheck") if name in self.guide.meta
        }
        self.meta = {**days, **meta, "description": meta.get("summary", "").replace('"', "&quot;")}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        md = self.guide.md
        anchors = _ExtractAnchorsTreeprocessor(self.file, files, config)
        paths = _RelativePathTreeprocessor(self.file, files, config)
        title = _ExtractTitleTreeprocessor()
        for processor in (anchors, paths, title):
            processor._register(md)

        edition: Edition = config.extra["edition"]

        def link(guide: str, anchor: str) -> str:
            target = files.get_file_from_path(f"{guide}.md")
            # A guide that cannot be read is said once, and not again by each page that leads to it.
            if target is None and guide not in config.extra["broken"]:
                raise missing(guide)
            url = target.url if target else f"{guide}/"
            address = "" if target is self.file else get_relative_url(url, self.file.url)
            return f"{address}#{anchor}" if anchor else address

        _, extension, index = _library(config)
        extension.lang, extension.link = edition.locale.tag, link
        extension.speak = _speaker(config)
        self.content = edition.render(self.guide)
        for made, mended in _MENDED.items():
            self.content = self.content.replace(made, mended)
        if self.guide.slug != SEARCH_PAGE:
            config.extra["searched"][self.guide.slug] = _entry(edition, self.guide, self.url, index.parts)
        for call, sentence in extension.faults:
            edition.faults.append(f"{self.guide.path}:{self.guide.line_of(call)}: {sentence}")
        extension.faults.clear()
        self.toc = get_toc(getattr(md, "toc_tokens", []))
        self._title_from_render = title.title
        self.present_anchor_ids = anchors.present_anchor_ids
        # The way back of a footnote that nothing refers to: a check names the footnote.
        self.links_to_anchors = {
            target: {anchor: link for anchor, link in anchors_.items() if not anchor.startswith("fnref:")}
            for target, anchors_ in paths.links_to_anchors.items()
        }


_libraries: dict[str, tuple[Library, MacroExtension, search_index.SearchIndex]] = {}


def _library(config: MkDocsConfig) -> tuple[Library, MacroExtension, search_index.SearchIndex]:
    """The guides of this process, parsed with the Markdown that mkdocs.yml asks for."""
    key = repr((config.markdown_extensions, config.mdx_configs))
    if key not in _libraries:
        extension, index = MacroExtension(), search_index.SearchIndexExtension()
        configured = [{name: config.mdx_configs.get(name)} for name in config.markdown_extensions]
        _libraries[key] = Library(guides.markdown(configured, extension, index)), extension, index.index
    return _libraries[key]


def _speaker(config: MkDocsConfig) -> Callable[[str], Macros]:
    """For a language tag, the macros that speak it."""
    return lambda tag: _macros(config, Locale.of(tag.replace("-", "_")))


def _macros(config: MkDocsConfig, locale: Locale) -> Macros:
    """The macros that speak `locale`; in a page, that is its own language or English."""
    edition: Edition = config.extra["edition"]
    spoken: dict[str, Macros] = config.extra["macros"]
    if locale.name not in spoken:
        words = edition.words if locale == edition.locale else Words()
        spoken[locale.name] = Macros(
            config.extra["values"],
            words,
            locale.name,
            [guide.text for guide in edition.guides],
            translations=lambda: standings(
                edition.guides, config.extra["languages"], LOCALES, config.extra["values"].get("languages")
            ),
            cldr=str(locale.cldr),
            sections=lambda: _sections(config),
            landmarks=lambda: config.extra["landmarks"],
            phrase=partial(phrase, edition, locale),
        )
    return spoken[locale.name]


def _sections(config: MkDocsConfig) -> list[dict[str, Any]]:
    """The nav, for a macro: each section with its guides, in the language of the page."""
    edition: Edition = config.extra["edition"]
    found = {guide.slug: guide for guide in edition.guides}
    return [
        {
            # Unescaped: the macro's template escapes.
            "title": title and html.unescape(edition.words.pgettext("nav", title)),
            "pages": [
                {
                    "guide": slug,
                    "title": edition.meta(found[slug]).get("title", slug),
                    "is_english": edition.is_english_in(found[slug], "title"),
                }
                for slug in slugs
            ],
        }
        for title, slugs in nav.guides(config.nav, found)
    ]


def _entry(edition: Edition, guide: Guide, url: str, parts: list[search_index.Part]) -> search_index.Entry:
    """A page, for the search."""
    title = guide.meta_units.get("title")
    words, is_translated = edition.wording(guide, title) if title else (guide.slug, False)
    language = edition.locale.tag if is_translated else SOURCE_LANGUAGE
    return search_index.Entry(
        url.removeprefix("./"), search_index.Words(words, language), edition.searched(guide), parts
    )


@cache
def _small(script: str) -> str:
    """A script without its comments and spaces."""
    return str(rjsmin.jsmin(script))


def _policy_of(script: str, content: str) -> str:
    """A page loads its own style and pictures, the script inside it, and those of its site that `content` names."""
    inside = re.fullmatch(r"\s*<script>(.*)</script>\s*", script, re.DOTALL)
    assert inside, "theme/partials/script.html is one script element"
    own = "'self' " if "<script src" in content else ""
    return policy(script=f"{own}{hashed(inside[1])}", style="'self'", img="'self' data:")
