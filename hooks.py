"""Pass the events of MkDocs to generator/, in the order of a build. This file decides nothing itself.

Only this file and publish.py import MkDocs, so another builder would replace these two files.
"""

from __future__ import annotations

import logging
import operator
import os
from functools import partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator import alone, built, search, style, templates, view
from generator.edition import Edition
from generator.inputs import now
from generator.links import onion
from generator.roles import Roles
from generator.site import Site, library, of_configuration
from generator.unchanged import Unchanged
from generator.values import ValuesError
from i18n import handwritten
from i18n.guides import SUFFIX, Guide
from i18n.nav import without
from machine import commit

ROOT = Path(os.path.relpath(Path(__file__).parent))
"""The folder of the project, relative to the working directory, because messages show it."""
THEME = ROOT / "theme"

log = logging.getLogger("mkdocs.hooks")

_is_serving = False
_is_dirty = False


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _is_serving, _is_dirty
    _is_serving, _is_dirty = command == "serve", dirty


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    hidden = [config.exclude_docs] if _is_serving else [config.exclude_docs, config.draft_docs]
    try:
        locale = of_configuration(config.extra)
        config.extra["onion"] = onion(str(config.extra.get("onion") or ""))
        site, faults = Site.read(
            ROOT,
            Path(os.path.relpath(config.docs_dir)),
            library(config.markdown_extensions, config.mdx_configs),
            locale,
            config.nav,
            Roles.of(config.extra.get("roles")),
            lambda name: any(each and each.match_file(name) for each in hidden),
            config.use_directory_urls,
            config.extra.get("broken_locales", ()),
            config.extra.get("inputs") or now(ROOT),
        )
    except (ValueError, ValuesError) as error:
        raise PluginError(str(error)) from None
    for fault in faults:
        # Build everything else. The exit status says that something was wrong.
        log.warning(fault)
    edition = config.extra["edition"] = Edition(site, locale)
    if not _is_serving:
        config.site_dir = str(Path(config.site_dir) / locale.tag)
    if config.site_url:
        config.site_url = f"{config.site_url.rstrip('/')}/{locale.tag}/"
    config.site_name = edition.words.pgettext("site", config.site_name)
    config.site_description = edition.words.pgettext("site", config.site_description or "")
    for name in site.unread:
        config.nav = without(config.nav, f"{name}{SUFFIX}")
    # We use only the style sheet of Material, and the root of the site has one 404 page for all languages.
    config.theme.dirs = [folder for folder in config.theme.dirs if Path(folder) != style.MATERIAL]
    config.theme.static_templates = set()
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    edition: Edition = config.extra["edition"]
    site = edition.site
    is_serving = _is_serving or bool(config.extra.get("serving"))
    said = config.site_name, config.site_description, config.site_url, config.extra["onion"], is_serving
    # MkDocs makes every page, unless it was asked to leave out what is there already.
    is_used = bool(config.extra.get("is_keeping"))
    only: str | None = config.extra.get("only")
    before: Path | None = config.extra.get("before")
    unchanged = config.extra["unchanged"] = Unchanged(edition, Path(config.site_dir), said, is_used, only, before)
    unchanged.put()
    known = {f"{guide.slug}{SUFFIX}": guide for guide in site.guides}
    for file in list(files):
        if guide := known.get(file.src_uri):
            GuidePage(guide, file, config)
            if is_used:
                # What has changed is not always the file of the guide.
                file.is_modified = partial(operator.not_, guide.slug in unchanged)  # type: ignore[method-assign]
        elif only:
            files.remove(file)
        elif file.is_documentation_page():
            file.inclusion = InclusionLevel.EXCLUDED
        elif file.src_dir in config.theme.dirs and file.src_uri.startswith(templates.NOT_COPIED):
            files.remove(file)
        elif file.abs_src_path and (fault := handwritten.trouble(Path(os.path.relpath(file.abs_src_path)))):
            log.warning(fault)
            files.remove(file)
    if site.roles.search in site.by_slug and not only:
        for name, script in search.scripts(THEME / "search").items():
            files.append(File.generated(config, f"{site.roles.search}/{name}", content=script))
    return files


class GuidePage(Page):
    """A page of MkDocs that gets its text from a guide, which is parsed already, and its HTML from the engine."""

    def __init__(self, guide: Guide, file: File, config: MkDocsConfig) -> None:
        self.guide = guide
        self.edition: Edition = config.extra["edition"]
        super().__init__(None, file, config)
        # Other pages show these, so they are here even if this page is not made again.
        self.meta = self.edition.front_matter(guide)
        self.title_lang = self.edition.title_lang(guide)
        self.title = self.meta.get("title") or self._heading()
        if guide.slug in self.edition.site.roles.alone:
            self.meta["template"] = "alone.html"

    def _heading(self) -> str:
        contents = self.edition.page(self.guide).contents
        return contents[0].title if contents else self.guide.slug

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = self.guide.text

    def render(self, config: MkDocsConfig, files: Files) -> None:
        page = self.edition.page(self.guide)
        self.content = page.html
        self.toc = page.contents  # type: ignore[assignment]  # it has what templates use of MkDocs' own


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    edition: Edition = config.extra["edition"]
    templates.prepare(env, edition, _is_serving or bool(config.extra.get("serving")))
    taken = {file.dest_uri for file in files}
    unchanged: Unchanged = config.extra["unchanged"]
    env.globals["programs"], unmade = alone.programs(edition, unchanged)
    if unmade:
        unchanged.forget(edition.site.roles.alone)
    if config.extra.get("only"):
        # The rest is made when the page has been shown.
        return env
    made, faults = templates.beside(env, edition, config.site_name, config.site_url or "", taken, unchanged)
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    for fault in [*edition.faults, *edition.page_faults(), *unmade, *faults, *style.changed(style.material_sheet())]:
        log.warning(fault)
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    return context | templates.context(config.extra["edition"], Path(page.file.src_uri).stem, page.url)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return templates.finished(output, config.extra["edition"].locale.tag)


def on_post_build(config: MkDocsConfig) -> None:
    pages = Path(config.site_dir)
    edition: Edition = config.extra["edition"]
    unchanged: Unchanged = config.extra["unchanged"]
    alone.finish(pages, edition, THEME, unchanged)
    if only := config.extra.get("only"):
        if not edition.is_english:
            view.write(pages, edition, THEME / "serve", only)
        return
    for name, sheet in unchanged.sheets(THEME, ROOT / "macros").items():
        (pages / name).write_text(sheet, encoding="utf-8")
    if config.extra.get("serving") and not edition.is_english:
        view.write(pages, edition, THEME / "serve")
    if not _is_serving:
        built.write(pages.parent, built.manifest(edition, config.site_name, config.site_url or "", commit.seconds()))
    # `mkdocs build --dirty` leaves pages as they are that would have changed.
    if edition.kept and not _is_dirty:
        edition.kept.finish(edition.site.by_slug)
