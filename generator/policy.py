"""Write the Content-Security-Policy (level 2) of a page, for a <meta>: GitHub Pages cannot send it as a header."""

from __future__ import annotations

import base64
import hashlib
import re


def policy(**sources: str) -> str:
    """Return a policy that allows only the given sources: `policy(style="'self'", img="'self' data:")`."""
    named = "".join(f"{name}-src {allowed}; " for name, allowed in sources.items())
    return f"default-src 'none'; {named}base-uri 'none'; form-action 'none'; object-src 'none'"


def hashed(inside: str) -> str:
    """Return the source that allows one script or style, by a hash of the text between its tags."""
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    return f"'sha256-{digest}'"


WHILE_SERVING = policy(
    script="'self' 'unsafe-inline'", style="'self' 'unsafe-inline'", img="'self' data:", connect="'self'"
)
"""The policy of a page that is only served on this machine: MkDocs adds a script that reloads it after a change."""

STYLE, SCRIPT = "the-hash-of-the-style", "the-hash-of-the-script"
"""Placeholders in the policy of a page with style or script inside, until the page is complete: see `sealed`."""

ALONE = policy(script=SCRIPT, style=STYLE, connect="'none'")
"""The policy of a page that is complete alone: its own script and style, and no request at all."""


def of_page(script: str, content: str) -> str:
    """Return the policy of a page: style and pictures of the site, the script inside it, and script files if any.

    script: the script inside the page, as one script element.
    content: the rendered guide, which may contain elements that load script files.
    Raises ValueError if `script` is anything else.
    """
    inside = re.fullmatch(r"\s*<script>(.*)</script>\s*", script, re.DOTALL)
    if not inside:
        raise ValueError("theme/partials/script.html is not one script element. Write one.")
    own = "'self' " if "<script src" in content else ""
    return policy(script=f"{own}{hashed(inside[1])}", style="'self'", img="'self' data:")


def sealed(html: str) -> str:
    """Return a page whose policy allows the style and the script inside it by their hashes.

    html: the page, with at most one style and one script element, and `STYLE` and `SCRIPT` in its policy.
    """
    for name, place in (("style", STYLE), ("script", SCRIPT)):
        inside = html.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
        html = html.replace(place, hashed(inside), 1)
    return html
