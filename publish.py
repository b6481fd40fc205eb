"""Every locale in parallel, then the root of the site; --serve serves it and rebuilds on change.

    python publish.py [LOCALE …] [--serve]
    python publish.py --plan 2 · --part LOCALE … · --assemble      the same on several machines

Exit status: 0 when all is well, 1 when something is wrong (each was said), 130 on Ctrl-C and SIGTERM.

Of MkDocs it uses `LiveReloadServer` and the exceptions, which its guide for developers documents, and two names that
the guide does not have: `load_config` and `build`, all that the command `mkdocs build` calls.
"""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the imports, which take their time.
    stop.listen("Stopped. What was not finished is as it was before.")

import argparse
import functools
import json
import os
import shutil
import socket
import sys
import traceback
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

# Material's notice of its end of life is known (docs/decisions/0002); it would be said once for each language.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError, MkDocsException

from generator import built, root
from generator.log import Warnings
from generator.result import Result, finish, said, summarize, wrong
from generator.site import ENGLISH, chosen
from i18n import guides, locales
from i18n.locales import Locale
from machine import commit, files
from machine.say import say
from machine.workers import Workers
from machine.workplace import replace, trouble, undisturbed, workplace

ROOT = Path(os.path.relpath(Path(__file__).parent))
"""As short as it can be: messages show it."""
LOCALES = ROOT / "locales"
CONFIG = ROOT / "mkdocs.yml"
WATCHED = [ROOT / name for name in ("guides", "locales", "macros", "data", "theme", "mkdocs.yml")]


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
    parser.add_argument("--traceback", action="store_true", help="show where an unexpected error of a build comes from")
    apart = parser.add_mutually_exclusive_group()
    apart.add_argument("--plan", type=int, metavar="N", help="print which machine builds what, N languages each")
    apart.add_argument("--part", action="store_true", help="build these languages alone, without the root of the site")
    apart.add_argument("--assemble", action="store_true", help="write the root of a site whose parts are all here")
    given = parser.parse_args(arguments)
    try:
        os.environ["SOURCE_DATE_EPOCH"] = str(commit.seconds())
        found, broken, faults = chosen(LOCALES, given.locales, alone=given.part)
        if given.serve:
            return serve(found, broken, faults, given.port, given.traceback)
        if given.plan is not None:
            print(json.dumps([" ".join(each.name for each in share) for share in built.shares(found, given.plan)]))
            return said(faults)
        if given.part:
            # Nothing, when all that was asked for is broken.
            return build_part(found, faults, given.traceback) if found else said(faults)
        if given.assemble:
            return assemble(found, broken, faults)
        site, facts = configured(ENGLISH)
        with Workers(len(found), site) as workers:
            made = _built(workers, found, traces=given.traceback)
            return finish(ROOT, facts, workers.making, made, broken, faults)
    except BrokenProcessPool:
        say("A process that was building has been killed, perhaps for want of memory. What it was making is as before.")
    except OSError as error:
        say(trouble(error, Path(os.environ.get("SITE_DIR") or ROOT / "site")))
    except (MkDocsException, ValueError) as error:
        say(str(error))
    return 1


# ── building ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _config(locale: Locale):  # type: ignore[no-untyped-def]  # MkDocs's own type, which it does not document
    """Return mkdocs.yml for one locale. Raises ConfigurationError, with a sentence for each thing that is wrong."""
    os.environ["LOCALE"] = locale.name
    with Warnings(CONFIG) as warnings:
        try:
            guides.configuration(CONFIG)
            return load_config(str(CONFIG))
        except guides.GuideError as error:
            raise ConfigurationError(str(error)) from None
        except ConfigurationError:
            raise
        except MkDocsException as error:
            raise ConfigurationError("\n".join(warnings.sentences) or str(error)) from None


def configured(locale: Locale) -> tuple[Path, root.Facts]:
    """Return the folder of the site and what mkdocs.yml says of it. Raises ConfigurationError."""
    config = _config(locale)
    url = (config.site_url or "/").rstrip("/") + "/"
    facts = root.Facts(config.site_name, config.site_description or "", url, config.extra.get("onion") or "")
    return Path(config.site_dir), facts


def build(locale: Locale, making: Path, serving: bool = False, traces: bool = False) -> Result:
    """Make `site/<locale>/`, in `making` until it is whole. What is wrong is said, and the rest is built.

    serving: with the translator's view of each guide. traces: an unexpected error is said with its traceback.
    """
    site, result = making.parent, Result(locale)
    with Warnings(CONFIG) as warnings:
        try:
            config = _config(locale)
            config.site_dir = str(making)
            config.extra["serving"] = serving
            config.extra["broken_locales"] = [
                each for each in locales.broken(LOCALES) if (site / each.tag / "index.html").exists()
            ]
            mkdocs_build.build(config)
            (site / built.FOLDER).mkdir(exist_ok=True)
            with undisturbed():
                replace(making / locale.tag, site / locale.tag)
                os.replace(built.path_of(making, locale.tag), built.path_of(site, locale.tag))
            result.manifest = built.read(site, locale.tag)
        except OSError as error:
            # MkDocs names the page that was being written, which has no part in it.
            warnings.sentences[:] = [each for each in warnings.sentences if not each.startswith("Error building page ")]
            warnings.sentences.append(f"{locale.name} was not built: {trouble(error, site)}")
        except ConfigurationError as error:
            warnings.sentences.append(f"{locale.name} was not built: {error}")
        except MkDocsException as error:
            # Why was said, by MkDocs.
            warnings.sentences.append(result.unbuilt if warnings.sentences else f"{result.unbuilt[:-1]}: {error}")
        except Exception as error:
            # Not a fault of a writer's or a translator's file: for whoever repairs the program.
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = (
                "".join(traceback.format_exception(error)) if traces else f"{where.filename}:{where.lineno}: {error!r}"
            )
            warnings.sentences.append(f"{locale.name} was not built: {what}")
    result.faults = list(dict.fromkeys(warnings.sentences))
    return result


def _built(workers: Workers, found: Sequence[Locale], serving: bool = False, traces: bool = False) -> list[Result]:
    task = functools.partial(build, making=workers.making, serving=serving, traces=traces)
    return workers.run(task, found, "Building languages")


# ── on several machines ──────────────────────────────────────────────────────────────────────────────────────────────


def build_part(found: Sequence[Locale], faults: Sequence[str], traces: bool) -> int:
    """Make `site/<locale>/` for some locales, each with its manifest for `assemble`; returns the exit status."""
    site, _ = configured(ENGLISH)
    with Workers(len(found), site) as workers:
        built.forget(site, [locale.tag for locale in found])
        made = _built(workers, found, traces=traces)
        # A part with a fault is not part of a site: without its manifest, nobody can assemble it.
        built.forget(site, [one.locale.tag for one in made if one.faults])
    summarize(one for one in made if not one.faults)
    return said([*faults, *wrong(made)])


def assemble(found: Sequence[Locale], broken: Sequence[Locale], faults: Sequence[str]) -> int:
    """Write the root of a site whose locales were built by `build_part`. Raises ValueError when one is missing."""
    folder, facts = configured(ENGLISH)
    site = Path(os.path.relpath(folder))
    with workplace(site) as making:
        stop.last(lambda: shutil.rmtree(making, ignore_errors=True))
        address = facts.url if facts.url != "/" else ""
        made = [Result(each, built.part(site, each, address, commit.seconds())) for each in found]
        return finish(ROOT, facts, making, made, broken, faults)


# ── serving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def serve(found: Sequence[Locale], broken: Sequence[Locale], faults: Sequence[str], port: int, traces: bool) -> int:
    """Build, serve on this machine, rebuild what changed; until Ctrl-C."""
    # Only here: a build does not wait for what only serving needs.
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
    site, facts = configured(ENGLISH)
    # Forked before the server starts its threads.
    with Workers(len(found), site) as workers:
        finish(ROOT, facts, workers.making, _built(workers, found, True, traces), broken, faults)
        seen = files.states(WATCHED)

        def rebuild() -> None:
            nonlocal seen
            before, seen = seen, files.states(WATCHED)
            paths = {path for path in before | seen if before.get(path) != seen.get(path)}
            touched = {path.relative_to(LOCALES).parts[0] for path in paths if path.is_relative_to(LOCALES)}
            only_catalogs = all(path.is_relative_to(LOCALES) for path in paths)
            wanted = [locale for locale in found if locale.name in touched] if only_catalogs else found
            made = _built(workers, wanted, True, traces)
            summarize(made)
            said(wrong(made))

        server = LiveReloadServer(rebuild, "127.0.0.1", port, str(site))
        # Told by the system, not by polling: whoever saves wants to see it within a second.
        server.observer = Observer()  # type: ignore[assignment]
        server.build_delay = 0.02
        for path in WATCHED:
            server.watch(str(path))
        # This is how it is meant to end.
        stop.listen("Stopped.", 0)
        print(f"Serving on http://127.0.0.1:{port}/  (stop with Ctrl-C)", flush=True)
        server.serve()  # type: ignore[no-untyped-call]
    return 0


if __name__ == "__main__":
    sys.exit(main())
