"""Begin another site with this engine, in a folder of its own.

    python -m generator.new_site FOLDER [LOCALE …]

The folder gets the engine, the four guides of tests/other/ as a beginning, and each language that is named. The words
of the pages around the guides are taken from the catalogs of this project where it has that language.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib

from generator.site import ENGLISH
from i18n.locales import Locale
from machine.say import say

ROOT = Path(__file__).resolve().parent.parent
STARTER = ROOT / "tests" / "other"
ENGINE = (
    *("hooks.py", "publish.py", "machine", "generator", "i18n", "checks", "packs", "theme"),
    *("Makefile", "pyproject.toml", "requirements*.txt", "requirements*.in"),
    *(".gitignore", ".gitattributes", "LICENSE", ".github/zizmor.yml"),
)
"""What every site has, as patterns for git. Tests and documentation stay here, and so does this file."""
OF_THE_ENGINE = re.compile(
    r"(test|bare|fuzz|system|bench|lock|successors|new-site|\$\(VENV\)/\.compared|\$\(NODE\)|# Without npm).*"
)
"""How the rules of the Makefile begin that need what stays here."""
FOR_THE_ENGINE = re.compile(r"^(?:NODE|LOCK) :?= .*\n", re.MULTILINE)
"""The variables that only these rules use."""

README = """\
# {name}

The guides are in `guides/`, in English; `locales/` has them in other languages.

```
make serve
make check
```

The first shows the site on <http://127.0.0.1:8000/>, the second checks everything. `make` alone prints all commands.
"""

WORKFLOW = """
      - name: Checks
        run: make check
"""


def begin(folder: Path, locales: list[str]) -> None:
    """Make the site.

    Raises ValueError with a sentence if `folder` has something in it or a language cannot be begun, and
    CalledProcessError.
    """
    for locale in locales:
        if Locale.of(locale) == ENGLISH or Locale.of(locale).is_pseudo:
            raise ValueError(f"{locale} is part of every site. Leave it out, and name only other languages.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{folder} exists and is not an empty folder. Name another one.")
    files = subprocess.run(
        ["git", "ls-files", "-z", "--", *ENGINE], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, files):
        if ROOT / name != Path(__file__).resolve():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    ignore = shutil.ignore_patterns("locales", "__pycache__")
    shutil.copytree(STARTER, folder, dirs_exist_ok=True, ignore=ignore)
    shutil.copy(ROOT / "data" / "languages.yml", folder / "data")
    (folder / "locales").mkdir()
    (folder / "Makefile").write_text(makefile((ROOT / "Makefile").read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "README.md").write_text(README.format(name=folder.resolve().name), encoding="utf-8")
    check = (ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    # Its beginning checks the project out and brings Python.
    (folder / ".github" / "workflows").mkdir(parents=True)
    start = check.index("name: check")
    steps = check[start : check.index("\n      - name: What the operating system")].replace(
        "Checks, tests, preview", "Checks"
    )
    (folder / ".github" / "workflows" / "check.yml").write_text(f"{steps}{WORKFLOW}", encoding="utf-8")
    for locale in dict.fromkeys(locales):
        subprocess.run([sys.executable, "-m", "i18n", "new", locale], cwd=folder, check=True)
        take_words(Path("locales", locale, "LC_MESSAGES", "site.po"), folder)
    if locales:
        subprocess.run([sys.executable, "-m", "i18n", "update"], cwd=folder, check=True)


def makefile(text: str) -> str:
    """Return the Makefile of another site. text: the Makefile of this project."""
    rules = [rule for rule in text.split("\n\n") if not OF_THE_ENGINE.match(rule)]
    kept = FOR_THE_ENGINE.sub("", "\n\n".join(rules).rstrip("\n") + "\n")
    names = set(re.findall(r"^([a-z-]+):", kept, re.MULTILINE))
    # For a name in this list that has no rule, make would say that nothing is to be done, as if all was well.
    return re.sub(
        r"^\.PHONY: (.*)",
        lambda listed: f".PHONY: {' '.join(name for name in listed[1].split() if name in names)}",
        kept,
        flags=re.MULTILINE,
    )


def take_words(name: Path, folder: Path) -> None:
    """Translate the words of `folder / name` that the catalog of this project translates too."""
    if not (ROOT / name).exists():
        return
    ours = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(ROOT / name)).translated_entries()}
    catalog = polib.pofile(str(folder / name))
    for entry in catalog:
        if known := ours.get((entry.msgctxt, entry.msgid)):
            entry.msgstr, entry.msgstr_plural = known.msgstr, known.msgstr_plural
    catalog.save()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m generator.new_site", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="where to make the site; it must be missing or empty")
    parser.add_argument("locales", nargs="*", metavar="locale", help="languages to start, such as uk or pt_BR")
    given = parser.parse_args(arguments)
    try:
        begin(given.folder, given.locales)
    except ValueError as error:
        say(str(error))
        return 1
    except subprocess.CalledProcessError as error:
        # The command has printed the reason.
        say(f"{given.folder} is incomplete. Remove it, and run the same command again.")
        return error.returncode
    print(f"The site is in {given.folder}. Next:\n")
    print(f'  cd {given.folder}\n  git init\n  git add .\n  git commit -m "Begin"\n  make serve\n')
    print("Then write your own guides in guides/, name them in mkdocs.yml, and run make catalogs.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
