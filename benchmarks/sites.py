"""Lay out the generated site for each builder: a folder to build in, and the command that builds."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

from benchmarks.content import LANGUAGES, guide, nav
from i18n import catalogs, extract, guides
from i18n.locales import Locale
from i18n.merge import merge

ROOT = Path(__file__).resolve().parent.parent
CODE = (
    *("hooks.py", "publish.py"),
    *("machine", "generator", "packs", "i18n", "macros", "data", "theme", "pyproject.toml"),
)


class _Dumper(yaml.SafeDumper):
    """Writes `!ENV [NAME, default]` as MkDocs reads it."""


class _Env(list[str]):
    pass


_Dumper.add_representer(_Env, lambda dumper, value: dumper.represent_sequence("!ENV", list(value), flow_style=True))


def contents(count: int) -> dict[str, dict[str, str]]:
    """Return, for each language, the Markdown of each file. `index.md` is one guide more than `count`."""
    return {
        language: {"index.md": guide(-1, count, language)}
        | {f"guide-{number:03}.md": guide(number, count, language) for number in range(count)}
        for language in LANGUAGES
    }


def ours(folder: Path, count: int) -> list[str]:
    """Lay out this project with the generated guides and their catalogs. Returns the command that builds."""
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    made = contents(count)
    (folder / "guides").mkdir()
    for name, text in made["en"].items():
        (folder / "guides" / name).write_text(text, encoding="utf-8")
    config = guides.configuration(ROOT / "mkdocs.yml")
    config |= {
        "site_url": "http://127.0.0.1:8000/",
        "site_dir": _Env(["SITE_DIR", "site"]),
        "extra": {"locale": _Env(["LOCALE", "en"])},
        "nav": nav(count),
    }
    (folder / "mkdocs.yml").write_text(yaml.dump(config, Dumper=_Dumper, allow_unicode=True), encoding="utf-8")
    md = guides.markdown(config["markdown_extensions"])
    for language in LANGUAGES[1:]:
        locale = Locale.of(language)
        for name, text in made["en"].items():
            english = guides.parse(Path(name), text, md)
            messages = extract.of_guide(english)
            translated = [unit.msgid for unit in guides.parse(Path(name), made[language][name], md).units]
            catalog = merge(catalogs.new(locale), messages)
            by_msgid = {message.msgid: words for message, words in zip(messages, translated, strict=True)}
            for entry in catalog:
                entry.msgstr = by_msgid[entry.msgid]
            catalogs.save(catalog, catalogs.path_of(folder / "locales", locale, english.slug))
    return [sys.executable, "publish.py"]


def static_i18n(folder: Path, count: int) -> list[str]:
    """Lay out the same guides for mkdocs-static-i18n, with the same extensions. Returns the command that builds."""
    for language, files in contents(count).items():
        place = folder / "docs" / language.partition("_")[0]
        place.mkdir(parents=True)
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")
    site = guides.configuration(ROOT / "mkdocs.yml")
    languages = [
        {
            # Material, and therefore this plugin, aborts on "zh-Hans".
            "locale": language.partition("_")[0],
            "name": Locale.of(language).own_name,
            "build": True,
            "default": language == "en",
        }
        for language in LANGUAGES
    ]
    config: dict[str, Any] = {
        "site_name": site["site_name"],
        "site_url": "http://127.0.0.1:8000/",
        "theme": {"name": "material", "font": False, "features": ["navigation.footer", "toc.follow"]},
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
        "markdown_extensions": site["markdown_extensions"],
        "nav": nav(count),
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return [sys.executable, "-m", "mkdocs", "build", "-q"]
