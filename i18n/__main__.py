"""python -m i18n update | new LOCALE | read LOCALE | report | adopt LOCALE FOLDER | terms --tbx: for translators."""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the other imports, because they take a while.
    stop.listen("Stopped. No catalog is half written: each one is either unchanged or up to date.")

import argparse
import datetime
import json
import os
import signal
import sys
from pathlib import Path

import polib

from i18n import catalogs, coverage, extract, guides, handwritten, locales, readings, report, terms, unread
from i18n.adopt import adopt
from i18n.catalogs import SITE, CatalogError
from i18n.guides import Guide
from i18n.handwritten import Unreadable
from i18n.language import Language, language_of, read_languages
from i18n.locales import MESSAGES, Locale
from i18n.merge import Message, Pool, merge, same
from machine import files
from machine.say import say

ROOT = Path(".")
GUIDES, LOCALES, DATA = ROOT / "guides", ROOT / "locales", ROOT / "data"
LANGUAGES, TERMS = DATA / "languages.yml", DATA / "terms.yml"


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 for success, 1 after reported faults, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(prog="python -m i18n", description="Work with the catalogs of translations.")
    commands = parser.add_subparsers(required=True, metavar="command")

    update = commands.add_parser("update", help="bring all catalogs in line with the English guides")
    update.add_argument("locales", nargs="*", metavar="LOCALE", help="only these locales; without any, all")
    update.add_argument(
        "--editorial", action="store_true", help="keep translations current where the English changed only a little"
    )
    update.set_defaults(run=lambda given: _update(given.locales, given.editorial))

    new = commands.add_parser("new", help="start a new language")
    new.add_argument("locale", metavar="LOCALE", help='for example "uk", "pt_BR" or "zh_Hans"')
    new.set_defaults(run=lambda given: _new(given.locale))

    reading = commands.add_parser("read", help="show which translations nobody has read yet, or record readings")
    reading.add_argument("locale", nargs="?", metavar="LOCALE", help="the locale; with --report, all without it")
    reading.add_argument("catalogs", nargs="*", metavar="CATALOG", help="only these, such as arrested or site")
    reading.add_argument("--take", metavar="FILE", type=Path, help="record the readings in this file of JSON lines")
    reading.add_argument("--reader", choices=readings.READERS, help="who has read, or has to read")
    reading.add_argument("--all", action="store_true", help="show also what has been read")
    reading.add_argument("--report", action="store_true", help="print a table of what has been read and found")
    reading.set_defaults(run=lambda given: _read(reading, given))

    reporting = commands.add_parser("report", help="show what readers see, for each language and guide")
    reporting.add_argument("locales", nargs="*", metavar="LOCALE", help="only these locales; without any, all")
    form = reporting.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_const", dest="form", const="json")
    form.add_argument("--markdown", action="store_const", dest="form", const="markdown")
    reporting.add_argument("--base", metavar="FILE", type=Path, help="with --markdown: compare with this --json report")
    reporting.set_defaults(run=lambda given: _report(given.locales, given.form, given.base))

    adopting = commands.add_parser("adopt", help="fill catalogs from Markdown files that were translated by hand")
    adopting.add_argument("locale", metavar="LOCALE")
    adopting.add_argument("folder", metavar="FOLDER", type=Path, help="where the translated arrested.md, … are")
    adopting.set_defaults(run=lambda given: _adopt(given.locale, given.folder))

    glossary = commands.add_parser("terms", help="print the glossary for a translation program")
    glossary.add_argument("--tbx", action="store_true", required=True, help="write TBX to standard output")
    glossary.set_defaults(run=lambda given: _terms())

    given = parser.parse_args(arguments)
    status: int = given.run(given)
    return status


def _load() -> tuple[list[Guide], list[Message], list[str]]:
    """Return the guides, the messages of the site, and a sentence for each fault in them."""
    try:
        config = guides.configuration(ROOT / "mkdocs.yml")
        found, faults = guides.load_all(GUIDES, guides.markdown(config.get("markdown_extensions", [])))
        return found, extract.of_site(ROOT, config), faults
    except guides.GuideError as error:
        return [], [], [str(error)]


def _chosen(names: list[str]) -> tuple[list[Locale], list[str]]:
    found, faults = locales.in_folder(LOCALES)
    known = {LOCALES / locale.name for locale in (*found, *locales.broken(LOCALES))}
    unknown = [name for name in names if LOCALES / name not in known]
    faults += [
        f"{LOCALES / name}: this folder does not exist. Create it with: python -m i18n new {name}" for name in unknown
    ]
    return [locale for locale in found if not names or locale.name in names], faults


def _update(names: list[str], editorial: bool = False) -> int:
    found, site, faults = _load()
    if faults:
        # An unreadable guide would look like a withdrawn one, and its translations would become obsolete.
        say(*faults, "No catalog was changed. Correct the files above first.")
        return 1
    chosen, faults = _chosen(names)
    # Catalogs contain nothing from data/, so a fault there is reported and does not stop the update.
    faults += _unreadable_data()
    # `_unreadable_data` has already reported a fault in this file.
    languages = read_languages(LANGUAGES, [])
    wanted = {guide.slug: extract.of_guide(guide) for guide in found} | {SITE: site}
    renamed = {old: guide.slug for guide in found for old in guide.was}
    for locale in chosen:
        try:
            language = language_of(locale.name, languages, faults)
            written = _update_locale(locale, language, wanted, renamed, editorial, faults)
            dropped, more = unread.tidy(LOCALES, locale)
            faults += more
        except OSError as error:
            say(*faults, f"{LOCALES / locale.name}: {error.strerror}. The catalog being written is unchanged.")
            return 1
        held = len(list((LOCALES / locale.name / MESSAGES).glob("*.po")))
        print(f"{locale.name}: {written} of {held} catalogs changed.{_dropped(dropped)}")
    say(*faults)
    return 1 if faults else 0


def _unreadable_data() -> list[str]:
    """Return a sentence for each file of data/ that cannot be read, in the words of `python -m checks`."""
    faults = []
    for path in sorted(DATA.glob("*.yml")):
        try:
            handwritten.entries(handwritten.read(path))
        except Unreadable as error:
            faults.append(f"{path}{error}")
    return faults


def _update_locale(
    locale: Locale,
    language: Language,
    wanted: dict[str, list[Message]],
    renamed: dict[str, str],
    editorial: bool,
    faults: list[str],
) -> int:
    old: dict[str, polib.POFile] = {}
    broken: set[str] = set()
    folder = LOCALES / locale.name / MESSAGES
    for each in (folder, folder.parent):
        catalogs.sweep(each)
    for path in sorted(folder.glob("*.po")):
        try:
            old[path.stem] = catalogs.load(path)
        except CatalogError as error:
            # Leave it alone: a new file in its place would lose the translations that the old one holds.
            broken.add(path.stem)
            faults.append(str(error))
    for before, now in renamed.items():
        if before in old and before not in wanted and now not in old | dict.fromkeys(broken):
            path = catalogs.path_of(LOCALES, locale, before)
            path.rename(path.with_name(f"{now}.po"))
            old[now] = old.pop(before)
    pool = Pool(old.values(), language)
    # A new catalog takes words from the others, so it must not claim a higher status than the lowest of theirs.
    status = coverage.least(catalog.metadata.get("X-Translation-Status", "") for catalog in old.values())
    written = 0
    for name in [*wanted, *(name for name in old if name not in wanted)]:
        if name in broken:
            continue
        before_merge = old.get(name)
        base = catalogs.new(locale, status) if before_merge is None else before_merge
        merged = merge(base, wanted.get(name, []), pool, editorial)
        if not merged.metadata:
            # Somebody started this catalog by hand, without the header that msgfmt and other tools need.
            merged.metadata = catalogs.new(locale, status).metadata
        path = catalogs.path_of(LOCALES, locale, name)
        if before_merge is None or not same(before_merge, merged) or catalogs.is_wrapped(path):
            written += catalogs.save(merged, path)
    return written


def _new(name: str) -> int:
    try:
        locale = Locale.of(name)
    except ValueError as error:
        say(str(error))
        return 2
    if locale.is_pseudo:
        say(f"The build makes the translations of {locale.name}. To see them: make serve LOCALE={locale.name}")
        return 2
    if os.path.lexists(LOCALES / locale.name):
        say(f"{LOCALES / locale.name} already exists. Update it with: python -m i18n update {locale.name}")
        return 1
    if locale.name == "en":
        say("English is the language of the guides. Edit guides/ instead.")
        return 2
    (LOCALES / locale.name / MESSAGES).mkdir(parents=True)
    status = _update([locale.name])
    print(
        f"{locale.own_name}: open a file in {LOCALES / locale.name / MESSAGES}. View: make serve LOCALE={locale.name}"
    )
    return status


def _adopt(name: str, folder: Path) -> int:
    if not folder.is_dir():
        say(f"{folder}: this folder does not exist. Name the folder that holds the translated files.")
        return 2
    if status := _update([name]) if (LOCALES / name).is_dir() else _new(name):
        return status
    locale = Locale.of(name)
    found, _, _ = _load()
    translated, faults = guides.load_all(folder, found[0].md)
    by_slug = {guide.slug: guide for guide in found}
    language = language_of(locale.name, read_languages(LANGUAGES, faults), faults)
    for foreign in translated:
        if foreign.slug not in by_slug:
            faults.append(f"{foreign.path}: no English guide has this name. Rename it like its English guide.")
            continue
        path = catalogs.path_of(LOCALES, locale, foreign.slug)
        try:
            catalog = catalogs.load(path)
            done = adopt(by_slug[foreign.slug], foreign, catalog, language)
            catalogs.save(catalog, path)
        except (CatalogError, OSError) as error:
            faults.append(str(error))
            continue
        print(f"{foreign.path}: {done.taken} adopted, {done.kept} translated before, {len(done.left)} not adopted.")
        faults += done.left
    say(*faults)
    return 1 if faults else 0


def _dropped(count: int) -> str:
    return f" {count} readings dropped: their words have changed, or they were there twice." if count else ""


def _read(parser: argparse.ArgumentParser, given: argparse.Namespace) -> int:
    if not given.report and not given.locale:
        parser.error("name the locale whose translations are read, for example fr.")
    if given.take and not given.reader:
        parser.error("--take needs --reader machine or --reader person.")
    chosen, faults = _chosen([given.locale] if given.locale else [])
    found, _, more = _load()
    faults += more
    languages = read_languages(LANGUAGES, faults)
    rows = []
    for locale in chosen:
        if given.take and (status := _take(locale, given, faults)):
            say(*faults)
            return status
        wanted = _wanted(locale, given.catalogs, faults)
        published, wrong = unread.in_locale(found, locale, LOCALES, language_of(locale.name, languages, faults))
        lines, more = unread.load(unread.path_of(LOCALES, locale))
        known = readings.Readings(lines)
        # `_take` has reported these already.
        faults += [*wrong, *([] if given.take else more)]
        published = unread.once(published, wanted if given.catalogs else None)
        rows.append((locale.name, unread.sums(published, known)))
        if not given.report:
            for each in [] if given.take else published:
                if given.all or unread.needs(each, known, given.reader or "machine"):
                    print(json.dumps(unread.fields(each, known, given.reader or "machine"), ensure_ascii=False))
            say(unread.sentence(*rows[-1]))
    if given.report:
        print(unread.table(rows))
    say(*faults)
    return 1 if faults else 0


def _wanted(locale: Locale, names: list[str], faults: list[str]) -> list[str]:
    """Return the catalogs of a locale that were asked for, and add a sentence to `faults` for each that is missing."""
    paths = {name: catalogs.path_of(LOCALES, locale, name) for name in names}
    faults += [
        f"{path}: there is no such catalog. Write the name of a guide, or {SITE}."
        for path in paths.values()
        if not catalogs.is_there(path)
    ]
    return [name for name, path in paths.items() if catalogs.is_there(path)]


def _take(locale: Locale, given: argparse.Namespace, faults: list[str]) -> int:
    """Record the readings of a file, and return an exit status that is not 0 if nothing can be recorded."""
    path = unread.path_of(LOCALES, locale)
    try:
        # Several readers of a language may record at once.
        with files.alone(path.parent):
            return _record(path, locale, given, faults)
    except OSError as error:
        faults.append(f"{path}: {error.strerror}. The readings are unchanged.")
        return 1


def _record(path: Path, locale: Locale, given: argparse.Namespace, faults: list[str]) -> int:
    before, wrong = unread.load(path)
    if wrong:
        # Whatever is written now would lose these lines.
        faults += [*wrong, f"{path}: nothing was recorded. Correct these lines first."]
        return 1
    order = unread.order(LOCALES, locale)
    taken = unread.take(given.take, given.reader, datetime.date.today().isoformat(), order, given.catalogs)
    faults += taken.faults
    old, kept = readings.canonical(before, order), readings.canonical([*before, *taken.readings], order)
    unread.save(path, kept)
    new = len(kept) - len(old)
    known = f", {len(taken.readings) - new} were there already" if len(taken.readings) > new else ""
    say(f"{path}: {new} readings recorded{known}.{_dropped(len(before) - len(old))}")
    return 0


def _report(names: list[str], form: str | None, base: Path | None) -> int:
    found, _, faults = _load()
    chosen, more = _chosen(names)
    faults += more
    rows = []
    languages = read_languages(LANGUAGES, faults)
    for locale in chosen:
        language = language_of(locale.name, languages, faults)
        for guide in found:
            translation, wrong = coverage.translation_of(guide, locale, LOCALES, language)
            faults += wrong
            rows.append(report.row(coverage.measure(guide, locale, translation)))
        if catalogs.is_there(site := catalogs.path_of(LOCALES, locale, SITE)):
            try:
                catalogs.remembered(site)
            except CatalogError as error:
                faults.append(str(error))
    if form == "markdown":
        try:
            before = report.of_json(base.read_text(encoding="utf-8")) if base else None
        except (OSError, ValueError) as error:
            say(f"{base}: this is not a report of this program ({error}). Make one: python -m i18n report --json")
            before = None
        print(report.as_markdown(rows, before))
    else:
        print(report.as_json(rows) if form == "json" else report.as_table(rows))
    say(*faults)
    return 1 if faults else 0


def _terms() -> int:
    try:
        made = terms.as_tbx(TERMS)
    except ValueError as error:
        say(str(error))
        return 1
    # The XML declares UTF-8, so write UTF-8 whatever the terminal uses.
    sys.stdout.buffer.write(made.encode("utf-8"))
    return 0


if __name__ == "__main__":
    # End quietly when the reader of a pipe (`head`, a pager) exits, as other tools do.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    stop.after_cleaning(main)
