"""python -m benchmarks.lighthouse: measure how fast a guide loads on a slow phone, as Lighthouse simulates one.

Lighthouse simulates a mid-range phone on slow 4G, with Chromium. The site is the one built in site/, served by this
machine and compressed as on GitHub Pages. Needs Node.js and the packages that tests/browser/package.json lists.
"""

from __future__ import annotations

import gzip
import http.server
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.find import PACKAGES, chromium

GUIDES = ("en/arrested/", "ar/arrested/")
ROUNDS = 3
SCORES = ("performance", "accessibility", "best-practices", "seo")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
}


class _Compressed(http.server.BaseHTTPRequestHandler):
    """Serves the files below `root` as GitHub Pages does, except that pages may request files of the site.

    root: the folder of the site.
    """

    root: Path

    def do_GET(self) -> None:
        path = self.root / self.path.partition("?")[0].lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        if path.suffix == ".html":
            # Lighthouse requests robots.txt from inside the page, which the page's policy would forbid.
            content = content.replace(b"default-src 'none';", b"default-src 'none'; connect-src 'self';", 1)
        body = gzip.compress(content, 6)
        self.send_response(200)
        self.send_header("Content-Type", _TYPES.get(path.suffix, "text/plain"))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site while the block runs. Yields its address."""
    handler = type("Handler", (_Compressed,), {"root": site})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def report(url: str, categories: tuple[str, ...] = SCORES) -> dict[str, object]:
    """Return Lighthouse's report of a page. Raises ValueError if Lighthouse fails."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        done = subprocess.run(
            [
                *(
                    "node",
                    PACKAGES / "lighthouse/cli/index.js",
                    url,
                    "--quiet",
                    "--output=json",
                    f"--output-path={out}",
                ),
                *(f"--only-categories={','.join(categories)}", "--no-enable-error-reporting"),
                "--chrome-flags=--headless=new --no-sandbox --disable-background-networking --disable-component-update "
                "--disable-sync",
            ],
            env=os.environ | {"CHROME_PATH": chromium() or ""},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            raise ValueError(f"Lighthouse did not run: {done.stderr.strip() or done.stdout.strip()}")
        return dict(json.loads(out.read_text(encoding="utf-8")))


def scores(found: dict[str, object]) -> dict[str, int]:
    """Return the score of each category, 0 to 100."""
    return {name: round(100 * (value["score"] or 0)) for name, value in found["categories"].items()}  # type: ignore[attr-defined]


def failed(found: dict[str, object]) -> list[str]:
    """Return the names of the audits that lowered a score."""
    audits = found["audits"]
    return [
        f"{name}: {audits[ref['id']]['title']}"  # type: ignore[index]
        for name, category in found["categories"].items()  # type: ignore[attr-defined]
        for ref in category["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] not in (None, 1)  # type: ignore[index]
    ]


def main() -> int:
    site = Path("site")
    if not (site / "index.html").exists():
        print("site/ is missing. Run: make build")
        return 1
    if not (PACKAGES / "lighthouse").exists():
        print("Lighthouse is not installed. Install Node.js 20 or newer with npm, then run: make bench")
        return 1
    with served(site) as address:
        for guide in GUIDES:
            found = [report(address + guide) for _ in range(ROUNDS)]
            paint = statistics.median(one["audits"]["largest-contentful-paint"]["numericValue"] for one in found)  # type: ignore[index]
            medians = {name: statistics.median(scores(one)[name] for one in found) for name in SCORES}
            marks = ", ".join(f"{name} {score:g}" for name, score in medians.items())
            print(f"{guide}: {marks}; largest contentful paint {paint / 1000:.2f} s")
            for sentence in failed(found[-1]):
                print(f"  {sentence}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
