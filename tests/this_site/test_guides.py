"""The guides of this site: they keep the laws of the cut, and readers find them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from i18n import guides
from tests.configured import EXTENSIONS
from tests.test_laws import (
    Guessing,
    assert_empty_catalog,
    assert_faithful,
    assert_identity,
    assert_ids,
    assert_marks,
    ours,
)
from tests.this_site import ROOT

GUIDES = sorted(path for path in (ROOT / "guides").glob("*.md") if path.name != guides.DOOR_SIGN)


def test_markdown_is_what_the_laws_are_tried_on() -> None:
    """What this site lets a guide write is what the tests of the generator read: tests/other/mkdocs.yml."""
    assert guides.configuration(ROOT / "mkdocs.yml")["markdown_extensions"] == EXTENSIONS


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_laws_hold_for_every_guide(path: Path) -> None:
    """The guides of this site keep the laws too, and much of what is guessed for them is taken."""
    text = guides.load(path, ours()).text
    guessing = Guessing(Random(path.stem))
    assert_empty_catalog(text)
    assert_identity(text)
    assert_faithful(text, guessing)
    assert_ids(text, guessing)
    assert_marks(text)
    assert guessing.taken > 0.25


def test_every_guide_has_words_to_search_for() -> None:
    """No guide of the site is found only by the words that it happens to use."""
    found, _ = guides.load_all(ROOT / "guides", guides.markdown(EXTENSIONS))
    assert [f"{guide.path}: add `search:` to the front matter" for guide in found if not guide.meta.get("search")] == []
