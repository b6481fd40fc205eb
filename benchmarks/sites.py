"""Lay out the generated site for each builder: a folder to build in, and the command that builds."""

from __future__ import annotations

import compileall
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from benchmarks.content import LANGUAGES, nav, pages
from benchmarks.scenarios import Content, Save
from i18n import catalogs, extract, guides
from i18n.guides import Guide
from i18n.locales import Locale
from i18n.merge import merge

ROOT = Path(__file__).resolve().parent.parent
PUBLISH = [sys.executable, "publish.py"]
"""The command that builds this project."""
CODE = (
    *("hooks.py", "publish.py"),
    *("machine", "generator", "packs", "i18n", "macros", "data", "theme", "pyproject.toml"),
)


class _Dumper(yaml.SafeDumper):
    """Writes `!ENV [NAME, default]` as MkDocs reads it."""


class _Env(list[str]):
    pass


_Dumper.add_representer(_Env, lambda dumper, value: dumper.represent_sequence("!ENV", list(value), flow_style=True))


def ours(folder: Path, content: Content) -> list[str]:
    """Lay out this project with the generated guides and their catalogs. Returns the command that builds."""
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    _compile(folder)
    english = pages(content, "en")
    write(folder / "guides", english)
    config = guides.configuration(ROOT / "mkdocs.yml")
    config |= {
        "site_url": "http://127.0.0.1:8000/",
        "site_dir": _Env(["SITE_DIR", "site"]),
        "extra": {"locale": _Env(["LOCALE", "en"])},
        "nav": nav(english),
    }
    (folder / "mkdocs.yml").write_text(yaml.dump(config, Dumper=_Dumper, allow_unicode=True), encoding="utf-8")
    md = guides.markdown(config["markdown_extensions"])
    parsed = [guides.parse(Path(name), text, md) for name, text in english.items()]
    for language in LANGUAGES[1 : content.languages]:
        _translate(folder / "locales", Locale.of(language), parsed, pages(content, language), md)
    return PUBLISH


def _translate(folder: Path, locale: Locale, english: list[Guide], made: dict[str, str], md: Markdown) -> None:
    """Write the catalogs of one language. made: the Markdown of the same guides in that language, by file."""
    for guide in english:
        messages = extract.of_guide(guide)
        translated = [unit.msgid for unit in guides.parse(guide.path, made[guide.path.name], md).units]
        catalog = merge(catalogs.new(locale), messages)
        by_msgid = {message.msgid: words for message, words in zip(messages, translated, strict=True)}
        for entry in catalog:
            entry.msgstr = by_msgid[entry.msgid]
        catalogs.save(catalog, catalogs.path_of(folder, locale, guide.slug))


def static_i18n(folder: Path, content: Content) -> list[str]:
    """Lay out the same guides for mkdocs-static-i18n, with the same extensions. Returns the command that builds."""
    chosen = LANGUAGES[: content.languages]
    for language in chosen:
        write(folder / "docs" / short_name(language), pages(content, language))
    site = guides.configuration(ROOT / "mkdocs.yml")
    languages = [
        {
            "locale": short_name(language),
            "name": Locale.of(language).own_name,
            "build": True,
            "default": language == "en",
        }
        for language in chosen
    ]
    config: dict[str, Any] = {
        "site_name": site["site_name"],
        "site_url": "http://127.0.0.1:8000/",
        "theme": {"name": "material", "font": False, "features": ["navigation.footer", "toc.follow"]},
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
        "markdown_extensions": site["markdown_extensions"],
        "nav": nav(pages(content, "en")),
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return [sys.executable, "-m", "mkdocs", "build", "-q"]


def hugo(folder: Path, content: Content) -> list[str]:
    """Lay out the same guides for Hugo, with the bare theme in benchmarks/hugo/. Returns the command that builds."""
    shutil.copytree(Path(__file__).parent / "hugo", folder, dirs_exist_ok=True)
    languages = {}
    for language in LANGUAGES[: content.languages]:
        code = short_name(language)
        languages[code] = {"contentDir": f"content/{code}", "languageName": Locale.of(language).own_name}
        made = pages(content, language)
        titled = {name: f"---\ntitle: {text[2 : text.index(chr(10))]}\n---\n{text}" for name, text in made.items()}
        # Hugo calls the first page of a folder so.
        write(folder / "content" / code, {name.replace("index.md", "_index.md"): text for name, text in titled.items()})
    config = {
        "baseURL": "http://127.0.0.1:8000/",
        "defaultContentLanguage": "en",
        "defaultContentLanguageInSubdir": True,
        "disableKinds": ["taxonomy", "term", "RSS"],
        "languages": languages,
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return ["sh", "-c", "hugo --quiet && pagefind --site public"]


def has_hugo() -> bool:
    """Return whether Hugo and Pagefind can be measured: both are on the path."""
    return all(map(shutil.which, ("hugo", "pagefind")))


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files into a new folder. files: the text of each, by its name."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def short_name(language: str) -> str:
    """Return the name of a language without its script: Material, and therefore static-i18n, aborts on "zh-Hans"."""
    return language.partition("_")[0]


def edit(folder: Path) -> None:
    """Append a sentence to one guide in English, in a site that `ours` has laid out."""
    path = folder / "guides" / "guide-000.md"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + " One more sentence.\n", encoding="utf-8")


def real(folder: Path) -> list[str]:
    """Copy this project, as git knows it. Returns the command that builds."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        # What was removed since the last commit is missing.
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    _compile(folder)
    return PUBLISH


def _compile(folder: Path) -> None:
    """Compile the code of this project, as after any first run. The other builders are compiled too."""
    for name in ("hooks.py", "publish.py"):
        compileall.compile_file(folder / name, quiet=1)
    for name in ("machine", "i18n", "generator"):
        compileall.compile_dir(folder / name, quiet=1)


def changed(text: str, save: Save, word: str) -> str:
    """Return the text of a file of this site with a new word. Raises ValueError if its place is missing."""
    place = re.search(save.place, text)
    if not place:
        raise ValueError(f"{save.file} does not have the place to change. Correct it in benchmarks/scenarios.py.")
    return text[: place.end()] + save.inserted.format(word) + text[place.end() :]
