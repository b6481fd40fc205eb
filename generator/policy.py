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

STYLE = "the-hash-of-the-style"
"""Stands in the policy of a page with style inside, until the style is known."""


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


def of_alone(script: str) -> str:
    """Return the policy of a page that is complete alone: its own script and style, and no request at all.

    script: the script inside the page, as one script element. The style is not known yet: see `with_style`.
    """
    inside = script.partition("<script>")[2].rpartition("</script>")[0]
    return policy(script=hashed(inside), style=STYLE, connect="'none'")


def with_style(html: str, sheet: str = "") -> str:
    """Return a page that allows the style inside it by its hash.

    html: the page, with one style element, and `STYLE` in its policy.
    sheet: the style to add at the end of the element.
    """
    before, start, rest = html.partition("<style>")
    inside, end, after = rest.partition("</style>")
    inside += sheet
    return f"{before.replace(STYLE, hashed(inside), 1)}{start}{inside}{end}{after}"
