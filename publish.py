"""Build every locale in parallel, then the root of the site. --serve serves the site and rebuilds it on change.

    python publish.py [LOCALE …] [--serve]
    python publish.py --plan 2 · --part LOCALE … · --assemble      the same on several machines

Exit status: 0 if all is well, 1 if something was wrong and has been reported, 130 on Ctrl-C and SIGTERM.

Of MkDocs, it uses `LiveReloadServer` and the exceptions, which MkDocs documents in its guide for developers, and
`load_config` and `build`, which it does not: the command `mkdocs build` calls these two.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from generator import current
from generator.inputs import Inputs, now
from machine import commit, stop

if __name__ == "__main__":
    # This comes before the other imports, because they take a while.
    stop.listen("Stopped. What was not finished is unchanged.")
    if current.is_done(Path(os.path.relpath(Path(__file__).parent)), sys.argv[1:]):
        sys.exit(0)

import argparse
import contextlib
import functools
import json
import shutil
import socket
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

# We know Material's notice about its end of life (docs/decisions/0002). It would be printed once for each language.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError, MkDocsException

from generator import built, root
from generator.edition import Edition
from generator.log import Warnings
from generator.result import Result, finish, said, summarize, wrong
from generator.site import ENGLISH, chosen
from i18n import faithful, guides, locales, nav
from i18n.locales import Locale
from machine.say import say
from machine.workers import Cancelled, Workers
from machine.workplace import replace, trouble, undisturbed, workplace

ROOT = Path(os.path.relpath(Path(__file__).parent))
"""The folder of the project, relative to the working directory, because messages show it."""
LOCALES = ROOT / "locales"
CONFIG = ROOT / "mkdocs.yml"
WATCHED = [ROOT / name for name in ("guides", "locales", "macros", "data", "theme", "mkdocs.yml")]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="publish.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "locales",
        nargs="*",
        metavar="LOCALE",
        help="build only these and English, and remove the pages of the others; without any, build all",
    )
    parser.add_argument("--serve", action="store_true", help="serve the site on this machine and rebuild on change")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--traceback", action="store_true", help="show where an error comes from")
    apart = parser.add_mutually_exclusive_group()
    apart.add_argument("--plan", type=int, metavar="N", help="print what each machine builds, N languages each")
    apart.add_argument("--part", action="store_true", help="build only these languages, without the root of the site")
    apart.add_argument("--assemble", action="store_true", help="write the root of a site when all its parts are here")
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
            # If every requested locale is broken, there is nothing to build.
            return build_part(found, faults, given.traceback) if found else said(faults)
        if given.assemble:
            return assemble(found, broken, faults)
        inputs = now(ROOT)
        site, facts = configured(inputs)
        with Workers(len(found), site) as workers:
            # What was read before another command ended there may be old.
            inputs = now(ROOT)
            return _Work(workers, found, broken, faults, False, given.traceback).site(facts, inputs)
    except BrokenProcessPool:
        say("A build process was killed, perhaps because memory ran out. What it was building is unchanged.")
    except OSError as error:
        say(trouble(error, Path(os.environ.get("SITE_DIR") or ROOT / "site")))
    except (MkDocsException, ValueError) as error:
        say("".join(traceback.format_exception(error)) if given.traceback else str(error))
    return 1


# ── building ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def _config(locale: Locale):  # type: ignore[no-untyped-def]  # MkDocs does not document its type
    """Give mkdocs.yml for one locale. Raises ConfigurationError with a sentence for each fault."""
    config = _loaded(locale)
    try:
        yield config
    finally:
        # MkDocs never lets go of the last configuration, so that all of the language would stay in memory.
        config.extra.clear()


def _loaded(locale: Locale):  # type: ignore[no-untyped-def]  # as above
    os.environ["LOCALE"] = locale.name
    with Warnings(CONFIG) as warnings:
        try:
            # MkDocs would say only that it expected a list, and not of which section.
            nav.sections(guides.configuration(CONFIG).get("nav"))
            return load_config(str(CONFIG))
        except guides.GuideError as error:
            raise ConfigurationError(str(error)) from None
        except ConfigurationError:
            raise
        except MkDocsException as error:
            raise ConfigurationError("\n".join(warnings.sentences) or str(error)) from None


def configured(inputs: Inputs) -> tuple[Path, root.Facts]:
    """Return the folder of the site and what mkdocs.yml says about the site. Raises ConfigurationError."""

    def read() -> tuple[str, tuple[str, ...]]:
        config = _loaded(ENGLISH)
        url = (config.site_url or "/").rstrip("/") + "/"
        return config.site_dir, (config.site_name, config.site_description or "", url, config.extra.get("onion") or "")

    found = current.configuration(inputs, read)
    assert found
    return Path(found[0]), root.Facts(*found[1])


def build(locale: Locale, making: Path, inputs: Inputs, serving: bool = False, traces: bool = False) -> Result:
    """Build `site/<locale>/`, and collect the faults. If one page is wrong, the others are still built.

    making: the folder to work in, until the language is complete.
    inputs: the files that the build reads.
    serving: whether to write the view of each guide for its translators.
    traces: whether to report unexpected errors with their traceback.
    """
    site, result = making.parent, Result(locale)
    # `count` has judged the translations.
    faithful.forget()
    with Warnings(CONFIG) as warnings:
        try:
            with _config(locale) as config:
                config.site_dir = str(making)
                config.extra["serving"] = serving
                config.extra["inputs"] = inputs
                config.extra["is_keeping"] = True
                config.extra["before"] = site / locale.tag
                config.extra["broken_locales"] = [
                    each for each in locales.broken(LOCALES) if (site / each.tag / "index.html").exists()
                ]
                # MkDocs makes only the pages that are missing, because earlier builds have kept the others.
                shutil.rmtree(making / locale.tag, ignore_errors=True)
                mkdocs_build.build(config, dirty=True)
                (site / built.FOLDER).mkdir(exist_ok=True)
                with undisturbed():
                    replace(making / locale.tag, site / locale.tag)
                    os.replace(built.path_of(making, locale.tag), built.path_of(site, locale.tag))
                result.manifest = built.read(site, locale.tag)
                result.also = config.extra["edition"].others()
        except OSError as error:
            # MkDocs names the page that it was writing, which is not the cause.
            warnings.sentences[:] = [each for each in warnings.sentences if not each.startswith("Error building page ")]
            warnings.sentences.append(f"{locale.name} was not built: {trouble(error, site)}")
        except ConfigurationError as error:
            warnings.sentences.append(f"{locale.name} was not built: {error}")
        except MkDocsException as error:
            # MkDocs has usually said why.
            warnings.sentences.append(result.unbuilt if warnings.sentences else f"{result.unbuilt[:-1]}: {error}")
        except Exception as error:
            # This is not a fault in a file of a writer or translator, so the message is for developers.
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = (
                "".join(traceback.format_exception(error)) if traces else f"{where.filename}:{where.lineno}: {error!r}"
            )
            warnings.sentences.append(f"{locale.name} was not built: {what}")
    result.faults = list(dict.fromkeys(warnings.sentences))
    return result


def refresh(guide: tuple[Locale, str], site: Path, making: Path, inputs: Inputs) -> None:
    """Make the page of one guide again, and put it in its place in a served site.

    `build` makes the rest, and reports all faults.

    guide: its language and its slug.
    making: the folder to work in.
    """
    locale, slug = guide
    with Warnings(CONFIG), contextlib.suppress(Exception), _config(locale) as config:
        folder = making / "view"
        config.site_dir = str(folder)
        config.extra |= {"serving": True, "inputs": inputs, "is_keeping": True, "only": slug}
        mkdocs_build.build(config, dirty=True)
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            os.replace(path, site / path.relative_to(folder))


def count(locale: Locale, inputs: Inputs) -> None:
    """Count how much of each guide is translated, and keep that: the pages of all languages show it.

    English is what other languages are compared with, so its pages are rendered too. `build` reports all faults.
    """
    with Warnings(CONFIG), contextlib.suppress(MkDocsException), _config(locale) as config:
        config.extra["inputs"] = inputs
        edition: Edition = config.plugins.on_config(config).extra["edition"]
        edition.is_counting = True
        for guide in edition.site.guides if edition.is_english else []:
            edition.page(guide)
        if edition.kept:
            edition.kept.finish(edition.site.by_slug)


def _counted(workers: Workers, found: Sequence[Locale], inputs: Inputs) -> None:
    """Count how much of each guide is translated into these languages, where that is not known."""
    if left := [locale for locale in found if not current.are_counted(inputs, locale.name)]:
        workers.run(functools.partial(count, inputs=inputs), left, "Reading languages")


def _built(
    workers: Workers, found: Sequence[Locale], inputs: Inputs, serving: bool = False, traces: bool = False
) -> list[Result]:
    """Build all these languages."""
    task = functools.partial(build, making=workers.making, inputs=inputs, serving=serving, traces=traces)
    return workers.run(task, found, "Building languages")


def _current(workers: Workers, found: Sequence[Locale], inputs: Inputs, serving: bool, traces: bool) -> list[Result]:
    """Build those of these languages that would become something else than they are."""
    site = workers.making.parent
    known = current.Current(inputs, site, serving)
    results: dict[Locale, Result] = {}
    left = [locale for locale in found if not current.are_counted(inputs, locale.name)]
    if len(left) == 1:
        # The pages of the others show how much it has, so they wait.
        results[left[0]] = _built(workers, left, inputs, serving, traces)[0]
    else:
        _counted(workers, left, inputs)
    for locale in found:
        if locale not in results and known.summary(locale.name):
            with contextlib.suppress(ValueError):
                results[locale] = Result(locale, built.read(site, locale.tag), is_new=False)
    left = [locale for locale in found if locale not in results]
    results |= zip(left, _built(workers, left, inputs, serving, traces), strict=True)
    return [results[locale] for locale in found]


@dataclass(frozen=True)
class _Work:
    """What a build has to make.

    workers: the processes that make it.
    found: the languages to build.
    broken: languages whose folder is invalid.
    faults: sentences about what was wrong before the build.
    serving: whether the pages are only served on this machine.
    traces: whether to report unexpected errors with their traceback.
    """

    workers: Workers
    found: Sequence[Locale]
    broken: Sequence[Locale]
    faults: Sequence[str]
    serving: bool
    traces: bool

    @property
    def folder(self) -> Path:
        """The folder of the site."""
        return self.workers.making.parent

    def site(self, facts: root.Facts, inputs: Inputs) -> int:
        """Make the site what it has to be, and return the exit status."""
        made = _current(self.workers, self.found, inputs, self.serving, self.traces)
        if not self.serving:
            self.workers.dismiss()
        known, names = current.Current(inputs, self.folder, self.serving), [locale.name for locale in self.found]
        if not self.broken and known.is_whole(names):
            summarize(one for one in made if one.is_new or not self.serving)
            status = said([*self.faults, *wrong(made)])
        else:
            status = finish(ROOT, facts, self.workers.making, made, self.broken, self.faults)
        if not status and not self.broken and inputs.are_unchanged():
            # The next build leaves as it is what has been built without a fault.
            for one in made:
                if one.is_new and one.manifest:
                    known.keep(one.locale.name, one.also, one.manifest.summary)
            known.keep_whole(names)
        return status


# ── on several machines ──────────────────────────────────────────────────────────────────────────────────────────────


def build_part(found: Sequence[Locale], faults: Sequence[str], traces: bool) -> int:
    """Build `site/<locale>/` for some locales, each with its manifest for `assemble`, and return the exit status."""
    inputs = now(ROOT)
    site, _ = configured(inputs)
    with Workers(len(found), site) as workers:
        built.forget(site, [locale.tag for locale in found])
        _counted(workers, found, inputs)
        made = _built(workers, found, inputs, traces=traces)
        # A part with a fault must not become part of a site. Without its manifest, it cannot be assembled.
        built.forget(site, [one.locale.tag for one in made if one.faults])
    summarize(one for one in made if not one.faults)
    return said([*faults, *wrong(made)])


def assemble(found: Sequence[Locale], broken: Sequence[Locale], faults: Sequence[str]) -> int:
    """Write the root of a site whose locales `build_part` built, and return the exit status.

    Raises ValueError if a locale is missing.
    """
    folder, facts = configured(now(ROOT))
    site = Path(os.path.relpath(folder))
    with workplace(site) as making:
        stop.last(lambda: shutil.rmtree(making, ignore_errors=True))
        address = facts.url if facts.url != "/" else ""
        made = [Result(each, built.part(site, each, address, commit.seconds())) for each in found]
        return finish(ROOT, facts, making, made, broken, faults)


# ── serving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def serve(found: Sequence[Locale], broken: Sequence[Locale], faults: Sequence[str], port: int, traces: bool) -> int:
    """Build the site, serve it on this machine and rebuild what changes, until Ctrl-C."""
    # Imported here, so that a build does not wait for what only serving needs.
    from mkdocs.livereload import LiveReloadServer
    from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
    from watchdog.observers import Observer

    if not 0 < port < 65536:
        raise ValueError(f"{port} is not a port. Choose one from 1 to 65535: make serve PORT=8001")
    os.environ["SITE_URL"] = f"http://127.0.0.1:{port}/"
    # This is not the folder that is published, because the served site contains the views for translators.
    os.environ["SITE_DIR"] = str(ROOT / ".cache" / "site")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ValueError(f"Port {port} is in use. Choose another one: make serve PORT={port + 1}") from None
    inputs = now(ROOT)
    site, facts = configured(inputs)
    # Fork the workers before the server starts its threads.
    with Workers(len(found), site, has_spare=True) as workers:
        served = _Served(_Work(workers, found, broken, faults, True, traces), facts, inputs)
        served.build()
        server = LiveReloadServer(served.change, "127.0.0.1", port, str(site))

        def answer(environ: dict[str, Any], start_response: Any) -> Any:
            served.view(environ["PATH_INFO"])
            return server.serve_request(environ, start_response)

        server.set_app(answer)
        # Let the system report changes instead of polling: whoever saves a file wants to see it within a second.
        server.observer = Observer()  # type: ignore[assignment]
        # A build opens files, which must not begin another one.
        server.observer.schedule = functools.partial(  # type: ignore[method-assign]
            server.observer.schedule,
            event_filter=[FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent],
        )
        server.build_delay = 0.02
        for path in (*WATCHED, served.bell):
            server.watch(str(path))
        # Ctrl-C is the normal way to stop serving, so the exit status is 0.
        stop.listen("Stopped.", 0)
        print(f"Serving on http://127.0.0.1:{port}/  (stop with Ctrl-C)", flush=True)
        server.serve()  # type: ignore[no-untyped-call]
    return 0


class _Served:
    """A site that is served to somebody who changes it: after a change, the page in view is made first, then the rest.

    bell: a file that changes when the page in view has to be shown again.
    """

    def __init__(self, work: _Work, facts: root.Facts, inputs: Inputs) -> None:
        self._work, self._facts, self._inputs = work, facts, inputs
        self._rest: threading.Thread | None = None
        self._page: Path | None = None
        self._shown = b""
        self._ready: set[Locale] = set()
        self.bell = self._work.folder.parent / "bell"
        self._ring()

    def build(self) -> None:
        """Make the whole site. A fault in mkdocs.yml leaves the root of the site unchanged."""
        with contextlib.suppress(MkDocsException):
            self._facts = configured(self._inputs)[1]
        self._work.site(self._facts, self._inputs)

    def view(self, address: str) -> None:
        """Note the address that a browser asks for."""
        page = self._work.folder / address.strip("/") / "index.html"
        if not address.endswith("/") or ".." in address or not page.is_file():
            return
        self._page, self._shown = page, _content(page)
        if (guide := self._guide()) and guide[0] not in self._ready:
            # The first page of a language takes longest, so make one before anybody waits for it.
            self._ready.add(guide[0])
            self._work.workers.soon(self._task(), guide)

    def change(self) -> None:
        """Make the page in view again if a file has changed, and begin with the rest."""
        inputs = now(ROOT)
        names = inputs.changed(self._inputs)
        if not names:
            return
        self._work.workers.cancel()
        self._inputs = inputs
        if CONFIG.name not in names:
            self._refresh()
        self._rest = threading.Thread(target=self._finish, args=[self._rest], daemon=True)
        self._rest.start()

    def _refresh(self) -> None:
        """Make the page in view again."""
        if guide := self._guide():
            self._work.workers.at_once(self._task(), guide)

    def _task(self) -> Callable[[tuple[Locale, str]], None]:
        return functools.partial(refresh, site=self._work.folder, making=self._work.workers.making, inputs=self._inputs)

    def _guide(self) -> tuple[Locale, str] | None:
        """Return the language and the slug of the guide whose page, or whose view for translators, is in view."""
        folders = self._page.relative_to(self._work.folder).parts[:-1] if self._page else ()
        # The first page of the site belongs to no language.
        tag, *names = folders or ("",)
        locale = next((locale for locale in self._work.found if locale.tag == tag), None)
        if locale is None:
            return None
        return locale, (["index", *names][-1] if names[:1] in ([], ["translate"]) else names[0])

    def _finish(self, before: threading.Thread | None) -> None:
        """Make the rest of the site. before: what does so for an earlier change."""
        if before and before.is_alive():
            before.join()
            # It may have put the earlier page in the place of the new one.
            self._refresh()
        try:
            self.build()
        except Cancelled:
            return
        except (MkDocsException, ValueError, BrokenProcessPool) as error:
            say(str(error))
        except OSError as error:
            say(trouble(error, self._work.folder))
        if self._page and _content(self._page) != self._shown:
            self._ring()

    def _ring(self) -> None:
        self.bell.write_text(str(time.time_ns()), encoding="utf-8")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


if __name__ == "__main__":
    sys.exit(main())
