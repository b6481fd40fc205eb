"""Print PDF files with Chromium, and remove everything that depends on the clock or the machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import lxml.html
import pikepdf
from lxml.html import HtmlElement

from packs import tagged

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SECONDS = 120
"""The time in seconds after which printing a page is given up."""

_QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class PrintError(Exception):
    """A page that could not be printed. The message is a sentence."""


def chromium() -> str | None:
    """Return the path of Chromium on this machine; None if it is not installed."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def printed(browser: str, page: Path, target: Path, seconds: int, direction: str) -> None:
    """Print an HTML file as a PDF with bookmarks and with the tags that PDF/UA-1 requires. Raises PrintError.

    browser: the path of Chromium.
    page: the HTML file.
    target: the PDF file.
    seconds: the time that the PDF gives as its creation, in seconds since 1970.
    direction: "ltr" or "rtl".
    """
    with tempfile.TemporaryDirectory() as profile:
        raw, spoken = Path(profile, "raw.pdf"), Path(profile, page.name)
        tree = lxml.html.document_fromstring(page.read_bytes(), lxml.html.HTMLParser(encoding="utf-8"))
        _keep_languages(tree)
        spoken.write_bytes(lxml.html.tostring(tree, doctype="<!doctype html>", encoding="utf-8"))
        command = [
            browser,
            *_QUIET,
            # In a container, root cannot create the namespace that the sandbox needs. We open only our own page.
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            f"--user-data-dir={profile}",
            f"--print-to-pdf={raw}",
            "--no-pdf-header-footer",
            "--export-tagged-pdf",
            "--generate-pdf-document-outline",
            spoken.resolve().as_uri(),
        ]
        try:
            status, errors = _run(command)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintError(f"{browser} did not print {page.name}: {error}") from None
        if not raw.exists():
            last = (errors.strip().splitlines() or ["it did not say why"])[-1]
            raise PrintError(f"{browser} did not print {page.name} (status {status}): {last}")
        headings = [_words(each) for each in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        anchors = [(each.get("href", ""), _words(each)) for each in tree.iter("a")]
        _finish(raw, target, seconds, direction, headings, anchors)


_running: set[subprocess.Popen[str]] = set()
_stopped = threading.Event()


def stop() -> None:
    """End every browser that is printing or starts to print later, so that nothing has to wait for them."""
    _stopped.set()
    for process in list(_running):
        _end(process)


def _run(command: Sequence[str]) -> tuple[int, str]:
    """Run a browser, and return its exit status and its messages. Raises OSError, and TimeoutExpired after SECONDS."""
    # The browser gets its own session, because Ctrl-C on a terminal makes it hang: it neither prints nor ends.
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        _running.add(process)
        try:
            if _stopped.is_set():
                _end(process)
            _, errors = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            _end(process)
            raise
        finally:
            _running.discard(process)
    return process.returncode, errors


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _keep_languages(tree: HtmlElement) -> None:
    """Give elements with a language a role, so that Chromium tags them and states their language in the PDF.

    Chromium does not tag elements without a meaning, such as `span`. The role `mark` has no counterpart in a PDF.
    """
    for element in tree.iter("span", "bdi", "b", "div"):
        if element.get("lang"):
            element.set("role", "mark")


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _finish(
    raw: Path,
    target: Path,
    seconds: int,
    direction: str,
    headings: Sequence[str],
    anchors: Sequence[tuple[str, str]],
) -> None:
    """Write `raw` to `target` with what PDF/UA-1 requires, and without times and names of this machine.

    seconds: the time that replaces those of this machine, in seconds since 1970.
    direction: "ltr" or "rtl".
    headings: the words of the headings, in their order.
    anchors: the links, in their order, each as its address and its words.
    """
    then = time.gmtime(seconds)
    made = time.strftime("D:%Y%m%d%H%M%SZ", then)
    with pikepdf.open(raw) as document:
        title = document.docinfo.get("/Title", pikepdf.String(""))
        del document.docinfo
        document.docinfo["/Title"] = title
        document.docinfo["/CreationDate"] = made
        document.docinfo["/ModDate"] = made
        tagged.map_roles(document)
        tagged.mark_decoration(document)
        tagged.give_lists_bodies(document)
        tagged.number_ids(document)
        tagged.describe_links(document, anchors)
        tagged.name_ligatures(document, _ligatures)
        tagged.declare(document, str(title), time.strftime("%Y-%m-%dT%H:%M:%SZ", then))
        with document.open_outline() as outline:
            bookmarks = list(_in_order(outline.root))
            # Chromium joins the lines of a long heading without a space, and repeats a heading that spans two pages.
            if len(bookmarks) == len(headings):
                for bookmark, heading in zip(bookmarks, headings, strict=True):
                    bookmark.title = heading
        document.Root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True, Direction=pikepdf.Name("/R2L" if direction == "rtl" else "/L2R")
        )
        document.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )


@cache
def _ligatures(font: str) -> dict[int, str]:
    """Return `tagged.ligatures` of a font on this machine. font: its PostScript name. Raises PrintError."""
    command = ["fc-match", "--format=%{file}", f":postscriptname={font}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
        return tagged.ligatures(Path(done.stdout))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise PrintError(
            f"The letters of the font {font} cannot be read ({error}). Install fontconfig (on Debian and Ubuntu: "
            "apt-get install fontconfig), then run make packs again."
        ) from None


def _in_order(items: Iterable[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    """Yield bookmarks in the order of the text, each before those below it."""
    for item in items:
        yield item
        yield from _in_order(item.children)
