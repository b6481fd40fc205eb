"""Copy the built site for another address: `python -m packs.mirror http://….onion/ FOLDER`.

Nothing is built again: the packs keep the same bytes, so that their fingerprints are the same everywhere.

Exit status: 0 if all is well, 1 if something was wrong and has been reported, 130 on Ctrl-C.
"""

from __future__ import annotations

from machine import stop

if __name__ == "__main__":
    # This comes before the other imports, because they take a while.
    stop.listen("Stopped. The mirror is unchanged.")

import argparse
import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from generator import built
from generator.built_site import PACKS, SUMS, BuiltSite
from machine.say import say
from packs import files

ROOT = Path(os.path.relpath(Path(__file__).parent.parent))
_TEXT = (".html", ".xml", ".txt")
_ONION = re.compile(r'[ \t]*<meta http-equiv="onion-location"[^>]*>\n?')


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m packs.mirror", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("url", help="the address that the copy will have")
    parser.add_argument("folder", type=Path, help="the folder of the copy; an earlier copy in it is replaced")
    given = parser.parse_args(arguments)
    target = Path(os.path.abspath(given.folder))
    making = target.parent / f".{target.name}.making"
    try:
        site = BuiltSite.whole(Path(os.environ.get("SITE_DIR") or ROOT / "site"))
        url = address(given.url)
        real, source = target.resolve(), site.folder.resolve()
        if source.is_relative_to(real) or real.is_relative_to(source):
            raise ValueError(f"{given.folder} contains the site, or is in it. Name another folder.")
        if given.folder.exists() and not (given.folder / SUMS).exists():
            raise ValueError(f"{given.folder} exists and is not a mirror. Name another folder, or remove it.")
        shutil.rmtree(making, ignore_errors=True)
        # Packs that are being made at the same time are not part of the site.
        shutil.copytree(site.folder, making, ignore=shutil.ignore_patterns(".*making*", built.FOLDER))
        for path in sorted(making.rglob("*")):
            if path.suffix in _TEXT and not path.is_relative_to(making / PACKS):
                text = path.read_text(encoding="utf-8")
                path.write_text(moved(text, site.url, url, path.name == "404.html"), encoding="utf-8")
        files.write_sums(making)
        if given.folder.exists():
            shutil.rmtree(given.folder)
        making.rename(given.folder)
    except shutil.Error as error:
        say(f"{error}. The mirror was not made: make sure that the folder can be written to.")
        return 1
    except OSError as error:
        say(
            f"{error.filename}: {error.strerror}. The mirror was not made: make sure that the folder can be written to."
        )
        return 1
    except ValueError as error:
        say(str(error))
        return 1
    finally:
        shutil.rmtree(making, ignore_errors=True)
    print(f"{given.folder}: a copy of {site.folder} for {url}")
    return 0


def address(given: str) -> str:
    """Return the address of the root of a site, with a slash at its end. Raises ValueError."""
    try:
        parts = urlsplit(given)
    except ValueError:
        # Its host is invalid.
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f'"{given}" is not the address of a site. Write it whole, such as https://example.org/pages/')
    return given.rstrip("/") + "/"


def moved(text: str, old: str, new: str, from_root: bool) -> str:
    """Return the text of a page, feed or list with the address `new` of the site instead of `old`.

    from_root: whether its links begin at the root of the host, as in the page for wrong addresses.
    """
    if urlsplit(new).hostname == _onion_host(text):
        # The copy is the onion service itself.
        text = _ONION.sub("", text)
    text = text.replace(old, new)
    if from_root:
        text = text.replace(f'href="{urlsplit(old).path}', f'href="{urlsplit(new).path}')
    return text


def _onion_host(text: str) -> str | None:
    found = re.search(r'<meta http-equiv="onion-location" content="([^"]*)"', text)
    return urlsplit(found[1]).hostname if found else None


if __name__ == "__main__":
    stop.after_cleaning(main)
