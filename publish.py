"""Every locale in parallel, then the root of the site; --serve serves it and rebuilds on change.

    python publish.py [LOCALE …] [--serve]
    python publish.py --plan 2 · --part LOCALE … · --assemble      the same on several machines

Exit status: 0 when all is well, 1 when something is wrong (each was said), 130 on Ctrl-C and SIGTERM.
"""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the imports, which take their time.
    stop.listen("Stopped. What was not finished is as it was before.")

import argparse
import concurrent.futures
import functools
import gc
import json
import logging
import multiprocessing
import os
import re
import shutil
import signal
import socket
import sys
import threading
import traceback
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
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
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from generator import built as parts
from generator import view
from generator.edition import Edition, summary
from generator.policy import policy
from generator.site import ENGLISH, Site, editions
from i18n import guides, locales, nav, pseudo
from i18n.catalogs import path_of
from i18n.coverage import Coverage
from i18n.language import read_languages
from i18n.locales import Locale
from machine import commit, progress
from machine.workplace import replace, trouble, workplace

ROOT = Path(os.path.relpath(Path(__file__).parent))
"""As short as it can be: messages show it."""
LOCALES = ROOT / "locales"
CONFIG = ROOT / "mkdocs.yml"
WATCHED = ("guides", "locales", "macros", "data", "theme", "mkdocs.yml")


@dataclass
class Built:
    """What building one locale gave: what its readers see, and sentences about what is wrong.

    is_built: False when its pages are those of before.
    """

    locale: Locale
    is_built: bool = True
    coverage: list[Coverage] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="publish.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "locales",
        nargs="*",
        metavar="LOCALE",
        help="only these, and English, without the pages of the others; all without",
    )
    parser.add_argument("--serve", action="store_true", help="serve the site on this machine and rebuild on change")
    parser.add_argument("--port", type=int, default=8000)
    apart = parser.add_mutually_exclusive_group()
    apart.add_argument("--plan", type=int, metavar="N", help="print which machine builds what, N languages each")
    apart.add_argument("--part", action="store_true", help="build these languages alone, without the root of the site")
    apart.add_argument("--assemble", action="store_true", help="write the root of a site whose parts are all here")
    given = parser.parse_args(arguments)
    try:
        os.environ["SOURCE_DATE_EPOCH"] = str(commit.seconds())
        found, broken, faults = chosen(given.locales, alone=given.part)
        if given.serve:
            return serve(found, broken, faults, given.port)
        if given.plan is not None:
            print(json.dumps([" ".join(each.name for each in share) for share in parts.shares(found, given.plan)]))
            return _said(faults)
        if given.part:
            # Nothing, when all that was asked for is broken.
            return build_part(found, faults) if found else _said(faults)
        if given.assemble:
            return assemble(found, broken, faults)
        with Workers(len(found)) as workers:
            return finish(workers.config, workers.making, workers.build(found), broken, faults)
    except BrokenProcessPool:
        say("A process that was building has been killed, perhaps for want of memory. What it was making is as before.")
    except OSError as error:
        say(trouble(error, Path(os.environ.get("SITE_DIR") or ROOT / "site")))
    except (MkDocsException, ValueError) as error:
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


def chosen(names: Sequence[str], alone: bool = False) -> tuple[list[Locale], list[Locale], list[str]]:
    """The locales to build, English first, those that are broken, and why. Raises ValueError for an unknown name.

    alone: without English, unless it is named.
    """
    found, faults = editions(LOCALES)
    broken = locales.broken(LOCALES)
    found += [Locale.of(name) for name in names if name in pseudo.LOCALES]
    for name in names:
        if name not in {locale.name for locale in (*found, *broken)}:
            raise ValueError(f"{LOCALES / name}: there is no such folder. Begin it with: python -m i18n new {name}")
    wanted = {*names} if alone else {*names, ENGLISH.name}
    kept = [[locale for locale in group if not names or locale.name in wanted] for group in (found, broken)]
    return kept[0], kept[1], faults


# ── building ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Warnings(logging.Handler):
    """What MkDocs and its plugins warn of, as sentences."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(_placed(record.getMessage()))


def _placed(sentence: str) -> str:
    """What MkDocs says of a value in mkdocs.yml: in one line, with the line of the file that it is about."""
    if found := re.match(r"A reference to '(.*)' is included in the 'nav' configuration, which is not found", sentence):
        return nav.missing(found[1], CONFIG)
    found = re.match(r"Config value '([^']*)': (.*)", sentence, re.DOTALL)
    if not found:
        return sentence
    name, lines = found[1], found[2].splitlines()
    # Where MkDocs shows a traceback, its last line says what happened.
    what = lines[0] if len(lines) == 1 else f"{lines[0]} {lines[-1]}"
    rows = CONFIG.read_text(encoding="utf-8").splitlines()
    line = next((number for number, row in enumerate(rows, 1) if row.startswith(f"{name}:")), 1)
    if quoted := re.search(r"'([^']+)'|\"([^\"]+)\"", what):
        word = quoted[1] or quoted[2]
        line = next((number for number, row in enumerate(rows[line - 1 :], line) if word in row), line)
    return f"{CONFIG}:{line}: {name}: {what}"


def configured(locale: Locale) -> MkDocsConfig:
    """mkdocs.yml for one locale. Raises ConfigurationError, with a sentence for each thing that is wrong with it."""
    os.environ["LOCALE"] = locale.name
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        guides.configuration(CONFIG)
        config = load_config(str(CONFIG))
    except guides.GuideError as error:
        raise ConfigurationError(str(error)) from None
    except Abort:
        raise ConfigurationError("\n".join(warnings.sentences)) from None
    finally:
        logger.removeHandler(warnings)
    return config


def build(locale: Locale, making: Path, serving: bool = False) -> Built:
    """Make `site/<locale>/`, in `making` until it is whole. What is wrong is said, and the rest is built.

    serving: with the translator's view of each guide.
    """
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    built = Built(locale, is_built=False)
    try:
        config = configured(locale)
        config.site_dir = str(making)
        config.extra["serving"] = serving
        config.extra["broken_locales"] = [
            each for each in locales.broken(LOCALES) if (making.parent / each.tag / "index.html").exists()
        ]
        mkdocs_build.build(config)
        if serving and locale != ENGLISH:
            write_views(Path(config.site_dir), config.extra["edition"])
        replace(Path(config.site_dir), making.parent / locale.tag)
        built.is_built = True
        built.coverage = list(config.extra["edition"].coverage.values())
    except OSError as error:
        # MkDocs names the page that was being written, which has no part in it.
        warnings.sentences[:] = [each for each in warnings.sentences if not each.startswith("Error building page ")]
        warnings.sentences.append(f"{locale.name} was not built: {trouble(error, making.parent)}")
    except Abort:
        # Why was said.
        warnings.sentences.append(_unbuilt(locale))
    except MkDocsException as error:
        warnings.sentences.append(f"{locale.name} was not built: {error}")
    except Exception as error:  # Not a fault of a writer's or a translator's file: for whoever repairs the program.
        where = traceback.extract_tb(error.__traceback__)[-1]
        warnings.sentences.append(f"{locale.name} was not built: {where.filename}:{where.lineno}: {error!r}")
    finally:
        logger.removeHandler(warnings)
        gc.collect()
    built.faults = list(dict.fromkeys(warnings.sentences))
    return built


def _unbuilt(locale: Locale) -> str:
    return f"{locale.name} was not built."


def write_views(site: Path, edition: Edition) -> None:
    """The translator's view of each guide, below `translate/`."""
    template = _templates("serve").get_template("translate.html")
    memory = view.Memory((guide, edition.translation(guide)) for guide in edition.site.guides)
    for guide in edition.site.guides:
        place = site / "translate" / guide.slug
        place.mkdir(parents=True)
        rows = view.rows(
            guide,
            edition.translation(guide),
            path_of(LOCALES, edition.locale, guide.slug).relative_to(ROOT),
            memory,
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


def _ready() -> None:
    """In a worker: it ends with its parent, however that ends, and without a word: the parent has the sentence."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # A build keeps nearly all it makes to its end, and is looked through once, then.
    gc.disable()


def _end_with_parent() -> None:
    # For the thread that builds, which may have to finish a step first (`workplace.replace`).
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


class Workers:
    """Processes that build locales, forked from a parent that has imported and configured everything already.

    making: the folder that they work in, theirs alone as long as they are there.
    """

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
        self._owned = ExitStack()

    def __enter__(self) -> Workers:
        self.making = self._owned.enter_context(workplace(Path(self.config.site_dir)))
        stop.last(self._end)
        return self

    def __exit__(self, kind: Any, *_: object) -> None:
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        self._owned.close()
        stop.last(None)

    def _end(self) -> None:
        for worker in multiprocessing.active_children():
            worker.terminate()
            worker.join(5)
        shutil.rmtree(self.making, ignore_errors=True)

    def build(self, locales: Sequence[Locale], serving: bool = False) -> list[Built]:
        task = functools.partial(build, making=self.making, serving=serving)
        with progress.shown("Building languages", len(locales)) as one_more:
            tasks = [self._pool.submit(task, locale) for locale in locales]
            for _ in concurrent.futures.as_completed(tasks):
                one_more()
        return [each.result() for each in tasks]


# ── the root of the site ─────────────────────────────────────────────────────────────────────────────────────────────


def finish(
    config: MkDocsConfig, making: Path, made: Sequence[Built], broken: Sequence[Locale], faults: Sequence[str]
) -> int:
    """Write the root of the site, say what readers see and what is wrong; returns the exit status.

    broken: locales that could not even be tried. They keep what they have, as those do that were not built.
    """
    site = making.parent
    faults = [*faults, *_faults(made)]
    unreadable: list[str] = []
    languages = read_languages(ROOT / "data" / "languages.yml", unreadable)
    if unreadable or not any(one.is_built for one in made):
        # What is there stays, the packs that were made of it too.
        return _said([*unreadable, *faults])
    built = sorted([*made, *(Built(locale, is_built=False) for locale in broken)], key=_place)
    if gone := withdrawn(site, {one.locale.tag for one in built}):
        print(f"{os.path.relpath(site)}: removed what an earlier build made: {', '.join(gone)}.")
    shutil.rmtree(site / parts.NOTES, ignore_errors=True)
    url = (config.site_url or "/").rstrip("/") + "/"
    pages = {}
    for one in built:
        if one.is_built:
            pages[one.locale] = {_page(row.guide) for row in one.coverage if row.is_announced}
        elif (site / one.locale.tag / "index.html").exists():
            # The pages of before are still there, and so is what the root of the site said of them.
            pages[one.locale] = announced(site, f"{url}{one.locale.tag}/")
    if pages:
        write_root(site, making, config, url, pages, languages)
    for one in built:
        if one.is_built:
            print(summary(one.locale, one.coverage))
    return _said(faults)


def _place(one: Built) -> tuple[bool, bool, str]:
    """English first, then the others by name, then those that are made to look at."""
    return one.locale != ENGLISH, one.locale.is_pseudo, one.locale.name


def _faults(built: Sequence[Built]) -> list[str]:
    """What is wrong with what was built. What keeps all languages from being built is said once."""
    faults = [fault for one in built for fault in one.faults]
    if not built or any(one.is_built for one in built):
        return faults
    unbuilt = {_unbuilt(one.locale) for one in built}
    return [*(fault for fault in faults if fault not in unbuilt), "Nothing was built."]


def withdrawn(site: Path, tags: Collection[str]) -> list[str]:
    """Remove what would look as if it were of this build: other languages, packs and checksums of another build.

    Returns the names of what was removed. What no command of ours made is kept.
    """
    languages = [path for path in sorted(site.iterdir()) if path.name not in tags and _is_language(path)]
    folders = [path for path in (*languages, site / "packs") if path.is_dir()]
    for folder in folders:
        shutil.rmtree(folder)
    names = [f"{folder.name}/" for folder in folders]
    if (site / "SHA256SUMS").exists():
        (site / "SHA256SUMS").unlink()
        names.append("SHA256SUMS")
    return names


def _is_language(folder: Path) -> bool:
    try:
        return Locale.of(folder.name.replace("-", "_")).tag == folder.name and (folder / "style.css").exists()
    except ValueError:
        return False


def _page(guide: str) -> str:
    return "" if guide == "index" else f"{guide}/"


def announced(site: Path, url: str) -> set[str]:
    """The pages of the language at `url` that the sitemap of an earlier build has, such as "" and "arrested/"."""
    sitemap = site / "sitemap.xml"
    text = sitemap.read_text(encoding="utf-8") if sitemap.exists() else ""
    return set(re.findall(f"<loc>{re.escape(url)}([^<]*)</loc>", text))


def write_root(
    site: Path,
    making: Path,
    config: MkDocsConfig,
    url: str,
    pages: Mapping[Locale, Collection[str]],
    languages: Mapping[str, Any],
) -> None:
    """The pages and files that belong to no language. pages: those of each language that search engines are told of.

    languages: data/languages.yml.
    """
    env = _templates("root")
    offered = [Edition(Site(LOCALES, {"languages": languages}), locale) for locale in pages]
    announced: dict[str, list[Locale]] = defaultdict(list)
    for locale, of_locale in pages.items():
        for page in of_locale if not locale.is_pseudo else ():
            announced[page].append(locale)
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
        (making / name).write_text(env.get_template(name).render(values), encoding="utf-8")
    for name in env.list_templates():
        os.replace(making / name, site / name)
    # GitHub Pages would drop files whose names start with an underscore.
    (site / ".nojekyll").touch()


# ── on several machines ──────────────────────────────────────────────────────────────────────────────────────────────


def build_part(locales: Sequence[Locale], faults: Sequence[str]) -> int:
    """Make `site/<locale>/` for some locales, each with its note for `assemble`; returns the exit status."""
    with Workers(len(locales)) as workers:
        site = workers.making.parent
        for locale in locales:
            parts.forget(site, locale)
        built = workers.build(locales)
    for one in built:
        # A part with a fault is no part of a site: without its note, nobody can assemble it.
        if not one.faults:
            parts.write(site, one.locale, one.coverage, _inputs(workers.config))
            print(summary(one.locale, one.coverage))
    return _said([*faults, *_faults(built)])


def assemble(locales: Sequence[Locale], broken: Sequence[Locale], faults: Sequence[str]) -> int:
    """Write the root of a site whose locales were built by `build_part`. Raises ValueError when one is missing."""
    config = configured(ENGLISH)
    site = Path(os.path.relpath(config.site_dir))
    with workplace(site) as making:
        stop.last(lambda: shutil.rmtree(making, ignore_errors=True))
        built = [Built(each, coverage=parts.read(site, each, _inputs(config))) for each in locales]
        return finish(config, making, built, broken, faults)


def _inputs(config: MkDocsConfig) -> parts.Inputs:
    return {"address": config.site_url or "", "time of the commit": os.environ["SOURCE_DATE_EPOCH"]}


# ── serving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def serve(locales: Sequence[Locale], broken: Sequence[Locale], faults: Sequence[str], port: int) -> int:
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
        finish(workers.config, workers.making, workers.build(locales, serving=True), broken, faults)
        seen = _changed({})[1]

        def rebuild() -> None:
            nonlocal seen
            paths, seen = _changed(seen)
            touched = {path.relative_to(LOCALES).parts[0] for path in paths if path.is_relative_to(LOCALES)}
            only_catalogs = all(path.is_relative_to(LOCALES) for path in paths)
            wanted = [locale for locale in locales if locale.name in touched] if only_catalogs else locales
            built = workers.build(wanted, serving=True)
            for one in built:
                if one.is_built:
                    print(summary(one.locale, one.coverage))
            _said(_faults(built))

        server = LiveReloadServer(rebuild, "127.0.0.1", port, workers.config.site_dir)
        # Told by the system, not by polling: whoever saves wants to see it within a second.
        server.observer = Observer()  # type: ignore[assignment]
        server.build_delay = 0.02
        for name in WATCHED:
            server.watch(str(ROOT / name))
        # This is how it is meant to end.
        stop.listen("Stopped.", 0)
        print(f"Serving on http://127.0.0.1:{port}/  (stop with Ctrl-C)", flush=True)
        server.serve()  # type: ignore[no-untyped-call]
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
