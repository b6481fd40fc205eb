"""Lighthouse gives a guide full marks for all that does not depend on the machine it runs on.

How fast the guide comes is measured by `make bench`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import lighthouse
from generator import built
from tests.browser import find


@pytest.mark.parametrize("guide", lighthouse.GUIDES)
def test_full_marks(site: Path, guide: str) -> None:
    """Accessibility, best practices and SEO are 100, on a phone, in English and Arabic.

    A page that is mostly in English still keeps search engines away, which is all that lowers its SEO.
    """
    find.package("lighthouse/cli/index.js")
    find.browser()
    wanted = ("accessibility", "best-practices", "seo")
    # Lighthouse reads robots.txt at the root of the host, so here the site is not below a path.
    with lighthouse.served(site) as address:
        found = lighthouse.report(address + guide, wanted)
    tag, _, path = guide.partition("/")
    if path in built.read(site, tag).announced:
        assert lighthouse.scores(found) == dict.fromkeys(wanted, 100), lighthouse.failed(found)
    else:
        assert lighthouse.failed(found) == ["seo: Page is blocked from indexing"]
        assert lighthouse.scores(found) | {"seo": 100} == dict.fromkeys(wanted, 100)
