"""python -m i18n update | new LOCALE | report | adopt LOCALE FOLDER | terms --tbx: the translator's commands."""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # Before the imports, which take their time.
    stop.listen("Stopped. No catalog is half written: each is as it was before, or up to date.")

import argparse
import os
import signal
import sys
from pathlib import Path

import polib

from i18n import catalogs, coverage, extract, guides, handwritten, locales, report, terms
from i18n.adopt import adopt
from i18n.catalogs import SITE, CatalogError
from i18n.guides import Guide
from i18n.handwritten import Unreadable
from i18n.language import Language, language_of, read_languages
from i18n.locales import MESSAGES, Locale
from i18n.merge import Message, Pool, merge, same
from machine.say import say

ROOT = Path(".")
GUIDES, LOCALES, DATA = ROOT / "guides", ROOT / "locales", ROOT / "data"
LANGUAGES, TERMS = DATA / "languages.yml", DATA / "terms.yml"


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 done, 1 something is wrong and was said, 2 the call was wrong."""
    parser = argparse.ArgumentParser(prog="python -m i18n", description="Catalogs of translations.")
    commands = parser.add_subparsers(required=True, metavar="command")

    update = commands.add_parser("update", help="bring all catalogs in line with the English guides")
    update.add_argument("locales", nargs="*", metavar="LOCALE", help="only these; all without")
    update.add_argument(
        "--editorial", action="store_true", help="a small change of English leaves translations current"
    )
    update.set_defaults(run=lambda given: _update(given.locales, given.editorial))

    new = commands.add_parser("new", help="begin a language")
    new.add_argument("locale", metavar="LOCALE", help='for example "uk", "pt_BR" or "zh_Hans"')
    new.set_defaults(run=lambda given: _new(given.locale))

    reporting = commands.add_parser("report", help="what readers see, per language and guide")
    reporting.add_argument("locales", nargs="*", metavar="LOCALE", help="only these; all without")
    form = reporting.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_const", dest="form", const="json")
    form.add_argument("--markdown", action="store_const", dest="form", const="markdown")
    reporting.add_argument("--base", metavar="FILE", type=Path, help="with --markdown: a --json report to compare with")
    reporting.set_defaults(run=lambda given: _report(given.locales, given.form, given.base))

    adopting = commands.add_parser("adopt", help="make catalogs out of hand-translated Markdown that mirrors guides/")
    adopting.add_argument("locale", metavar="LOCALE")
    adopting.add_argument("folder", metavar="FOLDER", type=Path, help="has arrested.md, refugees.md, …")
    adopting.set_defaults(run=lambda given: _adopt(given.locale, given.folder))

    glossary = commands.add_parser("terms", help="the words of the field, for a translator's program")
    glossary.add_argument("--tbx", action="store_true", required=True, help="as TBX, to standard output")
    glossary.set_defaults(run=lambda given: _terms())

    given = parser.parse_args(arguments)
    status: int = given.run(given)
    return status


def _load() -> tuple[list[Guide], list[Message], list[str]]:
    """Guides, the messages of the site, and what is wrong with any of them."""
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
        f"{LOCALES / name}: there is no such folder. Begin it with: python -m i18n new {name}" for name in unknown
    ]
    return [locale for locale in found if not names or locale.name in names], faults


def _update(names: list[str], editorial: bool = False) -> int:
    found, site, faults = _load()
    if faults:
        # A guide that cannot be read would look like a guide that was withdrawn.
        say(*faults, "No catalog was changed. Repair the guides first.")
        return 1
    chosen, faults = _chosen(names)
    # Nothing of data/ is in a catalog: they are brought in line all the same.
    faults += _unreadable_data()
    # What cannot be read there was just said.
    languages = read_languages(LANGUAGES, [])
    wanted = {guide.slug: extract.of_guide(guide) for guide in found} | {SITE: site}
    renamed = {old: guide.slug for guide in found for old in guide.was}
    for locale in chosen:
        try:
            language = language_of(locale.name, languages, faults)
            written = _update_locale(locale, language, wanted, renamed, editorial, faults)
        except OSError as error:
            say(*faults, f"{LOCALES / locale.name}: {error.strerror}. The catalog that was being written is as it was.")
            return 1
        print(f"{locale.name}: {written} of {len(wanted)} catalogs changed.")
    say(*faults)
    return 1 if faults else 0


def _unreadable_data() -> list[str]:
    """A sentence for each file of data/ that cannot be read, as `python -m checks` has it."""
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
    catalogs.sweep(folder)
    for path in sorted(folder.glob("*.po")):
        try:
            old[path.stem] = catalogs.load(path)
        except CatalogError as error:
            # Left alone: a file that cannot be read must not be replaced by one that lost what it held.
            broken.add(path.stem)
            faults.append(str(error))
    for before, now in renamed.items():
        if before in old and before not in wanted and now not in old | dict.fromkeys(broken):
            path = catalogs.path_of(LOCALES, locale, before)
            path.rename(path.with_name(f"{now}.po"))
            old[now] = old.pop(before)
    pool = Pool(old.values(), language)
    # A new catalog takes words from the others, and can claim no more than the least of them.
    status = coverage.least(catalog.metadata.get("X-Translation-Status", "") for catalog in old.values())
    written = 0
    for name in [*wanted, *(name for name in old if name not in wanted)]:
        if name in broken:
            continue
        before_merge = old.get(name)
        base = catalogs.new(locale, status) if before_merge is None else before_merge
        merged = merge(base, wanted.get(name, []), pool, editorial)
        if not merged.metadata:
            # Begun by hand, without a header: msgfmt and other tools want one.
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
        say(f"The translations of {locale.name} are made while building. See them: make serve LOCALE={locale.name}")
        return 2
    if os.path.lexists(LOCALES / locale.name):
        say(f"{LOCALES / locale.name} exists already. Bring it up to date with: python -m i18n update {locale.name}")
        return 1
    if locale.name == "en":
        say("English is the language of the guides. Edit guides/ instead.")
        return 2
    (LOCALES / locale.name / MESSAGES).mkdir(parents=True)
    status = _update([locale.name])
    print(
        f"{locale.own_name}: open a file in {LOCALES / locale.name / MESSAGES}. See it: make serve LOCALE={locale.name}"
    )
    return status


def _adopt(name: str, folder: Path) -> int:
    if not folder.is_dir():
        say(f"{folder}: there is no such folder.")
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
            faults.append(f"{foreign.path}: there is no English guide of this name.")
            continue
        path = catalogs.path_of(LOCALES, locale, foreign.slug)
        try:
            catalog = catalogs.load(path)
            done = adopt(by_slug[foreign.slug], foreign, catalog, language)
            catalogs.save(catalog, path)
        except (CatalogError, OSError) as error:
            faults.append(str(error))
            continue
        print(f"{foreign.path}: {done.taken} taken, {done.kept} there before, {len(done.left)} left.")
        faults += done.left
    say(*faults)
    return 1 if faults else 0


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
            say(f"{base}: this is not a report to compare with ({error}). Make one: python -m i18n report --json")
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
    # As it says of itself, whatever the terminal is set to.
    sys.stdout.buffer.write(made.encode("utf-8"))
    return 0


if __name__ == "__main__":
    # As other tools do when their reader (`head`, a pager) has gone.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        with stop.raising():
            status = main()
    except KeyboardInterrupt:
        stop.now()
    sys.exit(status)
