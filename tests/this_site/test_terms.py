"""The words of this site's field leave for translators' programs whole."""

from __future__ import annotations

import pytest

from i18n import terms
from tests.test_terms import as_written, assert_tbx_basic, read_again
from tests.this_site import ROOT

PATH = ROOT / "data/terms.yml"
WRITTEN = PATH.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru", "tr"])
def test_translate_toolkit_reads_every_term(language: str) -> None:
    """Each English term comes back in each language with all its wordings, its definition and how sure it is."""
    assert read_again(terms.as_tbx(PATH).encode(), language) == as_written(WRITTEN, language)


def test_tbx_is_valid() -> None:
    """The file keeps to TBX-Basic."""
    assert_tbx_basic(terms.as_tbx(PATH), WRITTEN)
