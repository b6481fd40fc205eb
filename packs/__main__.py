"""Make the packs of the built site in `SITE_DIR`, or else in `site`: `python -m packs`.

Exit status: 0 if all is well, 1 if something was wrong and has been reported, 130 on Ctrl-C.
"""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # This comes before the other imports, because they take a while.
    stop.listen("Stopped. No pack is half made: there are either the earlier packs or none. Run make packs again.")

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from generator.built_site import PACKS, SUMS, BuiltSite
from i18n.language import read_languages
from machine import commit, progress
from machine.files import write
from machine.say import say
from machine.workers import cores
from machine.workplace import replace, trouble, workplace
from packs import files, pdf
from packs.language import Language, Pack
from packs.page import Page

ROOT = Path(os.path.relpath(Path(__file__).parent.parent))

INSTALL = (
    "Install it (on Debian and Ubuntu: apt-get install chromium fontconfig fonts-noto-core, for Chinese also "
    "fonts-noto-cjk), then run make packs again."
)


def main() -> int:
    site = Path(os.environ.get("SITE_DIR") or ROOT / "site")
    try:
        with stop.raising():
            found = BuiltSite.whole(site)
            with workplace(site) as making:
                (making / PACKS).mkdir()
                return make(found, making / PACKS, commit.seconds())
    except KeyboardInterrupt:
        stop.now()
    except OSError as error:
        say(f"No packs were made. {trouble(error, site)}")
    except ValueError as error:
        say(str(error))
    return 1


@dataclass(frozen=True)
class Planned:
    """A file that is being made.

    name: its name.
    kind: "zip", "html", "small" (the HTML file in a ZIP) or "pdf".
    page: the guide, if the file is a PDF of one guide.
    printing: for a PDF, ends when it has been printed.
    """

    name: str
    kind: str
    page: Page | None = None
    printing: Future[None] | None = None


def make(site: BuiltSite, making: Path, seconds: int) -> int:
    """Make all packs in `making`, then put them in their place and list them, and return the exit status.

    site: the built site.
    seconds: the time of the commit, in seconds since 1970.
    Raises ValueError if data/languages.yml cannot be read.
    """
    faults: list[str] = []
    known = read_languages(ROOT / "data" / "languages.yml", faults)
    if faults:
        # Without it, the words of packs would be judged differently from those on the pages of the site.
        raise ValueError("\n".join([*faults, "No packs were made."]))
    languages = [Language(site, tag, seconds, ROOT / "locales", known, ROOT / "macros") for tag in site.manifests]
    browser = pdf.chromium()
    with ThreadPoolExecutor(cores()) as printers, tempfile.TemporaryDirectory() as pages:
        try:
            planned: dict[str, list[Planned]] = {}
            for language in languages:
                if missing := language.missing():
                    print(f"{language.tag:8} no packs: not translated enough: {', '.join(missing)}")
                    planned[language.tag] = []
                else:
                    planned[language.tag] = list(_plan(language, making, seconds, browser, printers, Path(pages)))
            printed = [one.printing for found in planned.values() for one in found if one.printing]
            with progress.shown("Printing PDF files", len(printed)) as one_more:
                for printing in printed:
                    try:
                        printing.result()
                    except pdf.PrintError as error:
                        faults.append(str(error))
                    one_more()
        except BaseException:
            printers.shutdown(wait=False, cancel_futures=True)
            pdf.stop()
            raise
    if browser is None:
        faults.append(f"No PDF was made, because Chromium is missing. {INSTALL}")
    _publish(site, making, languages, planned)
    for sentence in faults:
        say(sentence)
    return 1 if faults else 0


def _plan(
    language: Language, making: Path, seconds: int, browser: str | None, printers: ThreadPoolExecutor, pages: Path
) -> Iterator[Planned]:
    """Make the files of one language, and start to print its PDF files. Yields every file."""
    tag = language.tag
    files.archive(making / f"{tag}.zip", language.folder(), seconds)
    yield Planned(f"{tag}.zip", "zip")
    whole = making / f"{tag}.html"
    whole.write_text(language.whole(), encoding="utf-8")
    yield Planned(f"{tag}.html", "html")
    files.archive(making / f"{tag}.html.zip", {whole.name: whole.read_bytes()}, seconds)
    yield Planned(f"{tag}.html.zip", "small")
    if not browser:
        return

    def print_(source: Path) -> Future[None]:
        target = making / f"{source.stem}.pdf"
        return printers.submit(pdf.printed, browser, source, target, seconds, language.locale.direction)

    yield Planned(f"{tag}.pdf", "pdf", None, print_(whole))
    for number, page, text in language.singles():
        # The name is a number, so that a file on a telephone does not reveal its subject by its name.
        source = pages / f"{tag}-{number}.html"
        source.write_text(text, encoding="utf-8")
        yield Planned(f"{source.stem}.pdf", "pdf", page, print_(source))


def _publish(
    site: BuiltSite, making: Path, languages: Sequence[Language], planned: Mapping[str, Sequence[Planned]]
) -> None:
    """Put the packs in their place and their list on the pages of the site, then write the checksums of all files."""
    # While the folder contains both old and new files, it must not contain checksums, which would match only some.
    (site.folder / SUMS).unlink(missing_ok=True)
    old = site.folder / PACKS
    replace(making, old)
    for language in languages:
        made = [(f"{PACKS}/{one.name}", one.kind, one.page) for one in planned[language.tag]]
        alone = [(path, "alone", page) for page, path in language.alone() if made]
        packs = []
        for name, kind, guide in [*made, *alone]:
            path = site.folder / name
            if path.exists():
                kilobytes = max(1, round(path.stat().st_size / 1000))
                packs.append(Pack(name, kind, guide, kilobytes, files.fingerprint(files.digest(path))))
        for listing, text in language.filled(packs):
            write(listing, text.encode())
        if packs:
            print(f"{language.tag:8} {', '.join(f'{pack.name} {pack.kilobytes} kB' for pack in packs)}")
    files.write_sums(site.folder)


if __name__ == "__main__":
    sys.exit(main())
