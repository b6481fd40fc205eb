"""Every locale in parallel, then the root of the site; --serve serves it and rebuilds on change.

    python publish.py [LOCALE …] [--serve]
    python publish.py --plan 2 · --part LOCALE … · --assemble      the same on several machines

Exit status: 0 when all is well, 1 when something is wrong (each was said), 130 on Ctrl-C.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import functools
import gc
import json
import logging
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import traceback
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Material's notice of its end of life is known (docs/decisions/0002); it would be said once for each language.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.theme import Theme

import commit
from i18n import parts, pseudo, view
from i18n.catalogs import Locale, path_of
from i18n.coverage import Coverage
from i18n.edition import ENGLISH, Edition, editions, summary
from i18n.language import read_languages
from theme.policy import policy

ROOT = Path(os.path.relpath(Path(__file__).parent))
"""As short as it can be: messages show it."""
LOCALES = ROOT / "locales"
WATCHED = ("guides", "locales", "macros", "data", "theme", "mkdocs.yml")

MAKING = ".making"
"""Where a locale is built until it is whole, below the site's folder."""

INTERRUPTED = 130


@dataclass
class Built:
    """What building one locale gave: what its readers see, and sentences about what is wrong."""

    locale: Locale
    coverage: list[Coverage] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="publish.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("locales", nargs="*", metavar="LOCALE", help="only these, and English; all without")
    parser.add_argument("--serve", action="store_true", help="serve the site on this machine and rebuild on change")
    parser.add_argument("--port", type=int, default=8000)
    apart = parser.add_mutually_exclusive_group()
    apart.add_argument("--plan", type=int, metavar="N", help="print which machine builds what, N languages each")
    apart.add_argument("--part", action="store_true", help="build these languages alone, without the root of the site")
    apart.add_argument("--assemble", action="store_true", help="write the root of a site whose parts are all here")
    given = parser.parse_args(arguments)
    try:
        os.environ["SOURCE_DATE_EPOCH"] = str(commit.seconds())
        found, faults = chosen(given.locales, alone=given.part)
        if given.serve:
            return serve(found, faults, given.port)
        if given.plan is not None:
            print(json.dumps([" ".join(each.name for each in share) for share in parts.shares(found, given.plan)]))
            return _said(faults)
        if given.part:
            return build_part(found, faults)
        if given.assemble:
            return assemble(found, faults)
        with Workers(len(found)) as workers:
            return finish(workers.config, workers.build(found), faults)
    except KeyboardInterrupt:
        say("Stopped. What was not finished is as it was before.")
        return INTERRUPTED
    except (MkDocsException, ValueError, OSError) as error:
        say(str(error))
        return 1


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _said(sentences: Iterable[str]) -> int:
    """Say each sentence once; returns the exit status."""
    once = list(dict.fromkeys(sentences))
    for sentence in once:
        say(sentence)
    return 1 if once else 0


def chosen(names: Sequence[str], alone: bool = False) -> tuple[list[Locale], list[str]]:
    """The locales to build, English first. Raises ValueError for a name that is none of them.

    alone: without English, unless it is named.
    """
    found, faults = editions(LOCALES)
    found += [Locale.of(name) for name in names if name in pseudo.LOCALES]
    for name in names:
        if name not in {locale.name for locale in found}:
            raise ValueError(f"{LOCALES / name}: there is no such folder. Begin it with: python -m i18n new {name}")
    wanted = {*names} if alone else {*names, ENGLISH.name}
    return [locale for locale in found if not names or locale.name in wanted], faults


# ── building ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Warnings(logging.Handler):
    """What MkDocs and its plugins warn of, as sentences."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(record.getMessage())


def configured(locale: Locale, folder: str = "") -> MkDocsConfig:
    """mkdocs.yml for one locale. folder: a folder below the site's own to build in."""
    os.environ["LOCALE"] = locale.name
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.site_dir = str(Path(config.site_dir) / folder)
    config.theme.get_env = lambda: _environment(config.theme)  # type: ignore[method-assign]
    return config


def _environment(theme: Theme) -> Environment:
    env = Theme.get_env(theme)
    env.loader = _Listed(theme.dirs)
    return env


class _Listed(FileSystemLoader):
    """Lists the theme's files once a process, and without Material's 12,000 icons, which MkDocs never copies."""

    def list_templates(self) -> list[str]:
        return _listed(tuple(self.searchpath))


@functools.cache
def _listed(folders: tuple[str, ...]) -> list[str]:
    found = set()
    for folder in folders:
        for path, below, names in os.walk(folder):
            below[:] = [name for name in below if not name.startswith(".")]
            found |= {Path(path, name).relative_to(folder).as_posix() for name in names}
    return sorted(found)


def build(locale: Locale, serving: bool = False) -> Built:
    """Make `site/<locale>/`, beside the old one until it is whole. What is wrong is said, and the rest is built.

    serving: with the translator's view of each guide.
    """
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    built = Built(locale)
    try:
        config = configured(locale, MAKING)
        config.extra["serving"] = serving
        mkdocs_build.build(config)
        if serving and locale != ENGLISH:
            write_views(Path(config.site_dir), config.extra["edition"])
        _replace(Path(config.site_dir), Path(config.site_dir).parent.parent / locale.tag)
        built.coverage = list(config.extra["edition"].coverage.values())
    except (MkDocsException, OSError) as error:
        warnings.sentences.append(f"{locale.name} was not built: {error}")
    except Exception as error:  # Not a fault of a writer's or a translator's file: for whoever repairs the program.
        where = traceback.extract_tb(error.__traceback__)[-1]
        warnings.sentences.append(f"{locale.name} was not built: {where.filename}:{where.lineno}: {error!r}")
    finally:
        logger.removeHandler(warnings)
        gc.collect()
    built.faults = list(dict.fromkeys(warnings.sentences))
    return built


def write_views(site: Path, edition: Edition) -> None:
    """The translator's view of each guide, below `translate/`."""
    template = _templates("serve").get_template("translate.html")
    for guide in edition.guides:
        place = site / "translate" / guide.slug
        place.mkdir(parents=True)
        rows = view.rows(
            guide,
            edition.translation(guide),
            path_of(LOCALES, edition.locale, guide.slug).relative_to(ROOT),
        )
        values = {
            "guide": guide,
            "locale": edition.locale,
            "rows": rows,
            "counts": edition.coverage[guide.slug].counts,
            "back": "../../" if guide.slug == "index" else f"../../{guide.slug}/",
        }
        (place / "index.html").write_text(template.render(values), encoding="utf-8")


def _templates(name: str) -> Environment:
    """Templates of our own that are no page of a guide."""
    loader = FileSystemLoader(ROOT / "theme" / name)
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _replace(new: Path, old: Path) -> None:
    """Put a folder that is whole in the place of the old one."""
    if old.exists():
        away = new.with_name(f"{new.name}.old")
        old.rename(away)
        new.rename(old)
        shutil.rmtree(away)
    else:
        new.rename(old)


def _ready() -> None:
    """In a worker: Ctrl-C ends it at once and without a word; the parent says what there is to say."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # A build keeps nearly all it makes to its end, and is looked through once, then.
    gc.disable()


class Workers:
    """Processes that build locales, forked from a parent that has imported and configured everything already."""

    def __init__(self, tasks: int) -> None:
        self.config = configured(ENGLISH)
        # What is warm now is shared by all workers: the garbage collector shall not touch, and so copy, its pages.
        gc.collect()
        gc.freeze()
        start = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._pool = concurrent.futures.ProcessPoolExecutor(
            min(tasks, cores), multiprocessing.get_context(start), initializer=_ready
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: Any, *_: object) -> None:
        self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def build(self, locales: Iterable[Locale], serving: bool = False) -> list[Built]:
        return list(self._pool.map(functools.partial(build, serving=serving), locales))


# ── the root of the site ─────────────────────────────────────────────────────────────────────────────────────────────


def finish(config: MkDocsConfig, built: Sequence[Built], faults: Sequence[str]) -> int:
    """Write the root of the site, say what readers see and what is wrong; returns the exit status."""
    site = Path(config.site_dir)
    # What is not of this build would look as if it were: a language that is no more, or was not asked for.
    for folder in site.iterdir() if site.is_dir() else ():
        if folder.is_dir() and folder.name not in {one.locale.tag for one in built}:
            shutil.rmtree(folder)
    # Packs and checksums of an earlier build: `make packs` makes new ones.
    (site / "SHA256SUMS").unlink(missing_ok=True)
    whole = [one for one in built if one.coverage]
    if whole:
        write_root(site, config, {one.locale: one.coverage for one in whole})
    for one in whole:
        print(summary(one.locale, one.coverage))
    return _said([*faults, *(fault for one in built for fault in one.faults)])


def write_root(site: Path, config: MkDocsConfig, coverage: Mapping[Locale, Sequence[Coverage]]) -> None:
    """The pages and files that belong to no language."""
    url = (config.site_url or "/").rstrip("/") + "/"
    env = _templates("root")
    languages = read_languages(ROOT / "data" / "languages.yml")
    offered = [Edition(locale, LOCALES, languages) for locale in coverage]
    announced: dict[str, list[Locale]] = defaultdict(list)
    for locale, pages in coverage.items():
        for page in pages:
            if page.is_announced and not locale.is_pseudo:
                announced["" if page.guide == "index" else f"{page.guide}/"].append(locale)
    values = {
        "config": config,
        "editions": offered,
        "url": url,
        "path": urlsplit(url).path,
        "announced": announced,
        # As it is: its quotes end no attribute.
        "policy": Markup(policy(style="'self'", img="'self' data:")),
    }
    for name in sorted(env.list_templates()):
        (site / name).write_text(env.get_template(name).render(values), encoding="utf-8")
    # GitHub Pages would drop files whose names start with an underscore.
    (site / ".nojekyll").touch()


# ── on several machines ──────────────────────────────────────────────────────────────────────────────────────────────


def build_part(locales: Sequence[Locale], faults: Sequence[str]) -> int:
    """Make `site/<locale>/` for some locales, each with its note for `assemble`; returns the exit status."""
    with Workers(len(locales)) as workers:
        site = Path(workers.config.site_dir)
        for locale in locales:
            parts.forget(site, locale)
        built = workers.build(locales)
    for one in built:
        # A part with a fault is no part of a site: without its note, nobody can assemble it.
        if not one.faults:
            parts.write(site, one.locale, one.coverage, _inputs(workers.config))
            print(summary(one.locale, one.coverage))
    return _said([*faults, *(fault for one in built for fault in one.faults)])


def assemble(locales: Sequence[Locale], faults: Sequence[str]) -> int:
    """Write the root of a site whose locales were built by `build_part`. Raises ValueError when one is missing."""
    config = configured(ENGLISH)
    site = Path(os.path.relpath(config.site_dir))
    return finish(config, [Built(each, parts.read(site, each, _inputs(config))) for each in locales], faults)


def _inputs(config: MkDocsConfig) -> parts.Inputs:
    return {"address": config.site_url or "", "time of the commit": os.environ["SOURCE_DATE_EPOCH"]}


# ── serving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def serve(locales: Sequence[Locale], faults: Sequence[str], port: int) -> int:
    """Build, serve on this machine, rebuild what changed; until Ctrl-C."""
    # Only here: a build shall not wait for what only serving needs.
    from mkdocs.livereload import LiveReloadServer
    from watchdog.observers import Observer

    os.environ["SITE_URL"] = f"http://127.0.0.1:{port}/"
    # Not in the folder that is published: what is served has the translators' views.
    os.environ["SITE_DIR"] = str(ROOT / ".cache" / "site")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ValueError(f"Port {port} is in use. Choose another one: make serve PORT={port + 1}") from None
    # Forked before the server starts its threads.
    with Workers(len(locales)) as workers:
        finish(workers.config, workers.build(locales, serving=True), faults)
        seen = _changed({})[1]

        def rebuild() -> None:
            nonlocal seen
            paths, seen = _changed(seen)
            touched = {path.relative_to(LOCALES).parts[0] for path in paths if path.is_relative_to(LOCALES)}
            only_catalogs = all(path.is_relative_to(LOCALES) for path in paths)
            wanted = [locale for locale in locales if locale.name in touched] if only_catalogs else locales
            for one in workers.build(wanted, serving=True):
                print(summary(one.locale, one.coverage))
                for fault in one.faults:
                    say(fault)

        server = LiveReloadServer(rebuild, "127.0.0.1", port, workers.config.site_dir)
        # Told by the system, not by polling: whoever saves wants to see it within a second.
        server.observer = Observer()  # type: ignore[assignment]
        server.build_delay = 0.02
        for name in WATCHED:
            server.watch(str(ROOT / name))
        print(f"Serving on http://127.0.0.1:{port}/  (stop with Ctrl-C)", flush=True)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            print("Stopped.")
        finally:
            server.shutdown()
    return 0


def _changed(before: Mapping[Path, tuple[int, int]]) -> tuple[set[Path], dict[Path, tuple[int, int]]]:
    """The files that are new, gone or other than `before`, and how all files are now."""
    now = {}
    for name in WATCHED:
        for path in (ROOT / name).rglob("*") if (ROOT / name).is_dir() else [ROOT / name]:
            if path.is_file() and not path.name.startswith("."):
                status = path.stat()
                now[path] = status.st_mtime_ns, status.st_size
    return {path for path in now | dict(before) if now.get(path) != before.get(path)}, now


if __name__ == "__main__":
    sys.exit(main())
