"""python -m tests.successors [LOCALE …]: the successors of MkDocs build the site to the same bytes as MkDocs.

Builds each language three times; without a name, all languages.

Exit status: 0 if the bytes are the same, 1 if they differ and the differences have been reported.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.project import ENVIRONMENT, ROOT, Project

BIN = Path(sys.executable).parent
BESIDE = BIN.parent / "mkdocs-ng"
"""mkdocs-ng has the same modules as mkdocs, so it is installed in a folder of its own: Makefile."""
COMMANDS = {
    "mkdocs": ([str(BIN / "mkdocs")], {}),
    "properdocs": ([str(BIN / "properdocs")], {}),
    "mkdocs-ng": ([sys.executable, "-P", str(BESIDE / "bin" / "mkdocs")], {"PYTHONPATH": str(BESIDE)}),
}


def environment(name: str, **more: str) -> dict[str, str]:
    """Without the project on the path."""
    plain = {key: value for key, value in ENVIRONMENT.items() if key != "PYTHONPATH"}
    return plain | {"NO_MKDOCS_2_WARNING": "1"} | COMMANDS[name][1] | more


def differences(name: str, expected: Mapping[str, bytes], made: Mapping[str, bytes]) -> list[str]:
    """Return a sentence for each file that `name` does not make in the same way as MkDocs."""
    verbs = {
        path: "does not make" if path not in made else "makes" if path not in expected else "changes"
        for path in sorted(expected.keys() | made.keys())
        if expected.get(path) != made.get(path)
    }
    return [f"{name} {verb} {path}" for path, verb in verbs.items()]


def build(name: str, locale: str, site: Path) -> dict[str, bytes]:
    """The files that a builder makes of one language, by path. Raises RuntimeError, with its words, when it fails."""
    done = subprocess.run(
        [*COMMANDS[name][0], "build", "--strict", "-f", str(ROOT / "mkdocs.yml")],
        env=environment(name, LOCALE=locale, SITE_DIR=str(site)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{name} did not build {locale}: {done.stderr.strip()}")
    return Project(site.parent).files(site.name)


def main(names: list[str]) -> int:
    locales = names or sorted(path.parent.name for path in (ROOT / "locales").glob("*/LC_MESSAGES"))
    found: list[str] = []
    files = 0
    with tempfile.TemporaryDirectory() as folder:
        for locale in dict.fromkeys(("en", *locales)):
            try:
                expected, *others = (build(name, locale, Path(folder, name, locale)) for name in COMMANDS)
            except RuntimeError as error:
                found.append(str(error))
                continue
            files += len(expected)
            for name, made in zip(list(COMMANDS)[1:], others, strict=True):
                found += differences(name, expected, made)
    for sentence in found:
        print(sentence, file=sys.stderr)
    if not found:
        print(f"{', '.join(COMMANDS)}: the same bytes, {files} files in {len({'en', *locales})} languages.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
