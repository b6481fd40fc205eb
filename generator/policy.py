"""The Content-Security-Policy of a page (level 2), in a <meta>: GitHub Pages lets nobody send it as a header."""

from __future__ import annotations

import base64
import hashlib
import re


def policy(**sources: str) -> str:
    """Nothing may be loaded but what is named: `policy(style="'self'", img="'self' data:")`."""
    named = "".join(f"{name}-src {allowed}; " for name, allowed in sources.items())
    return f"default-src 'none'; {named}base-uri 'none'; form-action 'none'; object-src 'none'"


def hashed(inside: str) -> str:
    """The source that allows what stands between the tags of one script or style."""
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def of_page(script: str, content: str) -> str:
    """Return the policy of a page: its own style and pictures, the script inside it, and those that `content` names.

    script: one script element.
    """
    inside = re.fullmatch(r"\s*<script>(.*)</script>\s*", script, re.DOTALL)
    if not inside:
        raise ValueError("theme/partials/script.html is not one script element. Write one.")
    own = "'self' " if "<script src" in content else ""
    return policy(script=f"{own}{hashed(inside[1])}", style="'self'", img="'self' data:")
